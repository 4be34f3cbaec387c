//! Backups of a collection: whole files in a folder beside it, made through SQLite's backup interface, checked and thinned.

mod before;
mod copy;
mod retention;

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime};

pub use before::Before;
pub use copy::Copy;
pub(super) use copy::{open_to_read, run_after};

use crate::error::{Error, Kind, Result};
use crate::files;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The first change of a study day.
    Daily,
    /// Something came in.
    Import,
    /// Notes went that a bank no longer holds.
    Prune,
    /// A new matura changed the schema.
    Schema,
    /// Another collection came in.
    Merge,
    /// Caches were to be made anew.
    Repair,
    /// Another state was to come back.
    Restore,
    /// The learner wanted it.
    Wanted,
}

impl Reason {
    const ALL: [Self; 8] = [
        Self::Daily,
        Self::Import,
        Self::Prune,
        Self::Schema,
        Self::Merge,
        Self::Repair,
        Self::Restore,
        Self::Wanted,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Import => "import",
            Self::Prune => "prune",
            Self::Schema => "schema",
            Self::Merge => "merge",
            Self::Repair => "repair",
            Self::Restore => "restore",
            Self::Wanted => "wanted",
        }
    }

    /// Whether it is kept for ever: whoever wants to go back to the matura from before can.
    const fn stays(self) -> bool {
        matches!(self, Self::Schema | Self::Wanted)
    }

    /// Whether a collection that is damaged is kept as it is: before an attempt to mend it.
    const fn takes_damage(self) -> bool {
        matches!(self, Self::Repair | Self::Restore)
    }
}

/// A backup in the folder beside the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The name of its file.
    pub name: String,
    /// When it was made, in milliseconds since 1970, to the second.
    pub at: i64,
    /// Why.
    pub reason: Reason,
    /// Bytes.
    pub size: u64,
}

/// The folder of the backups of a collection.
#[derive(Debug, Clone)]
pub struct Backups {
    collection: PathBuf,
    folder: PathBuf,
}

impl Backups {
    /// That of the collection in this file. A link is followed: they lie beside the collection itself.
    pub fn of(collection: &Path) -> Self {
        let collection = files::resolved(collection);
        Self { folder: files::with_ending(&collection, ".backups"), collection }
    }

    /// The file of the collection itself.
    pub fn collection(&self) -> &Path {
        &self.collection
    }

    /// The folder that they are in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The backups, the newest first.
    pub fn list(&self) -> Result<Vec<Backup>> {
        let mut backups: Vec<Backup> = files::list(&self.folder)?
            .into_iter()
            .filter_map(|entry| {
                let (at, reason) = parse(&entry.name)?;
                Some(Backup { name: entry.name, at, reason, size: entry.size })
            })
            .collect();
        backups.sort_by(|one, other| (other.at, &other.name).cmp(&(one.at, &one.name)));
        Ok(backups)
    }

    /// Where a backup is.
    pub fn path(&self, backup: &Backup) -> PathBuf {
        self.folder.join(&backup.name)
    }

    /// Makes a backup of the state that was committed last, at a time in milliseconds since 1970, and thins the others.
    pub fn keep(&self, reason: Reason, now: i64) -> Result<Backup> {
        let kept = self.try_to_keep(reason, now);
        kept.map_err(|error| {
            let message = format!("no backup can be kept in {}: {}", self.folder.display(), error.message);
            let hint = match error.kind {
                Kind::Io => "make room, or move the collection to a folder in which matura may write",
                _ => return Error { message, ..error },
            };
            Error { message, ..error }.hint(hint)
        })
    }

