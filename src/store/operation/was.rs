//! Putting rows back as they were before an operation.

use rusqlite::params;

use crate::error::Result;
use crate::model::{DeckId, DeckName, Moment, NoteId, OperationId};
use crate::store::Tx;
use crate::store::note::CONTENT;

/// The columns of a note that an operation may change, beside what it says and the times of its last changes.
const REST: [&str; 14] = [
    "deck_id",
    "bank_id",
    "bank_deck",
    "suspended",
    "from_bank",
    "marked",
    "buried_on",
    "buried",
    "leeches",
    "removed_by",
    "withdrawn",
    "bank_says",
    "said_there",
    "suspended_there",
];

fn columns() -> impl Iterator<Item = &'static str> {
    CONTENT.into_iter().chain(REST)
}

/// What was put back, and what is left to be done.
#[derive(Debug, Default)]
pub struct Undoing {
    /// The notes that say what they said, and stand where they stood. Their cards are not changed yet.
    pub changed: Vec<NoteId>,
    /// The notes that came with the operation and still stand.
    pub added: Vec<NoteId>,
}

/// Puts the rows of notes, decks and banks back that an operation changed. A note that is otherwise now was changed now.
pub fn undo_rows(tx: &Tx<'_>, id: OperationId, now: Moment) -> Result<Undoing> {
    let put_back = [
        "INSERT INTO bank (id, name, format) SELECT CAST(key AS INTEGER), was ->> 'name', was ->> 'format'
            FROM operation_was WHERE operation_id = ?1 AND what = 'bank'
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, format = excluded.format",
        // names that decks have again may be those of others now
        "UPDATE deck SET key = char(1) || id
            WHERE id IN (SELECT CAST(key AS INTEGER) FROM operation_was WHERE operation_id = ?1 AND what = 'deck')
            OR key IN (SELECT was ->> 'key' FROM operation_was WHERE operation_id = ?1 AND what = 'deck')",
        "INSERT INTO deck (id, name, key, removed)
            SELECT CAST(key AS INTEGER), was ->> 'name', was ->> 'key', was ->> 'removed'
            FROM operation_was WHERE operation_id = ?1 AND what = 'deck' AND was IS NOT NULL
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = excluded.key, removed = excluded.removed",
        "INSERT INTO deck_setting (deck_id, name, value, at) SELECT key ->> 0, key ->> 1, was ->> 'value', was ->> 'at'
            FROM operation_was WHERE operation_id = ?1 AND what = 'deck_setting'
            ON CONFLICT (deck_id, name) DO UPDATE SET value = excluded.value, at = excluded.at",
        "DELETE FROM scope WHERE json_array(was, now) IN
            (SELECT key FROM operation_was WHERE operation_id = ?1 AND what = 'scope')",
        "DELETE FROM reworded WHERE guid IN
            (SELECT key FROM operation_was WHERE operation_id = ?1 AND what = 'reworded' AND was IS NULL)",
        "UPDATE reworded SET note_id = CAST(was AS INTEGER) FROM operation_was
            WHERE operation_id = ?1 AND what = 'reworded' AND key = guid AND was IS NOT NULL",
    ];
    // that a deck has its former name again is a word of its own, as with notes
    let renamed = "UPDATE deck SET named_at = max(?2, named_at + 1) FROM operation_was
        WHERE operation_id = ?1 AND what = 'deck' AND deck.id = CAST(operation_was.key AS INTEGER) AND deck.name <> was ->> 'name'";
    tx.execute(renamed, params![id, now.ms])?;
    put_back.iter().try_for_each(|sql| tx.execute(sql, [id]).map(drop))?;
    tx.execute(&notes_sql(), params![id, now.ms])?;
    let number = |row: &rusqlite::Row<'_>| row.get(0);
    let changed =
        "SELECT CAST(key AS INTEGER) FROM operation_was WHERE operation_id = ?1 AND what = 'note' ORDER BY 1";
    let added = "SELECT note.id FROM operation JOIN note ON note.id >= first_note AND note.id < next_note
        WHERE operation.id = ?1 AND removed_at IS NULL ORDER BY note.id";
    Ok(Undoing { changed: tx.all(changed, [id], number)?, added: tx.all(added, [id], number)? })
}

