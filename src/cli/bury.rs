//! `matura bury` and `matura unbury`.

use serde_json::json;

use super::Context;
use super::chosen::{AnyArgs, ChosenArgs, report};
use crate::error::Result;
use crate::text;

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

pub(super) fn run_unbury(args: &AnyArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    let Some(args) = args.chosen() else {
        let cards = collection.unbury_all()?;
        let document = json!({ "cards": cards, "buried": false, "changed": !cards.is_empty() });
        return context.out.result(&document, || match cards.len() {
            0 => "no card was buried".to_owned(),
            count => format!("{} may be asked today after all", text::count(count, "card")),
        });
    };
    let done = collection.bury(&args.selection()?, false)?;
    let words = |card, changed| {
        if changed {
            format!("card {card} may be asked today after all")
        } else {
            format!("card {card} was not buried")
        }
    };
    report(&args, &done, ("buried", &json!(false)), words, context)
}
