//! A study day as the front page counts it and a session asks it: the same limits, the same notes that wait.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::collection::Context;
use crate::error::Result;
use crate::model::{CardKey, Day, DeckId, Guid, NoteId, Settings};
use crate::store::card::{self, Card};
use crate::store::deck::{self, Deck};
use crate::store::{DeckTotals, Tx, log, note, setting};
use crate::study::{Budget, CardDay, Tree, so_far};

/// A study day so far.
#[derive(Debug)]
pub(in crate::collection) struct StudyDay {
    /// Every deck, in the order of names.
    pub(in crate::collection) decks: Vec<Deck>,
    /// Which of them stands in which.
    pub(in crate::collection) tree: Tree,
    /// What the limits still allow of due cards.
    pub(in crate::collection) due: Budget,
    /// What they allow of new ones.
    pub(in crate::collection) new: Budget,
    /// Notes whose cards wait until tomorrow: one of them was answered or is buried.
    pub(in crate::collection) waiting: HashSet<NoteId>,
    /// Whether a card was reviewed on it.
    pub(in crate::collection) is_begun: bool,
    /// The cards that have to be repeated and can be.
    pub(in crate::collection) drills: Vec<Card>,
}

/// The study day that it is.
pub(in crate::collection) fn study_day(tx: &Tx<'_>, context: Context) -> Result<StudyDay> {
    let day = context.now.day;
    let so_far = so_far(cards_of(tx, day)?, day);
    let buried: HashMap<NoteId, _> = note::buried_on(tx, day)?.into_iter().collect();
    let mut known: HashMap<&Guid, (NoteId, DeckId)> = HashMap::new();
    for guid in so_far.answered.iter().chain(&so_far.due).chain(&so_far.new) {
        if !known.contains_key(guid)
            && let Some(found) = note::whereabouts(tx, guid)?
        {
            known.insert(guid, found);
        }
    }
    let mut waiting: HashSet<NoteId> =
        so_far.answered.iter().filter_map(|guid| known.get(guid)).map(|(note, _)| *note).collect();
    waiting.extend(buried.keys());
    let decks = deck::all(tx)?;
    let tree = tree(&decks);
    let used = |guids: &[Guid]| -> Vec<Option<DeckId>> {
        guids.iter().map(|guid| known.get(guid).map(|(_, deck)| *deck)).collect()
    };
    let (due, new) = budgets(tx, &context.settings, &tree, used(&so_far.due), used(&so_far.new))?;
    let mut drills = Vec::new();
    for key in &so_far.drills {
        let Some((note, _)) = known.get(&key.guid) else { continue };
        let is_buried = buried.get(note).is_some_and(|slots| slots.contains(&key.slot));
        let of_note = card::of_note(tx, *note)?;
        drills
            .extend(of_note.into_iter().find(|card| card.slot == key.slot && !card.suspended && !is_buried));
    }
    let is_begun = !so_far.answered.is_empty();
    Ok(StudyDay { decks, tree, due, new, waiting, is_begun, drills })
}

/// The cards that have a row on the day, and what their logs say of it.
fn cards_of(tx: &Tx<'_>, day: Day) -> Result<Vec<(CardKey, CardDay)>> {
    let mut cards = Vec::new();
    for (key, answers) in log::answers_of_cards_on(tx, day)? {
        let card = match answers.and_then(|mut answers| CardDay::of_answers(&mut answers, day)) {
            Some(card) => card,
            None => CardDay::of_rows(&mut log::of_card(tx, &key)?, day),
        };
        cards.push((key, card));
    }
    Ok(cards)
}

fn tree(decks: &[Deck]) -> Tree {
    Tree::new(decks.iter().map(|deck| (deck.id, &deck.name)))
}

