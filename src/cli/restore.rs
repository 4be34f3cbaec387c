//! `matura restore`: the collection as a backup has it.

use std::path::PathBuf;

use clap::Args;

use super::{Context, environment_clock, place};
use crate::collection::Collection;
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The backup: a file, or the name of one that matura backups lists
    #[arg(value_name = "FILE")]
    backup: PathBuf,
}

pub(super) fn run(args: &RestoreArgs, context: &mut Context) -> Result<()> {
    let collection = place::collection(context.collection.as_deref())?;
    let restored = Collection::restore(&collection, &args.backup, &*environment_clock()?)?;
    context.out.result(&restored, || {
        let (notes, reviews) = (text::count(restored.notes, "note"), text::count(restored.reviews, "answer"));
        let mut lines = vec![format!("restored: {notes}, {reviews}, from {}", restored.file)];
        if let Some(before) = &restored.before {
            lines.push(format!("what was there before is in {before}"));
        }
        if let Some(damaged) = &restored.damaged {
            lines.push(format!(
                "the file that was there could not be opened as a collection; it is {damaged} now"
            ));
        }
        if restored.synced {
            lines.push(
                "the next matura sync brings back what is in its folder, this device's answers too"
                    .to_owned(),
            );
        }
        lines.join("\n")
    })
}
