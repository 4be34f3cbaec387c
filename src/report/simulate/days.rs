//! One day after the other.

use super::luck::luck;
use super::queue::{Place, Queue};
use super::stage::Stage;
use super::{Card, DayAhead, Model, Plan};
use crate::model::{MATURE_INTERVAL, State, is_leech_step};
use crate::report::learning::Found;
use crate::schedule::next;

/// A card on its way.
#[derive(Debug, Clone, Copy)]
struct Moving {
    state: State,
    /// Answers that the simulation gave to it.
    answers: u32,
}

/// The cards, and what is counted of them.
struct Moves<'m> {
    plan: &'m Plan,
    model: &'m Model,
    cards: Vec<Moving>,
    known: u32,
    mature: u32,
}

/// The days of the plan, in order: what each asks of the learner, and what becomes of it.
///
/// The same plan, cards and model always give the same days. Time taken: near to what is answered, whatever the number of
/// cards that are not.
pub fn simulate(plan: &Plan, cards: &[Card], model: &Model) -> Vec<DayAhead> {
    let days = plan.length();
    let mut queue = Queue::new(plan, cards, days);
    let mut moves = Moves::new(plan, model, cards);
    (0..days).map(|number| moves.live(&mut queue, number)).collect()
}

impl<'m> Moves<'m> {
    fn new(plan: &'m Plan, model: &'m Model, cards: &[Card]) -> Self {
        let count = |has: fn(&State) -> bool| {
            u32::try_from(cards.iter().filter(|card| has(&card.state)).count()).unwrap_or(u32::MAX)
        };
        let (known, mature) = (count(|state| !state.is_new()), count(is_mature));
        let cards = cards.iter().map(|card| Moving { state: card.state, answers: 0 }).collect();
        Self { plan, model, cards, known, mature }
    }

    /// Lives the day of this number, counted from 0.
    fn live(&mut self, queue: &mut Queue, number: u32) -> DayAhead {
        let mut ahead = DayAhead::on(self.plan.start.plus(number));
        queue.begin(number);
        let mut asked = queue.take_due(self.plan.limits.reviews_per_day);
        asked.extend(queue.take_new(self.plan.limits.new_per_day));
        for place in &asked {
            if let Some(interval) = self.answer(*place, &mut ahead) {
                queue.put(*place, number.saturating_add(interval));
            }
        }
        ahead.left = u32::try_from(queue.end(&asked)).unwrap_or(u32::MAX);
        (ahead.known_cards, ahead.mature_cards) = (self.known, self.mature);
        ahead
    }

    /// Has a card answered; in how many days it comes again, if it does.
    fn answer(&mut self, place: Place, ahead: &mut DayAhead) -> Option<u32> {
        let card = self.cards.get_mut(place)?;
        let mut luck = luck(self.plan.seed, place, card.answers);
        let before = card.state;
        let stage = Stage::of(Found::from(&before));
        let grade = self.model.grade(stage, &mut luck);
        *card = Moving { state: next(before, grade, ahead.day), answers: card.answers.saturating_add(1) };
        let after = card.state;

        let (was_mature, is_pass) = (is_mature(&before), u32::from(grade.is_pass()));
        if before.is_new() {
            ahead.new += 1;
            self.known = self.known.saturating_add(1);
        } else {
            ahead.reviews += 1;
            ahead.remembered += is_pass;
            ahead.mature_reviews += u32::from(was_mature);
            ahead.mature_remembered += u32::from(was_mature) * is_pass;
        }
        self.mature =
            self.mature.saturating_sub(u32::from(was_mature)).saturating_add(u32::from(is_mature(&after)));
        ahead.ms = ahead.ms.saturating_add(u64::from(self.model.answer_ms(stage)));

        let is_leech = after.lapses > before.lapses && is_leech_step(after.lapses, self.plan.leech_lapses);
        if is_leech {
            ahead.leeches += 1;
        } else if grade.needs_drill() {
            let repeats = self.model.repeats(&mut luck);
            ahead.drills = ahead.drills.saturating_add(repeats);
            ahead.ms = ahead.ms.saturating_add(u64::from(repeats) * u64::from(self.model.drills.ms));
        }
        (!is_leech).then_some(after.interval)
    }
}

/// Whether a card was learnt so well that its interval is 21 days or more.
const fn is_mature(state: &State) -> bool {
    !state.is_new() && state.interval >= MATURE_INTERVAL
}
