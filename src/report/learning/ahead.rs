//! What comes: the next days, and how long a backlog takes.

use serde::Serialize;

use super::cards::Standing;
use crate::model::{Day, Grade, State};
use crate::schedule::next;

/// Days of the forecast that is shown.
const SHOWN: usize = 30;
/// Days within which a backlog has to end.
const MOST_DAYS: usize = 365;

/// How many cards a day may bring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// New cards that are left for today.
    pub new_today: u32,
    /// New cards a day after that.
    pub new_per_day: u32,
    /// Due cards that today's limit still allows.
    pub reviews_today: u32,
    /// Due cards a day after that.
    pub reviews_per_day: u32,
}

/// A day to come, if every card is answered on the day that asks it, and is known (grade 4). Limits of reviews, and that cards of
/// one note wait for each other, are left out: it is what there will be to do, not what will be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayAhead {
    /// The study day.
    #[serde(serialize_with = "crate::report::as_date")]
    pub day: Day,
    /// Cards that are due then; today those that were due before, too.
    pub due: u32,
    /// The same cards when they come again.
    pub again: u32,
    /// New cards under the limit.
    pub new: u32,
    /// Reviews of those.
    pub new_again: u32,
}

impl DayAhead {
    /// Reviews of cards that were learnt, or will have been.
    pub const fn reviews(&self) -> u32 {
        self.due + self.again + self.new_again
    }
}

/// What should have been done before today.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Backlog {
    /// Cards that were due before today.
    pub cards: u32,
    /// What they take at the pace of the days shown, with the repeats that such reviews bring; none if there is no pace yet.
    pub minutes: Option<f64>,
    /// Study days until nothing is left at the end of one; none if that takes more than a year under the limit.
    pub days: Option<u32>,
    /// The limit: due cards a day.
    pub reviews_per_day: u32,
}

pub(super) struct Ahead {
    days: Vec<DayAhead>,
}

impl Ahead {
    pub(super) fn of(cards: &[Standing], today: Day, limits: Limits) -> Self {
        let mut days: Vec<DayAhead> = (0..)
            .map(|days| DayAhead { day: today.plus(days), due: 0, again: 0, new: 0, new_again: 0 })
            .take(MOST_DAYS)
            .collect();
        let mut new = 0;
        for card in cards.iter().filter(|card| !card.suspended) {
            let Some(due) = card.state.due else {
                new += 1;
                continue;
            };
            // a buried card comes tomorrow at the earliest
            let first = due.max(today.plus(u32::from(card.buried)));
            let returns = follow(card.state, first, today);
            for (place, day) in returns.enumerate() {
                let Some(line) = days.get_mut(day) else { break };
                *if place == 0 { &mut line.due } else { &mut line.again } += 1;
            }
        }
        let mut begun = limits.new_today;
        for day in 0..days.len() {
            let on_day = begun.min(new);
            if new == 0 {
                break;
            }
            (new, begun) = (new - on_day, limits.new_per_day);
            let first = today.plus(u32::try_from(day).unwrap_or(u32::MAX));
            for (place, day) in follow(State::default(), first, today).enumerate() {
                let Some(line) = days.get_mut(day) else { break };
                *if place == 0 { &mut line.new } else { &mut line.new_again } += on_day;
            }
        }
        Self { days }
    }

    pub(super) fn backlog(
        &self,
        cards: &[Standing],
        today: Day,
        limits: Limits,
        pace: Option<f64>,
    ) -> Backlog {
        let is_behind = |card: &&Standing| !card.suspended && card.state.due.is_some_and(|due| due < today);
        let behind = u32::try_from(cards.iter().filter(is_behind).count()).unwrap_or(u32::MAX);
        let mut left = 0_u64;
        let mut is_done = |(place, day): (usize, &DayAhead)| {
            let limit = if place == 0 { limits.reviews_today } else { limits.reviews_per_day };
            left = (left + u64::from(day.reviews())).saturating_sub(limit.into());
            left == 0
        };
        let days = if behind == 0 {
            Some(0)
        } else {
            self.days.iter().enumerate().position(&mut is_done).map(|place| place + 1)
        };
        Backlog {
            cards: behind,
            minutes: pace.map(|seconds| f64::from(behind) * seconds / 60.0),
            days: days.and_then(|days| u32::try_from(days).ok()),
            reviews_per_day: limits.reviews_per_day,
        }
    }

    pub(super) fn shown(mut self) -> Vec<DayAhead> {
        self.days.truncate(SHOWN);
        self.days
    }
}

/// The days on which a card comes from a day on, counted from today.
fn follow(mut state: State, first: Day, today: Day) -> impl Iterator<Item = usize> {
    let mut day = Some(first);
    std::iter::from_fn(move || {
        let on = day?;
        state = next(state, Grade::GOOD, on);
        day = state.due;
        usize::try_from(on.since(today)).ok()
    })
}
