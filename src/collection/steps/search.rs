//! What a query and what the learner names stand for.

use std::collections::{BTreeMap, HashSet};

use crate::collection::{Context, Selection, decks};
use crate::error::{Error, Kind, Result};
use crate::model::{CardId, DeckId, Guid, NoteId};
use crate::query::{Pattern, Query, Term};
use crate::store::note::{self, Stored};
use crate::store::{Tx, card, deck, queries};
use crate::text::fold;

/// The cards that a query finds, note by note.
pub(in crate::collection) fn search(
    tx: &Tx<'_>,
    context: Context,
    query: &Query,
) -> Result<Vec<(NoteId, CardId)>> {
    let mut names = Vec::new();
    query.each_term(&mut |term| {
        if let Term::Deck(name) = term {
            names.push(name.as_str());
        }
    });
    let mut found = BTreeMap::new();
    for name in names {
        found.insert(name, named(tx, name)?);
    }
    queries::search(tx, query, context.now.day, &found)
}

/// The decks that a name in a query stands for, with those below them.
fn named(tx: &Tx<'_>, name: &str) -> Result<Vec<DeckId>> {
    if !name.contains('*') {
        return Ok(decks::subtree(tx, Some(name))?.into_iter().flatten().collect());
    }
    let pattern = Pattern::parse(name);
    let all = deck::all(tx)?;
    let fits = |deck: &&deck::Deck| {
        // the whole name, or an end of it
        let levels: Vec<&str> = deck.name.levels().collect();
        (0..levels.len())
            .filter_map(|from| levels.get(from..))
            .any(|end| pattern.is_whole(&fold(&end.join("::"))))
    };
    let tops: Vec<&deck::Deck> = all.iter().filter(fits).collect();
    if tops.is_empty() {
        return Err(
            Error::new(Kind::NotFound, format!("no deck is named {name:?}")).hint("matura decks lists them")
        );
    }
    let below = all.iter().filter(|deck| tops.iter().any(|top| deck.name.is_within(&top.name)));
    Ok(below.map(|deck| deck.id).collect())
}

/// The cards of a selection, each once: those that are named in their order, then those that are found.
pub(in crate::collection) fn chosen(
    tx: &Tx<'_>,
    context: Context,
    selection: &Selection,
) -> Result<Vec<CardId>> {
    let mut cards = Vec::new();
    for name in &selection.names {
        match name.parse().ok().map(|number| card::get(tx, number)).transpose()?.flatten() {
            Some(card) => cards.push(card.id),
            None => cards.extend(card::of_note(tx, note_named(tx, name)?.id)?.iter().map(|card| card.id)),
        }
    }
    if let Some(query) = &selection.query {
        cards.extend(search(tx, context, query)?.into_iter().map(|(_, card)| card));
    }
    let mut seen = HashSet::new();
    cards.retain(|card| seen.insert(*card));
    Ok(cards)
}

/// The notes of the cards of a selection, each once.
pub(in crate::collection) fn chosen_notes(
    tx: &Tx<'_>,
    context: Context,
    selection: &Selection,
) -> Result<Vec<Stored>> {
    let mut notes: Vec<NoteId> = Vec::new();
    let mut seen = HashSet::new();
    for id in chosen(tx, context, selection)? {
        notes.extend(card::get(tx, id)?.map(|card| card.note).filter(|note| seen.insert(*note)));
    }
    notes.into_iter().filter_map(|id| note::get(tx, id).transpose()).collect()
}

/// The note with this guid, or with a card of this number.
fn note_named(tx: &Tx<'_>, name: &str) -> Result<Stored> {
    let found = note::by_guid(tx, &Guid::new(name))?;
    match found {
        Some(stored) if stored.is_removed() => {
            Err(Error::new(Kind::NotFound, format!("the note {name:?} was removed"))
                .hint("matura remove --bring-back brings it back, with its history"))
        }
        Some(stored) => Ok(stored),
        None if name.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(Error::new(Kind::NotFound, format!("there is no card {name}"))
                .hint("matura list shows the numbers of cards"))
        }
        None => Err(Error::new(Kind::NotFound, format!("there is no card or note {name:?}"))
            .hint("matura list shows the numbers of cards, matura list --json the guids of notes")),
    }
}
