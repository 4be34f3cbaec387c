//! SM-2's state of a card.

use super::Day;

/// The longest interval, in days.
pub const MAX_INTERVAL: u32 = 36_500;
/// From this interval on, in days, a card is mature.
pub const MATURE_INTERVAL: u32 = 21;

/// SM-2's E-Factor in thousandths: 1300 or more, 2500 at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ease(u32);

impl Ease {
    /// The lowest ease, 1.3.
    pub const LOWEST: Self = Self(1300);

    /// An ease of so many thousandths; less than 1300 becomes 1300.
    pub fn thousandths(thousandths: u32) -> Self {
        Self(thousandths.max(1300))
    }

    /// The ease in thousandths.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for Ease {
    fn default() -> Self {
        Self(2500)
    }
}

/// What the scheduler knows of a card: the result of running it over the card's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    /// Answers of grade 3 or more in a row.
    pub repetitions: u32,
    /// The E-Factor.
    pub ease: Ease,
    /// Days from the last review to the next; 0 for a new card, else 1 to [`MAX_INTERVAL`].
    pub interval: u32,
    /// How often the card was forgotten after it had been learnt.
    pub lapses: u32,
    /// The study day on which it comes next; none for a card that was never reviewed.
    pub due: Option<Day>,
}

impl State {
    /// Whether the card was never reviewed.
    pub const fn is_new(&self) -> bool {
        self.due.is_none()
    }

    /// `new`, `young` or `mature`.
    pub const fn name(&self) -> &'static str {
        match (self.is_new(), self.interval < MATURE_INTERVAL) {
            (true, _) => "new",
            (false, true) => "young",
            (false, false) => "mature",
        }
    }
}
