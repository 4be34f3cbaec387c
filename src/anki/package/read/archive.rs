//! The zip of a package, which comes from strangers: nothing in it becomes a path, and nothing is inflated without end.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::{Error, Kind, Result};

/// The names of the collection in a package, the newest first. A package for new programs holds an old one as well, which
/// says only that it is old.
const NAMES: [&str; 3] = ["collection.anki21b", "collection.anki21", "collection.anki2"];

/// Bytes of a collection that are taken at most: ten times that of a million notes.
const LARGEST: u64 = 2 << 30;

/// Whether the bytes of a file are a package of Anki's, or a collection that it wrote whole.
pub(super) fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && ZipArchive::new(Cursor::new(bytes))
            .is_ok_and(|zip| NAMES.iter().any(|name| zip.index_for_name(name).is_some()))
}

/// The collection in a package: the bytes of an SQLite file.
pub(super) fn collection(bytes: &[u8]) -> Result<Vec<u8>> {
    let broken = |what: String| {
        Error::new(Kind::Input, format!("the package is broken: {what}")).hint("export it from Anki again")
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| broken(cause.to_string()))?;
    let name = NAMES.into_iter().find(|name| zip.index_for_name(name).is_some());
    let name = name.ok_or_else(|| broken("there is no collection in it".to_owned()))?;
    let file = zip.by_name(name).map_err(|cause| broken(cause.to_string()))?;
    let inflated = inflate(file).map_err(&broken)?;
    if !name.ends_with('b') {
        return Ok(inflated);
    }
    let decoder = ruzstd::decoding::StreamingDecoder::new(inflated.as_slice());
    inflate(decoder.map_err(|cause| broken(cause.to_string()))?).map_err(broken)
}

fn inflate(reader: impl Read) -> std::result::Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let count = reader.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|cause| cause.to_string())?;
    if u64::try_from(count).unwrap_or(u64::MAX) > LARGEST {
        return Err(format!("its collection is larger than {} GiB", LARGEST >> 30));
    }
    Ok(bytes)
}
