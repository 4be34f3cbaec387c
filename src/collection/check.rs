//! Whether the collection is sound, and making anew what follows from its notes and its log.

use std::path::Path;

use serde::Serialize;

use super::{Collection, steps};
use crate::error::{Kind, Result};
use crate::store::backup::{Before, Copy, Reason};
use crate::store::{Source, is_broken, salvage};
use crate::text;

pub use super::steps::CheckReport;

/// What a repair did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// What was wrong, a sentence each.
    pub found: Vec<String>,
    /// What was changed, a sentence each.
    pub changed: Vec<String>,
    /// The state from before, as a backup; none if nothing was wrong.
    pub before: Option<String>,
    /// The collection as it is now. What is still wrong cannot be made anew from the rest.
    #[serde(flatten)]
    pub now: CheckReport,
}

impl Collection {
    /// Runs SQLite's own checks, replays every card's log and compares the outcome with what is stored, and
    /// compares cards with their notes and totals with the cards.
    pub fn check(&mut self) -> Result<CheckReport> {
        self.read(|tx, context| {
            Ok(CheckReport { remarks: steps::remarks(tx, context.now.day)?, ..steps::check(tx)? })
        })
    }

    /// Writes the collection anew from what can be read of it.
    fn rebuild(&mut self) -> Result<Vec<String>> {
        let own = self.place()?;
        let mut copy = Copy::empty(own.parent().unwrap_or(Path::new(".")))?;
        let source = Source::open(&own)?;
        let mut told = salvage(&source, &mut copy.store)?;
        let is_complete = told.is_empty();
        told.insert(0, "the file was damaged and was written anew from what can be read of it".to_owned());
        told.append(&mut copy.store.bulk(true, steps::repair_all)?);
        // without a write-ahead log nobody reads while somebody writes
        let is_wal = self.store.is_wal();
        self.store.replace(&copy.store, || if is_wal { source.must_be_as_it_was() } else { Ok(()) })?;
        if !is_complete {
            told.push(self.fill_from_backup()?);
        }
        Ok(told)
    }

    /// Takes in the newest backup that is sound, for what was lost; says which.
    fn fill_from_backup(&mut self) -> Result<String> {
        let backups = self.backups()?.clone();
        for backup in backups.list()? {
            let path = backups.path(&backup);
            match self.merge(&path) {
                Ok(merged) => {
                    let (notes, reviews) =
                        (text::count(merged.notes_added, "note"), text::count(merged.reviews, "answer"));
                    return Ok(format!("{notes} and {reviews} were taken from {}", path.display()));
                }
                Err(error) if matches!(error.kind, Kind::Damaged | Kind::NotACollection) => {}
                Err(error) => return Err(error),
            }
        }
        Ok("there is no sound backup from which it could be taken; matura merge or matura sync with another device may have it".to_owned())
    }

    /// Makes cards, schedules, totals, indexes and triggers anew from the notes and the log, after a backup, if something is
    /// wrong with the collection.
    pub fn repair(&mut self) -> Result<Repaired> {
        let found = self.check()?;
        if found.ok {
            return Ok(Repaired { found: Vec::new(), changed: Vec::new(), before: None, now: found });
        }
        let now = self.now();
        let backups = self.backups.clone();
        let mut before = Before::begin(&self.store, backups.as_ref(), Reason::Repair, now)?;
        before.changes(now)?;
        let mut changed = match self.store.bulk(true, steps::repair_all) {
            Err(error) if error.kind == Kind::Damaged => Vec::new(),
            changed => changed?,
        };
        if self.store.read(is_broken).unwrap_or(true) {
            changed.append(&mut self.rebuild()?);
        }
        Ok(Repaired { found: found.problems, changed, before: before.file(), now: self.check()? })
    }
}
