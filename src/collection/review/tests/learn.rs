//! New cards that are shown before they are asked.

use super::{Study, answer, bury, grade, suspend};
use crate::collection::{Given, Wanted};
use crate::model::{CardId, Event, Grade, Setting};
use crate::study::{Session, Stage};

/// Goes through a session: looks at what is shown, and answers with these grades in turn, then with 5.
fn run(session: &mut dyn Session, grades: &[u8]) -> Vec<(CardId, char)> {
    let mut grades = grades.iter();
    let mut went = Vec::new();
    while let Some(turn) = session.next().unwrap() {
        let stage = match turn.stage {
            Stage::Shown => 's',
            Stage::New => 'n',
            Stage::Drill => 'r',
            Stage::Due | Stage::Practice | Stage::Cram | Stage::Match | Stage::Test => '?',
        };
        went.push((turn.card, stage));
        if stage == 's' {
            session.seen().unwrap();
        } else {
            session.answer(grade(grades.next().copied().unwrap_or(5))).unwrap();
        }
    }
    went
}

#[test]
fn a_group_is_shown_then_asked_until_it_is_known_and_the_first_answer_is_the_review() {
    let mut study = Study::facts(7);
    let mut learn = study.collection.learn(None, Wanted::default()).unwrap();
    let went = run(&mut learn, &[4, 1, 4, 4, 4, 3]);
    let stages: String = went.iter().map(|(_, stage)| *stage).collect();
    assert_eq!(stages, "sssssnnnnnrrssnn");
    assert_eq!(went[10..12], [(2, 'r'), (2, 'r')], "what scored below 4 comes again, as in the review");
    let events = |learn: &mut dyn Session, card| -> Vec<(Event, u8)> {
        let history = learn.details(card).unwrap().history;
        history.iter().rev().map(|past| (past.event, past.answer.grade.number())).collect()
    };
    assert_eq!(events(&mut learn, 2), [(Event::Review, 1), (Event::Drill, 3), (Event::Drill, 5)]);
    assert_eq!(events(&mut learn, 1), [(Event::Review, 4)]);
    let tally = learn.tally();
    assert_eq!((tally.new, tally.drill, tally.due, tally.passed), (7, 2, 0, 6));
    assert_eq!((study.today().new, study.today().drill), (0, 0));
    study.check();
}

#[test]
fn learning_and_reviewing_the_same_answers_leave_the_same_schedule() {
    let (mut learnt, mut reviewed) = (Study::facts(4), Study::facts(4));
    run(&mut learnt.collection.learn(None, Wanted::default()).unwrap(), &[4, 2, 5, 3]);
    run(&mut reviewed.review(), &[4, 2, 5, 3]);
    assert_eq!(format!("{:?}", learnt.cards()), format!("{:?}", reviewed.cards()));
    assert_eq!(format!("{:?}", learnt.today()), format!("{:?}", reviewed.today()));
}

#[test]
fn looking_saves_nothing_and_what_was_only_seen_is_new_still() {
    let mut study = Study::facts(3);
    let mut learn = study.collection.learn(None, Wanted::default()).unwrap();
    for _ in 0..2 {
        assert_eq!(learn.next().unwrap().unwrap().stage, Stage::Shown);
        assert!(learn.answer(grade(4)).is_err(), "nothing is asked yet");
        learn.seen().unwrap();
    }
    assert_eq!((learn.left().new, learn.tally().answers()), (3, 0));
    assert_eq!((study.today().new, study.cards()[0].state), (3, "new"));
    assert_eq!(study.collection.check().unwrap().reviews, 0);
}

