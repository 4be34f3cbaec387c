//! What the log says of a study day so far.

use std::collections::HashSet;

use crate::model::{CardKey, Day, Entry, Event, Grade, Guid, Row};
use crate::schedule::{not_retracted, replay};

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

/// Reads a study day out of the logs of the cards that have a row on it.
pub fn so_far(cards: impl IntoIterator<Item = (CardKey, Vec<Row>)>, day: Day) -> SoFar {
    let mut so_far = SoFar::default();
    let mut drills = Vec::new();
    for (key, mut rows) in cards {
        let replayed = replay(&mut rows);
        let Some(review) = replayed.review_on(day) else { continue };
        match review.before.due {
            None => so_far.new.push(key.guid.clone()),
            Some(due) if due <= day => so_far.due.push(key.guid.clone()),
            Some(_) => {}
        }
        if !replayed.is_taken(day) {
            continue;
        }
        so_far.answered.insert(key.guid.clone());
        let is_study = |event| matches!(event, Event::Review | Event::Drill);
        if let Some((at, grade)) = last_answer(&rows, day, is_study)
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
        let so_far = so_far(cards, day);
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
            let so_far = so_far([(key("k"), rows(&entries))], day);
            assert_eq!(so_far.drills.len(), usize::from(drilled), "{entries:?}");
        }
    }
}
