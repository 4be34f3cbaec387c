//! A card's schedule and history as Anki keeps them.

use crate::model::{Day, Entry, Event, Grade, Row, SetReason, State};
use crate::schedule::{next, not_retracted};

/// The day from which due days count in a package: 2020-01-01. Anki moves them to its own beginning, so that they are
/// the same dates there.
pub(super) const BEGINNING: Day = Day::new(18_262);
/// The same as Anki's `crt`, in seconds since 1970: noon in a package whose clock is that of Greenwich, so that it is this
/// date in nearly every time zone for programs that know only their own.
pub(super) const CREATED: i64 = 18_262 * 86_400 + 12 * 3600;

/// A row of Anki's revlog, but for the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Review {
    /// Milliseconds since 1970.
    pub(super) at: i64,
    /// The button, 1 to 4; 0 where a schedule was set by hand.
    pub(super) button: u8,
    /// Days after it, and before.
    pub(super) interval: u32,
    pub(super) before: u32,
    /// Thousandths after it; 0 where it did not change the schedule, by which FSRS knows that as well.
    pub(super) ease: u32,
    pub(super) took_ms: u32,
    /// 0 learn, 1 review, 3 cram, 4 manual, 5 rescheduled.
    pub(super) kind: u8,
}

/// A card's row in Anki, but for its ids and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scheduled {
    /// 0 new, 2 review.
    pub(super) kind: u8,
    /// -1 suspended, else as `kind`.
    pub(super) queue: i8,
    /// Days since [`BEGINNING`]; none for a new card, which has a place in line instead.
    pub(super) due: Option<i32>,
    pub(super) interval: u32,
    pub(super) ease: u32,
    pub(super) reviews: u32,
    pub(super) lapses: u32,
    /// When it was reviewed last, in seconds since 1970.
    pub(super) reviewed: Option<i64>,
}

/// The log of a card, in the order of replay, as rows of Anki's.
pub(super) fn reviews(rows: &mut [Row]) -> Vec<Review> {
    rows.sort_unstable_by_key(Row::order);
    let mut state = State::default();
    let mut taken: Vec<Day> = Vec::new();
    let mut reviews = Vec::new();
    for row in not_retracted(rows) {
        let before = state;
        let review = match &row.entry {
            Entry::Answered(Event::Review, answer) if !taken.contains(&row.day) => {
                taken.push(row.day);
                state = next(state, answer.grade, row.day);
                let kind = u8::from(!before.is_new());
                Review {
                    kind,
                    ease: state.ease.get(),
                    ..answered(row, answer.grade, answer.took_ms, state, before)
                }
            }
            Entry::Answered(_, answer) => {
                Review { kind: 3, ease: 0, ..answered(row, answer.grade, answer.took_ms, state, before) }
            }
            Entry::Set(set, reason) => {
                taken.clear();
                state = *set;
                let (kind, ease) = match reason {
                    SetReason::Reset => (4, 0),
                    SetReason::Import | SetReason::Reschedule => (5, state.ease.get()),
                };
                Review {
                    at: row.at,
                    button: 0,
                    interval: state.interval,
                    before: before.interval,
                    ease,
                    took_ms: 0,
                    kind,
                }
            }
            Entry::Retract(_) => continue,
        };
        reviews.push(review);
    }
    reviews
}

fn answered(row: &Row, grade: Grade, took_ms: u32, state: State, before: State) -> Review {
    Review {
        at: row.at,
        button: button(grade),
        interval: state.interval,
        before: before.interval,
        ease: 0,
        took_ms,
        kind: 0,
    }
}

/// The button of Anki's that a grade is: Again, Hard, Good, Easy.
const fn button(grade: Grade) -> u8 {
    match grade.number() {
        0..=2 => 1,
        3 => 2,
        4 => 3,
        _ => 4,
    }
}

/// A card's schedule, with its reviews.
pub(super) fn scheduled(state: State, suspended: bool, reviews: &[Review]) -> Scheduled {
    let kind = if state.is_new() { 0 } else { 2 };
    let last = reviews.iter().rev().find(|review| review.kind < 3).map(|review| review.at / 1000);
    Scheduled {
        kind,
        queue: if suspended { -1 } else { i8::try_from(kind).unwrap_or(0) },
        due: state.due.map(|due| due.since(BEGINNING)),
        interval: state.interval,
        ease: if state.is_new() { 0 } else { state.ease.get() },
        reviews: u32::try_from(reviews.iter().filter(|review| review.button > 0).count()).unwrap_or(u32::MAX),
        lapses: state.lapses,
        reviewed: last.filter(|_| !state.is_new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, Ease, RowId};
    use crate::schedule::replay;

    fn row(n: u8, day: i32, entry: Entry) -> Row {
        Row { id: RowId([n; 16]), seq: n.into(), at: i64::from(n) * 1000, day: Day::new(day), entry }
    }

    fn answered(event: Event, grade: u8) -> Entry {
        Entry::Answered(event, Answer { took_ms: 7, ..Answer::of_grade(Grade::new(grade).unwrap()) })
    }

    #[test]
    fn what_changed_the_schedule_carries_the_ease_and_what_did_not_carries_none() {
        let set = State {
            repetitions: 3,
            ease: Ease::thousandths(2000),
            interval: 30,
            lapses: 1,
            due: Some(Day::new(50)),
        };
        let mut rows = vec![
            row(1, 10, answered(Event::Review, 4)),
            row(2, 10, answered(Event::Drill, 3)),
            row(3, 11, answered(Event::Review, 1)),
            row(4, 12, answered(Event::Review, 5)),
            row(5, 12, Entry::Retract(RowId([4; 16]))),
            row(6, 12, answered(Event::Practice, 5)),
            row(7, 12, Entry::Set(set, SetReason::Reschedule)),
            row(8, 13, Entry::Set(State::default(), SetReason::Reset)),
        ];
        let written = reviews(&mut rows);
        let brief: Vec<_> =
            written.iter().map(|r| (r.at, r.kind, r.button, r.interval, r.before, r.ease)).collect();
        assert_eq!(
            brief,
            [
                (1000, 0, 3, 1, 0, 2500),
                (2000, 3, 2, 1, 1, 0),
                (3000, 1, 1, 1, 1, 1960),
                (6000, 3, 4, 1, 1, 0),
                (7000, 5, 0, 30, 1, 2000),
                (8000, 4, 0, 0, 30, 0),
            ]
        );
        let state = replay(&mut rows).state;
        let card = scheduled(state, true, &written);
        assert_eq!((card.kind, card.queue, card.due, card.ease, card.reviewed), (0, -1, None, 0, None));
        let card = scheduled(set, false, &written[..5]);
        assert_eq!(
            (card.kind, card.queue, card.due, card.reviews, card.lapses),
            (2, 2, Some(50 - 18_262), 4, 1)
        );
        assert_eq!(card.reviewed, Some(3));
    }
}
