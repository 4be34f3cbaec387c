//! The table of guids under which banks state a note since it was reworded.

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{Guid, NoteId};

/// The note that banks state under this guid.
pub fn note_of(tx: &Tx<'_>, guid: &Guid) -> Result<Option<NoteId>> {
    tx.first("SELECT note_id FROM reworded WHERE guid = ?1", [guid.as_str()], |row| row.get(0))
}

/// Remembers that banks state a note under another guid than its own.
pub fn add(tx: &Tx<'_>, guid: &Guid, note: NoteId) -> Result<()> {
    let sql = "INSERT INTO reworded (guid, note_id) VALUES (?1, ?2)
        ON CONFLICT (guid) DO UPDATE SET note_id = excluded.note_id";
    tx.execute(sql, params![guid.as_str(), note]).map(drop)
}

/// Whether no note was ever reworded.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM reworded LIMIT 1", [], |_| Ok(()))?.is_none())
}
