//! `matura edit`: other words for notes, or another deck.

use clap::Args;

use super::Context;
use super::chosen::ChosenArgs;
use super::list;
use super::note::{ANSWER, NoteArgs, PROMPT};
use crate::collection::Edited;
use crate::error::Result;
use crate::model::Field;
use crate::screen::editor;
use crate::text;

#[derive(Debug, Args)]
#[command(
    after_help = "Without a field to change, the note comes as a form in your editor (VISUAL, EDITOR, else vi).
An empty text takes a field away: --hint \"\"."
)]
pub(super) struct EditArgs {
    #[command(flatten)]
    notes: ChosenArgs,
    #[arg(help = PROMPT, long, value_name = "TEXT", allow_negative_numbers = true)]
    prompt: Option<String>,
    #[arg(help = ANSWER, long, value_name = "TEXT", allow_negative_numbers = true)]
    answer: Option<String>,
    #[command(flatten)]
    note: NoteArgs,
}

pub(super) fn run(args: &EditArgs, context: &mut Context) -> Result<()> {
    let mut changes = args.note.fields();
    let stated = [(Field::Prompt, &args.prompt), (Field::Answer, &args.answer)];
    changes.extend(stated.into_iter().filter_map(|(field, text)| Some((field, text.clone()?))));
    let selection = args.notes.selection()?;
    let mut collection = context.look()?;
    let edited = if changes.is_empty() {
        let (guid, form) = collection.form(&selection)?;
        editor::revise(&form, editor::edit, |edited| collection.edit_form(&guid, &form, edited))?
            .into_iter()
            .collect()
    } else {
        collection.edit(&selection, &changes)?
    };
    for warning in edited.iter().flat_map(|edited| &edited.warnings) {
        context.out.say(&format!("note: {warning}"));
    }
    context.out.result(&edited, || words(&edited))
}

fn words(edited: &[Edited]) -> String {
    let changed: Vec<&Edited> = edited.iter().filter(|note| !note.fields.is_empty()).collect();
    if changed.is_empty() {
        return "Nothing was changed.".to_owned();
    }
    let line = |note: &&Edited| {
        format!("changed: {} ({})", text::one_line(&note.note.prompt, 60), note.fields.join(", "))
    };
    let mut lines: Vec<String> = changed.iter().take(list::MOST_TOLD).map(line).collect();
    if changed.len() > list::MOST_TOLD {
        lines.push(format!("... {} in all", text::count(changed.len(), "note")));
    }
    lines.join("\n")
}
