//! `matura remove`: notes go, and can come back.

use clap::Args;

use super::Context;
use super::chosen::QueryArgs;
use super::list;
use super::table::table;
use crate::collection::NoteLine;
use crate::error::Result;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct RemoveArgs {
    /// Numbers of cards, as matura list shows them, or guids of notes
    #[arg(value_name = "CARD", required_unless_present_any = ["query", "list"])]
    cards: Vec<String>,
    #[command(flatten)]
    query: QueryArgs,
    /// Bring notes back that were removed, by their guids, with their history
    #[arg(long, conflicts_with_all = ["query", "list"])]
    bring_back: bool,
    /// List the notes that were removed
    #[arg(long, conflicts_with_all = ["cards", "query"])]
    list: bool,
}

pub(super) fn run(args: &RemoveArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    if args.list {
        let notes = collection.removed()?;
        return context.out.result(&notes, || removed(&notes));
    }
    if args.bring_back {
        let notes = collection.bring_back(&args.cards)?;
        return context.out.result(&notes, || {
            format!(
                "{} there with the history:\n{}",
                text::count_verb(notes.len(), "note is", "notes are"),
                list::lines(&notes)
            )
        });
    }
    let notes = collection.remove(&args.query.selection(args.cards.clone())?)?;
    context.out.result(&notes, || match notes.as_slice() {
        [] => list::NOTHING.to_owned(),
        [note] => format!(
            "removed: {} ({})\nmatura remove --bring-back '{}' brings it back with its history",
            text::one_line(&note.prompt, 60),
            note.deck,
            note.note
        ),
        several => format!(
            "{} removed; matura remove --list names them, --bring-back brings them back",
            text::count_verb(several.len(), "note was", "notes were")
        ),
    })
}

fn removed(notes: &[NoteLine]) -> String {
    if notes.is_empty() {
        return "No note was removed.".to_owned();
    }
    let row = |note: &NoteLine| vec![note.note.clone(), note.deck.clone(), text::one_line(&note.prompt, 60)];
    table(&["note", "deck", "prompt"], notes.iter().map(row))
}
