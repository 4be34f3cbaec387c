//! `matura tag`: tags of notes.

use clap::Args;
use serde_json::json;

use super::Context;
use super::chosen::QueryArgs;
use super::list;
use super::table::table;
use crate::error::Result;
use crate::model::Tags;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct TagArgs {
    /// Numbers of cards, as matura list shows them, or guids of notes
    #[arg(value_name = "CARD", requires = "change")]
    cards: Vec<String>,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    change: ChangeArgs,
    /// Give a tag another name on every note, and those below it
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["cards", "query", "change"])]
    rename: Option<Vec<String>>,
}

#[derive(Debug, Args)]
#[group(id = "change", multiple = true)]
struct ChangeArgs {
    /// Tags that the notes get, separated by commas or blanks
    #[arg(long, value_name = "TAGS")]
    add: Option<String>,
    /// Tags that are taken away
    #[arg(long, value_name = "TAGS")]
    remove: Option<String>,
}

pub(super) fn run(args: &TagArgs, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    if let Some([old, new]) = args.rename.as_deref() {
        let (old, new, notes) = collection.rename_tag(old, new)?;
        return context.out.result(&json!({ "from": old, "to": new, "notes": notes }), || {
            if notes == 0 {
                format!("no note has the tag {old}; matura tag lists them")
            } else {
                format!("{old} is {new} now, on {}", text::count(notes, "note"))
            }
        });
    }
    let selection = args.query.selection(args.cards.clone())?;
    if selection.names.is_empty() && selection.query.is_none() {
        let tags = collection.tags()?;
        return context.out.result(&tags, || {
            if tags.is_empty() {
                return "No note has a tag.".to_owned();
            }
            table(&["tag", ">notes"], tags.iter().map(|tag| vec![tag.tag.clone(), tag.notes.to_string()]))
        });
    }
    let tags = |text: &Option<String>| text.as_deref().map(Tags::parse).unwrap_or_default();
    let notes = collection.tag(&selection, &tags(&args.change.add), &tags(&args.change.remove))?;
    context.out.result(&notes, || match notes.as_slice() {
        [] => "no note has other tags than before".to_owned(),
        several => {
            let told = text::count_verb(several.len(), "note has", "notes have");
            format!("{told} other tags now:\n{}", list::tags(several))
        }
    })
}
