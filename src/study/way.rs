//! The ways of studying: one session, each with its own queue and its own rule for the schedule.

use super::session::Stage;

/// A way of studying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// What the day asks; the first answer to a card is its review.
    #[default]
    Review,
    /// New cards are shown and then asked; the first answer to each is its review.
    Learn,
    /// Any cards, and the schedule stays as it is.
    Practice(Practice),
}

/// What practice asks, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is said apart")]
pub struct Practice {
    /// The cards to choose from.
    pub pool: Pool,
    /// Whether a card that was wrong comes again until it was right once.
    pub until_right: bool,
    /// Whether facts are asked the other way round.
    pub reverse: bool,
    /// Whether what the learner would judge is typed.
    pub typed: bool,
    /// Whether each front is matched with its back among those of a few other facts, against the clock.
    pub pairs: bool,
}

/// The cards from which practice chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pool {
    /// All of them.
    #[default]
    All,
    /// Those that were forgotten or wrong at some time.
    Weak,
    /// Those of which the last answer of today was wrong.
    MissedToday,
}

impl Way {
    /// Its name, as a session begins with it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "Review",
            Self::Learn => "Learn",
            Self::Practice(Practice { pairs: true, .. }) => "Match",
            Self::Practice(_) => "Practice",
        }
    }

    /// Whether answers change the schedule.
    pub const fn is_scheduled(self) -> bool {
        match self {
            Self::Review | Self::Learn => true,
            Self::Practice(_) => false,
        }
    }
}

impl Practice {
    /// Cards of a session for which the learner names no number.
    pub const LIMIT: u32 = 20;

    /// Cards of a session for which the learner names no number; none if it asks all of them.
    pub const fn usual_limit(self) -> Option<u32> {
        if self.until_right { None } else { Some(Self::LIMIT) }
    }

    /// Whether it asks facts and nothing else.
    pub const fn is_of_facts(self) -> bool {
        self.reverse || self.pairs
    }

    /// What a card is asked for.
    pub const fn stage(self) -> Stage {
        match (self.pairs, self.until_right) {
            (true, _) => Stage::Match,
            (false, true) => Stage::Cram,
            (false, false) => Stage::Practice,
        }
    }

    /// It in words, one each.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let pool = match self.pool {
            Pool::All => None,
            Pool::Weak => Some("weak cards"),
            Pool::MissedToday => Some("missed today"),
        };
        let rest = [
            self.until_right.then_some("until each was right"),
            self.reverse.then_some("facts the other way round"),
            self.typed.then_some("typed"),
        ];
        pool.into_iter().chain(rest.into_iter().flatten())
    }
}
