//! What SQLite itself and the tables among each other can tell about damage.

use std::collections::BTreeMap;

use super::{Tx, card, deck, totals};
use crate::error::Result;
use crate::model::{DeckId, NoteId, Standing};
use crate::text;

/// SQLite's own checks, and the totals beside decks against the cards: a sentence for each thing that is wrong.
pub fn integrity(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut faults = tx.all("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))?;
    faults.retain(|fault| fault != "ok");
    faults.extend(tx.all("PRAGMA foreign_key_check", [], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} names a row of {parent} that does not exist"))
    })?);
    faults.extend(totals_faults(tx)?);
    faults.extend(test_faults(tx)?);
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
