//! The fields of a note as an author knows them, and what can be wrong with one.

use std::fmt;

/// A field of a note; its name is the column of the native bank that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `guid`
    Guid,
    /// `id`
    Id,
    /// `deck`
    Deck,
    /// `kind`
    Kind,
    /// `prompt`
    Prompt,
    /// `code`
    Code,
    /// `language`
    Language,
    /// `answer`
    Answer,
    /// `accept`
    Accept,
    /// `options`
    Options,
    /// `hint`
    Hint,
    /// `explanation`
    Explanation,
    /// `mistakes`
    Mistakes,
    /// `check`
    Check,
    /// `difficulty`
    Difficulty,
    /// `level`
    Level,
    /// `tags`
    Tags,
    /// `source`
    Source,
    /// `reverse`
    Reverse,
    /// `typed`
    Typed,
    /// `html`
    Html,
    /// `marked`
    Marked,
}

impl Field {
    /// Every field, in the order in which a bank is written.
    pub const ALL: [Self; 22] = [
        Self::Guid,
        Self::Id,
        Self::Deck,
        Self::Kind,
        Self::Prompt,
        Self::Code,
        Self::Language,
        Self::Answer,
        Self::Accept,
        Self::Options,
        Self::Hint,
        Self::Explanation,
        Self::Mistakes,
        Self::Check,
        Self::Difficulty,
        Self::Level,
        Self::Tags,
        Self::Source,
        Self::Reverse,
        Self::Typed,
        Self::Html,
        Self::Marked,
    ];

    /// The column's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guid => "guid",
            Self::Id => "id",
            Self::Deck => "deck",
            Self::Kind => "kind",
            Self::Prompt => "prompt",
            Self::Code => "code",
            Self::Language => "language",
            Self::Answer => "answer",
            Self::Accept => "accept",
            Self::Options => "options",
            Self::Hint => "hint",
            Self::Explanation => "explanation",
            Self::Mistakes => "mistakes",
            Self::Check => "check",
            Self::Difficulty => "difficulty",
            Self::Level => "level",
            Self::Tags => "tags",
            Self::Source => "source",
            Self::Reverse => "reverse",
            Self::Typed => "typed",
            Self::Html => "html",
            Self::Marked => "marked",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a note cannot be: the field, what is wrong with it, and the mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The field that has to change.
    pub field: Field,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub fix: String,
}

impl Invalid {
    /// A reason and its mend.
    pub fn new(field: Field, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { field, message: message.into(), fix: fix.into() }
    }
}
