//! Adding notes, and knowing those again that are there as a bank states them.

use std::sync::LazyLock;

use rusqlite::types::{ToSqlOutput, ValueRef};

use super::columns::{CONTENT, Columns};
use crate::error::Result;
use crate::model::{BankId, Content, DeckId, DeckName, Guid, Moment, NoteId};
use crate::store::Tx;

/// A new note: what it says, where it comes from and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Who it is.
    pub guid: &'a Guid,
    /// What it says.
    pub content: &'a Content,
    /// Its deck.
    pub deck: DeckId,
    /// The id that its bank gives it.
    pub bank_id: Option<&'a str>,
    /// The deck that its bank states.
    pub bank_deck: Option<&'a DeckName>,
    /// Whether the learner marked it.
    pub marked: bool,
}

/// Columns that not every note fills: these two, what it says, and the mark.
const OPTIONAL: usize = CONTENT.len() + 3;

fn optional() -> impl Iterator<Item = &'static str> {
    ["bank_id", "bank_deck"].into_iter().chain(CONTENT).chain(["marked"])
}

/// Adds notes of one bank, or of none, under the local numbers from `first` on. Their cards are not made here.
///
/// SQLite takes many rows in one statement in half the time that it needs for them one by one; as the transaction
/// fails with it anyway, the statement need not keep what it would take to undo its first rows. Columns that none of the notes
/// fills are left out: most notes fill a third of them.
pub fn insert(
    tx: &Tx<'_>,
    first: NoteId,
    notes: &[Arrival<'_>],
    from_bank: Option<BankId>,
    now: Moment,
) -> Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    let columns = notes.iter().map(|note| Columns::of(note.content)).collect::<Result<Vec<_>>>()?;
    let of_note = |(note, columns)| values(note, columns);
    let values: Vec<_> = notes.iter().zip(&columns).map(of_note).collect();
    let is_filled: Vec<bool> = (0..OPTIONAL)
        .map(|place| values.iter().any(|note| note.get(place).is_some_and(|value| !is_default(*value))))
        .collect();
    let filled: Vec<&str> =
        optional().zip(&is_filled).filter(|(_, is_filled)| **is_filled).map(|(name, _)| name).collect();
    let row = format!("(?1,?1,?1,?2{})", ",?".repeat(3 + filled.len()));
    let sql = format!(
        "INSERT OR FAIL INTO note (created_at, edited_at, placed_at, from_bank, id, guid, deck_id, {}) VALUES {}",
        filled.join(","),
        vec![row; notes.len()].join(",")
    );
    tx.execute_bound(&sql, |row| {
        row.push(now.ms)?;
        row.push(from_bank)?;
        for ((note, values), id) in notes.iter().zip(&values).zip(first..) {
            row.push(id)?;
            row.push(note.guid.as_str())?;
            row.push(note.deck)?;
            for (value, _) in values.iter().zip(&is_filled).filter(|(_, is_filled)| **is_filled) {
                row.push(ToSqlOutput::Borrowed(*value))?;
            }
        }
        Ok(())
    })
}

/// Whether the table has it where nothing is said.
fn is_default(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Null | ValueRef::Integer(0))
}

/// In the order of [`optional`].
fn values<'v>(note: &Arrival<'v>, columns: &'v Columns<'_>) -> [ValueRef<'v>; OPTIONAL] {
    let text = |text: Option<&'v str>| text.map_or(ValueRef::Null, ValueRef::from);
    let mut values = [ValueRef::Integer(i64::from(note.marked)); OPTIONAL];
    let before = [text(note.bank_id), text(note.bank_deck.map(DeckName::as_str))];
    for (value, filled) in values.iter_mut().zip(before.into_iter().chain(columns.values())) {
        *value = filled;
    }
    values
}

/// A note that stands and of which a bank says what it said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unchanged {
    /// Its local number.
    pub id: NoteId,
    /// Its deck.
    pub deck: DeckId,
    /// The bank that brought it.
    pub from_bank: Option<BankId>,
}

static UNCHANGED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT id, deck_id, from_bank, {} FROM note WHERE guid = ?1 AND removed_at IS NULL AND bank_says IS NULL",
        optional().collect::<Vec<_>>().join(", ")
    )
});

/// The note that a bank states, if it stands and its columns hold what the bank says of it, to the letter; its deck and its mark
/// are the learner's.
pub fn unchanged(tx: &Tx<'_>, stated: &Arrival<'_>) -> Result<Option<Unchanged>> {
    let columns = Columns::of(stated.content)?;
    let values = values(stated, &columns);
    let found = tx.first(&UNCHANGED, [stated.guid.as_str()], |row| {
        for (place, (value, name)) in values.iter().zip(optional()).enumerate() {
            if row.get_ref(3 + place)? != *value && name != "marked" {
                return Ok(None);
            }
        }
        Ok(Some(Unchanged { id: row.get(0)?, deck: row.get(1)?, from_bank: row.get(2)? }))
    })?;
    Ok(found.flatten())
}
