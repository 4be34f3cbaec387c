//! The table of cards: a cache of what notes say and of the replay of the log.

use std::ops::Range;

use rusqlite::{Row, params};

use super::Tx;
use super::log::bad_value;
use crate::error::Result;
use crate::model::{CardId, Day, DeckId, Ease, NoteId, Slot, Standing, State};

/// A card as it stands in the collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Its local number.
    pub id: CardId,
    /// Its note.
    pub note: NoteId,
    /// Which card of the note.
    pub slot: Slot,
    /// The deck of its note.
    pub deck: DeckId,
    /// Whether it is asked at all.
    pub suspended: bool,
    /// Its schedule.
    pub state: State,
}

const SELECT: &str =
    "SELECT id, note_id, slot, deck_id, suspended, due, repetitions, ease, interval, lapses FROM card";

/// The card with this local number.
pub fn get(tx: &Tx<'_>, id: CardId) -> Result<Option<Card>> {
    tx.first(&format!("{SELECT} WHERE id = ?1"), [id], read)
}

/// The cards of a note, in the order in which they were made.
pub fn of_note(tx: &Tx<'_>, note: NoteId) -> Result<Vec<Card>> {
    tx.all(&format!("{SELECT} WHERE note_id = ?1 ORDER BY id"), [note], read)
}

/// Every card, note by note.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Card>> {
    tx.all(&format!("{SELECT} ORDER BY note_id, id"), [], read)
}

/// The cards of the notes with these local numbers, note by note.
pub fn of_notes(tx: &Tx<'_>, notes: Range<NoteId>) -> Result<Vec<Card>> {
    let sql = format!("{SELECT} WHERE note_id >= ?1 AND note_id < ?2 ORDER BY note_id, id");
    tx.all(&sql, [notes.start, notes.end], read)
}

/// How many cards there are.
pub fn count(tx: &Tx<'_>) -> Result<u32> {
    Ok(tx.first("SELECT count(*) FROM card", [], |row| row.get(0))?.unwrap_or(0))
}

/// Adds a card and gives its number; one that was there before has the number that it had.
pub fn insert(
    tx: &Tx<'_>,
    note: NoteId,
    slot: Slot,
    deck: DeckId,
    suspended: bool,
    state: State,
) -> Result<CardId> {
    tx.insert(
        "INSERT INTO card (id, note_id, slot, deck_id, suspended, due, repetitions, ease, interval, lapses)
            VALUES ((SELECT card_id FROM former_card WHERE note_id = ?1 AND slot = ?2),
                ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            note,
            slot.to_string(),
            deck,
            suspended,
            state.due.map(Day::number),
            state.repetitions,
            state.ease.get(),
            state.interval,
            state.lapses
        ],
    )
}

/// Adds the card in front for each of the notes that have these local numbers.
pub fn insert_fronts(tx: &Tx<'_>, notes: std::ops::Range<NoteId>) -> Result<()> {
    let state = State::default();
    tx.execute(
        "INSERT OR FAIL INTO card (note_id, slot, deck_id, suspended, repetitions, ease, interval, lapses)
            SELECT id, ?3, deck_id, 0, ?4, ?5, ?6, ?7 FROM note WHERE id >= ?1 AND id < ?2 ORDER BY id",
        params![
            notes.start,
            notes.end,
            Slot::Front.to_string(),
            state.repetitions,
            state.ease.get(),
            state.interval,
            state.lapses
        ],
    )
    .map(drop)
}

/// Stores the schedule of a card.
pub fn set_state(tx: &Tx<'_>, id: CardId, state: State) -> Result<()> {
    tx.execute(
        "UPDATE card SET due = ?2, repetitions = ?3, ease = ?4, interval = ?5, lapses = ?6 WHERE id = ?1",
        params![
            id,
            state.due.map(Day::number),
            state.repetitions,
            state.ease.get(),
            state.interval,
            state.lapses
        ],
    )
    .map(drop)
}

/// Stores where a card is and whether it is asked.
pub fn place(tx: &Tx<'_>, id: CardId, deck: DeckId, suspended: bool) -> Result<()> {
    tx.execute("UPDATE card SET deck_id = ?2, suspended = ?3 WHERE id = ?1", params![id, deck, suspended])
        .map(drop)
}

/// Takes a card away; its log stays.
pub fn delete(tx: &Tx<'_>, id: CardId) -> Result<()> {
    tx.execute("DELETE FROM card WHERE id = ?1", [id]).map(drop)
}

/// Takes the cards away of which a value cannot be read; says how many they were.
pub fn delete_unreadable(tx: &Tx<'_>) -> Result<usize> {
    let mut unreadable = Vec::new();
    tx.each(SELECT, [], |row| {
        if read(row).is_err() {
            unreadable.push(row.get::<_, CardId>(0)?);
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    for id in &unreadable {
        delete(tx, *id)?;
        // nobody knows of which card it was the number
        tx.execute("DELETE FROM former_card WHERE card_id = ?1", [id])?;
    }
    Ok(unreadable.len())
}

/// What the cards of one note add to the totals of its deck.
pub fn standing(cards: &[Card]) -> Standing {
    Standing::of(cards.iter().map(|card| (card.state.due, card.suspended)))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Card> {
    let slot = row.get_ref(2)?.as_str()?.parse().map_err(|message: String| bad_value(2, message))?;
    Ok(Card {
        id: row.get(0)?,
        note: row.get(1)?,
        slot,
        deck: row.get(3)?,
        suspended: row.get(4)?,
        state: State {
            due: row.get::<_, Option<i32>>(5)?.map(Day::new),
            repetitions: row.get(6)?,
            ease: Ease::thousandths(row.get(7)?),
            interval: row.get(8)?,
            lapses: row.get(9)?,
        },
    })
}
