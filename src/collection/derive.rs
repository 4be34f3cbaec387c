//! The step that operations share: cards follow from what a note says and from its log, in the same transaction.

use crate::error::Result;
use crate::model::{CardKey, DeckId, Entry, Guid, Moment, NoteId, Row, Slot, State};
use crate::schedule::replay;
use crate::store::card::{self, Card};
use crate::store::{Tx, log};

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
        let seq = rows.iter().map(|row| row.seq).max().unwrap_or(0) + 1;
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
