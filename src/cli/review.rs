//! `matura review`: the daily review.

use clap::Args;

use super::Context;
use super::session::{self, SessionArgs};
use crate::collection::Wanted;
use crate::error::Result;

#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// Review this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    #[command(flatten)]
    session: SessionArgs,
    /// At most so many new cards in this session; 0 for none
    #[arg(long, value_name = "N", help_heading = "Only some of the cards")]
    new: Option<u32>,
}

pub(super) fn run(args: &ReviewArgs, context: &mut Context) -> Result<()> {
    session::refuse_json("a review", context)?;
    let mut collection = context.open()?;
    session::start(&mut collection, context)?;
    let wanted = Wanted { new: args.new, ..args.session.wanted() };
    let mut review = collection.review_of(args.deck.as_deref(), wanted)?;
    session::run(&mut review, args.session.plain, context)
}
