//! Export of decks: to matura's own bank, and to Anki.

mod since;

use std::collections::HashMap;

use super::{Collection, decks};
use crate::anki;
use crate::anki::package::{Packed, PackedCard};
use crate::bank::native;
use crate::error::{Error, Kind, Result};
use crate::model::{CardKey, Note, NoteId};
use crate::store::card::{self, Card};
use crate::store::media::{self, Folder};
use crate::store::note::{self, Stored};
use crate::store::{Tx, log};

pub use crate::anki::{Notetypes, Warning};
pub use since::{Earlier, Gone, Moved};

/// What to export to.
#[derive(Debug, Clone)]
pub enum Format {
    /// The native bank, complete.
    Csv,
    /// Anki's text import, with these names of notetypes.
    Anki(Notetypes),
    /// Anki's package, with schedules and history if they are to travel.
    Apkg {
        /// Whether they are.
        with_schedule: bool,
    },
}

/// An export.
#[derive(Debug, Clone)]
pub struct Export {
    /// What goes into the file.
    pub bytes: Vec<u8>,
    /// Notes in it.
    pub notes: usize,
    /// What did not fit as it was.
    pub warnings: Vec<Warning>,
    /// Notes that an earlier export held in another deck.
    pub moved: Vec<Moved>,
    /// Notes that an earlier export held and that are gone here.
    pub gone: Vec<Gone>,
}

impl Collection {
    /// Exports a deck with the decks below it, or everything, and says what an earlier export for Anki held otherwise.
    pub fn export(
        &mut self,
        deck: Option<&str>,
        format: &Format,
        earlier: Option<Earlier>,
    ) -> Result<Export> {
        let folder = self.media.clone();
        self.read(|tx, _| {
            let decks = decks::subtree(tx, deck)?;
            let mut notes = note::all(tx)?;
            notes.retain(|note| decks.as_ref().is_none_or(|decks| decks.contains(&note.deck_id)));
            if notes.is_empty() {
                return Err(Error::new(Kind::NotFound, "there is nothing to export")
                    .hint("matura import FILE or matura review brings notes into the collection"));
            }
            let count = notes.len();
            let (moved, gone) = match earlier {
                Some(earlier) => {
                    let place = |stored: &Stored| (stored.note.guid.clone(), stored.note.deck.clone());
                    earlier.against(tx, &notes.iter().map(place).collect())?
                }
                None => (Vec::new(), Vec::new()),
            };
            let texts =
                |notes: Vec<Stored>| notes.into_iter().map(|stored| stored.note).collect::<Vec<Note>>();
            let (bytes, warnings) = match format {
                Format::Csv => (native::write(&texts(notes))?, Vec::new()),
                Format::Anki(notetypes) => anki::write(&texts(notes), notetypes)?,
                Format::Apkg { with_schedule } => package(tx, notes, *with_schedule, folder.as_ref())?,
            };
            Ok(Export { bytes, notes: count, warnings, moved, gone })
        })
    }
}

fn package(
    tx: &Tx<'_>,
    notes: Vec<Stored>,
    with_schedule: bool,
    folder: Option<&Folder>,
) -> Result<(Vec<u8>, Vec<Warning>)> {
    let has_history = with_schedule && !log::is_empty(tx)?;
    let mut cards: HashMap<NoteId, Vec<Card>> = HashMap::new();
    for card in card::all(tx)? {
        cards.entry(card.note).or_default().push(card);
    }
    let packed = notes.into_iter().map(|stored| {
        let of_note = cards.remove(&stored.id).unwrap_or_default().into_iter();
        let packed = of_note.map(|card| {
            let key = CardKey { guid: stored.note.guid.clone(), slot: card.slot };
            let rows = if has_history { log::of_card(tx, &key)? } else { Vec::new() };
            Ok(PackedCard { slot: card.slot, state: card.state, suspended: card.suspended, rows })
        });
        let cards = packed.collect::<Result<_>>()?;
        Ok(Packed { made_at: stored.created_at, changed_at: stored.changed_at, cards, note: stored.note })
    });
    let mut find = |name: &str| match (folder, media::get(tx, name)?) {
        (Some(folder), Some(medium)) => folder.read(&medium),
        _ => Ok(None),
    };
    anki::package::write(packed, with_schedule, &mut find)
}
