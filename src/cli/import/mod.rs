//! `matura import`: banks into the collection.

mod args;
mod progress;
mod told;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::Context;
use super::output::error_document;
use crate::collection::{BankFile, Banks, FORMATS, ImportReport, RejectedRows};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::text;
pub(super) use args::{BankArgs, ImportArgs, deck_name};
use told::{lines, tell};

pub(super) fn run(args: ImportArgs, context: &mut Context) -> Result<()> {
    if args.formats {
        return formats(context);
    }
    if args.template {
        return context.out.bytes(TEMPLATE);
    }
    let dry_run = args.dry_run;
    let files = read(&args.files, context)?;
    let options = args.options();
    let (skips, deck) = (options.skip_bad_rows, options.deck.clone());
    let bar = progress::bar();
    let shown = bar.clone();
    let banks = Banks::read(files, &options)?.watched(move |done, all| progress::show(&shown, done, all));
    // An import that will not happen makes no collection.
    let mut collection = if dry_run || !banks.are_sound() { context.peek()? } else { context.open()? };
    let imported = collection.import(banks);
    bar.finish_and_clear();
    let (mut report, left_out) = imported?;
    for rows in left_out {
        if let Some(file) = report.files.get_mut(rows.file) {
            let kept = keep(&file.file, &rows)?;
            if let Some(deck) = &deck {
                context.out.say(&format!("Mend {kept} and import it with --deck {:?}.", deck.as_str()));
            }
            file.rejected_file = Some(kept);
        }
    }
    if !skips && report.files.iter().any(|file| !file.problems.is_empty()) {
        return refuse(&report, dry_run, context);
    }
    if !context.out.json {
        report.files.iter().for_each(|file| tell(file, context));
    }
    context.out.result(&report, || lines(&report, dry_run))
}

/// A filled example of the native bank.
const TEMPLATE: &[u8] = include_bytes!("template.csv");

fn formats(context: &Context) -> Result<()> {
    let value: Vec<_> =
        FORMATS.iter().map(|format| json!({ "format": format.name(), "about": format.about() })).collect();
    context.out.result(&value, || {
        let width = FORMATS.iter().map(|format| format.name().len()).max().unwrap_or(0);
        FORMATS
            .iter()
            .map(|format| format!("{:width$}  {}", format.name(), format.about()))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// Reads the files of banks.
pub(super) fn read(paths: &[PathBuf], context: &Context) -> Result<Vec<BankFile>> {
    let bank = |path: &PathBuf| {
        if path.as_os_str() == files::STDIO && std::io::stdin().is_terminal() {
            context.out.say("Reading a bank from the keyboard; Ctrl-D ends it.");
        }
        Ok(BankFile { name: path.display().to_string(), bytes: files::read(path)? })
    };
    paths.iter().map(bank).collect()
}

/// Writes rejected rows beside their bank, over nothing that is there, and gives the name.
fn keep(bank: &str, rows: &RejectedRows) -> Result<String> {
    let bank = if bank == files::STDIO { "stdin" } else { bank };
    let names = (1_u32..).map(|number| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        format!("{bank}.rejected{number}.{}", rows.ending)
    });
    let name = names.into_iter().find(|name| !Path::new(name).exists()).unwrap_or_default();
    files::write(Path::new(&name), rows.text.as_bytes())?;
    Ok(name)
}

/// Nothing was imported: what has to be mended.
fn refuse(report: &ImportReport, dry_run: bool, context: &Context) -> Result<()> {
    let count: usize = report.files.iter().map(|file| file.problems.len()).sum();
    let verb = if count == 1 { "is" } else { "are" };
    let message = format!("nothing was imported: there {verb} {} to mend", text::count(count, "problem"));
    let error = Error::new(Kind::Input, message)
        .hint("mend the lines and import again, or leave them out with --skip-bad-rows");
    if context.out.json {
        let more = serde_json::to_value(report).map_err(|cause| Error::internal(cause.to_string()))?;
        context.out.json(&error_document(&error, Some(more)))?;
        return Err(Error { kind: Kind::Reported, ..error });
    }
    report.files.iter().for_each(|file| tell(file, context));
    if dry_run {
        context.out.lines(&lines(report, dry_run))?;
    }
    Err(error)
}
