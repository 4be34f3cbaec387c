//! `matura add`: a note by hand.

use clap::Args;

use super::Context;
use super::list;
use super::note::{ANSWER, NoteArgs, PROMPT};
use crate::collection::Added;
use crate::collection::bank::native::{Cells, form};
use crate::error::Result;
use crate::model::Field;
use crate::screen::editor;

#[derive(Debug, Args)]
pub(super) struct AddArgs {
    #[arg(help = PROMPT, allow_hyphen_values = true)]
    prompt: Option<String>,
    #[arg(help = ANSWER, allow_hyphen_values = true)]
    answer: Option<String>,
    #[command(flatten)]
    note: NoteArgs,
    /// An id of its own, by which a bank that has it knows the note again
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

pub(super) fn run(args: &AddArgs, context: &mut Context) -> Result<()> {
    let mut cells = Cells::default();
    let stated = [(Field::Prompt, &args.prompt), (Field::Answer, &args.answer), (Field::Id, &args.id)];
    for (field, text) in
        stated.into_iter().filter_map(|(field, text)| Some((field, text.clone()?))).chain(args.note.fields())
    {
        cells.put(field, &text);
    }
    let added = if args.prompt.is_some() {
        context.open()?.add(&cells)?
    } else {
        let take = |form: &str| context.open()?.add_form(form);
        let Some(added) = editor::revise(&form::write(&cells), editor::edit, take)? else {
            context.out.say("There is no prompt, so nothing was added.");
            return Ok(());
        };
        added
    };
    if let Some(warning) = &added.warning {
        context.out.say(&format!("note: {warning}"));
    }
    context.out.result(&added, || words(&added))
}

fn words(added: &Added) -> String {
    let what = if added.came_back { "was removed once and is back with its history in" } else { "added to" };
    let deck =
        if added.new_deck { format!("the new deck {}", added.note.deck) } else { added.note.deck.clone() };
    format!("{what} {deck}:\n{}", list::lines(std::slice::from_ref(&added.note)))
}
