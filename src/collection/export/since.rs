//! What an earlier export for Anki held otherwise. Anki itself neither moves nor deletes notes when it imports.

use std::collections::HashMap;

use serde::Serialize;

use crate::anki::deck_in_text;
use crate::anki::package::{AnkiPackage, is_package};
use crate::bank::{self, Options, Reading};
use crate::collection::FORMATS;
use crate::error::{Error, Kind, Result};
use crate::model::{DeckName, Guid};
use crate::store::{Tx, note};
use crate::text;

/// An export for Anki that was made before.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Its notes, with what they ask, and where they stood.
    notes: Vec<(Guid, DeckName, String)>,
}

/// A note that the earlier export held in another deck.
#[derive(Debug, Clone, Serialize)]
pub struct Moved {
    /// Its guid.
    pub note: String,
    /// What it asks.
    pub prompt: String,
    /// The deck in which it stands in Anki.
    pub from: String,
    /// The deck in which it stands here.
    pub to: String,
}

/// A note that the earlier export held and that was removed here.
#[derive(Debug, Clone, Serialize)]
pub struct Gone {
    /// Its guid.
    pub note: String,
    /// What it asks.
    pub prompt: String,
    /// The deck in which it stands in Anki.
    pub deck: String,
}

impl Earlier {
    /// What is in a package or in a text file with guids.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let options = Options::default();
        let bank = if is_package(&bytes) {
            AnkiPackage::open(name, bytes)?.0
        } else {
            bank::open(name, bytes, &options, &FORMATS)?
        };
        let mut reading = Reading::default();
        bank.read(&options, &mut reading)?;
        let known = |draft: bank::Draft| {
            let prompt = text::one_line(&draft.content.readable().prompt, 60);
            Some((draft.guid?, draft.deck?, prompt))
        };
        let notes: Vec<_> = reading.drafts.into_iter().filter_map(known).collect();
        if notes.is_empty() {
            return Err(Error::new(Kind::Input, format!("{name} is no earlier export for Anki"))
                .hint("name a package or a text file that matura export wrote"));
        }
        Ok(Self { notes })
    }

    /// The notes that stand elsewhere now, and those that are gone; `exported` are those that go out again.
    pub(super) fn against(
        self,
        tx: &Tx<'_>,
        exported: &HashMap<Guid, DeckName>,
    ) -> Result<(Vec<Moved>, Vec<Gone>)> {
        let (mut moved, mut gone) = (Vec::new(), Vec::new());
        for (guid, from, prompt) in self.notes {
            let to = match (exported.get(&guid), note::by_guid(tx, &guid)?) {
                (Some(deck), _) => Some(deck.clone()),
                // it never was here
                (None, None) => continue,
                (None, Some(stored)) => Some(stored).filter(|it| !it.is_removed()).map(|it| it.note.deck),
            };
            let note = guid.to_string();
            match to {
                None => gone.push(Gone { note, prompt, deck: from.to_string() }),
                Some(to) if to.folded() == from.folded() || deck_in_text(&to) == from.as_str() => {}
                Some(to) => moved.push(Moved { note, prompt, from: from.to_string(), to: to.to_string() }),
            }
        }
        Ok((moved, gone))
    }
}
