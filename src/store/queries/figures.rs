//! Notes and cards as figures look at them: all of them, without what they say.

use std::collections::HashMap;
use std::ops::ControlFlow;

use foldhash::fast::RandomState;

use crate::error::Result;
use crate::model::{CardId, DeckId, Difficulty, Kind, NoteId, Slot};
use crate::store::Tx;
use crate::store::log::bad_value;

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
    /// The slots of its suspended cards, if there are any.
    pub suspended: Option<Box<[Slot]>>,
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

/// Every note in the order of local numbers, and the texts.
pub fn notes(tx: &Tx<'_>) -> Result<(Vec<NoteRow>, Vec<String>)> {
    let sql = "SELECT id, deck_id, kind, difficulty, level, tags, suspended FROM note ORDER BY id";
    let count: u32 = tx.first("SELECT count(*) FROM note", [], |row| row.get(0))?.unwrap_or(0);
    let mut notes = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    let mut texts = Texts::default();
    tx.each(sql, [], |row| {
        let mut text = |column: usize| -> rusqlite::Result<Option<u32>> {
            Ok(row.get_ref(column)?.as_str_or_null()?.and_then(|text| texts.place(text)))
        };
        let difficulty = match row.get_ref(3)?.as_str_or_null()? {
            Some(name) => {
                Some(name.parse().map_err(|()| bad_value(3, format!("{name:?} is no difficulty")))?)
            }
            None => None,
        };
        let kind = row.get_ref(2)?.as_str()?;
        notes.push(NoteRow {
            id: row.get(0)?,
            deck: row.get(1)?,
            kind: kind.parse().map_err(|()| bad_value(2, format!("{kind:?} is no kind of note")))?,
            difficulty,
            level: text(4)?,
            tags: text(5)?,
            suspended: row.get_ref(6)?.as_str_or_null()?.map(slots),
        });
        Ok(ControlFlow::Continue(()))
    })?;
    Ok((notes, texts.texts))
}

fn slots(text: &str) -> Box<[Slot]> {
    text.split_whitespace().filter_map(|slot| slot.parse().ok()).collect()
}

/// Hands over the local number of the note of every card, its slot and its own number, in the order of notes.
pub fn cards(tx: &Tx<'_>, mut take: impl FnMut(NoteId, Slot, CardId)) -> Result<()> {
    tx.each(CARDS, [], |row| {
        let slot = row.get_ref(1)?.as_str()?;
        let slot = slot.parse().map_err(|message: String| bad_value(1, message))?;
        take(row.get(0)?, slot, row.get(2)?);
        Ok(ControlFlow::Continue(()))
    })
}

/// All of it stands in the index that keeps cards apart.
const CARDS: &str = "SELECT note_id, slot, id FROM card ORDER BY note_id, slot";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, effort};

    #[test]
    fn cards_are_read_from_an_index_alone_and_never_sorted() {
        let plan = Store::in_memory().unwrap().read(|tx| Ok(effort::plan(tx, CARDS))).unwrap();
        assert_eq!(plan, ["SCAN card USING COVERING INDEX sqlite_autoindex_card_1"]);
    }
}
