//! `matura match`: pairs against the clock.

use clap::Args;

use super::Context;
use super::session::{self, SessionArgs};
use super::table::table;
use crate::collection::{PastRound, Practice, Wanted};
use crate::error::{Error, Kind, Result};
use crate::study::{ROUND, Session as _};

#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    /// Match facts of this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    #[command(flatten)]
    session: SessionArgs,
    /// Show backs and look for their fronts
    #[arg(long)]
    reverse: bool,
    /// List the rounds that were played, with their times
    #[arg(long)]
    history: bool,
}

pub(super) fn run(args: &MatchArgs, context: &mut Context) -> Result<()> {
    let deck = args.deck.as_deref();
    if args.history {
        let rounds = context.look()?.rounds(deck)?;
        return context.out.result(&rounds, || lines(&rounds));
    }
    session::refuse_json("matching", context)?;
    let mut collection = context.look()?;
    let practice = Practice { pairs: true, reverse: args.reverse, ..Practice::default() };
    let wanted = args.session.wanted();
    let wanted = Wanted { limit: wanted.limit.or_else(|| u32::try_from(ROUND).ok()), ..wanted };
    let mut session = collection.practice(deck, practice, wanted)?;
    if session.left().practice == 1 {
        return Err(Error::new(Kind::NotFound, "there is only one fact to match, and it takes two")
            .hint("matura list kind:fact shows the facts; leave the deck or the filter out for more"));
    }
    session::run(&mut session, args.session.plain, context)
}

fn lines(rounds: &[PastRound]) -> String {
    if rounds.is_empty() {
        return "No round was played to its end yet; matura match plays one.".to_owned();
    }
    let row = |round: &PastRound| {
        let matched = round.matched;
        vec![
            round.day.clone(),
            round.deck.clone().unwrap_or_else(|| "(everything)".to_owned()),
            matched.pairs.to_string(),
            matched.wrong.to_string(),
            format!("{}.{}", matched.took_ms / 1000, matched.took_ms % 1000 / 100),
        ]
    };
    table(&["date", "deck", ">pairs", ">wrong", ">seconds"], rounds.iter().map(row))
}
