//! The only place that opens files: reading with a size cap, writing whole or not at all, readable by the owner alone.

mod place;
mod unfinished;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

pub use place::Place;
use place::number;
pub use unfinished::{Unfinished, put, replace_with, temporary_in};

use crate::error::{Error, Kind, Result};

/// The name that means standard input or standard output.
pub const STDIO: &str = "-";

/// The largest file that is read whole, in bytes (2 GiB).
pub const LARGEST: u64 = 2 << 30;

/// Reads a file whole, or standard input if its name is `-`.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files")]
pub fn read(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() == STDIO {
        return read_capped(io::stdin().lock(), 0, path);
    }
    if path.is_dir() {
        return Err(Error::new(Kind::Input, format!("{} is a directory", path.display()))
            .hint("name the files in it, for example with *.csv"));
    }
    let file = fs::File::open(path).map_err(|cause| reading(path, &cause))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    read_capped(file, length, path)
}

/// Reads what has `length` bytes, as far as that is known.
fn read_capped(from: impl Read, length: u64, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(LARGEST)).unwrap_or(0));
    let read = from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|cause| reading(path, &cause))?;
    if u64::try_from(read).unwrap_or(u64::MAX) > LARGEST {
        return Err(Error::new(Kind::Input, format!("{} is larger than 2 GiB", path.display()))
            .hint("split it into several files"));
    }
    Ok(bytes)
}

fn reading(path: &Path, cause: &io::Error) -> Error {
    let shown = path.display();
    match cause.kind() {
        io::ErrorKind::NotFound => Error::new(Kind::NotFound, format!("there is no file {shown}"))
            .hint("check the name and the folder that you are in"),
        io::ErrorKind::PermissionDenied => Error::new(Kind::Io, format!("you may not read {shown}"))
            .hint("change its permissions, or copy it to where you may read it"),
        _ => Error::new(Kind::Io, format!("{shown} cannot be read: {cause}")),
    }
}

/// Writes a file whole or not at all: a reader sees the old content or the new one, never a part.
///
/// A target that is no ordinary file (a device, a pipe) is written to as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if path.is_dir() {
        return Err(
            Error::new(Kind::Input, format!("{} is a directory", path.display())).hint("name a file in it")
        );
    }
    let special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
    if special { write_through(path, bytes) } else { write_whole(path, bytes) }
        .map_err(|cause| writing(path, &cause))
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

/// Writes a file whole or not at all in place of what has its name: a link is not followed.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    persist(path, bytes).map_err(|cause| writing(path, &cause))
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is followed, or the file it names would stay as it was.
    persist(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()), bytes)
}

fn persist(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = unfinished::open_in(folder_of(target))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(target)?;
    sync_folder(folder_of(target));
    Ok(())
}

fn changed_at(metadata: &fs::Metadata) -> Option<i64> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// Has a new name in a folder on disk, where a folder can be synced.
#[cfg_attr(unix, expect(clippy::disallowed_methods, reason = "this is the place that opens files"))]
fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    drop(fs::File::open(folder).and_then(|folder| folder.sync_all()));
    #[cfg(not(unix))]
    let _ = folder;
}

/// The folder in which a file is.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that holds a text as long as it is needed, for the owner alone, and is gone then. Its name ends so.
pub fn temporary(text: &str, ending: &str) -> Result<tempfile::TempPath> {
    let folder = std::env::temp_dir();
    let made = tempfile::Builder::new().prefix("matura-").suffix(ending).tempfile().and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        Ok(file.into_temp_path())
    });
    made.map_err(|cause| writing(&folder.join(format!("matura-{ending}")), &cause))
}

/// The same for a text that has to be found again: the file stays.
pub fn keep_temporary(text: &str, ending: &str) -> Result<PathBuf> {
    let file = temporary(text, ending)?;
    let path = file.to_path_buf();
    file.keep().map_err(|cause| writing(&path, &cause.error))
}

fn writing(path: &Path, cause: &io::Error) -> Error {
    let shown = path.display();
    match cause.kind() {
        io::ErrorKind::NotFound => {
            Error::new(Kind::NotFound, format!("the folder of {shown} does not exist"))
                .hint("create the folder first, or write somewhere else")
        }
        io::ErrorKind::PermissionDenied => Error::new(Kind::Io, format!("you may not write {shown}"))
            .hint("write to a folder of your own with -o"),
        io::ErrorKind::StorageFull => {
            Error::new(Kind::Io, format!("{shown} cannot be written: the disk is full"))
                .hint("make room and try again")
        }
        kind @ (io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge) => {
            Error::new(Kind::Io, format!("{shown} cannot be written: {kind}"))
                .hint("make room, or have the limit raised, and try again")
        }
        kind => Error::new(Kind::Io, format!("{shown} cannot be written: {kind}"))
            .hint("check the disk and the name, or write somewhere else"),
    }
}