#[test]
fn only_new_cards_under_the_limits_and_filters_are_learnt() {
    let mut study =
        Study::with_bank("prompt,answer,reverse,tags\nq1,a,yes,\nq2,a,,x\nq3,a,,x\nq4,a,,x\nq5,a,,\n");
    study.collection.answer(1, &Given::Grade(Grade::WRONG)).unwrap();
    study.pass_days(1);
    study.set(Setting::NewPerDay, "3");
    let learn = |study: &mut Study, wanted| run(&mut study.collection.learn(None, wanted).unwrap(), &[]);
    let tagged = Wanted { tag: Some("x".to_owned()), limit: Some(2), ..Wanted::default() };
    assert_eq!(learn(&mut study, tagged), [(3, 's'), (4, 's'), (3, 'n'), (4, 'n')]);
    assert_eq!(learn(&mut study, Wanted::default()), [(5, 's'), (5, 'n')], "the third of today");
    assert_eq!(learn(&mut study, Wanted::default()), []);
    assert_eq!(study.today().due, 1, "what is due waits for the review");
}

#[test]
fn undo_burying_and_suspending_while_learning_keep_what_was_seen() {
    let mut study = Study::facts(7);
    let mut learn = study.collection.learn(None, Wanted::default()).unwrap();
    (0..5).for_each(|_| {
        learn.next().unwrap();
        learn.seen().unwrap();
    });
    answer(&mut learn, 4);
    answer(&mut learn, 1);
    learn.undo().unwrap().unwrap();
    let turn = learn.next().unwrap().unwrap();
    assert_eq!((turn.card, turn.stage, learn.left().new), (2, Stage::New, 6));
    bury(&mut learn).unwrap();
    learn.next().unwrap();
    suspend(&mut learn).unwrap();
    assert_eq!(run(&mut learn, &[]), [(4, 'n'), (5, 'n'), (6, 's'), (7, 's'), (6, 'n'), (7, 'n')]);
    study.check();
}

/// Looks at so many cards.
fn look(session: &mut dyn Session, count: usize) {
    for _ in 0..count {
        assert_eq!(session.next().unwrap().unwrap().stage, Stage::Shown);
        session.seen().unwrap();
    }
}

#[test]
fn a_group_is_filled_although_cards_are_buried_suspended_or_taken_back_while_it_is_shown() {
    let stages = |went: &[(CardId, char)]| went.iter().map(|(_, stage)| *stage).collect::<String>();
    let mut study = Study::facts(9);
    let mut learn = study.collection.learn(None, Wanted::default()).unwrap();
    look(&mut learn, 2);
    bury(&mut learn).unwrap();
    suspend(&mut learn).unwrap();
    let went = run(&mut learn, &[]);
    assert_eq!(stages(&went), "sssnnnnnssnn");
    assert_eq!(went[..3], [(5, 's'), (6, 's'), (7, 's')]);
    study.check();

    // an answer to a card of the group before
    let mut study = Study::facts(9);
    let mut learn = study.collection.learn(None, Wanted::default()).unwrap();
    look(&mut learn, 5);
    for _ in 0..5 {
        answer(&mut learn, 4);
    }
    look(&mut learn, 1);
    learn.undo().unwrap().unwrap();
    let went = run(&mut learn, &[1]);
    assert_eq!(went[..5], [(5, 'n'), (7, 's'), (8, 's'), (9, 's'), (6, 'n')]);
    assert_eq!(stages(&went), "nsssnnnnr");
    study.check();
}

#[test]
fn a_card_that_was_put_away_while_it_was_shown_is_shown_again_when_that_is_taken_back() {
    let mut study = Study::facts(6);
    study.set(Setting::NewPerDay, "5");
    let mut learn = study.collection.learn(None, Wanted::default()).unwrap();
    look(&mut learn, 1);
    bury(&mut learn).unwrap();
    assert_eq!(learn.next().unwrap().unwrap().card, 3);
    learn.undo().unwrap().unwrap();
    let turn = learn.next().unwrap().unwrap();
    assert_eq!((turn.card, turn.stage, learn.left().new), (2, Stage::Shown, 5));
    let went = run(&mut learn, &[]);
    assert_eq!(went[..5], [(2, 's'), (3, 's'), (4, 's'), (5, 's'), (1, 'n')]);
    assert_eq!(went.len(), 9);
    study.check();
}
