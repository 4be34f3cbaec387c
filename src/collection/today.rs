//! Today at a glance.

use serde::Serialize;

use super::{Collection, Context, steps};
use crate::error::Result;
use crate::model::DeckName;
use crate::store::{Tx, card};

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
    let day = context.now.day;
    let so_far = steps::study_day(tx, context)?;
    let mut own = tx.totals(day)?;
    // The stored totals know nothing of notes that wait until tomorrow.
    for note in &so_far.waiting {
        let cards = card::of_note(tx, *note)?;
        let standing = card::standing(&cards);
        if let Some(totals) = cards.first().and_then(|card| own.get_mut(&card.deck)) {
            totals.due = totals.due.saturating_sub(u32::from(standing.is_due(day)));
            totals.new = totals.new.saturating_sub(u32::from(standing.is_new(day)));
        }
    }
    let left = steps::left(&so_far.tree, (&so_far.due, &so_far.new), &own);
    let line = |deck: crate::store::deck::Deck| {
        let totals = left.decks.get(&deck.id).copied().unwrap_or_default();
        DeckLine { deck: deck.name, due: totals.due, new: totals.new, total: totals.cards }
    };
    Ok(Today {
        study_day: day.to_string(),
        due: left.all.0,
        new: left.all.1,
        drill: u32::try_from(so_far.drills.len()).unwrap_or(u32::MAX),
        decks: so_far.decks.into_iter().map(line).collect(),
    })
}
