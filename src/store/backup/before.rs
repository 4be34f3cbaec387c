//! The backup of the state before something that is whole or not at all.

use std::path::PathBuf;

use super::{Backups, Reason};
use crate::error::Result;
use crate::store::Store;

/// A backup of the state from before a transaction. Where readers see that state until the end, it is made when it is known that
/// something changes; elsewhere at the beginning.
#[derive(Debug)]
pub struct Before<'b> {
    backups: Option<&'b Backups>,
    reason: Reason,
    file: Option<PathBuf>,
}

impl<'b> Before<'b> {
    /// Begins at a time in milliseconds since 1970. Without backups, as for a collection in no file, none is made.
    pub fn begin(store: &Store, backups: Option<&'b Backups>, reason: Reason, now: i64) -> Result<Self> {
        let mut before = Self { backups, reason, file: None };
        if !store.is_wal() {
            before.changes(now)?;
        }
        Ok(before)
    }

    /// Something is about to change: the backup is made, if it was not yet.
    pub fn changes(&mut self, now: i64) -> Result<()> {
        if let (Some(backups), None) = (self.backups, &self.file) {
            self.file = Some(backups.path(&backups.keep(self.reason, now)?));
        }
        Ok(())
    }

    /// Where it is; none if none was made.
    pub fn file(&self) -> Option<String> {
        self.file.as_ref().map(|file| file.display().to_string())
    }
}
