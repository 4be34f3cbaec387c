//! Taking back what was done in a session, the last first.

use super::{Study, answer, asked, bury, front, numbers, suspend};
use crate::collection::{Given, Practice, Wanted};
use crate::model::{CardId, Event, Grade};
use crate::study::{PutAway, Session, Stage, TakenBack};

/// What is taken back, in short: its card, and what it was.
fn back(session: &mut dyn Session) -> Option<(CardId, &'static str)> {
    assert!(session.can_undo().unwrap());
    let back = session.undo().unwrap()?;
    let what = match &back {
        TakenBack::Answer(undone) => undone.grade.name(),
        TakenBack::PutAway { was: PutAway::Suspended, .. } => "suspended",
        TakenBack::PutAway { was: PutAway::Buried, .. } => "buried",
    };
    Some((back.card()?, what))
}

#[test]
fn answers_suspensions_and_burials_are_taken_back_the_last_first_and_each_card_comes_next() {
    let mut study = Study::facts(6);
    study.collection.answer(6, &Given::Grade(Grade::GOOD)).unwrap();
    study.pass_ms(1000);
    let mut review = study.review();
    answer(&mut review, 1);
    suspend(&mut review).unwrap();
    bury(&mut review).unwrap();
    answer(&mut review, 5);
    suspend(&mut review).unwrap();
    for (card, what, left) in
        [(5, "suspended", 1), (4, "Easy", 2), (3, "buried", 3), (2, "suspended", 4), (1, "Again", 5)]
    {
        assert_eq!(back(&mut review), Some((card, what)));
        assert_eq!((front(&mut review), review.left().new), (card, left));
    }
    assert_eq!(review.tally().answers(), 0);
    assert_eq!(back(&mut review), Some((6, "Good")), "an answer of today from before the session");
    assert_eq!(front(&mut review), 6);
    assert!(!review.can_undo().unwrap() && review.undo().unwrap().is_none());
    assert_eq!(numbers(&asked(&mut review)), [6, 1, 2, 3, 4, 5]);
    study.check();
}

#[test]
fn a_card_that_was_put_away_as_a_repeat_or_behind_its_answer_is_a_repeat_again() {
    let mut study = Study::facts(2);
    let mut review = study.review();
    let first = answer(&mut review, 1);
    review.bury(first.card).unwrap();
    answer(&mut review, 1);
    suspend(&mut review).unwrap();
    assert_eq!(review.left().sum(), 0);
    assert_eq!(back(&mut review), Some((2, "suspended")));
    let turn = review.next().unwrap().unwrap();
    assert_eq!((turn.card, turn.stage), (2, Stage::Drill));
    assert_eq!(back(&mut review), Some((2, "Again")));
    assert_eq!(back(&mut review), Some((1, "buried")));
    assert_eq!((front(&mut review), review.left().drill), (2, 1));
    assert_eq!(back(&mut review), Some((1, "Again")));
    study.check();
}

#[test]
fn practice_takes_back_what_it_put_away_and_no_answer_of_the_review() {
    let mut study = Study::facts(3);
    study.collection.answer(1, &Given::Grade(Grade::GOOD)).unwrap();
    let mut practice = study.collection.practice(None, Practice::default(), Wanted::default()).unwrap();
    assert!(!practice.can_undo().unwrap(), "the last answer is no practice");
    let card = front(&mut practice);
    suspend(&mut practice).unwrap();
    assert_eq!(practice.left().practice, 2);
    assert_eq!(back(&mut practice), Some((card, "suspended")));
    assert_eq!((front(&mut practice), practice.left().practice), (card, 3));
    assert!(!practice.can_undo().unwrap());
    assert_eq!(answer(&mut practice, 3).event, Event::Practice);
    assert_eq!(back(&mut practice), Some((card, "Hard")));
}

#[test]
fn what_another_process_took_back_already_is_passed_over() {
    let mut study = Study::facts(3);
    let mut review = study.review();
    answer(&mut review, 4);
    suspend(&mut review).unwrap();
    bury(&mut review).unwrap();
    let steps = |review: &mut super::Review<'_>| {
        let done = review.collection.write(|tx, context| {
            crate::collection::steps::bury(tx, context, 3, false)?;
            crate::collection::steps::suspend(tx, context.now, 2, false)
        });
        assert!(done.unwrap());
    };
    steps(&mut review);
    assert_eq!(back(&mut review), Some((1, "Good")));
}

#[test]
fn what_was_suspended_already_is_no_step() {
    let mut study = Study::facts(1);
    let mut review = study.review();
    let saved = answer(&mut review, 4);
    review.suspend(saved.card).unwrap();
    review.suspend(saved.card).unwrap();
    assert_eq!(back(&mut review), Some((1, "suspended")));
    assert_eq!(back(&mut review), Some((1, "Good")));
}
