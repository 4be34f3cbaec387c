//! Practice, which leaves the schedule alone.

use super::{Study, answer, asked, bury, grade, numbers, suspend};
use crate::collection::{Given, Pool, Practice, Selection, Wanted};
use crate::model::{CardId, Event, Grade};
use crate::study::{Ask, Session, Stage, TakenBack};

const ALL: Practice =
    Practice { pool: Pool::All, until_right: false, reverse: false, typed: false, pairs: false };
const CRAM: Practice = Practice { until_right: true, ..ALL };
const WEAK: Practice = Practice { pool: Pool::Weak, ..ALL };
const MISSED: Practice = Practice { pool: Pool::MissedToday, ..ALL };

fn give(study: &mut Study, card: CardId, number: u8) {
    study.collection.answer(card, &Given::Grade(Grade::new(number).unwrap())).unwrap();
    study.pass_ms(1000);
}

/// The cards that practice asks when each is known.
fn practised(study: &mut Study, practice: Practice, wanted: Wanted) -> Vec<CardId> {
    numbers(&asked(&mut study.collection.practice(None, practice, wanted).unwrap()))
}

/// Everything that must not change: cards, the front page, and what the review would ask.
fn schedule(study: &mut Study) -> String {
    let (cards, today) = (study.cards(), study.today());
    let left = study.review().left();
    format!("{cards:?} {today:?} {left:?}")
}

/// Cards of which one is forgotten, one due, one missed today and one new.
fn mixed() -> Study {
    let mut study = Study::with_bank("prompt,answer,reverse\nq1,a,yes\nq2,a,\n{{c1::q3}},,\nq4,a,\nq5,a,\n");
    for (card, number) in [(1, 4), (3, 4), (4, 5)] {
        give(&mut study, card, number);
    }
    study.pass_days(1);
    give(&mut study, 3, 1);
    give(&mut study, 4, 3);
    study
}

#[test]
fn no_way_of_practising_changes_any_schedule_or_the_day() {
    for practice in
        [ALL, CRAM, WEAK, MISSED, Practice { reverse: true, ..ALL }, Practice { typed: true, ..CRAM }]
    {
        let mut study = mixed();
        let before = schedule(&mut study);
        let mut session = study.collection.practice(None, practice, Wanted::default()).unwrap();
        let mut answers = 0;
        for number in [0, 5, 1, 2, 4, 3, 5, 5, 5, 5, 5, 5, 5] {
            let Some(turn) = session.next().unwrap() else { break };
            assert!(!turn.stage.is_scheduled());
            let saved = session.answer(grade(number)).unwrap();
            assert_eq!((saved.event, saved.leech), (Event::Practice, false));
            answers += 1;
        }
        assert!(answers > 0 && session.next().unwrap().is_none(), "{practice:?}");
        assert_eq!(session.tally().answers(), answers);
        assert_eq!(schedule(&mut study), before, "{practice:?}");
        study.check();
    }
}

#[test]
fn what_was_answered_the_longest_ago_comes_first_and_what_is_new_last() {
    let mut study = Study::facts(5);
    for card in [4, 2, 5] {
        give(&mut study, card, 4);
    }
    let two = Wanted { limit: Some(2), ..Wanted::default() };
    assert_eq!(practised(&mut study, ALL, two.clone()), [4, 2]);
    study.pass_ms(1000);
    assert_eq!(practised(&mut study, ALL, two), [5, 4], "practice is an answer");
    assert_eq!(practised(&mut study, ALL, Wanted::default()), [2, 5, 4, 1, 3]);
}

