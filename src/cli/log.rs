//! `matura log`: what was done to the collection.

use clap::Args;

use super::Context;
use super::table::table;
use crate::collection::LogLine;
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// So many lines at most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
}

pub(super) fn run(args: &LogArgs, context: &mut Context) -> Result<()> {
    let lines = context.look()?.log(args.limit)?;
    context
        .out
        .result(&lines, || if lines.is_empty() { "Nothing was done yet.".to_owned() } else { words(&lines) })
}

fn words(lines: &[LogLine]) -> String {
    let row = |line: &LogLine| {
        // to the minute, without the zone
        let at = line.at.get(..16).unwrap_or(&line.at).replace('T', " ");
        let about = match &line.about {
            Some(about) if line.notes > 1 => {
                format!("{}, {}", text::one_line(about, 50), text::count(line.notes, "note"))
            }
            Some(about) => text::one_line(about, 60),
            None => format!("{}, {} of grade 3 or more", text::count(line.answers, "answer"), line.passed),
        };
        let undone = if line.undone { "taken back" } else { "" };
        vec![at, line.what.to_owned(), about, undone.to_owned()]
    };
    table(&["when", "what", "", ""], lines.iter().map(row))
}
