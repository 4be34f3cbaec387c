//! The table of decks.

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{DeckId, DeckName};
use crate::text;

/// A deck with its local number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// Its local number.
    pub id: DeckId,
    /// Its name.
    pub name: DeckName,
}

/// Every deck, in the order of names.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Deck>> {
    let mut decks = tx.all("SELECT id, name FROM deck", [], |row| {
        Ok(Deck { id: row.get(0)?, name: DeckName::kept(row.get(1)?) })
    })?;
    decks.sort_by_cached_key(|deck| deck.name.levels().map(text::fold).collect::<Vec<_>>());
    Ok(decks)
}

/// The deck of this name; it is made, with those above it, if there is none.
pub fn ensure(tx: &Tx<'_>, name: &DeckName) -> Result<DeckId> {
    let key = name.folded();
    if let Some(id) = tx.first("SELECT id FROM deck WHERE key = ?1", [&key], |row| row.get(0))? {
        return Ok(id);
    }
    if let Some(parent) = name.parent() {
        ensure(tx, &parent)?;
    }
    tx.insert("INSERT INTO deck (name, key) VALUES (?1, ?2)", params![name.as_str(), key])
}

/// Removes the deck of this name if it holds no note, not even one that was removed, and no deck is below it.
pub fn remove_if_empty(tx: &Tx<'_>, name: &DeckName) -> Result<()> {
    let sql = "DELETE FROM deck WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM note WHERE deck_id = deck.id)
        AND NOT EXISTS (SELECT 1 FROM deck AS below WHERE substr(below.key, 1, length(?1) + 2) = ?1 || '::')";
    tx.execute(sql, [name.folded()]).map(drop)
}
