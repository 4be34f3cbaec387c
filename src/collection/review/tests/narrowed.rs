//! Sessions that ask only some of the day's cards, and limits of decks.

use super::{Study, answer, asked, bury, grade, numbers};
use crate::collection::{Given, Wanted};
use crate::model::{Difficulty, Grade, Setting};
use crate::study::{Session as _, Stage};

fn study() -> Study {
    Study::with_bank(
        "deck,prompt,answer,tags,difficulty,level\n\
         A,q1,a,drift,easy,1\nA,q2,a,drift::data,hard,2\nA::B,q3,a,driftless,hard,2\nA::B,q4,a,,medium,\nC,q5,a,Drift x,hard,1\n",
    )
}

fn wanted_cards(study: &mut Study, deck: Option<&str>, wanted: Wanted) -> Vec<i64> {
    numbers(&asked(&mut study.collection.review_of(deck, wanted).unwrap()))
}

#[test]
fn only_notes_with_the_labels_that_are_wanted_are_asked() {
    let tag = |tag: &str| Wanted { tag: Some(tag.to_owned()), ..Wanted::default() };
    let hard = Wanted { difficulty: Some(Difficulty::Hard), ..Wanted::default() };
    for (deck, wanted, cards) in [
        (None, tag("drift"), &[1, 2, 5][..]),
        (Some("A"), tag("drift"), &[1, 2]),
        (None, tag("drift::data"), &[2]),
        (None, hard.clone(), &[2, 3, 5]),
        (None, Wanted { level: Some("1".to_owned()), ..Wanted::default() }, &[1, 5]),
        (None, Wanted { level: Some("2".to_owned()), ..hard.clone() }, &[2, 3]),
        (None, Wanted { new: Some(1), ..hard.clone() }, &[2]),
        (None, Wanted { new: Some(0), ..Wanted::default() }, &[]),
        (None, Wanted { limit: Some(2), ..Wanted::default() }, &[1, 2]),
        (None, tag("nothing"), &[]),
    ] {
        assert_eq!(wanted_cards(&mut study(), deck, wanted.clone()), cards, "{deck:?} {wanted:?}");
    }
}

#[test]
fn repeats_are_chosen_like_the_others() {
    let mut study = study();
    for card in [1, 3] {
        study.collection.answer(card, &Given::Grade(Grade::WRONG)).unwrap();
    }
    let hard = Wanted { difficulty: Some(Difficulty::Hard), ..Wanted::default() };
    assert_eq!(wanted_cards(&mut study, Some("A"), hard), [2, 3]);
    let tag = Wanted { tag: Some("drift".to_owned()), new: Some(0), ..Wanted::default() };
    assert_eq!(wanted_cards(&mut study, None, tag), [1]);
}

#[test]
fn a_session_of_so_many_cards_repeats_them_and_asks_no_others() {
    let mut study = Study::facts(5);
    study.collection.answer(5, &Given::Grade(Grade::WRONG)).unwrap();
    let two = Wanted { limit: Some(2), ..Wanted::default() };
    let mut review = study.collection.review_of(None, two.clone()).unwrap();
    assert_eq!(review.left().sum(), 2);
    answer(&mut review, 1);
    // undo and burying make the queue anew
    review.undo().unwrap();
    assert_eq!(review.left().sum(), 2);
    answer(&mut review, 1);
    review.next().unwrap();
    bury(&mut review).unwrap();
    assert_eq!(asked(&mut review), [(3, Stage::New), (1, Stage::Drill)]);
    assert_eq!(review.scope().as_deref(), Some("at most 2 cards"));
    assert_eq!(asked(&mut study.review()), [(4, Stage::New), (5, Stage::Drill)]);
    study.pass_days(1);
    study.set(Setting::DueOrder, "shuffled");
    let whole = {
        let mut all = study.review();
        all.next().unwrap().unwrap().card
    };
    let one = Wanted { limit: Some(1), ..Wanted::default() };
    assert_eq!(wanted_cards(&mut study, None, one), [whole], "the first of the shuffled ones");
}

