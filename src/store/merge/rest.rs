//! Decks, banks, settings, tests, rounds, images and sounds.

use std::collections::HashMap;

use rusqlite::params;

use super::Taken;
use crate::error::Result;
use crate::model::{BankId, Setting};
use crate::store::Tx;

/// Names of decks: those that are not here are gone until a note stands in them.
pub(super) fn decks(tx: &Tx<'_>, taken: &mut Taken) -> Result<()> {
    let new = "INSERT INTO deck (name, key, removed, named_at) SELECT name, key, 1, named_at FROM other.deck
        WHERE key NOT IN (SELECT key FROM main.deck) ORDER BY id";
    tx.execute(new, [])?;
    let named = "UPDATE deck SET name = o.name, named_at = o.named_at FROM other.deck AS o
        WHERE o.key = deck.key AND (o.named_at, o.name) > (deck.named_at, deck.name)";
    taken.rest += tx.execute(named, [])?;
    Ok(())
}

/// Takes decks away in which nothing stands, and has the others be there, when the cards are where they belong: a deck is there
/// if a card stands in it or below it.
pub fn settle_decks(tx: &Tx<'_>) -> Result<usize> {
    tx.settle()?;
    let is_there =
        "EXISTS (SELECT 1 FROM deck AS below WHERE EXISTS (SELECT 1 FROM card WHERE deck_id = below.id)
        AND (below.key = deck.key OR substr(below.key, 1, length(deck.key) + 2) = deck.key || '::'))";
    tx.execute(&format!("UPDATE deck SET removed = NOT {is_there} WHERE removed = {is_there}"), [])
}

/// Which of the banks here each of the other's is: the one that brought the most notes which both brought, else one of the same
/// name and format, else a new one.
pub(super) fn banks(tx: &Tx<'_>) -> Result<()> {
    tx.execute(
        "CREATE TEMP TABLE IF NOT EXISTS merge_bank (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL)",
        [],
    )?;
    tx.execute("DELETE FROM merge_bank", [])?;
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get::<_, BankId>(0)?, row.get::<_, BankId>(1)?));
    let shared = "SELECT o.from_bank, note.from_bank FROM main.note JOIN other.note AS o ON o.guid = note.guid
        WHERE o.from_bank IS NOT NULL AND note.from_bank IS NOT NULL GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2";
    let named = "SELECT o.id, min(bank.id) FROM other.bank AS o JOIN main.bank
        ON bank.name = o.name AND bank.format IS o.format GROUP BY o.id";
    let mut ours: HashMap<BankId, BankId> = HashMap::new();
    for (theirs, here) in tx.all(shared, [], pair)?.into_iter().chain(tx.all(named, [], pair)?) {
        ours.entry(theirs).or_insert(here);
    }
    let all = "SELECT id, name, format FROM other.bank ORDER BY id";
    let all = tx.all(all, [], |row| {
        Ok((row.get::<_, BankId>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    for (theirs, name, format) in all {
        let here = match ours.get(&theirs) {
            Some(here) => *here,
            None => tx.insert("INSERT INTO bank (name, format) VALUES (?1, ?2)", params![name, format])?,
        };
        tx.execute("INSERT INTO merge_bank (theirs, ours) VALUES (?1, ?2)", [theirs, here])?;
    }
    let known = "UPDATE note SET from_bank = merge_bank.ours FROM other.note AS o
        JOIN merge_bank ON merge_bank.theirs = o.from_bank WHERE o.guid = note.guid AND note.from_bank IS NULL";
    tx.execute(known, []).map(drop)
}

pub(super) fn take_in(tx: &Tx<'_>, taken: &mut Taken) -> Result<()> {
    let later = "WHERE (excluded.at, coalesce(excluded.value, '')) >";
    let settings = format!(
        "INSERT INTO setting (name, value, at) SELECT name, value, at FROM other.setting WHERE name <> ?1
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at
            {later} (setting.at, coalesce(setting.value, ''))"
    );
    // the colours are a matter of the terminal
    taken.rest += tx.execute(&settings, [Setting::Theme.name()])?;
    let of_decks = format!(
        "INSERT INTO deck_setting (deck_id, name, value, at) SELECT deck.id, o.name, o.value, o.at
            FROM other.deck_setting AS o JOIN other.deck AS od ON od.id = o.deck_id JOIN main.deck ON deck.key = od.key
            WHERE true ON CONFLICT (deck_id, name) DO UPDATE SET value = excluded.value, at = excluded.at
            {later} (deck_setting.at, coalesce(deck_setting.value, ''))"
    );
    taken.rest += tx.execute(&of_decks, [])?;
    for grows in [
        "INSERT OR IGNORE INTO test SELECT * FROM other.test",
        "INSERT OR IGNORE INTO test_answer SELECT * FROM other.test_answer",
        "INSERT OR IGNORE INTO match_round SELECT * FROM other.match_round",
        "INSERT OR IGNORE INTO scope SELECT * FROM other.scope",
    ] {
        taken.rest += tx.execute(grows, [])?;
    }
    let reworded = "INSERT INTO reworded (guid, note_id) SELECT o.guid, note.id
        FROM other.reworded AS o JOIN other.note AS their ON their.id = o.note_id JOIN main.note ON note.guid = their.guid
        WHERE true ON CONFLICT (guid) DO UPDATE SET note_id = excluded.note_id
        WHERE (SELECT guid FROM note WHERE id = excluded.note_id) > (SELECT guid FROM note WHERE id = reworded.note_id)";
    taken.rest += tx.execute(reworded, [])?;
    let differ = "SELECT name FROM main.media JOIN other.media AS o USING (name) WHERE o.sha256 <> media.sha256 ORDER BY name";
    taken.media_differ = tx.all(differ, [], |row| row.get(0))?;
    let media = "INSERT INTO media (name, sha256, size, ending) SELECT name, sha256, size, ending FROM other.media WHERE true
        ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, ending = excluded.ending
        WHERE excluded.sha256 > media.sha256";
    taken.rest += tx.execute(media, [])?;
    Ok(())
}
