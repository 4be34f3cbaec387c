//! Records of a delimited text, each with the physical line on which it begins.

use std::ops::Range;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::lines::{Lines, count_breaks, lines};
use super::quotes::{Fault, quote_fault};
use super::{Input, Problem, Rejected};

/// Reads a text record by record; each has as many cells as it has.
pub(crate) struct Records<'t> {
    text: &'t str,
    /// Where in the text the reader began.
    base: usize,
    delimiter: u8,
    by_row: bool,
    /// How many cells a whole record has, if that is known.
    width: Option<usize>,
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
    /// Whether it is whole all the same: with its quotes taken as text it has as many cells as the others.
    pub(crate) is_loose: bool,
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

/// Lines below a faulty quote that are looked at.
const LOOKED_AT: usize = 20;

fn reader(text: &str, base: usize, delimiter: u8, has_comments: bool) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .comment(has_comments.then_some(COMMENT))
        .from_reader(text.get(base..).unwrap_or_default().as_bytes())
}

/// What is wrong with a quote that opens on line `first` in a record that ends on line `last`.
fn described(fault: Fault, first: u64, last: u64, is_cut: bool) -> String {
    match fault {
        _ if is_cut => {
            "a quote opens here and does not close on its line; the lines below are read for themselves"
                .to_owned()
        }
        Fault::TextFollows if first == last => {
            "a quote opens here, and text follows where it closes".to_owned()
        }
        Fault::TextFollows => format!(
            "a quote opens here, and text follows where it closes; everything up to line {last} is one row so"
        ),
        Fault::Open if first == last => "a quote opens here and never closes".to_owned(),
        Fault::Open => format!(
            "a quote opens here and never closes, so everything up to line {last}, the end, is one cell"
        ),
    }
}

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
        let reader = reader(text, base, delimiter, comments.is_some());
        let lines = Lines::from(text, base);
        let (by_row, record, number) = (input.is_sheet, StringRecord::new(), lines.line - 1);
        Self { text, base, delimiter, by_row, width: None, comments, reader, lines, record, number }
    }

    /// Records that have `width` cells where they are whole. A quote that is never closed swallows only its own line
    /// then, if whole records follow.
    pub(crate) fn of_width(self, width: usize) -> Self {
        Self { width: Some(width), ..self }
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
        let Some((at, fault)) = quote_fault(raw, self.delimiter) else {
            let line = if self.by_row { self.number } else { line };
            return Some(Place { line, blank, span, fault: None, is_loose: false });
        };
        let (raw, end) = match self.whole_lines_below(raw, at) {
            Some(below) => (raw.get(..below).unwrap_or_default(), span.start + below),
            None => (raw, span.end),
        };
        let is_cut = end < span.end;
        if is_cut {
            self.go_on_from(end);
        }
        let is_loose = self.take_as_text(raw, fault, is_cut);
        let first = line + count_breaks(raw.get(..at).unwrap_or_default());
        let last = line + count_breaks(raw.trim_end_matches(['\n', '\r']));
        let fault = Problem::new(first, described(fault, first, last, is_cut), QUOTE_FIX);
        let line = if self.by_row { self.number } else { line };
        Some(Place { line, blank, span: span.start..end, fault: Some(fault), is_loose })
    }

    /// Where the line ends on which a faulty quote opens, if whole records of their own stand below.
    fn whole_lines_below(&self, raw: &str, at: usize) -> Option<usize> {
        let width = self.width.filter(|width| *width > 1)?;
        let rest = raw.get(at..)?;
        let end = at + rest.find(['\n', '\r'])?;
        let end = end + if raw.get(end..)?.starts_with("\r\n") { 2 } else { 1 };
        let below = raw.get(end..)?;
        let mut looked_at = 0;
        for line in lines(below).filter(|line| !line.is_blank()).take(LOOKED_AT) {
            if !self.is_whole(line.text, width) {
                return None;
            }
            looked_at += 1;
        }
        (looked_at > 0).then_some(end)
    }

    fn is_whole(&self, line: &str, width: usize) -> bool {
        let mut reader = reader(line, 0, self.delimiter, false);
        let mut record = StringRecord::new();
        let cells = reader.read_record(&mut record).is_ok_and(|found| found).then(|| record.len());
        (quote_fault(line, self.delimiter).is_none() && cells == Some(width))
            || line.split(char::from(self.delimiter)).count() == width
    }

    /// Reads on from byte `at`. No line is read a third time: one that leaves a cell open alone would have closed the
    /// one that was open before.
    fn go_on_from(&mut self, at: usize) {
        self.base = at;
        self.reader = reader(self.text, at, self.delimiter, self.comments.is_some());
    }

    /// Makes the record the cells of its line with quotes as text, if the line was cut out of more or if it is whole so,
    /// and says whether it is whole.
    fn take_as_text(&mut self, raw: &str, fault: Fault, is_cut: bool) -> bool {
        let line = raw.trim_end_matches(['\n', '\r']);
        let cells = line.split(char::from(self.delimiter));
        let is_closed = !is_cut && fault == Fault::TextFollows && !line.contains(['\n', '\r']);
        let is_whole = is_closed && self.width == Some(cells.clone().count());
        if is_cut || is_whole {
            self.record = cells.collect();
        }
        is_whole
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
    /// A word about quotes that were taken as text.
    pub(crate) fn loose_quotes(&self) -> Option<Problem> {
        let fault = self.fault.as_ref().filter(|_| self.is_loose)?;
        Some(Problem::new(
            fault.line,
            "a quote opens a cell and text follows where it closes; both quotes are taken as text",
            "put the whole cell in quotes and write the inner ones twice",
        ))
    }

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
    fn a_quote_that_is_not_closed_swallows_its_own_line_only_if_whole_records_follow() {
        for (text, width, expected) in [
            ("a,\"b\nc,d\ne,f\n", 2, &[(1, 2, true), (2, 2, false), (3, 2, false)][..]),
            ("a,\"b\nc,\"d\"\n", 2, &[(1, 2, true), (2, 2, false)]),
            ("a,\"b\r\n\r\nc,\"d, e\"\r\n", 2, &[(1, 2, true), (3, 2, false)]),
            ("\"x\ny\",\"b\nc,d\n", 2, &[(1, 2, true), (3, 2, false)]),
            // what follows may be the rest of a cell
            ("a,\"b\nc\ne,f\n", 2, &[(1, 2, true)]),
            ("a,\"b", 2, &[(1, 2, true)]),
            // nor is there a line below the last that opens
            ("a\",,\"b\na\",,\"b\na\",,\"b\n", 3, &[(1, 7, true)]),
        ] {
            let input = Input { text: text.to_owned(), ..Input::default() };
            let mut records = Records::new(&input, b',').of_width(width);
            let mut found = Vec::new();
            while let Some(place) = records.next() {
                found.push((place.line, records.record().len(), place.fault.is_some()));
            }
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_row_with_quotes_as_text_is_whole_if_its_cells_are_as_many_as_those_of_the_others() {
        for (text, is_loose) in
            [("\"a\" b,c\n", true), ("\"a\" b,c,d\n", false), ("\"a\nb\" c,d\n", false), ("\"a,b\n", false)]
        {
            let input = Input { text: text.to_owned(), ..Input::default() };
            let mut records = Records::new(&input, b',').of_width(2);
            assert_eq!(records.next().unwrap().is_loose, is_loose, "{text}");
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
