//! Taking another collection in, and what follows from it.

use std::path::Path;

use super::cards::cards;
use super::check::check;
use super::record::set_state;
use crate::error::{Error, Kind, Result};
use crate::model::{CardKey, Guid};
use crate::schedule::replay;
use crate::store::backup::Copy;
use crate::store::merge::{self, Taken};
use crate::store::{Tx, card, log, note};
use crate::text;

/// Refuses a copy of a collection that is not sound.
pub(in crate::collection) fn refuse_damaged(copy: &mut Copy, from: &Path) -> Result<()> {
    let report = copy.store.read(check)?;
    let Some(problem) = report.problems.first() else { return Ok(()) };
    let problems = text::count(report.problems.len(), "problem");
    let message = format!("{} is damaged: {problems}, the first: {problem}", from.display());
    Err(Error::new(Kind::Damaged, message)
        .hint("the collection is as it was; matura check --repair may mend that one"))
}

/// Takes in what is in the database beside this one, and gives each note that it touches the cards and states that follow.
pub(in crate::collection) fn take_in(tx: &Tx<'_>) -> Result<Taken> {
    let mut taken = merge::take_in(tx)?;
    merge::affected(tx)?.iter().try_for_each(|guid| follow_note(tx, guid))?;
    taken.rest += merge::settle_decks(tx)?;
    Ok(taken)
}

fn follow_note(tx: &Tx<'_>, guid: &Guid) -> Result<()> {
    // the log may know of notes that are nowhere any more
    let Some(stored) = note::by_guid(tx, guid)? else { return Ok(()) };
    let slots = if stored.is_removed() { Vec::new() } else { super::slots(&stored.note.content)? };
    cards(tx, stored.id, guid, stored.deck_id, &slots, &stored.suspended)?;
    if !log::knows(tx, guid)? {
        return Ok(());
    }
    for card in card::of_note(tx, stored.id)? {
        let key = CardKey { guid: guid.clone(), slot: card.slot };
        set_state(tx, &card, replay(&mut log::of_card(tx, &key)?).state)?;
    }
    Ok(())
}
