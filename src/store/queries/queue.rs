//! Cards that may be asked today, in the order of asking.

use std::ops::ControlFlow;

use crate::error::Result;
use crate::model::{CardRef, Day, DeckId, NoteId};
use crate::store::Tx;

const DUE: &str = "SELECT id, note_id, deck_id FROM card
    WHERE due <= ?1 AND due IS NOT NULL AND suspended = 0 ORDER BY due, note_id";
/// A note whose due card goes before leaves its new ones for another day.
const NEW: &str = "SELECT id, note_id, deck_id FROM card WHERE due IS NULL AND suspended = 0
    AND NOT EXISTS (SELECT 1 FROM card AS due WHERE due.note_id = card.note_id AND due.due <= ?1 AND due.suspended = 0)
    ORDER BY note_id";
const NEW_OF_DECK: &str = "SELECT id, note_id, deck_id FROM card WHERE due IS NULL AND suspended = 0
    AND deck_id = ?2 AND note_id > ?3
    AND NOT EXISTS (SELECT 1 FROM card AS due WHERE due.note_id = card.note_id AND due.due <= ?1 AND due.suspended = 0)
    ORDER BY note_id LIMIT 16";
/// Of more decks than that the new cards are not looked for deck by deck.
const MOST_DECKS: usize = 200;

/// Hands over the cards due on `day`, the oldest first, until `take` has had enough.
pub fn due(tx: &Tx<'_>, day: Day, take: &mut dyn FnMut(CardRef) -> ControlFlow<()>) -> Result<()> {
    candidates(tx, DUE, day, take)
}

/// Hands over the new cards in the order in which they came, until `take` has had enough.
pub fn new(tx: &Tx<'_>, day: Day, take: &mut dyn FnMut(CardRef) -> ControlFlow<()>) -> Result<()> {
    candidates(tx, NEW, day, take)
}

/// The same of these decks only, however many cards of others go before.
pub fn new_of(
    tx: &Tx<'_>,
    day: Day,
    decks: &[DeckId],
    take: &mut dyn FnMut(CardRef) -> ControlFlow<()>,
) -> Result<()> {
    if decks.len() > MOST_DECKS {
        return new(tx, day, take);
    }
    // the first cards of each deck, the last of them in front
    let page = |deck: DeckId, after: NoteId| {
        let params = [day.number().into(), deck, after];
        let mut cards = tx.all(NEW_OF_DECK, params, card_ref)?;
        cards.reverse();
        Ok::<_, crate::error::Error>(cards)
    };
    let mut pages = decks.iter().map(|deck| page(*deck, NoteId::MIN)).collect::<Result<Vec<_>>>()?;
    loop {
        let next = |page: &&mut Vec<CardRef>| page.last().map_or(NoteId::MAX, |card| card.note);
        let Some(first) = pages.iter_mut().filter(|page| !page.is_empty()).min_by_key(next) else {
            return Ok(());
        };
        let Some(card) = first.pop() else { return Ok(()) };
        if first.is_empty() {
            *first = page(card.deck, card.note)?;
        }
        if take(card).is_break() {
            return Ok(());
        }
    }
}

fn candidates(
    tx: &Tx<'_>,
    sql: &str,
    day: Day,
    take: &mut dyn FnMut(CardRef) -> ControlFlow<()>,
) -> Result<()> {
    tx.each(sql, [day.number()], |row| Ok(take(card_ref(row)?)))
}

fn card_ref(row: &rusqlite::Row<'_>) -> rusqlite::Result<CardRef> {
    Ok(CardRef { card: row.get(0)?, note: row.get(1)?, deck: row.get(2)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, effort};

    #[test]
    fn the_queue_is_read_from_an_index_in_order_and_never_sorted() {
        let mut store = Store::in_memory().unwrap();
        for (sql, index) in [
            (DUE, "COVERING INDEX card_due"),
            (NEW, "INDEX card_new "),
            (NEW_OF_DECK, "INDEX card_new_of_deck (deck_id=? AND note_id>?)"),
        ] {
            let plan = store.read(|tx| Ok(effort::plan(tx, sql))).unwrap();
            assert!(format!("{} ", plan[0]).contains(&format!("USING {index}")), "{plan:?}");
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE") || step == "SCAN card"), "{plan:?}");
        }
    }
}
