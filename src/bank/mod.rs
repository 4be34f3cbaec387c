//! Question banks: bytes in, notes with their lines and problems out. Knows no store.

mod aiken;
mod blackboard;
mod blocks;
mod bodies;
mod container;
mod d2l;
mod encoding;
mod format;
mod gift;
mod hascard;
mod hashcards;
mod identity;
mod likeness;
mod lines;
mod list;
mod markdown;
mod moodle;
mod moodle_xml;
pub mod native;
mod obsidian;
mod open;
mod opentriviaqa;
mod problem;
mod quizlet;
mod quotes;
mod reading;
mod records;
mod rejected;
#[cfg(feature = "spreadsheets")]
mod sheet;
mod supermemo;
pub mod table;
mod values;
mod went;

pub use aiken::Aiken;
pub use blackboard::Blackboard;
pub use d2l::D2l;
pub use encoding::{Encoding, encoding_named};
pub use format::{Format, Guess, Input, Options, Rejected, Restated, Sink};
pub use gift::Gift;
pub use hascard::Hascard;
pub use hashcards::Hashcards;
pub use identity::{Identified, Identifier, guid_in_scope, guids};
pub use likeness::{Pair, alike, is_another, rewordings};
pub(crate) use lines::lines;
pub use moodle_xml::MoodleXml;
pub use native::Native;
pub use obsidian::Obsidian;
pub use open::{Bank, open};
pub use opentriviaqa::OpenTriviaQa;
pub use problem::Problem;
pub use quizlet::Quizlet;
pub use reading::Reading;
pub(crate) use records::{Comment, Place, Records};
pub use supermemo::SuperMemo;
pub use table::Table;
pub use went::{Altered, Base, Went, digest_of};

use std::ops::Range;

use crate::error::Result;
use crate::model::{Content, DeckName, Guid};

/// A note as a bank states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The line of the file on which it starts, from 1.
    pub line: u64,
    /// The guid that the bank states.
    pub guid: Option<Guid>,
    /// The bank's own id.
    pub id: Option<String>,
    /// The deck that the bank states.
    pub deck: Option<DeckName>,
    /// Whether the learner marked it, if the bank states that.
    pub marked: Option<bool>,
    /// What it says.
    pub content: Content,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// Against what it is held where the learner changed the note too.
    pub base: Base,
}

impl Draft {
    /// A note that has neither id nor deck.
    pub fn new(line: u64, content: Content, span: Range<usize>) -> Self {
        Self { line, guid: None, id: None, deck: None, marked: None, content, span, base: Base::Kept }
    }
}

/// Reads a whole text in a known format, with nothing stated beside it.
pub fn read(format: &dyn Format, text: &str) -> Result<Reading> {
    let input = Input { name: "bank".to_owned(), text: text.to_owned(), is_sheet: false };
    let mut reading = Reading::default();
    format.read(&input, &Options::default(), &mut reading)?;
    Ok(reading)
}
