//! The one error of the program: a kind for scripts, a message for people, a hint when there is something to do.

use std::path::Path;

use serde::Serialize;

use crate::text;

/// What sort of thing went wrong; scripts read it from `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The command line asks for something that cannot be meant.
    Usage,
    /// A deck, note, card or file that is not there.
    NotFound,
    /// A bank or another input that cannot be read as what it should be.
    Input,
    /// A file that is no matura collection.
    NotACollection,
    /// A collection written by a newer matura.
    TooNew,
    /// A collection whose content contradicts itself.
    Damaged,
    /// Another process holds the collection.
    Busy,
    /// The operating system refused to read or write.
    Io,
    /// Whoever reads our output has gone.
    OutputClosed,
    /// The report that was printed says what failed.
    Reported,
    /// A defect of the program itself.
    Internal,
}

/// An error: what happened, and what to do.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The sort of error.
    pub kind: Kind,
    /// What happened and where, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The result of anything in matura that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error without a hint.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: text::legible(message.into()), hint: None }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(text::legible(hint.into()));
        self
    }

    /// The same error with the file that it is about in front.
    #[must_use]
    pub fn in_file(self, file: &Path) -> Self {
        Self { message: text::legible(format!("{}: {}", file.display(), self.message)), ..self }
    }

    /// A defect: something that the program itself should have made impossible.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, message)
            .hint("this is a defect in matura; please report it with the command you ran")
    }

    /// The status that the process ends with: 2 for wrong usage, else 1.
    pub fn exit_status(&self) -> u8 {
        match self.kind {
            Kind::Usage => 2,
            Kind::OutputClosed => 0,
            _ => 1,
        }
    }
}
