//! Steps that operations share, each within their transaction: cards follow from what a note says and from its log.

use std::collections::HashSet;

use crate::error::{Error, Kind, Result};
use crate::model::{CardId, CardKey, Day, DeckId, Entry, Guid, Moment, NoteId, Row, Slot, Standing, State};
use crate::schedule::replay;
use crate::store::card::{self, Card};
use crate::store::{Tx, log, note};
use crate::study::{SoFar, Undone};

/// Makes the cards of a note those of `slots`. Cards that stay keep their state; a card that comes (back) has
/// the state that its log gives.
pub(super) fn cards(
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

/// Makes the cards of notes that are new and of which the log knows nothing, from the local number `first` on.
pub(super) fn first_cards(tx: &Tx<'_>, first: NoteId, notes: &[(DeckId, &[Slot])]) -> Result<()> {
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

/// Writes entries of one card into its log and gives the card the state that the log comes to.
///
/// `rows` are the rows that the log has for the card. The card itself may be gone.
pub(super) fn record(
    tx: &Tx<'_>,
    key: &CardKey,
    card: Option<&Card>,
    mut rows: Vec<Row>,
    now: Moment,
    entries: impl IntoIterator<Item = Entry>,
) -> Result<(Vec<Row>, State)> {
    let mut written = Vec::new();
    for entry in entries {
        let highest = rows.iter().map(|row| row.seq).max().unwrap_or(0);
        let seq =
            highest.checked_add(1).ok_or_else(|| Error::new(Kind::Damaged, "the log of the card is full"))?;
        let row = log::append(tx, key, seq, now, entry)?;
        rows.push(row.clone());
        written.push(row);
    }
    let state = replay(&mut rows).state;
    if let Some(card) = card {
        set_state(tx, card, state)?;
    }
    Ok((written, state))
}

fn set_state(tx: &Tx<'_>, card: &Card, state: State) -> Result<()> {
    if card.state == state {
        return Ok(());
    }
    let mut cards = card::of_note(tx, card.note)?;
    tx.count_out(card.deck, card::standing(&cards));
    for other in cards.iter_mut().filter(|other| other.id == card.id) {
        other.state = state;
    }
    tx.count_in(card.deck, card::standing(&cards));
    card::set_state(tx, card.id, state)
}

/// Finds a card with the note that it belongs to.
pub(super) fn find(tx: &Tx<'_>, id: CardId) -> Result<(Card, CardKey, note::Stored)> {
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

/// The cards that have to be repeated today and can be.
pub(super) fn drills(tx: &Tx<'_>, so_far: &SoFar) -> Result<Vec<Card>> {
    let mut cards = Vec::new();
    for key in &so_far.drills {
        let Some(id) = note::id_of(tx, &key.guid)? else { continue };
        let of_note = card::of_note(tx, id)?;
        cards.extend(of_note.into_iter().find(|card| card.slot == key.slot && !card.suspended));
    }
    Ok(cards)
}

/// The local numbers of the notes that were answered today.
pub(super) fn answered(tx: &Tx<'_>, so_far: &SoFar) -> Result<HashSet<NoteId>> {
    so_far.answered.iter().filter_map(|guid| note::id_of(tx, guid).transpose()).collect()
}

/// Suspends a card, or resumes it; says whether that changed anything.
pub(super) fn suspend(tx: &Tx<'_>, now: Moment, card: CardId, suspended: bool) -> Result<bool> {
    let (card, key, stored) = find(tx, card)?;
    if card.suspended == suspended {
        return Ok(false);
    }
    let mut slots = stored.suspended;
    slots.retain(|slot| *slot != card.slot);
    if suspended {
        slots.push(card.slot);
    }
    note::place(tx, stored.id, stored.deck_id, &slots, now)?;
    let all = stored.note.content.slots().map_err(|invalid| Error::new(Kind::Damaged, invalid.message))?;
    cards(tx, stored.id, &key.guid, stored.deck_id, &all, &slots)?;
    Ok(true)
}

/// Takes back the answer that was written last and still stands, if it was given on the `only` day (on any, if none
/// is named).
pub(super) fn undo(tx: &Tx<'_>, now: Moment, only: Option<Day>) -> Result<Option<Undone>> {
    let Some((key, row)) = log::last_answer(tx)? else { return Ok(None) };
    let Entry::Answered(event, answer) = row.entry else { return Ok(None) };
    if only.is_some_and(|day| day != row.day) {
        return Ok(None);
    }
    let stored = note::by_guid(tx, &key.guid)?;
    let cards = stored.as_ref().map(|stored| card::of_note(tx, stored.id)).transpose()?.unwrap_or_default();
    let card = cards.iter().find(|card| card.slot == key.slot);
    let rows = log::of_card(tx, &key)?;
    let (_, state) = record(tx, &key, card, rows, now, [Entry::Retract(row.id)])?;
    Ok(Some(Undone {
        card: card.map(|card| card.id),
        prompt: stored.map(|stored| stored.note.content.readable().prompt.clone()).unwrap_or_default(),
        grade: answer.grade,
        event,
        state,
    }))
}
