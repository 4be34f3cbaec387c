//! `matura stats`: what the log says of the learning.

mod draw;
mod page;
mod screen;
mod words;

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::output::width;
use super::{Context, place};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::screen::{Mode, Surroundings, choose};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    /// Show this deck and those below it [default: everything]
    deck: Option<String>,
    /// So many days back, today included; the calendar always shows a year
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=36_500))]
    days: u32,
    /// Words instead of charts; also where output is no terminal that can draw
    #[arg(long)]
    plain: bool,
    /// Write a page for a browser, which needs no network; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "plain")]
    html: Option<PathBuf>,
}

pub(super) fn run(args: &StatsArgs, context: &mut Context) -> Result<()> {
    let stats = context.look()?.stats(args.deck.as_deref(), args.days)?;
    if let Some(file) = &args.html {
        return write(file, &page::page(&stats), context);
    }
    context.out.result(&stats, || match drawn_width(args.plain) {
        Some(width) => screen::screen(&stats, width),
        None => text::wrap(&words::words(&stats), "", width()),
    })
}

fn write(file: &Path, page: &str, context: &Context) -> Result<()> {
    if file.as_os_str() == files::STDIO {
        if context.out.json {
            let message = "--json reports on stdout, so the page cannot go there as well";
            return Err(Error::new(Kind::Usage, message).hint("name a file with --html FILE"));
        }
        return context.out.bytes(page.as_bytes());
    }
    place::must_be_no_collection(file, context.collection.as_deref(), "--html")?;
    files::write(file, page.as_bytes())?;
    let file = file.display().to_string();
    context.out.result(&json!({ "file": file }), || format!("{file}: open it in a browser"))
}

/// The columns of the terminal, if it can draw and charts are wanted.
fn drawn_width(plain: bool) -> Option<usize> {
    let width = width();
    let term = std::env::var("TERM").ok();
    let around = Surroundings { plain, term: term.as_deref(), is_terminal: width.is_some() };
    width.filter(|_| choose(around) == Mode::Full)
}
