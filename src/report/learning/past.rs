//! What each answer was when it was given: out of the log, which alone knows.

use std::collections::{HashMap, HashSet};

use crate::model::{Day, Event, Grade, Logged, MATURE_INTERVAL, State, What};
use crate::schedule::{Follower, Replay};

/// What sort of answer one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The first review of a new card.
    New,
    /// A review of a card with an interval below 21 days.
    Young,
    /// A review of a card with an interval of 21 days or more.
    Mature,
    /// A repeat, or a later review on the same study day: it left the schedule alone.
    Repeat,
    /// Study beside the schedule.
    Practice,
    /// An answer in a mastery test.
    Test,
}

impl Sort {
    /// The sort of an answer that found its card so, if it changed the schedule.
    pub fn of(event: Event, found: Option<Found>) -> Self {
        match (event, found) {
            (Event::Review, Some(Found { new: true, .. })) => Self::New,
            (Event::Review, Some(found)) if u32::from(found.interval) < MATURE_INTERVAL => Self::Young,
            (Event::Review, Some(_)) => Self::Mature,
            (Event::Review, None) | (Event::Drill, _) => Self::Repeat,
            (Event::Practice, _) => Self::Practice,
            (Event::Test, _) => Self::Test,
        }
    }

    /// What it is called in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Young => "young",
            Self::Mature => "mature",
            Self::Repeat => "repeat",
            Self::Practice => "practice",
            Self::Test => "test",
        }
    }
}

/// The state in which a review found its card, as far as figures look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Whether it was never reviewed before.
    pub new: bool,
    /// Answers of grade 3 or more in a row; so many at the most as fit.
    pub repetitions: u16,
    /// Days, 36,500 at the most.
    pub interval: u16,
}

impl From<&State> for Found {
    fn from(state: &State) -> Self {
        let fitting = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        Self {
            new: state.is_new(),
            repetitions: fitting(state.repetitions),
            interval: fitting(state.interval),
        }
    }
}

/// An answer that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Which card of the log.
    pub card: u32,
    /// Milliseconds since 1970.
    pub at: i64,
    /// The study day.
    pub day: Day,
    /// Its quality.
    pub grade: Grade,
    /// Milliseconds; 0 if nobody looked.
    pub took_ms: u32,
    /// What was asked: a review, or something beside the schedule.
    event: Event,
    /// The state that it found, if it changed the schedule.
    pub found: Option<Found>,
}

impl Given {
    /// What sort of answer it was.
    pub fn sort(&self) -> Sort {
        Sort::of(self.event, self.found)
    }
}

/// The answers of a log, out of its rows one by one in the order of writing.
///
/// Of nearly every card this is the order of replay, too. Of the others (two devices that were merged, a clock that went back)
/// the rows have to come once more: [`Past::lost`] says which, [`Past::replayed`] takes them.
#[derive(Debug)]
pub struct Past {
    from: Day,
    followers: Vec<Follower>,
    given: Vec<Given>,
    /// How many answers there are of each day before; a day may come several times.
    earlier: Vec<(Day, u32)>,
    /// What the rows of cards come to that had to be replayed.
    replayed: HashMap<u32, State>,
}

impl Past {
    /// Of a log that knows so many cards. Answers before a day are only counted.
    pub fn new(cards: usize, from: Day) -> Self {
        let followers = vec![Follower::default(); cards];
        Self { from, followers, given: Vec::new(), earlier: Vec::new(), replayed: HashMap::new() }
    }

    /// The next row that stands.
    #[inline]
    pub fn take(&mut self, row: &Logged) {
        let place = usize::try_from(row.card).unwrap_or(usize::MAX);
        let Some(follower) = self.followers.get_mut(place) else { return };
        match row.what {
            What::Answered(event, grade, took_ms) => {
                let before = follower.answered(row.seq, event, row.day, grade);
                if row.day < self.from {
                    match self.earlier.last_mut().filter(|(day, _)| *day == row.day) {
                        Some((_, count)) => *count += 1,
                        None => self.earlier.push((row.day, 1)),
                    }
                } else {
                    self.given.push(given(row, (event, grade, took_ms), before));
                }
            }
            What::Set(state) => follower.set(row.seq, state),
        }
    }

    /// The cards of which the rows have to be replayed in their order.
    pub fn lost(&self) -> HashSet<u32> {
        let cards = self.followers.iter().zip(0..);
        cards.filter(|(follower, _)| follower.is_lost()).map(|(_, card)| card).collect()
    }

    /// All rows of such cards, card by card, each in the order of replay.
    pub fn replayed(&mut self, rows: &[Logged]) {
        let cards: HashSet<u32> = rows.iter().map(|row| row.card).collect();
        self.given.retain(|given| !cards.contains(&given.card));
        for of_card in rows.chunk_by(|one, next| one.card == next.card) {
            let mut replay = Replay::default();
            for row in of_card {
                match row.what {
                    What::Answered(event, grade, took_ms) => {
                        let before = replay.answered(event, row.day, grade);
                        if row.day >= self.from {
                            self.given.push(given(row, (event, grade, took_ms), before));
                        }
                    }
                    What::Set(state) => replay.set(state),
                }
            }
            self.replayed.extend(of_card.first().map(|row| (row.card, replay.state)));
        }
    }

    /// What the rows of a card come to.
    pub fn state(&self, card: u32) -> State {
        let place = usize::try_from(card).unwrap_or(usize::MAX);
        let followed = || self.followers.get(place).and_then(Follower::state);
        self.replayed.get(&card).copied().or_else(followed).unwrap_or_default()
    }

    /// How many cards there are.
    pub(super) const fn cards(&self) -> usize {
        self.followers.len()
    }

    /// The answers from the day on; those of a card in the order of replay.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// How many answers there are of each day; a day may come several times.
    pub(super) fn counts(&self) -> impl Iterator<Item = (Day, u32)> + Clone {
        self.earlier.iter().copied().chain(self.given.iter().map(|given| (given.day, 1)))
    }
}

fn given(row: &Logged, (event, grade, took_ms): (Event, Grade, u32), before: Option<State>) -> Given {
    let Logged { card, at, day, .. } = *row;
    let found = before.as_ref().map(Found::from);
    Given { card, at, day, grade, took_ms, event, found }
}
