//! `matura bury` and `matura unbury`.

use clap::Args;
use serde_json::json;

use super::Context;
use crate::error::Result;
use crate::model::CardId;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct BuryArgs {
    /// The number of the card, as matura list shows it
    card: CardId,
}

#[derive(Debug, Args)]
pub(super) struct UnburyArgs {
    /// The number of the card [default: every card that is buried today]
    card: Option<CardId>,
}

pub(super) fn run(args: &BuryArgs, context: &mut Context) -> Result<()> {
    one(args.card, true, context)
}

pub(super) fn run_unbury(args: &UnburyArgs, context: &mut Context) -> Result<()> {
    if let Some(card) = args.card {
        return one(card, false, context);
    }
    let cards = context.look()?.unbury_all()?;
    let document = json!({ "cards": cards, "buried": false, "changed": !cards.is_empty() });
    context.out.result(&document, || match cards.len() {
        0 => "no card was buried".to_owned(),
        count => format!("{} may be asked today after all", text::count(count, "card")),
    })
}

fn one(card: CardId, buried: bool, context: &mut Context) -> Result<()> {
    let changed = context.look()?.bury(card, buried)?;
    context.out.result(&json!({ "card": card, "buried": buried, "changed": changed }), || {
        match (buried, changed) {
            (true, true) => format!("card {card} is buried: it is not asked before the next study day"),
            (true, false) => format!("card {card} was buried already"),
            (false, true) => format!("card {card} may be asked today after all"),
            (false, false) => format!("card {card} was not buried"),
        }
    })
}
