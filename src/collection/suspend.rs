//! Suspending cards and resuming them.

use serde::Serialize;

use super::{Collection, Selection, steps};
use crate::error::Result;
use crate::model::{Act, CardId};

/// What became of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The card.
    pub card: CardId,
    /// Whether it was otherwise before.
    pub changed: bool,
}

impl Collection {
    /// Suspends cards, or resumes them.
    pub fn suspend(&mut self, cards: &Selection, suspended: bool) -> Result<Vec<Changed>> {
        let act = if suspended { Act::Suspend } else { Act::Resume };
        self.operate(act, |tx, context| {
            let change =
                |card| Ok(Changed { card, changed: steps::suspend(tx, context.now, card, suspended)? });
            steps::chosen(tx, context, cards)?.into_iter().map(change).collect()
        })
    }
}
