//! Anki's packages: a zip with a collection in it. What Anki really reads was found by importing into Anki 26.9;
//! `tests/anki` holds it against the real program.

mod database;
mod fields;
mod format;
mod history;
mod notetype;
mod read;

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{Cursor, Write as _};

use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Warning;
use super::fields::clean;
use crate::error::{Error, Result};
use crate::model::{Note, Row, Slot, State};
use database::Database;
pub use format::{AnkiPackage, Beside};
pub use read::{Media, PastCard, PastEntry, PastRow, PastSchedule, Standing, Unpacked, is_package, read};

/// A note with all that goes into a package.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The note.
    pub note: Note,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// When it was changed last, in milliseconds since 1970.
    pub changed_at: i64,
    /// Its cards.
    pub cards: Vec<PackedCard>,
}

/// A card with its history.
#[derive(Debug, Clone)]
pub struct PackedCard {
    /// Which card of the note.
    pub slot: Slot,
    /// Its schedule.
    pub state: State,
    /// Whether it is suspended.
    pub suspended: bool,
    /// Its log.
    pub rows: Vec<Row>,
}

/// Finds the bytes of an image or a sound by its name; none if it is not there.
pub type FindMedia<'f> = dyn FnMut(&str) -> Result<Option<Vec<u8>>> + 'f;

/// The package with these notes and the images and sounds that they name, with their schedules and history if they are to
/// travel.
pub fn write(
    notes: impl Iterator<Item = Result<Packed>>,
    with_schedule: bool,
    find_media: &mut FindMedia<'_>,
) -> Result<(Vec<u8>, Vec<Warning>)> {
    let mut database = Database::new(with_schedule)?;
    let mut warnings = Vec::new();
    let mut media = BTreeSet::new();
    for packed in notes {
        let packed = packed?;
        if clean(&packed.note.content.prompt).trim().is_empty() {
            let message = "its prompt has no character that Anki takes; it is left out".to_owned();
            warnings.push(Warning { note: packed.note.guid.to_string(), message });
            continue;
        }
        media.extend(packed.note.content.media());
        let (notetype, fields) = fields::of(&packed.note.content, packed.note.bank_id.as_deref())?;
        database.add(&packed, notetype, &fields)?;
    }
    Ok((zipped(&database.finish()?, &media, find_media)?, warnings))
}

/// The collection in its zip, with those of these images and sounds that are there.
fn zipped(collection: &[u8], media: &BTreeSet<String>, find: &mut FindMedia<'_>) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let deflated = options
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .large_file(collection.len() > 1 << 31);
    let stored = options.compression_method(CompressionMethod::Stored);
    let failed = |cause: &dyn Display| Error::internal(format!("the package cannot be written: {cause}"));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, options: SimpleFileOptions, bytes: &[u8]| {
        zip.start_file(name, options).map_err(|cause| failed(&cause))?;
        zip.write_all(bytes).map_err(|cause| failed(&cause))
    };
    add("collection.anki2", deflated, collection)?;
    let mut names = Map::new();
    for name in media {
        if let Some(bytes) = find(name)? {
            let entry = names.len().to_string();
            add(&entry, stored, &bytes)?;
            names.insert(entry, name.as_str().into());
        }
    }
    add("media", deflated, Value::Object(names).to_string().as_bytes())?;
    Ok(zip.finish().map_err(|cause| failed(&cause))?.into_inner())
}