fn notes_sql() -> String {
    let columns: Vec<String> = columns().map(|column| format!("{column} = was ->> '{column}'")).collect();
    let columns = columns.join(", ");
    let later = ["edited_at", "placed_at"].map(|time| {
        format!("{time} = CASE WHEN {time} = was ->> '{time}' THEN {time} ELSE max(?2, {time} + 1) END")
    });
    // to take something back is a word of its own, later than what is taken back
    format!(
        "UPDATE note SET {columns}, {},
            removed_at = CASE WHEN was ->> 'removed_at' IS NULL THEN NULL
                ELSE max(coalesce(removed_at, ?2), touched_at + 1) END,
            touched_at = CASE WHEN was ->> 'removed_at' IS NOT NULL THEN touched_at
                ELSE max(?2, touched_at + 1, coalesce(removed_at, 0) + 1) END
            FROM operation_was
            WHERE operation_id = ?1 AND what = 'note' AND note.id = CAST(operation_was.key AS INTEGER)",
        later.join(", ")
    )
}

/// Takes the decks away that an operation made and that hold nothing that stands, after the cards have left them.
pub fn undo_decks(tx: &Tx<'_>) -> Result<()> {
    tx.settle()?;
    let nameless = "SELECT id, name FROM deck WHERE key >= char(1) AND key < char(2) ORDER BY id DESC";
    let nameless = tx.all(nameless, [], |row| Ok((row.get(0)?, DeckName::kept(row.get(1)?))))?;
    nameless.into_iter().try_for_each(|(deck, name)| undo_deck(tx, deck, &name))?;
    // a deck that is gone since, for a repair found its notes another place
    tx.execute("UPDATE deck SET removed = 0 WHERE removed = 1 AND id IN (SELECT deck_id FROM card)", [])
        .map(drop)
}

fn undo_deck(tx: &Tx<'_>, deck: DeckId, name: &DeckName) -> Result<()> {
    let key = name.folded();
    if let Some(other) =
        tx.first("SELECT id FROM deck WHERE key = ?1", [&key], |row| row.get::<_, DeckId>(0))?
    {
        // it had the name of one that has it again
        tx.execute("UPDATE note SET deck_id = ?2 WHERE deck_id = ?1", params![deck, other])?;
    }
    let sql =
        "DELETE FROM deck_setting WHERE deck_id = ?1 AND NOT EXISTS (SELECT 1 FROM card WHERE deck_id = ?1)";
    tx.execute(sql, [deck])?;
    let sql = "DELETE FROM deck WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM note WHERE deck_id = ?1)
        AND NOT EXISTS (SELECT 1 FROM deck_setting WHERE deck_id = ?1)";
    if tx.execute(sql, [deck])? > 0 {
        return Ok(());
    }
    let sql = "UPDATE deck SET key = ?2, removed = NOT EXISTS (SELECT 1 FROM card WHERE deck_id = ?1) AND NOT EXISTS
        (SELECT 1 FROM deck AS below WHERE below.removed = 0 AND substr(below.key, 1, length(?2) + 2) = ?2 || '::')
        WHERE id = ?1";
    tx.execute(sql, params![deck, key]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn every_column_of_a_note_that_changes_is_kept_as_it_was() {
        let mut store = Store::in_memory().unwrap();
        let names = |tx: &Tx<'_>, sql: &str| tx.all(sql, [], |row| row.get::<_, String>(0));
        let (mut table, kept) = store
            .read(|tx| {
                let kept = "SELECT sql FROM sqlite_schema WHERE name = 'note_was'";
                Ok((names(tx, "SELECT name FROM pragma_table_info('note')")?, names(tx, kept)?.concat()))
            })
            .unwrap();
        table.retain(|column| {
            !["id", "guid", "created_at", "edited", "placed", "touched_at"].contains(&column.as_str())
        });
        for column in &table {
            assert!(kept.contains(&format!("'{column}', OLD.{column}")), "{column}");
        }
        table.retain(|column| !["edited_at", "placed_at", "removed_at"].contains(&column.as_str()));
        let mut columns: Vec<&str> = columns().collect();
        columns.sort_unstable();
        table.sort_unstable();
        assert_eq!(columns, table);
    }
}
