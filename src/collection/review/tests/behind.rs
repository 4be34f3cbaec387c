//! What can be done to a card behind its answer.

use super::{Study, answer, asked, bury, front, numbers};
use crate::collection::{Practice, Wanted};
use crate::study::Session as _;

#[test]
fn behind_an_answer_its_card_is_marked_suspended_or_put_off_and_no_other() {
    let mut study = Study::facts(4);
    let mut review = study.review();
    let saved = [answer(&mut review, 1), answer(&mut review, 2), answer(&mut review, 1)];
    assert!(review.mark(saved[2].card).unwrap());
    assert_eq!(front(&mut review), 4);
    assert!(!review.next().unwrap().unwrap().marked, "another note is on the screen");
    review.suspend(saved[0].card).unwrap();
    review.bury(saved[1].card).unwrap();
    assert_eq!(numbers(&asked(&mut review)), [4, 3], "the repeat of the third is left");
    assert!(study.collection.show("3").unwrap().line.marked);
    let cards = study.cards();
    assert_eq!((cards[0].state, cards[1].buried, cards[2].buried), ("suspended", true, false));
    study.pass_days(1);
    assert_eq!(numbers(&asked(&mut study.review())), [2, 3, 4], "put off until tomorrow only");
    study.check();
}

#[test]
fn a_mark_behind_an_answer_shows_on_another_card_of_the_note_that_is_on_the_screen() {
    let mut study = Study::with_bank("prompt,answer,reverse\nq,a,yes\n");
    let mut practice = study.collection.practice(None, Practice::default(), Wanted::default()).unwrap();
    let saved = answer(&mut practice, 4);
    assert_ne!(front(&mut practice), saved.card);
    assert!(practice.mark(saved.card).unwrap());
    assert!(practice.next().unwrap().unwrap().marked);
    bury(&mut practice).unwrap();
    assert!(practice.next().unwrap().is_none());
}

#[test]
fn there_is_something_to_put_off_only_where_the_card_would_come_again_or_is_practised() {
    let mut study = Study::facts(3);
    let mut review = study.review();
    assert!(answer(&mut review, 3).can_be_buried());
    assert!(!answer(&mut review, 4).can_be_buried());
    let mut practice = study.collection.practice(None, Practice::default(), Wanted::default()).unwrap();
    assert!(answer(&mut practice, 5).can_be_buried(), "the review may ask it today");
}
