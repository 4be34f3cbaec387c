//! The list of notes.

use std::collections::HashMap;

use serde::Serialize;

use super::{Collection, steps};
use crate::error::Result;
use crate::model::{CardId, Day, NoteId};
use crate::query::Query;
use crate::store::card::{self, Card};
use crate::store::note::{self, Stored};

/// A note in a list.
#[derive(Debug, Clone, Serialize)]
pub struct NoteLine {
    /// Its guid.
    pub note: String,
    /// Its deck.
    pub deck: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its prompt, as a person reads it.
    pub prompt: String,
    /// Its tags, `leech` too.
    pub tags: Vec<String>,
    /// Whether the learner marked it.
    pub marked: bool,
    /// Its cards.
    pub cards: Vec<CardLine>,
}

/// A card in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CardLine {
    /// Its local number.
    pub card: CardId,
    /// Which card of the note.
    pub slot: String,
    /// `new`, `young`, `mature` or `suspended`.
    pub state: &'static str,
    /// Whether it is put off until the next study day.
    pub buried: bool,
    /// The study day on which it comes next.
    pub due: Option<String>,
    /// Days.
    pub interval: u32,
    /// Thousandths.
    pub ease: u32,
    /// Answers of grade 3 or more in a row.
    pub repetitions: u32,
    /// How often it was forgotten.
    pub lapses: u32,
}

impl NoteLine {
    pub(super) fn of(stored: &Stored, cards: &[Card], today: Day) -> Self {
        let content = &stored.note.content;
        Self {
            note: stored.note.guid.to_string(),
            deck: stored.note.deck.to_string(),
            kind: content.kind().name(),
            prompt: content.readable().prompt.clone(),
            tags: stored.note.tags().iter().map(str::to_owned).collect(),
            marked: stored.note.marked,
            cards: cards.iter().map(|card| CardLine::of(stored, card, today)).collect(),
        }
    }
}

impl CardLine {
    fn of(stored: &Stored, card: &Card, today: Day) -> Self {
        let state = card.state;
        Self {
            card: card.id,
            slot: card.slot.to_string(),
            state: if card.suspended { "suspended" } else { state.name() },
            buried: steps::is_buried(stored, card.slot, today),
            due: state.due.map(|day| day.to_string()),
            interval: state.interval,
            ease: state.ease.get(),
            repetitions: state.repetitions,
            lapses: state.lapses,
        }
    }
}

impl Collection {
    /// The notes with a card that fits a query, each with those of its cards that do, in the order in which they came.
    pub fn list(&mut self, query: &Query) -> Result<Vec<NoteLine>> {
        self.read(|tx, context| {
            let today = context.now.day;
            if *query == Query::EVERYTHING {
                let mut cards: HashMap<NoteId, Vec<Card>> = HashMap::new();
                for card in card::all(tx)? {
                    cards.entry(card.note).or_default().push(card);
                }
                let line =
                    |note: &Stored| NoteLine::of(note, cards.get(&note.id).map_or(&[], Vec::as_slice), today);
                return Ok(note::all(tx)?.iter().map(line).collect());
            }
            let found = steps::search(tx, context, query)?;
            let mut lines = Vec::new();
            for of_note in found.chunk_by(|(one, _), (other, _)| one == other) {
                let Some((id, _)) = of_note.first() else { continue };
                let Some(stored) = note::get(tx, *id)? else { continue };
                let mut cards = card::of_note(tx, *id)?;
                cards.retain(|card| of_note.iter().any(|(_, found)| *found == card.id));
                lines.push(NoteLine::of(&stored, &cards, today));
            }
            Ok(lines)
        })
    }
}
