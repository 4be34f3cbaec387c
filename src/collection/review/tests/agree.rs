//! The front page says exactly what a review asks.

use super::{Study, asked, bury, grade, mark, suspend};
use crate::collection::{Given, Selection};
use crate::model::{Grade, Setting};
use crate::study::{Session as _, Stage};

fn bank() -> String {
    let mut bank = "id,deck,prompt,answer,reverse\n".to_owned();
    for n in 0..24 {
        let deck = ["A", "A::B", "A::B::C", "D"][n % 4];
        bank += &match n % 3 {
            0 => format!("f{n},{deck},fact {n},answer,\n"),
            1 => format!("r{n},{deck},turn {n},answer,yes\n"),
            _ => format!("c{n},{deck},{{{{c1::one}}}} {{{{c2::two}}}} {{{{c3::three}}}} {n},,\n"),
        };
    }
    bank
}

const DECKS: [&str; 4] = ["A", "A::B", "A::B::C", "D"];

/// What the front page says of everything and of each deck, against new sessions.
fn compare(study: &mut Study, seed: u64) {
    let today = study.today();
    let left = study.review().left();
    assert_eq!((today.due, today.new, today.drill), (left.due, left.new, left.drill), "seed {seed}");
    for line in &today.decks {
        let left = study.collection.review(Some(line.deck.as_str())).unwrap().left();
        assert_eq!((line.due, line.new), (left.due, left.new), "seed {seed}: {line:?}");
    }
}

/// One of the things that a learner does.
fn step(study: &mut Study, random: &mut fastrand::Rng) {
    let card = random.i64(1..=48);
    let value = random.u32(0..6).to_string();
    match random.u8(0..12) {
        0 => drop(study.collection.bury(&Selection::of(card), random.bool()).unwrap()),
        1 => drop(study.collection.suspend(&Selection::of(card), random.u8(0..3) == 0).unwrap()),
        2 => {
            let name = Setting::OF_DECKS[random.usize(0..2)];
            let value = Some(value.as_str()).filter(|_| random.bool());
            drop(study.collection.set_limit(DECKS[random.usize(0..4)], name, value).unwrap());
        }
        3 => study.set(Setting::OF_DECKS[random.usize(0..2)], &random.u32(2..12).to_string()),
        4 => study.set(Setting::NewCards, ["after", "mixed", "before"][random.usize(0..3)]),
        5 => study.set(Setting::DueOrder, ["oldest", "shuffled"][random.usize(0..2)]),
        6 => drop(study.collection.answer(card, &Given::Grade(Grade::ALL[random.usize(0..6)])).unwrap()),
        7 => {
            // what was imported stays
            if study.collection.log(1).unwrap().iter().all(|line| line.what != "import") {
                drop(study.collection.undo().unwrap());
            }
        }
        8 => drop(study.collection.unbury_all().unwrap()),
        _ => session(study, random),
    }
}

/// A part of a session, of which the queue is at its end what the front page says.
fn session(study: &mut Study, random: &mut fastrand::Rng) {
    let mut review = study.review();
    let mut undone = 0;
    for _ in 0..random.u8(1..8) {
        if review.next().unwrap().is_none() {
            break;
        }
        match random.u8(0..10) {
            // what is taken back comes next even if the limits are used up
            0 => undone = u32::from(review.undo().unwrap().is_some()),
            1 => bury(&mut review).unwrap(),
            2 => suspend(&mut review).unwrap(),
            3 => drop(review.regrade(Grade::ALL[random.usize(0..6)]).unwrap()),
            4 => drop(mark(&mut review).unwrap()),
            _ => drop(review.answer(grade(random.u8(0..6))).unwrap()),
        }
    }
    review.next().unwrap();
    let left = review.left();
    let today = study.today();
    let over = (left.due + left.new).checked_sub(today.due + today.new).unwrap();
    assert!(left.drill == today.drill && over <= undone, "{left:?} {today:?}");
}

#[test]
fn after_any_steps_the_front_page_is_what_a_review_asks_deck_by_deck() {
    for seed in 0..12 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut study = Study::with_bank(&bank());
        study.set(Setting::LeechLapses, "2");
        for _ in 0..6 {
            for _ in 0..8 {
                step(&mut study, &mut random);
                compare(&mut study, seed);
            }
            study.check();
            // the day ends with a review of a deck to its end, in which each card is known
            let line = study.today().decks.swap_remove(random.usize(0..4));
            let asked = asked(&mut study.collection.review(Some(line.deck.as_str())).unwrap());
            let count = |stage| asked.iter().filter(|(_, of)| *of == stage).count();
            let expected = (line.due.try_into().unwrap(), line.new.try_into().unwrap());
            assert_eq!((count(Stage::Due), count(Stage::New)), expected, "seed {seed}: {line:?}");
            compare(&mut study, seed);
            study.pass_days(random.i64(0..4));
        }
    }
}
