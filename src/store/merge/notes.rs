//! Notes, their last words and what they said before.

use super::Taken;
use crate::error::Result;
use crate::store::Tx;
use crate::store::note::CONTENT;

/// What goes with what a note says: what banks and Anki said of it.
const SAID: [&str; 4] = ["bank_id", "bank_deck", "bank_says", "said_there"];
/// When and by whom it was changed, and whether it is there.
const LIFE: [&str; 11] = [
    "edited",
    "edited_at",
    "placed",
    "placed_at",
    "touched_at",
    "created_at",
    "removed_at",
    "removed_by",
    "withdrawn",
    "buried_on",
    "buried",
];
/// How it stands in its deck.
const STANDING: [&str; 4] = ["suspended", "marked", "leeches", "suspended_there"];

/// What a note says, as its history keeps it.
fn says(table: &str) -> String {
    let pairs = CONTENT.map(|column| format!("'{column}', {table}.{column}"));
    format!("json_object({})", pairs.join(", "))
}

/// The last word on what a note says; a greater one holds.
fn word_on_content(table: &str) -> String {
    let said = SAID.map(|column| format!("{table}.{column}")).join(", ");
    format!("({table}.edited, {table}.edited_at, {}, json_array({said}))", says(table))
}

/// The last word on where it stands.
fn word_on_place(table: &str, deck: &str) -> String {
    let standing = STANDING.map(|column| format!("{table}.{column}")).join(", ");
    format!("({table}.placed, {table}.placed_at, json_array({deck}.key, {standing}))")
}

fn from_other(columns: &[&str]) -> String {
    columns.iter().map(|column| format!("{column} = o.{column}")).collect::<Vec<_>>().join(", ")
}

/// The notes of the other that are here too and are otherwise in anything.
const THEIRS: &str = "(SELECT * FROM other.note WHERE guid IN merge_differs)";

/// Finds them.
fn differing(tx: &Tx<'_>) -> Result<()> {
    tx.execute("CREATE TEMP TABLE IF NOT EXISTS merge_differs (guid TEXT PRIMARY KEY) WITHOUT ROWID", [])?;
    tx.execute("DELETE FROM merge_differs", [])?;
    let columns: Vec<&str> = CONTENT.into_iter().chain(SAID).chain(STANDING).chain(LIFE).collect();
    let of =
        |table: &str| columns.iter().map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "INSERT INTO merge_differs SELECT o.guid FROM other.note AS o JOIN main.note ON note.guid = o.guid
            JOIN other.deck AS od ON od.id = o.deck_id JOIN main.deck AS d ON d.id = note.deck_id
            WHERE ({}, od.key) IS NOT ({}, d.key)",
        of("o"),
        of("note")
    );
    tx.execute(&sql, []).map(drop)
}

/// Takes them in; those that are new under their own numbers, if these are of this collection and nothing else has them.
pub(super) fn take_in(tx: &Tx<'_>, by_number: bool, taken: &mut Taken) -> Result<()> {
    differing(tx)?;
    let known = count_versions(tx)?;
    taken.notes_kept = lesser_words(tx)?;
    taken.notes_edited = content(tx)?;
    taken.notes_placed = place(tx)?;
    taken.notes_removed = life(tx)?;
    taken.rest += buried(tx)?;
    taken.notes_added = new(tx, by_number)?;
    versions(tx)?;
    taken.rest += count_versions(tx)?.saturating_sub(known);
    Ok(())
}

fn count_versions(tx: &Tx<'_>) -> Result<usize> {
    let count: i64 = tx.first("SELECT count(*) FROM note_version", [], |row| row.get(0))?.unwrap_or(0);
    Ok(usize::try_from(count).unwrap_or(0))
}

/// What notes said before on the other side, but for what they say now.
fn versions(tx: &Tx<'_>) -> Result<()> {
    let sql = format!(
        "INSERT INTO note_version (guid, says, edited_at) SELECT v.guid, v.says, max(v.edited_at)
            FROM other.note_version AS v LEFT JOIN main.note ON note.guid = v.guid
            WHERE (note.guid IS NULL OR v.says <> {}) AND {} GROUP BY v.guid, v.says",
        says("note"),
        is_unknown("v.guid", "v.says")
    );
    tx.execute(&sql, []).map(drop)
}

/// Of two words on what a note says the other's, if it is the lesser, becomes a version; says how many did. Ours become versions
/// by giving way.
fn lesser_words(tx: &Tx<'_>) -> Result<usize> {
    let (ours, theirs) = (says("note"), says("o"));
    let sql = format!(
        "INSERT INTO note_version (guid, says, edited_at) SELECT o.guid, {theirs}, o.edited_at
            FROM {THEIRS} AS o JOIN main.note ON note.guid = o.guid
            WHERE {ours} <> {theirs} AND {} < {} AND {}",
        word_on_content("o"),
        word_on_content("note"),
        is_unknown("o.guid", &theirs)
    );
    tx.execute(&sql, [])
}

/// That a note never said this, as far as its history goes.
fn is_unknown(guid: &str, says: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM main.note_version AS known WHERE known.guid = {guid} AND known.says = {says})"
    )
}

fn content(tx: &Tx<'_>) -> Result<usize> {
    let greater = format!("{} > {}", word_on_content("o"), word_on_content("note"));
    affect(tx, &greater)?;
    let columns: Vec<&str> = CONTENT.into_iter().chain(SAID).chain(["edited", "edited_at"]).collect();
    let sql = format!(
        "UPDATE note SET {} FROM {THEIRS} AS o WHERE o.guid = note.guid AND {greater}",
        from_other(&columns)
    );
    tx.execute(&sql, [])
}

