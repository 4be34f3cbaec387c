//! What SQLite itself and the tables among each other can tell about damage.

mod rows;
pub(super) mod schema;

pub(super) use rows::TEXTS_OF_NOTE;
pub use rows::yield_marked;

use std::collections::BTreeMap;

use rusqlite::params;

use super::queries::figures;
use super::{Tx, card, deck, log, note, operation, totals};
use crate::error::{Kind, Result};
use crate::model::{DeckId, DeckName, NoteId, Standing};
use crate::text;

/// Gives a sentence for each thing that is wrong.
type Check = fn(&Tx<'_>) -> Result<Vec<String>>;

/// SQLite's own checks, the schema, and the totals beside decks against the cards: a sentence for each thing that is wrong.
/// What keeps one of the checks from its end keeps none of the others.
pub fn integrity(tx: &Tx<'_>) -> Result<Vec<String>> {
    let checks: [Check; 10] = [
        sqlite_faults,
        schema::faults,
        orphans,
        |tx| Ok(deck_faults(tx)?.into_iter().map(|(_, fault)| fault).collect()),
        |tx| Ok(operation::faults(tx)?.into_iter().map(|(_, fault)| fault).collect()),
        totals_faults,
        test_faults,
        rows::faults,
        copy_faults,
        |tx| Ok(note::unreadable_versions(tx)?.into_iter().map(|(_, fault)| fault).collect()),
    ];
    let mut faults = Vec::new();
    for check in checks {
        match check(tx) {
            Ok(mut found) => faults.append(&mut found),
            Err(error) if error.kind == Kind::Damaged => faults.push(error.message),
            Err(error) => return Err(error),
        }
    }
    Ok(faults)
}

fn sqlite_faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut faults = tx.all("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?;
    faults.retain(|fault| fault != "ok");
    Ok(faults)
}

fn orphans(tx: &Tx<'_>) -> Result<Vec<String>> {
    tx.all("PRAGMA foreign_key_check", [], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} names a row of {parent} that does not exist"))
    })
}

/// Whether SQLite itself finds pages, indexes or rows that it cannot read rightly, or tables are not as they should be.
pub fn is_broken(tx: &Tx<'_>) -> Result<bool> {
    let found = tx.first("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0))?;
    Ok(found.is_none_or(|found| found != "ok") || !schema::faults(tx)?.is_empty())
}

/// A copy from which figures are read.
struct FigureCopy {
    /// What it is of.
    of: &'static str,
    /// The tables whose triggers throw it away.
    tables: &'static [&'static str],
    /// Whether it says something else.
    is_wrong: fn(&Tx<'_>) -> Result<bool>,
    /// Throws it away.
    forget: fn(&Tx<'_>) -> Result<()>,
}

const COPIES: [FigureCopy; 2] = [
    FigureCopy { of: "the log", tables: &["log"], is_wrong: log::copy::is_wrong, forget: log::copy::forget },
    FigureCopy {
        of: "the notes",
        tables: &["note", "card"],
        is_wrong: figures::copy::is_wrong,
        forget: figures::copy::forget,
    },
];

fn copy_faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for FigureCopy { of, is_wrong, .. } in COPIES {
        if is_wrong(tx)? {
            faults.push(format!("the copy of {of} from which figures are read is not {of}"));
        }
    }
    Ok(faults)
}

/// Tests whose answers are none, or too many.
fn test_faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    let sql = "SELECT lower(hex(test.id)), questions, count(*), sum(log.kind <> 'test')
        FROM test JOIN test_answer ON test_id = test.id JOIN log ON log.id = log_id GROUP BY test.id ORDER BY test.id";
    let tests = tx.all(sql, [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?, row.get::<_, u32>(2)?, row.get::<_, u32>(3)?))
    })?;
    let mut faults = Vec::new();
    for (test, questions, answers, others) in tests {
        if answers > questions {
            faults.push(format!(
                "the test {test} has {} to {}",
                text::count(answers, "answer"),
                text::count(questions, "question")
            ));
        }
        if others > 0 {
            faults.push(format!("the test {test} has rows of the log that are no answers of a test"));
        }
    }
    Ok(faults)
}

/// Decks that are not found by their names, or that are gone although cards stand in them.
fn deck_faults(tx: &Tx<'_>) -> Result<Vec<(DeckId, String)>> {
    let sql = "SELECT id, mended_text(name), mended_text(key), removed AND EXISTS (SELECT 1 FROM card WHERE deck_id = deck.id) FROM deck";
    let decks = tx.all(sql, [], |row| {
        Ok((
            row.get::<_, DeckId>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, bool>(3)?,
        ))
    })?;
    let fault = |(id, name, key, is_gone): (DeckId, String, String, bool)| match DeckName::parse(&name) {
        Err(_) => Some((id, format!("the deck {id} has a name that none can have: {name:?}"))),
        Ok(parsed) if parsed.folded() != key => {
            Some((id, format!("the deck {name} is not found by its name")))
        }
        Ok(_) if is_gone => Some((id, format!("the deck {name} is gone although cards stand in it"))),
        Ok(_) => None,
    };
    Ok(decks.into_iter().filter_map(fault).collect())
}

