//! `matura decks`: the decks.

use serde_json::json;

use super::Context;
use super::table::table;
use crate::error::Result;

pub(super) fn run(context: &mut Context) -> Result<()> {
    let decks = context.look()?.today()?.decks;
    context.out.result(&json!(decks), || {
        if decks.is_empty() {
            return "There is no deck yet; matura import FILE or matura review makes one.".to_owned();
        }
        let row = |line: &crate::collection::DeckLine| {
            vec![line.deck.to_string(), line.due.to_string(), line.new.to_string(), line.total.to_string()]
        };
        table(&["deck", ">due", ">new", ">cards"], decks.iter().map(row))
    })
}
