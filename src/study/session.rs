//! A session as a screen sees it.

use serde::Serialize;

use super::Question;
use crate::error::Result;
use crate::model::{Answer, CardId, Day, DeckName, Event, Grade, Grading, State};

/// Something that asks cards and takes answers: what a screen works on.
pub trait Session {
    /// The card to ask; the same until it is answered, suspended or an answer is taken back.
    fn next(&mut self) -> Result<Option<Turn>>;
    /// Saves an answer to the card that [`Session::next`] gave. When this returns, the answer is on disk.
    fn answer(&mut self, answer: Answer) -> Result<Saved>;
    /// Gives the answer just saved another grade; none if nothing was saved since the last undo.
    fn regrade(&mut self, grade: Grade) -> Result<Option<Saved>>;
    /// Takes back the last answer of the study day that stands; its card comes next. None if there is none.
    fn undo(&mut self) -> Result<Option<Undone>>;
    /// Suspends the card that [`Session::next`] gave.
    fn suspend(&mut self) -> Result<()>;
    /// What was done so far.
    fn tally(&self) -> Tally;
    /// Cards left for today.
    fn left(&self) -> Left;
}

/// What a card is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is due.
    Due,
    /// It is new.
    New,
    /// It scored below 4 today.
    Drill,
}

impl Stage {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::New => "new",
            Self::Drill => "drill",
        }
    }
}

/// Cards left for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Left {
    /// Due cards.
    pub due: u32,
    /// New cards.
    pub new: u32,
    /// Cards to be repeated.
    pub drill: u32,
}

impl Left {
    /// All of them.
    pub const fn sum(self) -> u32 {
        self.due.saturating_add(self.new).saturating_add(self.drill)
    }
}

/// A card whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// What it is asked for.
    pub stage: Stage,
    /// The question.
    pub question: Question,
    /// The state that each grade from 0 to 5 would give.
    pub preview: [State; 6],
    /// Cards left, this one too.
    pub left: Left,
    /// Attempts that the setting allows.
    pub attempts: u8,
    /// The keys that grade the card.
    pub grading: Grading,
}

/// An answer that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The card.
    pub card: CardId,
    /// Its grade.
    pub grade: Grade,
    /// Whether it changed the schedule or was a drill.
    pub event: Event,
    /// The study day of the answer.
    pub day: Day,
    /// The card's state now.
    pub state: State,
}

/// An answer that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The card; none if its note is gone.
    pub card: Option<CardId>,
    /// What it asks, on one line.
    pub prompt: String,
    /// The grade that does not count any more.
    pub grade: Grade,
    /// Whether it had changed the schedule or was a drill.
    pub event: Event,
    /// The card's state now.
    pub state: State,
}

/// What was done in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Due cards answered.
    pub due: u32,
    /// New cards answered.
    pub new: u32,
    /// Repeats answered.
    pub drill: u32,
    /// Reviews of grade 3 or more.
    pub passed: u32,
    /// Cards that were learnt and forgotten.
    pub lapsed: u32,
}
