//! `matura sync`: several devices over a folder.

use std::path::PathBuf;

use clap::Args;

use super::{Context, merge};
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct SyncArgs {
    /// A folder that a file synchroniser keeps alike on all devices
    folder: PathBuf,
}

pub(super) fn run(args: &SyncArgs, context: &mut Context) -> Result<()> {
    let synced = context.open()?.sync(&args.folder)?;
    if !context.out.json {
        for problem in &synced.problems {
            context.out.say(&format!("warning: {}: {}", problem.file, problem.message));
            problem.hint.iter().for_each(|hint| context.out.say(&format!("  {hint}")));
        }
    }
    synced.taken.iter().for_each(|merged| merge::warn_of_altered(merged, context));
    context.out.result(&synced, || {
        let mut lines: Vec<String> = synced.taken.iter().flat_map(merge::words).collect();
        if synced.known > 0 {
            lines.push(format!("nothing new from {}", text::count(synced.known, "other device")));
        }
        lines.push(if synced.written {
            format!("written: {}", synced.file)
        } else {
            format!("{} is as it has to be", synced.file)
        });
        if synced.media > 0 {
            lines.push(format!(
                "{} put beside it",
                text::count_verb(synced.media, "image or sound", "images and sounds")
            ));
        }
        lines.join("\n")
    })
}
