//! Taking another collection in: another device's, or an earlier state of this one.

use std::path::Path;

use serde::Serialize;

use super::{Collection, steps};
use crate::clock::Clock;
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::model::{Act, CardId};
use crate::store::backup::{Before, Copy, Reason};
use crate::store::media::{self, Folder};
use crate::store::merge::{Altered, Origin, Taken};
use crate::store::{log, note, operation};

/// What was taken from another collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// Its file.
    pub file: String,
    /// Whether anything is otherwise now.
    pub changed: bool,
    /// Notes that were not here.
    pub notes_added: usize,
    /// Notes that say what they say there.
    pub notes_edited: usize,
    /// Notes that stand in the deck in which they stand there, or are suspended or marked as there.
    pub notes_placed: usize,
    /// Notes that are gone, or back, as they are there.
    pub notes_removed: usize,
    /// Notes of which other words hold here; the words from there are in their history.
    pub notes_kept: usize,
    /// Answers that were not here.
    pub reviews: usize,
    /// Images and sounds that were not here.
    pub media: usize,
    /// Names under which there is another image or sound there: one of the two holds on both sides.
    pub media_differ: Vec<String>,
    /// Images and sounds that could not be taken, for their files are not there.
    pub media_lacking: Vec<String>,
    /// Answers and schedules set by hand that say something else there, so that one of the two was altered. They stay as they
    /// are here.
    pub altered: Vec<AlteredLine>,
    /// The state from before, as a backup; none if nothing is otherwise.
    pub before: Option<String>,
}

/// A row of the log that says something else on the two sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlteredLine {
    /// The note of its card.
    pub note: String,
    /// Its card, if it is here.
    pub card: Option<CardId>,
    /// When it was written, as RFC 3339 writes it.
    pub at: String,
    /// The grade here; none if it is no answer.
    pub here: Option<u8>,
    /// The grade there.
    pub there: Option<u8>,
}

impl Collection {
    /// Takes everything in that is in the collection in another file, which stays as it is: the answers of both are replayed
    /// together, of two edits of a note the later one holds. A row of the log that says something else there stays as it
    /// is here, and is told.
    pub fn merge(&mut self, other: &Path) -> Result<Merged> {
        self.merge_from(other, Origin::Elsewhere)
    }

    /// The same, but where the logs contradict each other the other one holds.
    pub fn merge_and_believe(&mut self, other: &Path) -> Result<Merged> {
        self.merge_from(other, Origin::Believed)
    }

    fn merge_from(&mut self, other: &Path, origin: Origin) -> Result<Merged> {
        let own = self.place()?;
        if files::is_same(other, &own) {
            let message = format!("{} is the collection itself", other.display());
            return Err(Error::new(Kind::Input, message).hint("name that of another device, or a backup"));
        }
        let (copy, _) = steps::sound_copy(other, &self.folder()?).map_err(|error| error.in_file(other))?;
        self.take_in(&copy, other, &Folder::beside(other), origin)
    }

    /// Takes a copy in that was found sound, with the images and sounds in a folder.
    pub(super) fn take_in(
        &mut self,
        copy: &Copy,
        other: &Path,
        folder: &Folder,
        origin: Origin,
    ) -> Result<Merged> {
        // of nothing there is nothing to keep, and whoever mends has kept it
        let is_empty = self.read(|tx, _| Ok(note::is_empty(tx)? && log::is_empty(tx)?))?;
        let backups = self.backups.clone().filter(|_| !is_empty && origin != Origin::Earlier);
        let own = self.media.clone();
        let mut before = Before::begin(&self.store, backups.as_ref(), Reason::Merge, self.now())?;
        let clock = self.clock.as_ref();
        let name = other.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (taken, media, lacking) = self.store.write_beside(copy.path(), |tx| {
            let context = super::context(tx, clock)?;
            super::must_be_a_time(context.now)?;
            let taken = steps::take_in(tx, origin)?;
            let (media, lacking) = match &own {
                Some(own) => media_in(&media::all(tx)?, folder, own)?,
                None => (0, Vec::new()),
            };
            // names that come back change nothing of what was done
            let is_done = origin != Origin::Earlier || taken.notes_added + taken.log_rows > 0;
            if !taken.is_nothing() && is_done {
                operation::add_whole(tx, Act::Merge, &name, context.now)?;
            }
            if !taken.is_nothing() {
                before.changes(context.now.ms)?;
            }
            Ok((taken, media, lacking))
        })?;
        let altered = taken.altered.iter().map(|row| line(row, clock)).collect();
        Ok(report(other, taken, altered, (media, lacking), before.file()))
    }
}

/// Copies the files of images and sounds that are lacking here; gives their number and the names of those that are lacking there
/// too.
fn media_in(all: &[(String, media::Medium)], from: &Folder, to: &Folder) -> Result<(usize, Vec<String>)> {
    let (mut taken, mut lacking) = (0, Vec::new());
    for (name, medium) in all.iter().filter(|(_, medium)| !to.has(medium)) {
        match from.read(medium)? {
            Some(bytes) => {
                to.put(medium, &bytes)?;
                taken += 1;
            }
            None => lacking.push(name.clone()),
        }
    }
    Ok((taken, lacking))
}

fn line(row: &Altered, clock: &dyn Clock) -> AlteredLine {
    AlteredLine {
        note: row.guid.clone(),
        card: row.card,
        at: clock.written(row.at),
        here: row.here,
        there: row.there,
    }
}

fn report(
    other: &Path,
    taken: Taken,
    altered: Vec<AlteredLine>,
    (media, lacking): (usize, Vec<String>),
    before: Option<String>,
) -> Merged {
    Merged {
        file: other.display().to_string(),
        changed: !taken.is_nothing() || media > 0,
        notes_added: taken.notes_added,
        notes_edited: taken.notes_edited,
        notes_placed: taken.notes_placed,
        notes_removed: taken.notes_removed,
        notes_kept: taken.notes_kept,
        reviews: taken.reviews,
        media,
        media_differ: taken.media_differ,
        media_lacking: lacking,
        altered,
        before,
    }
}
