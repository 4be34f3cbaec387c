//! Cards that may be asked today, in the order of asking.

use std::ops::ControlFlow;

use crate::error::Result;
use crate::model::{CardRef, Day};
use crate::store::Tx;

const DUE: &str = "SELECT id, note_id, deck_id FROM card
    WHERE due <= ?1 AND due IS NOT NULL AND suspended = 0 ORDER BY due, note_id";
/// A note whose due card goes before leaves its new ones for another day.
const NEW: &str = "SELECT id, note_id, deck_id FROM card WHERE due IS NULL AND suspended = 0
    AND NOT EXISTS (SELECT 1 FROM card AS due WHERE due.note_id = card.note_id AND due.due <= ?1 AND due.suspended = 0)
    ORDER BY note_id";

/// Hands over the cards due on `day`, the oldest first, until `take` has had enough.
pub fn due(tx: &Tx<'_>, day: Day, take: &mut dyn FnMut(CardRef) -> ControlFlow<()>) -> Result<()> {
    candidates(tx, DUE, day, take)
}

/// Hands over the new cards in the order in which they came, until `take` has had enough.
pub fn new(tx: &Tx<'_>, day: Day, take: &mut dyn FnMut(CardRef) -> ControlFlow<()>) -> Result<()> {
    candidates(tx, NEW, day, take)
}

fn candidates(
    tx: &Tx<'_>,
    sql: &str,
    day: Day,
    take: &mut dyn FnMut(CardRef) -> ControlFlow<()>,
) -> Result<()> {
    tx.each(sql, [day.number()], |row| {
        Ok(take(CardRef { card: row.get(0)?, note: row.get(1)?, deck: row.get(2)? }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn the_queue_is_read_from_an_index_in_order_and_never_sorted() {
        let mut store = Store::in_memory().unwrap();
        for (sql, index) in [(DUE, "COVERING INDEX card_due"), (NEW, "INDEX card_new")] {
            let plan = store
                .read(|tx| tx.all(&format!("EXPLAIN QUERY PLAN {sql}"), [0], |row| row.get::<_, String>(3)))
                .unwrap();
            assert!(plan[0].contains(&format!("USING {index}")), "{plan:?}");
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE") || step == "SCAN card"), "{plan:?}");
        }
    }
}
