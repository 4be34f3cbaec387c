//! What the days ahead promise.

mod reference;

use proptest::prelude::*;

use super::model::{Answers, Drills};
use super::stage::PerStage;
use super::*;
use crate::model::{Ease, Grade};
use crate::report::learning::Found;

const EVERYTHING: Limits = Limits { new_per_day: u32::MAX, reviews_per_day: u32::MAX };
const PLAN: Plan = Plan { start: Day::new(20_000), days: 365, limits: EVERYTHING, leech_lapses: 0, seed: 1 };

/// New cards, each of a note of its own.
fn new_cards(count: i64) -> Vec<Card> {
    (0..count).map(|note| Card { note, state: State::default() }).collect()
}

/// A card with this interval that comes due so many days after the first day, 0 or more.
fn due(note: NoteId, interval: u32, on: u32) -> Card {
    let due = Some(PLAN.start.plus(on));
    Card { note, state: State { repetitions: 3, interval, due, ..State::default() } }
}

/// Every card is answered with this grade, and repeats succeed by this chance.
fn always(grade: Grade, success: f64) -> Model {
    with(|_| grade, success)
}

fn with(grade: impl Fn(Stage) -> Grade, success: f64) -> Model {
    let stages = PerStage::new(|stage| {
        let chances = Grade::ALL.map(|other| if other == grade(stage) { 1.0 } else { 0.0 });
        Answers { chances, ms: 1000, observed: (0, 0) }
    });
    Model { stages, drills: Drills { success, ms: 10, observed: (0, 0) } }
}

/// The numbers of the days, from 0, of which something is so.
fn numbers(days: &[DayAhead], is_so: impl Fn(&DayAhead) -> bool) -> Vec<i32> {
    days.iter().filter(|day| is_so(day)).map(|day| day.day.since(PLAN.start)).collect()
}

#[test]
fn a_card_that_is_always_good_comes_at_the_intervals_of_sm2() {
    let days = simulate(&PLAN, &new_cards(1), &always(Grade::GOOD, 1.0));
    assert_eq!(days.len(), 365);
    assert_eq!(numbers(&days, |day| day.new == 1), [0]);
    // 1, 6, 15, 38 and 95 days after one another
    assert_eq!(numbers(&days, |day| day.reviews == 1), [1, 7, 22, 60, 155]);
    assert!(days.iter().all(|day| day.remembered == day.reviews && day.drills == 0));
    assert_eq!(numbers(&days, |day| day.mature_reviews == 1), [60, 155]);
    assert_eq!(numbers(&days, |day| day.mature_cards == 1), (22..365).collect::<Vec<_>>());
    assert_eq!(days.iter().map(|day| day.ms).sum::<u64>(), 6 * 1000);
}

#[test]
fn what_is_never_remembered_comes_every_day_and_its_repeats_end() {
    let days = simulate(&PLAN, &new_cards(3), &always(Grade::WRONG, 0.0));
    assert_eq!(days[0].new, 3);
    assert!(days[1..].iter().all(|day| day.reviews == 3 && day.remembered == 0));
    for day in days {
        assert_eq!((day.drills, day.mature_cards), (3 * MOST_DRILLS, 0));
        assert_eq!(day.ms, 3 * (1000 + 10 * u64::from(MOST_DRILLS)));
    }
}

#[test]
fn what_was_remembered_with_difficulty_is_repeated_and_still_counts_as_remembered() {
    let days = simulate(&PLAN, &[due(1, 6, 0)], &always(Grade::new(3).unwrap(), 1.0));
    assert_eq!((days[0].reviews, days[0].remembered, days[0].drills), (1, 1, 1));
    assert_eq!(numbers(&days, |day| day.reviews > 0)[..2], [0, 15], "a repeat moves no schedule");
}

#[test]
fn the_limit_takes_what_is_due_the_longest_and_leaves_the_rest_for_another_day() {
    let limits = Limits { new_per_day: 0, reviews_per_day: 1 };
    // the mature one has been due for longer than the two that stand before it
    let mut cards = vec![due(1, 6, 1), due(2, 6, 1), due(3, 30, 0)];
    let days = simulate(&Plan { limits, days: 4, ..PLAN }, &cards, &always(Grade::GOOD, 1.0));
    assert_eq!(days.iter().map(|day| day.mature_reviews).collect::<Vec<_>>(), [1, 0, 0, 0]);
    assert_eq!(days.iter().map(|day| day.reviews).collect::<Vec<_>>(), [1, 1, 1, 0]);
    assert_eq!(days.iter().map(|day| day.left).collect::<Vec<_>>(), [0, 1, 0, 0]);
    // of one day it is the order in which they were handed over
    cards[2] = due(3, 30, 1);
    let days = simulate(&Plan { limits, days: 4, ..PLAN }, &cards, &always(Grade::GOOD, 1.0));
    assert_eq!(days.iter().map(|day| day.mature_reviews).collect::<Vec<_>>(), [0, 0, 0, 1]);
}

