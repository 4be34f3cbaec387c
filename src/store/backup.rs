//! The copy of a collection that a migration leaves behind.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::map;
use crate::error::{Error, Kind, Result};
use crate::files;

/// Keeps a copy of the collection, which has the schema `version`, beside it before it is brought to `next`: whoever
/// wants to go back to the matura from before can. A copy of an earlier attempt is replaced.
pub(super) fn keep(connection: &Connection, path: &Path, version: i32, next: i32) -> Result<()> {
    let kept = files::replace_with(&beside(path, next), |copy| {
        let name = copy.to_str().ok_or_else(|| {
            Error::new(Kind::Io, "the name of its folder is not UTF-8, so no copy can be kept there")
        })?;
        connection.execute("VACUUM INTO ?1", [name]).map_err(|cause| map(&cause))?;
        // Another process may have brought the collection up to date meanwhile; its copy is the right one.
        Ok(version_of(copy)? == version)
    });
    kept.map_err(|error| {
        let hint = "make room, or move the collection to where matura may write; nothing was changed";
        Error { message: format!("no copy can be kept before the update: {}", error.message), ..error }
            .hint(hint)
    })
}

/// `collection.db.before-2`.
fn beside(path: &Path, next: i32) -> PathBuf {
    // A link is followed: the copy lies beside the collection itself.
    let mut name = files::resolved(path).into_os_string();
    name.push(format!(".before-{next}"));
    PathBuf::from(name)
}

fn version_of(path: &Path) -> Result<i32> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|cause| map(&cause))?;
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|cause| map(&cause))
}
