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

/// What figures are made of.
pub struct Material<'m> {
    /// The study day that it is.
    pub today: Day,
    /// How many days are shown, today included; at least one.
    pub days: u32,
    /// The answers, from the first day shown on at least.
    pub past: Past,
    /// The cards.
    pub cards: Vec<Standing>,
    /// Their notes.
    pub notes: Vec<Traits>,
    /// Texts that many notes share.
    pub texts: &'m [String],
    /// How many cards a day may bring.
    pub limits: Limits,
    /// Milliseconds of an answer that count at most.
    pub most_ms: u32,
    /// The local hour, 0 to 23, of a time in milliseconds since 1970.
    pub hour_at: &'m dyn Fn(i64) -> u8,
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
    /// How often each grade was given.
    pub buttons: Buttons,
    /// By the hour of the day.
    pub hours: Vec<Hour>,
    /// By what notes say of themselves.
    #[serde(flatten)]
    pub groups: Groups,
    /// The cards that were forgotten most often, with how often.
    #[serde(skip)]
    pub hardest: Vec<(Standing, Rate)>,
}

/// The first of so many days up to today.
pub fn first_day(today: Day, days: u32) -> Day {
    today.minus(days.saturating_sub(1))
}

/// Makes the figures. Answers on days that have not come yet, by a clock that was wrong, are left out.
pub fn figures(material: &Material<'_>) -> Learning {
    let Material { today, cards, limits, .. } = material;
    let from = first_day(*today, material.days);
    let shown = || material.past.given().iter().filter(|given| (from..=*today).contains(&given.day));
    let days = Days::of(material.past.counts(), *today);
    let calendar = days.calendar(*today);
    let rates = groups::of_cards(shown(), material.past.cards());
    let ahead = Ahead::of(cards, *today, *limits);
    let answers = days::lines(shown(), (from, *today), material.most_ms);
    let mut today_retention = Rate::default();
    let is_now = |given: &&Given| given.day == *today && matches!(given.sort(), Sort::Young | Sort::Mature);
    shown().filter(is_now).for_each(|given| today_retention.count(given.grade));
    Learning {
        from,
        study_day: *today,
        today: answers.last().map(|line| line.answers).unwrap_or_default(),
        today_retention,
        streak: days.streak(&calendar),
        calendar,
        retention: retention::weeks(shown(), from, *today),
        backlog: ahead.backlog(cards, *today, *limits, pace(shown(), material.most_ms)),
        forecast: ahead.shown(),
        answers,
        states: cards::states(cards),
        intervals: cards::intervals(cards),
        eases: cards::eases(cards),
        buttons: retention::buttons(shown()),
        hours: retention::hours(shown(), material.hour_at),
        groups: groups::groups(material, &rates),
        hardest: groups::hardest(cards, &rates, HARDEST),
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
