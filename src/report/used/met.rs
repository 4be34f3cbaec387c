//! Who met which question, out of exported logs.

use std::collections::HashMap;

use chrono::DateTime;

use super::{First, Learner, Met};
use crate::model::Slot;
use crate::report::answers::Line;

/// By what a question of a bank is known in logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The guid of its note.
    pub guid: String,
    /// The id that its bank gives it.
    pub id: Option<String>,
}

/// The learners of these logs, with what they met of these questions: by the guid, else by the bank's own id. What several files say
/// of one learner counts once. Of a note with several cards the first is looked at.
pub fn learners(questions: &[Known], lines: &[Line]) -> Vec<Learner> {
    let by_guid: HashMap<&str, usize> =
        questions.iter().enumerate().map(|(place, known)| (known.guid.as_str(), place)).collect();
    let by_id: HashMap<&str, usize> = questions
        .iter()
        .enumerate()
        .filter_map(|(place, known)| Some((known.id.as_deref()?, place)))
        .collect();
    let mut answers: Vec<Answer> = Vec::new();
    for line in lines {
        let by_bank = || by_id.get(line.id.as_str()).filter(|_| !line.id.is_empty());
        let Some(place) = by_guid.get(line.note.as_str()).or_else(by_bank) else { continue };
        let Ok(slot) = line.slot.parse() else { continue };
        answers.push(Answer { learner: &line.learner, place: *place, slot, at: instant(line), line });
    }
    answers.sort_by(|one, next| one.identity().cmp(&next.identity()));
    answers.dedup_by(|next, one| next.identity() == one.identity());
    answers.sort_by(|one, next| one.order().cmp(&next.order()));
    let mut learners: Vec<Learner> = Vec::new();
    for of_learner in answers.chunk_by(|one, next| one.learner == next.learner) {
        let of_questions = of_learner.chunk_by(|one, next| one.place == next.place);
        let met = of_questions.filter_map(|answers| {
            let of_card = answers.chunk_by(|one, next| one.slot == next.slot).next()?;
            Some((of_card.first()?.place, met(of_card)?))
        });
        learners.push(Learner { met: met.collect() });
    }
    learners
}

/// An answer to a question of a bank.
struct Answer<'l> {
    learner: &'l str,
    /// The place of the question in the bank.
    place: usize,
    slot: Slot,
    at: Result<i64, &'l str>,
    line: &'l Line,
}

impl Answer<'_> {
    /// By what an answer that several files tell is known; a merge may have moved it to another study day.
    fn identity(&self) -> impl Ord {
        (self.learner, self.place, self.slot, self.at, &self.line.note)
    }

    /// Card by card, as they were given.
    fn order(&self) -> impl Ord {
        (self.learner, self.place, self.slot, &self.line.day, self.at)
    }
}

/// When an answer was given, in seconds since 1970, in whatever zone that is written; else as it is written.
fn instant(line: &Line) -> Result<i64, &str> {
    DateTime::parse_from_rfc3339(&line.at).map(|at| at.timestamp()).map_err(|_| line.at.as_str())
}

fn met(answers: &[Answer<'_>]) -> Option<Met> {
    let mut lines = answers.iter().map(|answer| answer.line);
    let first = lines.next()?;
    let responses: Vec<String> = serde_json::from_str(&first.responses).unwrap_or_default();
    let mut met = Met {
        first: First {
            right: first.grade >= 3 && first.attempts <= 1 && first.hinted == 0,
            response: responses.into_iter().next(),
        },
        ..Met::default()
    };
    let reviews = lines.filter(|line| matches!(line.what.as_str(), "young" | "mature"));
    for line in reviews {
        met.later.asked += 1;
        met.later.remembered += u32::from(line.grade >= 3);
    }
    Some(met)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(learner: &str, note: &str, at: &str, what: &str, grade: u8) -> Line {
        Line {
            learner: learner.into(),
            note: note.into(),
            id: String::new(),
            slot: "front".into(),
            day: at.chars().take(10).collect(),
            at: at.into(),
            what: what.into(),
            interval: None,
            grade,
            took_ms: 0,
            attempts: 1,
            hinted: 0,
            responses: String::new(),
        }
    }

    fn known() -> Vec<Known> {
        let known = |guid: &str, id: Option<&str>| Known { guid: guid.into(), id: id.map(str::to_owned) };
        vec![known("g0", Some("q0")), known("g1", None)]
    }

    #[test]
    fn what_was_met_first_is_the_first_answer_and_later_ones_are_reviews_of_what_was_learnt() {
        let mut first = line("a", "g0", "2026-11-23T09:00:00Z", "new", 1);
        first.responses = "[\"B\",\"A\"]".into();
        let lines = [
            line("a", "g0", "2026-11-24T09:00:00Z", "young", 4),
            line("a", "g0", "2026-11-23T09:01:00Z", "repeat", 5),
            first,
            line("a", "g0", "2026-12-24T09:00:00Z", "mature", 2),
            line("a", "unknown", "2026-12-24T09:00:00Z", "mature", 2),
        ];
        let learners = learners(&known(), &lines);
        assert_eq!(learners.len(), 1);
        let met = &learners[0].met[&0];
        assert_eq!(met.first, First { right: false, response: Some("B".into()) });
        assert_eq!((met.later.asked, met.later.remembered), (2, 1));
    }

    #[test]
    fn a_log_that_is_given_twice_counts_once_and_a_question_is_known_by_its_guid_or_its_id() {
        let mut by_id = line("b", "other", "2026-11-23T09:00:00Z", "new", 5);
        by_id.id = "q0".into();
        let later = line("a", "g1", "2026-11-24T09:00:00Z", "young", 5);
        let lines = [line("a", "g1", "2026-11-23T09:00:00Z", "new", 5), by_id, later];
        // the same answers, written in another zone
        let elsewhere =
            lines.clone().map(|line| Line { at: line.at.replace("T09:00:00Z", "T10:00:00+01:00"), ..line });
        let on_another_day = lines.clone().map(|line| Line { day: "2026-11-22".into(), ..line });
        let twice = [lines.clone(), lines, elsewhere, on_another_day].concat();
        let learners = learners(&known(), &twice);
        let met: Vec<Vec<usize>> =
            learners.iter().map(|learner| learner.met.keys().copied().collect()).collect();
        assert_eq!(met, [vec![1], vec![0]]);
        let later = |learner: &Learner| learner.met.values().map(|met| met.later.asked).sum::<u32>();
        assert_eq!(learners.iter().map(later).sum::<u32>(), 1);
    }

    #[test]
    fn help_and_a_second_attempt_make_an_answer_no_right_one_at_first_sight() {
        let mut hinted = line("a", "g0", "2026-11-23T09:00:00Z", "new", 4);
        hinted.hinted = 1;
        let mut second = line("b", "g0", "2026-11-23T09:00:00Z", "new", 3);
        second.attempts = 2;
        let right = line("c", "g0", "2026-11-23T09:00:00Z", "new", 5);
        let learners = learners(&known(), &[hinted, second, right]);
        let firsts: Vec<bool> = learners.iter().map(|learner| learner.met[&0].first.right).collect();
        assert_eq!(firsts, [false, false, true]);
    }
}
