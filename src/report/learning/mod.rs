//! What a learner sees of the learning: figures out of the review log and the cards as they stand.

mod ahead;
mod cards;
mod days;
mod groups;
mod past;
mod rate;
mod retention;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::Serialize;

pub use ahead::{Backlog, DayAhead, Limits};
pub use cards::{Bucket, Standing, States};
pub use days::{Answers, CalendarDay, DayLine, Grades, Streak, monday};
pub use groups::{Group, Groups, Traits};
pub use past::{Found, Given, Past, Sort};
pub use rate::Rate;
pub use retention::{Buttons, Hour, Week};

use crate::model::Day;
use ahead::Ahead;
use days::Days;

/// Cards that are shown as the hardest.
const HARDEST: usize = 10;

/// The days that figures are about.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// The study day that it is.
    pub today: Day,
    /// How many days are shown, today included; at least one.
    pub days: u32,
    /// Milliseconds of an answer that count at most.
    pub most_ms: u32,
}

impl Shown {
    /// The first of the days.
    pub fn from(&self) -> Day {
        self.today.minus(self.days.saturating_sub(1))
    }
}

/// What was done: the figures that answers alone make.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Done {
    /// What was answered today.
    pub today: Answers,
    /// What was remembered today of young and mature cards.
    pub today_retention: Rate,
    /// Study days in a row.
    pub streak: Streak,
    /// The last 53 weeks, from a Monday to today.
    pub calendar: Vec<CalendarDay>,
    /// What was remembered, by week.
    pub retention: Vec<Week>,
    /// What was answered, by day.
    pub answers: Vec<DayLine>,
    /// How often each grade was given.
    pub buttons: Buttons,
    /// By the hour of the day.
    pub hours: Vec<Hour>,
    /// What was remembered of each card of the log.
    #[serde(skip)]
    rates: Vec<Rate>,
    /// Seconds that a review takes.
    #[serde(skip)]
    pace: Option<f64>,
}

impl Done {
    /// Makes the figures; `hour_at` gives the local hour, 0 to 23, of a time in milliseconds since 1970. Answers on days that have not
    /// come yet, by a clock that was wrong, are left out.
    pub fn of(past: &Past, shown: &Shown, hour_at: &dyn Fn(i64) -> u8) -> Self {
        let (from, today) = (shown.from(), shown.today);
        let given = || past.given().iter().filter(|given| (from..=today).contains(&given.day));
        let days = Days::of(&past.counts(), today);
        let calendar = days.calendar(today);
        let answers = days::lines(given(), (from, today), shown.most_ms);
        let mut today_retention = Rate::default();
        let is_now =
            |given: &&Given| given.day == today && matches!(given.sort(), Sort::Young | Sort::Mature);
        given().filter(is_now).for_each(|given| today_retention.count(given.grade));
        Self {
            today: answers.last().map(|line| line.answers).unwrap_or_default(),
            today_retention,
            streak: days.streak(&calendar),
            calendar,
            retention: retention::weeks(given(), from, today),
            answers,
            buttons: retention::buttons(given()),
            hours: retention::hours(given(), hour_at),
            rates: groups::of_cards(given(), past.cards()),
            pace: pace(given(), shown.most_ms),
        }
    }
}

/// The cards as they stand.
pub struct Material<'m> {
    /// The cards.
    pub cards: Vec<Standing>,
    /// Their notes.
    pub notes: Vec<Traits>,
    /// Texts that many notes share.
    pub texts: &'m [String],
    /// How many cards a day may bring.
    pub limits: Limits,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Learning {
    /// The first day of those shown.
    #[serde(serialize_with = "crate::report::as_date")]
    pub from: Day,
    /// The study day that it is.
    #[serde(serialize_with = "crate::report::as_date")]
    pub study_day: Day,
    /// What was done.
    #[serde(flatten)]
    pub done: Done,
    /// The next 30 days.
    pub forecast: Vec<DayAhead>,
    /// What should have been done before today.
    pub backlog: Backlog,
    /// Where the cards stand.
    pub states: States,
    /// Cards by their interval, in days.
    pub intervals: Vec<Bucket>,
    /// Cards by their ease, in thousandths.
    pub eases: Vec<Bucket>,
    /// By what notes say of themselves.
    #[serde(flatten)]
    pub groups: Groups,
    /// The cards that were forgotten most often, with how often.
    #[serde(skip)]
    pub hardest: Vec<(Standing, Rate)>,
}

/// Puts together what was done and where the cards stand.
pub fn figures(shown: &Shown, done: Done, material: &Material<'_>) -> Learning {
    let Material { cards, limits, .. } = material;
    let ahead = Ahead::of(cards, shown.today, *limits);
    Learning {
        from: shown.from(),
        study_day: shown.today,
        backlog: ahead.backlog(cards, shown.today, *limits, done.pace),
        forecast: ahead.shown(),
        states: cards::states(cards),
        intervals: cards::intervals(cards),
        eases: cards::eases(cards),
        groups: groups::groups(material, &done.rates),
        hardest: groups::hardest(cards, &done.rates, HARDEST),
        done,
    }
}

/// Seconds that a review of a young or mature card takes with the repeats of the same days; none if nothing tells.
fn pace<'g>(given: impl Iterator<Item = &'g Given>, most_ms: u32) -> Option<f64> {
    let (mut reviews, mut ms) = (0_u32, 0_u64);
    for given in given {
        let is_review = matches!(given.sort(), Sort::Young | Sort::Mature);
        reviews += u32::from(is_review);
        if is_review || given.sort() == Sort::Repeat {
            ms += u64::from(given.took_ms.min(most_ms));
        }
    }
    (reviews > 0 && ms > 0).then(|| Duration::from_millis(ms).as_secs_f64() / f64::from(reviews))
}
