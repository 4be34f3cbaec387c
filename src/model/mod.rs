//! Plain values: notes, cards, grades, log rows, days. No I/O, no clock, no SQL.

mod blanks;
mod candidate;
mod choice;
mod cloze;
mod day;
mod deck;
mod fact;
mod field;
mod grade;
mod guid;
mod leech;
mod log;
mod matched;
mod media;
mod note;
mod operation;
mod readable;
mod settings;
mod share;
mod slot;
mod standing;
mod state;
mod tags;
mod theme;
mod tidy;

pub use blanks::{Blanks, Gap, GapPiece, gap_pieces};
pub use candidate::Candidate;
pub use choice::{Choice, MOST_OPTIONS, letter, letter_index};
pub use cloze::{Cloze, Piece};
pub use day::{Day, DayStart, Moment, study_day};
pub use deck::DeckName;
pub use fact::Fact;
pub use field::{Field, Invalid};
pub use grade::{Grade, Grading};
pub use guid::{Guid, GuidKey};
pub use leech::{LEECH_TAG, Leech, is_leech_step};
pub use log::{Answer, CardKey, Entry, Event, Graded, Logged, Row, RowId, SetReason, What};
pub use matched::Matched;
pub use media::{SOUND, is_plain_html, media_of_html};
pub use note::{Body, Code, Content, Difficulty, Kind, Labels, Note};
pub use operation::{Act, OperationId};
pub use settings::{DueOrder, Limits, NewCards, Setting, Settings};
pub use share::{Z_95, wilson};
pub use slot::Slot;
pub use standing::Standing;
pub use state::{Ease, MATURE_INTERVAL, MAX_INTERVAL, State};
pub use tags::Tags;
pub use theme::Theme;
pub(crate) use tidy::{tidy_listing, tidy_text};

/// The local number of a card in one collection; other devices number theirs differently.
pub type CardId = i64;
/// The local number of a note.
pub type NoteId = i64;
/// The local number of a deck.
pub type DeckId = i64;
/// The local number of a bank that was imported.
pub type BankId = i64;

/// A card with its note and deck, by their local numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardRef {
    /// The card.
    pub card: CardId,
    /// Its note.
    pub note: NoteId,
    /// Its deck.
    pub deck: DeckId,
}
