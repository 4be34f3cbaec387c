//! Whether the collection is sound.

use std::collections::HashMap;

use serde::Serialize;

use super::Collection;
use crate::error::{Kind, Result};
use crate::model::{CardKey, Guid, NoteId, State};
use crate::schedule::replay;
use crate::store::card::{self, Card};
use crate::store::note::Stored;
use crate::store::{Tx, integrity, log, note};

/// What a check found.
#[derive(Debug, Clone, Serialize)]
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
}

impl Collection {
    /// Runs SQLite's own checks, replays every card's log and compares the outcome with what is stored, and
    /// compares cards with their notes and totals with the cards.
    pub fn check(&mut self) -> Result<CheckReport> {
        self.read(|tx, _| {
            let mut problems = Vec::new();
            tolerate(integrity(tx), &mut problems)?
                .into_iter()
                .flatten()
                .for_each(|fault| problems.push(fault));
            let notes = tolerate(note::all(tx), &mut problems)?.unwrap_or_default();
            let cards = tolerate(card::all(tx), &mut problems)?.unwrap_or_default();
            check_notes(&notes, &cards, &mut problems);
            let states = check_states(tx, &notes, &cards, &mut problems);
            tolerate(states, &mut problems)?;
            Ok(CheckReport {
                ok: problems.is_empty(),
                notes: note::count(tx)?,
                cards: card::count(tx)?,
                reviews: log::count_answers(tx)?,
                problems,
            })
        })
    }
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

fn check_notes(notes: &[Stored], cards: &[Card], problems: &mut Vec<String>) {
    let mut by_note: HashMap<NoteId, Vec<&Card>> = HashMap::new();
    for card in cards {
        by_note.entry(card.note).or_default().push(card);
    }
    for stored in notes {
        let guid = &stored.note.guid;
        let own = by_note.get(&stored.id).map_or(&[][..], Vec::as_slice);
        match stored.note.content.slots() {
            Ok(slots) => {
                let mut has: Vec<_> = own.iter().map(|card| card.slot).collect();
                has.sort_unstable();
                let mut should = slots;
                should.sort_unstable();
                if has != should {
                    problems.push(format!("the cards of note {guid} are not those that it makes"));
                }
            }
            Err(invalid) => problems.push(format!("note {guid}: {}", invalid.message)),
        }
        if own.iter().any(|card| card.deck != stored.deck_id) {
            problems.push(format!("a card of note {guid} is in another deck than the note"));
        }
        if own.iter().any(|card| card.suspended != stored.suspended.contains(&card.slot)) {
            problems.push(format!(
                "a card of note {guid} is suspended and the note says no, or the other way round"
            ));
        }
    }
}

fn check_states(tx: &Tx<'_>, notes: &[Stored], cards: &[Card], problems: &mut Vec<String>) -> Result<()> {
    let guids: HashMap<NoteId, &Guid> = notes.iter().map(|note| (note.id, &note.note.guid)).collect();
    let mut stored: HashMap<CardKey, &Card> = cards
        .iter()
        .filter_map(|card| {
            guids.get(&card.note).map(|guid| (CardKey { guid: (*guid).clone(), slot: card.slot }, card))
        })
        .collect();
    let mut compare = |card: &Card, state: State| {
        if card.state != state {
            problems.push(format!("the schedule of card {} is not what its log comes to", card.id));
        }
    };
    log::each_card(tx, |key, mut rows| {
        if let Some(card) = stored.remove(&key) {
            compare(card, replay(&mut rows).state);
        }
        Ok(())
    })?;
    for card in stored.into_values() {
        compare(card, State::default());
    }
    Ok(())
}
