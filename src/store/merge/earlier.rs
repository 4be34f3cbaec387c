//! What an earlier state of the very same collection knows of one that was damaged since: local numbers are the same in both.

use crate::error::Result;
use crate::store::Tx;
use crate::store::check::{TEXTS_OF_NOTE, schema::without_triggers};
use crate::store::log::copy;

/// Gives decks, notes and rows of the log back by what they are known that was lost or altered here, by their numbers.
pub(super) fn put_right(tx: &Tx<'_>) -> Result<usize> {
    // where no name can be read a repair makes one
    let decks = "UPDATE deck SET name = o.name, key = o.key, named_at = o.named_at FROM other.deck AS o
        WHERE o.id = deck.id AND o.key NOT IN (SELECT key FROM main.deck)
            AND (deck.name = 'Recovered ' || deck.id OR instr(deck.name, char(0xfffd)) > 0)";
    let notes = "UPDATE note SET guid = o.guid FROM other.note AS o
        WHERE o.id = note.id AND o.created_at = note.created_at AND o.guid NOT IN (SELECT guid FROM main.note)
            AND note.guid NOT IN (SELECT guid FROM other.note)";
    let mut changed = tx.execute(decks, [])?;
    let renamed = tx.execute(notes, [])?;
    if renamed > 0 {
        // it knows notes by their numbers
        copy::forget(tx)?;
        tx.execute("INSERT OR IGNORE INTO merge_affected SELECT guid FROM note", [])?;
    }
    // an id that was altered, in the place where it was
    let ids = "o.n = log.n AND (o.at, o.guid, o.slot, o.seq) = (log.at, log.guid, log.slot, log.seq)
        AND o.id NOT IN (SELECT id FROM main.log) AND log.id NOT IN (SELECT id FROM other.log)";
    let of_ids = format!("FROM main.log JOIN other.log AS o ON {ids}");
    if tx.first(&format!("SELECT 1 {of_ids} LIMIT 1"), [], |_| Ok(()))?.is_some() {
        tx.execute(&format!("INSERT OR IGNORE INTO merge_affected SELECT o.guid {of_ids}"), [])?;
        let sql = format!("UPDATE log SET id = o.id FROM other.log AS o WHERE {ids}");
        changed += without_triggers(tx, "log", || tx.execute(&sql, []))?;
    }
    // of a text in which a repair marked what it could not read; all else that the note says may be later
    for column in TEXTS_OF_NOTE {
        let sql = format!(
            "UPDATE note SET {column} = o.{column} FROM other.note AS o WHERE o.guid = note.guid
                AND instr(note.{column}, char(0xfffd)) > 0 AND instr(coalesce(o.{column}, ''), char(0xfffd)) = 0"
        );
        changed += tx.execute(&sql, [])?;
    }
    Ok(changed + renamed)
}

/// Has notes stand in their decks that a repair put into one of its own, and gives cards back the numbers that they had, those of
/// notes that come back too.
pub(super) fn settle(tx: &Tx<'_>) -> Result<usize> {
    let moved =
        "main.note JOIN main.deck AS d ON d.id = note.deck_id JOIN other.note AS o ON o.guid = note.guid
        JOIN other.deck AS od ON od.id = o.deck_id JOIN main.deck AS home ON home.key = od.key
        WHERE d.name = 'Recovered ' || d.id AND home.id <> d.id";
    let affected = format!("INSERT OR IGNORE INTO merge_affected SELECT note.guid FROM {moved}");
    tx.execute(&affected, [])?;
    let home = format!(
        "UPDATE note SET deck_id = found.home FROM (SELECT note.id AS id, home.id AS home FROM {moved}) AS found
            WHERE note.id = found.id"
    );
    let moved = tx.execute(&home, [])?;
    let known =
        "other.card AS c JOIN other.note AS o ON o.id = c.note_id JOIN main.note ON note.guid = o.guid";
    let is_free =
        "c.id NOT IN (SELECT id FROM main.card) AND c.id NOT IN (SELECT card_id FROM main.former_card)";
    // a card that comes and goes keeps its number: one with another was made anew by a repair
    let numbered = format!(
        "UPDATE card SET id = c.id FROM {known}
            WHERE card.note_id = note.id AND card.slot = c.slot AND card.id <> c.id AND {is_free}"
    );
    let numbered = tx.execute(&numbered, [])?;
    let former = format!(
        "INSERT OR IGNORE INTO former_card (note_id, slot, card_id) SELECT note.id, c.slot, c.id FROM {known}
            WHERE note.guid IN (SELECT guid FROM merge_affected) AND {is_free}
                AND NOT EXISTS (SELECT 1 FROM main.card WHERE note_id = note.id AND slot = c.slot)"
    );
    tx.execute(&former, [])?;
    Ok(moved + numbered)
}
