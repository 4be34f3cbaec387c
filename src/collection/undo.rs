//! Taking back the last answer.

use super::{Collection, derive};
use crate::error::Result;
use crate::model::{Day, Entry};
use crate::store::{card, log, note};
use crate::study::Undone;

impl Collection {
    /// Takes back the answer that was written last and still stands. None if there is none.
    pub fn undo(&mut self) -> Result<Option<Undone>> {
        self.undo_if(|_, _| true)
    }

    /// Takes it back if it was given on this study day.
    pub(super) fn undo_today(&mut self) -> Result<Option<Undone>> {
        self.undo_if(|given, today| given == today)
    }

    fn undo_if(&mut self, wanted: impl FnOnce(Day, Day) -> bool) -> Result<Option<Undone>> {
        self.write(|tx, context| {
            let Some((key, row)) = log::last_answer(tx)? else { return Ok(None) };
            let Entry::Answered(event, answer) = row.entry else { return Ok(None) };
            if !wanted(row.day, context.now.day) {
                return Ok(None);
            }
            let stored = note::by_guid(tx, &key.guid)?;
            let cards =
                stored.as_ref().map(|stored| card::of_note(tx, stored.id)).transpose()?.unwrap_or_default();
            let card = cards.iter().find(|card| card.slot == key.slot);
            let rows = log::of_card(tx, &key)?;
            let (_, state) = derive::record(tx, &key, card, rows, context.now, [Entry::Retract(row.id)])?;
            Ok(Some(Undone {
                card: card.map(|card| card.id),
                prompt: stored.map(|stored| stored.note.content.prompt).unwrap_or_default(),
                grade: answer.grade,
                event,
                state,
            }))
        })
    }
}
