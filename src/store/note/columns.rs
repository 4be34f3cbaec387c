//! What a note says as columns of the table.

use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::model::{Body, Content, Difficulty};
use crate::store::log::bad_value;

/// The columns of what a note says, in the order in which its history keeps them.
pub(in crate::store) const CONTENT: [&str; 15] = [
    "kind",
    "prompt",
    "answer",
    "detail",
    "code",
    "language",
    "hint",
    "explanation",
    "mistakes",
    "check_line",
    "difficulty",
    "level",
    "tags",
    "source",
    "html",
];

/// What a note says, as the table holds it.
pub(super) struct Columns<'c> {
    pub(super) kind: &'static str,
    pub(super) prompt: &'c str,
    pub(super) answer: Option<&'c str>,
    pub(super) detail: Option<String>,
    pub(super) code: Option<&'c str>,
    pub(super) language: Option<&'c str>,
    pub(super) hint: Option<&'c str>,
    pub(super) explanation: Option<&'c str>,
    pub(super) mistakes: Option<&'c str>,
    pub(super) check: Option<&'c str>,
    pub(super) difficulty: Option<&'static str>,
    pub(super) level: Option<&'c str>,
    pub(super) tags: Option<String>,
    pub(super) source: Option<&'c str>,
    pub(super) html: bool,
}

impl<'c> Columns<'c> {
    pub(super) fn of(content: &'c Content) -> Result<Self> {
        let (answer, detail) = match &content.body {
            Body::Fact(fact) => {
                let is_plain = fact.accept.is_empty() && !fact.reversed && !fact.typed;
                (Some(fact.answer.as_str()), if is_plain { None } else { Some(json(fact)?) })
            }
            Body::Cloze => (None, None),
            Body::Choice(choice) => (None, Some(json(choice)?)),
            Body::Blanks(blanks) => (None, Some(json(blanks)?)),
        };
        Ok(Self {
            kind: content.kind().name(),
            prompt: &content.prompt,
            answer,
            detail,
            code: content.code_text(),
            language: content.code.as_ref().and_then(|code| code.language.as_deref()),
            hint: content.hint.as_deref(),
            explanation: content.explanation.as_deref(),
            mistakes: content.mistakes.as_deref(),
            check: content.check.as_deref(),
            difficulty: content.difficulty.map(Difficulty::name),
            level: content.level.as_deref(),
            tags: Some(content.tags.to_string()).filter(|tags| !tags.is_empty()),
            source: content.source.as_deref(),
            html: content.html,
        })
    }

    /// In the order of [`CONTENT`].
    pub(super) fn values(&self) -> [ValueRef<'_>; CONTENT.len()] {
        let text = |text: Option<_>| text.map_or(ValueRef::Null, <ValueRef<'_> as From<&str>>::from);
        [
            text(Some(self.kind)),
            text(Some(self.prompt)),
            text(self.answer),
            text(self.detail.as_deref()),
            text(self.code),
            text(self.language),
            text(self.hint),
            text(self.explanation),
            text(self.mistakes),
            text(self.check),
            text(self.difficulty),
            text(self.level),
            text(self.tags.as_deref()),
            text(self.source),
            ValueRef::Integer(i64::from(self.html)),
        ]
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::internal(cause.to_string()))
}

pub(super) fn parsed<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|_| bad_value(column, format!("{text:?} is not known")))
}

pub(super) fn detail<T: DeserializeOwned>(row: &Row<'_>) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(9)?.as_str()?).map_err(|cause| bad_value(9, cause.to_string()))
}
