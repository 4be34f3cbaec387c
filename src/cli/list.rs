//! `matura list`: notes and their cards.

use clap::Args;

use super::table::table;
use super::{Context, output};
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Only this deck and those below it
    deck: Option<String>,
}

/// Columns of a prompt where nothing limits the width, and the fewest on a terminal.
const PROMPT_WIDTH: usize = 60;
const NARROWEST_PROMPT: usize = 10;
/// Columns of number, slot, state and due day, with a blank on both sides of all six.
const OTHER_COLUMNS: usize = 5 + 6 + 9 + 10 + 12;

pub(super) fn run(args: &ListArgs, context: &mut Context) -> Result<()> {
    let notes = context.look()?.list(args.deck.as_deref())?;
    context.out.result(&notes, || {
        if notes.is_empty() {
            return "There are no notes.".to_owned();
        }
        let deck = notes.iter().map(|note| note.deck.chars().count()).max().unwrap_or(0);
        let room = output::width().map(|width| width.saturating_sub(deck + OTHER_COLUMNS));
        let prompt = room.map_or(PROMPT_WIDTH, |room| room.max(NARROWEST_PROMPT));
        let rows = notes.iter().flat_map(|note| {
            note.cards.iter().map(|card| {
                vec![
                    card.card.to_string(),
                    card.slot.clone(),
                    if card.buried { "buried" } else { card.state }.to_owned(),
                    card.due.clone().unwrap_or_default(),
                    note.deck.clone(),
                    text::one_line(&note.prompt, prompt),
                ]
            })
        });
        table(&[">card", "slot", "state", "due", "deck", "prompt"], rows)
    })
}
