//! Where a card is, what lies over it, and what a key asks of the session.

use super::ask::Entry;
use crate::model::{Answer, CardId, Grade};
use crate::study::{Details, Marker, Saved, Turn};

/// What the session has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    None,
    /// Save the answer to the card.
    Save(Answer),
    /// Give the answer just saved another grade.
    Regrade(Grade),
    Undo,
    Suspend(CardId),
    Bury(CardId),
    Mark(CardId),
    Edit(CardId),
    /// Open these images.
    Open(Vec<String>),
    Details(CardId),
    /// Ask the next card.
    Next,
    /// The card was only shown and is seen now.
    Seen,
    Leave,
    /// Stop as Ctrl-Z asks for.
    Stop,
    /// Draw everything again: the terminal may show something else.
    Redraw,
}

/// How far the card is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phase {
    Asked,
    /// It is only shown, with its answer.
    Shown,
    /// The learner judges the answer that is seen.
    Judged,
    /// A typo, with its difference: does it count?
    Typo(String),
    /// The answer was marked and is saved: with this verdict.
    Marked(&'static str, Saved),
    /// The answer could not be saved.
    Unsaved(Answer),
    /// There is no card any more.
    Over,
}

/// What has to be seen, if not all can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gaze {
    /// What is seen now: a question that is read from its beginning, or what the learner scrolled to.
    Still,
    /// What the next key is about.
    Matter,
    /// The hint, which was asked for just now.
    Hint,
}

/// A page over the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Page {
    Help,
    Details(Box<Details>),
}

/// What was done so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SoFar {
    /// Cards answered in this session.
    pub(super) answered: u32,
    /// Whether there is something to take back.
    pub(super) can_undo: bool,
}

/// The card on the screen.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) turn: Turn,
    pub(super) marker: Marker,
    pub(super) entry: Entry,
    pub(super) is_hinted: bool,
}
