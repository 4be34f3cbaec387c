//! `matura list`: notes and their cards.

use clap::Args;

use super::table::table;
use super::{Context, output};
use crate::collection::{CardLine, Collection, NoteLine};
use crate::error::{Error, Kind, Result};
use crate::query::{self, KEYS, Query};
use crate::text;

#[derive(Debug, Args)]
#[command(after_help = conditions())]
pub(super) struct ListArgs {
    /// What to look for: words, "exact words", and conditions; everything if there is nothing
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: Vec<String>,
}

/// What is said where a query finds nothing.
pub(super) const NOTHING: &str = "No card fits.";
/// Notes of which so many are told one by one.
pub(super) const MOST_TOLD: usize = 20;

/// Columns of a prompt where nothing limits the width, and the fewest on a terminal.
const PROMPT_WIDTH: usize = 60;
const NARROWEST_PROMPT: usize = 10;
/// Columns of number, slot and due day, with a blank on both sides of all six.
const OTHER_COLUMNS: usize = 5 + 6 + 10 + 12;

pub(super) fn run(args: &ListArgs, context: &mut Context) -> Result<()> {
    let words = words(args, context)?;
    let query = query::parse(&query::from_arguments(&words))?;
    let mut collection = context.look()?;
    let mut notes = collection.list(&query)?;
    if notes.is_empty()
        && let [word] = words.as_slice()
    {
        notes = of_deck(&mut collection, word, context)?;
    }
    context.out.result(&notes, || {
        if !notes.is_empty() {
            return lines(&notes);
        }
        if words.is_empty() { "There are no notes." } else { NOTHING }.to_owned()
    })
}

/// The words of the query. As one may begin with `-`, options that stand behind the first are found among them.
fn words<'a>(args: &'a ListArgs, context: &mut Context) -> Result<Vec<&'a str>> {
    let mut words = Vec::new();
    let mut given = args.query.iter().map(String::as_str);
    while let Some(word) = given.next() {
        match word.split_once('=').unwrap_or((word, "")) {
            ("--json", "") => context.out.json = true,
            ("--collection", "") => context.collection = given.next().map(Into::into),
            ("--collection", file) => context.collection = Some(file.into()),
            (option, _) if option.starts_with("--") => {
                return Err(Error::new(Kind::Usage, format!("there is no option {option} behind a query"))
                    .hint("write options before the query; matura list --help names them"));
            }
            _ => words.push(word),
        }
    }
    Ok(words)
}

/// What the help says of conditions.
pub(super) fn conditions() -> String {
    let shown = KEYS.iter().filter(|key| !key.example.is_empty());
    let width = shown.clone().map(|key| key.example.len()).max().unwrap_or(0);
    let rows: Vec<String> = shown.map(|key| format!("  {:width$}  {}", key.example, key.about)).collect();
    format!(
        "Conditions:\n{}\n\nThose that stand side by side all have to fit; or, - before one and ( ) join them; * is any text, _ any \
         letter.\nQuote < > ( ) and \" for the shell: matura list 'deck:MLOps (is:due or ease<2) -tag:drift \"data drift\"'",
        rows.join("\n")
    )
}

/// The notes of the deck of which this is the name: a word that no note says is often meant so.
fn of_deck(collection: &mut Collection, word: &str, context: &Context) -> Result<Vec<NoteLine>> {
    let Some(deck) = collection.deck_named(word)? else { return Ok(Vec::new()) };
    context.out.say(&format!("No note says {word:?}; this is the deck {deck} (deck:{word:?})."));
    collection.list(&Query::Term(query::Term::Deck(deck.to_string())))
}

/// Notes with their cards as a table.
pub(super) fn lines(notes: &[NoteLine]) -> String {
    let widest = |of: &dyn Fn(&NoteLine) -> usize| notes.iter().map(of).max().unwrap_or(0);
    let deck = widest(&|note| note.deck.chars().count());
    let standing = widest(&|note| note.cards.iter().map(|card| state(note, card).len()).max().unwrap_or(0));
    let room = output::width().map(|width| width.saturating_sub(deck + standing + OTHER_COLUMNS));
    let prompt = room.map_or(PROMPT_WIDTH, |room| room.max(NARROWEST_PROMPT));
    let rows = notes.iter().flat_map(|note| {
        note.cards.iter().map(|card| {
            vec![
                card.card.to_string(),
                card.slot.clone(),
                state(note, card),
                card.due.clone().unwrap_or_default(),
                note.deck.clone(),
                text::one_line(&note.prompt, prompt),
            ]
        })
    });
    table(&[">card", "slot", "state", "due", "deck", "prompt"], rows)
}

fn state(note: &NoteLine, card: &CardLine) -> String {
    let state = if card.buried { "buried" } else { card.state };
    if note.marked { format!("{state}, marked") } else { state.to_owned() }
}

/// Notes with their tags.
pub(super) fn tags(notes: &[NoteLine]) -> String {
    let row = |note: &NoteLine| vec![text::one_line(&note.prompt, PROMPT_WIDTH), note.tags.join(" ")];
    let mut lines = table(&["prompt", "tags"], notes.iter().take(MOST_TOLD).map(row));
    if notes.len() > MOST_TOLD {
        lines += &format!("\n... {} in all", text::count(notes.len(), "note"));
    }
    lines
}
