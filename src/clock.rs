//! The only place that asks what time it is.

use chrono::{DateTime, FixedOffset, Local, SecondsFormat, TimeZone, Timelike, Utc};

use crate::error::{Error, Kind, Result};
use crate::model::{Day, DayStart, Moment, study_day};

/// The environment variable that fixes the clock, for tests and scripts.
pub const NOW_VARIABLE: &str = "MATURA_NOW";

/// Something that knows what time it is.
pub trait Clock: Sync {
    /// Now, and the study day that it belongs to when days begin at `start`.
    fn moment(&self, start: DayStart) -> Moment;
    /// Another time, in milliseconds since 1970, and the study day that it belonged to; in Greenwich, unless the clock knows
    /// its zone.
    fn moment_at(&self, ms: i64, start: DayStart) -> Moment {
        past(&Utc, ms, start)
    }
    /// The local hour, 0 to 23, of another time, in milliseconds since 1970; that of Greenwich, unless the clock knows its zone.
    fn hour(&self, ms: i64) -> u8 {
        hour(&Utc, ms)
    }
    /// A time in milliseconds since 1970 as RFC 3339 writes it, to the second; in Greenwich, unless the clock knows its zone.
    fn written(&self, ms: i64) -> String {
        written(&Utc, ms)
    }
}

/// The machine's clock in the machine's time zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the place that asks")]
    fn moment(&self, start: DayStart) -> Moment {
        moment_of(&Local::now(), start)
    }

    fn moment_at(&self, ms: i64, start: DayStart) -> Moment {
        past(&Local, ms, start)
    }

    fn hour(&self, ms: i64) -> u8 {
        hour(&Local, ms)
    }

    fn written(&self, ms: i64) -> String {
        written(&Local, ms)
    }
}

/// A clock that stands still.
#[derive(Debug, Clone)]
pub struct FixedClock<Z: TimeZone>(pub DateTime<Z>);

impl<Z: TimeZone<Offset: Sync> + Sync> Clock for FixedClock<Z> {
    fn moment(&self, start: DayStart) -> Moment {
        moment_of(&self.0, start)
    }

    fn moment_at(&self, ms: i64, start: DayStart) -> Moment {
        past(&self.0.timezone(), ms, start)
    }

    fn hour(&self, ms: i64) -> u8 {
        hour(&self.0.timezone(), ms)
    }

    fn written(&self, ms: i64) -> String {
        written(&self.0.timezone(), ms)
    }
}

/// The clock that the environment asks for.
///
/// `now` is the value of `MATURA_NOW`; the local time is that of the zone in `TZ`, else of the offset that
/// `now` is written with, else (`Z` or `+00:00`) of the machine.
pub fn from_environment(now: Option<&str>, zone_is_set: bool) -> Result<Box<dyn Clock>> {
    let Some(text) = now else { return Ok(Box::new(SystemClock)) };
    let fixed: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(text.trim()).map_err(|cause| {
        Error::new(Kind::Usage, format!("{NOW_VARIABLE}={text} is no time ({cause})"))
            .hint(format!("write it as RFC 3339, for example {NOW_VARIABLE}=2026-11-23T09:00:00Z"))
    })?;
    if zone_is_set || fixed.offset().local_minus_utc() == 0 {
        Ok(Box::new(FixedClock(fixed.with_timezone(&Local))))
    } else {
        Ok(Box::new(FixedClock(fixed)))
    }
}

fn written<Z: TimeZone>(zone: &Z, ms: i64) -> String {
    let instant = zone.timestamp_millis_opt(ms).earliest();
    instant
        .map_or_else(String::new, |instant| instant.fixed_offset().to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn hour<Z: TimeZone>(zone: &Z, ms: i64) -> u8 {
    let instant = zone.timestamp_millis_opt(ms).earliest();
    instant.and_then(|instant| u8::try_from(instant.hour()).ok()).unwrap_or(0)
}

fn past<Z: TimeZone>(zone: &Z, ms: i64, start: DayStart) -> Moment {
    let instant = zone.timestamp_millis_opt(ms).earliest();
    let day = instant.map_or_else(|| Day::new(0), |instant| study_day(&instant, start));
    Moment { ms, day }
}

fn moment_of<Z: TimeZone>(now: &DateTime<Z>, start: DayStart) -> Moment {
    Moment { ms: now.timestamp_millis(), day: study_day(now, start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_in_the_variable_is_the_local_time() {
        let clock = from_environment(Some("2026-11-23T03:59:00+14:00"), false).unwrap();
        assert_eq!(clock.moment(DayStart::default()).day.to_string(), "2026-11-22");
        let clock = from_environment(Some("2026-11-23T04:00:00+14:00"), false).unwrap();
        assert_eq!(clock.moment(DayStart::default()).day.to_string(), "2026-11-23");
    }

    #[test]
    fn a_time_that_is_none_is_refused_with_an_example() {
        let error = from_environment(Some("yesterday"), false).err().unwrap();
        assert_eq!(error.kind, Kind::Usage);
        assert!(error.hint.unwrap().contains("RFC 3339"));
    }
}
