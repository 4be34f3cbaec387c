//! What is written on the screen before it is cut to its height: rows of styled text, and what can be clicked there.

use std::ops::Range;

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::style::{Look, Palette};
use crate::text;

/// Something on the screen that a click or the cursor can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// The option that is shown at this place.
    Option(usize),
    /// A gap, from 0.
    Gap(usize),
    /// A word of the bank, from 0.
    Word(usize),
    /// Where the next character goes.
    Cursor,
}

/// A part of a text that looks alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    text: String,
    look: Look,
    target: Option<Target>,
}

impl Piece {
    /// A text; what would drive a terminal is made visible.
    pub(super) fn new(text: &str, look: Look) -> Self {
        Self { text: text::scrub(text).replace('\t', "    "), look, target: None }
    }

    /// Its text as it is shown.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A text that can be clicked.
    pub(super) fn at(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }
}

/// One row of the paper.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) line: Line<'static>,
    /// Columns with what is there.
    pub(super) targets: Vec<(Range<u16>, Target)>,
}

/// Rows of one width, as many as there are.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    width: u16,
    palette: Palette,
    pub(super) rows: Vec<Row>,
    /// The rows that have to be seen, if not all can.
    pub(super) focus: Option<Range<usize>>,
    /// Those of them that come before the others: where the right answer stands.
    pub(super) core: Option<Range<usize>>,
}

/// What stands before a line of code, outside of it.
const LINE: &str = "| ";
/// The same before the rest of one that is too long. Code never begins so far to the left.
const GOES_ON: &str = "|>";

impl Paper {
    /// An empty paper of this many columns.
    pub(super) fn new(width: u16, palette: Palette) -> Self {
        Self { width: width.max(4), palette, rows: Vec::new(), focus: None, core: None }
    }

    /// An empty row, unless the paper begins with it or the last one is empty.
    pub(super) fn blank(&mut self) {
        if self.rows.last().is_some_and(|row| row.line.width() > 0) {
            self.rows.push(Row::default());
        }
    }

    /// Writes a text that is broken between words.
    pub(super) fn text(&mut self, text: &str, look: Look) {
        self.pieces(&[Piece::new(text, look)], ("", ""));
    }

    /// Writes a text behind a label.
    pub(super) fn labelled(&mut self, label: &str, text: &str, looks: (Look, Look)) {
        self.pieces(&[Piece::new(&format!("{label}: "), looks.0), Piece::new(text, looks.1)], ("", "  "));
    }

    /// Writes what the learner gave behind a label, cut to two rows, so that it does not push away what is right.
    pub(super) fn given(&mut self, label: &str, text: &str, looks: (Look, Look)) {
        let written = |text: &str| {
            let mut scratch = Self::new(self.width, self.palette);
            scratch.labelled(label, text, looks);
            scratch.rows
        };
        let mut rows = written(text);
        let mut room = 2 * usize::from(self.width);
        while rows.len() > 2 && room > 1 {
            room -= 1;
            rows = written(&text::one_line(text, room));
        }
        self.rows.append(&mut rows);
    }

    /// Writes the right answer behind its label. It has to be seen before anything else.
    pub(super) fn answer(&mut self, answer: &str, looks: (Look, Look)) {
        let start = self.rows.len();
        self.labelled("answer", answer, looks);
        self.core = Some(start..self.rows.len());
    }

    /// Writes pieces one behind the other, broken between words. The first row begins with the first indent, all others
    /// with the second.
    pub(super) fn pieces(&mut self, pieces: &[Piece], indents: (&str, &str)) {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let mut start = 0;
        for line in whole.split('\n') {
            let (first, others) = if start == 0 { indents } else { (indents.1, indents.1) };
            let options = textwrap::Options::new(usize::from(self.width))
                .initial_indent(first)
                .subsequent_indent(others);
            let mut from = start;
            for (number, wrapped) in textwrap::wrap(line, &options).into_iter().enumerate() {
                let indent = if number == 0 { first } else { others };
                let shown = wrapped.strip_prefix(indent).unwrap_or(&wrapped);
                let found = whole.get(from..).and_then(|rest| rest.find(shown)).unwrap_or(0);
                let range = from + found..from + found + shown.len();
                from = range.end;
                // emoji can be wider than the sum of their characters
                let room = usize::from(self.width).saturating_sub(indent.width()).max(1);
                let mut begin = range.start;
                for length in cut(shown, room) {
                    self.row(indent, pieces, begin..begin + length);
                    begin += length;
                }
            }
            start += line.len() + 1;
        }
    }

