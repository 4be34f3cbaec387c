//! `matura check`: whether the collection is sound.

use clap::Args;
use serde::Serialize;

use super::Context;
use super::output::error_document;
use crate::collection::{CheckReport, Repaired};
use crate::error::{Error, Kind, Result};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Make anew what follows from the notes and the log, and take from backups what cannot be read, after a backup
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(args: &CheckArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    if args.repair {
        let repaired = collection.repair()?;
        drop(collection);
        return repair(&repaired, context);
    }
    let report = collection.check()?;
    report.remarks.iter().for_each(|remark| say(&format!("note: {remark}"), context));
    if report.ok {
        return context.out.result(&report, || sound(&report));
    }
    report.problems.iter().for_each(|problem| say(problem, context));
    let message = format!("the collection is damaged: {}", text::count(report.problems.len(), "problem"));
    let hint = "matura check --repair makes anew what follows from the notes and the log; matura backups lists earlier states";
    fail(Error::new(Kind::Damaged, message).hint(hint), &report, context)
}

fn repair(repaired: &Repaired, context: &Context) -> Result<()> {
    repaired.found.iter().for_each(|problem| say(&format!("found: {problem}"), context));
    if repaired.now.ok {
        return context.out.result(repaired, || {
            let changed = repaired.changed.iter().map(|change| format!("repaired: {change}"));
            let before = repaired.before.iter().map(|before| format!("what was there before is in {before}"));
            changed.chain(before).chain([sound(&repaired.now)]).collect::<Vec<_>>().join("\n")
        });
    }
    repaired.changed.iter().for_each(|change| say(&format!("repaired: {change}"), context));
    repaired.now.problems.iter().for_each(|problem| say(&format!("left: {problem}"), context));
    let left = text::count(repaired.now.problems.len(), "problem");
    let message = format!("{left} cannot be mended from what is there");
    let hint = match &repaired.before {
        Some(before) => format!("matura backups lists earlier states; what was there before is in {before}"),
        None => "matura backups lists earlier states".to_owned(),
    };
    fail(Error::new(Kind::Damaged, message).hint(hint), repaired, context)
}

fn sound(report: &CheckReport) -> String {
    format!(
        "sound: {}, {}, {}",
        text::count(report.notes, "note"),
        text::count(report.cards, "card"),
        text::count(report.reviews, "answer")
    )
}

/// Says something that stands in the document where there is one.
fn say(line: &str, context: &Context) {
    if !context.out.json {
        context.out.say(line);
    }
}

fn fail(error: Error, report: &impl Serialize, context: &Context) -> Result<()> {
    if context.out.json {
        let more = serde_json::to_value(report).map_err(|cause| Error::internal(cause.to_string()))?;
        context.out.json(&error_document(&error, Some(more)))?;
        return Err(Error { kind: Kind::Reported, ..error });
    }
    Err(error)
}
