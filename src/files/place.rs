//! Whether a name still leads to the file that was opened under it.

use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};

/// A file that is kept open under its name.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    number: Option<(u64, u64)>,
}

impl Place {
    /// The file that has a name now.
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), number: number(path) }
    }

    /// The name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the name still leads to the file, where the system tells.
    pub fn is_there(&self) -> bool {
        number(&self.path) == self.number
    }

    /// Fails if it does not: what is written to the file then, nobody finds any more.
    pub fn must_be_there(&self) -> Result<()> {
        if self.is_there() {
            return Ok(());
        }
        let message = format!(
            "{} is not the file any more that was opened; it was moved, removed or replaced",
            self.path.display()
        );
        Err(Error::new(Kind::Io, message)
            .hint("nothing was changed; put it back and try again, or see matura backups for earlier states"))
    }
}

/// By what the system knows a file, whatever its names are, where it tells.
#[cfg(unix)]
pub(super) fn number(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn number(_: &Path) -> Option<(u64, u64)> {
    None
}