#[test]
fn cards_of_one_note_come_on_different_days_and_a_new_one_waits_for_those_that_are_due() {
    let new = Card { note: 1, state: State::default() };
    let cards = [new, due(1, 6, 0), due(1, 6, 0)];
    let days = simulate(&Plan { days: 3, ..PLAN }, &cards, &always(Grade::GOOD, 1.0));
    let asked: Vec<(u32, u32, u32)> = days.iter().map(|day| (day.reviews, day.new, day.left)).collect();
    assert_eq!(asked, [(1, 0, 0), (1, 0, 0), (0, 1, 0)]);
    // also for one that the limit leaves over
    let limits = Limits { new_per_day: 9, reviews_per_day: 0 };
    let days = simulate(&Plan { days: 3, limits, ..PLAN }, &cards, &always(Grade::GOOD, 1.0));
    assert!(days.iter().all(|day| day.new == 0 && day.left == 2));
}

#[test]
fn a_leech_is_neither_repeated_nor_asked_again() {
    let model = with(|stage| if stage == Stage::Short { Grade::WRONG } else { Grade::GOOD }, 1.0);
    // good, forgotten, good, forgotten and so on: each second answer is a lapse
    let days = simulate(&Plan { leech_lapses: 3, ..PLAN }, &new_cards(1), &model);
    assert_eq!(numbers(&days, |day| day.leeches == 1), [5]);
    assert_eq!(numbers(&days, |day| day.drills == 1), [1, 3]);
    assert_eq!(numbers(&days, |day| day.reviews == 1), [1, 2, 3, 4, 5]);
    let for_ever = simulate(&PLAN, &new_cards(1), &model);
    assert!(for_ever[1..].iter().all(|day| day.reviews == 1 && day.leeches == 0));
}

#[test]
fn other_limits_change_when_a_card_comes_but_not_its_luck() {
    let drills = |new_per_day: u32| {
        let limits = Limits { new_per_day, reviews_per_day: 0 };
        let days = simulate(&Plan { days: 200, limits, ..PLAN }, &new_cards(200), &Model::default());
        assert_eq!(days.iter().map(|day| day.new).sum::<u32>(), 200);
        days.iter().map(|day| day.drills).sum::<u32>()
    };
    assert_eq!(drills(1), drills(200));
    assert_eq!(drills(7), drills(200));
}

#[test]
fn retention_comes_to_what_the_model_says() {
    // Hoeffding: a share of n independent draws is off by more than this in one case of a thousand million
    let n = 20_000_u32;
    let bound = ((2.0_f64 * 1e9).ln() / (2.0 * f64::from(n))).sqrt();
    for model in [0.0, 0.3, 0.85, 1.0].map(Model::stated).into_iter().chain([Model::default()]) {
        for (interval, stage) in [(1, 2), (6, 3), (7, 4), (21, 5), (90, 6)] {
            let cards: Vec<Card> = (0..n).map(|note| due(note.into(), interval, 0)).collect();
            let whole = Span::of(&simulate(&Plan { days: 1, ..PLAN }, &cards, &model)).unwrap();
            assert_eq!(whole.reviews, u64::from(n));
            let expected = model.basis().stages[stage].recall;
            assert!((whole.retention.unwrap() - expected).abs() <= bound, "{expected} {whole:?}");
        }
    }
}

#[test]
fn the_seed_decides_and_nothing_else_does() {
    let days = |seed| simulate(&Plan { seed, ..PLAN }, &new_cards(100), &Model::default());
    assert_eq!(days(1), days(1));
    assert_ne!(days(1), days(2));
}

#[test]
fn no_plan_and_no_card_is_too_strange() {
    let strange = State {
        repetitions: u32::MAX,
        ease: Ease::thousandths(u32::MAX),
        interval: u32::MAX,
        lapses: u32::MAX,
        due: Some(Day::new(i32::MIN)),
    };
    let late = State { due: Some(Day::new(i32::MAX)), interval: 0, ..strange };
    let cards = [strange, late, State { due: None, ..strange }];
    let cards = cards.map(|state| Card { note: NoteId::MIN, state });
    for (start, days, expected) in [
        (i32::MIN, 40, 40),
        (i32::MAX, 40, 0),
        (i32::MAX - 36_500 - 7, 40, 7),
        (20_000, 0, 0),
        (20_000, u32::MAX, 36_500),
    ] {
        let plan = Plan { start: Day::new(start), days, leech_lapses: 1, seed: u64::MAX, ..PLAN };
        for model in [Model::stated(0.0), Model::stated(1.0), always(Grade::NOTHING, 0.0)] {
            assert_eq!(simulate(&plan, &cards, &model).len(), expected, "{start} {days}");
            assert_eq!(simulate(&plan, &[], &model).len(), expected, "{start} {days}");
        }
    }
}

