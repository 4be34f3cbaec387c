//! `matura review`: the daily review.

use std::io::{self, BufReader, IsTerminal as _};

use clap::Args;

use super::{Context, output};
use crate::collection::{Banks, ImportOptions, starter};
use crate::error::{Error, Kind, Result};
use crate::screen::plain;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// Review this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    /// Lines that stay instead of a full screen (so far the only way)
    #[arg(long)]
    plain: bool,
}

pub(super) fn run(args: &ReviewArgs, context: &mut Context) -> Result<()> {
    if context.out.json {
        return Err(Error::new(Kind::Usage, "a review is a conversation and has no --json")
            .hint("matura --json reports what is due, matura answer answers one card"));
    }
    let mut collection = context.open()?;
    if collection.is_empty()? {
        let (report, _) = collection.import(Banks::read(vec![starter()], &ImportOptions::default())?)?;
        let notes: u64 = report.files.iter().map(|file| file.added).sum();
        context.out.say(&format!(
            "Your collection is empty, so the starter deck on MLOps maturity was loaded: {}.",
            text::count(notes, "note")
        ));
    }
    let mut session = collection.review(args.deck.as_deref())?;
    let mut stdout = io::stdout().lock();
    let mut page = plain::Page::new(&mut stdout, output::width());
    let pauses = io::stdin().is_terminal() && output::width().is_some();
    plain::run(&mut session, &mut BufReader::new(io::stdin().lock()), &mut page, pauses)
}
