//! Today at a glance.

use std::collections::HashMap;

use serde::Serialize;

use super::{Collection, Context, steps};
use crate::error::Result;
use crate::model::{DeckId, DeckName};
use crate::store::{DeckTotals, Tx, card, deck, log, note};
use crate::study::so_far;

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
    let so_far = so_far(log::of_cards_on(tx, day)?, day);
    let mut own = tx.totals(day)?;
    // Cards of a note that was answered today wait until tomorrow; the stored totals know nothing of that.
    for guid in &so_far.answered {
        let Some(id) = note::id_of(tx, guid)? else { continue };
        let cards = card::of_note(tx, id)?;
        let standing = card::standing(&cards);
        if let Some(totals) = cards.first().and_then(|card| own.get_mut(&card.deck)) {
            totals.due = totals.due.saturating_sub(u32::from(standing.is_due(day)));
            totals.new = totals.new.saturating_sub(u32::from(standing.is_new(day)));
        }
    }
    let (due_left, new_left) = so_far.limits_left(&context.settings);
    let limited = |totals: DeckTotals| (totals.due.min(due_left), totals.new.min(new_left));
    let sum = own.values().fold(DeckTotals::default(), |sum, totals| add(sum, *totals));
    let (due, new) = limited(sum);
    let decks = with_those_below(deck::all(tx)?, &own)
        .into_iter()
        .map(|(deck, totals)| {
            let (due, new) = limited(totals);
            DeckLine { deck, due, new, total: totals.cards }
        })
        .collect();
    let drill = steps::drills(tx, &so_far)?.len();
    Ok(Today { study_day: day.to_string(), due, new, drill: u32::try_from(drill).unwrap_or(u32::MAX), decks })
}

fn add(a: DeckTotals, b: DeckTotals) -> DeckTotals {
    DeckTotals { cards: a.cards + b.cards, due: a.due + b.due, new: a.new + b.new }
}

/// Each deck with the sum of its own totals and those of the decks below it.
fn with_those_below(
    decks: Vec<deck::Deck>,
    own: &std::collections::BTreeMap<DeckId, DeckTotals>,
) -> Vec<(DeckName, DeckTotals)> {
    let mut sums: HashMap<String, DeckTotals> = HashMap::new();
    for deck in &decks {
        let totals = own.get(&deck.id).copied().unwrap_or_default();
        let mut name = Some(deck.name.clone());
        while let Some(above) = name {
            let sum = sums.entry(above.folded()).or_default();
            *sum = add(*sum, totals);
            name = above.parent();
        }
    }
    let with_sum = |deck: deck::Deck| {
        let sum = sums.get(&deck.name.folded()).copied().unwrap_or_default();
        (deck.name, sum)
    };
    decks.into_iter().map(with_sum).collect()
}