#[test]
fn at_most_so_many_new_cards_is_for_the_whole_session() {
    let mut study = Study::facts(9);
    let wanted = Wanted { new: Some(3), ..Wanted::default() };
    let mut review = study.collection.review_of(None, wanted).unwrap();
    answer(&mut review, 5);
    answer(&mut review, 5);
    review.undo().unwrap();
    assert_eq!(review.left().new, 2);
    assert_eq!(asked(&mut review).len(), 2);
}

#[test]
fn a_session_ends_after_the_answer_that_passes_the_time() {
    let mut study = Study::facts(9);
    let time = study.time.clone();
    let wanted = Wanted { minutes: Some(2), ..Wanted::default() };
    let mut review = study.collection.review_of(None, wanted).unwrap();
    let mut answers = 0;
    while review.next().unwrap().is_some() {
        time.0.fetch_add(50_000, std::sync::atomic::Ordering::Relaxed);
        review.answer(grade(5)).unwrap();
        answers += 1;
    }
    assert_eq!((answers, review.left().new), (3, 6), "and what is left is left");
    review.undo().unwrap().unwrap();
    assert!(review.next().unwrap().is_some(), "the answer that was taken back may be given again");
}

#[test]
fn a_limit_of_a_deck_binds_the_decks_below_it_over_all_sessions_of_the_day() {
    let mut study = study();
    study.collection.set_limit("A", Setting::NewPerDay, Some("3")).unwrap();
    study.collection.set_limit("B", Setting::NewPerDay, Some("1")).unwrap();
    let lines = |study: &mut Study| study.today().decks.iter().map(|line| line.new).collect::<Vec<_>>();
    assert_eq!((lines(&mut study), study.today().new), (vec![3, 1, 1], 4));
    assert_eq!(study.review().left().new, 4);
    answer(&mut study.collection.review(Some("B")).unwrap(), 5);
    assert_eq!((lines(&mut study), study.today().new), (vec![2, 0, 1], 3));
    study.collection.undo().unwrap();
    assert_eq!(lines(&mut study), [3, 1, 1], "undo gives back");
    assert_eq!(numbers(&asked(&mut study.review())), [1, 2, 3, 5]);
    assert_eq!(lines(&mut study), [0, 0, 0]);
    study.pass_days(1);
    study.collection.set_limit("A", Setting::ReviewsPerDay, Some("1")).unwrap();
    let today = study.today();
    assert_eq!((today.due, today.new), (2, 1));
    assert_eq!(numbers(&asked(&mut study.review())), [1, 5, 4]);
}

#[test]
fn a_limit_that_is_higher_than_the_collections_changes_nothing_and_can_be_taken_away() {
    let mut study = study();
    study.set(Setting::NewPerDay, "2");
    study.collection.set_limit("A", Setting::NewPerDay, Some("4")).unwrap();
    assert_eq!((study.today().new, study.today().decks[0].new), (2, 2));
    study.collection.set_limit("A", Setting::NewPerDay, Some("0")).unwrap();
    assert_eq!((study.today().new, study.today().decks[0].new), (1, 0));
    let (_, limits) = study.collection.set_limit("A", Setting::NewPerDay, None).unwrap();
    assert_eq!((limits.new_per_day, study.today().new), (None, 2));
    assert_eq!(
        study.collection.set_limit("A", Setting::Attempts, Some("1")).unwrap_err().kind,
        crate::error::Kind::Usage
    );
    assert!(study.collection.set_limit("A", Setting::NewPerDay, Some("-1")).is_err());
    assert!(study.collection.unset(Setting::NewPerDay).unwrap() == crate::model::Settings::default());
}

#[test]
fn a_short_session_has_the_first_cards_wherever_new_ones_come() {
    for (place, expected) in
        [("after", &[1, 2, 3, 4][..]), ("before", &[4, 5, 1, 2]), ("mixed", &[1, 4, 2, 5])]
    {
        let mut study = Study::facts(9);
        for card in 1..=3 {
            study.collection.answer(card, &Given::Grade(Grade::GOOD)).unwrap();
        }
        study.pass_days(1);
        study.set(Setting::NewPerDay, "2");
        study.set(Setting::NewCards, place);
        let four = Wanted { limit: Some(4), ..Wanted::default() };
        assert_eq!(wanted_cards(&mut study, None, four), expected, "{place}");
    }
}
