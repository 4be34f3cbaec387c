//! `matura learn`: new cards are shown, then asked.

use clap::Args;

use super::Context;
use super::session::{self, SessionArgs};
use crate::error::Result;

#[derive(Debug, Args)]
pub(super) struct LearnArgs {
    /// Learn new cards of this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    #[command(flatten)]
    session: SessionArgs,
}

pub(super) fn run(args: &LearnArgs, context: &mut Context) -> Result<()> {
    session::refuse_json("learning", context)?;
    let mut collection = context.open()?;
    session::start(&mut collection, context)?;
    let mut learn = collection.learn(args.deck.as_deref(), args.session.wanted())?;
    session::run(&mut learn, args.session.plain, context)
}
