//! `matura practice`: any cards, and the schedule stays as it is.

use clap::Args;

use super::Context;
use super::session::{self, SessionArgs};
use crate::collection::{Pool, Practice, Wanted};
use crate::error::Result;

#[derive(Debug, Args)]
pub(super) struct PracticeArgs {
    /// Practise this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    #[command(flatten)]
    session: SessionArgs,
    #[command(flatten)]
    pool: PoolArgs,
    #[command(flatten)]
    how: HowArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is practised, and how")]
struct PoolArgs {
    /// Cards that were forgotten or scored below 3 at some time, those with most lapses first
    #[arg(long, conflicts_with = "missed_today")]
    weak: bool,
    /// Cards of which the last answer of today scored below 3
    #[arg(long)]
    missed_today: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is practised, and how")]
struct HowArgs {
    /// Every card until it was right once; a wrong one comes again at the end
    #[arg(long)]
    cram: bool,
    /// Ask facts the other way round; other cards are left out
    #[arg(long)]
    reverse: bool,
    /// Type what you would otherwise judge yourself: facts, and what a cloze hides
    #[arg(long = "type")]
    typed: bool,
}

impl PracticeArgs {
    fn practice(&self) -> Practice {
        let pool = match (self.pool.weak, self.pool.missed_today) {
            (true, _) => Pool::Weak,
            (false, true) => Pool::MissedToday,
            (false, false) => Pool::All,
        };
        let HowArgs { cram, reverse, typed } = self.how;
        Practice { pool, until_right: cram, reverse, typed, pairs: false }
    }
}

pub(super) fn run(args: &PracticeArgs, context: &mut Context) -> Result<()> {
    session::refuse_json("practice", context)?;
    let mut collection = context.look()?;
    let (practice, wanted) = (args.practice(), args.session.wanted());
    let wanted = Wanted { limit: wanted.limit.or(practice.usual_limit()), ..wanted };
    let mut session = collection.practice(args.deck.as_deref(), practice, wanted)?;
    session::run(&mut session, args.session.plain, context)
}
