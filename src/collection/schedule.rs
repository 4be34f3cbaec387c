//! Setting the schedule of a card by hand.

use serde::Serialize;

use super::{Collection, Context, Selection, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, CardId, Day, Ease, Entry, SetReason, State};
use crate::store::{Tx, log};

/// When a card is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On a day.
    On(Day),
    /// So many days from today.
    In(u32),
}

/// What a schedule is to be; what is not stated stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Schedule {
    /// When the card comes.
    pub due: Option<When>,
    /// Days from which the next interval is made, 1 to 36,500.
    pub interval: Option<u32>,
    /// Its ease.
    pub ease: Option<Ease>,
}

/// A card with the schedule that it has now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scheduled {
    /// The card.
    pub card: CardId,
    /// The study day on which it comes; none if it is new.
    pub due: Option<String>,
    /// Days.
    pub interval: u32,
    /// Thousandths.
    pub ease: u32,
    /// Whether it is suspended, and so not asked.
    pub suspended: bool,
    /// Whether it had another before.
    pub changed: bool,
}

impl Collection {
    /// Has cards begin again as if they had never been reviewed. Their history stays.
    pub fn reset(&mut self, cards: &Selection) -> Result<Vec<Scheduled>> {
        self.operate(Act::Reset, |tx, context| {
            let reset = |card| set(tx, context, card, |_| Ok((State::default(), SetReason::Reset)));
            steps::chosen(tx, context, cards)?.into_iter().map(reset).collect()
        })
    }

    /// Gives cards another day, interval or ease.
    pub fn reschedule(&mut self, cards: &Selection, schedule: Schedule) -> Result<Vec<Scheduled>> {
        self.operate(Act::Reschedule, |tx, context| {
            let today = context.now.day;
            let set_one = |card| {
                set(tx, context, card, |state| {
                    let state = schedule.applied(state, today).ok_or_else(|| no_schedule(card))?;
                    Ok((state, SetReason::Reschedule))
                })
            };
            steps::chosen(tx, context, cards)?.into_iter().map(set_one).collect()
        })
    }
}

fn no_schedule(card: CardId) -> Error {
    Error::new(Kind::Usage, format!("card {card} is new: it has no schedule that could be another"))
        .hint("say when it comes, with --due or --interval")
}

impl Schedule {
    /// The state of a card with this schedule; none if it has none yet and none is stated.
    fn applied(self, state: State, today: Day) -> Option<State> {
        let stated = self.due.map(|when| match when {
            When::On(day) => day,
            When::In(days) => today.plus(days),
        });
        let interval = self.interval.or_else(|| {
            let days = |due: Day| u32::try_from(due.since(today)).unwrap_or(0).max(1);
            if state.is_new() { stated.map(days) } else { Some(state.interval) }
        })?;
        let due = match (stated, self.interval) {
            (Some(day), _) => Some(day),
            (None, Some(interval)) => Some(today.plus(interval)),
            (None, None) => state.due,
        };
        // what SM-2 makes of the next good answer starts from this interval, not from its first two steps
        let repetitions = match (interval == state.interval, interval >= SECOND_INTERVAL) {
            (true, _) => state.repetitions,
            (false, true) => state.repetitions.max(2),
            (false, false) => state.repetitions.max(1),
        };
        Some(State { repetitions, ease: self.ease.unwrap_or(state.ease), interval, due, ..state })
    }
}

/// SM-2's interval after two good answers, in days.
const SECOND_INTERVAL: u32 = 6;

fn set(
    tx: &Tx<'_>,
    context: Context,
    id: CardId,
    state: impl FnOnce(State) -> Result<(State, SetReason)>,
) -> Result<Scheduled> {
    let (card, key, _) = steps::find(tx, id)?;
    let (state, reason) = state(card.state)?;
    let changed = state != card.state;
    let mut suspended = card.suspended;
    if changed {
        let rows = log::of_card(tx, &key)?;
        let recorded = steps::record(tx, &key, Some(&card), rows, context, [Entry::Set(state, reason)])?;
        // one that was a leech is asked again
        suspended = recorded.leech.unwrap_or(suspended);
    }
    let due = state.due.map(|day| day.to_string());
    Ok(Scheduled { card: id, due, interval: state.interval, ease: state.ease.get(), suspended, changed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Grade;
    use crate::schedule::next;

    #[test]
    fn a_card_that_is_given_an_interval_goes_on_from_it() {
        let today = Day::new(100);
        let by = |schedule: Schedule, state| schedule.applied(state, today).unwrap();
        let new = State::default();
        let later = by(Schedule { due: Some(When::In(10)), ..Schedule::default() }, new);
        assert_eq!((later.due, later.interval, later.repetitions), (Some(Day::new(110)), 10, 2));
        assert_eq!(next(later, Grade::new(4).unwrap(), Day::new(110)).interval, 25);
        let soon = by(Schedule { due: Some(When::On(Day::new(90))), ..Schedule::default() }, new);
        assert_eq!((soon.due, soon.interval, soon.repetitions), (Some(Day::new(90)), 1, 1));
        let old = State { repetitions: 4, interval: 38, due: Some(Day::new(120)), ..new };
        let moved = by(Schedule { due: Some(When::In(0)), ..Schedule::default() }, old);
        assert_eq!((moved.due, moved.interval, moved.repetitions), (Some(today), 38, 4));
        let shorter = by(Schedule { interval: Some(3), ..Schedule::default() }, old);
        assert_eq!((shorter.due, shorter.interval, shorter.repetitions), (Some(Day::new(103)), 3, 4));
        let easier = by(Schedule { ease: Some(Ease::thousandths(2000)), ..Schedule::default() }, old);
        assert_eq!(easier, State { ease: Ease::thousandths(2000), ..old });
        assert_eq!(Schedule { ease: Some(Ease::LOWEST), ..Schedule::default() }.applied(new, today), None);
    }
}