fn any_state() -> impl Strategy<Value = State> {
    let known = (0_u32..6, 1300_u32..3000, 1_u32..120, 0_u32..9, -40_i32..60).prop_map(
        |(repetitions, ease, interval, lapses, due)| State {
            repetitions,
            ease: Ease::thousandths(ease),
            interval,
            lapses,
            due: Some(Day::new(PLAN.start.number() + due)),
        },
    );
    prop_oneof![Just(State::default()), known]
}

/// Cards of few notes, so that many have siblings.
fn any_cards() -> impl Strategy<Value = Vec<Card>> {
    (1_i64..60).prop_flat_map(|notes| {
        prop::collection::vec((0..notes, any_state()).prop_map(|(note, state)| Card { note, state }), 0..60)
    })
}

fn any_limit() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0_u32..12, 1 => Just(u32::MAX)]
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (any_limit(), any_limit(), 0_u32..90, 0_u32..6, any::<u64>()).prop_map(
        |(new_per_day, reviews_per_day, days, leech_lapses, seed)| Plan {
            days,
            limits: Limits { new_per_day, reviews_per_day },
            leech_lapses,
            seed,
            ..PLAN
        },
    )
}

fn any_model() -> impl Strategy<Value = Model> {
    let observed = prop::collection::vec((any_state(), 0_u8..=5, 0_u32..60_000), 0..300);
    let observed = observed.prop_map(|answers| {
        let mut counts = Counts::default();
        for (state, grade, ms) in answers {
            let grade = Grade::new(grade).unwrap();
            counts.review(Found::from(&state), grade, ms);
            counts.drill(grade, ms / 2);
        }
        Model::observed(&counts)
    });
    prop_oneof![(0.0..=1.0_f64).prop_map(Model::stated), observed]
}

proptest! {
    #[test]
    fn the_days_are_those_that_looking_at_every_card_every_day_finds(
        plan in any_plan(),
        cards in any_cards(),
        model in any_model(),
    ) {
        prop_assert_eq!(simulate(&plan, &cards, &model), reference::simulate(&plan, &cards, &model));
    }

    #[test]
    fn no_day_asks_more_than_its_limits_or_more_than_one_card_a_note(
        plan in any_plan(),
        cards in any_cards(),
        model in any_model(),
    ) {
        let notes: std::collections::HashSet<NoteId> = cards.iter().map(|card| card.note).collect();
        for day in simulate(&plan, &cards, &model) {
            prop_assert!(day.new <= plan.limits.new_per_day && day.reviews <= plan.limits.reviews_per_day);
            prop_assert!(usize::try_from(day.new + day.reviews).unwrap() <= notes.len());
            prop_assert!(day.remembered <= day.reviews && day.mature_reviews <= day.reviews);
            prop_assert!(day.mature_remembered <= day.mature_reviews.min(day.remembered));
            prop_assert!(day.mature_cards <= day.known_cards);
        }
    }

    #[test]
    fn without_a_limit_nothing_is_left_over(plan in any_plan(), cards in any_cards(), model in any_model()) {
        let limits = Limits { reviews_per_day: u32::MAX, ..plan.limits };
        let days = simulate(&Plan { limits, ..plan }, &cards, &model);
        prop_assert!(days.iter().all(|day| day.left == 0));
    }

    #[test]
    fn where_no_note_has_two_cards_more_new_ones_a_day_never_make_fewer_known(
        plan in any_plan(),
        states in prop::collection::vec(any_state(), 0..60),
        more in any_limit(),
    ) {
        let cards: Vec<Card> = (0..).zip(states).map(|(note, state)| Card { note, state }).collect();
        let limits = Limits { new_per_day: plan.limits.new_per_day.saturating_add(more), ..plan.limits };
        let few = simulate(&plan, &cards, &Model::default());
        let many = simulate(&Plan { limits, ..plan }, &cards, &Model::default());
        prop_assert!(few.iter().zip(&many).all(|(few, many)| few.known_cards <= many.known_cards));
    }
}