/// What SQLite puts behind the name of a file to name those that belong to it, itself first.
pub const BESIDE_SQLITE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// A name with something behind it.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// How a database of SQLite begins (<https://www.sqlite.org/fileformat2.html>, 1.3).
pub const DATABASE: &[u8] = b"SQLite format 3\0";

/// Whether an ordinary file is a database of SQLite.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files, and it reads a few bytes")]
pub fn is_database(path: &Path) -> bool {
    let mut start = [0; DATABASE.len()];
    fs::metadata(path).is_ok_and(|file| file.is_file())
        && fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok()
        && start == DATABASE
}

/// Whether two names are one file, or one is a file that SQLite keeps beside the other.
pub fn is_same(path: &Path, collection: &Path) -> bool {
    let (path_itself, collection_itself) = (resolved(path), resolved(collection));
    let beside = BESIDE_SQLITE.map(|ending| with_ending(&collection_itself, ending));
    same_inode(path, collection) || beside.contains(&path_itself)
}

/// A name without links, of a file that need not exist yet.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = folder_of(path);
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name))
    })
}

fn same_inode(one: &Path, other: &Path) -> bool {
    number(one).is_some_and(|number_of_one| number(other) == Some(number_of_one))
}

/// What has its place beside a file, under its name with another ending: `collection.media` beside `collection.db`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let has_ending = path.extension().is_some_and(|other| other != ending);
    if has_ending {
        return path.with_extension(ending);
    }
    with_ending(path, &format!(".{ending}"))
}

/// A file in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without the folder.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed last, in milliseconds since 1970, as far as that is known.
    pub changed_at: Option<i64>,
}

/// The ordinary files in a folder, in the order of their names; none if there is no such folder. Links are no files here:
/// what they lead to is no business of whoever keeps the folder.
pub fn list(folder: &Path) -> Result<Vec<Entry>> {
    let reading = |cause: &io::Error| reading(folder, cause);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(reading(&cause)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|cause| reading(&cause))?;
        let (Ok(name), Ok(metadata)) = (entry.file_name().into_string(), entry.metadata()) else { continue };
        if metadata.is_file() {
            files.push(Entry { name, size: metadata.len(), changed_at: changed_at(&metadata) });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// Removes a file; one that is gone already is no error.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(writing(path, &cause)),
        _ => Ok(()),
    }
}

/// Gives a file another name, in place of what has it.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|cause| writing(to, &cause))
}

/// Whether a name is taken, by whatever it may be.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether nothing has a name, as far as one can know: something may have it in a folder into which one may not look.
pub fn is_free(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|cause| cause.kind() != io::ErrorKind::PermissionDenied)
}

/// Whether a name is that of an ordinary file itself, not of a link.
pub fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// The first bytes of a file.
#[expect(clippy::disallowed_methods, reason = "this is the place that opens files")]
pub fn beginning(path: &Path, bytes: u64) -> Result<Vec<u8>> {
    let file = fs::File::open(path).map_err(|cause| reading(path, &cause))?;
    let mut read = Vec::new();
    file.take(bytes).read_to_end(&mut read).map_err(|cause| reading(path, &cause))?;
    Ok(read)
}

/// Whether a name leads to an ordinary file.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Bytes of a file; none if there is none.
pub fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len())
}

/// Makes a folder, and those above it, for the owner alone.
pub fn create_private_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| {
        Error::new(Kind::Io, format!("the folder {} cannot be made: {cause}", folder.display()))
            .hint("name another place with --collection FILE")
    })
}

/// Makes an empty file for the owner alone if there is none yet.
pub fn create_private_file(path: &Path) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|cause| match cause.kind() {
        io::ErrorKind::PermissionDenied => {
            Error::new(Kind::Io, format!("you may not make {}", path.display()))
                .hint("name another place with --collection FILE")
        }
        _ => writing(path, &cause),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let error = read(&folder.path().join("none.csv")).unwrap_err();
        assert_eq!(error.kind, Kind::NotFound);
        assert!(error.message.contains("none.csv") && error.hint.is_some());
        assert!(read(folder.path()).unwrap_err().message.contains("is a directory"));
    }

    #[test]
    fn a_file_is_replaced_whole_and_belongs_to_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deck.csv");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