    /// Writes code with all its blanks. A line that is too long is broken behind blanks, and its rest stands as far to the
    /// right as it does, behind a sign.
    pub(super) fn code(&mut self, pieces: &[Piece], look: Look) {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let room = usize::from(self.width).saturating_sub(LINE.len()).max(1);
        let mut start = 0;
        for line in whole.split('\n') {
            let indent = (line.len() - line.trim_start_matches(' ').len()).min(room / 2);
            let mut from = start;
            for (number, length) in cut_code(line, room, indent).into_iter().enumerate() {
                let range = from..from + length;
                from = range.end;
                if number == 0 {
                    self.row_in(LINE, pieces, range, look);
                } else {
                    self.row_in(&format!("{GOES_ON}{}", " ".repeat(indent)), pieces, range, look);
                }
            }
            start += line.len() + 1;
        }
    }

    /// Says that the rows from `start` on have to be seen.
    pub(super) fn focus_from(&mut self, start: usize) {
        self.focus = Some(start..self.rows.len());
    }

    fn row(&mut self, indent: &str, pieces: &[Piece], range: Range<usize>) {
        self.row_in(indent, pieces, range, Look::Plain);
    }

    fn row_in(&mut self, indent: &str, pieces: &[Piece], range: Range<usize>, margin: Look) {
        let mut row = Row::default();
        if !indent.is_empty() {
            row.line.push_span(Span::styled(indent.to_owned(), self.palette.style(margin)));
        }
        let mut start = 0;
        for piece in pieces {
            let own = start..start + piece.text.len();
            start = own.end;
            let from = range.start.clamp(own.start, own.end) - own.start;
            let to = range.end.clamp(own.start, own.end) - own.start;
            let Some(part) = piece.text.get(from..to).filter(|part| !part.is_empty()) else {
                if piece.target == Some(Target::Cursor) && range.contains(&own.start) {
                    let column = columns(row.line.width());
                    row.targets.push((column..column + 1, Target::Cursor));
                }
                continue;
            };
            let column = columns(row.line.width());
            row.line.push_span(Span::styled(part.to_owned(), self.palette.style(piece.look)));
            if let Some(target) = piece.target {
                row.targets.push((column..columns(row.line.width()), target));
            }
        }
        self.rows.push(row);
    }
}

