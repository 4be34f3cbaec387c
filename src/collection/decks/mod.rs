//! Finding decks by what people call them.

mod change;

use std::collections::HashSet;

pub use change::{RemovedDeck, RenamedDeck};

use super::Collection;
use crate::error::{Error, Kind, Result};
use crate::model::{DeckId, DeckName};
use crate::store::Tx;
use crate::store::deck::{self, Deck};
use crate::text;

/// The deck of that name, or of which that is the unambiguous end.
pub(super) fn find(tx: &Tx<'_>, name: &str) -> Result<Deck> {
    let decks = deck::all(tx)?;
    let whole = text::fold(name);
    if let Some(deck) = decks.iter().find(|deck| text::fold(deck.name.as_str()) == whole) {
        return Ok(deck.clone());
    }
    let mut ending: Vec<&Deck> = decks.iter().filter(|deck| deck.name.ends_with(name)).collect();
    match (ending.pop(), ending.is_empty()) {
        (Some(only), true) => Ok(only.clone()),
        (Some(last), false) => {
            ending.push(last);
            let names: Vec<&str> = ending.iter().map(|deck| deck.name.as_str()).collect();
            Err(Error::new(
                Kind::NotFound,
                format!("{name:?} may be any of these decks: {}", names.join(", ")),
            )
            .hint("write more of the name"))
        }
        (None, _) => {
            let near = text::near(name, decks.iter().map(|deck| deck.name.as_str()));
            let hint = match near.as_slice() {
                [] if decks.is_empty() => {
                    "there is no deck yet; matura import FILE or matura review makes one".to_owned()
                }
                [] => "matura decks lists them".to_owned(),
                near => format!("did you mean {}?", near.join(" or ")),
            };
            Err(Error::new(Kind::NotFound, format!("there is no deck {name:?}")).hint(hint))
        }
    }
}

/// Whether a name is the end of several decks and the whole name of none.
pub(super) fn is_ambiguous(tx: &Tx<'_>, name: &str) -> Result<bool> {
    Ok(deck::all(tx)?.iter().filter(|deck| deck.name.ends_with(name)).count() > 1)
}

/// The deck of that name and all decks below it; none means all decks.
pub(super) fn subtree(tx: &Tx<'_>, name: Option<&str>) -> Result<Option<HashSet<DeckId>>> {
    let Some(name) = name else { return Ok(None) };
    let top = find(tx, name)?;
    let below = deck::all(tx)?.into_iter().filter(|deck| deck.name.is_within(&top.name));
    Ok(Some(below.map(|deck| deck.id).collect()))
}

impl Collection {
    /// The deck of that name, or of which that is the unambiguous end; none if there is no such deck.
    pub fn deck_named(&mut self, name: &str) -> Result<Option<DeckName>> {
        self.read(|tx, _| match find(tx, name) {
            Ok(deck) => Ok(Some(deck.name)),
            Err(error) if error.kind == Kind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
    }
}
