//! Texts that come in lines and blocks instead of cells: the item that a run of lines makes.

use std::ops::Range;

use super::lines::Line;
use super::{Draft, Options, Problem, Rejected, Sink};
use crate::model::{Body, Content, DeckName};

/// Why an item is no note, and the mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) fix: String,
}

impl Refusal {
    /// A reason and its mend.
    pub(super) fn new(message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { message: message.into(), fix: fix.into() }
    }
}

/// An item of a bank: where it stands, and what it says beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// The line on which it begins.
    pub(super) line: u64,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// The bank's own id.
    pub(super) id: Option<String>,
    /// The deck that the bank states.
    pub(super) deck: Option<DeckName>,
}

impl Item {
    /// An item that begins here.
    pub(super) fn new(line: u64, span: Range<usize>) -> Self {
        Self { line, span, id: None, deck: None }
    }

    /// An item that begins with a line.
    pub(super) fn at(line: &Line) -> Self {
        Self::new(line.number, line.start..line.next)
    }

    /// Lets the item go on to the end of a line.
    pub(super) fn grow(&mut self, line: &Line) {
        self.span.end = line.next;
    }

    /// Hands on the note that the item is, or why it is none.
    pub(super) fn hand_in(self, content: Result<Content, Refusal>, options: &Options, out: &mut dyn Sink) {
        let Self { line, span, id, deck } = self;
        let mut content = match content {
            Ok(content) => Content { html: content.html || options.html, ..content },
            Err(refusal) => {
                let problem = Problem::new(line, refusal.message, refusal.fix);
                return out.reject(Rejected::one(problem, span));
            }
        };
        let mut doubled = None;
        if let Body::Choice(choice) = content.body {
            let (choice, option) = choice.once_each();
            (content.body, doubled) = (Body::Choice(choice), option);
        }
        if let Some(option) = doubled {
            out.warn(Problem::option_twice(line, &option));
        }
        match content.tidy() {
            Ok(content) => out.draft(Draft { id, deck, ..Draft::new(line, content, span) }),
            Err(invalid) => out.reject(Rejected::invalid(line, invalid, span)),
        }
    }
}
