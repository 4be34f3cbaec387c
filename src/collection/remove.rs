//! Removing notes and bringing them back.

use super::{Collection, NoteLine, Selection, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, Guid};
use crate::store::{card, note};

impl Collection {
    /// Removes notes with all their cards; their history stays. Gives them as they were.
    pub fn remove(&mut self, notes: &Selection) -> Result<Vec<NoteLine>> {
        self.operate(Act::Remove, |tx, context| {
            let mut removed = Vec::new();
            for stored in steps::chosen_notes(tx, context, notes)? {
                removed.push(NoteLine::of(&stored, &card::of_note(tx, stored.id)?, context.now.day));
                steps::remove(tx, context, &stored)?;
            }
            Ok(removed)
        })
    }

    /// Brings notes back that were removed, by their guids, with their history.
    pub fn bring_back(&mut self, guids: &[String]) -> Result<Vec<NoteLine>> {
        self.operate(Act::BringBack, |tx, context| {
            let mut back = Vec::new();
            for guid in guids {
                let stored = note::by_guid(tx, &Guid::new(guid.as_str()))?.ok_or_else(|| {
                    Error::new(Kind::NotFound, format!("there never was a note {guid:?}"))
                        .hint("matura remove --list names the notes that were removed")
                })?;
                if stored.is_removed() {
                    steps::bring_back(tx, context, &stored)?;
                }
                let stored = note::get(tx, stored.id)?.ok_or_else(|| Error::internal("the note is gone"))?;
                back.push(NoteLine::of(&stored, &card::of_note(tx, stored.id)?, context.now.day));
            }
            Ok(back)
        })
    }

    /// The notes that were removed, the last first.
    pub fn removed(&mut self) -> Result<Vec<NoteLine>> {
        self.read(|tx, context| {
            let notes = note::removed(tx)?;
            Ok(notes.iter().map(|stored| NoteLine::of(stored, &[], context.now.day)).collect())
        })
    }
}
