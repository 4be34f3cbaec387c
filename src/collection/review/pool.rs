//! The cards that practice asks.

use super::load::{Fit, Scope};
use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{CardId, NoteId, Slot};
use crate::store::{Tx, card, log, note, queries};
use crate::study::{self, Pool, Practice, Question, Rounds};

/// The cards that were chosen.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) cards: Vec<CardId>,
    /// Whether others were left out because they cannot be asked as is wanted.
    pub(super) leaves_out: bool,
}

/// The cards of some decks that are practised, as many as are wanted. Those that are suspended or buried are left out;
/// limits of the day and other cards of a note do not matter.
pub(super) fn choose(tx: &Tx<'_>, context: Context, practice: Practice, scope: &Scope<'_>) -> Result<Chosen> {
    let day = context.now.day;
    let mut today = Vec::new();
    if practice.pool == Pool::MissedToday {
        for key in study::missed(log::of_cards_on(tx, day)?, day) {
            let Some((of, _)) = note::whereabouts(tx, &key.guid)? else { continue };
            today.extend(
                card::of_note(tx, of)?.iter().filter(|card| card.slot == key.slot).map(|card| card.id),
            );
        }
    }
    let buried = buried(tx, note::buried_on(tx, day)?)?;
    let limit = scope.wanted.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let mut chosen = Chosen::default();
    let mut rounds = Rounds::default();
    let mut fit = Fit::new(tx, scope.wanted);
    for candidate in study::choose(practice.pool, queries::candidates(tx)?, &today) {
        if chosen.cards.len() + rounds.len() >= limit {
            break;
        }
        let card = candidate.card;
        let is_wanted = scope.decks.is_none_or(|decks| decks.contains(&card.deck))
            && !buried.contains(&card.card)
            && fit.fits(card.note);
        if is_wanted && practice.is_of_facts() && !candidate.turns() {
            chosen.leaves_out = true;
        } else if is_wanted && practice.pairs {
            let (front, back) = pair(tx, card.card, practice)?;
            rounds.offer(card.card, &front, &back);
        } else if is_wanted {
            chosen.cards.push(card.card);
        }
    }
    fit.end()?;
    chosen.cards.extend(rounds.into_cards());
    Ok(chosen)
}

/// What a card asks, and its answer.
pub(super) fn pair(tx: &Tx<'_>, card: CardId, practice: Practice) -> Result<(String, String)> {
    let (card, _, stored) = steps::find(tx, card)?;
    let question = Question::practised(&stored.note.content, card.slot, 0, practice)?;
    let back = question.right_answer();
    Ok((question.prompt, back))
}

fn buried(tx: &Tx<'_>, notes: Vec<(NoteId, Vec<Slot>)>) -> Result<Vec<CardId>> {
    let mut cards = Vec::new();
    for (note, slots) in notes {
        let of_note = card::of_note(tx, note)?;
        cards.extend(of_note.iter().filter(|card| slots.contains(&card.slot)).map(|card| card.id));
    }
    Ok(cards)
}
