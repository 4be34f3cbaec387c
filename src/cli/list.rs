//! `matura list`: notes and their cards.

use clap::Args;

use super::Context;
use super::table::table;
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Only this deck and those below it
    deck: Option<String>,
}

/// Columns of a prompt.
const PROMPT_WIDTH: usize = 60;

pub(super) fn run(args: &ListArgs, context: &mut Context) -> Result<()> {
    let notes = context.look()?.list(args.deck.as_deref())?;
    context.out.result(&notes, || {
        if notes.is_empty() {
            return "There are no notes.".to_owned();
        }
        let rows = notes.iter().flat_map(|note| {
            note.cards.iter().map(|card| {
                vec![
                    card.card.to_string(),
                    card.slot.clone(),
                    card.state.to_owned(),
                    card.due.clone().unwrap_or_default(),
                    note.deck.clone(),
                    text::one_line(&note.prompt, PROMPT_WIDTH),
                ]
            })
        });
        table(&[">card", "slot", "state", "due", "deck", "prompt"], rows)
    })
}
