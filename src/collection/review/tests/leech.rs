//! Cards that are forgotten again and again.

use super::{Study, answer, grade};
use crate::collection::{Given, Selection};
use crate::model::{Grade, Setting};
use crate::study::Session as _;

/// Learns the first card and forgets it on the next day, so many times.
fn forget(study: &mut Study, times: u32) -> bool {
    let mut leech = false;
    for _ in 0..times {
        for number in [4, 1] {
            let given = Given::Grade(Grade::new(number).unwrap());
            leech = study.collection.answer(1, &given).unwrap().leech;
            study.pass_days(1);
        }
    }
    leech
}

/// A card that was learnt and forgotten seven times and is known today.
fn nearly() -> Study {
    let mut study = Study::facts(3);
    assert!(!forget(&mut study, 7));
    study.collection.answer(1, &Given::Grade(Grade::GOOD)).unwrap();
    study.pass_days(1);
    assert_eq!((study.cards()[0].lapses, study.cards()[0].state), (7, "young"));
    study
}

#[test]
fn the_answer_that_makes_a_leech_suspends_and_tags_it_and_the_session_goes_on() {
    let mut study = nearly();
    let mut review = study.review();
    let saved = answer(&mut review, 1);
    assert!(saved.leech && saved.state.lapses == 8, "{saved:?}");
    assert_eq!((review.tally().leeches, review.tally().lapsed, review.left().drill), (1, 1, 0));
    assert_ne!(review.next().unwrap().unwrap().card, 1);
    assert_eq!(study.cards()[0].state, "suspended");
    assert_eq!(study.tags(1), ["leech"]);
    assert_eq!(study.today().drill, 0);
    study.check();
}

#[test]
fn undo_makes_it_an_ordinary_card_again_and_asks_it() {
    let mut study = nearly();
    let mut review = study.review();
    answer(&mut review, 1);
    review.undo().unwrap().unwrap();
    assert_eq!((review.next().unwrap().unwrap().card, review.tally().leeches), (1, 0));
    assert_eq!(study.cards()[0].state, "young");
    assert!(study.tags(1).is_empty());
    study.check();
}

#[test]
fn a_grade_that_is_moved_makes_a_leech_or_none() {
    let mut study = nearly();
    let mut review = study.review();
    answer(&mut review, 1);
    let moved = review.regrade(Grade::GOOD).unwrap().unwrap();
    assert!(!moved.leech && moved.state.lapses == 7);
    assert_eq!((review.tally().leeches, review.left().drill), (0, 0));
    let back = review.regrade(Grade::NOTHING).unwrap().unwrap();
    assert!(back.leech);
    assert!(review.regrade(Grade::WRONG).unwrap().unwrap().leech, "it is one still");
    assert_eq!((review.tally().leeches, review.left().drill), (1, 0));
    assert_eq!(study.cards()[0].state, "suspended");
    study.check();
}

#[test]
fn a_leech_that_was_resumed_is_one_again_after_half_as_many_lapses() {
    let mut study = Study::facts(1);
    assert!(forget(&mut study, 8));
    study.collection.suspend(&Selection::of(1), false).unwrap();
    assert!(!forget(&mut study, 3));
    assert_eq!((study.cards()[0].state, study.tags(1)), ("young", vec!["leech".to_owned()]));
    assert!(forget(&mut study, 1));
    assert_eq!(study.cards()[0].state, "suspended");
    // taking the twelfth lapse back leaves what the eighth made of it
    study.collection.undo().unwrap().unwrap();
    assert_eq!((study.cards()[0].state, study.tags(1)), ("young", vec!["leech".to_owned()]));
    study.check();
}

#[test]
fn a_card_that_the_learner_suspended_stays_so_when_the_lapse_is_taken_back() {
    let mut study = nearly();
    study.collection.suspend(&Selection::of(1), true).unwrap();
    assert!(study.collection.answer(1, &Given::Grade(Grade::WRONG)).unwrap().leech);
    study.collection.undo().unwrap().unwrap();
    assert_eq!((study.cards()[0].state, study.tags(1).len()), ("suspended", 0));
    study.check();
}

#[test]
fn zero_switches_it_off_and_another_threshold_holds_from_then_on() {
    let mut study = Study::facts(1);
    study.set(Setting::LeechLapses, "0");
    assert!(!forget(&mut study, 9));
    assert_eq!(study.cards()[0].state, "young");
    study.set(Setting::LeechLapses, "4");
    assert!(forget(&mut study, 1), "ten is four and three halves of it");
    let mut other = Study::facts(2);
    other.set(Setting::LeechLapses, "1");
    let mut review = other.review();
    answer(&mut review, 1);
    assert!(
        !review.next().unwrap().is_none_or(|turn| turn.card == 1 && turn.stage != crate::study::Stage::Drill)
    );
    review.answer(grade(4)).unwrap();
    assert_eq!(review.tally().leeches, 0, "what was never learnt is not forgotten");
}
