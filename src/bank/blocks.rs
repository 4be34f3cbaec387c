//! Texts that come in lines and blocks instead of cells: physical lines, and the item that a run of them makes.

use std::ops::Range;

use super::{Draft, Options, Problem, Rejected, Sink};
use crate::model::{Content, DeckName};

/// A physical line, which ends with LF, CRLF or a lone CR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where the next one begins.
    pub(crate) end: usize,
    /// What it says, without its end.
    pub(crate) text: &'t str,
}

impl Line<'_> {
    /// Whether it says nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let (mut start, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(length)?;
        let ending = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        number += 1;
        let line = Line { number, start, end: start + length + ending, text };
        start = line.end;
        Some(line)
    })
}

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
        Self::new(line.number, line.start..line.end)
    }

    /// Lets the item go on to the end of a line.
    pub(super) fn grow(&mut self, line: &Line) {
        self.span.end = line.end;
    }

    /// Hands on the note that the item is, or why it is none.
    pub(super) fn hand_in(self, content: Result<Content, Refusal>, options: &Options, out: &mut dyn Sink) {
        let Self { line, span, id, deck } = self;
        let content = match content {
            Ok(content) => Content { html: content.html || options.html, ..content },
            Err(refusal) => {
                let problem = Problem::new(line, refusal.message, refusal.fix);
                return out.reject(Rejected::one(problem, span));
            }
        };
        match content.tidy() {
            Ok(content) => out.draft(Draft { id, deck, ..Draft::new(line, content, span) }),
            Err(invalid) => out.reject(Rejected::invalid(line, invalid, span)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_ends_with_any_of_the_three_line_ends() {
        let found: Vec<(u64, &str)> = lines("a\r\nb\rc\n\n d").map(|line| (line.number, line.text)).collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, " d")]);
        assert_eq!(lines("").count(), 0);
    }

    proptest! {
        #[test]
        fn lines_put_together_are_the_text(text in "[a\r\né]{0,40}") {
            let whole: String = lines(&text).map(|line| text.get(line.start..line.end).unwrap()).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
