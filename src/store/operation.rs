//! The tables of what was done here, and of how the rows that it changed were before.

mod was;

use rusqlite::{Row, params};

pub use was::{Undoing, undo_decks, undo_rows};

use super::log::bad_value;
use super::{Tx, note};
use crate::error::{Error, Result};
use crate::model::{Act, CardKey, Day, Guid, Moment, NoteId, OperationId, RowId};

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its local number: a later one has a greater.
    pub id: OperationId,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The study day.
    pub day: Day,
    /// What.
    pub act: Act,
    /// To what, for people.
    pub about: String,
    /// Notes that it changed or added.
    pub notes: u32,
    /// Its rows of the log come behind so many.
    pub log_before: i64,
    /// The last of them.
    pub log_after: i64,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// Whether what it takes to take it back is still there.
    pub is_kept: bool,
}

/// Study days for which rows are kept as they were.
const KEPT_DAYS: u32 = 7;

/// Begins an operation: from here to [`end`] the rows that change are kept as they were.
pub fn begin(tx: &Tx<'_>, act: Act, now: Moment) -> Result<OperationId> {
    forget(tx, now.day)?;
    let sql = "INSERT INTO operation (at, day, act, log_before, first_note)
        VALUES (?1, ?2, ?3, (SELECT coalesce(max(n), 0) FROM log), ?4)";
    tx.insert(sql, params![now.ms, now.day.number(), act.name(), note::next_id(tx)?])
}

/// Forgets how rows were before the operations of earlier days.
fn forget(tx: &Tx<'_>, today: Day) -> Result<()> {
    let sql = "DELETE FROM operation_was WHERE operation_id IN (SELECT id FROM operation WHERE day < ?1)";
    tx.execute(sql, [today.minus(KEPT_DAYS).number()]).map(drop)
}

/// Notes that the collection as a whole became another.
pub fn add_whole(tx: &Tx<'_>, act: Act, about: &str, now: Moment) -> Result<()> {
    let sql = "INSERT INTO operation (at, day, act, about, log_before, log_after, first_note, next_note)
        SELECT ?1, ?2, ?3, ?4, coalesce(max(n), 0), coalesce(max(n), 0), ?5, ?5 FROM log";
    tx.execute(sql, params![now.ms, now.day.number(), act.name(), about, note::next_id(tx)?]).map(drop)
}

/// Says what the operation that goes on is done to, where that is not said by the first of its notes.
pub fn tell(tx: &Tx<'_>, about: &str) -> Result<()> {
    tx.execute("UPDATE operation SET about = ?1 WHERE log_after IS NULL", [about]).map(drop)
}

/// Ends an operation; says whether anything was changed. If not, nothing tells of it.
pub fn end(tx: &Tx<'_>, id: OperationId) -> Result<bool> {
    let sql = "UPDATE operation SET log_after = (SELECT coalesce(max(n), 0) FROM log), next_note = ?2,
            notes = ?2 - first_note
                + (SELECT count(*) FROM operation_was WHERE operation_id = ?1 AND what = 'note')
        WHERE id = ?1";
    tx.execute(sql, params![id, note::next_id(tx)?])?;
    let sql = "DELETE FROM operation WHERE id = ?1 AND notes = 0 AND log_after = log_before
        AND NOT EXISTS (SELECT 1 FROM operation_was WHERE operation_id = ?1)";
    if tx.execute(sql, [id])? > 0 {
        return Ok(false);
    }
    let sql = "UPDATE operation SET about = ?2 WHERE id = ?1 AND about = ''";
    tx.execute(sql, params![id, first_prompt(tx, id)?])?;
    Ok(true)
}

/// What the first note asks that an operation touched.
fn first_prompt(tx: &Tx<'_>, id: OperationId) -> Result<String> {
    let sql = "SELECT coalesce(
            (SELECT min(CAST(key AS INTEGER)) FROM operation_was WHERE operation_id = ?1 AND what = 'note'),
            (SELECT note.id FROM log JOIN note USING (guid) WHERE n > log_before AND n <= log_after ORDER BY n LIMIT 1),
            first_note)
        FROM operation WHERE id = ?1";
    let first: Option<NoteId> = tx.first(sql, [id], |row| row.get(0))?;
    let stored = first.map(|note| note::get(tx, note)).transpose()?.flatten();
    Ok(stored.map(|stored| stored.note.content.readable().prompt.clone()).unwrap_or_default())
}

const SELECT: &str =
    "SELECT id, at, day, act, about, notes, log_before, log_after, undone_at IS NOT NULL, day >= ?1
    FROM operation";

/// The operation that was done last and still stands.
pub fn last(tx: &Tx<'_>, today: Day) -> Result<Option<Operation>> {
    let sql = format!("{SELECT} WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1");
    tx.first(&sql, [today.minus(KEPT_DAYS).number()], read)
}

