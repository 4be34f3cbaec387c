//! The history and the schedule of cards that were studied in Anki.

use std::collections::HashSet;

use super::banks::Bank;
use crate::anki::package::{Opened, PastCard, PastEntry, PastRow, PastSchedule, Standing};
use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{Answer, CardKey, Day, Ease, Entry, Event, Row, SetReason, State};
use crate::schedule::{next, not_retracted, replay};
use crate::store::card::Card;
use crate::store::{Tx, card, log, note};

/// The study day of a time in milliseconds.
pub(super) type DayOf<'d> = dyn Fn(i64) -> Day + 'd;

/// Takes the history of the cards of a bank into the log.
pub(super) fn take(tx: &Tx<'_>, context: Context, bank: &mut Bank, day_of: &DayOf<'_>) -> Result<()> {
    let past = bank.package.as_ref().map(Opened::past).transpose()?.unwrap_or_default();
    for past in past {
        let Some(stored) = note::by_guid(tx, &past.guid)?.filter(|stored| !stored.is_removed()) else {
            continue;
        };
        let of_note = card::of_note(tx, stored.id)?;
        let Some(card) = of_note.into_iter().find(|card| card.slot == past.slot) else { continue };
        let taken = Taking { tx, context, past: &past, day_of }.take(&card)?;
        bank.report.reviews += taken.reviews;
        bank.report.scheduled += u64::from(taken.is_scheduled);
    }
    Ok(())
}

/// What came of a card.
#[derive(Debug, Default)]
struct Taken {
    /// Answers that are new in the log.
    reviews: u64,
    /// Whether the card stands now as it did in Anki.
    is_scheduled: bool,
}

struct Taking<'a, 'tx> {
    tx: &'a Tx<'tx>,
    context: Context,
    past: &'a PastCard,
    day_of: &'a DayOf<'a>,
}

impl Taking<'_, '_> {
    fn take(&self, card: &Card) -> Result<Taken> {
        let key = CardKey { guid: self.past.guid.clone(), slot: self.past.slot };
        let mut rows = log::of_card(self.tx, &key)?;
        let standing = not_retracted(&rows).filter(|row| !matches!(row.entry, Entry::Retract(_)));
        let ours = standing.map(|row| row.at).max();
        let new = self.new_rows(&rows);
        let reviews = new.iter().filter(|row| matches!(row.entry, Entry::Answered(..))).count();
        // Anki knows more than the log, or all that the log knows
        let has_new = !new.is_empty();
        let is_newer = ours.is_none() || new.iter().map(|row| row.at).max() > ours;
        let is_current = self.past.rows.last().map(|row| row.at) >= ours;
        for row in new {
            rows.push(log::take(self.tx, &key, row)?);
        }
        let state = replay(&mut rows).state;
        let wanted = if is_newer { self.wanted(state) } else { card.state };
        if brief(wanted) != brief(state) {
            let seq = rows.iter().map(|row| row.seq).max().unwrap_or(0).saturating_add(1);
            let set = Entry::Set(wanted, SetReason::Import);
            rows.push(log::append(self.tx, &key, seq, self.context.now, set)?);
        }
        steps::follow(self.tx, card, &mut rows)?;
        let is_suspended = self.past.suspended;
        if is_suspended != card.suspended && (is_current && is_suspended || is_newer && has_new) {
            steps::suspend(self.tx, self.context.now, card.id, is_suspended)?;
        }
        let is_scheduled = is_newer && matches!(self.past.standing, Standing::Scheduled(_));
        Ok(Taken { reviews: u64::try_from(reviews).unwrap_or(u64::MAX), is_scheduled })
    }

    /// The rows that the log has not. One that went out from here is known again by its time, all others by their ids.
    /// Each is replayed after those that were written before it.
    fn new_rows(&self, known: &[Row]) -> Vec<Row> {
        let ids: HashSet<_> = known.iter().map(|row| row.id).collect();
        let times: HashSet<_> = known.iter().map(|row| row.at).collect();
        let mut so_far = SoFar::default();
        let mut new = Vec::new();
        for PastRow { id, at, entry } in &self.past.rows {
            let day = (self.day_of)(*at);
            let entry = so_far.entry(*entry, day);
            if ids.contains(id) || times.contains(at) {
                continue;
            }
            let seq = known.iter().filter(|row| row.at < *at).map(|row| row.seq).max().unwrap_or(1);
            new.push(Row { id: *id, seq, at: *at, day, entry });
        }
        new
    }

    fn wanted(&self, replayed: State) -> State {
        match self.past.standing {
            Standing::New => State::default(),
            Standing::Learning => replayed,
            Standing::Scheduled(PastSchedule { interval, ease, lapses, due }) => State {
                lapses,
                due: Some(due.unwrap_or(self.context.now.day)),
                ..scheduled(replayed, interval, ease)
            },
        }
    }
}

/// What the rows of a history came to so far: a schedule that is set does not say all of it.
#[derive(Debug, Default)]
struct SoFar {
    state: State,
    reviewed: Option<Day>,
}

impl SoFar {
    /// A row of a history as the log has it.
    fn entry(&mut self, entry: PastEntry, day: Day) -> Entry {
        match entry {
            PastEntry::Answered { event, grade, took_ms } => {
                if event == Event::Review && self.reviewed != Some(day) {
                    self.reviewed = Some(day);
                    self.state = next(self.state, grade, day);
                }
                Entry::Answered(event, Answer { took_ms, ..Answer::of_grade(grade) })
            }
            PastEntry::Forgotten => {
                *self = Self::default();
                Entry::Set(self.state, SetReason::Reset)
            }
            PastEntry::Scheduled(interval, ease) => {
                let due = Some(day.plus(interval));
                *self =
                    Self { state: State { due, ..scheduled(self.state, interval, ease) }, reviewed: None };
                Entry::Set(self.state, SetReason::Reschedule)
            }
        }
    }
}

/// Anki's schedule as a state of SM-2, whose next interval comes from this one and not from its first two steps.
fn scheduled(state: State, interval: u32, ease: Ease) -> State {
    let repetitions = state.repetitions.max(if interval >= 6 { 2 } else { 1 });
    State { repetitions, ease, interval, ..state }
}

/// What of a state Anki knows.
fn brief(state: State) -> (u32, Ease, u32, Option<Day>) {
    (state.interval, state.ease, state.lapses, state.due)
}
