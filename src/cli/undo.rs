//! `matura undo`: takes back the last answer.

use serde_json::json;

use super::Context;
use crate::error::{Error, Kind, Result};
use crate::model::Event;
use crate::text;

pub(super) fn run(context: &mut Context) -> Result<()> {
    let undone = context.look()?.undo()?;
    let Some(undone) = undone else {
        return Err(Error::new(Kind::NotFound, "there is no answer to take back")
            .hint("matura show CARD shows its history"));
    };
    let due = undone.state.due.map(|day| day.to_string());
    let document = json!({ "undone": { "card": undone.card, "prompt": undone.prompt, "grade": undone.grade, "due": due } });
    context.out.result(&document, || {
        let next = match (undone.event, &due) {
            (Event::Practice | Event::Test, _) => "the schedule stays as it is".to_owned(),
            (_, None) => "it is new again".to_owned(),
            (_, Some(due)) => format!("it comes again on {due}"),
        };
        format!("undone: grade {} of {:?}; {next}", undone.grade, text::one_line(&undone.prompt, 60))
    })
}
