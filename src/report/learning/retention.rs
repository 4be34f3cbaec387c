//! How much was remembered: by week, by grade, by hour of the day.

use serde::Serialize;

use super::days::{Grades, monday};
use super::past::{Given, Sort};
use super::rate::Rate;
use crate::model::Day;

/// True retention in a week: the day's first answers to cards that were learnt before. New cards, repeats and practice say nothing
/// about what was remembered, and do not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    #[serde(serialize_with = "crate::report::as_date")]
    pub week: Day,
    /// Cards with an interval below 21 days.
    pub young: Rate,
    /// Cards with an interval of 21 days or more.
    pub mature: Rate,
}

/// How often each grade from 0 to 5 was given in reviews.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Buttons {
    /// At the first review of new cards.
    pub new: Grades,
    /// Of young cards.
    pub young: Grades,
    /// Of mature cards.
    pub mature: Grades,
}

/// An hour of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// The hour, 0 to 23, in local time.
    pub hour: u8,
    /// Answers of any sort.
    pub answers: u32,
    /// What was remembered of young and mature cards.
    pub retention: Rate,
}

/// The weeks from that of one day to that of another, all of them.
pub(super) fn weeks<'g>(given: impl Iterator<Item = &'g Given>, from: Day, today: Day) -> Vec<Week> {
    let first = monday(from);
    let mondays = (0..).map(|weeks| first.plus(7 * weeks)).take_while(|monday| *monday <= today);
    let mut weeks: Vec<Week> =
        mondays.map(|week| Week { week, young: Rate::default(), mature: Rate::default() }).collect();
    for given in given {
        let place = usize::try_from(given.day.since(first).div_euclid(7)).ok();
        let Some(week) = place.and_then(|place| weeks.get_mut(place)) else { continue };
        match given.sort() {
            Sort::Young => week.young.count(given.grade),
            Sort::Mature => week.mature.count(given.grade),
            Sort::New | Sort::Repeat | Sort::Practice | Sort::Test => {}
        }
    }
    weeks
}

pub(super) fn buttons<'g>(given: impl Iterator<Item = &'g Given>) -> Buttons {
    let mut buttons = Buttons::default();
    for given in given {
        match given.sort() {
            Sort::New => buttons.new.count(given.grade),
            Sort::Young => buttons.young.count(given.grade),
            Sort::Mature => buttons.mature.count(given.grade),
            Sort::Repeat | Sort::Practice | Sort::Test => {}
        }
    }
    buttons
}

/// Zones differ by whole quarters of an hour, and change at whole ones.
const QUARTER_MS: i64 = 15 * 60 * 1000;

/// By the hour of the day; `hour_at` gives the local hour of a time in milliseconds since 1970.
pub(super) fn hours<'g>(given: impl Iterator<Item = &'g Given>, hour_at: &dyn Fn(i64) -> u8) -> Vec<Hour> {
    let mut hours: Vec<Hour> = (0..24).map(|hour| Hour { hour, ..Hour::default() }).collect();
    // answers come one after another: most are in the quarter of the one before
    let mut known: Option<(i64, u8)> = None;
    for given in given {
        let quarter = given.at.div_euclid(QUARTER_MS);
        let hour = match known {
            Some((of, hour)) if of == quarter => hour,
            _ => hour_at(quarter * QUARTER_MS),
        };
        known = Some((quarter, hour));
        let Some(line) = hours.get_mut(usize::from(hour)) else { continue };
        line.answers += 1;
        if matches!(given.sort(), Sort::Young | Sort::Mature) {
            line.retention.count(given.grade);
        }
    }
    hours
}
