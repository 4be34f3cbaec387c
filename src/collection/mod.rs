//! What can be done to a collection, one file an operation, each one transaction.

mod add;
mod answer;
mod backup;
mod bury;
mod check;
mod config;
mod decks;
mod edit;
mod export;
mod formats;
mod import;
mod list;
mod log;
mod lost;
mod mark;
mod mastery;
mod merge;
mod remove;
mod review;
mod schedule;
mod selection;
mod show;
mod simulate;
mod starter;
mod stats;
mod steps;
mod suspend;
mod sync;
mod tag;
mod today;
mod undo;

use std::path::{Path, PathBuf};

use chrono::Datelike as _;

use backup::Daily;

pub use crate::bank::{self, Problem};
pub use add::Added;
pub use answer::{Answered, Given};
pub use backup::{BackupLine, Restored};
pub use check::{CheckReport, Repaired};
pub use decks::{RemovedDeck, RenamedDeck};
pub use edit::Edited;
pub use export::{Earlier, Export, Format, Gone, Moved, Notetypes, Warning};
pub use formats::FORMATS;
pub use import::{
    BankFile, BankReport, Banks, Change, FileReport, ImportOptions, ImportReport, Learners, Missing,
    RejectedRows, Reworded, Sample, UsedBank, UsedQuestion,
};
pub use list::{CardLine, NoteLine};
pub use log::LogLine;
pub use mastery::{PastTest, Test, TestOptions};
pub use merge::{AlteredLine, Merged};
pub use review::{PastRound, Review};
pub use schedule::{Schedule, Scheduled, When};
pub use selection::Selection;
pub use show::{HistoryLine, SetLine, Shown, VersionLine};
pub use simulate::{Forecast, Planned, Simulated};
pub use starter::starter;
pub use stats::{HardCard, Instead, LeftToday, Stats};
pub use suspend::Changed;
pub use sync::{SyncProblem, Synced};
pub use tag::TagLine;
pub use today::{DeckLine, Today};
pub use undo::TakenBackLast;

pub use crate::study::{Pool, Practice, Wanted};

use crate::clock::Clock;
use crate::error::{Error, Kind, Result};
use crate::model::{Act, DayStart, Moment, Settings};
use crate::store::backup::Backups;
use crate::store::media::Folder;
use crate::store::{Store, Tx, setting};

/// One learner's collection, open.
pub struct Collection {
    store: Store,
    clock: Box<dyn Clock>,
    /// Where its images and sounds are; none if it is in no file.
    media: Option<Folder>,
    /// Where its backups are; none if it is in no file.
    backups: Option<Backups>,
    daily: Daily,
}

impl Drop for Collection {
    fn drop(&mut self) {
        self.daily.finish();
    }
}

impl std::fmt::Debug for Collection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collection").field("store", &self.store).finish_non_exhaustive()
    }
}

/// What an operation works with beside the transaction.
#[derive(Debug, Clone, Copy)]
struct Context {
    settings: Settings,
    now: Moment,
}

impl Collection {
    /// Opens the collection in a file and makes it if there is none; not where there are backups of one that is gone.
    pub fn open(path: &Path, clock: Box<dyn Clock>) -> Result<Self> {
        let now = clock.moment(DayStart::default()).ms;
        Ok(Self {
            store: lost::must_be_no_loss(path, || Store::open(path, now))?,
            clock,
            media: Some(Folder::beside(path)),
            backups: Some(Backups::of(path)),
            daily: Daily::Unwanted,
        })
    }

    /// Opens the collection in a file that exists; if there is none, an empty one that is nowhere, so that looking makes no file.
    pub fn look(path: &Path, clock: Box<dyn Clock>) -> Result<Self> {
        if !lost::is_nothing(path) {
            return Self::open(path, clock);
        }
        lost::must_be_no_loss(path, || Ok(()))?;
        Ok(Self { store: Store::in_memory()?, clock, media: None, backups: None, daily: Daily::Unwanted })
    }

    /// The file that it is in.
    fn place(&self) -> Result<PathBuf> {
        Ok(self.backups()?.collection().to_owned())
    }

    /// The folder that it is in, where copies of it are made.
    fn folder(&self) -> Result<PathBuf> {
        Ok(self.place()?.parent().unwrap_or(Path::new(".")).to_owned())
    }

    /// The time in milliseconds since 1970; when a day begins does not matter to it.
    fn now(&self) -> i64 {
        self.clock.moment(DayStart::default()).ms
    }

    fn read<T>(&mut self, work: impl FnOnce(&Tx<'_>, Context) -> Result<T>) -> Result<T> {
        let clock = &self.clock;
        self.store.read(|tx| work(tx, context(tx, clock.as_ref())?))
    }

    fn write<T>(&mut self, work: impl FnOnce(&Tx<'_>, Context) -> Result<T>) -> Result<T> {
        let clock = &self.clock;
        let (done, context) = self.store.write(|tx| {
            let context = context(tx, clock.as_ref())?;
            must_be_a_time(context.now)?;
            Ok((work(tx, context)?, context))
        })?;
        self.begin_daily(context);
        Ok(done)
    }

    /// Like [`Self::write`], for what is told by `matura log` and can be taken back.
    fn operate<T>(&mut self, act: Act, work: impl FnOnce(&Tx<'_>, Context) -> Result<T>) -> Result<T> {
        self.write(|tx, context| Ok(steps::operate(tx, context, act, || work(tx, context))?.0))
    }

    /// Like [`Self::write`], for many rows, with the clock for times of theirs; unless they are to be kept, everything is
    /// taken back at the end.
    fn bulk<T>(
        &mut self,
        keep: bool,
        work: impl FnOnce(&Tx<'_>, Context, &dyn Clock) -> Result<T>,
    ) -> Result<T> {
        let clock = self.clock.as_ref();
        self.store.bulk(keep, |tx| {
            let context = context(tx, clock)?;
            must_be_a_time(context.now)?;
            work(tx, context, clock)
        })
    }
}

/// Refuses a time at which nobody learns: what was written then would stand before or behind all else for ever.
fn must_be_a_time(now: Moment) -> Result<()> {
    if (1970..3000).contains(&now.day.date().year()) {
        return Ok(());
    }
    let message = format!("the clock says that it is {}: nothing was written", now.day);
    Err(Error::new(Kind::Input, message).hint("set the clock of this machine right"))
}

fn context(tx: &Tx<'_>, clock: &dyn Clock) -> Result<Context> {
    let settings = setting::all(tx)?;
    Ok(Context { settings, now: clock.moment(settings.day_starts_at) })
}
