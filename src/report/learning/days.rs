//! What was done day by day: answers and minutes, the streak, the year.

use serde::Serialize;

use super::past::{Given, Sort};
use crate::model::{Day, Grade};

/// Weeks of the calendar, the one that it is included.
const WEEKS: u32 = 53;
/// Two hundred years.
const MOST_DAYS: u32 = 73_050;

/// What was answered on a study day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// First reviews of new cards.
    pub new: u32,
    /// Reviews of young cards.
    pub young: u32,
    /// Reviews of mature cards.
    pub mature: u32,
    /// Answers that left the schedule alone: repeats of the same day.
    pub repeats: u32,
    /// Practice and matching.
    pub practice: u32,
    /// Answers in mastery tests.
    pub tests: u32,
    /// What all of them took, in milliseconds; an answer counts for `answer_seconds` at most.
    pub took_ms: u64,
}

impl Answers {
    fn count(&mut self, given: &Given, most_ms: u32) {
        *match given.sort() {
            Sort::New => &mut self.new,
            Sort::Young => &mut self.young,
            Sort::Mature => &mut self.mature,
            Sort::Repeat => &mut self.repeats,
            Sort::Practice => &mut self.practice,
            Sort::Test => &mut self.tests,
        } += 1;
        self.took_ms += u64::from(given.took_ms.min(most_ms));
    }

    /// All of them.
    pub const fn all(&self) -> u32 {
        self.reviews() + self.repeats + self.practice + self.tests
    }

    /// Those that moved a schedule.
    pub const fn reviews(&self) -> u32 {
        self.new + self.young + self.mature
    }
}

/// A study day with what was answered on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayLine {
    /// The study day.
    #[serde(serialize_with = "crate::report::as_date")]
    pub day: Day,
    /// What was answered.
    #[serde(flatten)]
    pub answers: Answers,
}

/// Study days in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Streak {
    /// Those up to today, or up to yesterday while nothing was answered today.
    pub now: u32,
    /// The most that there ever were.
    pub longest: u32,
    /// Days of the calendar year shown on which something was answered.
    pub studied: u32,
    /// Days of it so far.
    pub of: u32,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CalendarDay {
    /// The study day.
    #[serde(serialize_with = "crate::report::as_date")]
    pub day: Day,
    /// Answers of any sort.
    pub answers: u32,
}

/// The Monday of the week of a day.
pub fn monday(day: Day) -> Day {
    // 1970-01-01 was a Thursday
    day.minus((day.number().rem_euclid(7) + 3).rem_euclid(7).unsigned_abs())
}

/// How many answers there are of each day up to today, from the first with one on.
#[derive(Debug, Default)]
pub(super) struct Days {
    first: i32,
    counts: Vec<u32>,
}

impl Days {
    pub(super) fn of(counts: &(impl Iterator<Item = (Day, u32)> + Clone), today: Day) -> Self {
        // days that no learner saw, which a damaged log may name, would fill the memory
        let since = today.minus(MOST_DAYS);
        let until_today = || counts.clone().filter(|(day, _)| (since..=today).contains(day));
        let Some((first, _)) = until_today().min() else { return Self::default() };
        let length = usize::try_from(today.since(first)).unwrap_or(0) + 1;
        let mut days = Self { first: first.number(), counts: vec![0; length] };
        for (day, more) in until_today() {
            if let Some(count) = days.place(day).and_then(|place| days.counts.get_mut(place)) {
                *count += more;
            }
        }
        days
    }

    fn place(&self, day: Day) -> Option<usize> {
        usize::try_from(i64::from(day.number()) - i64::from(self.first)).ok()
    }

    fn on(&self, day: Day) -> u32 {
        self.place(day).and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    pub(super) fn calendar(&self, today: Day) -> Vec<CalendarDay> {
        let from = monday(today).minus(7 * (WEEKS - 1));
        each_day(from, today).map(|day| CalendarDay { day, answers: self.on(day) }).collect()
    }

    pub(super) fn streak(&self, calendar: &[CalendarDay]) -> Streak {
        let length = |run: &[u32]| u32::try_from(run.len()).unwrap_or(u32::MAX);
        let is_free = |count: &u32| *count == 0;
        let until_yesterday = match self.counts.split_last() {
            Some((0, before)) => before,
            _ => self.counts.as_slice(),
        };
        let studied = calendar.iter().filter(|day| day.answers > 0).count();
        Streak {
            now: until_yesterday.rsplit(is_free).next().map_or(0, length),
            longest: self.counts.split(is_free).map(length).max().unwrap_or(0),
            studied: u32::try_from(studied).unwrap_or(u32::MAX),
            of: u32::try_from(calendar.len()).unwrap_or(u32::MAX),
        }
    }
}

/// What was answered on each day from one to another.
pub(super) fn lines<'g>(
    given: impl Iterator<Item = &'g Given>,
    (from, today): (Day, Day),
    most_ms: u32,
) -> Vec<DayLine> {
    let mut lines: Vec<DayLine> =
        each_day(from, today).map(|day| DayLine { day, answers: Answers::default() }).collect();
    for given in given {
        let place = usize::try_from(given.day.since(from)).ok();
        if let Some(line) = place.and_then(|place| lines.get_mut(place)) {
            line.answers.count(given, most_ms);
        }
    }
    lines
}

/// The days from one to another, both included.
pub(super) fn each_day(from: Day, upto: Day) -> impl Iterator<Item = Day> {
    (0..=upto.since(from).max(-1)).map(move |days| from.plus(days.unsigned_abs()))
}

/// How often each grade was given, worst first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Grades(pub [u32; 6]);

impl Grades {
    /// One answer more.
    pub fn count(&mut self, grade: Grade) {
        if let Some(count) = self.0.get_mut(usize::from(grade.number())) {
            *count += 1;
        }
    }
}
