//! The queue of a session out of the collection.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{CardId, CardRef, Day, DeckId, DueOrder, Grade, NewCards, NoteId};
use crate::store::{Tx, card, note, queries};
use crate::study::{self, Pick, Queue, Stage, Wanted, Way, arrange};

/// What a session may ask, and what it has asked.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) way: Way,
    pub(super) decks: Option<&'s HashSet<DeckId>>,
    pub(super) wanted: &'s Wanted,
    /// The answers that were given in it, each with what its card was asked for.
    pub(super) asked: &'s [(CardId, Stage, Grade)],
    /// A card that comes before all others.
    pub(super) first: Option<(CardId, Stage)>,
    /// The cards that are practised.
    pub(super) chosen: &'s [CardId],
    /// The new cards that were shown.
    pub(super) seen: Option<&'s HashSet<CardId>>,
    /// Whether a group of them is being shown.
    pub(super) is_showing: bool,
}

impl<'s> Scope<'s> {
    /// That of a session that begins.
    pub(super) fn start(way: Way, decks: Option<&'s HashSet<DeckId>>, wanted: &'s Wanted) -> Self {
        Self { way, decks, wanted, asked: &[], first: None, chosen: &[], seen: None, is_showing: false }
    }

    fn asked(&self, stage: Stage) -> usize {
        self.asked.iter().filter(|(_, of, _)| *of == stage).count()
    }

    fn was_asked(&self, card: CardId) -> bool {
        self.asked.iter().any(|(asked, ..)| *asked == card)
    }

    /// Cards that the session may still ask for the first time.
    fn limit(&self) -> Option<usize> {
        let cards: HashSet<CardId> = self.asked.iter().map(|(card, ..)| *card).collect();
        let limit = usize::try_from(self.wanted.limit?).unwrap_or(usize::MAX);
        Some(limit.saturating_sub(cards.len()))
    }
}

/// What a session asks.
pub(super) fn queue(tx: &Tx<'_>, context: Context, scope: &Scope<'_>) -> Result<Queue> {
    match scope.way {
        Way::Review => of_day(tx, context, scope),
        Way::Learn => {
            let mut queue = of_day(tx, context, scope)?;
            let seen = |card| scope.seen.is_some_and(|seen| seen.contains(&card));
            queue.show_first(seen, scope.is_showing);
            Ok(queue)
        }
        Way::Practice(practice) => {
            let answers: Vec<(CardId, Grade)> =
                scope.asked.iter().map(|(card, _, grade)| (*card, *grade)).collect();
            let left = study::left(scope.chosen, &answers, practice.until_right);
            let mut queue = Queue::of_practice(left, practice.stage());
            if let Some((card, stage)) = scope.first {
                queue.put_first(card, stage);
            }
            Ok(queue)
        }
    }
}

