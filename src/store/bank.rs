//! The table of banks: which notes came from the same one.

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{BankId, NoteId};

/// Adds a bank under the name of its file, with its format.
pub fn add(tx: &Tx<'_>, name: &str, format: &str) -> Result<BankId> {
    tx.insert("INSERT INTO bank (name, format) VALUES (?1, ?2)", [name, format])
}

/// The banks that were in one of these formats.
pub fn in_formats(tx: &Tx<'_>, formats: &[&str]) -> Result<Vec<BankId>> {
    let all = tx.all("SELECT id, format FROM bank WHERE format IS NOT NULL", [], |row| {
        Ok((row.get::<_, BankId>(0)?, row.get::<_, String>(1)?))
    })?;
    Ok(all.into_iter().filter(|(_, format)| formats.contains(&format.as_str())).map(|(id, _)| id).collect())
}

/// The name that its file had last.
pub fn name(tx: &Tx<'_>, id: BankId) -> Result<Option<String>> {
    tx.first("SELECT name FROM bank WHERE id = ?1", [id], |row| row.get(0))
}

/// Gives a bank the name that its file has now.
pub fn rename(tx: &Tx<'_>, id: BankId, name: &str) -> Result<()> {
    tx.execute("UPDATE bank SET name = ?2 WHERE id = ?1 AND name <> ?2", params![id, name]).map(drop)
}

const NOTES: &str = "SELECT id FROM note WHERE from_bank = ?1 AND removed_at IS NULL ORDER BY id";
const SIZE: &str = "SELECT count(*) FROM note WHERE from_bank = ?1 AND removed_at IS NULL";

/// The notes of a bank that stand, in the order in which they came.
pub fn notes(tx: &Tx<'_>, id: BankId) -> Result<Vec<NoteId>> {
    tx.all(NOTES, [id], |row| row.get(0))
}

/// How many notes of a bank stand.
pub fn size(tx: &Tx<'_>, id: BankId) -> Result<u64> {
    Ok(tx.first(SIZE, [id], |row| row.get::<_, i64>(0))?.and_then(|size| size.try_into().ok()).unwrap_or(0))
}

/// The notes of a bank that stand, have no id in it and were never answered, and that came later than a note (made at a
/// time in milliseconds since 1970) or have at least this local number.
pub fn unanswered(tx: &Tx<'_>, id: BankId, since: (i64, NoteId), first: NoteId) -> Result<Vec<NoteId>> {
    let sql = "SELECT id FROM note WHERE from_bank = ?1 AND removed_at IS NULL AND bank_id IS NULL
        AND ((created_at, id) > (?2, ?3) OR id >= ?4) AND NOT EXISTS (SELECT 1 FROM log WHERE log.guid = note.guid) ORDER BY id";
    tx.all(sql, params![id, since.0, since.1, first], |row| row.get(0))
}

/// Makes all notes of one bank notes of another, and forgets the one.
pub fn absorb(tx: &Tx<'_>, one: BankId, into: BankId) -> Result<()> {
    tx.execute("UPDATE note SET from_bank = ?2 WHERE from_bank = ?1", params![one, into])?;
    tx.execute("DELETE FROM bank WHERE id = ?1", [one]).map(drop)
}

/// Says of a note that it came from a bank.
pub fn set_of_note(tx: &Tx<'_>, note: NoteId, bank: BankId) -> Result<()> {
    tx.execute("UPDATE note SET from_bank = ?2 WHERE id = ?1", params![note, bank]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, effort};

    #[test]
    fn the_notes_of_a_bank_are_counted_and_listed_without_reading_them() {
        let mut store = Store::in_memory().unwrap();
        for sql in [NOTES, SIZE] {
            let plan = store.read(|tx| Ok(effort::plan(tx, sql))).unwrap();
            assert_eq!(
                plan,
                ["SEARCH note USING COVERING INDEX note_from_bank (from_bank=? AND removed_at=?)"]
            );
        }
    }
}
