//! The days ahead under SM-2: how many cards they bring, how long that takes and what comes of it.
//!
//! Cards are asked by the rules of a study day and answered by chance, as often right as a [`Model`] of the learner
//! says; SM-2 then says when they come again.

mod counts;
mod days;
mod luck;
mod model;
mod queue;
mod stage;
mod summary;

use serde::Serialize;

pub use counts::{Counts, PRIOR_ANSWERS};
pub use days::simulate;
pub use model::{Basis, DrillBasis, MOST_DRILLS, Model, StageBasis};
pub use stage::Stage;
pub use summary::{Span, Summary};

use crate::model::{Day, MAX_INTERVAL, NoteId, State};

/// The days that are simulated at most: a hundred years, as the longest interval.
pub const MOST_DAYS: u32 = MAX_INTERVAL;

/// How many cards a study day asks at most. Lower limits of single decks are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// New cards a study day.
    pub new_per_day: u32,
    /// Due cards a study day.
    pub reviews_per_day: u32,
}

/// Which days are simulated, and by which rules.
///
/// A day asks due cards, those that are due the longest first and of one day in the order in which they were handed
/// over, then new ones in that order. Of one note it asks one card; the others wait, and a new one waits for every due one.
/// What scores below 4 is repeated on the same day until it scores 4 or more, but for leeches, which are suspended at
/// once. The learner is taken to study every day until nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The first day, of which nothing was studied yet.
    pub start: Day,
    /// How many days, up to [`MOST_DAYS`]. Days so near to the calendar's end that an interval may lie beyond it are left
    /// out.
    pub days: u32,
    /// The limits of each day.
    pub limits: Limits,
    /// How often a card is forgotten until it is suspended as a leech, and again at each further half of that; 0 for
    /// never.
    pub leech_lapses: u32,
    /// What chance is made from: the same seed has the same luck.
    pub seed: u64,
}

impl Plan {
    /// The days that are simulated.
    pub fn length(&self) -> u32 {
        let last = Day::new(i32::MAX).minus(MAX_INTERVAL);
        self.days.min(MOST_DAYS).min(u32::try_from(last.since(self.start)).unwrap_or(0))
    }
}

/// A card that is not suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Its note.
    pub note: NoteId,
    /// Its state before the first day.
    pub state: State,
}

/// A day that is yet to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayAhead {
    /// Which.
    #[serde(serialize_with = "crate::report::as_date")]
    pub day: Day,
    /// Due cards that were answered.
    pub reviews: u32,
    /// New cards that were answered.
    pub new: u32,
    /// Repeats of what scored below 4.
    pub drills: u32,
    /// Of the due cards, those of grade 3 or more.
    pub remembered: u32,
    /// Of the due cards, those that were mature.
    pub mature_reviews: u32,
    /// Of these, those of grade 3 or more.
    pub mature_remembered: u32,
    /// The time that all answers took, in milliseconds.
    pub ms: u64,
    /// Cards that were suspended as leeches.
    pub leeches: u32,
    /// Due cards that the limit left over. Those that wait since a card of their note was asked are none of these.
    pub left: u32,
    /// Cards that are no longer new at the day's end, leeches among them.
    pub known_cards: u32,
    /// Cards with an interval of 21 days or more at the day's end.
    pub mature_cards: u32,
}

impl DayAhead {
    /// A day on which nothing has happened yet.
    const fn on(day: Day) -> Self {
        Self {
            day,
            reviews: 0,
            new: 0,
            drills: 0,
            remembered: 0,
            mature_reviews: 0,
            mature_remembered: 0,
            ms: 0,
            leeches: 0,
            left: 0,
            known_cards: 0,
            mature_cards: 0,
        }
    }
}

#[cfg(test)]
mod tests;
