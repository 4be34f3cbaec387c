//! Looking whether a collection is sound.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::error::{Kind, Result};
use crate::model::{CardKey, Day, Guid, NoteId, State};
use crate::schedule::replay;
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

/// That a card has another state than its log comes to.
fn differs(card: &Card, asks: &str, replayed: State) -> Option<String> {
    (card.state != replayed)
        .then(|| format!("the schedule of card {} ({asks:?}) is not what its log comes to", card.id))
}

/// What was seen so far.
struct LookedAt {
    problems: Vec<String>,
    cards: HashMap<NoteId, Vec<Card>>,
    /// The cards whose notes can be read, with what they ask.
    known: HashMap<CardKey, (Card, String)>,
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
        let asks = text::one_line(&stored.note.content.readable().prompt, 40);
        for card in own {
            self.known.insert(CardKey { guid: guid.clone(), slot: card.slot }, (card, asks.clone()));
        }
    }

    /// Compares what is stored with the replay of the log.
    fn states(&mut self, tx: &Tx<'_>) -> Result<()> {
        let mut unreadable: Vec<Unreadable> = Vec::new();
        let read = log::each_readable(
            tx,
            |key, mut rows| {
                if let Some((card, asks)) = self.known.remove(&key) {
                    self.problems.extend(differs(&card, &asks, replay(&mut rows).state));
                }
                Ok(())
            },
            |row| unreadable.push(row),
        );
        let is_whole = tolerate(read, &mut self.problems)?.is_some();
        let mut damaged = HashSet::new();
        for Unreadable { n, card: (guid, slot), why } in unreadable {
            let key = slot.parse().ok().map(|slot| CardKey { guid: Guid::new(guid.as_str()), slot });
            let card = match key.as_ref().and_then(|key| self.known.get(key)) {
                Some((card, asks)) => format!("card {} ({asks:?})", card.id),
                None => format!("note {guid}, card {slot}"),
            };
            damaged.extend(key);
            self.problems.push(format!("row {n} of the log, of {card}, cannot be read: {why}"));
        }
        // nothing is known of what a row that cannot be read makes of its card
        self.known.retain(|key, _| !damaged.contains(key));
        let mut without_log: Vec<(Card, String)> = std::mem::take(&mut self.known).into_values().collect();
        without_log.sort_by_key(|(card, _)| card.id);
        self.problems.extend(
            without_log
                .into_iter()
                .filter(|_| is_whole)
                .filter_map(|(card, asks)| differs(&card, &asks, State::default())),
        );
        Ok(())
    }
}