fn place(tx: &Tx<'_>) -> Result<usize> {
    let greater = format!(
        "EXISTS (SELECT 1 FROM main.deck AS d, other.deck AS od WHERE d.id = note.deck_id AND od.id = o.deck_id
            AND {} > {})",
        word_on_place("o", "od"),
        word_on_place("note", "d")
    );
    affect(tx, &greater)?;
    let columns: Vec<&str> = STANDING.into_iter().chain(["placed", "placed_at"]).collect();
    let sql = format!(
        "UPDATE note SET {}, deck_id = (SELECT d.id FROM main.deck AS d JOIN other.deck AS od ON od.key = d.key
            WHERE od.id = o.deck_id)
            FROM {THEIRS} AS o WHERE o.guid = note.guid AND {greater}",
        from_other(&columns)
    );
    tx.execute(&sql, [])
}

/// Whether a note is there: a removal holds if it is later than all that the learner did to the note on either side.
fn life(tx: &Tx<'_>) -> Result<usize> {
    // a removal that does not hold will never hold again, for times only grow
    let gone = "max(coalesce(note.removed_at, -1), coalesce(o.removed_at, -1))";
    let touched = "max(note.touched_at, o.touched_at)";
    let of_the_later = |column: &str, of_two: &str| {
        format!(
            "CASE WHEN coalesce(note.removed_at, -1) > coalesce(o.removed_at, -1) THEN note.{column}
                WHEN coalesce(note.removed_at, -1) < coalesce(o.removed_at, -1) THEN o.{column}
                ELSE {of_two}(note.{column}, o.{column}) END"
        )
    };
    let (by, withdrawn) = (of_the_later("removed_by", "max"), of_the_later("withdrawn", "min"));
    let is_gone = format!("({gone} > {touched})");
    affect(tx, &format!("{is_gone} <> (note.removed_at IS NOT NULL)"))?;
    let count = format!(
        "SELECT count(*) FROM {THEIRS} AS o JOIN main.note ON note.guid = o.guid
            WHERE {is_gone} <> (note.removed_at IS NOT NULL)"
    );
    let changed: i64 = tx.first(&count, [], |row| row.get(0))?.unwrap_or(0);
    let sql = format!(
        "UPDATE note SET created_at = min(note.created_at, o.created_at), touched_at = {touched},
            removed_by = CASE WHEN {is_gone} THEN {by} END, withdrawn = CASE WHEN {is_gone} THEN {withdrawn} ELSE 0 END,
            removed_at = CASE WHEN {is_gone} THEN {gone} END
            FROM {THEIRS} AS o WHERE o.guid = note.guid
            AND (note.created_at > o.created_at OR note.touched_at < o.touched_at OR o.removed_at IS NOT NULL)"
    );
    tx.execute(&sql, [])?;
    Ok(usize::try_from(changed).unwrap_or(0))
}

fn buried(tx: &Tx<'_>) -> Result<usize> {
    let word = |table: &str| format!("(coalesce({table}.buried_on, -1), coalesce({table}.buried, ''))");
    let sql = format!(
        "UPDATE note SET buried_on = o.buried_on, buried = o.buried FROM {THEIRS} AS o
            WHERE o.guid = note.guid AND {} > {}",
        word("o"),
        word("note")
    );
    tx.execute(&sql, [])
}

/// Notes that are not here, in the order in which they came there.
fn new(tx: &Tx<'_>, by_number: bool) -> Result<usize> {
    let is_new = "o.guid NOT IN (SELECT guid FROM main.note)";
    let sql =
        format!("INSERT OR IGNORE INTO merge_affected SELECT o.guid FROM other.note AS o WHERE {is_new}");
    tx.execute(&sql, [])?;
    let columns: Vec<&str> =
        CONTENT.into_iter().chain(SAID).chain(STANDING).chain(["guid"]).chain(LIFE).collect();
    let values = columns.iter().map(|column| format!("o.{column}")).collect::<Vec<_>>().join(", ");
    let columns = columns.join(", ");
    let insert = |number: &str, which: &str| {
        let sql = format!(
            "INSERT INTO note (id, {columns}, deck_id, from_bank) SELECT {number}, {values}, d.id, b.ours
                FROM other.note AS o JOIN other.deck AS od ON od.id = o.deck_id JOIN main.deck AS d ON d.key = od.key
                LEFT JOIN merge_bank AS b ON b.theirs = o.from_bank
                WHERE {which} ORDER BY o.id"
        );
        tx.execute(&sql, [])
    };
    let is_free = format!("{is_new} AND o.id NOT IN (SELECT id FROM main.note)");
    let numbered = if by_number { insert("o.id", &is_free)? } else { 0 };
    Ok(numbered + insert("NULL", is_new)?)
}

/// Takes down the notes of which this holds.
fn affect(tx: &Tx<'_>, condition: &str) -> Result<()> {
    let sql = format!(
        "INSERT OR IGNORE INTO merge_affected SELECT note.guid
            FROM {THEIRS} AS o JOIN main.note ON note.guid = o.guid WHERE {condition}"
    );
    tx.execute(&sql, []).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn every_column_of_a_note_is_merged() {
        let mut store = Store::in_memory().unwrap();
        let table = store.read(|tx| {
            tx.all("SELECT name FROM pragma_table_info('note')", [], |row| row.get::<_, String>(0))
        });
        let rest = ["id", "guid", "deck_id", "from_bank"].into_iter().chain(LIFE);
        let mut merged: Vec<&str> = CONTENT.into_iter().chain(SAID).chain(STANDING).chain(rest).collect();
        let mut table = table.unwrap();
        merged.sort_unstable();
        table.sort_unstable();
        assert_eq!(merged, table);
    }
}
