//! `matura check`: whether the collection is sound.

use super::Context;
use super::output::error_document;
use crate::error::{Error, Kind, Result};
use crate::text;

pub(super) fn run(context: &mut Context) -> Result<()> {
    let report = context.look()?.check()?;
    if report.ok {
        return context.out.result(&report, || {
            format!(
                "sound: {}, {}, {}",
                text::count(report.notes, "note"),
                text::count(report.cards, "card"),
                text::count(report.reviews, "answer")
            )
        });
    }
    let message = format!("the collection is damaged: {}", text::count(report.problems.len(), "problem"));
    let error =
        Error::new(Kind::Damaged, message).hint("keep a copy of the file; the review log in it is the truth");
    if context.out.json {
        let more = serde_json::to_value(&report).map_err(|cause| Error::internal(cause.to_string()))?;
        context.out.json(&error_document(&error, Some(more)))?;
        return Err(Error { kind: Kind::Reported, ..error });
    }
    report.problems.iter().for_each(|problem| context.out.say(problem));
    Err(error)
}
