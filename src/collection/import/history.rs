//! The history and the schedule of cards that were studied in Anki.

use std::collections::HashSet;

use super::banks::{Bank, FileReport};
use crate::anki::package::{PastCard, PastEntry, PastRow, PastSchedule, Standing};
use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{Answer, CardKey, Day, Ease, Entry, Event, MAX_INTERVAL, NoteId, Row, SetReason, State};
use crate::schedule::{next, not_retracted, replay};
use crate::store::card::Card;
use crate::store::{Tx, card, log, note};

/// Milliseconds by which a clock elsewhere may be ahead.
const A_DAY: i64 = 86_400_000;

/// The study day of a time in milliseconds.
pub(super) type DayOf<'d> = dyn Fn(i64) -> Day + 'd;

/// Takes the history of the cards of a bank into the log.
pub(super) fn take(tx: &Tx<'_>, context: Context, bank: &mut Bank, day_of: &DayOf<'_>) -> Result<()> {
    let Some(package) = &bank.package else { return Ok(()) };
    let mut seen = HashSet::new();
    let past = package.past()?;
    for past in past.chunk_by(|one, other| one.guid == other.guid) {
        let Some(guid) = past.first().map(|card| &card.guid) else { continue };
        let Some(stored) = note::by_guid(tx, guid)?.filter(|stored| !stored.is_removed()) else { continue };
        seen.insert(stored.id);
        of_note(tx, context, stored.id, past, day_of, &mut bank.report)?;
    }
    // those of which Anki has nothing more to say
    let mut others = note::some_suspended_there(tx)?;
    others.retain(|(id, _)| !seen.contains(id));
    let held = if others.is_empty() { HashSet::new() } else { package.guids()? };
    others.retain(|(_, guid)| held.contains(guid));
    others.into_iter().try_for_each(|(id, _)| of_note(tx, context, id, &[], day_of, &mut bank.report))
}

/// Takes what Anki knows of the cards of a note: those that were never touched there are not among them.
fn of_note(
    tx: &Tx<'_>,
    context: Context,
    id: NoteId,
    past: &[PastCard],
    day_of: &DayOf<'_>,
    report: &mut FileReport,
) -> Result<()> {
    let before = note::suspended_there(tx, id)?;
    let mut now = Vec::new();
    for card in card::of_note(tx, id)? {
        let past = past.iter().find(|past| past.slot == card.slot);
        let is_suspended = past.is_some_and(|past| past.suspended);
        let (mut is_current, mut has_more) = (true, false);
        if let Some(past) = past {
            let taken = Taking { tx, context, past, day_of }.take(&card)?;
            report.reviews += taken.reviews;
            report.scheduled += u64::from(taken.is_changed);
            (is_current, has_more) = (taken.is_current, taken.has_more);
        }
        now.extend(is_suspended.then_some(card.slot));
        let was = before.as_ref().map(|before| before.contains(&card.slot));
        // what was never told may have been suspended here since, unless more was done there
        let is_news = was.map_or(is_current && (is_suspended || has_more), |was| was != is_suspended);
        if is_news && is_suspended != card.suspended {
            steps::suspend(tx, context.now, card.id, is_suspended)?;
            *(if is_suspended { &mut report.suspended } else { &mut report.resumed }) += 1;
        }
    }
    note::set_suspended_there(tx, id, &now)
}

/// What came of a card.
#[derive(Debug)]
struct Taken {
    /// Answers that are new in the log.
    reviews: u64,
    /// Whether its schedule is another now.
    is_changed: bool,
    /// Whether Anki knows all that was done here.
    is_current: bool,
    /// Whether it knew of more.
    has_more: bool,
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
        let is_ours = |row: &&Row| !matches!(row.entry, Entry::Retract(_) | Entry::Set(_, SetReason::Import));
        let ours = not_retracted(&rows).filter(is_ours).map(|row| row.at).max();
        let is_current = self.past.rows.last().map(|row| row.at) >= ours;
        let new = self.new_rows(&rows);
        let reviews = new.iter().filter(|row| matches!(row.entry, Entry::Answered(..))).count();
        let has_more = !new.is_empty();
        for row in new {
            rows.push(log::take(self.tx, &key, row)?);
        }
        let state = replay(&mut rows).state;
        let wanted = Some(self.wanted(state)).filter(|wanted| is_current && brief(*wanted) != brief(state));
        if let Some(wanted) = wanted {
            let seq = rows.iter().map(|row| row.seq).max().unwrap_or(0).saturating_add(1);
            let set = Entry::Set(wanted, SetReason::Import);
            rows.push(log::append(self.tx, &key, seq, self.context.now, set)?);
        }
        steps::follow(self.tx, card, &mut rows)?;
        let after = wanted.unwrap_or(state);
        let reviews = u64::try_from(reviews).unwrap_or(u64::MAX);
        Ok(Taken { reviews, is_changed: brief(after) != brief(card.state), is_current, has_more })
    }

    /// The rows that the log has not. One that went out from here is known again by its time, all others by their ids.
    /// Each is replayed after those that were written before it. One that was taken back with its import comes again.
    fn new_rows(&self, known: &[Row]) -> Vec<Row> {
        let ids: HashSet<_> = known.iter().map(|row| row.id).collect();
        let standing: HashSet<_> = not_retracted(known).map(|row| row.id).collect();
        let foreign: HashSet<_> = self.past.rows.iter().map(|row| row.id).collect();
        let is_gone = |row: &&Row| foreign.contains(&row.id) && !standing.contains(&row.id);
        let times: HashSet<_> = known.iter().filter(|row| !is_gone(row)).map(|row| row.at).collect();
        let mut so_far = SoFar::default();
        let mut new = Vec::new();
        for PastRow { id, at, entry } in &self.past.rows {
            let day = (self.day_of)(*at);
            let entry = so_far.entry(*entry, day);
            let is_possible = (1..=self.context.now.ms + A_DAY).contains(at);
            let mut id = *id;
            while ids.contains(&id) && !standing.contains(&id) {
                id = id.again();
            }
            if !is_possible || ids.contains(&id) || times.contains(at) {
                continue;
            }
            let seq = known.iter().filter(|row| row.at < *at).map(|row| row.seq).max().unwrap_or(1);
            new.push(Row { id, seq, at: *at, day, entry });
        }
        new
    }

    fn wanted(&self, replayed: State) -> State {
        // today, unless it is due already
        let today = self.context.now.day;
        let soon = replayed.due.filter(|due| *due <= today).unwrap_or(today);
        match self.past.standing {
            Standing::New => State::default(),
            // the first steps in Anki are minutes apart and cost no ease
            Standing::Learning => {
                let (ease, due) = (Ease::default(), Some(soon));
                State { repetitions: 0, ease, interval: 1, due, ..replayed }
            }
            Standing::Scheduled(PastSchedule { interval, ease, lapses, due }) => {
                let possible = |due: Day| due.clamp(today.minus(MAX_INTERVAL), today.plus(MAX_INTERVAL));
                let due = Some(due.map_or(soon, possible));
                State { lapses, due, ..scheduled(replayed, interval, ease) }
            }
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
