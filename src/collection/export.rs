//! Export of decks: to matura's own bank, and to Anki.

use super::{Collection, decks};
use crate::anki;
use crate::bank::native;
use crate::error::{Error, Kind, Result};
use crate::model::Note;
use crate::store::note;

pub use crate::anki::{Notetypes, Warning};

/// What to export to.
#[derive(Debug, Clone)]
pub enum Format {
    /// The native bank, complete.
    Csv,
    /// Anki's text import, with these names of notetypes.
    Anki(Notetypes),
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
}

impl Collection {
    /// Exports a deck with the decks below it, or everything.
    pub fn export(&mut self, deck: Option<&str>, format: &Format) -> Result<Export> {
        let notes: Vec<Note> = self.read(|tx, _| {
            let decks = decks::subtree(tx, deck)?;
            let all = note::all(tx)?.into_iter();
            Ok(all
                .filter(|note| decks.as_ref().is_none_or(|decks| decks.contains(&note.deck_id)))
                .map(|note| note.note)
                .collect())
        })?;
        if notes.is_empty() {
            return Err(Error::new(Kind::NotFound, "there is nothing to export")
                .hint("matura import FILE or matura review brings notes into the collection"));
        }
        let (bytes, warnings) = match format {
            Format::Csv => (native::write(&notes)?, Vec::new()),
            Format::Anki(notetypes) => anki::write(&notes, notetypes)?,
        };
        Ok(Export { bytes, notes: notes.len(), warnings })
    }
}