/// What the limits allow of due and of new cards when cards of these decks are used up.
fn budgets(
    tx: &Tx<'_>,
    settings: &Settings,
    tree: &Tree,
    due: Vec<Option<DeckId>>,
    new: Vec<Option<DeckId>>,
) -> Result<(Budget, Budget)> {
    let of_decks = setting::of_decks(tx)?;
    let due_limits = of_decks.iter().filter_map(|(deck, limits)| Some((*deck, limits.reviews_per_day?)));
    let new_limits = of_decks.iter().filter_map(|(deck, limits)| Some((*deck, limits.new_per_day?)));
    Ok((
        Budget::new(tree, settings.reviews_per_day, due_limits, due),
        Budget::new(tree, settings.new_per_day, new_limits, new),
    ))
}

/// Cards that are asked: in all, and in a review of each deck.
#[derive(Debug)]
pub(in crate::collection) struct Left {
    /// Due and new ones in all.
    pub(in crate::collection) all: (u32, u32),
    /// Due and new ones of each deck with those below it, and all of its cards.
    pub(in crate::collection) decks: HashMap<DeckId, DeckTotals>,
}

/// What a day asks of so many cards that decks hold themselves.
pub(in crate::collection) fn left(
    tree: &Tree,
    budgets: (&Budget, &Budget),
    own: &BTreeMap<DeckId, DeckTotals>,
) -> Left {
    let figure = |of: fn(&DeckTotals) -> u32| own.iter().map(|(deck, totals)| (*deck, of(totals))).collect();
    let (all_due, due) = budgets.0.allowed(tree, &figure(|totals| totals.due));
    let (all_new, new) = budgets.1.allowed(tree, &figure(|totals| totals.new));
    let cards = tree.sums(&figure(|totals| totals.cards), |_, sum| sum);
    let of = |figures: &HashMap<DeckId, u32>, deck| figures.get(&deck).copied().unwrap_or(0);
    let decks = cards
        .into_iter()
        .map(|(deck, cards)| (deck, DeckTotals { cards, due: of(&due, deck), new: of(&new, deck) }))
        .collect();
    Left { all: (all_due, all_new), decks }
}

/// The study day that it is, and what it still asks.
pub(in crate::collection) fn left_today(tx: &Tx<'_>, context: Context) -> Result<(StudyDay, Left)> {
    let day = context.now.day;
    let so_far = study_day(tx, context)?;
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
    let left = left(&so_far.tree, (&so_far.due, &so_far.new), &own);
    Ok((so_far, left))
}

/// More cards than any limit allows.
const MANY: u32 = 2_000_000;

/// What the limits allow of due and of new cards, however many there are: what is left of today's, and those of any other day.
/// Of all decks, or of one with those below it.
pub(in crate::collection) fn capacity(
    tx: &Tx<'_>,
    context: Context,
    so_far: &StudyDay,
    deck: Option<DeckId>,
) -> Result<[(u32, u32); 2]> {
    let (due, new) = budgets(tx, &context.settings, &so_far.tree, Vec::new(), Vec::new())?;
    // a deck without cards brings none
    let many = |totals: DeckTotals| if totals.cards > 0 { MANY } else { 0 };
    let own: BTreeMap<DeckId, DeckTotals> = tx
        .totals(context.now.day)?
        .into_iter()
        .map(|(deck, totals)| (deck, DeckTotals { due: many(totals), new: many(totals), ..totals }))
        .collect();
    Ok([(&so_far.due, &so_far.new), (&due, &new)].map(|budgets| {
        let left = left(&so_far.tree, budgets, &own);
        match deck {
            Some(deck) => left.decks.get(&deck).map_or((0, 0), |totals| (totals.due, totals.new)),
            // without cards there is nothing to bind
            None if own.values().all(|totals| totals.cards == 0) => {
                (context.settings.reviews_per_day, context.settings.new_per_day)
            }
            None => left.all,
        }
    }))
}

/// What tomorrow asks if nothing more is answered today.
pub(in crate::collection) fn tomorrow(tx: &Tx<'_>, context: Context) -> Result<(u32, u32)> {
    let tree = tree(&deck::all(tx)?);
    let (due, new) = budgets(tx, &context.settings, &tree, Vec::new(), Vec::new())?;
    Ok(left(&tree, (&due, &new), &tx.totals(context.now.day.plus(1))?).all)
}
