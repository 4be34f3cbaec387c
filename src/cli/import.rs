//! `matura import`: banks into the collection.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;

use super::Context;
use super::output::error_document;
use crate::collection::{BankFile, Banks, FileReport, ImportOptions, ImportReport};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::model::DeckName;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The banks; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The deck for notes whose bank names none [default: the name of the file]
    #[arg(long, value_name = "DECK", value_parser = deck_name)]
    deck: Option<DeckName>,
    /// Say what would be done and do nothing
    #[arg(long)]
    dry_run: bool,
}

fn deck_name(name: &str) -> std::result::Result<DeckName, String> {
    DeckName::parse(name)
}

/// More problems than these are counted and not shown.
const MOST_SHOWN: usize = 20;

pub(super) fn run(args: ImportArgs, context: &mut Context) -> Result<()> {
    let files = args
        .files
        .iter()
        .map(|path| Ok(BankFile { name: path.display().to_string(), bytes: read(path, context)? }))
        .collect::<Result<Vec<_>>>()?;
    let options = ImportOptions { deck: args.deck, dry_run: args.dry_run, ..ImportOptions::default() };
    let banks = Banks::read(&files, &options)?;
    // An import that will not happen makes no collection.
    let mut collection = if args.dry_run || !banks.are_sound() { context.look()? } else { context.open()? };
    let report = collection.import(banks)?;
    if report.files.iter().any(|file| !file.problems.is_empty()) {
        return refuse(&report, context);
    }
    if !context.out.json {
        report.files.iter().for_each(|file| tell(file, context));
    }
    context.out.result(&report, || {
        report.files.iter().map(|file| line(file, args.dry_run)).collect::<Vec<_>>().join("\n")
    })
}

fn read(path: &std::path::Path, context: &Context) -> Result<Vec<u8>> {
    if path.as_os_str() == files::STDIO && std::io::stdin().is_terminal() {
        context.out.say("Reading a bank from the keyboard; Ctrl-D ends it.");
    }
    files::read(path)
}

/// Nothing was imported: what has to be mended.
fn refuse(report: &ImportReport, context: &Context) -> Result<()> {
    let count: usize = report.files.iter().map(|file| file.problems.len()).sum();
    let verb = if count == 1 { "is" } else { "are" };
    let message = format!("nothing was imported: there {verb} {} to mend", text::count(count, "problem"));
    let error = Error::new(Kind::Input, message).hint("mend the lines and import again");
    if context.out.json {
        let more = serde_json::to_value(report).map_err(|cause| Error::internal(cause.to_string()))?;
        context.out.json(&error_document(&error, Some(more)))?;
        return Err(Error { kind: Kind::Reported, ..error });
    }
    report.files.iter().for_each(|file| tell(file, context));
    Err(error)
}

/// Problems and warnings of a file.
fn tell(file: &FileReport, context: &Context) {
    for (what, problems) in [("", &file.problems), ("note: ", &file.warnings)] {
        for problem in problems.iter().take(MOST_SHOWN) {
            context.out.say(&format!("{what}{}, {problem}", file.file));
        }
        if problems.len() > MOST_SHOWN {
            context.out.say(&format!(
                "{what}{}: and {} more; --json lists all",
                file.file,
                problems.len() - MOST_SHOWN
            ));
        }
    }
}

fn line(file: &FileReport, dry_run: bool) -> String {
    let counts = [
        (file.added, "added"),
        (file.updated, "updated"),
        (file.unchanged, "unchanged"),
        (file.duplicates, "duplicates"),
        (file.skipped, "blank rows"),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() {
        parts.push("no notes in it".to_owned());
    }
    let would = if dry_run { " (nothing was done)" } else { "" };
    format!("{}: {}{would}", file.file, parts.join(", "))
}
