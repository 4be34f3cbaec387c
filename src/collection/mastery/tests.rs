//! Tests over a collection that is in no file, under a clock that is moved.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::clock::Clock;
use crate::collection::{BankFile, Banks, ImportOptions, Selection, TakenBackLast};
use crate::model::{Act, Day, DayStart, Moment};
use crate::query::Query;
use crate::study::mastery::Mastery;
use crate::study::{After, Ask, Marker, Response, Verdict};

#[derive(Clone)]
struct Watch(Arc<AtomicI64>);

impl Clock for Watch {
    fn moment(&self, _: DayStart) -> Moment {
        Moment { ms: 1_700_000_000_000 + self.0.load(Ordering::Relaxed), day: Day::new(19_675) }
    }
}

/// A collection of so many choices in three difficulties.
fn study(choices: usize) -> (Collection, Watch) {
    let watch = Watch(Arc::default());
    let mut collection =
        Collection::look(Path::new("/there is no such file"), Box::new(watch.clone())).unwrap();
    let row = |n: usize| {
        let difficulty = ["easy", "medium", "hard"][n % 3];
        format!("D,question {n},A,yes|no|never,{difficulty},why {n},nudge\n")
    };
    let head = "deck,prompt,answer,options,difficulty,explanation,hint\n".to_owned();
    let csv: String = std::iter::once(head).chain((0..choices).map(row)).collect();
    let bank = BankFile { name: "bank.csv".to_owned(), bytes: csv.into_bytes() };
    collection.import(Banks::read(vec![bank], &ImportOptions::default()).unwrap()).unwrap();
    (collection, watch)
}

fn options(minutes: Option<u32>) -> TestOptions {
    TestOptions { minutes, seed: Some(7), ..TestOptions::default() }
}

/// Answers a question rightly or not.
fn answer(test: &mut Test<'_>, rightly: bool) -> Saved {
    let turn = test.next().unwrap().unwrap();
    let Ask::Choice(options) = &turn.question.ask else { panic!("a choice") };
    let place = options.shown.iter().position(|option| option.right == rightly).unwrap();
    let mut marker = Marker::of(&turn);
    let verdict = marker.respond(&turn.question, &Response::Picks(vec![place])).unwrap();
    let grade = if let Verdict::Right(grade) = verdict { grade } else { Grade::WRONG };
    test.answer(marker.answer(grade)).unwrap()
}

#[test]
fn a_test_gives_no_help_one_attempt_and_leaves_the_schedule_alone() {
    let (mut collection, _) = study(12);
    let before = serde_json::to_string(&collection.list(&Query::EVERYTHING).unwrap()).unwrap();
    let mut test = collection.test(Some("D"), options(None)).unwrap();
    for n in 0..10 {
        let turn = test.next().unwrap().unwrap();
        assert_eq!(
            (turn.question.hint.clone(), turn.question.after.clone(), turn.attempts),
            (None, After::default(), 1)
        );
        assert_eq!(answer(&mut test, n > 0).event, Event::Test);
    }
    assert_eq!(test.next().unwrap(), None);
    let end = test.test().unwrap().unwrap();
    assert!(end.is_finished());
    assert_eq!((end.scores.whole.right, end.missed.len(), end.scores.parts.len()), (9, 1, 3));
    assert!(end.missed[0].after.explanation.as_ref().unwrap().starts_with("why"));
    assert_eq!(serde_json::to_string(&collection.list(&Query::EVERYTHING).unwrap()).unwrap(), before);
    assert!(collection.check().unwrap().ok);
    let undone = collection.undo().unwrap();
    assert!(
        matches!(undone, Some(TakenBackLast::Operation { act: Act::Import, rows: 0, .. })),
        "a test is not taken back: {undone:?}"
    );
}

#[test]
fn the_same_seed_asks_the_same_questions_with_the_same_options() {
    let (mut collection, _) = study(40);
    let mut asked = |seed| {
        let mut test =
            collection.test(None, TestOptions { seed: Some(seed), ..TestOptions::default() }).unwrap();
        let mut questions = Vec::new();
        while let Some(turn) = test.next().unwrap() {
            questions.push(turn.question);
            answer(&mut test, true);
        }
        questions
    };
    let (one, again, other) = (asked(1), asked(1), asked(2));
    assert_eq!(one, again);
    assert_ne!(one, other);
}

#[test]
fn what_is_not_answered_in_time_counts_as_wrong_and_so_does_an_answer_that_comes_late() {
    let (mut collection, watch) = study(12);
    let mut test = collection.test(None, options(Some(2))).unwrap();
    answer(&mut test, true);
    watch.0.store(30_500, Ordering::Relaxed);
    assert_eq!(test.next().unwrap().unwrap().seconds, Some(90));
    watch.0.store(120_000, Ordering::Relaxed);
    let turn = test.shown.clone().unwrap().0;
    let late =
        test.answer(Answer { responses: vec!["yes".into()], ..Answer::of_grade(Grade::PERFECT) }).unwrap();
    assert_eq!((late.card, late.grade), (turn.card, Grade::NOTHING));
    assert_eq!(test.next().unwrap(), None);
    let end = test.test().unwrap().unwrap();
    assert!(end.is_late && end.is_finished());
    assert_eq!((end.scores.whole.right, end.scores.whole.asked), (1, 10));
    let tests = collection.tests(None).unwrap();
    assert_eq!((tests[0].score.right, tests[0].score.answered, tests[0].finished), (1, 10, true));
    assert_eq!(tests[0].score.verdict, Mastery::Weak);
}

#[test]
fn the_history_is_read_from_the_log_and_a_test_that_was_left_moves_no_trend() {
    let (mut collection, _) = study(12);
    for (rights, answers) in [(5, 10), (0, 2), (8, 10)] {
        let mut test = collection.test(Some("D"), options(None)).unwrap();
        for n in 0..answers {
            answer(&mut test, n < rights);
        }
    }
    drop(collection.test(Some("D"), options(None)).unwrap());
    let tests = collection.tests(Some("D")).unwrap();
    let told: Vec<_> = tests.iter().map(|test| (test.score.right, test.finished, test.trend)).collect();
    assert_eq!(told, [(5, true, None), (0, false, None), (8, true, Some(0.3))]);
    let parts: u32 = tests[2].difficulties.iter().map(|part| part.score.answered).sum();
    assert_eq!((parts, tests[2].levels.len(), tests[2].seed), (10, 0, 7));
}

#[test]
fn suspended_cards_are_left_out_and_a_deck_of_nothing_else_is_told() {
    let (mut collection, _) = study(2);
    collection.suspend(&Selection::of(1), true).unwrap();
    assert_eq!(collection.test(None, options(None)).unwrap().left().test, 1);
    collection.suspend(&Selection::of(2), true).unwrap();
    let error = collection.test(None, options(None)).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound);
}
