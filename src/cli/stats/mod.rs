//! `matura stats`: what the log says of the learning.

mod draw;
mod screen;
mod words;

use clap::Args;

use super::Context;
use super::output::width;
use crate::error::Result;
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
}

pub(super) fn run(args: &StatsArgs, context: &mut Context) -> Result<()> {
    let stats = context.look()?.stats(args.deck.as_deref(), args.days)?;
    context.out.result(&stats, || match drawn_width(args.plain) {
        Some(width) => screen::screen(&stats, width),
        None => text::wrap(&words::words(&stats), "", width()),
    })
}

/// The columns of the terminal, if it can draw and charts are wanted.
fn drawn_width(plain: bool) -> Option<usize> {
    let width = width();
    let term = std::env::var("TERM").ok();
    let around = Surroundings { plain, term: term.as_deref(), is_terminal: width.is_some() };
    width.filter(|_| choose(around) == Mode::Full)
}