fn columns(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// The lengths in bytes of the parts of a line that are at most `room` columns wide; one, if it is empty.
fn cut(line: &str, room: usize) -> Vec<usize> {
    Parts::of([line], room, 0)
}

/// The same of a line of code, with as few broken words as there can be; the parts after the first have `indent` columns
/// less.
fn cut_code(line: &str, room: usize, indent: usize) -> Vec<usize> {
    let body = line.trim_start_matches(' ');
    let (blanks, _) = line.split_at(line.len() - body.len());
    // a word with the blanks behind it, the first with those in front of it as well
    let first = body.find(' ').map_or(line.len(), |end| blanks.len() + end);
    let (first, rest) = line.split_at(first);
    Parts::of([first].into_iter().chain(rest.split_inclusive(' ')), room, indent)
}

/// The lengths in bytes of parts, of which the last is not full yet.
struct Parts {
    done: Vec<usize>,
    length: usize,
    used: usize,
}

impl Parts {
    /// Fills parts of `room` columns with words, of which only those are broken that are wider than a part; after the
    /// first `indent` columns are taken.
    fn of<'w>(words: impl IntoIterator<Item = &'w str>, room: usize, indent: usize) -> Vec<usize> {
        let mut parts = Self { done: Vec::new(), length: 0, used: 0 };
        for word in words {
            let width = word.width();
            if parts.used + width > room && indent + width <= room {
                parts.end(indent);
            }
            for cluster in word.graphemes(true) {
                if parts.used + cluster.width() > room {
                    parts.end(indent);
                }
                parts.length += cluster.len();
                parts.used += cluster.width();
            }
        }
        if parts.length > 0 || parts.done.is_empty() {
            parts.done.push(parts.length);
        }
        parts.done
    }

    fn end(&mut self, indent: usize) {
        if self.length > 0 {
            self.done.push(self.length);
            (self.length, self.used) = (0, indent);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    use crate::model::Theme;

    const PALETTE: Palette = Palette::new(Theme::Terminal, true);

    fn shown(paper: &Paper) -> Vec<String> {
        paper.rows.iter().map(|row| row.line.to_string()).collect()
    }

    #[test]
    fn words_stay_whole_and_every_row_keeps_its_indent() {
        let mut paper = Paper::new(12, PALETTE);
        paper.pieces(
            &[Piece::new("A) ", Look::Plain), Piece::new("one two three\nfour", Look::Plain)],
            ("> ", "     "),
        );
        assert_eq!(shown(&paper), ["> A) one two", "     three", "     four"]);
    }

    #[test]
    fn code_keeps_its_blanks_and_shows_where_a_line_goes_on() {
        let mut paper = Paper::new(10, PALETTE);
        paper.code(&[Piece::new("  if x:\n\n\treturn 日本", Look::Plain)], Look::Plain);
        assert_eq!(shown(&paper), ["|   if x:", "| ", "|     retu", "|>    rn ", "|>    日本"]);
    }

    #[test]
    fn a_long_line_of_code_is_broken_behind_blanks_and_goes_on_under_itself() {
        let written = |text: &str, width| {
            let mut paper = Paper::new(width, PALETTE);
            paper.code(&[Piece::new(text, Look::Plain)], Look::Plain);
            shown(&paper)
        };
        let line = "    return abs(mean(a) - mean(b)) > THRESHOLD  # a day";
        assert_eq!(
            written(line, 30),
            ["|     return abs(mean(a) - ", "|>    mean(b)) > THRESHOLD  # ", "|>    a day"]
        );
        // a word that is wider than the row has to be broken, and stays behind what is before it
        assert_eq!(written("x = aaaaaaaaaaaaaaaa", 12), ["| x = aaaaaa", "|>aaaaaaaaaa"]);
        // a line that begins far to the right leaves half of the row to the rest
        assert_eq!(written("          a bc", 10), ["|         ", "|>      a ", "|>    bc"]);
        assert_eq!(written("> not the sign", 80), ["| > not the sign"]);
    }

    #[test]
    fn what_can_be_clicked_is_where_it_is_seen() {
        let mut paper = Paper::new(14, PALETTE);
        let plain = |text: &str| Piece::new(text, Look::Plain);
        paper.pieces(&[plain("a CI is "), plain("[1: two]").at(Target::Gap(0)), plain(" long")], ("", ""));
        let targets: Vec<_> = paper.rows.iter().map(|row| row.targets.clone()).collect();
        assert_eq!(shown(&paper), ["a CI is [1:", "two] long"]);
        assert_eq!(targets, [vec![(8..11, Target::Gap(0))], vec![(0..4, Target::Gap(0))]]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_the_paper_and_no_word_is_lost(text in "(\\PC|⚠\u{fe0f}|👩\u{200d}👧|e\u{301}|\n|\t| |\u{1b}){0,60}", width in 4_u16..40) {
            let mut paper = Paper::new(width, PALETTE);
            paper.text(&text, Look::Plain);
            let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let seen: String = shown(&paper).concat();
            prop_assert_eq!(words(&seen), words(&text::scrub(&text)));
            for row in &paper.rows {
                prop_assert!(row.line.width() <= usize::from(width), "{:?}", row.line);
            }
            let mut code = Paper::new(width, PALETTE);
            code.code(&[Piece::new(&text, Look::Plain)], Look::Plain);
            for row in &code.rows {
                prop_assert!(row.line.width() <= usize::from(width) || width < 8, "{:?}", row.line);
            }
            // every character of a line is there, its blanks too
            let lines: Vec<String> = shown(&code);
            let mut whole = String::new();
            for line in &lines {
                if let Some(rest) = line.strip_prefix(GOES_ON) {
                    let indent = whole.lines().next_back().unwrap_or("").chars().take_while(|c| *c == ' ').count();
                    let indent = indent.min((usize::from(width) - LINE.len()) / 2);
                    whole.push_str(rest.get(indent..).unwrap());
                } else {
                    whole.push('\n');
                    whole.push_str(line.strip_prefix(LINE).unwrap());
                }
            }
            prop_assert_eq!(whole, format!("\n{}", text::scrub(&text).replace('\t', "    ")));
        }
    }
}
