//! A collection that is gone, or is no collection any more, although there are backups of it.

use std::path::Path;

use crate::error::{Error, Kind, Result};
use crate::files;
use crate::store::backup::Backups;
use crate::text;

/// Opens a collection in a file. If nothing is there, or nothing that could be opened, while backups lie beside it, it was lost:
/// to begin anew would hide that.
pub(super) fn must_be_no_loss<T>(path: &Path, open: impl FnOnce() -> Result<T>) -> Result<T> {
    let is_nothing = files::is_free(path) || files::is_empty(path);
    if !is_nothing {
        return open().map_err(|error| match error.kind {
            Kind::NotACollection => with_backups(path, error),
            _ => error,
        });
    }
    let what = if files::is_free(path) { "is gone" } else { "is empty" };
    let lost = Error::new(Kind::Damaged, format!("the collection {} {what}", path.display()));
    let error = with_backups(path, lost);
    if error.hint.is_some() { Err(error) } else { open() }
}

/// The error with how many backups there are and what to do, if there are some.
fn with_backups(path: &Path, error: Error) -> Error {
    let backups = Backups::of(path);
    let count = backups.list().map_or(0, |list| list.len());
    if count == 0 {
        return error;
    }
    let there = text::count_verb(count, "backup of it is", "backups of it are");
    let hint = format!(
        "{there} in {}: matura backups lists them, matura restore brings one back; to begin anew, move that folder away",
        backups.folder().display()
    );
    error.hint(hint)
}
