//! Anki's packages: a zip with a collection in it. What Anki really reads was found by importing into Anki 26.9;
//! `tests/anki` holds it against the real program.

mod database;
mod fields;
mod format;
mod history;
mod notetype;
mod read;
mod rows;

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{Cursor, Write as _};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Warning;
use super::fields::clean;
use crate::error::{Error, Result};
use crate::model::{Note, Row, Slot, State};
use database::Database;
pub use format::{AnkiPackage, Opened};
pub use read::{Media, Package, PastCard, PastEntry, PastRow, PastSchedule, Standing, is_package};
use rows::{Composer, Rows, Whole};

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

/// A package in the making. While notes are composed, those before them are written on a thread of its own.
pub struct Writer {
    composer: Composer,
    sender: SyncSender<Part>,
    thread: JoinHandle<Result<Archive>>,
    media: BTreeSet<String>,
    warnings: Vec<Warning>,
}

/// What the thread that writes is given.
enum Part {
    Rows(Rows),
    Whole(Whole),
}

/// Notes that are handed over together, and how often they may wait.
const TOGETHER: usize = 256;
const MOST_WAITING: usize = 16;

impl Writer {
    /// A package without notes; their schedules and histories are left out unless they are to travel.
    pub fn new(with_schedule: bool) -> Result<Self> {
        let (sender, receiver) = sync_channel(MOST_WAITING);
        let write = move || {
            let database = Database::new()?;
            for part in receiver {
                match part {
                    Part::Rows(rows) => database.add(&rows)?,
                    Part::Whole(whole) => return database.finish(&whole, Archive::of),
                }
            }
            Err(failed(&"it was given up"))
        };
        let thread =
            Builder::new().name("package writer".to_owned()).spawn(write).map_err(|cause| failed(&cause))?;
        let composer = Composer::new(with_schedule);
        Ok(Self { composer, sender, thread, media: BTreeSet::new(), warnings: Vec::new() })
    }

    /// Adds a note.
    pub fn add(&mut self, packed: Packed) -> Result<()> {
        let Note { guid, bank_id, content, .. } = &packed.note;
        if clean(&content.prompt).trim().is_empty() {
            let message = "its prompt has no character that Anki takes; it is left out".to_owned();
            self.warnings.push(Warning { note: guid.to_string(), message });
            return Ok(());
        }
        self.media.extend(content.media());
        let (notetype, fields) = fields::of(content, bank_id.as_deref())?;
        self.composer.add(packed, notetype, &fields);
        if self.composer.rows.notes.len() == TOGETHER {
            self.send_rows();
        }
        Ok(())
    }

    /// A writer that stopped at an error gives it at the end.
    fn send_rows(&mut self) {
        drop(self.sender.send(Part::Rows(std::mem::take(&mut self.composer.rows))));
    }

    /// The bytes of the package, with the images and sounds that its notes name and that are found.
    pub fn finish(mut self, find_media: &mut FindMedia<'_>) -> Result<(Vec<u8>, Vec<Warning>)> {
        self.send_rows();
        drop(self.sender.send(Part::Whole(self.composer.whole)));
        let written = self.thread.join().map_err(|_| failed(&"its writer stopped in the middle"))?;
        Ok((written?.finish(&self.media, find_media)?, self.warnings))
    }
}

fn failed(cause: &dyn Display) -> Error {
    Error::internal(format!("the package cannot be written: {cause}"))
}

/// The zip of a package.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    /// One that begins with the collection.
    fn of(collection: &[u8]) -> Result<Self> {
        let options = deflated().large_file(collection.len() > 1 << 31);
        let mut archive = Self(ZipWriter::new(Cursor::new(Vec::new())));
        archive.add("collection.anki2", options, collection)?;
        Ok(archive)
    }

    fn add(&mut self, name: &str, options: SimpleFileOptions, bytes: &[u8]) -> Result<()> {
        self.0.start_file(name, options).map_err(|cause| failed(&cause))?;
        self.0.write_all(bytes).map_err(|cause| failed(&cause))
    }

    /// Its bytes, with those of these images and sounds that are there.
    fn finish(mut self, media: &BTreeSet<String>, find: &mut FindMedia<'_>) -> Result<Vec<u8>> {
        let stored = deflated().compression_method(CompressionMethod::Stored).compression_level(None);
        let mut names = Map::new();
        for name in media {
            if let Some(bytes) = find(name)? {
                let entry = names.len().to_string();
                self.add(&entry, stored, &bytes)?;
                names.insert(entry, name.as_str().into());
            }
        }
        self.add("media", deflated(), Value::Object(names).to_string().as_bytes())?;
        Ok(self.0.finish().map_err(|cause| failed(&cause))?.into_inner())
    }
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
}