    fn try_to_keep(&self, reason: Reason, now: i64) -> Result<Backup> {
        files::create_private_folder(&self.folder)?;
        let name = (1..=u32::MAX)
            .map(|number| name(reason, now, number))
            .find(|name| !self.folder.join(name).exists())
            .ok_or_else(|| Error::internal("there is no name left"))?;
        let path = self.folder.join(&name);
        copy::to_file(&self.collection, &path, reason.takes_damage())?;
        let size = files::size(&path).unwrap_or(0);
        self.thin(now)?;
        let (at, _) = parse(&name).ok_or_else(|| Error::internal("the name of a backup cannot be read"))?;
        Ok(Backup { name, at, reason, size })
    }

    /// Copies the state that was committed last to a file, whole or not at all; in place of a file that is there only if
    /// that is wanted.
    pub fn copy_to(&self, path: &Path, replace: bool) -> Result<u64> {
        if files::is_same(path, &self.collection) {
            return Err(Error::new(Kind::Input, format!("{} is the collection itself", path.display()))
                .hint("name another file, or none: then the backup goes beside the collection"));
        }
        if path.is_dir() {
            return Err(Error::new(Kind::Input, format!("{} is a directory", path.display()))
                .hint("name a file in it"));
        }
        let refused = |what: &str| Error::new(Kind::Input, format!("{} {what}", path.display()));
        if files::is_taken(path) && !files::is_plain_file(path) {
            return Err(refused("is no ordinary file").hint("name another file"));
        }
        if files::is_taken(path) && !replace {
            return Err(refused("is there already").hint("name another file, or replace it with --replace"));
        }
        if files::is_taken(&files::with_ending(path, "-wal")) {
            return Err(refused("is a database that is in use").hint("name another file"));
        }
        copy::to_file(&self.collection, path, false)?;
        Ok(files::size(path).unwrap_or(0))
    }

    /// A name in the folder for a collection that is too damaged for a backup, at a time in milliseconds since 1970.
    pub fn aside(&self, now: i64) -> Result<PathBuf> {
        files::create_private_folder(&self.folder)?;
        let at = DateTime::from_timestamp_millis(now).unwrap_or_default();
        let names = (1..=u32::MAX).map(|number| format!("{}-damaged-{number}.db", at.format(STAMP)));
        let mut free = names.map(|name| self.folder.join(name)).filter(|path| !path.exists());
        free.next().ok_or_else(|| Error::internal("there is no name left"))
    }

    /// Removes what is old and has younger ones beside it: the oldest first, and only a few at a time, for the clock may be wrong.
    fn thin(&self, now: i64) -> Result<()> {
        const MOST: usize = 2;
        let backups: Vec<Backup> = self.list()?.into_iter().filter(|backup| !backup.reason.stays()).collect();
        let times: Vec<i64> = backups.iter().map(|backup| backup.at).collect();
        let kept = retention::kept(&times, now);
        let old = backups.iter().zip(kept).rev().filter(|(_, keep)| !keep);
        old.take(MOST).try_for_each(|(backup, _)| files::remove(&self.path(backup)))
    }
}

/// When a backup was made, in Greenwich: a local hour may come twice.
const STAMP: &str = "%Y-%m-%dT%H%M%SZ";

/// `2026-11-28T090502Z-import.db`; a further one of the same second has its number behind it.
fn name(reason: Reason, now: i64, number: u32) -> String {
    let at = DateTime::from_timestamp(now.div_euclid(1000), 0).unwrap_or_default();
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    format!("{}-{}{number}.db", at.format(STAMP), reason.name())
}

/// When and why a backup of this name was made; none if it is the name of something else.
fn parse(name: &str) -> Option<(i64, Reason)> {
    let (stamp, rest) = name.strip_suffix(".db")?.split_once("Z-")?;
    let (reason, number) = rest.split_once('-').unwrap_or((rest, "2"));
    number.parse::<u32>().ok()?;
    let at = NaiveDateTime::parse_from_str(&format!("{stamp}Z"), STAMP).ok()?;
    let reason = Reason::ALL.into_iter().find(|known| known.name() == reason)?;
    Some((at.and_utc().timestamp_millis(), reason))
}

#[cfg(test)]
mod tests;
