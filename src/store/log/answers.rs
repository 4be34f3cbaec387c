//! Answers as the index of cards holds them: the rows of a card lie all over the log.

use std::ops::ControlFlow;

use rusqlite::Row as SqlRow;

use super::{CARDS_ON, bad_value, event_named, parse};
use crate::error::Result;
use crate::model::{CardKey, Day, Grade, Graded, Guid};
use crate::store::Tx;

fn on_day() -> String {
    format!("SELECT guid, slot, seq, log.day, kind, grade, at {CARDS_ON}")
}

/// The cards that have a row on this study day, each with all of its answers, or with none if something else is in its log.
pub fn answers_of_cards_on(tx: &Tx<'_>, day: Day) -> Result<Vec<(CardKey, Option<Vec<Graded>>)>> {
    let mut cards: Vec<(CardKey, Option<Vec<Graded>>)> = Vec::new();
    tx.each(&on_day(), [day.number()], |row| {
        let (guid, slot) = (row.get_ref(0)?.as_str()?, parse(row, 1)?);
        if cards.last().is_none_or(|(key, _)| key.guid.as_str() != guid || key.slot != slot) {
            cards.push((CardKey { guid: Guid::new(guid), slot }, Some(Vec::new())));
        }
        if let Some((_, of_card)) = cards.last_mut() {
            match (of_card.as_mut(), graded(row)?) {
                (Some(answers), Some(answer)) => answers.push(answer),
                _ => *of_card = None,
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(cards)
}

fn graded(row: &SqlRow<'_>) -> rusqlite::Result<Option<Graded>> {
    let Some(event) = event_named(row.get_ref(4)?.as_str()?) else { return Ok(None) };
    let grade = Grade::try_from(row.get::<_, u8>(5)?).map_err(|message| bad_value(5, message))?;
    Ok(Some(Graded { seq: row.get(2)?, at: row.get(6)?, day: Day::new(row.get(3)?), event, grade }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, effort};

    #[test]
    fn what_was_answered_on_a_day_is_read_from_indexes_alone() {
        let plan = Store::in_memory().unwrap().read(|tx| Ok(effort::plan(tx, &on_day()))).unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains("SEARCH log USING INDEX log_day (day=?)"), "{plan}");
        assert!(plan.contains("SEARCH log USING COVERING INDEX log_card (guid=? AND slot=?)"), "{plan}");
    }
}
