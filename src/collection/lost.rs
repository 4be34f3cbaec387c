//! A collection that is gone, or is no collection any more, although there are backups of it.

use std::path::Path;

use crate::error::{Error, Kind, Result};
use crate::files;
use crate::store::backup::Backups;
use crate::text;

/// What to do about a file that cannot even be opened.
const ELSEWHERE: &str = "it cannot be opened, so nothing in it can be mended: matura restore FILE puts a backup or the collection of another device in its place";

/// Opens a collection in a file. If nothing is there, or nothing that could be opened, while backups lie beside it, it was lost:
/// to begin anew would hide that.
pub(super) fn must_be_no_loss<T>(path: &Path, open: impl FnOnce() -> Result<T>) -> Result<T> {
    if is_nothing(path) {
        let Some(hint) = hint(path) else { return open() };
        let what = if files::is_free(path) { "is gone" } else { "is empty" };
        let lost = Error::new(Kind::Damaged, format!("the collection {} {what}", path.display()));
        return Err(lost.hint(format!("{hint}; to begin anew, move that folder away")));
    }
    open().map_err(|error| match (error.kind, hint(path)) {
        (Kind::NotACollection | Kind::Damaged, Some(hint)) => error.hint(hint),
        (Kind::Damaged, None) => error.hint(ELSEWHERE),
        _ => error,
    })
}

/// Whether there is no file, or one without a byte.
pub(super) fn is_nothing(path: &Path) -> bool {
    // one look at the file, where there is one, for every command begins with it
    files::size(path).map_or_else(|| files::is_free(path), |bytes| bytes == 0)
}

/// How many backups there are and what to do with them, if there are some.
fn hint(path: &Path) -> Option<String> {
    let backups = Backups::of(path);
    let count = backups.list().ok()?.len();
    let there = text::count_verb(count, "backup of it is", "backups of it are");
    let folder = backups.folder().display();
    (count > 0)
        .then(|| format!("{there} in {folder}: matura backups lists them, matura restore brings one back"))
}
