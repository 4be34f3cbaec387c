//! Images and sounds: their names in the collection, their bytes as files in the folder beside it, where daily copies of
//! the collection leave them alone. A file is named by the SHA-256 of its bytes, never by a name from outside.

use std::path::{Path, PathBuf};

use rusqlite::{Row, params};
use sha2::{Digest as _, Sha256};

use super::Tx;
use crate::error::Result;
use crate::files;
use crate::text;

/// The SHA-256 of a file.
pub type Digest = [u8; 32];

/// An image or a sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// The digest of its bytes.
    pub sha256: Digest,
    /// Bytes.
    pub size: u64,
    /// What it is, as the ending of a name; none if it is no image, sound or film that is known.
    pub ending: Option<String>,
}

impl Medium {
    /// What a file with these bytes is.
    pub fn of(bytes: &[u8]) -> Self {
        use infer::MatcherType::{Audio, Image, Video};
        let known = infer::get(bytes).filter(|kind| matches!(kind.matcher_type(), Image | Audio | Video));
        Self {
            sha256: Sha256::digest(bytes).into(),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            ending: known.map(|kind| kind.extension().to_owned()),
        }
    }

    fn file_name(&self) -> String {
        let digest = text::hex(&self.sha256);
        self.ending.as_ref().map_or_else(|| digest.clone(), |ending| format!("{digest}.{ending}"))
    }
}

/// The image or sound of this name.
pub fn get(tx: &Tx<'_>, name: &str) -> Result<Option<Medium>> {
    let sql = "SELECT name, sha256, size, ending FROM media WHERE name = ?1";
    Ok(tx.first(sql, [name], read)?.map(|(_, medium)| medium))
}

/// All of them with their names.
pub fn all(tx: &Tx<'_>) -> Result<Vec<(String, Medium)>> {
    tx.all("SELECT name, sha256, size, ending FROM media ORDER BY name", [], read)
}

/// Gives a name to an image or a sound; it must have no other yet.
pub fn add(tx: &Tx<'_>, name: &str, medium: &Medium) -> Result<()> {
    let size = i64::try_from(medium.size).unwrap_or(i64::MAX);
    let sql = "INSERT INTO media (name, sha256, size, ending) VALUES (?1, ?2, ?3, ?4)";
    tx.execute(sql, params![name, medium.sha256, size, medium.ending]).map(drop)
}

fn read(row: &Row<'_>) -> rusqlite::Result<(String, Medium)> {
    let size: i64 = row.get(2)?;
    let medium = Medium { sha256: row.get(1)?, size: u64::try_from(size).unwrap_or(0), ending: row.get(3)? };
    Ok((row.get(0)?, medium))
}

/// The folder beside a collection.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder beside this collection.
    pub fn beside(collection: &Path) -> Self {
        Self(files::beside(collection, "media"))
    }

    /// The folder of this path.
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where the bytes are.
    pub fn path(&self, medium: &Medium) -> PathBuf {
        self.0.join(medium.file_name())
    }

    /// Whether the bytes are there; what they are is only seen by reading them.
    pub fn has(&self, medium: &Medium) -> bool {
        files::size(&self.path(medium)) == Some(medium.size)
    }

    /// Puts the bytes there.
    pub fn put(&self, medium: &Medium, bytes: &[u8]) -> Result<()> {
        if self.has(medium) {
            return Ok(());
        }
        files::create_private_folder(&self.0)?;
        files::replace(&self.path(medium), bytes)
    }

    /// The bytes; none if they are not there, or are others.
    pub fn read(&self, medium: &Medium) -> Result<Option<Vec<u8>>> {
        if !self.has(medium) {
            return Ok(None);
        }
        let bytes = files::read(&self.path(medium))?;
        Ok(Some(bytes).filter(|bytes| Digest::from(Sha256::digest(bytes)) == medium.sha256))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_stands_beside_the_collection_and_is_never_the_collection() {
        for (collection, folder) in [
            ("/x/collection.db", "/x/collection.media"),
            ("mine", "mine.media"),
            ("mine.media", "mine.media.media"),
            ("a.b/c", "a.b/c.media"),
        ] {
            assert_eq!(Folder::beside(Path::new(collection)).0, Path::new(folder));
        }
    }

    #[test]
    fn what_a_file_is_is_seen_in_its_bytes_and_damage_is_no_image() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::beside(&folder.path().join("c.db"));
        let png = b"\x89PNG\r\n\x1a\nrest";
        for (bytes, ending) in
            [(&png[..], Some("png")), (b"GIF89a", Some("gif")), (b"#!/bin/sh\n", None), (b"", None)]
        {
            let medium = Medium::of(bytes);
            assert_eq!(medium.ending.as_deref(), ending);
            assert_eq!(folder.read(&medium).unwrap(), None);
            folder.put(&medium, bytes).unwrap();
            assert_eq!(folder.read(&medium).unwrap().as_deref(), Some(bytes));
        }
        let medium = Medium::of(png);
        files::write(&folder.path(&medium), b"\x89PNG\r\n\x1a\nrust").unwrap();
        assert_eq!(folder.read(&medium).unwrap(), None);
    }
}
