//! Anki's packages: a zip with a collection in it. What Anki really reads was found by importing into Anki 26.9;
//! `tests/anki` holds it against the real program.

mod archive;
mod database;
mod fields;
mod format;
mod history;
mod notetype;
pub(super) mod own;
mod read;
mod rows;
mod writer;

use std::fmt::Display;

use crate::error::Error;
use crate::model::{Note, Row, Slot, State};
pub use archive::FindMedia;
pub use format::{AnkiPackage, Opened};
pub use read::{Media, Package, PastCard, PastEntry, PastRow, PastSchedule, Standing, is_package};
pub use writer::{Writer, Written};

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

fn failed(cause: &dyn Display) -> Error {
    Error::internal(format!("the package cannot be written: {cause}"))
}
