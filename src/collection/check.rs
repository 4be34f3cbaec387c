//! Whether the collection is sound, and making anew what follows from its notes and its log.

use serde::Serialize;

use super::{Collection, steps};
use crate::error::Result;
use crate::store::backup::{Before, Reason};

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
        let changed = self.bulk(true, |tx, _, _| {
            let mut changed = steps::take_out_unreadable(tx)?;
            changed.append(&mut steps::repair(tx)?);
            Ok(changed)
        })?;
        Ok(Repaired { found: found.problems, changed, before: before.file(), now: self.check()? })
    }
}
