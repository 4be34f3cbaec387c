//! Whether the collection is sound, and making anew what follows from its notes and its log.

use serde::Serialize;

use super::{Collection, steps};
use crate::error::{Kind, Result};
use crate::store::backup::{Before, Copy, Reason};
use crate::store::media::Folder;
use crate::store::merge::Origin;
use crate::store::{Mended, Source, is_broken, operation, salvage, setting, yield_marked};
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
        let clock = &self.clock;
        self.store.read_all(|tx| {
            // settings may be what cannot be read
            let start = setting::all(tx).unwrap_or_default().day_starts_at;
            Ok(CheckReport { remarks: steps::remarks(tx, clock.moment(start).day)?, ..steps::check(tx)? })
        })
    }

    /// Writes the collection anew from what can be read of it.
    fn rebuild(&mut self) -> Result<Mended> {
        let own = self.place()?;
        let mut copy = Copy::empty(&self.folder()?)?;
        let source = Source::open(&own)?;
        let lost = salvage(&source, &mut copy.store)?;
        let anew = "the file was damaged and was written anew from what can be read of it".to_owned();
        let mut mended = Mended { is_lossy: !lost.is_empty(), told: vec![anew] };
        mended.told.extend(lost);
        mended.extend(copy.store.bulk(true, steps::repair_all)?);
        // without a write-ahead log nobody reads while somebody writes
        let is_wal = self.store.is_wal();
        self.store.replace(&copy.store, || if is_wal { source.must_be_as_it_was() } else { Ok(()) })?;
        Ok(mended)
    }

    /// Takes in what earlier states know that is lost or altered here, and tells what came from where. States of another past, from
    /// before the collection was `restored` to one, are left alone but for that which was brought back; so is what is damaged.
    fn fill_from_backups(
        &mut self,
        mut restored: Option<(i64, String)>,
        is_lossy: bool,
        told: &mut Vec<String>,
    ) -> Result<()> {
        let backups = self.backups()?.clone();
        let folder = self.folder()?;
        let images = self.media.clone().unwrap_or_else(|| Folder::beside(backups.collection()));
        let mut is_sound = false;
        for backup in backups.list()?.into_iter().filter(|backup| backup.reason != Reason::Repair) {
            let path = backups.path(&backup);
            let mut copy = match Copy::of(&path, &folder) {
                Err(error) if matches!(error.kind, Kind::Damaged | Kind::NotACollection) => continue,
                copy => copy?,
            };
            let there = copy.store.read(operation::last_restored).unwrap_or_default();
            if restored.is_none() {
                restored.clone_from(&there);
            }
            let was_brought_back = restored.as_ref().is_some_and(|(_, name)| *name == backup.name);
            // what would have to be mended there says nothing about what is right here
            if (there != restored && !was_brought_back) || !copy.store.read(steps::check)?.ok {
                continue;
            }
            is_sound = true;
            let merged = self.take_in(&copy, &path, &images, Origin::Earlier)?;
            if merged.changed {
                let notes = text::count(merged.notes_added, "note");
                let reviews = text::count(merged.reviews, "answer");
                told.push(match (merged.notes_added, merged.reviews) {
                    (0, 0) => format!("what was altered is again as {} has it", path.display()),
                    _ => format!("{notes} and {reviews} were taken from {}", path.display()),
                });
            }
        }
        if is_lossy && !is_sound {
            told.push("there is no sound backup of the same past from which what is lost could be taken; matura merge with an older one, or with another device, may have it".to_owned());
        }
        Ok(())
    }

    /// Makes cards, schedules, totals, indexes and triggers anew from the notes and the log, after a backup, if something is
    /// wrong with the collection. What cannot be read is taken out, and comes from the backups if they have it.
    pub fn repair(&mut self) -> Result<Repaired> {
        let found = self.check()?;
        if found.ok {
            return Ok(Repaired { found: Vec::new(), changed: Vec::new(), before: None, now: found });
        }
        let now = self.now();
        let backups = self.backups.clone();
        let mut before = Before::begin(&self.store, backups.as_ref(), Reason::Repair, now)?;
        before.changes(now)?;
        let restored = self.store.read(operation::last_restored).unwrap_or_default();
        let mut mended = match self.store.bulk(true, steps::repair_all) {
            Err(error) if error.kind == Kind::Damaged => Mended::default(),
            mended => mended?,
        };
        if self.store.read(is_broken).unwrap_or(true) {
            mended.extend(self.rebuild()?);
        }
        let mut changed = mended.told;
        if let Err(error) = self.fill_from_backups(restored, mended.is_lossy, &mut changed) {
            // what is mended is mended
            changed.push(format!(
                "not all backups could be looked into ({}); what they know more can be had by matura merge FILE",
                error.message
            ));
        }
        self.store.write(yield_marked)?;
        Ok(Repaired { found: found.problems, changed, before: before.file(), now: self.check()? })
    }
}
