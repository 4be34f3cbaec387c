//! The days ahead as slowly and as plainly as can be.

use super::super::luck::luck;
use super::super::{Card, DayAhead, MOST_DRILLS, Model, Plan, Stage};
use crate::model::{Day, State, is_leech_step};
use crate::report::learning::Found;

/// A card in hand.
struct InHand {
    note: i64,
    state: State,
    suspended: bool,
    answers: u32,
}

impl InHand {
    fn is_due(&self, day: Day) -> bool {
        !self.suspended && self.state.due.is_some_and(|due| due <= day)
    }
}

/// Each day looks at every card.
pub(super) fn simulate(plan: &Plan, cards: &[Card], model: &Model) -> Vec<DayAhead> {
    let in_hand = |card: &Card| InHand { note: card.note, state: card.state, suspended: false, answers: 0 };
    let mut cards: Vec<InHand> = cards.iter().map(in_hand).collect();
    (0..plan.days).map(|number| live(plan, &mut cards, model, plan.start.plus(number))).collect()
}

/// What is asked on a day.
fn pick(plan: &Plan, cards: &[InHand], day: Day) -> Vec<usize> {
    let mut due: Vec<usize> = (0..cards.len()).filter(|card| cards[*card].is_due(day)).collect();
    due.sort_by_key(|card| (cards[*card].state.due, *card));
    let mut asked: Vec<usize> = Vec::new();
    for card in &due {
        let is_free = asked.iter().all(|other| cards[*other].note != cards[*card].note);
        if is_free && u32::try_from(asked.len()).unwrap() < plan.limits.reviews_per_day {
            asked.push(*card);
        }
    }
    let reviews = asked.len();
    for card in 0..cards.len() {
        let is_free = asked.iter().chain(&due).all(|other| cards[*other].note != cards[card].note);
        let is_new = cards[card].state.due.is_none();
        if is_new && is_free && u32::try_from(asked.len() - reviews).unwrap() < plan.limits.new_per_day {
            asked.push(card);
        }
    }
    asked
}

fn live(plan: &Plan, cards: &mut [InHand], model: &Model, day: Day) -> DayAhead {
    let asked = pick(plan, cards, day);
    let notes: Vec<i64> = asked.iter().map(|card| cards[*card].note).collect();
    let left = (0..cards.len()).filter(|card| {
        !asked.contains(card) && !notes.contains(&cards[*card].note) && cards[*card].is_due(day)
    });
    let mut ahead = DayAhead::on(day);
    ahead.left = u32::try_from(left.count()).unwrap();
    for place in asked {
        let card = &mut cards[place];
        let before = card.state;
        let mut luck = luck(plan.seed, place, card.answers);
        let grade = model.grade(Stage::of(Found::from(&before)), &mut luck);
        card.answers += 1;
        card.state = crate::schedule::next(before, grade, day);
        ahead.ms += u64::from(model.stages.of(Stage::of(Found::from(&before))).ms);
        if before.due.is_none() {
            ahead.new += 1;
        } else {
            ahead.reviews += 1;
            ahead.remembered += u32::from(grade.number() >= 3);
            if before.interval >= 21 {
                ahead.mature_reviews += 1;
                ahead.mature_remembered += u32::from(grade.number() >= 3);
            }
        }
        if card.state.lapses != before.lapses && is_leech_step(card.state.lapses, plan.leech_lapses) {
            card.suspended = true;
            ahead.leeches += 1;
        } else if grade.number() < 4 {
            for _ in 0..MOST_DRILLS {
                ahead.drills += 1;
                ahead.ms += u64::from(model.drills.ms);
                // the luck of the last one that is allowed decides nothing any more
                if luck.f64() < model.drills.success {
                    break;
                }
            }
        }
    }
    let count = |has: fn(&State) -> bool| {
        u32::try_from(cards.iter().filter(|card| has(&card.state)).count()).unwrap()
    };
    ahead.known_cards = count(|state| state.due.is_some());
    ahead.mature_cards = count(|state| state.due.is_some() && state.interval >= 21);
    ahead
}
