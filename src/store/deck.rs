//! The table of decks.

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{DeckId, DeckName, Moment};
use crate::text;

/// A deck with its local number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// Its local number.
    pub id: DeckId,
    /// Its name.
    pub name: DeckName,
}

/// Every deck that stands, in the order of names.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Deck>> {
    select(tx, "SELECT id, name FROM deck WHERE removed = 0")
}

/// Every deck, with those that were removed.
pub fn ever(tx: &Tx<'_>) -> Result<Vec<Deck>> {
    select(tx, "SELECT id, name FROM deck")
}

fn select(tx: &Tx<'_>, sql: &str) -> Result<Vec<Deck>> {
    let mut decks = tx.all(sql, [], |row| Ok(Deck { id: row.get(0)?, name: DeckName::kept(row.get(1)?) }))?;
    decks.sort_by_cached_key(|deck| deck.name.levels().map(text::fold).collect::<Vec<_>>());
    Ok(decks)
}

/// The deck of this name; it is made, with those above it, if there is none.
pub fn ensure(tx: &Tx<'_>, name: &DeckName) -> Result<DeckId> {
    let key = name.folded();
    let found = tx
        .first("SELECT id, removed FROM deck WHERE key = ?1", [&key], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some((id, false)) = found {
        return Ok(id);
    }
    if let Some(parent) = name.parent() {
        ensure(tx, &parent)?;
    }
    if let Some((id, _)) = found {
        // limits that other devices gave a deck that was gone here
        tx.execute("DELETE FROM deck_setting WHERE deck_id = ?1", [id])?;
        tx.execute("UPDATE deck SET name = ?2, removed = 0 WHERE id = ?1", params![id, name.as_str()])?;
        return Ok(id);
    }
    tx.insert("INSERT INTO deck (name, key) VALUES (?1, ?2)", params![name.as_str(), key])
}

/// Removes the deck of this name if it holds no note, not even one that was removed, and no deck is below it.
pub fn remove_if_empty(tx: &Tx<'_>, name: &DeckName) -> Result<()> {
    let sql = "DELETE FROM deck WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM note WHERE deck_id = deck.id)
        AND NOT EXISTS (SELECT 1 FROM deck AS below WHERE substr(below.key, 1, length(?1) + 2) = ?1 || '::')";
    tx.execute(sql, [name.folded()]).map(drop)
}

/// Gives a deck another name, which no deck that stands may have.
pub fn rename(tx: &Tx<'_>, id: DeckId, name: &DeckName, now: Moment) -> Result<()> {
    let key = name.folded();
    // notes that were removed with a deck of that name come back to this one
    let gone = tx.first("SELECT id FROM deck WHERE key = ?1 AND removed = 1", [&key], |row| row.get(0))?;
    if let Some(gone) = gone.filter(|gone: &DeckId| *gone != id) {
        tx.execute("UPDATE note SET deck_id = ?2 WHERE deck_id = ?1", params![gone, id])?;
        tx.execute("DELETE FROM deck_setting WHERE deck_id = ?1", [gone])?;
        tx.execute("DELETE FROM deck WHERE id = ?1", [gone])?;
    }
    let sql = "UPDATE deck SET name = ?2, key = ?3, named_at = max(?4, named_at + 1) WHERE id = ?1";
    tx.execute(sql, params![id, name.as_str(), key, now.ms]).map(drop)
}

/// Removes a deck, whose notes are removed already. Its limits go, its row stays for their sake.
pub fn remove(tx: &Tx<'_>, id: DeckId) -> Result<()> {
    tx.execute("DELETE FROM deck_setting WHERE deck_id = ?1", [id])?;
    tx.execute("UPDATE deck SET removed = 1 WHERE id = ?1", [id]).map(drop)
}
