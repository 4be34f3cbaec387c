//! `matura reset`: cards begin again.

use serde_json::json;

use super::Context;
use super::chosen::{ChosenArgs, report_each};
use crate::collection::Scheduled;
use crate::error::Result;

pub(super) fn run(args: &ChosenArgs, context: &mut Context) -> Result<()> {
    let done = context.look()?.reset(&args.selection()?)?;
    let document = |one: &Scheduled| json!({ "card": one.card, "state": "new", "changed": one.changed });
    let words = |one: &Scheduled| {
        let said = if one.changed { "is new again; its history stays" } else { "was new already" };
        (format!("card {} {said}", one.card), one.changed)
    };
    report_each(args, &done, document, words, context)
}
