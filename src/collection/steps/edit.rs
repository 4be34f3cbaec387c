//! Changing what a note says, and whether it is there.

use super::cards::{cards, slots};
use crate::bank::native::content_cells;
use crate::collection::Context;
use crate::error::{Error, Kind, Result};
use crate::model::{Content, Invalid};
use crate::store::note::{self, By, RemovedBy, Stored};
use crate::store::{Tx, deck};

/// Gives a note other words; says whether they are others. What its bank said of it is remembered, so that a later
/// version of the bank leaves the learner's words alone.
pub(in crate::collection) fn rewrite(
    tx: &Tx<'_>,
    context: Context,
    stored: &Stored,
    words: &Content,
) -> Result<bool> {
    let before = &stored.note.content;
    if before == words {
        return Ok(false);
    }
    note::set_bank_says(tx, stored.id, own_words(stored, words)?.as_deref())?;
    note::edit(tx, stored.id, words, By::Learner, context.now)?;
    cards(tx, stored.id, &stored.note.guid, stored.deck_id, &slots(words)?, &stored.suspended)?;
    Ok(true)
}

/// What is kept of the bank's words beside words of the learner's; none if they are the same.
pub(in crate::collection) fn own_words(stored: &Stored, words: &Content) -> Result<Option<String>> {
    let before = &stored.note.content;
    let bank_says = match &stored.bank_says {
        Some(says) => Some(says.clone()),
        None if stored.from_bank.is_some() && before != words => Some(content_cells(before).to_json()?),
        None => return Ok(None),
    };
    let own = content_cells(words).to_json()?;
    Ok(bank_says.filter(|says| *says != own))
}

/// Removes a note for the learner; its log stays.
pub(in crate::collection) fn remove(tx: &Tx<'_>, context: Context, stored: &Stored) -> Result<()> {
    cards(tx, stored.id, &stored.note.guid, stored.deck_id, &[], &[])?;
    note::set_removed(tx, stored.id, Some(RemovedBy::Learner), context.now)
}

/// Brings a note back that was removed, with its history.
pub(in crate::collection) fn bring_back(tx: &Tx<'_>, context: Context, stored: &Stored) -> Result<()> {
    note::set_removed(tx, stored.id, None, context.now)?;
    // its deck may have been removed with it
    let deck = deck::ensure(tx, &stored.note.deck)?;
    cards(tx, stored.id, &stored.note.guid, deck, &slots(&stored.note.content)?, &stored.suspended)
}

/// Why something cannot be a note.
pub(in crate::collection) fn refused(faults: &[Invalid]) -> Error {
    let fault = |fault: &Invalid| format!("{}: {}", fault.field, fault.message);
    let messages: Vec<String> = faults.iter().map(fault).collect();
    let fixes: Vec<&str> = faults.iter().map(|fault| fault.fix.as_str()).collect();
    Error::new(Kind::Input, format!("the note cannot be taken: {}", messages.join("; ")))
        .hint(fixes.join("; "))
}
