//! `matura merge`: another collection is taken in.

use std::path::PathBuf;

use clap::Args;

use super::Context;
use crate::collection::Merged;
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The collection of another device, or a backup; it stays as it is
    #[arg(value_name = "OTHER")]
    other: PathBuf,
    /// Where an answer in the log says something else there than here, so that one of the two was altered: believe OTHER
    #[arg(long)]
    believe_other: bool,
}

pub(super) fn run(args: &MergeArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.open()?;
    let merged = if args.believe_other {
        collection.merge_and_believe(&args.other)?
    } else {
        collection.merge(&args.other)?
    };
    drop(collection);
    warn_of_altered(&merged, context);
    context.out.result(&merged, || words(&merged).join("\n"))
}

/// Says where the logs contradict each other, where no document says it.
pub(super) fn warn_of_altered(merged: &Merged, context: &Context) {
    /// How many are told one by one.
    const MOST: usize = 5;
    if merged.altered.is_empty() || context.out.json {
        return;
    }
    let rows = text::count_verb(merged.altered.len(), "row of its log says", "rows of its log say");
    context.out.say(&format!(
        "warning: {}: {rows} something else than here, so one of the two was altered",
        merged.file
    ));
    for row in merged.altered.iter().take(MOST) {
        let card =
            row.card.map_or_else(|| format!("a card of note {}", row.note), |card| format!("card {card}"));
        let says = match (row.here, row.there) {
            (Some(here), Some(there)) if here != there => format!("grade {here} here, {there} there"),
            _ => "not the same here and there".to_owned(),
        };
        context.out.say(&format!("  {card}, {}: {says}", row.at));
    }
    if let Some(more) = merged.altered.len().checked_sub(MOST).filter(|more| *more > 0) {
        context.out.say(&format!("  and {more} more, which --json tells"));
    }
    context.out.say(&format!(
        "  these stay as they are here; if they are right there: matura merge --believe-other {}",
        merged.file
    ));
}

/// What was taken in, for people.
pub(super) fn words(merged: &Merged) -> Vec<String> {
    let mut lines = Vec::new();
    let parts: Vec<String> = [
        (merged.notes_added, "new note", "new notes"),
        (merged.notes_edited, "note says what it says there", "notes say what they say there"),
        (merged.notes_placed, "note stands as there", "notes stand as there"),
        (merged.notes_removed, "note is gone or back as there", "notes are gone or back as there"),
        (merged.reviews, "answer", "answers"),
        (merged.media, "image or sound", "images and sounds"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, several)| text::count_verb(count, one, several))
    .collect();
    if !merged.changed {
        lines.push(format!("{}: nothing that is not here already", merged.file));
    } else if parts.is_empty() {
        lines.push(format!("{}: schedules, settings, names of decks or earlier words of notes", merged.file));
    } else {
        lines.push(format!("{}: {}", merged.file, parts.join(", ")));
    }
    if merged.notes_kept > 0 {
        let notes = text::count_verb(merged.notes_kept, "note keeps its", "notes keep their");
        lines.push(format!("{notes} words, which are later; the others are in the history (matura show)"));
    }
    if !merged.media_differ.is_empty() {
        lines.push(format!(
            "other images or sounds have these names there: {}",
            merged.media_differ.join(", ")
        ));
    }
    if !merged.media_lacking.is_empty() {
        lines.push(format!("images and sounds without a file there: {}", merged.media_lacking.join(", ")));
    }
    if let Some(before) = &merged.before {
        lines.push(format!("what was there before is in {before}"));
    }
    lines
}
