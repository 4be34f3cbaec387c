//! Taking another collection in, and what follows from it.

use super::cards::cards_of;
use super::record::set_state;
use crate::error::Result;
use crate::model::{CardKey, Guid};
use crate::schedule::replay;
use crate::store::merge::{self, Origin, Taken};
use crate::store::{Tx, card, log, note};

/// Takes in what is in the database beside this one, and gives each note that it touches the cards and states that follow.
pub(in crate::collection) fn take_in(tx: &Tx<'_>, origin: Origin) -> Result<Taken> {
    let mut taken = merge::take_in(tx, origin)?;
    merge::affected(tx)?.iter().try_for_each(|guid| follow_note(tx, guid))?;
    taken.rest += merge::settle_decks(tx)?;
    Ok(taken)
}

fn follow_note(tx: &Tx<'_>, guid: &Guid) -> Result<()> {
    // the log may know of notes that are nowhere any more
    let Some(stored) = note::by_guid(tx, guid)? else { return Ok(()) };
    cards_of(tx, &stored)?;
    if !log::knows(tx, guid)? {
        return Ok(());
    }
    for card in card::of_note(tx, stored.id)? {
        let key = CardKey { guid: guid.clone(), slot: card.slot };
        set_state(tx, &card, replay(&mut log::of_card(tx, &key)?).state)?;
    }
    Ok(())
}
