//! Cards follow from what a note says, and stand where the note stands.

use crate::collection::Context;
use crate::error::{Error, Kind, Result};
use crate::model::{CardId, CardKey, Content, Day, DeckId, Guid, Moment, NoteId, Slot, Standing, State};
use crate::schedule::replay;
use crate::store::card::{self, Card};
use crate::store::note::By;
use crate::store::{Tx, log, note};

/// Makes the cards of a note those of `slots`. Cards that stay keep their state; a card that comes (back) has
/// the state that its log gives.
pub(in crate::collection) fn cards(
    tx: &Tx<'_>,
    note: NoteId,
    guid: &Guid,
    deck: DeckId,
    slots: &[Slot],
    suspended: &[Slot],
) -> Result<()> {
    let before = card::of_note(tx, note)?;
    if let Some(first) = before.first() {
        tx.count_out(first.deck, card::standing(&before));
    }
    for gone in before.iter().filter(|card| !slots.contains(&card.slot)) {
        card::delete(tx, gone.id)?;
    }
    let has_log = log::knows(tx, guid)?;
    let mut after = Vec::with_capacity(slots.len());
    for slot in slots.iter().copied() {
        let suspended = suspended.contains(&slot);
        let card = if let Some(card) = before.iter().find(|card| card.slot == slot) {
            if (card.deck, card.suspended) != (deck, suspended) {
                card::place(tx, card.id, deck, suspended)?;
            }
            Card { deck, suspended, ..*card }
        } else {
            let key = CardKey { guid: guid.clone(), slot };
            let state = if has_log { replay(&mut log::of_card(tx, &key)?).state } else { State::default() };
            let id = card::insert(tx, note, slot, deck, suspended, state)?;
            Card { id, note, slot, deck, suspended, state }
        };
        after.push(card);
    }
    tx.count_in(deck, card::standing(&after));
    Ok(())
}

/// Gives a note the cards that follow from its row; none if it was removed.
pub(in crate::collection) fn cards_of(tx: &Tx<'_>, stored: &note::Stored) -> Result<()> {
    let slots = if stored.is_removed() { Vec::new() } else { slots(&stored.note.content)? };
    cards(tx, stored.id, &stored.note.guid, stored.deck_id, &slots, &stored.suspended)
}

/// Makes the cards of notes that are new and of which the log knows nothing, from the local number `first` on.
pub(in crate::collection) fn first_cards(
    tx: &Tx<'_>,
    first: NoteId,
    notes: &[(DeckId, &[Slot])],
) -> Result<()> {
    let mut id = first;
    for run in notes.chunk_by(|(_, one), (_, other)| (*one == [Slot::Front]) == (*other == [Slot::Front])) {
        let begin = id;
        id += NoteId::try_from(run.len()).unwrap_or(0);
        if run.iter().any(|(_, slots)| *slots == [Slot::Front]) {
            card::insert_fronts(tx, begin..id)?;
        } else {
            for ((deck, slots), note) in run.iter().zip(begin..) {
                slots.iter().try_for_each(|slot| {
                    card::insert(tx, note, *slot, *deck, false, State::default()).map(drop)
                })?;
            }
        }
        for (deck, slots) in run {
            tx.count_in(*deck, Standing::of(slots.iter().map(|_| (None, false))));
        }
    }
    Ok(())
}

/// Finds a card with the note that it belongs to.
pub(in crate::collection) fn find(tx: &Tx<'_>, id: CardId) -> Result<(Card, CardKey, note::Stored)> {
    let card = card::get(tx, id)?;
    let stored = card.map(|card| note::get(tx, card.note)).transpose()?.flatten();
    match (card, stored) {
        (Some(card), Some(stored)) => {
            Ok((card, CardKey { guid: stored.note.guid.clone(), slot: card.slot }, stored))
        }
        _ => Err(Error::new(Kind::NotFound, format!("there is no card {id}"))
            .hint("matura list shows the numbers of cards")),
    }
}

/// The cards that a note makes.
pub(in crate::collection) fn slots(content: &Content) -> Result<Vec<Slot>> {
    content.slots().map_err(|invalid| Error::new(Kind::Input, invalid.message).hint(invalid.fix))
}

/// Suspends a card, or resumes it; says whether that changed anything.
pub(in crate::collection) fn suspend(
    tx: &Tx<'_>,
    now: Moment,
    card: CardId,
    suspended: bool,
) -> Result<bool> {
    let (card, _, stored) = find(tx, card)?;
    place(tx, now, &card, &stored, suspended)
}

/// Suspends a card of a note that was found, or resumes it; says whether that changed anything.
pub(super) fn place(
    tx: &Tx<'_>,
    now: Moment,
    card: &Card,
    stored: &note::Stored,
    suspended: bool,
) -> Result<bool> {
    if card.suspended == suspended {
        return Ok(false);
    }
    let mut slots_suspended = stored.suspended.clone();
    slots_suspended.retain(|slot| *slot != card.slot);
    if suspended {
        slots_suspended.push(card.slot);
    }
    note::place(tx, stored.id, stored.deck_id, &slots_suspended, By::Learner, now)?;
    cards(tx, stored.id, &stored.note.guid, stored.deck_id, &slots(&stored.note.content)?, &slots_suspended)?;
    Ok(true)
}

/// Puts a card off until the next study day, or does not any more; says whether that changed anything.
pub(in crate::collection) fn bury(tx: &Tx<'_>, context: Context, card: CardId, buried: bool) -> Result<bool> {
    let day = context.now.day;
    let (card, _, stored) = find(tx, card)?;
    if is_buried(&stored, card.slot, day) == buried {
        return Ok(false);
    }
    let today = stored.buried.as_ref().filter(|(on, _)| *on == day);
    let mut slots = today.map(|(_, slots)| slots.clone()).unwrap_or_default();
    slots.retain(|slot| *slot != card.slot);
    if buried {
        slots.push(card.slot);
    }
    note::bury(tx, stored.id, day, &slots)?;
    Ok(true)
}

/// Whether a card of a note is put off on this study day.
pub(in crate::collection) fn is_buried(stored: &note::Stored, slot: Slot, day: Day) -> bool {
    stored.buried.as_ref().is_some_and(|(on, slots)| *on == day && slots.contains(&slot))
}
