//! Whole copies of a collection through SQLite's backup interface: of a state that was committed, also while others write.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, Kind, Result};
use crate::files;
use crate::store::{Store, map};

/// How long a copy waits for others that write.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it sleeps between two attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// Copies the collection in a file to another, which appears whole or not at all. A copy that SQLite finds damaged is none,
/// unless it is wanted as it is.
pub(super) fn to_file(from: &Path, to: &Path, takes_damage: bool) -> Result<()> {
    files::replace_with(to, |temporary| {
        let source = open_to_read(from)?;
        let mut copy = Connection::open(temporary).map_err(|cause| map(&cause))?;
        // it is synced when it is whole, and nobody sees it before
        copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
            .map_err(|cause| map(&cause))?;
        run(&source, &mut copy)?;
        // one file without others beside it
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(|cause| map(&cause))?;
        if !takes_damage {
            let found: String =
                copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|cause| map(&cause))?;
            if found != "ok" {
                return Err(Error::new(Kind::Damaged, format!("the collection is damaged: {found}"))
                    .hint("matura check tells more, matura backups lists earlier states"));
            }
        }
        Ok(())
    })
}

/// Copies all pages in one transaction of the target.
fn run(from: &Connection, to: &mut Connection) -> Result<()> {
    run_after(from, to, || Ok(()))
}

/// The same, with something that is done while nobody else can write to the target any more, before it changes.
pub(in crate::store) fn run_after(
    from: &Connection,
    to: &mut Connection,
    before: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let backup = Backup::new(from, to).map_err(|cause| map(&cause))?;
    // no page yet, but the lock
    step(&backup, 0)?;
    before()?;
    step(&backup, -1)
}

fn step(backup: &Backup<'_, '_>, pages: i32) -> Result<()> {
    let mut waited = Duration::ZERO;
    loop {
        match backup.step(pages).map_err(|cause| map(&cause))? {
            StepResult::Done => return Ok(()),
            StepResult::More if pages == 0 => return Ok(()),
            StepResult::Busy | StepResult::Locked if waited >= PATIENCE => {
                return Err(Error::new(Kind::Busy, "another process is writing to the collection")
                    .hint("try again in a moment"));
            }
            _ => {}
        }
        std::thread::sleep(PAUSE);
        waited += PAUSE;
    }
}

/// Opens a collection to read from it; nothing in it is changed.
pub(in crate::store) fn open_to_read(path: &Path) -> Result<Connection> {
    if path.is_dir() {
        return Err(Error::new(Kind::Input, "it is a directory").hint("name a file in it"));
    }
    if !files::is_file(path) {
        if files::is_taken(path) {
            return Err(Error::new(Kind::Input, "it is no ordinary file").hint("name a file"));
        }
        return Err(Error::new(Kind::NotFound, "there is no such file")
            .hint("check the name and the folder that you are in"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |name: &Path, flags| -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(name, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    open(path, flags).or_else(|cause| {
        // where nothing can be written beside it, a file that nobody else has open is read as it is
        let is_refused = matches!(
            cause.sqlite_error_code(),
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
        );
        if is_refused && !files::is_file(&files::with_ending(path, "-wal")) {
            return open(&immutable(path), flags | OpenFlags::SQLITE_OPEN_URI).map_err(|cause| map(&cause));
        }
        Err(map(&cause))
    })
}

/// The name of a file as an address that says that nobody changes it.
fn immutable(path: &Path) -> PathBuf {
    let name = path.to_string_lossy();
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{name}?immutable=1").into()
}

/// A copy of a collection that is this program's own: brought up to date and looked into, while the file it comes from stays
/// as it is.
#[derive(Debug)]
pub struct Copy {
    /// The copy, open. It is closed before its file goes.
    pub store: Store,
    file: files::Unfinished,
}

impl Copy {
    /// Copies the collection in a file into a file in this folder.
    pub fn of(path: &Path, folder: &Path) -> Result<Self> {
        let file = files::temporary_in(folder)?;
        let mut copy = Connection::open(&*file).map_err(|cause| map(&cause))?;
        open_to_read(path).and_then(|source| run(&source, &mut copy))?;
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(|cause| map(&cause))?;
        Ok(Self { store: Store::adopt(copy)?, file })
    }

    /// An empty collection in a file in this folder, to be filled.
    pub fn empty(folder: &Path) -> Result<Self> {
        let file = files::temporary_in(folder)?;
        let connection = Connection::open(&*file).map_err(|cause| map(&cause))?;
        Ok(Self { store: Store::fill(connection)?, file })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Puts the copy where a collection is to be, in place of what has the name.
    pub fn put(self, path: &Path) -> Result<()> {
        let Self { store, file } = self;
        drop(store);
        files::put(file, path)
    }
}
