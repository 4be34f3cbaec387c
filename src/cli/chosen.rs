//! What commands that change cards or notes have in common: which ones, and what became of each.

use clap::Args;
use serde_json::{Value, json};

use super::Context;
use super::list;
use crate::collection::{Changed, Selection};
use crate::error::{Error, Kind, Result};
use crate::model::CardId;
use crate::query;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ChosenArgs {
    /// Numbers of cards, as matura list shows them, or guids of notes
    #[arg(value_name = "CARD", required_unless_present = "query")]
    cards: Vec<String>,
    #[command(flatten)]
    query: QueryArgs,
}

// The same where none has to be named; a doc comment would be taken for the description of the command.
#[derive(Debug, Args)]
pub(super) struct AnyArgs {
    /// Numbers of cards or guids of notes [default: every card that is buried today]
    #[arg(value_name = "CARD")]
    cards: Vec<String>,
    #[command(flatten)]
    query: QueryArgs,
}

impl AnyArgs {
    /// What is named; none if nothing is.
    pub(super) fn chosen(&self) -> Option<ChosenArgs> {
        let is_named = !self.cards.is_empty() || self.query.query.is_some();
        is_named.then(|| ChosenArgs { cards: self.cards.clone(), query: self.query.clone() })
    }
}

#[derive(Debug, Clone, Args)]
pub(super) struct QueryArgs {
    /// Those that a query finds, as matura list takes it
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
}

impl ChosenArgs {
    pub(super) fn selection(&self) -> Result<Selection> {
        self.query.selection(self.cards.clone())
    }

    /// Whether it is one name and nothing else.
    fn is_one(&self) -> bool {
        self.cards.len() == 1 && self.query.query.is_none()
    }
}

impl QueryArgs {
    pub(super) fn selection(&self, names: Vec<String>) -> Result<Selection> {
        let read = |text: &String| {
            if text.trim().is_empty() {
                return Err(Error::new(Kind::Usage, "the query is empty, which would be every card")
                    .hint("write deck:* if that is meant"));
            }
            query::parse(text)
        };
        Ok(Selection { names, query: self.query.as_ref().map(read).transpose()? })
    }
}

/// Reports what became of cards: an object for the one that was named, else a list. `field` says how they are now.
pub(super) fn report(
    args: &ChosenArgs,
    done: &[Changed],
    (field, state): (&str, &Value),
    words: impl Fn(CardId, bool) -> String,
    context: &Context,
) -> Result<()> {
    let document = |one: &Changed| json!({ "card": one.card, field: state, "changed": one.changed });
    let lines = |one: &Changed| (words(one.card, one.changed), one.changed);
    report_each(args, done, document, lines, context)
}

/// The same where each card has more to say: as JSON, and in words with whether it changed.
pub(super) fn report_each<T>(
    args: &ChosenArgs,
    done: &[T],
    document: impl Fn(&T) -> Value,
    words: impl Fn(&T) -> (String, bool),
    context: &Context,
) -> Result<()> {
    let value = match done {
        [only] if args.is_one() => document(only),
        several => several.iter().map(document).collect(),
    };
    context.out.result(&value, || {
        if done.is_empty() {
            return list::NOTHING.to_owned();
        }
        let mut lines: Vec<String> = done.iter().take(list::MOST_TOLD).map(|one| words(one).0).collect();
        if done.len() > list::MOST_TOLD {
            let changed = done.iter().filter(|one| words(one).1).count();
            lines.push(format!("... {} in all, {changed} of them changed", text::count(done.len(), "card")));
        }
        lines.join("\n")
    })
}