#[test]
fn weak_cards_come_by_lapses_and_what_was_only_wrong_in_practice_is_weak_too() {
    let mut study = Study::facts(5);
    for (card, number) in [(1, 4), (2, 4), (3, 4), (4, 2)] {
        give(&mut study, card, number);
    }
    study.pass_days(1);
    give(&mut study, 2, 1);
    give(&mut study, 3, 0);
    assert_eq!(practised(&mut study, WEAK, Wanted::default()), [3, 2, 4]);
    // card 1 comes first in practice
    answer(&mut study.collection.practice(None, ALL, Wanted::default()).unwrap(), 0);
    assert_eq!(practised(&mut study, WEAK, Wanted::default()), [3, 2, 4, 1]);
}

#[test]
fn missed_today_are_cards_whose_last_answer_of_today_was_wrong_and_a_right_one_takes_them_out() {
    let mut study = Study::facts(4);
    give(&mut study, 4, 1);
    study.pass_days(1);
    assert_eq!(practised(&mut study, MISSED, Wanted::default()), Vec::<CardId>::new());
    for (card, number) in [(3, 2), (1, 0), (2, 3)] {
        give(&mut study, card, number);
    }
    let mut session = study.collection.practice(None, MISSED, Wanted::default()).unwrap();
    assert_eq!(session.left().practice, 2);
    assert_eq!(answer(&mut session, 1).card, 3);
    assert_eq!(answer(&mut session, 4).card, 1);
    assert!(session.next().unwrap().is_none());
    assert_eq!(practised(&mut study, MISSED, Wanted::default()), [3]);
    assert_eq!(practised(&mut study, MISSED, Wanted::default()), Vec::<CardId>::new());
}

#[test]
fn cramming_asks_all_until_each_was_right_once_and_undo_brings_a_card_back() {
    let mut study = Study::facts(3);
    let mut session = study.collection.practice(None, CRAM, Wanted::default()).unwrap();
    for (card, number, again) in [(1, 2, true), (2, 3, false), (3, 0, true), (1, 1, true), (3, 4, false)] {
        let saved = answer(&mut session, number);
        assert_eq!((saved.card, saved.again), (card, again));
    }
    assert_eq!((session.next().unwrap().unwrap().card, session.left().practice), (1, 1));
    session.undo().unwrap().unwrap();
    assert_eq!((session.next().unwrap().unwrap().card, session.left().practice), (3, 2));
    answer(&mut session, 5);
    // a grade that is moved puts the card back, or takes it out
    assert!(session.regrade(Grade::WRONG).unwrap().unwrap().again);
    assert_eq!(session.left().practice, 2);
    assert!(!session.regrade(Grade::GOOD).unwrap().unwrap().again);
    assert_eq!(session.left().practice, 1);
    answer(&mut session, 3);
    assert!(session.next().unwrap().is_none());
    let tally = session.tally();
    assert_eq!((tally.practice, tally.practised, tally.known), (6, 3, 1));
    study.check();
}

#[test]
fn a_moved_grade_and_undo_are_rows_of_practice() {
    let mut study = Study::facts(2);
    let before = schedule(&mut study);
    let mut session = study.collection.practice(None, ALL, Wanted::default()).unwrap();
    answer(&mut session, 1);
    let moved = session.regrade(Grade::PERFECT).unwrap().unwrap();
    assert_eq!((moved.event, moved.grade), (Event::Practice, Grade::PERFECT));
    let history = session.details(1).unwrap().history;
    assert_eq!(
        (history.len(), history[0].event, history[0].answer.grade),
        (1, Event::Practice, Grade::PERFECT)
    );
    let Some(TakenBack::Answer(undone)) = session.undo().unwrap() else { panic!("an answer") };
    assert_eq!((undone.card, undone.event), (Some(1), Event::Practice));
    let turn = session.next().unwrap().unwrap();
    assert_eq!((turn.card, turn.stage, session.left().practice), (1, Stage::Practice, 2));
    assert_eq!(session.tally().answers(), 0);
    assert!(session.undo().unwrap().is_none());
    assert_eq!(schedule(&mut study), before);
    study.check();
}

