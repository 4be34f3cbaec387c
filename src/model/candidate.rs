//! Cards that could be practised.

use super::{CardRef, Ease, Kind};

/// A card that could be practised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub card: CardRef,
    /// The kind of its note.
    pub kind: Kind,
    /// How often it was forgotten.
    pub lapses: u32,
    /// Its ease.
    pub ease: Ease,
    /// When it was answered last, in milliseconds since 1970; none if never.
    pub answered_at: Option<i64>,
    /// Whether an answer that stands scored below 3.
    pub was_wrong: bool,
}

impl Candidate {
    /// Whether it was forgotten or wrong at some time.
    pub const fn is_weak(&self) -> bool {
        self.lapses > 0 || self.was_wrong
    }

    /// Whether it can be asked the other way round.
    pub const fn turns(&self) -> bool {
        matches!(self.kind, Kind::Fact)
    }
}
