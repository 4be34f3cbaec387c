//! Today at a glance.

use serde::Serialize;

use super::{Collection, Context, steps};
use crate::error::Result;
use crate::model::DeckName;
use crate::store::Tx;

/// What is left for today under the limits.
#[derive(Debug, Clone, Serialize)]
pub struct Today {
    /// The study day.
    pub study_day: String,
    /// Due cards.
    pub due: u32,
    /// New cards.
    pub new: u32,
    /// Cards that scored below 4 today and are asked again.
    pub drill: u32,
    /// Deck by deck, each with the decks below it.
    pub decks: Vec<DeckLine>,
}

/// What `matura review DECK` would ask.
#[derive(Debug, Clone, Serialize)]
pub struct DeckLine {
    /// The deck.
    pub deck: DeckName,
    /// Due cards.
    pub due: u32,
    /// New cards.
    pub new: u32,
    /// Cards in it, suspended ones too.
    pub total: u32,
}

impl Collection {
    /// What is left for today.
    pub fn today(&mut self) -> Result<Today> {
        self.read(today)
    }
}

fn today(tx: &Tx<'_>, context: Context) -> Result<Today> {
    let (so_far, left) = steps::left_today(tx, context)?;
    let line = |deck: crate::store::deck::Deck| {
        let totals = left.decks.get(&deck.id).copied().unwrap_or_default();
        DeckLine { deck: deck.name, due: totals.due, new: totals.new, total: totals.cards }
    };
    Ok(Today {
        study_day: context.now.day.to_string(),
        due: left.all.0,
        new: left.all.1,
        drill: u32::try_from(so_far.drills.len()).unwrap_or(u32::MAX),
        decks: so_far.decks.into_iter().map(line).collect(),
    })
}
