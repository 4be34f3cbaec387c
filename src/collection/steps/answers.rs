//! The answers of a collection, a line each.

use sha2::{Digest, Sha256};

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::model::{CardKey, Entry};
use crate::report::answers::Line;
use crate::report::learning::{Found, Sort};
use crate::schedule::{Replay, not_retracted};
use crate::store::note::Stored;
use crate::store::{Tx, card, log};

/// Characters of a name that is made.
const NAME: usize = 10;

/// Hands over notes one by one.
pub(in crate::collection) type Each<'e> = dyn FnMut(&mut dyn FnMut(Stored) -> Result<()>) -> Result<()> + 'e;

/// The answers to these notes that stand, card by card.
pub(in crate::collection) fn answers(
    tx: &Tx<'_>,
    clock: &dyn Clock,
    each: &mut Each<'_>,
    learner: Option<&str>,
) -> Result<Vec<Line>> {
    let learner = match learner {
        Some(name) => name.to_owned(),
        None => made_name(tx)?,
    };
    let mut lines = Vec::new();
    each(&mut |stored| {
        for card in card::of_note(tx, stored.id)? {
            let key = CardKey { guid: stored.note.guid.clone(), slot: card.slot };
            let rows = log::of_card(tx, &key)?;
            let mut replay = Replay::default();
            for row in not_retracted(&rows) {
                let (event, answer) = match &row.entry {
                    Entry::Answered(event, answer) => (*event, answer),
                    Entry::Set(state, _) => {
                        replay.set(*state);
                        continue;
                    }
                    Entry::Retract(_) => continue,
                };
                let before = replay.answered(event, row.day, answer.grade);
                lines.push(Line {
                    learner: learner.clone(),
                    note: key.guid.to_string(),
                    id: stored.note.bank_id.clone().unwrap_or_default(),
                    slot: key.slot.to_string(),
                    day: row.day.to_string(),
                    at: clock.written(row.at),
                    what: Sort::of(event, before.as_ref().map(Found::from)).name().to_owned(),
                    interval: before.map(|state| state.interval),
                    grade: answer.grade.number(),
                    took_ms: answer.took_ms,
                    attempts: answer.attempts,
                    hinted: u8::from(answer.hinted),
                    responses: responses(&answer.responses)?,
                });
            }
        }
        Ok(())
    })?;
    Ok(lines)
}

/// A name that says nothing of the learner, and is the same on every device and at every export: made of the first row of the log.
fn made_name(tx: &Tx<'_>) -> Result<String> {
    let first = log::first_id(tx)?.map(|id| id.0).unwrap_or_default();
    let hex: String = Sha256::digest(first).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(hex.chars().take(NAME).collect())
}

fn responses(responses: &[String]) -> Result<String> {
    if responses.is_empty() {
        return Ok(String::new());
    }
    serde_json::to_string(responses).map_err(|cause| Error::internal(cause.to_string()))
}
