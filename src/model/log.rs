//! Rows of the review log, which is only ever appended to.

use std::fmt;

use super::{Day, Grade, Guid, Slot, State};

/// A card as every device names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardKey {
    /// The note.
    pub guid: Guid,
    /// Which card of the note.
    pub slot: Slot,
}

/// The id of a log row: 128 bits that no other device will make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub [u8; 16]);

impl RowId {
    /// The id under which a row that came from another program comes again after it was taken back, which holds for its id.
    #[must_use]
    pub const fn again(self) -> Self {
        Self(u128::from_be_bytes(self.0).wrapping_add(1).to_be_bytes())
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One graded answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its quality.
    pub grade: Grade,
    /// How long it took, in milliseconds; 0 if nobody looked.
    pub took_ms: u32,
    /// Attempts used, at least 1; 1 for a card that the learner judges.
    pub attempts: u8,
    /// Whether the hint was shown.
    pub hinted: bool,
    /// What was answered at each attempt, for kinds that the program marks.
    pub responses: Vec<String>,
}

impl Answer {
    /// A grade and nothing else.
    pub fn of_grade(grade: Grade) -> Self {
        Self { grade, took_ms: 0, attempts: 1, hinted: false, responses: Vec::new() }
    }
}

/// An answer in a card's log as far as the schedule looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// Its place in the card's log, as in [`Row::seq`].
    pub seq: u32,
    /// When it was given, in milliseconds since 1970.
    pub at: i64,
    /// The study day on which it was given.
    pub day: Day,
    /// What it was.
    pub event: Event,
    /// Its quality.
    pub grade: Grade,
}

/// What happened to the schedule or beside it, as far as figures look at a row of the log that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// The place in the order of writing.
    pub n: i64,
    /// Which of the cards that come with the rows.
    pub card: u32,
    /// The place in the card's log, as in [`Row::seq`].
    pub seq: u32,
    /// Milliseconds since 1970.
    pub at: i64,
    /// The study day on which it was written.
    pub day: Day,
    /// What it says.
    pub what: What,
}

/// What a row says to figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An answer of this quality that took so many milliseconds; 0 if nobody looked.
    Answered(Event, Grade, u32),
    /// The schedule is this from here on.
    Set(State),
}

/// Why a schedule was set by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetReason {
    /// It came with a collection from elsewhere.
    Import,
    /// The learner starts the card afresh.
    Reset,
    /// The learner chose another day.
    Reschedule,
}

/// Which sort of answer a row holds. Only a review changes the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The day's answer to a card.
    Review,
    /// A repeat on the same day.
    Drill,
    /// Study beside the schedule.
    Practice,
    /// An answer in a mastery test.
    Test,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An answer.
    Answered(Event, Answer),
    /// The schedule is this from here on.
    Set(State, SetReason),
    /// The row with this id does not count; a retraction is never itself retracted.
    Retract(RowId),
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: RowId,
    /// 1 + the highest `seq` that the writer's log had for this card.
    pub seq: u32,
    /// Milliseconds since 1970, unique in the writer's collection.
    pub at: i64,
    /// The study day on which it was written, so that replay never depends on a time zone.
    pub day: Day,
    /// What it says.
    pub entry: Entry,
}

impl Row {
    /// The order of replay: causal on one device, the same after any merge, deaf to clocks that go back.
    pub fn order(&self) -> (u32, i64, RowId) {
        (self.seq, self.at, self.id)
    }

    /// The answer in it, if it holds one: what a store reads from its index.
    #[cfg(test)]
    pub(crate) const fn graded(&self) -> Option<Graded> {
        let Self { seq, at, day, .. } = *self;
        match &self.entry {
            Entry::Answered(event, answer) => {
                Some(Graded { seq, at, day, event: *event, grade: answer.grade })
            }
            Entry::Set(..) | Entry::Retract(_) => None,
        }
    }
}
