//! The study day: the learner's day, which begins at 04:00 local time unless set otherwise.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Timelike};

/// A study day, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// An instant together with the study day that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub ms: i64,
    /// The learner's day.
    pub day: Day,
}

/// The local time at which a study day begins, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayStart(u16);

const CE_DAYS_TO_1970: i32 = 719_163;

impl Day {
    /// The day with this number; 0 is 1970-01-01.
    pub const fn new(days_since_1970: i32) -> Self {
        Self(days_since_1970)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later; the calendar's end if that is beyond it.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add_unsigned(days))
    }

    /// The day `days` earlier; the calendar's beginning if that is before it.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self(self.0.saturating_sub_unsigned(days))
    }

    /// Whole days from `earlier` to this day; negative if it is later.
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The calendar date of that name.
    pub fn date(self) -> NaiveDate {
        let days = self.0.saturating_add(CE_DAYS_TO_1970);
        NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - CE_DAYS_TO_1970)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date().format("%Y-%m-%d"))
    }
}

impl DayStart {
    /// Minutes after local midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    fn time(self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt(u32::from(self.0) * 60, 0).unwrap_or(NaiveTime::MIN)
    }
}

impl Default for DayStart {
    fn default() -> Self {
        Self(4 * 60)
    }
}

impl FromStr for DayStart {
    type Err = ();

    /// Reads `04:00` or `4:00`, from 00:00 to 23:59.
    fn from_str(text: &str) -> Result<Self, ()> {
        let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| ())?;
        u16::try_from(time.num_seconds_from_midnight() / 60).map(Self).map_err(|_| ())
    }
}

impl fmt::Display for DayStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// The study day of an instant: the latest day that has begun.
///
/// A day begins at the first instant whose local time is `start`; where a daylight saving change skips that
/// time, at the first instant after the gap; where it comes twice, at the first of the two. So a day that has
/// begun does not end because the clocks are put back.
pub fn study_day<Z: TimeZone>(now: &DateTime<Z>, start: DayStart) -> Day {
    let today = now.naive_local().date();
    let zone = now.timezone();
    let begun = |date: Option<NaiveDate>| {
        date.filter(|date| beginning(&zone, *date, start).is_some_and(|b| b <= *now))
    };
    let date = begun(today.checked_add_days(Days::new(1)))
        .or_else(|| begun(Some(today)))
        .or_else(|| today.checked_sub_days(Days::new(1)))
        .unwrap_or(today);
    Day::from(date)
}

fn beginning<Z: TimeZone>(zone: &Z, date: NaiveDate, start: DayStart) -> Option<DateTime<Z>> {
    let local = date.and_time(start.time());
    // The longest gap on record is a whole day: a country that crossed the date line.
    (0..=24 * 60).find_map(|minutes| match zone.from_local_datetime(&(local + Duration::minutes(minutes))) {
        LocalResult::Single(instant) => Some(instant),
        LocalResult::Ambiguous(first, _) => Some(first),
        LocalResult::None => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Utc;
    use chrono_tz::Tz;

    fn day_at(zone: Tz, utc: &str, start: &str) -> String {
        let instant: DateTime<Utc> = utc.parse().unwrap();
        study_day(&instant.with_timezone(&zone), start.parse().unwrap()).to_string()
    }

    #[test]
    fn a_study_day_begins_at_its_local_hour_and_not_before() {
        // zone, instant in UTC, day start, study day
        let cases = [
            (Tz::Europe__Berlin, "2026-11-23T02:59:59Z", "04:00", "2026-11-22"),
            (Tz::Europe__Berlin, "2026-11-23T03:00:00Z", "04:00", "2026-11-23"),
            (Tz::Pacific__Kiritimati, "2026-11-22T13:59:59Z", "04:00", "2026-11-22"),
            (Tz::Pacific__Kiritimati, "2026-11-22T14:00:00Z", "04:00", "2026-11-23"),
            (Tz::Pacific__Pago_Pago, "2026-11-23T14:59:59Z", "04:00", "2026-11-22"),
            (Tz::Pacific__Pago_Pago, "2026-11-23T15:00:00Z", "04:00", "2026-11-23"),
            (Tz::Asia__Kathmandu, "2026-11-22T22:15:00Z", "04:00", "2026-11-23"),
            (Tz::UTC, "2026-11-23T00:00:00Z", "00:00", "2026-11-23"),
            (Tz::UTC, "2026-11-23T23:58:00Z", "23:59", "2026-11-22"),
            // the day after 28 February, in a leap year and in a common one
            (Tz::UTC, "2028-02-29T04:00:00Z", "04:00", "2028-02-29"),
            (Tz::UTC, "2027-03-01T03:59:00Z", "04:00", "2027-02-28"),
        ];
        for (zone, instant, start, day) in cases {
            assert_eq!(day_at(zone, instant, start), day, "{zone} {instant} {start}");
        }
    }

    #[test]
    fn daylight_saving_changes_move_the_beginning_with_the_wall_clock() {
        let cases = [
            // Berlin, 29 March 2026: 02:00 becomes 03:00
            (Tz::Europe__Berlin, "2026-03-29T01:59:00Z", "04:00", "2026-03-28"),
            (Tz::Europe__Berlin, "2026-03-29T02:00:00Z", "04:00", "2026-03-29"),
            // 02:30 does not exist that night: the day begins with the first minute after the gap
            (Tz::Europe__Berlin, "2026-03-29T00:59:00Z", "02:30", "2026-03-28"),
            (Tz::Europe__Berlin, "2026-03-29T01:00:00Z", "02:30", "2026-03-29"),
            // 25 October 2026: 03:00 becomes 02:00; 02:30 comes twice, the day has begun at the first
            (Tz::Europe__Berlin, "2026-10-25T00:29:00Z", "02:30", "2026-10-24"),
            (Tz::Europe__Berlin, "2026-10-25T00:30:00Z", "02:30", "2026-10-25"),
            (Tz::Europe__Berlin, "2026-10-25T01:10:00Z", "02:30", "2026-10-25"),
            // Lord Howe shifts by half an hour
            (Tz::Australia__Lord_Howe, "2026-10-03T15:29:00Z", "02:15", "2026-10-03"),
            (Tz::Australia__Lord_Howe, "2026-10-03T15:30:00Z", "02:15", "2026-10-04"),
        ];
        for (zone, instant, start, day) in cases {
            assert_eq!(day_at(zone, instant, start), day, "{zone} {instant} {start}");
        }
    }

    #[test]
    fn over_a_year_in_any_zone_the_day_never_goes_back_and_never_skips() {
        // Samoa crossed the date line at the end of 2011: that day it may skip one.
        for (zone, year) in
            [(Tz::Europe__London, 2026), (Tz::America__Sao_Paulo, 2017), (Tz::Pacific__Apia, 2011)]
        {
            for start in ["00:00", "00:30", "02:30", "04:00", "23:30"] {
                let mut instant: DateTime<Utc> = format!("{year}-01-01T00:00:00Z").parse().unwrap();
                let mut before = study_day(&instant.with_timezone(&zone), start.parse().unwrap());
                for _ in 0..366 * 48 {
                    instant += Duration::minutes(30);
                    let day = study_day(&instant.with_timezone(&zone), start.parse().unwrap());
                    let step = day.since(before);
                    assert!(
                        (0..=1).contains(&step) || (zone == Tz::Pacific__Apia && step == 2),
                        "{zone} {instant}"
                    );
                    before = day;
                }
            }
        }
    }
}
