//! Records of a delimited text, each with the physical line on which it begins.

use std::ops::Range;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::lines::{Lines, count_breaks};
use super::quotes::quote_fault;
use super::{Input, Problem, Rejected};

/// Reads a text record by record; each has as many cells as it has.
pub(super) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    by_row: bool,
    reader: Reader<&'t [u8]>,
    lines: Lines<'t>,
    record: StringRecord,
    number: u64,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The line on which it begins, from 1; of a spreadsheet the row.
    pub(super) line: u64,
    /// Blank lines before it.
    pub(super) blank: u64,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    /// What is wrong with its quotes.
    pub(super) fault: Option<Problem>,
}

/// How to mend a quote.
const QUOTE_FIX: &str =
    "a quoted cell ends with a quote right before the separator; a quote inside it is written twice";

impl<'t> Records<'t> {
    pub(super) fn new(input: &'t Input, delimiter: u8) -> Self {
        let text = input.text.as_str();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let lines = Lines::new(text);
        let record = StringRecord::new();
        Self { text, delimiter, by_row: input.is_sheet, reader, lines, record, number: 0 }
    }

    /// Goes to the next record; none at the end.
    pub(super) fn next(&mut self) -> Option<Place> {
        let position =
            |reader: &Reader<&[u8]>| usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let start = position(&self.reader);
        // Valid UTF-8 in memory with any number of cells: nothing is left that could fail.
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        self.number += 1;
        let (line, blank) = self.lines.at_record(start);
        let span = self.lines.at..position(&self.reader).min(self.text.len());
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let fault = quote_fault(raw, self.delimiter).map(|(offset, fault)| {
            Problem::new(line + count_breaks(raw.get(..offset).unwrap_or_default()), fault, QUOTE_FIX)
        });
        let line = if self.by_row { self.number } else { line };
        Some(Place { line, blank, span, fault })
    }

    /// The record that was come to last.
    pub(super) fn record(&self) -> &StringRecord {
        &self.record
    }
}

impl Place {
    /// The record as one that cannot be read.
    pub(super) fn rejected(&self, problem: Problem) -> Rejected {
        Rejected::one(problem, self.span.clone())
    }
}
