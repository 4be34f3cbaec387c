//! Burying, marking, details, the outlook, the time, and the order of cards.

use super::{Study, answer, asked, bury, grade, mark, numbers};
use crate::collection::{Given, Selection};
use crate::model::{Event, Grade, Kind, Setting};
use crate::query::Query;
use crate::study::{Outlook, Session as _, Stage};

#[test]
fn a_buried_card_comes_back_on_the_next_study_day_by_itself() {
    let mut study = Study::facts(3);
    study.set(Setting::NewPerDay, "2");
    let mut review = study.review();
    assert_eq!(review.next().unwrap().unwrap().card, 1);
    bury(&mut review).unwrap();
    assert_eq!((review.left().new, review.next().unwrap().unwrap().card), (2, 2), "another takes its place");
    assert_eq!(numbers(&asked(&mut review)), [2, 3]);
    let card = study.cards().remove(0);
    assert_eq!((card.buried, card.state), (true, "new"));
    study.pass_days(1);
    assert!(!study.cards()[0].buried);
    assert_eq!(numbers(&asked(&mut study.review())), [2, 3, 1]);
    study.check();
}

#[test]
fn the_other_cards_of_a_buried_one_wait_with_it_and_come_back_with_it() {
    let mut study = Study::with_bank("prompt,answer,reverse\nq,a,yes\n");
    assert!(study.collection.bury(&Selection::of(1), true).unwrap()[0].changed);
    assert!(!study.collection.bury(&Selection::of(1), true).unwrap()[0].changed, "it was already");
    assert_eq!(study.today().new, 0);
    assert!(study.review().next().unwrap().is_none());
    assert_eq!(study.cards().iter().map(|card| card.buried).collect::<Vec<_>>(), [true, false]);
    assert!(study.collection.bury(&Selection::of(1), false).unwrap()[0].changed);
    assert_eq!(study.today().new, 1);
    study.collection.bury(&Selection::of(2), true).unwrap();
    assert_eq!(study.collection.unbury_all().unwrap(), [2]);
    assert_eq!(study.collection.unbury_all().unwrap(), Vec::<i64>::new());
    assert_eq!(study.today().new, 1);
}

#[test]
fn a_repeat_that_is_buried_is_left_out_today() {
    let mut study = Study::facts(2);
    let mut review = study.review();
    answer(&mut review, 1);
    answer(&mut review, 1);
    assert_eq!(review.next().unwrap().unwrap().stage, Stage::Drill);
    bury(&mut review).unwrap();
    assert_eq!(review.left().drill, 1);
    assert_eq!(review.next().unwrap().unwrap().card, 2);
    assert_eq!((study.today().drill, study.review().left().drill), (1, 1));
    study.pass_days(1);
    assert_eq!(study.today().due, 2);
}

#[test]
fn a_card_that_another_process_buries_is_not_asked() {
    let mut study = Study::facts(2);
    let mut review = study.review();
    let context = review.collection.write(|tx, context| crate::collection::steps::bury(tx, context, 1, true));
    assert!(context.unwrap());
    assert_eq!(review.next().unwrap().unwrap().card, 2);
}

#[test]
fn a_mark_stays_with_the_note_until_it_is_taken_away() {
    let mut study = Study::with_bank("prompt,answer,reverse\nq,a,yes\n");
    let mut review = study.review();
    assert!(!review.next().unwrap().unwrap().marked);
    assert!(mark(&mut review).unwrap());
    assert!(review.next().unwrap().unwrap().marked, "the card on the screen shows it");
    answer(&mut review, 4);
    assert!(study.collection.list(&Query::EVERYTHING).unwrap()[0].marked);
    study.pass_days(1);
    let mut review = study.review();
    assert!(review.next().unwrap().unwrap().marked);
    assert!(!mark(&mut review).unwrap());
    assert!(!study.collection.show("2").unwrap().line.marked);
    study.check();
}

#[test]
fn details_tell_what_is_known_of_a_card_and_the_answers_that_stand() {
    let bank = "deck,prompt,answer,tags,difficulty,level,source\nA::B,q,a,x y,hard,2,https://example.org\n";
    let mut study = Study::with_bank(bank);
    let mut review = study.review();
    answer(&mut review, 1);
    answer(&mut review, 4);
    review.undo().unwrap();
    answer(&mut review, 5);
    let details = review.details(1).unwrap();
    assert_eq!(
        (details.kind, details.deck.as_str(), details.tags.to_string()),
        (Kind::Fact, "A::B", "x y".into())
    );
    assert_eq!(
        (details.level.as_deref(), details.source.as_deref()),
        (Some("2"), Some("https://example.org"))
    );
    assert_eq!(details.state.interval, 1);
    let history: Vec<(Event, u8)> =
        details.history.iter().map(|past| (past.event, past.answer.grade.number())).collect();
    assert_eq!(history, [(Event::Drill, 5), (Event::Review, 1)], "the last first");
    assert_eq!(review.details(7).unwrap_err().kind, crate::error::Kind::NotFound);
}

