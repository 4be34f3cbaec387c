//! Burying cards, and asking them today after all.

use super::{Changed, Collection, Selection, steps};
use crate::error::Result;
use crate::model::{Act, CardId};
use crate::store::{card, note};

impl Collection {
    /// Puts cards off until the next study day, or does not any more.
    pub fn bury(&mut self, cards: &Selection, buried: bool) -> Result<Vec<Changed>> {
        let act = if buried { Act::Bury } else { Act::Unbury };
        self.operate(act, |tx, context| {
            let change = |card| Ok(Changed { card, changed: steps::bury(tx, context, card, buried)? });
            steps::chosen(tx, context, cards)?.into_iter().map(change).collect()
        })
    }

    /// Puts no card off any more; gives those that were.
    pub fn unbury_all(&mut self) -> Result<Vec<CardId>> {
        self.operate(Act::Unbury, |tx, context| {
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
