//! `matura`: today at a glance.

use super::Context;
use super::table::table;
use crate::collection::Today;
use crate::error::Result;
use crate::text;

pub(super) fn run(context: &mut Context) -> Result<()> {
    let today = context.look()?.today()?;
    context.out.result(&today, || words(&today))
}

fn words(today: &Today) -> String {
    if today.decks.is_empty() {
        return "Your collection is empty.\n\n  matura review         starts with the deck on MLOps maturity\n  matura import FILE    brings a bank of your own".to_owned();
    }
    let decks = table(
        &["deck", ">due", ">new", ">cards"],
        today.decks.iter().map(|line| {
            let levels = line.deck.levels().count() - 1;
            let name = line.deck.levels().last().unwrap_or_default();
            vec![
                format!("{}{name}", "  ".repeat(levels)),
                line.due.to_string(),
                line.new.to_string(),
                line.total.to_string(),
            ]
        }),
    );
    let left = today.due + today.new + today.drill;
    let next = if left == 0 {
        "Nothing is left for today.".to_owned()
    } else {
        let drill = if today.drill == 0 { String::new() } else { format!(", {} to repeat", today.drill) };
        format!("{} due, {} new{drill} today: matura review", text::count(today.due, "card"), today.new)
    };
    format!("{}\n\n{decks}\n\n{next}", today.study_day)
}
