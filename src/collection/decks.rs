//! Finding decks by what people call them.

use std::collections::HashSet;

use crate::error::{Error, Kind, Result};
use crate::model::DeckId;
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

/// The deck of that name and all decks below it; none means all decks.
pub(super) fn subtree(tx: &Tx<'_>, name: Option<&str>) -> Result<Option<HashSet<DeckId>>> {
    let Some(name) = name else { return Ok(None) };
    let top = find(tx, name)?;
    let below = deck::all(tx)?.into_iter().filter(|deck| deck.name.is_within(&top.name));
    Ok(Some(below.map(|deck| deck.id).collect()))
}
