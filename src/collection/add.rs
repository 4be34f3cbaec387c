//! Adding a note by hand.

use serde::Serialize;

use super::{Collection, Context, NoteLine, decks, steps};
use crate::bank::native::{Cells, compose, form};
use crate::bank::{Draft, guids};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, DeckId, DeckName, Field, Guid};
use crate::store::{Tx, card, deck, note};
use crate::text;

/// A note that was added.
#[derive(Debug, Clone, Serialize)]
pub struct Added {
    /// It, with its cards.
    #[serde(flatten)]
    pub note: NoteLine,
    /// Whether there was no deck of that name before.
    pub new_deck: bool,
    /// Whether it had been removed and is back with its history.
    pub came_back: bool,
    /// What its author should know.
    pub warning: Option<String>,
}

/// The deck of notes for which none is stated.
const DEFAULT_DECK: &str = "Default";

impl Collection {
    /// Adds the note that a form states; none if it has no prompt.
    pub fn add_form(&mut self, form: &str) -> Result<Option<Added>> {
        let cells = form::read(form).map_err(|invalid| steps::refused(&[invalid]))?;
        if cells.filled(Field::Prompt).is_none() { Ok(None) } else { self.add(&cells).map(Some) }
    }

    /// Adds the note that these cells state, as a row of a bank would.
    pub fn add(&mut self, cells: &Cells) -> Result<Added> {
        let (mut draft, warning) = compose(cells).map_err(|faults| steps::refused(&faults))?;
        self.operate(Act::Add, |tx, context| {
            let (deck, new_deck) = place(tx, draft.deck.take())?;
            draft.deck = Some(deck.clone());
            let (guid, earlier) = identify(tx, &draft)?;
            let deck_id = deck::ensure(tx, &deck)?;
            let came_back = earlier.is_some();
            if let Some(earlier) = earlier {
                steps::bring_back(tx, context, &earlier)?;
            } else {
                insert(tx, context, &guid, &draft, deck_id)?;
            }
            let stored = note::by_guid(tx, &guid)?.ok_or_else(|| Error::internal("the note is not there"))?;
            let note = NoteLine::of(&stored, &card::of_note(tx, stored.id)?, context.now.day);
            let warning = warning.as_ref().map(|invalid| format!("{}; {}", invalid.message, invalid.fix));
            Ok(Added { note, new_deck, came_back, warning })
        })
    }
}

/// The deck that is meant: one that is there by its name or an unambiguous end of it, else a new one.
fn place(tx: &Tx<'_>, stated: Option<DeckName>) -> Result<(DeckName, bool)> {
    let name = stated.map_or_else(|| DeckName::parse(DEFAULT_DECK), Ok);
    let name = name.map_err(|message| Error::new(Kind::Usage, message))?;
    match decks::find(tx, name.as_str()) {
        Ok(deck) => Ok((deck.name, false)),
        Err(error) if error.kind == Kind::NotFound && !decks::is_ambiguous(tx, name.as_str())? => {
            Ok((name, true))
        }
        Err(error) => Err(error),
    }
}

/// The guid of a note that is new, or of the same note that was removed.
fn identify(tx: &Tx<'_>, draft: &Draft) -> Result<(Guid, Option<note::Stored>)> {
    let mut last = None;
    for guid in guids(draft) {
        match note::by_guid(tx, &guid)? {
            None => return Ok((guid, None)),
            Some(same) if same.note.content == draft.content => {
                if same.is_removed() {
                    return Ok((guid, Some(same)));
                }
                let cards = card::of_note(tx, same.id)?;
                let card = cards.first().map_or(0, |card| card.id);
                return Err(Error::new(
                    Kind::Input,
                    format!("this note is in {} already, as card {card}", same.note.deck),
                )
                .hint(format!("matura edit {card} changes it")));
            }
            Some(other) => last = Some(other),
        }
        if draft.id.is_some() {
            break;
        }
    }
    let asked =
        last.map(|other| text::one_line(&other.note.content.readable().prompt, 40)).unwrap_or_default();
    let what = if draft.id.is_some() { "has this id already" } else { "is the same but for a detail" };
    Err(Error::new(Kind::Input, format!("a note {what}: {asked:?}"))
        .hint("give it an id of its own with --id"))
}

fn insert(tx: &Tx<'_>, context: Context, guid: &Guid, draft: &Draft, deck: DeckId) -> Result<()> {
    let id = note::next_id(tx)?;
    let arrival = note::Arrival {
        guid,
        content: &draft.content,
        deck,
        bank_id: draft.id.as_deref(),
        bank_deck: None,
        marked: draft.marked == Some(true),
    };
    note::insert(tx, id, &[arrival], None, context.now)?;
    // a bank that states it one day adds to it
    note::set_bank_says(tx, id, Some(&Cells::default().to_json()?))?;
    steps::cards(tx, id, guid, deck, &steps::slots(&draft.content)?, &[])
}
