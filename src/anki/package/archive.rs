//! The zip of a package.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::failed;
use crate::error::Result;

/// Finds the bytes of an image or a sound by its name; none if it is not there.
pub type FindMedia<'f> = dyn FnMut(&str) -> Result<Option<Vec<u8>>> + 'f;

/// A zip in the making.
pub(super) struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    /// One that begins with the collection.
    pub(super) fn of(collection: &[u8]) -> Result<Self> {
        let options = deflated().large_file(collection.len() > 1 << 31);
        let mut archive = Self(ZipWriter::new(Cursor::new(Vec::new())));
        archive.add("collection.anki2", options, collection)?;
        Ok(archive)
    }

    fn add(&mut self, name: &str, options: SimpleFileOptions, bytes: &[u8]) -> Result<()> {
        self.0.start_file(name, options).map_err(|cause| failed(&cause))?;
        self.0.write_all(bytes).map_err(|cause| failed(&cause))
    }

    /// Its bytes, with those of these images and sounds that are found, and the names of the others.
    pub(super) fn finish(
        mut self,
        media: &BTreeSet<String>,
        find: &mut FindMedia<'_>,
    ) -> Result<(Vec<u8>, Vec<String>)> {
        let stored = deflated().compression_method(CompressionMethod::Stored).compression_level(None);
        let (mut names, mut lacking) = (Map::new(), Vec::new());
        for name in media {
            let Some(bytes) = find(name)? else {
                lacking.push(name.clone());
                continue;
            };
            let entry = names.len().to_string();
            self.add(&entry, stored, &bytes)?;
            names.insert(entry, name.as_str().into());
        }
        self.add("media", deflated(), Value::Object(names).to_string().as_bytes())?;
        Ok((self.0.finish().map_err(|cause| failed(&cause))?.into_inner(), lacking))
    }
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
}
