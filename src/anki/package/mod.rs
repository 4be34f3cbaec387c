//! Anki's packages: a zip with a collection in it. What Anki really reads was found by importing into Anki 26.9;
//! `tests/anki` holds it against the real program.

mod database;
mod fields;
mod format;
mod history;
mod notetype;
mod read;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Warning;
use super::fields::clean;
use crate::error::{Error, Result};
use crate::model::{Note, Row, Slot, State};
use database::Database;
pub use format::AnkiPackage;
pub use read::{PastCard, PastEntry, PastRow, PastSchedule, Standing, Unpacked, is_package, read};

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

/// The package with these notes, with their schedules and history if they are to travel.
pub fn write(
    notes: impl Iterator<Item = Result<Packed>>,
    with_schedule: bool,
) -> Result<(Vec<u8>, Vec<Warning>)> {
    let mut database = Database::new(with_schedule)?;
    let mut warnings = Vec::new();
    for packed in notes {
        let packed = packed?;
        if clean(&packed.note.content.prompt).trim().is_empty() {
            let message = "its prompt has no character that Anki takes; it is left out".to_owned();
            warnings.push(Warning { note: packed.note.guid.to_string(), message });
            continue;
        }
        let (notetype, fields) = fields::of(&packed.note.content, packed.note.bank_id.as_deref())?;
        database.add(&packed, notetype, &fields)?;
    }
    Ok((zipped(&database.finish()?)?, warnings))
}

/// The collection in its zip, with no media.
fn zipped(collection: &[u8]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .large_file(collection.len() > 1 << 31)
        .last_modified_time(DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut write = || {
        zip.start_file("collection.anki2", options)?;
        zip.write_all(collection)?;
        zip.start_file("media", options)?;
        zip.write_all(b"{}")?;
        Ok::<_, zip::result::ZipError>(())
    };
    let failed =
        |cause: zip::result::ZipError| Error::internal(format!("the package cannot be written: {cause}"));
    write().map_err(failed)?;
    Ok(zip.finish().map_err(failed)?.into_inner())
}
