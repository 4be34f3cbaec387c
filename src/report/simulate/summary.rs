//! The days ahead in few figures.

use serde::Serialize;

use super::DayAhead;
use crate::model::Day;

/// The days ahead, in spans and as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Spans of equal length, in order. A rest at the end that is shorter than half of one belongs to the last.
    pub spans: Vec<Span>,
    /// All days; none if there are none.
    pub whole: Option<Span>,
}

/// Days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// The first.
    #[serde(serialize_with = "crate::report::as_date")]
    pub from: Day,
    /// The last.
    #[serde(serialize_with = "crate::report::as_date")]
    pub to: Day,
    /// How many.
    pub days: u32,
    /// Cards that a day asks, due and new, on average.
    pub cards_per_day: f64,
    /// Cards that a day asks at most.
    pub most_cards: u32,
    /// The time of a day on average, in minutes.
    pub minutes_per_day: f64,
    /// The time of the longest day, in minutes.
    pub most_minutes: f64,
    /// The share of due cards that was remembered (grade 3 or more), 0 to 1; none if none was asked.
    pub retention: Option<f64>,
    /// The same of young cards.
    pub young_retention: Option<f64>,
    /// The same of mature cards.
    pub mature_retention: Option<f64>,
    /// Due cards that were answered.
    pub reviews: u64,
    /// New cards that were answered.
    pub new: u64,
    /// Repeats of what scored below 4.
    pub drills: u64,
    /// Cards that were suspended as leeches.
    pub leeches: u64,
    /// Due cards that the limit left over on the last day.
    pub left: u32,
    /// Cards that are no longer new at the end.
    pub known_cards: u32,
    /// Mature cards at the end.
    pub mature_cards: u32,
}

impl Summary {
    /// The figures of these days in spans of so many; 0 counts as 1.
    pub fn of(days: &[DayAhead], span_days: u32) -> Self {
        let length = usize::try_from(span_days).unwrap_or(usize::MAX).max(1);
        let mut spans = Vec::new();
        let mut rest = days;
        while !rest.is_empty() {
            let behind = rest.len().saturating_sub(length);
            let here = if behind < length.div_ceil(2) { rest.len() } else { length };
            let (span, later) = rest.split_at_checked(here).unwrap_or((rest, &[]));
            spans.extend(Span::of(span));
            rest = later;
        }
        Self { spans, whole: Span::of(days) }
    }
}

impl Span {
    /// The figures of these days, which come in order; none if there are none.
    pub fn of(days: &[DayAhead]) -> Option<Self> {
        let (first, last) = (days.first()?, days.last()?);
        let sum = |of: fn(&DayAhead) -> u32| days.iter().map(|day| u64::from(of(day))).sum::<u64>();
        let (reviews, remembered) = (sum(|day| day.reviews), sum(|day| day.remembered));
        let (mature, mature_remembered) = (sum(|day| day.mature_reviews), sum(|day| day.mature_remembered));
        let new = sum(|day| day.new);
        let all = u64::try_from(days.len()).unwrap_or(u64::MAX);
        let ms = days.iter().fold(0, |sum: u64, day| sum.saturating_add(day.ms));
        Some(Self {
            from: first.day,
            to: last.day,
            days: u32::try_from(all).unwrap_or(u32::MAX),
            cards_per_day: ratio(reviews + new, all).unwrap_or(0.0),
            most_cards: days.iter().map(|day| day.reviews.saturating_add(day.new)).max().unwrap_or(0),
            minutes_per_day: ratio(ms, all).map_or(0.0, minutes),
            most_minutes: ratio(days.iter().map(|day| day.ms).max().unwrap_or(0), 1).map_or(0.0, minutes),
            retention: ratio(remembered, reviews),
            young_retention: ratio(
                remembered.saturating_sub(mature_remembered),
                reviews.saturating_sub(mature),
            ),
            mature_retention: ratio(mature_remembered, mature),
            reviews,
            new,
            drills: sum(|day| day.drills),
            leeches: sum(|day| day.leeches),
            left: last.left,
            known_cards: last.known_cards,
            mature_cards: last.mature_cards,
        })
    }
}

