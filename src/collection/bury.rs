//! Burying cards, and asking them today after all.

use super::{Collection, steps};
use crate::error::Result;
use crate::model::CardId;
use crate::store::{card, note};

impl Collection {
    /// Puts a card off until the next study day, or does not any more; says whether that changed anything.
    pub fn bury(&mut self, card: CardId, buried: bool) -> Result<bool> {
        self.write(|tx, context| steps::bury(tx, context, card, buried))
    }

    /// Puts no card off any more; gives those that were.
    pub fn unbury_all(&mut self) -> Result<Vec<CardId>> {
        self.write(|tx, context| {
            let mut cards = Vec::new();
            for (note, slots) in note::buried_on(tx, context.now.day)? {
                let of_note = card::of_note(tx, note)?;
                cards.extend(of_note.iter().filter(|card| slots.contains(&card.slot)).map(|card| card.id));
                note::bury(tx, note, context.now.day, &[])?;
            }
            Ok(cards)
        })
    }
}
