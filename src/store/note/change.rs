//! Adding notes, and changing what they say and where they stand.

use rusqlite::params;

use super::RemovedBy;
use super::columns::Columns;
use crate::error::Result;
use crate::model::{Content, Day, DeckId, DeckName, Leech, Moment, NoteId, Slot};
use crate::store::Tx;

/// Who changed a note: a later word of the learner's holds against any of a bank's, on whatever device it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The learner, here or in Anki.
    Learner,
    /// A bank.
    Bank,
}

/// The times of a change at `?2`, which is later than those before it whatever the clock says. What is removed stays so, whatever
/// becomes of its deck.
const PLACED_BY_LEARNER: &str = "placed = 1, placed_at = max(?2, placed_at + 1), touched_at = iif(removed_at IS NULL, max(?2, touched_at + 1), touched_at)";
const PLACED_BY_BANK: &str = "placed_at = max(?2, placed_at + 1)";
const EDITED_BY_LEARNER: &str = "edited = 1, edited_at = max(?2, edited_at + 1), touched_at = iif(removed_at IS NULL, max(?2, touched_at + 1), touched_at)";
const EDITED_BY_BANK: &str = "edited_at = max(?2, edited_at + 1)";

/// Takes a note that cannot be read out of the collection, with its cards. What it said before and its log stay, so that it comes
/// back whole from wherever it is sound.
pub fn take_out(tx: &Tx<'_>, id: NoteId) -> Result<()> {
    for (table, column) in
        [("reworded", "note_id"), ("card", "note_id"), ("former_card", "note_id"), ("note", "id")]
    {
        tx.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [id])?;
    }
    Ok(())
}

/// Takes a note that was added in the same transaction away again, without a trace.
pub fn take_back(tx: &Tx<'_>, id: NoteId) -> Result<()> {
    tx.execute("DELETE FROM former_card WHERE note_id = ?1", [id])?;
    tx.execute("DELETE FROM note WHERE id = ?1", [id]).map(drop)
}

/// Removes a note, or brings it back. Its cards are not changed here.
pub fn set_removed(tx: &Tx<'_>, id: NoteId, by: Option<RemovedBy>, now: Moment) -> Result<()> {
    let sql = match by {
        Some(_) => "UPDATE note SET removed_at = max(?2, touched_at + 1), removed_by = ?3, withdrawn = ?4 WHERE id = ?1",
        None => "UPDATE note SET touched_at = max(?2, touched_at + 1, coalesce(removed_at, 0) + 1), removed_at = NULL,
            removed_by = ?3, withdrawn = ?4 WHERE id = ?1",
    };
    let withdrawn = by == Some(RemovedBy::Withdrawal);
    tx.execute(sql, params![id, now.ms, by.map(RemovedBy::name), withdrawn]).map(drop)
}

/// Replaces what a note says.
pub fn edit(tx: &Tx<'_>, id: NoteId, content: &Content, by: By, now: Moment) -> Result<()> {
    let columns = Columns::of(content)?;
    let times = if by == By::Learner { EDITED_BY_LEARNER } else { EDITED_BY_BANK };
    tx.execute(
        &format!(
            "UPDATE note SET {times}, kind = ?3, prompt = ?4, answer = ?5, detail = ?6, code = ?7, language = ?8,
            hint = ?9, explanation = ?10, mistakes = ?11, check_line = ?12, difficulty = ?13, level = ?14, tags = ?15,
            source = ?16, html = ?17 WHERE id = ?1"
        ),
        params![
            id, now.ms, columns.kind, columns.prompt, columns.answer, columns.detail, columns.code, columns.language,
            columns.hint, columns.explanation, columns.mistakes, columns.check, columns.difficulty, columns.level,
            columns.tags, columns.source, columns.html
        ],
    )
    .map(drop)
}

/// Moves a note to a deck and suspends the cards in these slots. Its cards are not changed here.
pub fn place(tx: &Tx<'_>, id: NoteId, deck: DeckId, suspended: &[Slot], by: By, now: Moment) -> Result<()> {
    let times = if by == By::Learner { PLACED_BY_LEARNER } else { PLACED_BY_BANK };
    let sql = format!("UPDATE note SET {times}, deck_id = ?3, suspended = ?4 WHERE id = ?1");
    tx.execute(&sql, params![id, now.ms, deck, joined(suspended)]).map(drop)
}

/// Says of the notes in these decks that they stand elsewhere since now: their decks have other names.
pub fn moved_with_decks(tx: &Tx<'_>, decks: &[DeckId], now: Moment) -> Result<()> {
    let sql = format!("UPDATE note SET {PLACED_BY_LEARNER} WHERE deck_id = ?1");
    decks.iter().try_for_each(|deck| tx.execute(&sql, params![deck, now.ms]).map(drop))
}

/// Marks a note, or takes the mark away.
pub fn mark(tx: &Tx<'_>, id: NoteId, marked: bool, now: Moment) -> Result<()> {
    let sql = format!("UPDATE note SET {PLACED_BY_LEARNER}, marked = ?3 WHERE id = ?1");
    tx.execute(&sql, params![id, now.ms, marked]).map(drop)
}

/// Remembers which cards of a note are leeches. It is part of a change by [`place`], which says when.
pub fn set_leeches(tx: &Tx<'_>, id: NoteId, leeches: &[Leech]) -> Result<()> {
    tx.execute("UPDATE note SET leeches = ?2 WHERE id = ?1", params![id, joined(leeches)]).map(drop)
}

/// Puts the cards in these slots off, and no others. That ends with the day and is no change of the note's place.
pub fn bury(tx: &Tx<'_>, id: NoteId, day: Day, slots: &[Slot]) -> Result<()> {
    let slots = joined(slots);
    let day = slots.as_ref().map(|_| day.number());
    tx.execute("UPDATE note SET buried_on = ?2, buried = ?3 WHERE id = ?1", params![id, day, slots]).map(drop)
}

/// Remembers what the bank calls a note and where it keeps it.
pub fn set_bank(tx: &Tx<'_>, id: NoteId, bank_id: Option<&str>, bank_deck: Option<&DeckName>) -> Result<()> {
    let sql = "UPDATE note SET bank_id = ?2, bank_deck = ?3 WHERE id = ?1";
    tx.execute(sql, params![id, bank_id, bank_deck.map(DeckName::as_str)]).map(drop)
}

/// Remembers what the bank of a note says of it; nothing if the note says the same.
pub fn set_bank_says(tx: &Tx<'_>, id: NoteId, says: Option<&str>) -> Result<()> {
    tx.execute("UPDATE note SET bank_says = ?2 WHERE id = ?1", params![id, says]).map(drop)
}

/// Remembers it.
pub fn set_said_there(tx: &Tx<'_>, id: NoteId, digest: &str) -> Result<()> {
    tx.execute("UPDATE note SET said_there = ?2 WHERE id = ?1", params![id, digest]).map(drop)
}

/// Remembers which cards of a note are suspended in Anki.
pub fn set_suspended_there(tx: &Tx<'_>, id: NoteId, slots: &[Slot]) -> Result<()> {
    let sql = "UPDATE note SET suspended_there = ?2 WHERE id = ?1 AND suspended_there IS NOT ?2";
    tx.execute(sql, params![id, joined(slots).unwrap_or_default()]).map(drop)
}

/// Words as a column holds them.
fn joined(words: &[impl ToString]) -> Option<String> {
    Some(words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        .filter(|words| !words.is_empty())
}
