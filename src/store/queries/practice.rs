//! Cards that could be practised, with what their logs say of them.

use crate::error::Result;
use crate::model::{Candidate, CardRef, Ease, Kind};
use crate::store::Tx;
use crate::store::log::bad_value;

const CANDIDATES: &str = "SELECT card.id, note_id, card.deck_id, note.kind, lapses, ease, answered.at, answered.wrong
    FROM card JOIN note ON note.id = note_id
    LEFT JOIN (SELECT guid, slot, max(at) AS at, sum(grade < 3) > 0 AS wrong FROM log WHERE grade IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) GROUP BY guid, slot) AS answered
    ON answered.guid = note.guid AND answered.slot = card.slot
    WHERE card.suspended = 0";

/// Every card that is not suspended.
pub fn candidates(tx: &Tx<'_>) -> Result<Vec<Candidate>> {
    tx.all(CANDIDATES, [], |row| {
        let kind = row.get_ref(3)?.as_str()?;
        let known: std::result::Result<Kind, ()> = kind.parse();
        Ok(Candidate {
            card: CardRef { card: row.get(0)?, note: row.get(1)?, deck: row.get(2)? },
            kind: known.map_err(|()| bad_value(3, format!("{kind:?} is no kind of note")))?,
            lapses: row.get(4)?,
            ease: Ease::thousandths(row.get(5)?),
            answered_at: row.get(6)?,
            was_wrong: row.get::<_, Option<bool>>(7)?.unwrap_or_default(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn each_log_is_read_once_along_its_index() {
        let mut store = Store::in_memory().unwrap();
        let plan = store
            .read(|tx| tx.all(&format!("EXPLAIN QUERY PLAN {CANDIDATES}"), [], |row| row.get::<_, String>(3)))
            .unwrap();
        assert!(plan.iter().any(|step| step == "SCAN log USING INDEX log_card"), "{plan:?}");
        // found by an index, not gone through for every card
        assert!(plan.iter().any(|step| step.starts_with("SEARCH answered USING AUTOMATIC")), "{plan:?}");
        assert!(!plan.iter().any(|step| step.contains("USE TEMP B-TREE")), "{plan:?}");
    }
}
