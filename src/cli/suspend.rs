//! `matura suspend` and `matura resume`.

use serde_json::json;

use super::Context;
use super::chosen::{ChosenArgs, report};
use crate::error::Result;

pub(super) fn run(args: &ChosenArgs, suspended: bool, context: &mut Context) -> Result<()> {
    let done = context.look()?.suspend(&args.selection()?, suspended)?;
    let state = if suspended { "suspended" } else { "asked again" };
    report(
        args,
        &done,
        ("suspended", &json!(suspended)),
        |card, changed| {
            format!(
                "card {card} {} {state}{}",
                if changed { "is" } else { "was" },
                if changed { "" } else { " already" }
            )
        },
        context,
    )
}
