//! The images and sounds of a package.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

use serde_json::{Map, Value as Json};
use unicode_normalization::is_nfc;
use zip::ZipArchive;

use super::archive::inflate;
use super::protobuf::{self, Value};
use crate::error::{Error, Kind, Result};

/// Bytes of one file at most, and of all of them together.
const LARGEST: u64 = 256 << 20;
const LARGEST_ALL: u64 = 2 << 30;
/// Bytes of the list of names at most: a million names.
const LARGEST_LIST: u64 = 128 << 20;
/// Bytes of a name at most, as in Anki.
const LONGEST_NAME: usize = 120;

/// The images and sounds of a package that its notes name. They stay packed until each is asked for.
#[derive(Debug, Default)]
pub struct Media {
    package: Vec<u8>,
    /// The names by which notes know them, and those in the zip.
    files: BTreeMap<String, String>,
    is_compressed: bool,
}

impl Media {
    /// What is in a package.
    pub(super) fn find(package: Vec<u8>, is_newest: bool) -> Result<Self> {
        let mut zip = ZipArchive::new(Cursor::new(package.as_slice())).map_err(|cause| broken(&cause))?;
        let list = match zip.by_name("media") {
            Ok(list) => inflate(list, LARGEST_LIST).map_err(broken)?,
            // a package without any may lack the list
            Err(_) => Vec::new(),
        };
        let named = if is_newest { newest(&list)? } else { older(&list)? };
        let mut files: BTreeMap<String, String> =
            named.into_iter().filter(|(name, _)| is_name(name)).collect();
        files.retain(|_, entry| zip.index_for_name(entry).is_some());
        drop(zip);
        let package = if files.is_empty() { Vec::new() } else { package };
        Ok(Self { package, files, is_compressed: is_newest })
    }

    /// Keeps those of these names.
    pub(super) fn keep(&mut self, wanted: &HashSet<String>) {
        self.files.retain(|name, _| wanted.contains(name));
        if self.files.is_empty() {
            self.package = Vec::new();
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether there is one of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Unpacks them one after the other.
    pub fn each(&self, mut take: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        let mut zip =
            ZipArchive::new(Cursor::new(self.package.as_slice())).map_err(|cause| broken(&cause))?;
        let mut left = LARGEST_ALL;
        for (name, entry) in &self.files {
            let named = |cause: String| broken(format!("{name:?}: {cause}"));
            let file = zip.by_name(entry).map_err(|cause| named(cause.to_string()))?;
            let most = left.min(LARGEST);
            let too_large = |cause: String| {
                if most < LARGEST { broken("together they are larger than 2 GiB") } else { named(cause) }
            };
            let mut bytes = inflate(file, most).map_err(too_large)?;
            if self.is_compressed {
                let decoder = ruzstd::decoding::StreamingDecoder::new(bytes.as_slice());
                let decoder = decoder.map_err(|_| named("it cannot be unpacked".to_owned()))?;
                bytes = inflate(decoder, most).map_err(too_large)?;
            }
            left -= u64::try_from(bytes.len()).unwrap_or(left).min(left);
            take(name, &bytes)?;
        }
        Ok(())
    }
}

fn broken(cause: impl std::fmt::Display) -> Error {
    Error::new(Kind::Input, format!("the images and sounds of the package cannot be read: {cause}"))
        .hint("run Tools › Check Media in Anki and export it again, without media if that does not help")
}

/// The list of packages before Anki 2.1.50: a JSON object from the name in the zip to the one in notes.
fn older(list: &[u8]) -> Result<Vec<(String, String)>> {
    let list = list.strip_prefix(b"\xef\xbb\xbf").unwrap_or(list);
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let object: Map<String, Json> =
        serde_json::from_slice(list).map_err(|_| broken("their list is no list"))?;
    let named = object.into_iter().filter_map(|(entry, name)| Some((name.as_str()?.to_owned(), entry)));
    Ok(named.collect())
}

/// The list since then: compressed messages, of which the place is the name in the zip unless they say another.
fn newest(list: &[u8]) -> Result<Vec<(String, String)>> {
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let decoder = ruzstd::decoding::StreamingDecoder::new(list).map_err(|cause| broken(&cause))?;
    let list = inflate(decoder, LARGEST_LIST).map_err(broken)?;
    let entries = protobuf::fields(&list).ok_or_else(|| broken("their list is no list"))?;
    let entries = entries.into_iter().filter_map(|(field, value)| match value {
        Value::Bytes(message) if field == 1 => Some(message),
        Value::Bytes(_) | Value::Number(_) => None,
    });
    let named = entries.enumerate().map(|(place, message)| {
        let other = protobuf::value(message, 255);
        let entry = if other > 0 { other } else { u64::try_from(place).unwrap_or(u64::MAX) };
        (protobuf::text(message, 1), entry.to_string())
    });
    Ok(named.collect())
}

/// Whether Anki takes a name for a file.
fn is_name(name: &str) -> bool {
    const FORBIDDEN: [char; 12] = ['[', ']', '<', '>', ':', '"', '/', '?', '*', '^', '\\', '|'];
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && is_nfc(name)
        && !name.contains(|c: char| c.is_control() || FORBIDDEN.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_a_path_or_no_name_is_none() {
        for name in ["a.png", "Bild 1.jpg", "日本.mp3", "a'b(1).gif", "_font.ttf"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "",
            ".",
            "..",
            ".hidden",
            "../a.png",
            "/etc/passwd",
            "a\\b",
            "C:a",
            "a\u{0}",
            "a\n",
            "a.",
            "e\u{301}",
        ] {
            assert!(!is_name(name), "{name:?}");
        }
        assert!(!is_name(&"x".repeat(121)));
    }

    #[test]
    fn a_list_that_is_none_names_nothing() {
        for list in ["", "{}", "\u{feff}{\"0\":1}"] {
            assert_eq!(older(list.as_bytes()).unwrap(), [], "{list}");
        }
        assert_eq!(older(b"{\"1\":\"a.png\"}").unwrap(), [("a.png".to_owned(), "1".to_owned())]);
        assert!(newest(b"no zstd").is_err() && older(b"[]").is_err() && older(b"{\"0\":").is_err());
    }
}