#[test]
fn the_outlook_is_the_front_page_of_tomorrow() {
    let mut study = Study::with_bank("prompt,answer,reverse\nq1,a,yes\nq2,a,\nq3,a,\nq4,a,\nq5,a,\n");
    for (setting, value) in [(Setting::NewPerDay, "3"), (Setting::ReviewsPerDay, "2")] {
        study.set(setting, value);
    }
    for _ in 0..4 {
        let mut review = study.review();
        for _ in 0..2 {
            if review.next().unwrap().is_some() {
                review.answer(grade(4)).unwrap();
            }
        }
        let outlook = review.outlook().unwrap();
        study.pass_days(1);
        let tomorrow = study.today();
        assert_eq!((outlook.due_tomorrow, outlook.new_tomorrow), (tomorrow.due, tomorrow.new));
    }
}

#[test]
fn a_streak_counts_study_days_with_an_answer_that_stands_up_to_today_or_yesterday() {
    let mut study = Study::facts(9);
    let streak = |study: &mut Study| study.review().outlook().unwrap().streak;
    let good = Given::Grade(Grade::GOOD);
    assert_eq!(streak(&mut study), 0);
    for (card, days) in [(1, 1), (2, 2), (3, 3)] {
        study.collection.answer(card, &good).unwrap();
        assert_eq!(streak(&mut study), days);
        study.pass_days(1);
        assert_eq!(streak(&mut study), days, "today may still come");
    }
    study.collection.answer(4, &good).unwrap();
    study.collection.undo().unwrap();
    assert_eq!(streak(&mut study), 3, "what was taken back is none");
    study.pass_days(1);
    assert_eq!(streak(&mut study), 0);
    study.collection.answer(4, &good).unwrap();
    assert_eq!(study.review().outlook().unwrap(), Outlook { due_tomorrow: 4, new_tomorrow: 5, streak: 1 });
}

#[test]
fn figures_count_no_answer_for_longer_than_the_setting_and_the_log_keeps_what_it_took() {
    let mut study = Study::facts(3);
    study.set(Setting::AnswerSeconds, "10");
    let time = study.time.clone();
    let mut review = study.review();
    for seconds in [4, 3600] {
        review.next().unwrap();
        time.0.fetch_add(seconds * 1000, std::sync::atomic::Ordering::Relaxed);
        review.answer(grade(4)).unwrap();
    }
    assert_eq!(review.tally().took_ms, 14_000);
    assert_eq!(review.details(2).unwrap().history[0].answer.took_ms, 3_600_000);
    review.undo().unwrap();
    assert_eq!(review.tally().took_ms, 4000);
}

/// Six cards due, the first the longest, and six new ones.
fn mixed() -> Study {
    let mut study = Study::facts(12);
    for card in [3, 1, 2, 6, 5, 4] {
        study.collection.answer(card, &Given::Grade(Grade::GOOD)).unwrap();
        study.pass_days(1);
    }
    study.set(Setting::NewPerDay, "2");
    study
}

#[test]
fn cards_come_in_the_order_that_is_set() {
    for (due, new, expected) in [
        ("oldest", "after", &[3, 1, 2, 6, 5, 4, 7, 8][..]),
        ("oldest", "before", &[7, 8, 3, 1, 2, 6, 5, 4]),
        ("oldest", "mixed", &[3, 1, 7, 2, 6, 8, 5, 4]),
    ] {
        let mut study = mixed();
        study.set(Setting::DueOrder, due);
        study.set(Setting::NewCards, new);
        assert_eq!(numbers(&asked(&mut study.review())), expected, "{due} {new}");
    }
}

#[test]
fn a_session_that_is_broken_off_or_undone_keeps_the_order_of_the_day() {
    for (due, new) in [("shuffled", "after"), ("oldest", "mixed"), ("shuffled", "mixed")] {
        let prepare = || {
            let mut study = mixed();
            study.set(Setting::DueOrder, due);
            study.set(Setting::NewCards, new);
            study
        };
        let whole = asked(&mut prepare().review());
        let mut study = prepare();
        let mut review = study.review();
        let mut order = Vec::new();
        while let Some(turn) = review.next().unwrap() {
            order.push((turn.card, turn.stage));
            review.answer(grade(5)).unwrap();
            review.undo().unwrap();
            assert_eq!(review.next().unwrap().unwrap().card, turn.card);
            review.answer(grade(5)).unwrap();
        }
        assert_eq!(order, whole, "{due} {new}");
        let due_of = |order: &[(i64, Stage)]| -> Vec<i64> {
            order.iter().filter(|(_, stage)| *stage == Stage::Due).map(|(card, _)| *card).collect()
        };
        let mut study = prepare();
        answer(&mut study.review(), 5);
        answer(&mut study.review(), 5);
        let rest = asked(&mut study.review());
        assert!(due_of(&whole).ends_with(&due_of(&rest)), "{due} {new}: {whole:?} {rest:?}");
    }
}
