//! Renaming, moving and removing decks.

use serde::Serialize;

use super::find;
use crate::collection::{Collection, Context, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, DeckId, DeckName};
use crate::store::deck::{self, Deck};
use crate::store::{Tx, note, operation, scope};
use crate::text;

/// A deck that has another name.
#[derive(Debug, Clone, Serialize)]
pub struct RenamedDeck {
    /// The name that it had.
    pub from: DeckName,
    /// The name that it has.
    pub to: DeckName,
}

/// A deck that was removed.
#[derive(Debug, Clone, Serialize)]
pub struct RemovedDeck {
    /// Its name.
    pub deck: DeckName,
    /// Notes that were removed with it.
    pub notes: u32,
}

impl Collection {
    /// Gives a deck another name, and with it the decks below it. Their notes and schedules stay as they are.
    pub fn rename_deck(&mut self, deck: &str, name: &DeckName) -> Result<Vec<RenamedDeck>> {
        self.operate(Act::RenameDeck, |tx, context| {
            let top = find(tx, deck)?;
            rename(tx, context, &top, name)
        })
    }

    /// Moves a deck below another, or to the top.
    pub fn move_deck(&mut self, deck: &str, below: Option<&str>) -> Result<Vec<RenamedDeck>> {
        self.operate(Act::RenameDeck, |tx, context| {
            let top = find(tx, deck)?;
            let leaf = top.name.levels().last().unwrap_or_default().to_owned();
            let name = match below {
                None => leaf,
                Some(parent) => {
                    let parent = find(tx, parent)?.name;
                    if parent.is_within(&top.name) {
                        let message = format!("{} cannot go below {parent}, which is a part of it", top.name);
                        return Err(Error::new(Kind::Usage, message));
                    }
                    format!("{parent}::{leaf}")
                }
            };
            let name = DeckName::parse(&name).map_err(|message| Error::new(Kind::Usage, message))?;
            rename(tx, context, &top, &name)
        })
    }

    /// Removes a deck with those below it, with their notes if that is wanted.
    pub fn remove_deck(&mut self, deck: &str, with_notes: bool) -> Result<Vec<RemovedDeck>> {
        self.operate(Act::RemoveDeck, |tx, context| {
            let top = find(tx, deck)?;
            operation::tell(tx, top.name.as_str())?;
            let mut removed = Vec::new();
            for deck in within(tx, &top)? {
                let notes = note::of_deck(tx, deck.id)?;
                notes.iter().try_for_each(|stored| steps::remove(tx, context, stored))?;
                deck::remove(tx, deck.id)?;
                removed.push(RemovedDeck { deck: deck.name, notes: u32::try_from(notes.len()).unwrap_or(u32::MAX) });
            }
            let notes: u32 = removed.iter().map(|removed| removed.notes).sum();
            if notes > 0 && !with_notes {
                let message = format!("{} holds {}; nothing was removed", top.name, text::count(notes, "note"));
                return Err(Error::new(Kind::Usage, message)
                    .hint("--with-notes removes them too; matura edit --query 'deck:...' --deck NAME moves them elsewhere"));
            }
            Ok(removed)
        })
    }
}

/// A deck and those below it.
fn within(tx: &Tx<'_>, top: &Deck) -> Result<Vec<Deck>> {
    Ok(deck::all(tx)?.into_iter().filter(|deck| deck.name.is_within(&top.name)).collect())
}

fn rename(tx: &Tx<'_>, context: Context, top: &Deck, name: &DeckName) -> Result<Vec<RenamedDeck>> {
    let moved = within(tx, top)?;
    let depth = top.name.levels().count();
    let mut renames: Vec<(DeckId, RenamedDeck)> = Vec::new();
    for deck in &moved {
        let levels = name.levels().chain(deck.name.levels().skip(depth));
        let to = DeckName::parse(&levels.collect::<Vec<_>>().join("::"))
            .map_err(|message| Error::new(Kind::Usage, message))?;
        renames.push((deck.id, RenamedDeck { from: deck.name.clone(), to }));
    }
    let others = deck::all(tx)?.into_iter().filter(|deck| moved.iter().all(|own| own.id != deck.id));
    for other in others {
        if let Some((_, rename)) =
            renames.iter().find(|(_, rename)| rename.to.folded() == other.name.folded())
        {
            let message = format!("there is a deck {} already", other.name);
            return Err(Error::new(Kind::Usage, message).hint(format!(
                "matura edit --query 'deck:\"{}\"' --deck {:?} moves the notes of the one into the other",
                rename.from,
                other.name.as_str()
            )));
        }
    }
    if renames.iter().all(|(_, rename)| rename.from.as_str() == rename.to.as_str()) {
        return Ok(Vec::new());
    }
    // the deepest first: a deck may go below its own name
    for (id, rename) in renames.iter().rev() {
        deck::rename(tx, *id, &rename.to, context.now)?;
    }
    if let Some(parent) = name.parent() {
        deck::ensure(tx, &parent)?;
    }
    operation::tell(tx, &format!("{} to {name}", top.name))?;
    let ids: Vec<DeckId> = renames.iter().map(|(id, _)| *id).collect();
    note::moved_with_decks(tx, &ids, context.now)?;
    if text::fold(top.name.top()) != text::fold(name.top()) {
        scope::moved(tx, top.name.top(), name.top())?;
    }
    Ok(renames.into_iter().map(|(_, rename)| rename).collect())
}