#[test]
fn practice_takes_no_review_back_and_the_review_asks_no_card_for_practice_that_it_takes_back() {
    let mut study = Study::facts(3);
    give(&mut study, 2, 4);
    let mut session = study.collection.practice(None, ALL, Wanted::default()).unwrap();
    assert!(session.undo().unwrap().is_none());
    assert_eq!(answer(&mut session, 1).card, 2);
    let mut review = study.review();
    let Some(TakenBack::Answer(undone)) = review.undo().unwrap() else { panic!("an answer") };
    assert_eq!(undone.event, Event::Practice);
    assert_eq!(numbers(&asked(&mut review)), [1, 3], "card 2 had its review");
    study.check();
}

#[test]
fn suspended_and_buried_cards_are_left_out_and_siblings_and_limits_do_not_matter() {
    let mut study = Study::with_bank("prompt,answer,reverse\nq1,a,yes\nq2,a,\nq3,a,\nq4,a,\n");
    study.set(crate::model::Setting::NewPerDay, "0");
    study.collection.suspend(&Selection::of(3), true).unwrap();
    study.collection.bury(&Selection::of(4), true).unwrap();
    assert_eq!(practised(&mut study, ALL, Wanted::default()), [1, 2, 5]);
    let mut session = study.collection.practice(None, CRAM, Wanted::default()).unwrap();
    session.next().unwrap();
    suspend(&mut session).unwrap();
    session.next().unwrap();
    bury(&mut session).unwrap();
    assert_eq!((session.left().practice, session.next().unwrap().unwrap().card), (1, 5));
    study.check();
}

#[test]
fn the_filters_of_the_review_hold_and_the_number_counts_what_fits() {
    let mut study = Study::with_bank("deck,prompt,answer,tags\nA,q1,a,x\nA,q2,a,\nA::B,q3,a,x\nC,q4,a,x\n");
    let tag = Wanted { tag: Some("x".to_owned()), ..Wanted::default() };
    assert_eq!(practised(&mut study, ALL, tag.clone()), [1, 3, 4]);
    assert_eq!(practised(&mut study, ALL, Wanted { limit: Some(2), ..tag.clone() }), [1, 3]);
    let mut session = study.collection.practice(Some("A"), ALL, tag).unwrap();
    assert_eq!(session.scope().unwrap(), "deck A, tag x");
    assert_eq!(numbers(&asked(&mut session)), [1, 3]);
}

#[test]
fn the_other_way_round_asks_facts_only_and_says_so() {
    let mut study = mixed();
    let reverse = Practice { reverse: true, ..ALL };
    let mut session = study.collection.practice(None, reverse, Wanted::default()).unwrap();
    assert_eq!(session.scope().unwrap(), "facts the other way round, cards that are no facts are left out");
    let turn = session.next().unwrap().unwrap();
    assert_eq!((turn.card, turn.question.prompt.as_str()), (1, "a"));
    assert!(!numbers(&asked(&mut session)).contains(&4), "the cloze");
    let typed = Practice { typed: true, ..ALL };
    let mut session = study.collection.practice(None, typed, Wanted::default()).unwrap();
    while let Some(turn) = session.next().unwrap() {
        assert!(matches!(turn.question.ask, Ask::Typed(_)), "{turn:?}");
        session.answer(grade(5)).unwrap();
    }
}

#[test]
fn a_session_of_minutes_ends_and_goes_on_when_the_answer_is_taken_back() {
    let mut study = Study::facts(3);
    let time = study.time.clone();
    let minute = Wanted { minutes: Some(1), ..Wanted::default() };
    let mut session = study.collection.practice(None, ALL, minute).unwrap();
    session.next().unwrap();
    time.0.fetch_add(61_000, std::sync::atomic::Ordering::Relaxed);
    session.answer(grade(4)).unwrap();
    assert!(session.next().unwrap().is_none());
    session.undo().unwrap();
    assert_eq!(session.next().unwrap().unwrap().card, 1);
}
