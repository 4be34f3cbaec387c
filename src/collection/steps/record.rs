//! Writing into the log of a card, and what follows from it.

use super::cards::place;
use crate::collection::Context;
use crate::error::{Error, Kind, Result};
use crate::model::{Answer, CardKey, Day, Entry, Event, Leech, Row, RowId, State, is_leech_step};
use crate::schedule::replay;
use crate::store::card::{self, Card};
use crate::store::{Tx, log, note};
use crate::study::Undone;

/// What writing into a log came to.
#[derive(Debug)]
pub(in crate::collection) struct Recorded {
    /// The rows that were written.
    pub(in crate::collection) rows: Vec<Row>,
    /// The state that the log comes to.
    pub(in crate::collection) state: State,
    /// Whether the card was suspended as a leech, or is none any more; none if neither.
    pub(in crate::collection) leech: Option<bool>,
}

/// Writes entries of one card into its log and gives the card the state that the log comes to. A card that was
/// forgotten once too often is suspended, and resumed when that turns out not to count.
///
/// `rows` are the rows that the log has for the card. The card itself may be gone.
pub(in crate::collection) fn record(
    tx: &Tx<'_>,
    key: &CardKey,
    card: Option<&Card>,
    mut rows: Vec<Row>,
    context: Context,
    entries: impl IntoIterator<Item = Entry>,
) -> Result<Recorded> {
    let mut written = Vec::new();
    for entry in entries {
        let highest = rows.iter().map(|row| row.seq).max().unwrap_or(0);
        let seq =
            highest.checked_add(1).ok_or_else(|| Error::new(Kind::Damaged, "the log of the card is full"))?;
        let row = log::append(tx, key, seq, context.now, entry)?;
        rows.push(row.clone());
        written.push(row);
    }
    let state = replay(&mut rows).state;
    let mut leech = None;
    if let Some(card) = card {
        set_state(tx, card, state)?;
        if card.state.lapses != state.lapses {
            leech = settle_leech(tx, context, card, state.lapses)?;
        }
    }
    Ok(Recorded { rows: written, state, leech })
}

/// Gives a card the state that its log comes to, and nothing else.
pub(in crate::collection) fn follow(tx: &Tx<'_>, card: &Card, rows: &mut [Row]) -> Result<()> {
    set_state(tx, card, replay(rows).state)
}

/// Stores the state of a card, with the totals that follow from it.
pub(in crate::collection) fn set_state(tx: &Tx<'_>, card: &Card, state: State) -> Result<()> {
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

/// Suspends a card that has so many lapses now if they make it a leech, and resumes one that was suspended for lapses
/// that it no longer has.
fn settle_leech(tx: &Tx<'_>, context: Context, card: &Card, lapses: u32) -> Result<Option<bool>> {
    let Some(stored) = note::get(tx, card.note)? else { return Ok(None) };
    let is_gone = |leech: &Leech| leech.slot == card.slot && leech.lapses > lapses;
    let mut leeches = stored.leeches.clone();
    if lapses > card.state.lapses && is_leech_step(lapses, context.settings.leech_lapses) {
        leeches.push(Leech { slot: card.slot, lapses, was_suspended: card.suspended });
        place(tx, context.now, card, &stored, true)?;
        note::set_leeches(tx, stored.id, &leeches)?;
        return Ok(Some(true));
    }
    let Some(first) = leeches.iter().find(|leech| is_gone(leech)).copied() else { return Ok(None) };
    leeches.retain(|leech| !is_gone(leech));
    if !first.was_suspended {
        place(tx, context.now, card, &stored, false)?;
    }
    note::set_leeches(tx, stored.id, &leeches)?;
    Ok(Some(false))
}

/// The answer that was written last and still stands, if one of its study day and its sort `may` be taken back.
pub(in crate::collection) fn last_answer(
    tx: &Tx<'_>,
    may: impl FnOnce(Day, Event) -> bool,
) -> Result<Option<(CardKey, RowId, Event, Answer)>> {
    let Some((key, row)) = log::last_answer(tx)? else { return Ok(None) };
    let Entry::Answered(event, answer) = row.entry else { return Ok(None) };
    Ok(may(row.day, event).then_some((key, row.id, event, answer)))
}

/// Takes back the answer that was written last and still stands, if one of its study day and its sort `may` be.
pub(in crate::collection) fn undo(
    tx: &Tx<'_>,
    context: Context,
    may: impl FnOnce(Day, Event) -> bool,
) -> Result<Option<Undone>> {
    let Some((key, row, event, answer)) = last_answer(tx, may)? else { return Ok(None) };
    let stored = note::by_guid(tx, &key.guid)?;
    let cards = stored.as_ref().map(|stored| card::of_note(tx, stored.id)).transpose()?.unwrap_or_default();
    let card = cards.iter().find(|card| card.slot == key.slot);
    let rows = log::of_card(tx, &key)?;
    let Recorded { state, .. } = record(tx, &key, card, rows, context, [Entry::Retract(row)])?;
    Ok(Some(Undone {
        card: card.map(|card| card.id),
        prompt: stored.map(|stored| stored.note.content.readable().prompt.clone()).unwrap_or_default(),
        grade: answer.grade,
        event,
        state,
    }))
}
