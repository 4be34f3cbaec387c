//! What a learner sees of the learning.

mod hardest;

use serde::Serialize;

use super::steps::Copies;
use super::{Collection, Context, decks, steps};
use crate::clock::Clock;
use crate::error::Result;
use crate::model::{CardId, DeckName};
use crate::report::learning::{Done, Learning, Limits, Material, Past, Rate, Shown, figures};
use crate::store::Tx;

/// What is shown of the learning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// The deck, with those below it; none for all.
    pub deck: Option<DeckName>,
    /// What is left for today under the limits.
    pub left: LeftToday,
    /// The figures.
    #[serde(flatten)]
    pub learning: Learning,
    /// The cards that were forgotten most often in the days shown.
    pub hardest: Vec<HardCard>,
}

/// What is left for today under the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LeftToday {
    /// Due cards.
    pub due: u32,
    /// New cards.
    pub new: u32,
    /// Cards that scored below 4 today and are asked again.
    pub drill: u32,
}

/// A card that was forgotten often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HardCard {
    /// Its local number.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// What it asks, on one line.
    pub prompt: String,
    /// What was remembered of it in the days shown.
    pub retention: Rate,
    /// How often it was forgotten after it had been learnt, ever.
    pub lapses: u32,
    /// What was answered instead in the days shown, where the program marks it: the most frequent first.
    pub instead: Vec<Instead>,
}

/// A wrong answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instead {
    /// What was answered, on one line.
    pub answer: String,
    /// How often.
    pub times: u32,
}

impl Collection {
    /// What the log says of the last days, at least one, and what comes: of all decks, or of one with those below it.
    pub fn stats(&mut self, deck: Option<&str>, days: u32) -> Result<Stats> {
        let clock = self.clock.as_ref();
        let (stats, copies) = self.store.read(|tx| {
            let context = super::context(tx, clock)?;
            stats(tx, context, clock, (deck, days.max(1)))
        })?;
        if copies.are_worth_keeping() {
            // it makes the next call faster and no more: whoever cannot write to the collection sees the same
            drop(self.store.write(|tx| copies.keep(tx)));
        }
        Ok(stats)
    }
}

fn stats(
    tx: &Tx<'_>,
    context: Context,
    clock: &dyn Clock,
    (deck, days): (Option<&str>, u32),
) -> Result<(Stats, Copies)> {
    let deck = deck.map(|name| decks::find(tx, name)).transpose()?;
    let (id, deck) = (deck.as_ref().map(|deck| deck.id), deck.map(|deck| deck.name));
    let within = decks::subtree(tx, deck.as_ref().map(DeckName::as_str))?;
    let most_ms = context.settings.answer_seconds.saturating_mul(1000);
    let shown = Shown { today: context.now.day, days, most_ms };
    let of_today = || {
        let (so_far, left) = steps::left_today(tx, context)?;
        let capacity = steps::capacity(tx, context, &so_far, id)?;
        Ok((so_far, left, capacity))
    };
    let look = |past: &Past| Done::of(past, &shown, &|ms| clock.hour(ms));
    let (loaded, copies) = steps::figures(tx, (shown.from(), shown.today), within.as_ref(), of_today, look)?;
    let (so_far, left, [today, later]) = loaded.beside;
    let material = Material {
        cards: loaded.cards,
        notes: loaded.notes,
        texts: &loaded.texts,
        limits: Limits {
            new_today: today.1,
            new_per_day: later.1,
            reviews_today: today.0,
            reviews_per_day: later.0,
        },
    };
    let learning = figures(&shown, loaded.done, &material);
    let hardest = hardest::hardest(tx, &learning)?;
    let (due, new) =
        id.map_or(left.all, |id| left.decks.get(&id).map_or((0, 0), |left| (left.due, left.new)));
    let is_shown = |deck| within.as_ref().is_none_or(|within| within.contains(&deck));
    let drill = so_far.drills.iter().filter(|card| is_shown(card.deck)).count();
    let left = LeftToday { due, new, drill: u32::try_from(drill).unwrap_or(u32::MAX) };
    Ok((Stats { deck, left, learning, hardest }, copies))
}
