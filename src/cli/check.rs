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
    say_some("note: ", &report.remarks, context);
    if report.ok {
        return context.out.result(&report, || sound(&report));
    }
    say_some("", &report.problems, context);
    let message = format!("the collection is damaged: {}", text::count(report.problems.len(), "problem"));
    let hint = "matura check --repair makes anew what follows from the notes and the log; matura backups lists earlier states";
    fail(Error::new(Kind::Damaged, message).hint(hint), &report, context)
}

fn repair(repaired: &Repaired, context: &Context) -> Result<()> {
    say_some("found: ", &repaired.found, context);
    if repaired.now.ok {
        return context.out.result(repaired, || {
            let changed = some("repaired: ", &repaired.changed);
            let before = repaired.before.iter().map(|before| format!("what was there before is in {before}"));
            changed.into_iter().chain(before).chain([sound(&repaired.now)]).collect::<Vec<_>>().join("\n")
        });
    }
    say_some("repaired: ", &repaired.changed, context);
    say_some("left: ", &repaired.now.problems, context);
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

/// The first and the last of many sentences, a line each: what was done last is told at the end.
fn some(before: &str, sentences: &[String]) -> Vec<String> {
    const MOST: usize = 20;
    const LAST: usize = 5;
    let line = |sentence: &String| format!("{before}{sentence}");
    if sentences.len() <= MOST {
        return sentences.iter().map(line).collect();
    }
    let (first, rest) = sentences.split_at(MOST - LAST);
    let (left_out, last) = rest.split_at(rest.len() - LAST);
    let left_out = format!("… and {} more, which --json tells", left_out.len());
    first.iter().map(line).chain([left_out]).chain(last.iter().map(line)).collect()
}

/// Says what stands in the document where there is one.
fn say_some(before: &str, sentences: &[String], context: &Context) {
    if !context.out.json {
        for line in some(before, sentences) {
            context.out.say(&line);
        }
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

#[cfg(test)]
mod tests {
    use super::some;

    #[test]
    fn of_many_sentences_the_first_and_the_last_are_told() {
        let sentences = |count: usize| (1..=count).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(some("found: ", &sentences(20)).len(), 20);
        let told = some("found: ", &sentences(2000));
        assert_eq!(told.len(), 21);
        assert_eq!((told[0].as_str(), told[20].as_str()), ("found: 1", "found: 2000"));
        assert_eq!(told[15], "… and 1980 more, which --json tells");
    }
}
