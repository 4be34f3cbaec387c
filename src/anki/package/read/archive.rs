//! The zip of a package, which comes from strangers: nothing in it becomes a path, and nothing is inflated without end.

use std::io::{Cursor, ErrorKind, Read};

use zip::ZipArchive;

use crate::error::{Error, Kind, Result};

/// The names of the collection in a package, the newest first. A package for new programs holds an old one as well, which
/// says only that it is old.
const NAMES: [&str; 3] = ["collection.anki21b", "collection.anki21", "collection.anki2"];

/// Bytes of a collection that are taken at most: ten times that of a million notes. And more than so many times the
/// package is made to fill the memory: real ones have ten times.
const LARGEST: u64 = 2 << 30;
const MOST_TIMES: u64 = 100;
const ALWAYS: u64 = 64 << 20;

/// Whether the bytes of a file are a package of Anki's, or a collection that it wrote whole.
pub(super) fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && ZipArchive::new(Cursor::new(bytes))
            .is_ok_and(|zip| NAMES.iter().any(|name| zip.index_for_name(name).is_some()))
}

/// The collection in a package.
pub(super) struct Collection {
    /// An SQLite file.
    pub(super) bytes: Vec<u8>,
    /// Whether the package is one of the newest, in which all is compressed once more.
    pub(super) is_newest: bool,
}

/// The collection in a package.
pub(super) fn collection(bytes: &[u8]) -> Result<Collection> {
    let broken = |what: String| {
        Error::new(Kind::Input, format!("the package is broken: {what}")).hint("export it from Anki again")
    };
    let packed = u64::try_from(bytes.len()).unwrap_or(LARGEST);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| broken(cause.to_string()))?;
    let name = NAMES.into_iter().find(|name| zip.index_for_name(name).is_some());
    let name = name.ok_or_else(|| broken("there is no collection in it".to_owned()))?;
    let file = zip.by_name(name).map_err(|cause| broken(cause.to_string()))?;
    let most = (ALWAYS + MOST_TIMES * packed).min(LARGEST);
    let mut bytes = inflate(file, most).map_err(&broken)?;
    let is_newest = name.ends_with('b');
    if is_newest {
        let decoder = ruzstd::decoding::StreamingDecoder::new(bytes.as_slice());
        let decoder = decoder.map_err(|_| broken("its collection cannot be unpacked".to_owned()))?;
        bytes = inflate(decoder, most).map_err(broken)?;
    }
    Ok(Collection { bytes, is_newest })
}

/// Reads to the end, or to so many bytes: what has more is refused.
pub(super) fn inflate(reader: impl Read, most: u64) -> std::result::Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let count =
        reader.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|cause| match cause.kind() {
            // the words of a decoder are for its authors
            ErrorKind::Other => "it cannot be unpacked".to_owned(),
            _ => cause.to_string(),
        })?;
    if u64::try_from(count).unwrap_or(u64::MAX) > most {
        return Err(format!("unpacked it is larger than {} MiB", most >> 20));
    }
    Ok(bytes)
}
