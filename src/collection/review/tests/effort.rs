//! What every day is done takes as much work in a large collection as in a small one: counted, not timed.

use std::path::Path;

use super::*;
use crate::store::effort::{self, Effort};

const FEW: usize = 300;
const MANY: usize = 3000;

/// What something takes in a collection of few and of many cards, of which some are due on many days.
fn in_few_and_many(work: impl Fn(&mut Study)) -> [Effort; 2] {
    [FEW, MANY].map(|facts| {
        let mut study = Study::facts(facts);
        study.set(Setting::NewPerDay, "40");
        for _ in 0..5 {
            let mut review = study.review();
            while review.next().unwrap().is_some() {
                review.answer(Answer::of_grade(Grade::GOOD)).unwrap();
            }
            study.pass_days(1);
        }
        effort::of(|| work(&mut study)).1
    })
}

/// That many cards take at most this part more than few: trees have more levels.
fn must_be_alike([few, many]: [Effort; 2], most_statements: usize) {
    assert!(many.statements <= most_statements, "{many:?}");
    assert_eq!(many.statements, few.statements);
    assert!(many.steps * 100 <= few.steps * 105, "{few:?} {many:?}");
}

#[test]
fn today_takes_no_more_work_in_a_large_collection() {
    must_be_alike(in_few_and_many(|study| drop(study.today())), 12);
}

#[test]
fn the_first_card_takes_no_more_work_in_a_large_collection() {
    must_be_alike(in_few_and_many(|study| drop(study.review().next().unwrap())), 24);
}

#[test]
fn an_answer_and_the_next_card_take_no_more_work_in_a_large_collection() {
    let answers = [FEW, MANY].map(|facts| {
        let mut study = Study::facts(facts);
        let mut review = study.review();
        review.next().unwrap();
        effort::of(|| {
            review.answer(Answer::of_grade(Grade::GOOD)).unwrap();
            review.next().unwrap();
        })
        .1
    });
    must_be_alike(answers, 24);
}

#[test]
fn the_second_answer_of_a_session_looks_at_no_other_card() {
    let mut study = Study::facts(FEW);
    study.set(Setting::NewPerDay, "200");
    let time = study.time.clone();
    let mut review = study.review();
    let mut answer = || {
        time.0.fetch_add(3000, Ordering::Relaxed);
        review.next().unwrap();
        effort::of(|| review.answer(Answer::of_grade(Grade::GOOD)).unwrap()).1
    };
    answer();
    let second = answer();
    let later = (0..100).map(|_| answer()).last().unwrap();
    assert_eq!(later.statements, second.statements);
    assert!(later.steps * 100 <= second.steps * 105, "{second:?} {later:?}");
}

fn import(collection: &mut Collection, rows: usize) -> Effort {
    let rows: String = (0..rows).map(|n| format!("q{n},question {n},answer {n}\n")).collect();
    let bank = BankFile { name: "bank.csv".to_owned(), bytes: format!("id,prompt,answer\n{rows}").into() };
    let banks = Banks::read(vec![bank], &ImportOptions::default()).unwrap();
    effort::of(|| collection.import(banks).unwrap()).1
}

#[test]
fn an_import_takes_two_statements_for_many_notes_and_the_same_again_one_for_each() {
    let nowhere = Path::new("/there is no such file");
    let [few, many] = [FEW, MANY].map(|rows| {
        let mut collection = Collection::look(nowhere, Box::new(Study::facts(1).time)).unwrap();
        [import(&mut collection, rows), import(&mut collection, rows)]
    });
    let new = of_a_hundred(few[0], many[0]);
    // two triggers take twenty of a note's steps and no time that could be measured
    assert!(new.statements <= 4 && new.steps < 18_000, "{new:?} for a hundred new notes");
    let same = of_a_hundred(few[1], many[1]);
    assert!(same.statements <= 100 && same.steps < 6_000, "{same:?} for a hundred notes that are there");
}

/// What a hundred of the cards take that many are more than few.
fn of_a_hundred(few: Effort, many: Effort) -> Effort {
    let each = |few: usize, many: usize| (many - few) * 100 / (MANY - FEW);
    Effort { statements: each(few.statements, many.statements), steps: each(few.steps, many.steps) }
}

#[test]
fn a_search_for_a_word_is_one_statement_that_steps_over_each_note_once() {
    let [few, many] = [FEW, MANY].map(|facts| {
        let mut study = Study::facts(facts);
        let query = crate::query::parse("drift").unwrap();
        effort::of(|| study.collection.list(&query).unwrap()).1
    });
    assert_eq!(few.statements, many.statements);
    assert!(of_a_hundred(few, many).steps < 2_500, "{few:?} {many:?}");
}