/// What is due and what is new, under the limits and as the settings have it; then what has to be repeated. Who learns
/// is asked what is new, and repeats that.
fn of_day(tx: &Tx<'_>, context: Context, scope: &Scope<'_>) -> Result<Queue> {
    let learns = scope.way == Way::Learn;
    let (day, settings) = (context.now.day, context.settings);
    let so_far = steps::study_day(tx, context)?;
    let first = first(tx, scope, &so_far.waiting)?;
    // a card that is shown first is a new one
    let sort = |stage| if stage == Stage::Shown { Stage::New } else { stage };
    let reserved = |stage| first.filter(|(_, of)| sort(*of) == stage).map(|(card, _)| card);
    let mut fit = Fit::new(tx, scope.wanted);
    let mut pick = Pick::new(&so_far.tree, scope.decks, so_far.waiting);
    let limits = limits(context, scope);
    let asked_new = u32::try_from(scope.asked(Stage::New)).unwrap_or(u32::MAX);
    let wanted_new = scope.wanted.new.map(|new| new.saturating_sub(asked_new));
    let (mut due, mut new) = (Vec::new(), Vec::new());
    // A note with a due card leaves its new ones for another day, so neither sort takes anything from the other.
    let order = if settings.new_cards == NewCards::Before {
        [Stage::New, Stage::Due]
    } else {
        [Stage::Due, Stage::New]
    };
    for stage in order {
        let left = limits.left(due.len() + new.len());
        match stage {
            Stage::New => {
                pick.up_to(so_far.new.clone(), [left, wanted_new].into_iter().flatten().min());
                if let Some(card) = reserved(stage) {
                    pick.reserve(card);
                }
                fit.pick_new(day, &mut pick)?;
                new = pick.take();
            }
            Stage::Due
            | Stage::Drill
            | Stage::Shown
            | Stage::Practice
            | Stage::Cram
            | Stage::Match
            | Stage::Test => {
                pick.up_to(so_far.due.clone(), left);
                if let Some(card) = reserved(stage) {
                    pick.reserve(card);
                }
                if !learns {
                    queries::due(tx, day, &mut |candidate| fit.offer(&mut pick, candidate))?;
                }
                due = pick.take();
            }
        }
    }
    let mut drills = Vec::new();
    for card in so_far.drills {
        let is_of_session = !learns || scope.was_asked(card.id);
        if is_of_session && scope.decks.is_none_or(|decks| decks.contains(&card.deck)) && fit.fits(card.note)
        {
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
        queue.shorten(limit, |card| scope.was_asked(card));
    }
    Ok(queue)
}

/// How many cards are looked for.
enum Limits {
    /// Those of the day.
    Day,
    /// So many in all, for they are found in the order of asking.
    InAll(usize),
    /// So many of each sort: something mixes them, but notes have to be read to find them.
    OfEach(usize),
}

impl Limits {
    /// The limit of a sort when so many of the other are found.
    fn left(&self, found: usize) -> Option<u32> {
        let limit = match self {
            Self::Day => return None,
            Self::InAll(limit) => limit.saturating_sub(found),
            Self::OfEach(limit) => *limit,
        };
        u32::try_from(limit).ok()
    }
}

fn limits(context: Context, scope: &Scope<'_>) -> Limits {
    let settings = context.settings;
    match scope.limit() {
        Some(limit) if settings.due_order == DueOrder::Oldest && settings.new_cards != NewCards::Mixed => {
            Limits::InAll(limit)
        }
        Some(limit) if scope.wanted.chooses() => Limits::OfEach(limit),
        Some(_) | None => Limits::Day,
    }
}

/// The card that comes before all others, if it can be asked at all.
fn first(tx: &Tx<'_>, scope: &Scope<'_>, waiting: &HashSet<NoteId>) -> Result<Option<(CardRef, Stage)>> {
    let Some((id, stage)) = scope.first else { return Ok(None) };
    let found = card::get(tx, id)?.filter(|card| !card.suspended);
    let may = |card: &card::Card| stage == Stage::Drill || !waiting.contains(&card.note);
    Ok(found.filter(may).map(|card| (CardRef { card: id, note: card.note, deck: card.deck }, stage)))
}

/// Reads notes to find out whether they are wanted.
pub(super) struct Fit<'t, 'c> {
    tx: &'t Tx<'c>,
    wanted: &'t Wanted,
    failed: Option<crate::error::Error>,
}

impl<'t, 'c> Fit<'t, 'c> {
    pub(super) fn new(tx: &'t Tx<'c>, wanted: &'t Wanted) -> Self {
        Self { tx, wanted, failed: None }
    }

    pub(super) fn fits(&mut self, note: NoteId) -> bool {
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

    fn offer(&mut self, pick: &mut Pick<'_>, candidate: CardRef) -> ControlFlow<()> {
        let flow = pick.offer(candidate, |note| self.fits(note));
        if self.failed.is_some() { ControlFlow::Break(()) } else { flow }
    }

    /// Offers the new cards. When the limit of a deck is used up, the many that it may have left are not gone through.
    fn pick_new(&mut self, day: Day, pick: &mut Pick<'_>) -> Result<()> {
        let tx = self.tx;
        // they become fewer and no others
        let count = |pick: &Pick<'_>| pick.open().map(HashSet::len);
        loop {
            let open: Option<Vec<DeckId>> = pick.open().map(|open| open.iter().copied().collect());
            let before = count(pick);
            let mut take = |candidate| {
                let flow = self.offer(pick, candidate);
                if count(pick) == before { flow } else { ControlFlow::Break(()) }
            };
            match &open {
                Some(open) => queries::new_of(tx, day, open, &mut take)?,
                None => queries::new(tx, day, &mut take)?,
            }
            if self.failed.is_some() || pick.is_full() || count(pick) == before {
                return Ok(());
            }
        }
    }

    pub(super) fn end(self) -> Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}
