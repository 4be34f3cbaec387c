//! What the log says of a study day so far.

use std::collections::HashSet;

use crate::model::{CardKey, Day, Entry, Event, Grade, Graded, Guid, Row};
use crate::schedule::{Replay, Reviewed, not_retracted, replay, replay_answers};

/// A study day so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoFar {
    /// The note of each card whose first review is on this day.
    pub new: Vec<Guid>,
    /// The note of each card that was due and reviewed.
    pub due: Vec<Guid>,
    /// Notes with a review; their other cards wait until tomorrow.
    pub answered: HashSet<Guid>,
    /// Cards whose last answer of the day scored below 4, the longest ago first: they are asked again.
    pub drills: Vec<CardKey>,
}

/// What the log of one card says of a study day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardDay {
    /// The review of the day that changed the schedule.
    review: Option<Reviewed>,
    /// Whether the day has its review.
    taken: bool,
    /// When the last answer of the day was given, and its grade.
    last: Option<(i64, Grade)>,
}

impl CardDay {
    /// Out of all rows of the card.
    pub fn of_rows(rows: &mut [Row], day: Day) -> Self {
        let replay = replay(rows);
        Self::of(&replay, last_answer(rows, day, is_study), day)
    }

    /// The same out of the answers of a card of which nothing was ever set or retracted; none if it takes the rows to know.
    pub fn of_answers(answers: &mut [Graded], day: Day) -> Option<Self> {
        let replay = replay_answers(answers)?;
        let last = answers.iter().rev().find(|answer| answer.day == day && is_study(answer.event));
        Some(Self::of(&replay, last.map(|answer| (answer.at, answer.grade)), day))
    }

    fn of(replay: &Replay, last: Option<(i64, Grade)>, day: Day) -> Self {
        Self { review: replay.review_on(day), taken: replay.is_taken(day), last }
    }
}

const fn is_study(event: Event) -> bool {
    matches!(event, Event::Review | Event::Drill)
}

/// Puts a study day together from the cards that have a row on it.
pub fn so_far(cards: impl IntoIterator<Item = (CardKey, CardDay)>, day: Day) -> SoFar {
    let mut so_far = SoFar::default();
    let mut drills = Vec::new();
    for (key, card) in cards {
        let Some(review) = card.review else { continue };
        match review.before.due {
            None => so_far.new.push(key.guid.clone()),
            Some(due) if due <= day => so_far.due.push(key.guid.clone()),
            Some(_) => {}
        }
        if !card.taken {
            continue;
        }
        so_far.answered.insert(key.guid.clone());
        if let Some((at, grade)) = card.last
            && grade.needs_drill()
        {
            drills.push((at, key));
        }
    }
    drills.sort();
    so_far.drills = drills.into_iter().map(|(_, key)| key).collect();
    so_far
}

/// When the last answer of a day was given that stands and is of the sort that counts, and its grade. The rows are
/// those of one card, in the order of replay.
pub(super) fn last_answer(rows: &[Row], day: Day, counts: impl Fn(Event) -> bool) -> Option<(i64, Grade)> {
    let answers = not_retracted(rows).filter(|row| row.day == day).filter_map(|row| match &row.entry {
        Entry::Answered(event, answer) if counts(*event) => Some((row.at, answer.grade)),
        Entry::Answered(..) | Entry::Set(..) | Entry::Retract(_) => None,
    });
    answers.last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, RowId, Slot};

    fn key(guid: &str) -> CardKey {
        CardKey { guid: Guid::new(guid), slot: Slot::Front }
    }

    fn rows(entries: &[(i32, Entry)]) -> Vec<Row> {
        let numbered = entries.iter().zip(1_u8..);
        let row = |((day, entry), n): (&(i32, Entry), u8)| Row {
            id: RowId([n; 16]),
            seq: n.into(),
            at: n.into(),
            day: Day::new(*day),
            entry: entry.clone(),
        };
        numbered.map(row).collect()
    }

    fn answered(event: Event, grade: u8) -> Entry {
        Entry::Answered(event, Answer::of_grade(Grade::new(grade).unwrap()))
    }

    #[test]
    fn first_reviews_and_due_reviews_count_once_and_an_undo_gives_back() {
        let day = Day::new(10);
        let cards = vec![
            (key("new"), rows(&[(10, answered(Event::Review, 4)), (10, answered(Event::Drill, 4))])),
            (key("due"), rows(&[(9, answered(Event::Review, 4)), (10, answered(Event::Review, 4))])),
            (
                key("early"),
                rows(&[
                    (8, answered(Event::Review, 4)),
                    (9, answered(Event::Review, 4)),
                    (10, answered(Event::Review, 4)),
                ]),
            ),
            (key("undone"), rows(&[(10, answered(Event::Review, 4)), (10, Entry::Retract(RowId([1; 16])))])),
            (key("practised"), rows(&[(10, answered(Event::Practice, 1))])),
        ];
        let of_rows = |(key, mut rows): (CardKey, Vec<Row>)| (key, CardDay::of_rows(&mut rows, day));
        let so_far = so_far(cards.into_iter().map(of_rows), day);
        assert_eq!((so_far.new, so_far.due), (vec![Guid::new("new")], vec![Guid::new("due")]));
        assert_eq!(so_far.answered, [Guid::new("new"), Guid::new("due"), Guid::new("early")].into());
        assert!(so_far.drills.is_empty());
    }

    #[test]
    fn a_card_is_drilled_until_it_scores_four() {
        let day = Day::new(10);
        for (entries, drilled) in [
            (vec![(10, answered(Event::Review, 3))], true),
            (vec![(10, answered(Event::Review, 1)), (10, answered(Event::Drill, 3))], true),
            (vec![(10, answered(Event::Review, 1)), (10, answered(Event::Drill, 4))], false),
            (
                vec![
                    (10, answered(Event::Review, 1)),
                    (10, answered(Event::Drill, 4)),
                    (10, Entry::Retract(RowId([2; 16]))),
                ],
                true,
            ),
            (vec![(9, answered(Event::Review, 1))], false),
        ] {
            let mut rows = rows(&entries);
            let card = CardDay::of_rows(&mut rows, day);
            let mut answers: Vec<Graded> = rows.iter().filter_map(Row::graded).collect();
            if answers.len() == rows.len() {
                assert_eq!(CardDay::of_answers(&mut answers, day), Some(card), "{entries:?}");
            }
            let so_far = so_far([(key("k"), card)], day);
            assert_eq!(so_far.drills.len(), usize::from(drilled), "{entries:?}");
        }
    }
}
