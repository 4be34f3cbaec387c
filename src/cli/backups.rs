//! `matura backups`: what there is to go back to.

use super::table::table;
use super::{Context, environment_clock, place};
use crate::collection::{BackupLine, Collection};
use crate::error::Result;

pub(super) fn run(context: &mut Context) -> Result<()> {
    let collection = place::collection(context.collection.as_deref())?;
    let backups = Collection::backup_list(&collection, &*environment_clock()?)?;
    context.out.result(&backups, || {
        if backups.is_empty() {
            "There is no backup yet; matura backup makes one.".to_owned()
        } else {
            words(&backups)
        }
    })
}

fn words(backups: &[BackupLine]) -> String {
    let row = |backup: &BackupLine| {
        // to the minute, without the zone
        let at = backup.at.as_deref().and_then(|at| at.get(..16)).unwrap_or_default().replace('T', " ");
        vec![at, backup.reason.to_owned(), size(backup.bytes), backup.file.clone()]
    };
    table(&["when", "why", ">size", "file"], backups.iter().map(row))
}

/// Bytes for people.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..100_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
