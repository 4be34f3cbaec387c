//! Notes, their last words and what they said before.

use super::Taken;
use crate::error::Result;
use crate::store::Tx;

/// The columns of what a note says, in the order in which its history keeps them.
const CONTENT: [&str; 15] = [
    "kind",
    "prompt",
    "answer",
    "detail",
    "code",
    "language",
    "hint",
    "explanation",
    "mistakes",
    "check_line",
    "difficulty",
    "level",
    "tags",
    "source",
    "html",
];
/// What goes with it: what banks and Anki said of it.
const SAID: [&str; 4] = ["bank_id", "bank_deck", "bank_says", "said_there"];
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

pub(super) fn take_in(tx: &Tx<'_>, taken: &mut Taken) -> Result<()> {
    let known = count_versions(tx)?;
    taken.notes_kept = lesser_words(tx)?;
    taken.notes_edited = content(tx)?;
    taken.notes_placed = place(tx)?;
    taken.notes_removed = life(tx)?;
    taken.rest += buried(tx)?;
    taken.notes_added = new(tx)?;
    versions(tx)?;
    taken.rest += count_versions(tx)?.saturating_sub(known);
    Ok(())
}

fn count_versions(tx: &Tx<'_>) -> Result<usize> {
    let count: i64 = tx.first("SELECT count(*) FROM note_version", [], |row| row.get(0))?.unwrap_or(0);
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Of two versions with the same words the time of the later is kept.
const KEEP: &str = "ON CONFLICT (guid, says) DO UPDATE SET edited_at = excluded.edited_at
    WHERE excluded.edited_at > note_version.edited_at";

/// What notes said before on the other side, but for what they say now.
fn versions(tx: &Tx<'_>) -> Result<()> {
    let sql = format!(
        "INSERT INTO note_version SELECT v.guid, v.says, v.edited_at FROM other.note_version AS v
            LEFT JOIN main.note ON note.guid = v.guid WHERE note.guid IS NULL OR v.says <> {} {KEEP}",
        says("note")
    );
    tx.execute(&sql, []).map(drop)
}

/// Of two words on what a note says the lesser becomes a version of it; says how many of them were the other's.
fn lesser_words(tx: &Tx<'_>) -> Result<usize> {
    let (ours, theirs) = (says("note"), says("o"));
    let lesser = |side: &str, says: &str, order: &str| {
        format!(
            "INSERT INTO note_version SELECT {side}.guid, {says}, {side}.edited_at
                FROM main.note JOIN other.note AS o ON o.guid = note.guid
                WHERE {ours} <> {theirs} AND {} {order} {} {KEEP}",
            word_on_content("o"),
            word_on_content("note")
        )
    };
    tx.execute(&lesser("note", &ours, ">"), [])?;
    let kept = format!(
        "SELECT count(*) FROM main.note JOIN other.note AS o ON o.guid = note.guid
            WHERE {ours} <> {theirs} AND {} < {}
            AND NOT EXISTS (SELECT 1 FROM note_version AS v WHERE v.guid = note.guid AND v.says = {theirs})",
        word_on_content("o"),
        word_on_content("note")
    );
    let kept: i64 = tx.first(&kept, [], |row| row.get(0))?.unwrap_or(0);
    tx.execute(&lesser("o", &theirs, "<"), [])?;
    Ok(usize::try_from(kept).unwrap_or(0))
}

fn content(tx: &Tx<'_>) -> Result<usize> {
    let greater = format!("{} > {}", word_on_content("o"), word_on_content("note"));
    affect(tx, &greater)?;
    let columns: Vec<&str> = CONTENT.into_iter().chain(SAID).chain(["edited", "edited_at"]).collect();
    let sql = format!(
        "UPDATE note SET {} FROM other.note AS o WHERE o.guid = note.guid AND {greater}",
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
            FROM other.note AS o WHERE o.guid = note.guid AND {greater}",
        from_other(&columns)
    );
    tx.execute(&sql, [])
}

/// Whether a note is there: a removal holds if it is later than all that the learner did to the note on either side.
fn life(tx: &Tx<'_>) -> Result<usize> {
    // a removal that does not hold will never hold again, for times only grow
    let gone = "max(coalesce(note.removed_at, -1), coalesce(o.removed_at, -1))";
    let touched = "max(note.touched_at, o.touched_at)";
    let by = "CASE WHEN coalesce(note.removed_at, -1) > coalesce(o.removed_at, -1) THEN note.removed_by
        WHEN coalesce(note.removed_at, -1) < coalesce(o.removed_at, -1) THEN o.removed_by
        ELSE max(note.removed_by, o.removed_by) END";
    let withdrawn = "CASE WHEN coalesce(note.removed_at, -1) > coalesce(o.removed_at, -1) THEN note.withdrawn
        WHEN coalesce(note.removed_at, -1) < coalesce(o.removed_at, -1) THEN o.withdrawn
        ELSE min(note.withdrawn, o.withdrawn) END";
    let is_gone = format!("({gone} > {touched})");
    affect(tx, &format!("{is_gone} <> (note.removed_at IS NOT NULL)"))?;
    let count = format!(
        "SELECT count(*) FROM main.note JOIN other.note AS o ON o.guid = note.guid
            WHERE {is_gone} <> (note.removed_at IS NOT NULL)"
    );
    let changed: i64 = tx.first(&count, [], |row| row.get(0))?.unwrap_or(0);
    let sql = format!(
        "UPDATE note SET created_at = min(note.created_at, o.created_at), touched_at = {touched},
            removed_by = CASE WHEN {is_gone} THEN {by} END, withdrawn = CASE WHEN {is_gone} THEN {withdrawn} ELSE 0 END,
            removed_at = CASE WHEN {is_gone} THEN {gone} END
            FROM other.note AS o WHERE o.guid = note.guid
            AND (note.created_at > o.created_at OR note.touched_at < o.touched_at OR o.removed_at IS NOT NULL)"
    );
    tx.execute(&sql, [])?;
    Ok(usize::try_from(changed).unwrap_or(0))
}

fn buried(tx: &Tx<'_>) -> Result<usize> {
    let word = |table: &str| format!("(coalesce({table}.buried_on, -1), coalesce({table}.buried, ''))");
    let sql = format!(
        "UPDATE note SET buried_on = o.buried_on, buried = o.buried FROM other.note AS o
            WHERE o.guid = note.guid AND {} > {}",
        word("o"),
        word("note")
    );
    tx.execute(&sql, [])
}

/// Notes that are not here, in the order in which they came there.
fn new(tx: &Tx<'_>) -> Result<usize> {
    let is_new = "o.guid NOT IN (SELECT guid FROM main.note)";
    let sql =
        format!("INSERT OR IGNORE INTO merge_affected SELECT o.guid FROM other.note AS o WHERE {is_new}");
    tx.execute(&sql, [])?;
    let rest = [
        "guid",
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
    let columns: Vec<&str> = CONTENT.into_iter().chain(SAID).chain(STANDING).chain(rest).collect();
    let values = columns.iter().map(|column| format!("o.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "INSERT INTO note ({}, deck_id, from_bank) SELECT {values}, d.id, b.ours
            FROM other.note AS o JOIN other.deck AS od ON od.id = o.deck_id JOIN main.deck AS d ON d.key = od.key
            LEFT JOIN merge_bank AS b ON b.theirs = o.from_bank
            WHERE {is_new} ORDER BY o.id",
        columns.join(", ")
    );
    tx.execute(&sql, [])
}

/// Takes down the notes of which this holds.
fn affect(tx: &Tx<'_>, condition: &str) -> Result<()> {
    let sql = format!(
        "INSERT OR IGNORE INTO merge_affected SELECT note.guid
            FROM main.note JOIN other.note AS o ON o.guid = note.guid WHERE {condition}"
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
        let rest = [
            "id",
            "guid",
            "deck_id",
            "from_bank",
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
        let mut merged: Vec<&str> = CONTENT.into_iter().chain(SAID).chain(STANDING).chain(rest).collect();
        let mut table = table.unwrap();
        merged.sort_unstable();
        table.sort_unstable();
        assert_eq!(merged, table);
    }
}
