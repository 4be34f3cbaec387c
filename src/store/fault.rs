//! What errors of SQLite mean to the program, and to people.

use rusqlite::ErrorCode;

use crate::error::{Error, Kind};

/// A file that is something else.
pub(super) fn not_a_collection(message: &str) -> Error {
    Error::new(Kind::NotACollection, message).hint(
        "name a matura collection with --collection FILE or MATURA_COLLECTION; the file was not touched",
    )
}

/// What an error of SQLite means to the program.
pub fn map(cause: &rusqlite::Error) -> Error {
    let Some(code) = cause.sqlite_error_code() else {
        let message = format!("the collection holds a value that cannot be read: {}", value_fault(cause));
        return Error::new(Kind::Damaged, message).hint("matura check tells more");
    };
    match code {
        ErrorCode::NotADatabase => not_a_collection("the file is no matura collection"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            Error::new(Kind::Busy, "another process is writing to the collection")
                .hint("try again in a moment")
        }
        ErrorCode::DatabaseCorrupt => {
            Error::new(Kind::Damaged, format!("the collection is damaged: {cause}")).hint(EARLIER_STATES)
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
            Error::new(Kind::Io, format!("the collection cannot be opened for writing: {cause}"))
                .hint("check the permissions of the file and of its folder")
        }
        ErrorCode::DiskFull => Error::new(Kind::Io, "the disk is full").hint("make room and try again"),
        ErrorCode::SystemIoFailure => Error::new(Kind::Io, format!("the disk is full or damaged: {cause}"))
            .hint("make room, or check the disk, and try again"),
        ErrorCode::ConstraintViolation => {
            Error::new(Kind::Damaged, format!("the collection contradicts itself: {cause}"))
                .hint("nothing was changed; matura check tells more")
        }
        _ if is_lacking(&cause.to_string()) => {
            Error::new(Kind::Damaged, format!("the collection lacks a part of it: {cause}"))
                .hint(EARLIER_STATES)
        }
        _ => Error::internal(format!("SQLite says: {cause}")),
    }
}

/// What to do about damage.
pub(super) const EARLIER_STATES: &str =
    "matura check --repair may mend it; matura backups lists earlier states, matura restore brings one back";

/// Whether SQLite misses a table or the like, all of which are there in a sound collection.
fn is_lacking(message: &str) -> bool {
    ["no such table", "no such column", "malformed JSON"].iter().any(|part| message.contains(part))
}

/// What is wrong with a value, without words about types of the program.
pub(super) fn value_fault(cause: &rusqlite::Error) -> String {
    match cause {
        rusqlite::Error::FromSqlConversionFailure(_, _, cause) => cause.to_string(),
        rusqlite::Error::InvalidColumnType(_, name, sort) => {
            format!("{name} holds a value of the type {}", sort.to_string().to_lowercase())
        }
        rusqlite::Error::IntegralValueOutOfRange(_, value) => format!("{value} is out of range"),
        other => other.to_string(),
    }
}
