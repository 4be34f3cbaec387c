//! Problems of a bank: where, what, and the mend.

use std::fmt;

use serde::Serialize;

use crate::model::Invalid;
use crate::text;

/// Something wrong in one place of a bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The line of the file, from 1.
    pub line: u64,
    /// The column, by the name that the file gives it; none if it is the whole row.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub fix: String,
}

impl Problem {
    /// A problem of a whole row or file.
    pub fn new(line: u64, message: impl Into<String>, fix: impl Into<String>) -> Self {
        let (message, fix) = (text::legible(message.into()), text::legible(fix.into()));
        Self { line, column: None, message, fix }
    }

    /// An option that stands in its question twice.
    pub(super) fn option_twice(line: u64, option: &str) -> Self {
        let message =
            format!("the option {:?} stands there twice; it is taken once", text::one_line(option, 40));
        Self::new(line, message, "correct one of the two")
    }

    /// A problem of one column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// What makes a note impossible, in the line where it stands.
    pub fn of(line: u64, invalid: Invalid) -> Self {
        Self::new(line, invalid.message, invalid.fix).in_column(invalid.field.name())
    }
}

/// `LINE:COLUMN: what is wrong; what to do`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}; {}", self.message, self.fix)
    }
}
