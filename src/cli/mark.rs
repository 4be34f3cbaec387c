//! `matura mark` and `matura unmark`.

use serde_json::json;

use super::Context;
use super::chosen::{ChosenArgs, report};
use crate::error::Result;

pub(super) fn run(args: &ChosenArgs, marked: bool, context: &mut Context) -> Result<()> {
    let done = context.look()?.mark(&args.selection()?, marked)?;
    report(
        args,
        &done,
        ("marked", &json!(marked)),
        |card, changed| match (marked, changed) {
            (true, true) => format!("the note of card {card} is marked"),
            (true, false) => format!("the note of card {card} was marked already"),
            (false, true) => format!("the note of card {card} is not marked any more"),
            (false, false) => format!("the note of card {card} was not marked"),
        },
        context,
    )
}
