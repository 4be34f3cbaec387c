//! The write-ahead log, with which nobody who reads waits for somebody who writes.

use std::path::Path;

use rusqlite::Connection;

use crate::files;

/// Whether the collection has one.
pub(super) fn is_wal(connection: &Connection) -> bool {
    let mode = connection.query_row("PRAGMA main.journal_mode", [], |row| row.get::<_, String>(0));
    mode.is_ok_and(|mode| mode == "wal")
}

/// Gives the collection in a file one, where that can work.
pub(super) fn prefer_wal(connection: &Connection, path: &Path) -> rusqlite::Result<()> {
    if is_wal(connection) || !can_work(path) {
        return Ok(());
    }
    connection.query_row("PRAGMA main.journal_mode = WAL", [], |_| Ok(()))
}

/// Leaves the write-ahead log until [`prefer_wal`], if nobody else has the collection open: what is written to a collection in
/// which there is nothing would be written there first and then once more into the file.
pub(super) fn leave_wal(connection: &Connection) {
    drop(connection.query_row("PRAGMA main.journal_mode = TRUNCATE", [], |_| Ok(())));
}

/// Whether one can work where a file is, as some network folders and what has the names beside the file do not allow. Once the
/// file says that it has one there is no way back there, so another file tries it.
fn can_work(path: &Path) -> bool {
    let is_free = |ending| {
        let beside = files::with_ending(path, ending);
        !files::is_taken(&beside) || files::is_plain_file(&beside)
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(file) = files::temporary_in(folder) else { return false };
    let works = || -> rusqlite::Result<bool> {
        let connection = Connection::open(&*file)?;
        connection
            .execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; CREATE TABLE t (x);")?;
        connection.query_row("SELECT count(*) FROM t", [], |_| Ok(()))?;
        Ok(is_wal(&connection))
    };
    is_free("-wal") && is_free("-shm") && works().unwrap_or(false)
}
