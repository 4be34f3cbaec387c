//! What an import would do, for those who look before they leap.

use serde::Serialize;

use crate::error::Result;
use crate::model::{Body, Content, Note, Slot, letter};
use crate::study::{Ask, Question};
use crate::text;

/// A note that an import would change.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// The line on which the bank states it.
    pub line: u64,
    /// What it asks now.
    pub prompt: String,
    /// The fields in which the bank differs.
    pub fields: Vec<&'static str>,
}

/// A note of the collection that a bank and the learner do not both want.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// Its guid.
    pub note: String,
    /// The deck in which it stands.
    pub deck: String,
    /// What it asks.
    pub prompt: String,
}

impl Missing {
    pub(super) fn of(note: &Note) -> Self {
        Self {
            note: note.guid.to_string(),
            deck: note.deck.to_string(),
            prompt: text::one_line(&note.content.readable().prompt, 60),
        }
    }
}

/// A note that looks like an earlier one in new words.
#[derive(Debug, Clone, Serialize)]
pub struct Reworded {
    /// The line on which the bank states the new wording, if it does so for the first time.
    pub line: Option<u64>,
    /// The guid of the earlier note.
    pub note: String,
    /// What it asked before.
    pub before: String,
    /// What the bank asks now.
    pub now: String,
    /// How like the two are, from 0 to 1.
    pub likeness: f64,
    /// Whether the earlier note has the new words now, and keeps its history.
    pub taken: bool,
}

/// A card as it would look.
#[derive(Debug, Clone, Serialize)]
pub struct Sample {
    /// The line on which the bank states it.
    pub line: u64,
    /// What is asked, with its options.
    pub question: String,
    /// The right answer.
    pub answer: String,
}

/// As many samples are shown.
pub(super) const SAMPLES: usize = 3;

impl Sample {
    /// The first card of a note; its options in the order of the bank.
    pub(super) fn of(line: u64, content: &Content, slot: Slot) -> Result<Self> {
        let mut question = Question::new(content, slot, 0)?;
        let mut lines = vec![question.prompt.clone()];
        lines.extend(question.code.iter().map(|code| code.text.clone()));
        if let Ask::Choice(options) = &mut question.ask {
            options.shown.sort_by_key(|option| option.stored);
            lines.extend(
                options
                    .shown
                    .iter()
                    .enumerate()
                    .map(|(place, option)| format!("{}) {}", letter(place), option.text)),
            );
        }
        Ok(Self { line, question: lines.join("\n"), answer: question.right_answer() })
    }
}

/// The names of the fields in which two notes differ.
pub(super) fn differences(old: &Content, new: &Content) -> Vec<&'static str> {
    let body = |content: &Content| match &content.body {
        Body::Fact(fact) => (fact.answer.clone(), fact.accept.clone()),
        Body::Cloze => (String::new(), Vec::new()),
        Body::Choice(choice) => {
            (choice.right_options().collect::<Vec<_>>().join("\n"), choice.options.clone())
        }
        Body::Blanks(blanks) => (
            blanks.gaps.iter().map(|gap| gap.answer.as_str()).collect::<Vec<_>>().join("\n"),
            blanks.bank.clone(),
        ),
    };
    let (old_body, new_body) = (body(old), body(new));
    let fields = [
        ("kind", old.kind() != new.kind()),
        ("prompt", old.prompt != new.prompt),
        ("code", old.code != new.code),
        ("answer", old_body.0 != new_body.0),
        ("options", old_body.1 != new_body.1),
        ("hint", old.hint != new.hint),
        ("explanation", old.explanation != new.explanation),
        ("mistakes", old.mistakes != new.mistakes),
        ("check", old.check != new.check),
        ("difficulty", old.difficulty != new.difficulty),
        ("level", old.level != new.level),
        ("tags", old.tags != new.tags),
        ("source", old.source != new.source),
        ("html", old.html != new.html),
    ];
    let named: Vec<&str> = fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect();
    // the rest of a body: how a fact is asked, what a gap accepts
    if named.is_empty() && old != new { vec!["accept"] } else { named }
}
