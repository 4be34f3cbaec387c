//! Looking whether a collection is sound.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::error::{Kind, Result};
use crate::model::{CardKey, Day, Guid, NoteId};
use crate::schedule::{Follower, replay};
use crate::store::card::{self, Card};
use crate::store::log::{self, Unreadable};
use crate::store::note::{self, Stored};
use crate::store::setting;
use crate::store::{Tx, integrity};
use crate::text;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// Notes.
    pub notes: u32,
    /// Cards.
    pub cards: u32,
    /// Answers in the log that stand, drills and practice too.
    pub reviews: u32,
    /// What is wrong, a sentence each.
    pub problems: Vec<String>,
    /// What is no damage and worth a look, a sentence each.
    pub remarks: Vec<String>,
}

/// Runs SQLite's own checks, replays every card's log and compares the outcome with what is stored, and compares cards with
/// their notes and totals with the cards.
pub(in crate::collection) fn check(tx: &Tx<'_>) -> Result<CheckReport> {
    let mut problems = Vec::new();
    let faults = tolerate(integrity(tx), &mut problems)?;
    problems.extend(faults.into_iter().flatten());
    let cards = tolerate(card::all(tx), &mut problems)?.unwrap_or_default();
    let mut looked_at = LookedAt { problems, cards: HashMap::new(), known: HashMap::new() };
    for card in cards {
        looked_at.cards.entry(card.note).or_default().push(card);
    }
    let mut unreadable = Vec::new();
    let notes = note::each_readable(
        tx,
        |stored| {
            looked_at.note(&stored);
            Ok(())
        },
        |_, guid, why| unreadable.push(format!("note {guid} cannot be read: {why}")),
    );
    looked_at.problems.append(&mut unreadable);
    tolerate(notes, &mut looked_at.problems)?;
    looked_at.states(tx)?;
    let mut problems = looked_at.problems;
    let counts = [note::count(tx), card::count(tx), log::count_answers(tx)];
    let [notes, cards, reviews] =
        counts.map(|count| tolerate(count, &mut problems).map(Option::unwrap_or_default));
    let (notes, cards, reviews) = (notes?, cards?, reviews?);
    // what many things come upon is one thing
    let mut told = HashSet::new();
    problems.retain(|problem| told.insert(problem.clone()));
    Ok(CheckReport { ok: problems.is_empty(), notes, cards, reviews, problems, remarks: Vec::new() })
}

/// Settings that cannot be, and what looks as if a clock had been wrong.
pub(in crate::collection) fn remarks(tx: &Tx<'_>, today: Day) -> Result<Vec<String>> {
    // whoever flies westwards may be a day behind the last answer
    let found = tolerate(log::answers_after(tx, today.plus(1)), &mut Vec::new())?;
    let mut remarks = tolerate(setting::unknown(tx), &mut Vec::new())?.unwrap_or_default();
    if let Some((ahead, last)) = found.flatten() {
        let answers = text::count_verb(ahead, "answer is", "answers are");
        remarks.push(format!(
            "{answers} dated after today, up to {last}: a clock was wrong; matura reschedule brings cards back that are due too late"
        ));
    }
    Ok(remarks)
}

/// A value that cannot be read is a finding, not a failure of the check.
fn tolerate<T>(result: Result<T>, problems: &mut Vec<String>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind == Kind::Damaged => {
            problems.push(error.message);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// A card with what it asks, for people.
fn told(tx: &Tx<'_>, card: &Card) -> Result<String> {
    let stored = note::get(tx, card.note)?;
    let asks = stored.map(|stored| text::one_line(&stored.note.content.readable().prompt, 40));
    Ok(format!("card {} ({:?})", card.id, asks.unwrap_or_default()))
}

/// What was seen so far.
struct LookedAt {
    problems: Vec<String>,
    cards: HashMap<NoteId, Vec<Card>>,
    /// The cards whose notes can be read, with what their logs come to.
    known: HashMap<CardKey, (Card, Follower)>,
}

impl LookedAt {
    fn note(&mut self, stored: &Stored) {
        let guid = &stored.note.guid;
        let own = self.cards.remove(&stored.id).unwrap_or_default();
        let mut has: Vec<_> = own.iter().map(|card| card.slot).collect();
        has.sort_unstable();
        let slots = if stored.is_removed() { Ok(Vec::new()) } else { stored.note.content.slots() };
        match slots {
            Ok(mut should) => {
                should.sort_unstable();
                if has != should {
                    self.problems.push(format!("the cards of note {guid} are not those that it makes"));
                }
            }
            Err(invalid) => self.problems.push(format!("note {guid}: {}", invalid.message)),
        }
        if own.iter().any(|card| card.deck != stored.deck_id) {
            self.problems.push(format!("a card of note {guid} is in another deck than the note"));
        }
        if own.iter().any(|card| card.suspended != stored.suspended.contains(&card.slot)) {
            self.problems.push(format!(
                "a card of note {guid} is suspended and the note says no, or the other way round"
            ));
        }
        for card in own {
            let key = CardKey { guid: guid.clone(), slot: card.slot };
            self.known.insert(key, (card, Follower::default()));
        }
    }

    /// Compares what is stored with the replay of the log.
    fn states(&mut self, tx: &Tx<'_>) -> Result<()> {
        let mut unreadable: Vec<Unreadable> = Vec::new();
        let read = log::each(
            tx,
            |key, row| {
                if let Some((_, follower)) = self.known.get_mut(&key) {
                    follower.follow(&row);
                }
            },
            |row| unreadable.push(row),
        );
        let is_whole = tolerate(read, &mut self.problems)?.is_some();
        let mut damaged = HashSet::new();
        for Unreadable { n, card: (guid, slot), why } in unreadable {
            let key = slot.parse().ok().map(|slot| CardKey { guid: Guid::new(guid.as_str()), slot });
            let card = match key.as_ref().and_then(|key| self.known.get(key)) {
                Some((card, _)) => told(tx, card)?,
                None => format!("note {guid}, card {slot}"),
            };
            damaged.extend(key);
            self.problems.push(format!("row {n} of the log, of {card}, cannot be read: {why}"));
        }
        if !is_whole {
            return Ok(());
        }
        // nothing is known of what a row that cannot be read makes of its card
        self.known.retain(|key, _| !damaged.contains(key));
        let mut wrong = Vec::new();
        for (key, (card, follower)) in std::mem::take(&mut self.known) {
            let state = match follower.state() {
                Some(state) => state,
                None => replay(&mut log::of_card(tx, &key)?).state,
            };
            if state != card.state {
                wrong.push(card);
            }
        }
        wrong.sort_by_key(|card| card.id);
        for card in wrong {
            self.problems.push(format!("the schedule of {} is not what its log comes to", told(tx, &card)?));
        }
        Ok(())
    }
}
