//! The queue of a session out of the collection.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{CardId, CardRef, Day, DeckId, DueOrder, NewCards, NoteId};
use crate::store::{Tx, card, note, queries};
use crate::study::{Pick, Queue, Stage, Wanted, arrange};

/// What a session may ask, and what it has asked.
pub(super) struct Scope<'s> {
    pub(super) decks: Option<&'s HashSet<DeckId>>,
    pub(super) wanted: &'s Wanted,
    /// The cards that were answered in it, each with what it was asked for.
    pub(super) asked: &'s [(CardId, Stage)],
    /// A card that comes before all others.
    pub(super) first: Option<(CardId, Stage)>,
}

impl Scope<'_> {
    fn asked(&self, stage: Stage) -> usize {
        self.asked.iter().filter(|(_, of)| *of == stage).count()
    }

    /// Cards that the session may still ask for the first time.
    fn limit(&self) -> Option<usize> {
        let cards: HashSet<CardId> = self.asked.iter().map(|(card, _)| *card).collect();
        let limit = usize::try_from(self.wanted.limit?).unwrap_or(usize::MAX);
        Some(limit.saturating_sub(cards.len()))
    }
}

/// What is due and what is new, under the limits and as the settings have it; then what has to be repeated.
pub(super) fn queue(tx: &Tx<'_>, context: Context, scope: &Scope<'_>) -> Result<Queue> {
    let (day, settings) = (context.now.day, context.settings);
    let so_far = steps::study_day(tx, context)?;
    let first = first(tx, scope, &so_far.waiting)?;
    let reserved = |stage| first.filter(|(_, of)| *of == stage).map(|(card, _)| card);
    let mut fit = Fit { tx, wanted: scope.wanted, failed: None };
    let mut pick = Pick::new(&so_far.tree, scope.decks, so_far.waiting);
    // The first cards of a day can be told without the others if nothing mixes them; where notes have to be read for it,
    // no more of them than the session asks.
    let in_order = settings.due_order == DueOrder::Oldest && settings.new_cards != NewCards::Mixed;
    let limit = scope.limit().and_then(|limit| u32::try_from(limit).ok());
    let limit = limit.filter(|_| in_order || scope.wanted.chooses());
    pick.up_to(so_far.due, limit);
    if let Some(card) = reserved(Stage::Due) {
        pick.reserve(card);
    }
    fit.pick(day, queries::due, &mut pick)?;
    let mut due = pick.take();
    let asked_new = u32::try_from(scope.asked(Stage::New)).unwrap_or(u32::MAX);
    let new_limit = scope.wanted.new.map(|new| new.saturating_sub(asked_new));
    pick.up_to(so_far.new, [limit, new_limit].into_iter().flatten().min());
    if let Some(card) = reserved(Stage::New) {
        pick.reserve(card);
    }
    fit.pick(day, queries::new, &mut pick)?;
    let new = pick.take();
    let mut drills = Vec::new();
    for card in so_far.drills {
        if scope.decks.is_none_or(|decks| decks.contains(&card.deck)) && fit.fits(card.note) {
            drills.push(card.id);
        }
    }
    fit.end()?;
    arrange(&mut due, settings.due_order, day);
    let asked = (scope.asked(Stage::Due), scope.asked(Stage::New));
    let mut queue = Queue::new(due, new, drills, settings.new_cards, asked);
    if let Some((card, stage)) = first {
        queue.put_first(card.card, stage);
    }
    if let Some(limit) = scope.limit() {
        queue.shorten(limit, |card| scope.asked.iter().any(|(asked, _)| *asked == card));
    }
    Ok(queue)
}

/// The card that comes before all others, if it can be asked at all.
fn first(tx: &Tx<'_>, scope: &Scope<'_>, waiting: &HashSet<NoteId>) -> Result<Option<(CardRef, Stage)>> {
    let Some((id, stage)) = scope.first else { return Ok(None) };
    let found = card::get(tx, id)?.filter(|card| !card.suspended);
    let may = |card: &card::Card| stage == Stage::Drill || !waiting.contains(&card.note);
    Ok(found.filter(may).map(|card| (CardRef { card: id, note: card.note, deck: card.deck }, stage)))
}

/// Reads notes to find out whether they are wanted.
struct Fit<'t, 'c> {
    tx: &'t Tx<'c>,
    wanted: &'t Wanted,
    failed: Option<crate::error::Error>,
}

impl Fit<'_, '_> {
    fn fits(&mut self, note: NoteId) -> bool {
        if !self.wanted.chooses() {
            return true;
        }
        match note::labels(self.tx, note) {
            Ok(labels) => self.wanted.fits(&labels),
            Err(error) => {
                self.failed.get_or_insert(error);
                false
            }
        }
    }

    fn pick(
        &mut self,
        day: Day,
        candidates: impl FnOnce(&Tx<'_>, Day, &mut dyn FnMut(CardRef) -> ControlFlow<()>) -> Result<()>,
        pick: &mut Pick<'_>,
    ) -> Result<()> {
        candidates(self.tx, day, &mut |candidate| {
            let flow = pick.offer(candidate, |note| self.fits(note));
            if self.failed.is_some() { ControlFlow::Break(()) } else { flow }
        })
    }

    fn end(self) -> Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}
