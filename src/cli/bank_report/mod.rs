//! `matura bank-report`: the quality of banks, before anybody learns from them and after.

mod after;
mod before;
mod page;

use std::path::{Path, PathBuf};

use clap::Args;

use super::Context;
use super::import::{BankArgs, deck_name, read};
use super::output::width;
use super::place;
use crate::collection::{BankReport, Banks, ImportOptions, Learners};
use crate::error::Result;
use crate::files;
use crate::model::DeckName;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct BankReportArgs {
    /// The banks; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Answers of learners: their collections, or logs that they exported (matura export --to log); again for each file
    #[arg(long, value_name = "FILE")]
    used: Vec<PathBuf>,
    /// Write how each question worked as a table
    #[arg(long, value_name = "FILE", requires = "used")]
    csv: Option<PathBuf>,
    /// Write the report as a page for a browser
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// The deck into which learners imported them, if that was stated: notes without ids of their own are known by it
    #[arg(long, value_name = "DECK", value_parser = deck_name)]
    deck: Option<DeckName>,
    #[command(flatten)]
    bank: BankArgs,
}

pub(super) fn run(args: BankReportArgs, context: &mut Context) -> Result<()> {
    let files = read(&args.files, context)?;
    let options = ImportOptions { bank: args.bank.options(), deck: args.deck, ..ImportOptions::default() };
    let banks = Banks::read(files, &options)?;
    let reports = if args.used.is_empty() {
        banks.judge(None)?
    } else {
        let mut learners = Learners::default();
        args.used.iter().try_for_each(|file| learners.add(file))?;
        banks.judge(Some(&learners))?
    };
    for report in reports.iter().filter(|report| report.rejected > 0) {
        context.out.say(&format!(
            "warning: {} of {} cannot be read: matura import --dry-run {} says why",
            text::count(report.rejected, "item"),
            report.file,
            report.file
        ));
    }
    if let Some(file) = &args.csv {
        let used = reports.iter().filter_map(|report| Some((report.file.as_str(), report.used.as_ref()?)));
        write(file, &after::csv(used)?, "--csv", context)?;
    }
    if let Some(file) = &args.page {
        write(file, page::report(&reports).as_bytes(), "--page", context)?;
    }
    context.out.result(&reports, || {
        text::wrap(&reports.iter().map(told).collect::<Vec<_>>().join("\n\n"), "", width())
    })
}

/// Writes a report to a file.
fn write(file: &Path, bytes: &[u8], option: &str, context: &Context) -> Result<()> {
    place::must_be_no_collection(file, context.collection.as_deref(), option)?;
    files::write(file, bytes)?;
    context.out.say(&format!("{} is written.", file.display()));
    Ok(())
}

fn told(report: &BankReport) -> String {
    let after = report.used.iter().map(|used| format!("\n\n{}", after::told(used)));
    format!("{}{}", before::told(report), after.collect::<String>())
}