/// One number by the other; none by 0.
#[expect(clippy::cast_precision_loss, reason = "no figure of a report has sixteen digits")]
fn ratio(part: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| part as f64 / all as f64)
}

fn minutes(ms: f64) -> f64 {
    ms / 60_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: u32) -> DayAhead {
        DayAhead { reviews: 10 * number, new: 2, ms: u64::from(number) * 60_000, ..none(number) }
    }

    fn none(number: u32) -> DayAhead {
        let day = DayAhead::on(Day::new(0).plus(number));
        DayAhead { left: number, known_cards: 2 * number, mature_cards: number, ..day }
    }

    #[test]
    fn a_span_says_what_its_days_say_together() {
        let known =
            DayAhead { remembered: 18, mature_reviews: 10, mature_remembered: 10, drills: 3, ..day(2) };
        let span = Span::of(&[DayAhead { remembered: 4, leeches: 1, ..day(1) }, known, none(3)]).unwrap();
        assert_eq!((span.from, span.to, span.days), (Day::new(1), Day::new(3), 3));
        assert_eq!((span.reviews, span.new, span.drills, span.leeches), (30, 4, 3, 1));
        assert_eq!((span.most_cards, span.left, span.known_cards, span.mature_cards), (22, 3, 6, 3));
        for (figure, expected) in [
            (span.cards_per_day, 34.0 / 3.0),
            (span.minutes_per_day, 1.0),
            (span.most_minutes, 2.0),
            (span.retention.unwrap(), 22.0 / 30.0),
            (span.young_retention.unwrap(), 12.0 / 20.0),
            (span.mature_retention.unwrap(), 1.0),
        ] {
            assert!((figure - expected).abs() < 1e-12, "{figure} {expected}");
        }
    }

    #[test]
    fn of_what_was_never_asked_no_retention_is_told() {
        let span = Span::of(&[none(1)]).unwrap();
        assert_eq!((span.retention, span.young_retention, span.mature_retention), (None, None, None));
        assert_eq!(Summary::of(&[], 30), Summary { spans: Vec::new(), whole: None });
    }

    #[test]
    fn a_year_has_twelve_spans_of_thirty_days_of_which_the_last_takes_the_rest() {
        for (days, length, expected) in [
            (365, 30, [vec![30; 11], vec![35]].concat()),
            (45, 30, vec![30, 15]),
            (44, 30, vec![44]),
            (10, 30, vec![10]),
            (30, 30, vec![30]),
            (3, 0, vec![1; 3]),
            (3, u32::MAX, vec![3]),
            (5, 2, vec![2, 2, 1]),
        ] {
            let days: Vec<DayAhead> = (0..days).map(day).collect();
            let spans: Vec<u32> = Summary::of(&days, length).spans.iter().map(|span| span.days).collect();
            assert_eq!(spans, expected);
        }
    }

    #[test]
    fn programs_read_dates_and_plain_names() {
        let json = serde_json::to_value(Summary::of(&[day(1)], 30)).unwrap();
        assert_eq!(json["spans"][0]["from"], "1970-01-02");
        assert_eq!(json["whole"]["minutes_per_day"], 1.0);
        assert_eq!(serde_json::to_value(day(1)).unwrap()["day"], "1970-01-02");
    }

    proptest! {
        #[test]
        fn spans_hold_every_day_once(days in 0_u32..200, length in 0_u32..70) {
            let days: Vec<DayAhead> = (0..days).map(day).collect();
            let summary = Summary::of(&days, length);
            let held: u32 = summary.spans.iter().map(|span| span.days).sum();
            prop_assert_eq!(usize::try_from(held).unwrap(), days.len());
            prop_assert!(summary.spans.is_sorted_by(|one, next| one.to.plus(1) == next.from));
            let reviews: u64 = summary.spans.iter().map(|span| span.reviews).sum();
            prop_assert_eq!(summary.whole.map_or(0, |whole| whole.reviews), reviews);
        }
    }
}
