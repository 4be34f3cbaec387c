//! Backups: wanted ones, those that are made by themselves, and the way back.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use serde::Serialize;

use super::{Collection, Context, steps};
use crate::clock::Clock;
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::model::{Act, DayStart};
use crate::store::backup::{Backup, Backups, Before, Reason};
use crate::store::{Store, operation, sync};

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupLine {
    /// Its file.
    pub file: String,
    /// When it was made, as RFC 3339 writes it; none if only its file knows.
    pub at: Option<String>,
    /// Why.
    pub reason: &'static str,
    /// Its size.
    pub bytes: u64,
}

/// What bringing a backup back came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The file that was brought back.
    pub file: String,
    /// Notes in it.
    pub notes: u32,
    /// Answers in it that stand.
    pub reviews: u32,
    /// The state from before, as a backup.
    pub before: Option<String>,
    /// The file from before, where it was too damaged for one.
    pub damaged: Option<String>,
    /// Whether the collection was kept alike with other devices: the next sync brings back what is in their folder.
    pub synced: bool,
}

/// Whether the backup of the day was made.
pub(super) enum Daily {
    /// Nobody wants one.
    Unwanted,
    /// The first change makes it; who is told if that fails.
    Wanted(Box<dyn Fn(&Error)>),
    /// It is being made.
    Running(JoinHandle<Result<Backup>>, Box<dyn Fn(&Error)>),
}

impl Daily {
    /// Waits until it is made.
    pub(super) fn finish(&mut self) {
        if let Self::Running(thread, tell) = std::mem::replace(self, Self::Unwanted)
            && let Ok(Err(error)) = thread.join()
        {
            tell(&error);
        }
    }
}

impl Collection {
    /// Has a backup made behind the first change of each study day, and `tell` told if that fails.
    pub fn back_up_daily(&mut self, tell: impl Fn(&Error) + 'static) {
        self.daily = Daily::Wanted(Box::new(tell));
    }

    /// Begins the backup of the day, if it is wanted and there is none. The session goes on meanwhile.
    pub(super) fn begin_daily(&mut self, context: Context) {
        let Some(backups) = &self.backups else { return };
        let tell = match std::mem::replace(&mut self.daily, Daily::Unwanted) {
            Daily::Wanted(tell) => tell,
            // one that is being made is still waited for at the end
            other => {
                self.daily = other;
                return;
            }
        };
        let start = context.settings.day_starts_at;
        let day_of = |backup: &Backup| self.clock.moment_at(backup.at, start).day;
        match backups.list() {
            Ok(list) if list.iter().any(|backup| day_of(backup) == context.now.day) => {}
            Ok(_) => {
                let (backups, now) = (backups.clone(), context.now.ms);
                let builder = std::thread::Builder::new().name("daily backup".to_owned());
                match builder.spawn(move || backups.keep(Reason::Daily, now)) {
                    Ok(thread) => self.daily = Daily::Running(thread, tell),
                    Err(cause) => tell(&Error::new(Kind::Io, format!("no thread can be started: {cause}"))),
                }
            }
            Err(error) => tell(&error),
        }
    }

    /// Makes a backup beside the collection, or in a file of its own, in place of one that is there only if that is wanted.
    pub fn back_up(&mut self, file: Option<&Path>, replace: bool) -> Result<BackupLine> {
        let now = self.now();
        let backups = self.backups()?;
        match file {
            None => {
                let backup = backups.keep(Reason::Wanted, now)?;
                Ok(line(backups, &backup, self.clock.as_ref()))
            }
            Some(file) => {
                let bytes = backups.copy_to(file, replace)?;
                let reason = Reason::Wanted.name();
                Ok(BackupLine { file: file.display().to_string(), at: None, reason, bytes })
            }
        }
    }

    /// The backups beside the collection in a file, the newest first. The collection itself may be gone or damaged.
    pub fn backup_list(collection: &Path, clock: &dyn Clock) -> Result<Vec<BackupLine>> {
        let backups = Backups::of(collection);
        Ok(backups.list()?.iter().map(|backup| line(&backups, backup, clock)).collect())
    }

    pub(super) fn backups(&self) -> Result<&Backups> {
        self.backups.as_ref().ok_or_else(|| {
            Error::new(Kind::NotFound, "there is no collection yet")
                .hint("matura review or matura import makes one")
        })
    }