/// Gives such decks a name by which they are found, and has them be there.
fn mend_decks(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut mended = Vec::new();
    for (id, fault) in deck_faults(tx)? {
        let name: Option<String> = tx.first("SELECT name FROM deck WHERE id = ?1", [id], |row| row.get(0))?;
        let own = name.and_then(|name| DeckName::parse(&name).ok());
        let is_free = |name: &DeckName| -> Result<bool> {
            let sql = "SELECT 1 FROM deck WHERE key = ?1 AND id <> ?2";
            Ok(tx.first(sql, params![name.folded(), id], |_| Ok(()))?.is_none())
        };
        let name = match own {
            Some(name) if is_free(&name)? => name,
            _ => DeckName::parse(&format!("Recovered {id}")).map_err(crate::error::Error::internal)?,
        };
        let sql = "UPDATE deck SET name = ?2, key = ?3, removed = 0 WHERE id = ?1";
        tx.execute(sql, params![id, name.as_str(), name.folded()])?;
        mended.push(format!("{fault}: it is {name} now"));
    }
    Ok(mended)
}

/// That a row belongs to a note that is not there.
const NO_NOTE: &str = "note_id NOT IN (SELECT id FROM note)";

/// What was mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// A sentence for each thing.
    pub told: Vec<String>,
    /// Whether something was taken out that is to come back from elsewhere.
    pub is_lossy: bool,
}

impl Mended {
    /// Adds what was mended after that.
    pub fn extend(&mut self, more: Self) {
        self.told.extend(more.told);
        self.is_lossy |= more.is_lossy;
    }
}

/// Makes anew what SQL alone can: indexes, triggers, the decks of notes that lost them, rows without what they belong to, rows
/// that cannot be read; says what that was. Only if the collection is mended as a `whole` those rows are taken out that are to
/// come back from elsewhere.
pub fn mend(tx: &Tx<'_>, whole: bool) -> Result<Mended> {
    let mut mended = schema::mend(tx)?;
    if !sqlite_faults(tx)?.is_empty() {
        tx.execute("REINDEX", [])?;
        mended.push("the indexes were made anew".to_owned());
    }
    let is_lossy = rows::mend(tx, whole, &mut mended)?;
    for FigureCopy { of, is_wrong, forget, .. } in COPIES {
        if !matches!(is_wrong(tx), Ok(false)) {
            forget(tx)?;
            mended.push(format!(
                "the copy of {of} from which figures are read was taken away: it is made anew"
            ));
        }
    }
    let lost = "SELECT DISTINCT deck_id FROM note WHERE deck_id NOT IN (SELECT id FROM deck)";
    for id in tx.all(lost, [], |row| row.get::<_, DeckId>(0))? {
        let name = format!("Recovered {id}");
        tx.execute(
            "INSERT INTO deck (id, name, key) VALUES (?1, ?2, ?3)",
            params![id, name, text::fold(&name)],
        )?;
        mended.push(format!("the notes of a deck that is lost are in {name} now"));
    }
    mended.extend(mend_decks(tx)?);
    mended.extend(operation::forget_faulty(tx)?);
    for (version, fault) in note::unreadable_versions(tx)? {
        tx.execute("DELETE FROM note_version WHERE rowid = ?1", [version])?;
        mended.push(format!("{fault}: it was taken away"));
    }
    for (table, what, [one, several]) in [
        ("card", NO_NOTE, ["card without a note", "cards without notes"]),
        ("former_card", NO_NOTE, ["number of a card without a note", "numbers of cards without notes"]),
        ("reworded", NO_NOTE, ["rewording without a note", "rewordings without notes"]),
        (
            "deck_setting",
            "deck_id NOT IN (SELECT id FROM deck)",
            ["setting without a deck", "settings without decks"],
        ),
        (
            "operation_was",
            "operation_id NOT IN (SELECT id FROM operation)",
            ["row of no operation", "rows of no operation"],
        ),
        (
            "test_answer",
            "log_id NOT IN (SELECT id FROM log) OR test_id NOT IN (SELECT id FROM test)",
            ["answer of a test that is lost", "answers of tests that are lost"],
        ),
    ] {
        let sql = format!("DELETE FROM {table} WHERE {what}");
        let rows = schema::without_triggers(tx, table, || tx.execute(&sql, []))?;
        if rows > 0 {
            mended.push(format!(
                "{} taken away",
                text::count_verb(rows, &format!("{one} was"), &format!("{several} were"))
            ));
        }
    }
    let lost = "UPDATE note SET from_bank = NULL WHERE from_bank IS NOT NULL AND from_bank NOT IN (SELECT id FROM bank)";
    let notes = tx.execute(lost, [])?;
    if notes > 0 {
        mended.push(format!("the bank of {} is lost", text::count(notes, "note")));
    }
    Ok(Mended { told: mended, is_lossy })
}

fn totals_faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    let decks = deck::ever(tx)?;
    let mut notes: BTreeMap<(DeckId, NoteId), Vec<card::Card>> = BTreeMap::new();
    for card in card::all(tx)? {
        notes.entry((card.deck, card.note)).or_default().push(card);
    }
    let standings = notes.iter().map(|((deck, _), cards)| (*deck, card::standing(cards)));
    let expected =
        totals::expected(decks.iter().map(|deck| deck.id), standings.collect::<Vec<(DeckId, Standing)>>());
    let stored = tx.stored_totals()?;
    let name = |id: DeckId| decks.iter().find(|deck| deck.id == id).map_or("?", |deck| deck.name.as_str());
    let wrong = expected.iter().filter(|(key, figures)| stored.get(key) != Some(figures)).map(|(key, _)| key);
    let beyond = stored.keys().filter(|key| !expected.contains_key(key));
    let mut decks: Vec<DeckId> = wrong.chain(beyond).map(|(deck, _)| *deck).collect();
    decks.sort_unstable();
    decks.dedup();
    Ok(decks
        .into_iter()
        .map(|id| format!("the totals beside the deck {} are not those of its cards", name(id)))
        .collect())
}
