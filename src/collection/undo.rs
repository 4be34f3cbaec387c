//! Taking back what was done last: an answer, an import, an edit, a removal.

use std::collections::BTreeMap;

use super::{Collection, Context, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, CardKey, Entry, RowId};
use crate::schedule::replay;
use crate::store::note::RemovedBy;
use crate::store::operation::{self, Operation};
use crate::store::{Tx, card, log, note};
use crate::study::Undone;

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenBackLast {
    /// An answer.
    Answer(Undone),
    /// An operation.
    Operation {
        /// What it was.
        act: Act,
        /// What it was done to.
        about: String,
        /// Notes that are as they were.
        notes: u32,
        /// Answers and schedules that do not count any more.
        rows: u32,
    },
}

impl Collection {
    /// Takes back what was done last and still stands, in this process or another; none if there is nothing.
    pub fn undo(&mut self) -> Result<Option<TakenBackLast>> {
        self.write(|tx, context| {
            let answered = log::last_answer_place(tx)?;
            match operation::last(tx, context.now.day)? {
                Some(last) if answered.is_none_or(|place| place <= last.log_after) => {
                    take_back(tx, context, last).map(Some)
                }
                _ => Ok(steps::undo(tx, context, |_, _| true)?.map(TakenBackLast::Answer)),
            }
        })
    }
}

fn take_back(tx: &Tx<'_>, context: Context, last: Operation) -> Result<TakenBackLast> {
    let Operation { id, act, .. } = last;
    if !act.can_be_undone() || !last.is_kept {
        let why = if last.is_kept { "cannot be taken back alone" } else { "is too long ago" };
        let message = format!("what was done last, {act} {:?}, {why}", last.about);
        return Err(Error::new(Kind::NotFound, message)
            .hint("matura backups lists states that matura restore brings back"));
    }
    let undoing = operation::undo_rows(tx, id, context.now)?;
    let rows = retract(tx, context, operation::log_rows(tx, &last)?)?;
    for added in &undoing.added {
        // a bank that states it again brings it back
        note::set_removed(tx, *added, Some(RemovedBy::Withdrawal), context.now)?;
    }
    for id in undoing.added.into_iter().chain(undoing.changed) {
        note::get(tx, id)?.map_or(Ok(()), |stored| steps::cards_of(tx, &stored))?;
    }
    operation::undo_decks(tx)?;
    operation::set_undone(tx, id, context.now)?;
    Ok(TakenBackLast::Operation { act, about: last.about, notes: last.notes, rows })
}

/// Has rows of the log not count any more, and gives their cards the states that the log comes to then.
fn retract(tx: &Tx<'_>, context: Context, rows: Vec<(CardKey, RowId)>) -> Result<u32> {
    let mut cards: BTreeMap<CardKey, Vec<RowId>> = BTreeMap::new();
    for (key, row) in rows {
        cards.entry(key).or_default().push(row);
    }
    let mut retracted = 0;
    for (key, targets) in cards {
        let mut rows = log::of_card(tx, &key)?;
        for target in targets {
            let seq = rows.iter().map(|row| row.seq).max().unwrap_or(0).saturating_add(1);
            rows.push(log::append(tx, &key, seq, context.now, Entry::Retract(target))?);
            retracted += 1;
        }
        let Some(stored) = note::by_guid(tx, &key.guid)? else { continue };
        let state = replay(&mut rows).state;
        if let Some(card) = card::of_note(tx, stored.id)?.iter().find(|card| card.slot == key.slot) {
            steps::set_state(tx, card, state)?;
        }
    }
    Ok(retracted)
}
