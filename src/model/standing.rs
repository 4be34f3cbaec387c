//! What a note adds to the totals that stand beside its deck.

use super::Day;

/// A note as the front page counts it. Cards of one note are not asked on the same day, so what counts is
/// when the first of them is due and whether one is still new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Its cards, suspended ones too.
    pub cards: u32,
    /// The earliest due day of its cards that are neither new nor suspended.
    pub due: Option<Day>,
    /// Whether it has a new card that is not suspended.
    pub new: bool,
}

impl Standing {
    /// The standing of a note with these cards: when each is due (none if new), and whether it is suspended.
    pub fn of(cards: impl IntoIterator<Item = (Option<Day>, bool)>) -> Self {
        let mut standing = Self::default();
        for (due, suspended) in cards {
            standing.cards += 1;
            if suspended {
                continue;
            }
            match (due, standing.due) {
                (None, _) => standing.new = true,
                (Some(day), Some(earliest)) => standing.due = Some(day.min(earliest)),
                (Some(day), None) => standing.due = Some(day),
            }
        }
        standing
    }

    /// Whether a card of the note is due on `day`.
    pub fn is_due(&self, day: Day) -> bool {
        self.due.is_some_and(|due| due <= day)
    }

    /// Whether the note has a new card to ask on `day`: one that no due sibling goes before.
    pub fn is_new(&self, day: Day) -> bool {
        self.new && !self.is_due(day)
    }
}
