//! The one shape of every format of banks: a text in, located notes and problems out.

use std::ops::Range;

use serde::Serialize;

use super::{Draft, Encoding, Problem};
use crate::error::Result;
use crate::model::{Content, Guid, Invalid};

/// What a note that is there comes to when a format states it that does not hold all of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restated {
    /// What it says from now on.
    pub content: Content,
    /// Whether it was changed where what belongs apart stands together, so that the change cannot be taken.
    pub is_changed: bool,
}

/// A format in which banks come. A new one is a file, and a line in the list of formats.
pub trait Format: Sync {
    /// Its name, for `--format` and in reports.
    fn name(&self) -> &'static str;

    /// What it is, in one line.
    fn about(&self) -> &'static str;

    /// By what one sees that a bank is in this format; none if it is not.
    fn recognise(&self, input: &Input) -> Option<String>;

    /// Whether one may say what its columns hold.
    fn takes_columns(&self) -> bool {
        true
    }

    /// Reads a bank and hands on what is in it. An error is one of the bank as a whole.
    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()>;

    /// What a note comes to that is `stored` and that a bank in this format has `stated`, where the format may not hold all
    /// of a note; none if it is what the bank says.
    fn restated(&self, stored: &Content, stated: &Content) -> Option<Restated> {
        let _ = (stored, stated);
        None
    }

    /// What stands around a remark that a reader of this format leaves out.
    fn remark(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// A bank of rejected items in their original form, each with its reasons, to be mended and read again.
    fn rejected(&self, input: &Input, _: &Options, items: &[Rejected]) -> Result<String> {
        let mut text = String::new();
        for item in items {
            if let Some((begin, end)) = self.remark() {
                text.extend(
                    item.problems
                        .iter()
                        .map(|problem| format!("{begin}{}{end}\n", problem.to_string().replace("--", "- -"))),
                );
            }
            text.push_str(input.text.get(item.original.clone()).unwrap_or_default().trim_end());
            text.push_str("\n\n");
        }
        Ok(text)
    }

    /// The ending of such a file.
    fn ending(&self, input: &Input) -> String {
        input.ending()
    }
}

/// A bank as a text.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The name of the file as the learner gave it.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
    /// Whether it was a spreadsheet, so that places are named by rows and not by lines.
    pub is_sheet: bool,
}

impl Input {
    /// The ending of the file's name in lower case, without the dot.
    pub fn ending(&self) -> String {
        let ending = std::path::Path::new(&self.name).extension();
        ending.map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
    }
}

/// What the learner says of a bank instead of letting it be guessed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the format.
    pub format: Option<String>,
    /// The encoding of its text.
    pub encoding: Option<Encoding>,
    /// The sheet of a spreadsheet.
    pub sheet: Option<String>,
    /// What stands between the cells of a row.
    pub delimiter: Option<String>,
    /// Whether the first row names the columns.
    pub header: Option<bool>,
    /// What columns hold: role and column, as `prompt=Frage`, `options=4-7`.
    pub map: Vec<(String, String)>,
    /// The number of the first option in a key.
    pub index_base: Option<usize>,
    /// What stands between the right ones of several options.
    pub answer_separator: Option<String>,
    /// Whether cells beyond the last column belong to it.
    pub join_extra: bool,
    /// Whether texts are HTML although the format does not say so.
    pub html: bool,
}

impl Options {
    /// Whether they say something of columns.
    pub fn are_about_columns(&self) -> bool {
        !self.map.is_empty()
            || self.header.is_some()
            || self.index_base.is_some()
            || self.join_extra
            || self.html
    }
}

/// Takes what a format finds, in the order of the file.
pub trait Sink {
    /// A note.
    fn draft(&mut self, draft: Draft);
    /// An item that cannot be a note.
    fn reject(&mut self, rejected: Rejected);
    /// What the reader should know although nothing is rejected for it.
    fn warn(&mut self, problem: Problem);
    /// A note that stays in the file, with its guid, since it cannot be one here. A warning says why.
    fn leave(&mut self, guid: Guid);
    /// Rows that hold no item: blank ones, a preamble, help.
    fn skip(&mut self, rows: u64);
    /// Something that the file does not say and that was concluded from it.
    fn guess(&mut self, guess: Guess);
}

/// An item that cannot be a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Everything that is wrong with it; the first has its line.
    pub problems: Vec<Problem>,
    /// Where in the text it stands, in bytes.
    pub original: Range<usize>,
}

impl Rejected {
    /// An item with one problem.
    pub fn one(problem: Problem, original: Range<usize>) -> Self {
        Self { problems: vec![problem], original }
    }

    /// Why it was rejected, in one line.
    pub fn reasons(&self) -> String {
        self.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
    }

    /// An item whose content makes no note.
    pub fn invalid(line: u64, invalid: Vec<Invalid>, original: Range<usize>) -> Self {
        Self { problems: invalid.into_iter().map(|invalid| Problem::of(line, invalid)).collect(), original }
    }
}

/// Something that a bank does not say and that was concluded from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guess {
    /// What it is about: `format`, `encoding`, `delimiter`, `header`, `columns`, `key` ...
    pub what: &'static str,
    /// The conclusion.
    pub value: String,
    /// What it was concluded from.
    pub reason: String,
    /// The option that overrides it.
    #[serde(rename = "override")]
    pub option: &'static str,
}

impl Guess {
    /// A conclusion with its reason and the option that overrides it.
    pub fn new(
        what: &'static str,
        value: impl Into<String>,
        reason: impl Into<String>,
        option: &'static str,
    ) -> Self {
        Self { what, value: value.into(), reason: reason.into(), option }
    }
}