/// The operations that were done last, so many at most, the last first.
pub fn recent(tx: &Tx<'_>, today: Day, most: u32) -> Result<Vec<Operation>> {
    let sql = format!("{SELECT} ORDER BY id DESC LIMIT ?2");
    tx.all(&sql, params![today.minus(KEPT_DAYS).number(), most], read)
}

/// When the collection was last made that of an earlier state, in milliseconds since 1970, and the name of the file that was brought
/// back; none if it never was.
pub fn last_restored(tx: &Tx<'_>) -> Result<Option<(i64, String)>> {
    let sql = "SELECT at, about FROM operation WHERE act = ?1 ORDER BY id DESC LIMIT 1";
    tx.first(sql, [Act::Restore.name()], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Operation> {
    let act = row.get_ref(3)?.as_str()?.parse().map_err(|message: String| bad_value(3, message))?;
    Ok(Operation {
        id: row.get(0)?,
        at: row.get(1)?,
        day: Day::new(row.get(2)?),
        act,
        about: row.get(4)?,
        notes: row.get(5)?,
        log_before: row.get(6)?,
        log_after: row.get(7)?,
        is_undone: row.get(8)?,
        is_kept: row.get(9)?,
    })
}

/// That what was kept of a row can be read, and names a row.
const IS_KNOWN: &str = "is_text(what, key, was) AND (was IS NULL OR json_valid(was)) AND CASE what
    WHEN 'note' THEN was IS NOT NULL AND key = CAST(CAST(key AS INTEGER) AS TEXT)
    WHEN 'bank' THEN was IS NOT NULL AND key = CAST(CAST(key AS INTEGER) AS TEXT)
    WHEN 'deck' THEN key = CAST(CAST(key AS INTEGER) AS TEXT)
    WHEN 'deck_setting' THEN was IS NOT NULL AND json_valid(key) AND json_type(key, '$[0]') = 'integer'
    WHEN 'scope' THEN json_valid(key) WHEN 'reworded' THEN 1 ELSE 0 END";

/// Operations that cannot be told or taken back.
pub fn faults(tx: &Tx<'_>) -> Result<Vec<(OperationId, String)>> {
    let known = Act::ALL.map(|act| format!("'{}'", act.name())).join(", ");
    let sql = format!(
        "SELECT id FROM operation AS o WHERE act NOT IN ({known}) OR log_after IS NULL OR log_after < log_before
            OR next_note IS NULL OR next_note < first_note
            OR next_note > 1 + (SELECT coalesce(max(id), 0) FROM note)
            OR first_note < (SELECT max(next_note) FROM operation AS earlier WHERE earlier.id < o.id)
            OR day NOT BETWEEN -2000000 AND 2000000
            OR NOT is_text(about) OR EXISTS (SELECT 1 FROM operation_was WHERE operation_id = o.id AND NOT ({IS_KNOWN}))
            ORDER BY id"
    );
    let ids = tx.all(&sql, [], |row| row.get::<_, OperationId>(0))?;
    Ok(ids.into_iter().map(|id| (id, format!("operation {id} cannot be told or taken back"))).collect())
}

/// Forgets them, and what was done before them: it could not be taken back rightly any more. Says what that was.
pub fn forget_faulty(tx: &Tx<'_>) -> Result<Option<String>> {
    let faulty: Vec<OperationId> = faults(tx)?.into_iter().map(|(id, _)| id).collect();
    let Some(last) = faulty.last() else { return Ok(None) };
    tx.execute("DELETE FROM operation_was WHERE operation_id <= ?1", [last])?;
    // behind which past the collection began is known for ever
    let sql =
        "DELETE FROM operation WHERE id <= ?1 AND (act <> ?2 OR id IN (SELECT value FROM json_each(?3)))";
    let faulty = serde_json::to_string(&faulty).map_err(|cause| Error::internal(cause.to_string()))?;
    tx.execute(sql, params![last, Act::Restore.name(), faulty])?;
    Ok(Some(format!("what was done up to operation {last} cannot be taken back any more")))
}

/// Says of an operation that it was taken back; how its rows were is not needed any more.
pub fn set_undone(tx: &Tx<'_>, id: OperationId, now: Moment) -> Result<()> {
    tx.execute("UPDATE operation SET undone_at = ?2 WHERE id = ?1", params![id, now.ms])?;
    tx.execute("DELETE FROM operation_was WHERE operation_id = ?1", [id]).map(drop)
}

/// The rows that an operation wrote into the log and that still count, with their cards.
pub fn log_rows(tx: &Tx<'_>, operation: &Operation) -> Result<Vec<(CardKey, RowId)>> {
    let sql = "SELECT guid, slot, id FROM log WHERE n > ?1 AND n <= ?2 AND kind <> 'retract'
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) ORDER BY n";
    tx.all(sql, [operation.log_before, operation.log_after], |row| {
        let slot = row.get_ref(1)?.as_str()?.parse().map_err(|message: String| bad_value(1, message))?;
        Ok((CardKey { guid: Guid::new(row.get::<_, String>(0)?), slot }, RowId(row.get(2)?)))
    })
}
