//! Editing notes.

use serde::Serialize;

use super::{Collection, Context, NoteLine, Selection, steps};
use crate::bank::native::{Cells, compose, content_cells, follow_options, form};
use crate::error::{Error, Kind, Result};
use crate::model::{self, Act, Field, Guid, Invalid};
use crate::store::note::{By, Stored};
use crate::store::{Tx, card, deck, note};
use crate::text;

/// A note that was edited.
#[derive(Debug, Clone, Serialize)]
pub struct Edited {
    /// It as it is now.
    #[serde(flatten)]
    pub note: NoteLine,
    /// The fields that say something else than before.
    pub fields: Vec<&'static str>,
    /// What its author should know.
    pub warnings: Vec<String>,
}

impl Collection {
    /// The note of a selection as a form for an editor, with its guid.
    pub fn form(&mut self, notes: &Selection) -> Result<(Guid, String)> {
        self.read(|tx, context| match steps::chosen_notes(tx, context, notes)?.as_slice() {
            [stored] => Ok((stored.note.guid.clone(), form::write(&editable(stored)))),
            [] => Err(Error::new(Kind::NotFound, "no note fits")),
            several => {
                let message = format!("{} notes fit, and an editor takes one", several.len());
                Err(Error::new(Kind::Usage, message)
                    .hint("say what to change with options, as --deck or --difficulty"))
            }
        })
    }

    /// Takes a form back: what was changed in it is changed in the note. None if nothing is to be done.
    pub fn edit_form(&mut self, guid: &Guid, before: &str, after: &str) -> Result<Option<Edited>> {
        self.operate(Act::Edit, |tx, context| edit_form(tx, context, guid, before, after))
    }

    /// Gives fields of notes other texts: all of them or, if one cannot be so, none.
    pub fn edit(&mut self, notes: &Selection, changes: &[(Field, String)]) -> Result<Vec<Edited>> {
        self.operate(Act::Edit, |tx, context| {
            let notes = steps::chosen_notes(tx, context, notes)?;
            notes.iter().map(|stored| edit(tx, context, stored, changes, Ordered::OneByOne)).collect()
        })
    }
}

/// Edits a note as a form has it.
fn edit_form(
    tx: &Tx<'_>,
    context: Context,
    guid: &Guid,
    before: &str,
    after: &str,
) -> Result<Option<Edited>> {
    let read = |form: &str| form::read(form).map_err(|invalid| steps::refused(&[invalid]));
    let (before, after) = (read(before)?, read(after)?);
    let changes = before.changes(&after);
    if changes.is_empty() || after.filled(Field::Prompt).is_none() {
        return Ok(None);
    }
    let stored = steps::chosen_notes(tx, context, &Selection::named(guid.as_str()))?;
    let Some(stored) = stored.first() else { return Ok(None) };
    let now = editable(stored);
    let mut edited = edit(tx, context, stored, &changes, Ordered::Together)?;
    for (field, text) in changes {
        let other = now.get(field);
        if other != before.get(field) && other != text {
            edited.warnings.push(format!("{field} was changed meanwhile to {other:?}; yours holds"));
        }
    }
    Ok(Some(edited))
}

/// How fields were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ordered {
    /// By name: what is not named stays as it is.
    OneByOne,
    /// With all of them before the author's eyes.
    Together,
}

/// What a note says and where it stands. Its kind is stated only if it would not be found out.
fn editable(stored: &Stored) -> Cells {
    let content = &stored.note.content;
    let mut cells = content_cells(content);
    cells.put(Field::Deck, stored.note.deck.as_str());
    let has_options = cells.filled(Field::Options).is_some();
    if model::Kind::infer(&content.prompt, content.code_text().unwrap_or_default(), has_options)
        == content.kind()
    {
        cells.put(Field::Kind, "");
    }
    cells
}

/// Edits one note.
fn edit(
    tx: &Tx<'_>,
    context: Context,
    stored: &Stored,
    changes: &[(Field, String)],
    ordered: Ordered,
) -> Result<Edited> {
    let before = editable(stored);
    let mut cells = before.clone();
    for (field, text) in changes {
        cells.put(*field, text);
    }
    let refused = |faults: Vec<Invalid>| {
        let error = steps::refused(&faults);
        let asked = text::one_line(&stored.note.content.readable().prompt, 40);
        Error { message: format!("{asked:?}: {}", error.message), ..error }
    };
    if cells.filled(Field::Deck).is_none() {
        return Err(refused(vec![Invalid::new(Field::Deck, "a note needs a deck", "write its name")]));
    }
    let names = |field: Field| changes.iter().any(|(changed, _)| *changed == field);
    if names(Field::Options) && !names(Field::Answer) {
        // the letter of an answer is that of the same option
        follow_options(&before, &mut cells, ordered == Ordered::OneByOne)
            .map_err(|fault| refused(vec![fault]))?;
    }
    let (draft, _) = compose(&cells).map_err(refused)?;
    let fields = before.changes(&cells).into_iter().map(|(field, _)| field.name()).collect();
    let cards = card::of_note(tx, stored.id)?;
    steps::rewrite(tx, context, stored, &draft.content)?;
    if let Some(name) = draft.deck.filter(|name| name.folded() != stored.note.deck.folded()) {
        let deck = deck::ensure(tx, &name)?;
        note::place(tx, stored.id, deck, &stored.suspended, By::Learner, context.now)?;
        let slots = steps::slots(&draft.content)?;
        steps::cards(tx, stored.id, &stored.note.guid, deck, &slots, &stored.suspended)?;
    }
    let gone = || Error::new(Kind::NotFound, "the note is gone");
    let now = note::get(tx, stored.id)?.ok_or_else(gone)?;
    let cards_now = card::of_note(tx, now.id)?;
    let lost = cards.iter().filter(|card| cards_now.iter().all(|other| other.id != card.id));
    let lost = lost.map(|card| {
        format!("card {} ({}) is gone with what it asked; its history stays", card.id, card.slot)
    });
    Ok(Edited { note: NoteLine::of(&now, &cards_now, context.now.day), fields, warnings: lost.collect() })
}