    /// Replaces the collection in a file by a backup: a file, or the name of one beside the collection. What is there is backed
    /// up first, or put aside if it is too damaged for that.
    pub fn restore(collection: &Path, backup: &Path, clock: &dyn Clock) -> Result<Restored> {
        let moment = clock.moment(DayStart::default());
        super::must_be_a_time(moment)?;
        let now = moment.ms;
        let backups = Backups::of(collection);
        let file = find(&backups, backup)?;
        if files::is_same(&file, collection) {
            return Err(Error::new(Kind::Input, format!("{} is the collection itself", file.display()))
                .hint("matura backups lists the states that can be brought back"));
        }
        let target = files::resolved(collection);
        let folder = target.parent().unwrap_or(Path::new("."));
        files::create_private_folder(folder)?;
        let (mut copy, report) = steps::sound_copy(&file, folder).map_err(|error| error.in_file(&file))?;
        copy.store.write(|tx| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            operation::add_whole(tx, Act::Restore, &name, super::context(tx, clock)?.now)
        })?;
        let mut restored = Restored {
            file: file.display().to_string(),
            notes: report.notes,
            reviews: report.reviews,
            before: None,
            damaged: None,
            synced: false,
        };
        let live = if target.exists() {
            Store::open(&target, now).and_then(|mut store| {
                let device = store.read(sync::device)?;
                restored.synced = device.is_some();
                copy.store.write(|tx| sync::be(tx, device.as_ref()))?;
                let mut before = Before::begin(&store, Some(&backups), Reason::Restore, now)?;
                store.replace(&copy.store, || before.changes(now))?;
                Ok(before.file())
            })
        } else {
            Err(Error::new(Kind::NotACollection, "there is none"))
        };
        match live {
            Ok(before) => restored.before = before,
            Err(error) if matches!(error.kind, Kind::Damaged | Kind::NotACollection) => {
                copy.store.write(|tx| sync::be(tx, None))?;
                restored.damaged =
                    put_aside(&target, &backups, now)?.map(|aside| aside.display().to_string());
                copy.put(&target)?;
            }
            Err(error) => return Err(error),
        }
        Ok(restored)
    }
}

fn line(backups: &Backups, backup: &Backup, clock: &dyn Clock) -> BackupLine {
    BackupLine {
        file: backups.path(backup).display().to_string(),
        at: Some(clock.written(backup.at)),
        reason: backup.reason.name(),
        bytes: backup.size,
    }
}

/// The file that is meant by a name.
fn find(backups: &Backups, name: &Path) -> Result<PathBuf> {
    // what is no ordinary file is refused by whoever opens it
    if files::is_taken(name) {
        return Ok(name.to_owned());
    }
    let listed = backups.list()?.into_iter().find(|backup| Path::new(&backup.name) == name);
    listed.map(|backup| backups.path(&backup)).ok_or_else(|| {
        Error::new(Kind::NotFound, format!("there is no backup {}", name.display()))
            .hint("matura backups lists them")
    })
}

/// Gives a file that cannot be opened as a collection, and what SQLite keeps beside it, other names; none if nothing is there.
fn put_aside(collection: &Path, backups: &Backups, now: i64) -> Result<Option<PathBuf>> {
    let there: Vec<&str> = files::BESIDE_SQLITE
        .into_iter()
        .filter(|ending| files::is_taken(&files::with_ending(collection, ending)))
        .collect();
    if there.is_empty() {
        return Ok(None);
    }
    let aside = backups.aside(now)?;
    for ending in there {
        files::rename(&files::with_ending(collection, ending), &files::with_ending(&aside, ending))?;
    }
    Ok(Some(aside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::model::Setting;

    #[test]
    fn the_backup_of_the_day_is_waited_for_however_much_is_changed_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.db");
        let clock = clock::from_environment(Some("2026-03-01T10:00:00Z"), false).unwrap();
        let mut collection = Collection::open(&path, clock).unwrap();
        collection.back_up_daily(|_| ());
        for limit in ["1", "2", "3"] {
            collection.set(Setting::NewPerDay, limit).unwrap();
            assert!(matches!(collection.daily, Daily::Running(..)), "after {limit}");
        }
        drop(collection);
        assert_eq!(Backups::of(&path).list().unwrap().len(), 1);
    }
}
