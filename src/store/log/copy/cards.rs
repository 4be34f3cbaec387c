//! The cards that the log knows, each by its place among them.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use super::part::Head;
use crate::error::{Error, Result};
use crate::model::{NoteId, Slot};
use crate::store::Tx;
use crate::store::packed::{damaged, each, slot, slot_code};

/// A card as a part names it. The number of a note never changes, and is found faster than its guid.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stated<T> {
    /// The number of its note; none of one that was not there.
    note: Option<NoteId>,
    /// The guid of a note that was not there.
    guid: T,
    /// As [`slot_code`] gives it.
    slot: u32,
}

impl Stated<String> {
    pub(super) fn new(note: Option<NoteId>, guid: &str, slot: Slot) -> Self {
        let guid = if note.is_none() { guid.to_owned() } else { String::new() };
        Self { note, guid, slot: slot_code(slot) }
    }
}

/// The cards that the log knows, each with its place among them.
#[derive(Debug, Default)]
pub struct Cards {
    /// In the order of notes.
    sorted: Vec<(NoteId, Slot, u32)>,
    added: HashMap<(NoteId, Slot), u32, RandomState>,
    /// Cards of notes that are not there.
    strangers: HashMap<(String, Slot), u32>,
}

impl Cards {
    /// Those of these parts.
    pub(super) fn of(tx: &Tx<'_>, parts: &[Head]) -> Result<Self> {
        let mut cards = Self::default();
        for part in parts {
            // most take five bytes
            cards.sorted.reserve(part.cards.len() / 5);
            for stated in each(&part.cards) {
                let Stated { note, guid, slot: code } = stated?;
                // it may have come meanwhile
                let note = note.map_or_else(|| note_of(tx, guid), |note| Ok(Some(note)))?;
                let (slot, place) = (slot(code)?, cards.next()?);
                match note {
                    Some(note) => cards.sorted.push((note, slot, place)),
                    None => drop(cards.strangers.insert((guid.to_owned(), slot), place)),
                }
            }
        }
        cards.sorted.sort_unstable();
        Ok(cards)
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.sorted.len() + self.added.len() + self.strangers.len()
    }

    fn next(&self) -> Result<u32> {
        u32::try_from(self.count()).map_err(|_| Error::internal("the log has more cards than can be counted"))
    }

    /// The note of each card, if it is there, in the order of notes, with the place of the card.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, Slot, u32)> {
        self.sorted.iter().copied()
    }

    /// The place of a card of a note, or of one that is not there.
    pub(super) fn place(&self, note: Option<NoteId>, guid: &str, slot: Slot) -> Option<u32> {
        let Some(note) = note else { return self.strangers.get(&(guid.to_owned(), slot)).copied() };
        let key = |card: &(NoteId, Slot, u32)| (card.0, card.1);
        match self.sorted.binary_search_by_key(&(note, slot), key) {
            Ok(at) => self.sorted.get(at).map(|card| card.2),
            Err(_) => self.added.get(&(note, slot)).copied(),
        }
    }

    pub(super) fn add(&mut self, note: Option<NoteId>, guid: &str, slot: Slot) -> Result<u32> {
        let place = self.next()?;
        match note {
            Some(note) => self.added.insert((note, slot), place),
            None => self.strangers.insert((guid.to_owned(), slot), place),
        };
        Ok(place)
    }

    /// Puts those that were added to the others.
    pub(super) fn settle(&mut self) {
        if !self.added.is_empty() {
            self.sorted.extend(self.added.drain().map(|((note, slot), place)| (note, slot, place)));
            self.sorted.sort_unstable();
        }
    }
}

/// The number of the note with a guid.
pub(super) fn note_of(tx: &Tx<'_>, guid: &str) -> Result<Option<NoteId>> {
    tx.first("SELECT id FROM note WHERE guid = ?1", [guid], |row| row.get(0))
}

/// The guids and slots of the cards that a part names.
pub(super) fn names(tx: &Tx<'_>, cards: &[u8]) -> Result<Vec<(String, u32)>> {
    let mut names = Vec::new();
    for stated in each(cards) {
        let Stated { note, guid, slot }: Stated<&str> = stated?;
        let guid = match note {
            Some(note) => tx.first("SELECT guid FROM note WHERE id = ?1", [note], |row| row.get(0))?,
            None => Some(guid.to_owned()),
        };
        names.push((guid.ok_or_else(damaged)?, slot));
    }
    Ok(names)
}
