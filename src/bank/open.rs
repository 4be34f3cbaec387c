//! From the bytes of a file to the format that reads it.

use std::borrow::Cow;
use std::ops::Deref;

use super::container::{self, Container};
use super::encoding::{Decoded, decode};
use super::{Format, Guess, Input, Options, Problem, Rejected, Sink};
use crate::error::{Error, Kind, Result};
use crate::text;

/// What reads a bank: a format of the list, or one that holds what it reads.
pub enum Reader {
    /// One of the list.
    Listed(&'static dyn Format),
    /// One that holds it.
    Own(Box<dyn Format + Send>),
}

impl Deref for Reader {
    type Target = dyn Format;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Listed(format) => *format,
            Self::Own(format) => format.as_ref(),
        }
    }
}

/// A bank that can be read.
pub struct Bank {
    /// Its text.
    pub input: Input,
    /// The format that reads it.
    pub format: Reader,
    /// What was concluded so far.
    guesses: Vec<Guess>,
    warnings: Vec<Problem>,
}

impl std::fmt::Debug for Bank {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bank").field("format", &self.format.name()).finish_non_exhaustive()
    }
}

/// Finds out what a file is: what its bytes are, which encoding they have, and which of the formats reads it; the first
/// that recognises it does.
pub fn open(name: &str, bytes: Vec<u8>, options: &Options, formats: &[&'static dyn Format]) -> Result<Bank> {
    let named = |error: Error| Error { message: format!("{name}: {}", error.message), ..error };
    let (input, mut guesses, warnings) = input(name, bytes, options).map_err(named)?;
    let format = if let Some(stated) = &options.format {
        format_named(stated, formats)?
    } else {
        let fitting = formats.iter().filter(|format| format.takes_columns() || !options.are_about_columns());
        let head = head(&input);
        let found = fitting.into_iter().find_map(|format| Some((*format, format.recognise(&head)?)));
        let (format, reason) = found.ok_or_else(|| {
            named(
                Error::new(Kind::Input, "no format recognises it")
                    .hint("name one with --format; matura import --formats lists them"),
            )
        })?;
        guesses.push(Guess::new("format", format.name(), reason, "--format"));
        format
    };
    Ok(Bank { input, format: Reader::Listed(format), guesses, warnings })
}

fn input(name: &str, bytes: Vec<u8>, options: &Options) -> Result<(Input, Vec<Guess>, Vec<Problem>)> {
    match container::look(&bytes)? {
        Container::Text => {
            let Decoded { text, guess, warnings } = decode(bytes, options.encoding)?;
            let input = Input { name: name.to_owned(), text, is_sheet: false };
            Ok((input, guess.into_iter().collect(), warnings))
        }
        Container::Sheet => sheet(name, bytes, options),
    }
}

#[cfg(feature = "spreadsheets")]
fn sheet(name: &str, bytes: Vec<u8>, options: &Options) -> Result<(Input, Vec<Guess>, Vec<Problem>)> {
    let sheet = super::sheet::read(bytes, options.sheet.as_deref())?;
    let input = Input { name: name.to_owned(), text: sheet.text, is_sheet: true };
    Ok((input, vec![sheet.guess], sheet.warning.into_iter().collect()))
}

#[cfg(not(feature = "spreadsheets"))]
fn sheet(_: &str, _: Vec<u8>, _: &Options) -> Result<(Input, Vec<Guess>, Vec<Problem>)> {
    Err(Error::new(Kind::Input, "the file is a spreadsheet, which this matura was built without")
        .hint("save it as CSV (UTF-8)"))
}

/// As much of a text tells its format, in bytes.
const HEAD: usize = 256 * 1024;

/// The beginning of a text up to the end of a line.
fn head(input: &Input) -> Cow<'_, Input> {
    let text = &input.text;
    if text.len() <= HEAD {
        return Cow::Borrowed(input);
    }
    let end = (0..=HEAD).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default();
    let head = head.rfind(['\n', '\r']).and_then(|end| head.get(..=end)).unwrap_or(head);
    Cow::Owned(Input { name: input.name.clone(), text: head.to_owned(), is_sheet: input.is_sheet })
}

fn format_named(name: &str, formats: &[&'static dyn Format]) -> Result<&'static dyn Format> {
    formats.iter().find(|format| format.name().eq_ignore_ascii_case(name)).copied().ok_or_else(|| {
        let names: Vec<&str> = formats.iter().map(|format| format.name()).collect();
        let hint = match text::near(name, names.iter().copied()).first() {
            Some(near) => format!("did you mean {near}? matura import --formats lists all"),
            None => "matura import --formats lists them".to_owned(),
        };
        Error::new(Kind::Usage, format!("there is no format {name:?}")).hint(hint)
    })
}

impl Bank {
    /// A bank that is no text, under the name of its file.
    pub fn held(name: &str, format: impl Format + Send + 'static) -> Self {
        let input = Input { name: name.to_owned(), ..Input::default() };
        Self { input, format: Reader::Own(Box::new(format)), guesses: Vec::new(), warnings: Vec::new() }
    }

    /// A bank of the rejected items in their original form, and the ending of its name.
    pub fn rejected(&self, options: &Options, items: &[Rejected]) -> Result<(String, String)> {
        Ok((self.format.rejected(&self.input, options, items)?, self.format.ending(&self.input)))
    }

    /// Hands on what is in it. An error is one of the bank as a whole.
    pub fn read(&self, options: &Options, out: &mut dyn Sink) -> Result<()> {
        self.guesses.iter().for_each(|guess| out.guess(guess.clone()));
        self.warnings.iter().for_each(|warning| out.warn(warning.clone()));
        self.format
            .read(&self.input, options, out)
            .map_err(|error| Error { message: format!("{}: {}", self.input.name, error.message), ..error })
    }
}
