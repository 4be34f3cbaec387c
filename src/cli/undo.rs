//! `matura undo`: takes back what was done last.

use serde_json::json;

use super::Context;
use crate::collection::TakenBackLast;
use crate::error::{Error, Kind, Result};
use crate::model::Event;
use crate::study::Undone;
use crate::text;

pub(super) fn run(context: &mut Context) -> Result<()> {
    match context.look()?.undo()? {
        Some(TakenBackLast::Answer(undone)) => answer(&undone, context),
        Some(TakenBackLast::Operation { act, about, notes, rows }) => {
            let document =
                json!({ "undone": { "what": act.name(), "about": about, "notes": notes, "rows": rows } });
            context.out.result(&document, || {
                let counts = [(notes, "note", "notes"), (rows, "row of the log", "rows of the log")];
                let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
                let counts: Vec<String> =
                    counts.map(|(count, one, several)| text::count_verb(count, one, several)).collect();
                let counts =
                    if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
                format!("undone: {act} {:?}{counts}", text::one_line(&about, 60))
            })
        }
        None => Err(Error::new(Kind::NotFound, "there is nothing to take back")
            .hint("matura log shows what was done, matura show CARD the history of a card")),
    }
}

fn answer(undone: &Undone, context: &Context) -> Result<()> {
    let due = undone.state.due.map(|day| day.to_string());
    let document = json!({ "undone": {
        "what": "answer", "card": undone.card, "prompt": undone.prompt, "grade": undone.grade, "due": due,
    } });
    context.out.result(&document, || {
        let next = match (undone.event, &due) {
            (Event::Practice | Event::Test, _) => "the schedule stays as it is".to_owned(),
            (_, None) => "it is new again".to_owned(),
            (_, Some(due)) => format!("it comes again on {due}"),
        };
        format!("undone: grade {} of {:?}; {next}", undone.grade, text::one_line(&undone.prompt, 60))
    })
}
