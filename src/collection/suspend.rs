//! Suspending cards and resuming them.

use super::{Collection, answer, derive};
use crate::error::{Error, Kind, Result};
use crate::model::CardId;
use crate::store::note;

impl Collection {
    /// Suspends a card, or resumes it; says whether that changed anything.
    pub fn suspend(&mut self, card: CardId, suspended: bool) -> Result<bool> {
        self.write(|tx, context| {
            let (card, key, stored) = answer::find(tx, card)?;
            if card.suspended == suspended {
                return Ok(false);
            }
            let mut slots = stored.suspended;
            slots.retain(|slot| *slot != card.slot);
            if suspended {
                slots.push(card.slot);
            }
            note::place(tx, stored.id, stored.deck_id, &slots, context.now)?;
            let all =
                stored.note.content.slots().map_err(|invalid| Error::new(Kind::Damaged, invalid.message))?;
            derive::cards(tx, stored.id, &key.guid, stored.deck_id, &all, &slots)?;
            Ok(true)
        })
    }
}
