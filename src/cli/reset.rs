//! `matura reset`: cards begin again.

use serde_json::json;

use super::Context;
use super::chosen::{ChosenArgs, report};
use crate::error::Result;

pub(super) fn run(args: &ChosenArgs, context: &mut Context) -> Result<()> {
    let done = context.look()?.reset(&args.selection()?)?;
    report(
        args,
        &done,
        ("state", &json!("new")),
        |card, changed| {
            if changed {
                format!("card {card} is new again; its history stays")
            } else {
                format!("card {card} was new already")
            }
        },
        context,
    )
}
