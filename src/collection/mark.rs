//! Marking notes.

use super::{Changed, Collection, Selection, steps};
use crate::error::Result;
use crate::model::Act;
use crate::store::{card, note};

impl Collection {
    /// Marks the notes of cards, or takes the marks away.
    pub fn mark(&mut self, cards: &Selection, marked: bool) -> Result<Vec<Changed>> {
        let act = if marked { Act::Mark } else { Act::Unmark };
        self.operate(act, |tx, context| {
            let mut done = Vec::new();
            for stored in steps::chosen_notes(tx, context, cards)? {
                let changed = stored.note.marked != marked;
                if changed {
                    note::mark(tx, stored.id, marked, context.now)?;
                }
                done.extend(
                    card::of_note(tx, stored.id)?.iter().map(|card| Changed { card: card.id, changed }),
                );
            }
            Ok(done)
        })
    }
}
