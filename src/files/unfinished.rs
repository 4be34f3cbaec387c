//! Files that have not their names yet: they get them when they are whole and on disk, or are gone.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::{NamedTempFile, TempPath};

use super::{BESIDE_SQLITE, changed_at, folder_of, list, remove, sync_folder, with_ending, writing};
use crate::error::Result;

/// How the name of a file begins that is not whole yet.
const UNFINISHED: &str = ".matura-unfinished-";
/// Milliseconds after which nobody writes to it any more: whoever did was killed.
const ABANDONED: i64 = 86_400_000;

/// A file that has not its name yet. When nobody needs it any more it is gone, with what SQLite could not remove beside it
/// because the disk was full.
#[derive(Debug)]
pub struct Unfinished {
    file: TempPath,
    _beside: Beside,
}

impl std::ops::Deref for Unfinished {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.file
    }
}

#[derive(Debug)]
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        for ending in BESIDE_SQLITE.into_iter().filter(|ending| !ending.is_empty()) {
            drop(fs::remove_file(with_ending(&self.0, ending)));
        }
    }
}

/// Has `make` fill a file that lies beside the one of this name, and gives it the name when it is whole and on disk. If `make`
/// fails, none appears.
pub fn replace_with(path: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let file = unfinished(folder_of(path)).map_err(|cause| writing(path, &cause))?;
    make(&file)?;
    put(file, path)
}

/// Gives a whole file its name, in place of what has it, when it is on disk.
pub fn put(file: Unfinished, path: &Path) -> Result<()> {
    let Unfinished { file, _beside } = file;
    let synced = fs::OpenOptions::new().write(true).open(&file).and_then(|opened| opened.sync_all());
    synced.map_err(|cause| writing(path, &cause))?;
    file.persist(path).map_err(|cause| writing(path, &cause.error))?;
    sync_folder(folder_of(path));
    Ok(())
}

/// An empty file in a folder, for the owner alone, that is gone when nobody needs it any more.
pub fn temporary_in(folder: &Path) -> Result<Unfinished> {
    unfinished(folder).map_err(|cause| writing(&folder.join(UNFINISHED), &cause))
}

fn unfinished(folder: &Path) -> io::Result<Unfinished> {
    let file = open_in(folder)?.into_temp_path();
    Ok(Unfinished { _beside: Beside(file.to_path_buf()), file })
}

/// The same, open to be written to.
pub(super) fn open_in(folder: &Path) -> io::Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    if let Some(now) = file.as_file().metadata().ok().as_ref().and_then(changed_at) {
        remove_abandoned(folder, now);
    }
    Ok(file)
}

/// Removes what processes left unfinished that were killed long ago, as far as that works.
fn remove_abandoned(folder: &Path, now: i64) {
    for entry in list(folder).unwrap_or_default() {
        let is_old = entry.changed_at.is_some_and(|at| now.saturating_sub(at) > ABANDONED);
        if is_old && entry.name.starts_with(UNFINISHED) {
            drop(remove(&folder.join(&entry.name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a file that is old")]
    fn what_a_killed_process_left_unfinished_is_gone_a_day_later() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, hours: u64| {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            let at = file.metadata().unwrap().modified().unwrap();
            file.set_modified(at - std::time::Duration::from_secs(hours * 3600)).unwrap();
        };
        make(".matura-unfinished-old", 25);
        make(".matura-unfinished-old-wal", 25);
        make(".matura-unfinished-young", 1);
        make("notes.txt", 1000);
        replace_with(&folder.path().join("whole"), |_| Ok(())).unwrap();
        let names: Vec<String> = list(folder.path()).unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, [".matura-unfinished-young", "notes.txt", "whole"]);
    }

    #[test]
    fn what_is_not_finished_goes_with_what_is_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = temporary_in(folder.path()).unwrap();
        for ending in BESIDE_SQLITE {
            crate::files::write(&with_ending(&file, ending), b"half").unwrap();
        }
        drop(file);
        assert_eq!(list(folder.path()).unwrap(), []);
    }
}
