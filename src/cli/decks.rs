//! `matura decks`: the decks, and other names for them.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Context;
use super::table::table;
use crate::collection::{DeckLine, RemovedDeck, RenamedDeck};
use crate::error::Result;
use crate::model::DeckName;
use crate::text;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct DecksArgs {
    #[command(subcommand)]
    change: Option<Change>,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Give a deck another name; the decks below it go with it
    Rename {
        /// The deck
        deck: String,
        /// Its new name, with all levels
        #[arg(value_parser = |name: &str| DeckName::parse(name))]
        name: DeckName,
    },
    /// Move a deck below another
    Move {
        /// The deck
        deck: String,
        /// The deck below which it goes
        #[arg(required_unless_present = "top")]
        below: Option<String>,
        /// Make it a deck of the top level
        #[arg(long, conflicts_with = "below")]
        top: bool,
    },
    /// Remove a deck with those below it
    Remove {
        /// The deck
        deck: String,
        /// Remove the notes in it too
        #[arg(long)]
        with_notes: bool,
    },
}

pub(super) fn run(args: &DecksArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    match &args.change {
        None => {
            let decks = collection.today()?.decks;
            context.out.result(&json!(decks), || lines(&decks))
        }
        Some(Change::Rename { deck, name }) => renamed(&collection.rename_deck(deck, name)?, context),
        Some(Change::Move { deck, below, .. }) => {
            renamed(&collection.move_deck(deck, below.as_deref())?, context)
        }
        Some(Change::Remove { deck, with_notes }) => {
            removed(&collection.remove_deck(deck, *with_notes)?, context)
        }
    }
}

fn lines(decks: &[DeckLine]) -> String {
    if decks.is_empty() {
        return "There is no deck yet; matura import FILE or matura review makes one.".to_owned();
    }
    let row = |line: &DeckLine| {
        vec![line.deck.to_string(), line.due.to_string(), line.new.to_string(), line.total.to_string()]
    };
    table(&["deck", ">due", ">new", ">cards"], decks.iter().map(row))
}

fn renamed(decks: &[RenamedDeck], context: &Context) -> Result<()> {
    context.out.result(&decks, || {
        let lines: Vec<String> =
            decks.iter().map(|deck| format!("{} is {} now", deck.from, deck.to)).collect();
        if lines.is_empty() { "it has that name already".to_owned() } else { lines.join("\n") }
    })
}

fn removed(decks: &[RemovedDeck], context: &Context) -> Result<()> {
    context.out.result(&decks, || {
        let mut lines: Vec<String> = decks
            .iter()
            .map(|deck| format!("removed: {} with {}", deck.deck, text::count(deck.notes, "note")))
            .collect();
        if decks.iter().any(|deck| deck.notes > 0) {
            lines.push("matura remove --list names the notes, --bring-back brings them back".to_owned());
        }
        lines.join("\n")
    })
}
