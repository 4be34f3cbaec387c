//! Notes and cards as figures look at them: all of them, without what they say.

pub mod copy;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::ControlFlow;

use foldhash::fast::RandomState;
use rusqlite::Row;

use crate::error::Result;
use crate::model::{CardId, DeckId, Difficulty, Kind, NoteId, Slot};
use crate::store::Tx;
use crate::store::log::bad_value;
use copy::NoteCopy;

/// A note, one that was removed too: what was answered to it stays answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRow {
    /// Its local number.
    pub id: NoteId,
    /// Its deck.
    pub deck: DeckId,
    /// Its kind.
    pub kind: Kind,
    /// How hard its author calls it.
    pub difficulty: Option<Difficulty>,
    /// Its level, by its place among the texts.
    pub level: Option<u32>,
    /// Its tags, separated by blanks, likewise.
    pub tags: Option<u32>,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// Its local number.
    pub id: CardId,
    /// The place of its note among the notes.
    pub note: usize,
    /// Which card of the note.
    pub slot: Slot,
    /// Whether it is asked at all.
    pub suspended: bool,
}

/// All notes and cards.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The notes in the order of their numbers.
    pub rows: Vec<NoteRow>,
    /// The cards in the order of notes and slots.
    pub cards: Vec<CardRow>,
    /// Texts that many notes share.
    pub texts: Vec<String>,
}

impl Notes {
    /// Reads them, from their copy if there is one; else with a copy that is worth keeping, if it is.
    pub fn read(tx: &Tx<'_>) -> Result<(Self, Option<NoteCopy>)> {
        if let Some(copy) = NoteCopy::stored(tx)? {
            return Ok((copy.unpacked()?, None));
        }
        let notes = Self::walk(tx)?;
        let copy = notes.is_worth_a_copy().then(|| NoteCopy::of(&notes)).transpose()?;
        Ok((notes, copy))
    }

    /// Reads them row by row.
    fn walk(tx: &Tx<'_>) -> Result<Self> {
        let mut notes = Self::default();
        let mut texts = Texts::default();
        let mut suspended: Vec<(usize, Vec<Slot>)> = Vec::new();
        tx.each(NOTES, [], |row| {
            if let Some(slots) = row.get_ref(6)?.as_str_or_null()? {
                let slots = slots.split_whitespace().filter_map(|slot| slot.parse().ok()).collect();
                suspended.push((notes.rows.len(), slots));
            }
            notes.rows.push(note(row, &mut texts)?);
            Ok(ControlFlow::Continue(()))
        })?;
        // all three come in the order of notes
        let mut rest = notes.rows.iter().enumerate().peekable();
        let mut suspended = suspended.iter().peekable();
        tx.each(CARDS, [], |row| {
            let of: NoteId = row.get(0)?;
            while rest.next_if(|(_, note)| note.id < of).is_some() {}
            let Some((place, _)) = rest.peek().filter(|(_, note)| note.id == of) else {
                return Ok(ControlFlow::Continue(()));
            };
            while suspended.next_if(|(note, _)| note < place).is_some() {}
            let slot = row.get_ref(1)?.as_str()?;
            let slot = slot.parse().map_err(|message: String| bad_value(1, message))?;
            let slots = suspended.peek().filter(|(note, _)| note == place);
            let suspended = slots.is_some_and(|(_, slots)| slots.contains(&slot));
            notes.cards.push(CardRow { id: row.get(2)?, note: *place, slot, suspended });
            Ok(ControlFlow::Continue(()))
        })?;
        notes.texts = texts.texts;
        Ok(notes)
    }
}

const NOTES: &str = "SELECT id, deck_id, kind, difficulty, level, tags, suspended FROM note ORDER BY id";

/// All of it stands in the index that keeps cards apart.
const CARDS: &str = "SELECT note_id, slot, id FROM card ORDER BY note_id, slot";

fn note(row: &Row<'_>, texts: &mut Texts) -> rusqlite::Result<NoteRow> {
    let mut text = |column: usize| -> rusqlite::Result<Option<u32>> {
        Ok(row.get_ref(column)?.as_str_or_null()?.and_then(|text| texts.place(text)))
    };
    let difficulty = match row.get_ref(3)?.as_str_or_null()? {
        Some(name) => Some(name.parse().map_err(|()| bad_value(3, format!("{name:?} is no difficulty")))?),
        None => None,
    };
    let kind = row.get_ref(2)?.as_str()?;
    Ok(NoteRow {
        id: row.get(0)?,
        deck: row.get(1)?,
        kind: kind.parse().map_err(|()| bad_value(2, format!("{kind:?} is no kind of note")))?,
        difficulty,
        level: text(4)?,
        tags: text(5)?,
    })
}

/// Texts that many notes share.
#[derive(Debug, Default)]
struct Texts {
    texts: Vec<String>,
    places: HashMap<String, u32, RandomState>,
}

impl Texts {
    fn place(&mut self, text: &str) -> Option<u32> {
        if let Some(place) = self.places.get(text) {
            return Some(*place);
        }
        let place = u32::try_from(self.texts.len()).ok()?;
        self.places.insert(text.to_owned(), place);
        self.texts.push(text.to_owned());
        Some(place)
    }
}
