//! Records of a delimited text, each with the physical line on which it begins.

use std::ops::Range;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::lines::{Lines, count_breaks};
use super::quotes::quote_fault;
use super::{Input, Problem, Rejected};

/// Reads a text record by record; each has as many cells as it has.
pub(crate) struct Records<'t> {
    text: &'t str,
    /// Where in the text the reader began.
    base: usize,
    delimiter: u8,
    by_row: bool,
    /// Lines that are no records, as they are come by; none if every line is one.
    comments: Option<Vec<Comment<'t>>>,
    reader: Reader<&'t [u8]>,
    lines: Lines<'t>,
    record: StringRecord,
    number: u64,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line on which it begins, from 1; of a spreadsheet the row.
    pub(crate) line: u64,
    /// Blank lines before it.
    pub(crate) blank: u64,
    /// Its bytes in the text.
    pub(crate) span: Range<usize>,
    /// What is wrong with its quotes.
    pub(crate) fault: Option<Problem>,
}

/// A line that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comment<'t> {
    /// The line, from 1; of a spreadsheet the row.
    pub(crate) line: u64,
    /// What stands on it.
    pub(crate) text: &'t str,
}

/// What such a line begins with.
const COMMENT: u8 = b'#';

/// How to mend a quote.
const QUOTE_FIX: &str =
    "a quoted cell ends with a quote right before the separator; a quote inside it is written twice";

impl<'t> Records<'t> {
    pub(crate) fn new(input: &'t Input, delimiter: u8) -> Self {
        Self::from(input, 0, delimiter, None)
    }

    /// The records from byte `base` on, where a line that begins with `#` is a comment up to its LF.
    pub(crate) fn with_comments(input: &'t Input, base: usize, delimiter: u8) -> Self {
        Self::from(input, base, delimiter, Some(Vec::new()))
    }

    fn from(input: &'t Input, base: usize, delimiter: u8, comments: Option<Vec<Comment<'t>>>) -> Self {
        let text = input.text.as_str();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .comment(comments.is_some().then_some(COMMENT))
            .from_reader(text.get(base..).unwrap_or_default().as_bytes());
        let lines = Lines::from(text, base);
        let (by_row, record, number) = (input.is_sheet, StringRecord::new(), lines.line - 1);
        Self { text, base, delimiter, by_row, comments, reader, lines, record, number }
    }

    /// Goes to the next record; none at the end.
    pub(crate) fn next(&mut self) -> Option<Place> {
        let start = self.position();
        let (line, blank) = self.begin(start);
        // Valid UTF-8 in memory with any number of cells: nothing is left that could fail. A comment at the end would be
        // read as an empty record.
        if self.lines.at >= self.text.len() || !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        self.number += 1;
        let span = self.lines.at..self.position().min(self.text.len());
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let fault = quote_fault(raw, self.delimiter).map(|(offset, fault)| {
            Problem::new(line + count_breaks(raw.get(..offset).unwrap_or_default()), fault, QUOTE_FIX)
        });
        let line = if self.by_row { self.number } else { line };
        Some(Place { line, blank, span, fault })
    }

    fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX - self.base)
    }

    /// Goes to where the record begins whose reading starts at byte `start`: its line, and blank lines before it.
    fn begin(&mut self, start: usize) -> (u64, u64) {
        let (mut line, mut blank) = self.lines.at_record(start);
        while let Some(comments) = &mut self.comments {
            let rest = self.text.get(self.lines.at..).unwrap_or_default();
            if !rest.as_bytes().starts_with(&[COMMENT]) {
                break;
            }
            let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
            self.number += 1;
            let text = rest.get(..length).unwrap_or_default().trim_end();
            comments.push(Comment { line: if self.by_row { self.number } else { line }, text });
            let (next, more) = self.lines.at_record(self.lines.at + length);
            (line, blank) = (next, blank + more);
        }
        (line, blank)
    }

    /// The comments that were come by so far.
    pub(crate) fn comments(&self) -> &[Comment<'t>] {
        self.comments.as_deref().unwrap_or_default()
    }

    /// Whether the record that was come to last holds no item: it has nothing in its cells, or a number before empty
    /// ones as templates have it, or it is the rule in a table of Markdown.
    pub(crate) fn is_hollow(&self) -> bool {
        let is_empty = |cell: &str| cell.trim().is_empty();
        let is_rule = |cell: &str| {
            let cell = cell.trim();
            cell.len() >= 3 && cell.trim_matches(':').bytes().all(|byte| byte == b'-')
        };
        let mut cells = self.record.iter();
        let Some(first) = cells.next() else { return true };
        let rest_is_empty = cells.clone().all(is_empty);
        let is_numbered = || self.record.len() > 2 && first.trim().bytes().all(|byte| byte.is_ascii_digit());
        if rest_is_empty {
            return is_empty(first) || is_numbered();
        }
        is_empty(first) && self.delimiter == b'|' && cells.all(|cell| is_empty(cell) || is_rule(cell))
    }

    /// The record that was come to last.
    pub(crate) fn record(&self) -> &StringRecord {
        &self.record
    }
}

impl Place {
    /// The record as one that cannot be read.
    pub(crate) fn rejected(&self, problem: Problem) -> Rejected {
        Rejected::one(problem, self.span.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_no_item_is_blank_or_numbered_and_empty_or_the_rule_of_a_table() {
        for (text, delimiter, is_hollow) in [
            (" , ,", b',', true),
            ("6,,,,", b',', true),
            ("6,", b',', false),
            ("6,x,", b',', false),
            ("|---|:--:|", b'|', true),
            ("|---|x|", b'|', false),
            ("---,---", b',', false),
        ] {
            let input = Input { text: text.to_owned(), ..Input::default() };
            let mut records = Records::new(&input, delimiter);
            records.next().unwrap();
            assert_eq!(records.is_hollow(), is_hollow, "{text}");
        }
    }

    #[test]
    fn comments_are_told_from_records_and_everything_keeps_its_line() {
        for line_end in ["\n", "\r\n"] {
            let text = "#top\n#a\n\nx,\"1\n#2\"\n#b \"\n#c\n\ny,#3\n\"#z\",4\n#d".replace('\n', line_end);
            let input = Input { text, ..Input::default() };
            let mut records = Records::with_comments(&input, 4 + line_end.len(), b',');
            let mut found = Vec::new();
            while let Some(place) = records.next() {
                let raw = input.text.get(place.span.clone()).unwrap().trim_end().to_owned();
                found.push((place.line, place.blank, records.record().len(), raw));
            }
            let quoted = format!("x,\"1{line_end}#2\"");
            let expected = [(4, 1, 2, quoted.as_str()), (9, 1, 2, "y,#3"), (10, 0, 2, "\"#z\",4")];
            assert_eq!(found, expected.map(|(line, blank, cells, raw)| (line, blank, cells, raw.to_owned())));
            let comments: Vec<(u64, &str)> =
                records.comments().iter().map(|comment| (comment.line, comment.text)).collect();
            assert_eq!(comments, [(2, "#a"), (6, "#b \""), (7, "#c"), (11, "#d")]);
        }
    }
}
