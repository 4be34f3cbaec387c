//! `matura suspend` and `matura resume`.

use clap::Args;
use serde_json::json;

use super::Context;
use crate::error::Result;
use crate::model::CardId;

#[derive(Debug, Args)]
pub(super) struct CardArgs {
    /// The number of the card, as matura list shows it
    card: CardId,
}

pub(super) fn run(args: &CardArgs, suspended: bool, context: &mut Context) -> Result<()> {
    let changed = context.look()?.suspend(args.card, suspended)?;
    context.out.result(&json!({ "card": args.card, "suspended": suspended, "changed": changed }), || {
        let state = if suspended { "suspended" } else { "asked again" };
        if changed {
            format!("card {} is {state}", args.card)
        } else {
            format!("card {} was {state} already", args.card)
        }
    })
}
