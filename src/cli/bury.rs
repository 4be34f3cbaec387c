//! `matura bury` and `matura unbury`.

use clap::Args;
use serde_json::json;

use super::Context;
use super::chosen::{ChosenArgs, report};
use crate::collection::Selection;
use crate::error::Result;
use crate::model::CardId;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct UnburyArgs {
    /// The number of the card [default: every card that is buried today]
    card: Option<CardId>,
}

pub(super) fn run(args: &ChosenArgs, context: &mut Context) -> Result<()> {
    let done = context.look()?.bury(&args.selection()?, true)?;
    report(
        args,
        &done,
        ("buried", &json!(true)),
        |card, changed| {
            if changed {
                format!("card {card} is buried: it is not asked before the next study day")
            } else {
                format!("card {card} was buried already")
            }
        },
        context,
    )
}

pub(super) fn run_unbury(args: &UnburyArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    let Some(card) = args.card else {
        let cards = collection.unbury_all()?;
        let document = json!({ "cards": cards, "buried": false, "changed": !cards.is_empty() });
        return context.out.result(&document, || match cards.len() {
            0 => "no card was buried".to_owned(),
            count => format!("{} may be asked today after all", text::count(count, "card")),
        });
    };
    let changed = collection.bury(&Selection::of(card), false)?.iter().any(|one| one.changed);
    context.out.result(&json!({ "card": card, "buried": false, "changed": changed }), || {
        if changed {
            format!("card {card} may be asked today after all")
        } else {
            format!("card {card} was not buried")
        }
    })
}
