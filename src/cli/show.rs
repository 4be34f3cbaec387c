//! `matura show`: one note with all that is known of it.

use clap::Args;
use serde_json::{Value, json};

use super::table::table;
use super::{Context, output};
use crate::collection::{HistoryLine, SetLine, Shown, VersionLine};
use crate::error::{Error, Result};
use crate::model::{Body, Content, Difficulty, letter};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The number of a card, or the guid of a note
    #[arg(value_name = "CARD", allow_hyphen_values = true)]
    name: String,
}

pub(super) fn run(args: &ShowArgs, context: &mut Context) -> Result<()> {
    let shown = context.look()?.show(&args.name)?;
    if context.out.json { context.out.json(&document(&shown)?) } else { context.out.lines(&words(&shown)) }
}

fn document(shown: &Shown) -> Result<Value> {
    let mut document =
        serde_json::to_value(&shown.line).map_err(|cause| Error::internal(cause.to_string()))?;
    let content = &shown.content;
    let mut more = json!({
        "id": shown.bank_id,
        "prompt": content.prompt,
        "html": content.html,
        "code": content.code_text(),
        "language": content.code.as_ref().and_then(|code| code.language.clone()),
        "hint": content.hint,
        "explanation": content.explanation,
        "mistakes": content.mistakes,
        "check": content.check,
        "difficulty": content.difficulty.map(Difficulty::name),
        "level": content.level,
        "source": content.source,
        "history": shown.history,
        "versions": shown.versions,
    });
    let of_kind = match &content.body {
        Body::Fact(fact) => {
            json!({ "answer": fact.answer, "accept": fact.accept, "reverse": fact.reversed, "typed": fact.typed })
        }
        Body::Cloze => json!({}),
        Body::Choice(choice) => {
            let right: Vec<String> = choice.right.iter().map(|place| letter(*place).to_string()).collect();
            json!({ "options": choice.options, "answer": right })
        }
        Body::Blanks(blanks) => json!({ "gaps": blanks.gaps, "options": blanks.bank }),
    };
    if let Value::Object(fields) = &mut document {
        for part in [more.take(), of_kind] {
            fields.extend(part.as_object().cloned().unwrap_or_default());
        }
    }
    Ok(document)
}

fn words(shown: &Shown) -> String {
    let content = shown.content.readable();
    let line = &shown.line;
    let width = output::width();
    let mut parts = vec![text::wrap(&content.prompt, "", width)];
    if let Some(code) = &content.code {
        parts.push(text::indent(&code.text, "    "));
    }
    parts.extend(body(&content).map(|text| text::wrap(&text, "", width)));
    let details = [
        ("note", Some(line.note.clone())),
        ("id", shown.bank_id.clone()),
        ("deck", Some(line.deck.clone())),
        ("kind", Some(kind(line.kind, &content.body))),
        ("hint", content.hint.clone()),
        ("why", content.explanation.clone()),
        ("mistakes", content.mistakes.clone()),
        ("check", content.check.clone()),
        ("difficulty", content.difficulty.map(|difficulty| difficulty.name().to_owned())),
        ("level", content.level.clone()),
        ("tags", Some(line.tags.join(" ")).filter(|tags| !tags.is_empty())),
        ("marked", line.marked.then(|| "yes".to_owned())),
        ("source", content.source.clone()),
    ];
    let details: Vec<String> = details
        .into_iter()
        .filter_map(|(label, text)| text.map(|text| format!("{label}: {}", text.replace('\n', "\n  "))))
        .collect();
    parts.push(text::wrap(&details.join("\n"), "", width));
    let cards = line.cards.iter().map(|card| {
        vec![
            card.card.to_string(),
            card.slot.clone(),
            if card.buried { format!("{}, buried", card.state) } else { card.state.to_owned() },
            card.due.clone().unwrap_or_default(),
            card.interval.to_string(),
            format!("{}.{:03}", card.ease / 1000, card.ease % 1000),
            card.repetitions.to_string(),
            card.lapses.to_string(),
        ]
    });
    parts.push(table(&[">card", "slot", "state", "due", ">days", ">ease", ">repetitions", ">lapses"], cards));
    if !shown.history.is_empty() {
        parts.push(table(&["day", "slot", "what", "grade", "answered"], shown.history.iter().map(history)));
    }
    parts.extend(shown.versions.iter().map(|version| text::wrap(&earlier(version), "", width)));
    parts.join("\n\n")
}

/// What the note said before.
fn earlier(version: &VersionLine) -> String {
    let since = version.since.get(..16).unwrap_or(&version.since).replace('T', " ");
    let fields = version.fields.iter().map(|(field, text)| match text.as_str() {
        "" => format!("no {field}"),
        text => format!("{field}: {}", text.replace('\n', "\n  ")),
    });
    let lines: Vec<String> = std::iter::once(format!("before, as of {since}:")).chain(fields).collect();
    lines.join("\n  ")
}

/// The kind of a note, and how a fact is asked.
fn kind(name: &str, body: &Body) -> String {
    let Body::Fact(fact) = body else { return name.to_owned() };
    let reversed = if fact.reversed { ", both ways" } else { "" };
    let typed = if fact.typed { ", typed" } else { "" };
    format!("{name}{reversed}{typed}")
}

fn body(content: &Content) -> Option<String> {
    match &content.body {
        Body::Fact(fact) => Some(format!("answer: {}{}", fact.answer, also(&fact.accept))),
        Body::Cloze => None,
        Body::Choice(choice) => {
            let options = choice.options.iter().enumerate().map(|(place, option)| {
                let mark = if choice.right.contains(&place) { "  (right)" } else { "" };
                format!("{}) {option}{mark}", letter(place))
            });
            Some(options.collect::<Vec<_>>().join("\n"))
        }
        Body::Blanks(blanks) => {
            let gaps = blanks
                .gaps
                .iter()
                .enumerate()
                .map(|(place, gap)| format!("gap {}: {}{}", place + 1, gap.answer, also(&gap.accept)));
            let bank = (!blanks.bank.is_empty()).then(|| format!("words: {}", blanks.bank.join(", ")));
            Some(gaps.chain(bank).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Other answers that are right.
fn also(accept: &[String]) -> String {
    if accept.is_empty() { String::new() } else { format!(" (or {})", accept.join(", ")) }
}

fn history(line: &HistoryLine) -> Vec<String> {
    vec![
        line.day.clone(),
        line.slot.clone(),
        if line.retracted { format!("{}, taken back", line.kind) } else { line.kind.to_owned() },
        line.grade.map(|grade| grade.to_string()).unwrap_or_default(),
        match &line.set {
            Some(set) => set_in_words(set),
            None => text::one_line(&line.responses.join(" / "), 40),
        },
    ]
}

/// A schedule that was set by hand.
fn set_in_words(set: &SetLine) -> String {
    match &set.due {
        None => set.reason.to_owned(),
        Some(due) => format!(
            "{} to {due}, {}, ease {}.{:03}",
            set.reason,
            text::count(set.interval, "day"),
            set.ease / 1000,
            set.ease % 1000
        ),
    }
}
