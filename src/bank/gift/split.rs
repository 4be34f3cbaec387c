//! The questions of a GIFT text with their places.

use crate::bank::lines::{Line, lines};
use crate::bank::moodle::Place;

/// A part of a GIFT text.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// The path after `$CATEGORY:`, and where its line begins.
    Category(&'t str, usize),
    /// A question.
    Item(Item),
}

/// A question as it is written.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) place: Place,
    /// Its lines without remarks, each ended by LF.
    pub(super) text: String,
    /// From `// [id:x]`.
    pub(super) id: Option<String>,
    /// From `// [tag:x]`.
    pub(super) tags: Vec<String>,
}

/// The parts of a text in order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut splitter = Splitter::default();
    let all: Vec<Line<'_>> = lines(text).collect();
    let mut was_blank = false;
    for (line, answers_next) in all.iter().zip(before_answers(&all)) {
        let is_blank = line.is_blank();
        // a blank line ends a question, but for one within its answers
        if is_blank && !was_blank && !(splitter.depth > 0 && answers_next) {
            splitter.end();
        }
        if !is_blank {
            splitter.line(*line);
        }
        was_blank = is_blank;
    }
    splitter.end();
    splitter.pieces
}

/// Of each line, whether what follows it, blank lines and remarks apart, goes on with answers.
fn before_answers(lines: &[Line<'_>]) -> Vec<bool> {
    let mut answers_next = false;
    let mut found: Vec<bool> = lines
        .iter()
        .rev()
        .map(|line| {
            let text = line.text.trim_start();
            let before = answers_next;
            if !(text.is_empty() || text.starts_with("//")) {
                answers_next = text.starts_with(['=', '~', '}', '#']);
            }
            before
        })
        .collect();
    found.reverse();
    found
}

#[derive(Default)]
struct Splitter<'t> {
    pieces: Vec<Piece<'t>>,
    item: Option<Item>,
    /// Where remarks before a question begin, and what they say of it.
    remarks: Option<usize>,
    id: Option<String>,
    tags: Vec<String>,
    /// How many braces are open.
    depth: usize,
    /// Whether the question had its braces.
    closed: bool,
}

impl<'t> Splitter<'t> {
    fn line(&mut self, line: Line<'t>) {
        let trimmed = line.text.trim_start();
        if let Some(remark) = trimmed.strip_prefix("//") {
            self.remark(line, remark);
            return;
        }
        if self.depth == 0 {
            if let Some(path) = category(trimmed) {
                self.end();
                self.pieces.push(Piece::Category(path, line.start));
                return;
            }
            // the title of the next question, with no blank line before it
            if self.closed && trimmed.starts_with("::") {
                self.finish();
            }
        }
        let begin = self.remarks.take().unwrap_or(line.start);
        let item = self.item.get_or_insert_with(|| Item {
            place: Place { line: line.number, span: begin..begin },
            text: String::new(),
            id: None,
            tags: Vec::new(),
        });
        item.id = item.id.take().or(self.id.take());
        item.tags.append(&mut self.tags);
        item.text.push_str(line.text);
        item.text.push('\n');
        item.place.span.end = line.end();
        self.braces(line.text);
    }

    fn remark(&mut self, line: Line<'t>, remark: &str) {
        if self.depth == 0 && self.closed {
            self.finish();
        }
        if self.item.is_none() {
            self.remarks.get_or_insert(line.start);
        }
        for mark in remark.split('[').skip(1) {
            let Some((mark, _)) = mark.split_once(']') else { continue };
            match mark.split_once(':') {
                Some(("id", id)) => self.id = Some(id.trim().to_owned()),
                Some(("tag", tag)) => self.tags.push(tag.trim().to_owned()),
                _ => {}
            }
        }
        if let Some(item) = &mut self.item {
            item.id = item.id.take().or(self.id.take());
            item.tags.append(&mut self.tags);
        }
    }

    fn braces(&mut self, text: &str) {
        let mut escaped = false;
        for c in text.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '{' => self.depth += 1,
                '}' if self.depth > 0 => {
                    self.depth -= 1;
                    self.closed |= self.depth == 0;
                }
                _ => {}
            }
        }
    }

    /// Ends the question; remarks before the next one stay.
    fn finish(&mut self) {
        self.pieces.extend(self.item.take().map(Piece::Item));
        self.depth = 0;
        self.closed = false;
    }

    /// Ends the question and whatever stood before one.
    fn end(&mut self) {
        self.finish();
        self.remarks = None;
        self.id = None;
        self.tags.clear();
    }
}

/// The path of a category.
fn category(line: &str) -> Option<&str> {
    const MARK: &str = "$CATEGORY:";
    let head = line.get(..MARK.len()).filter(|head| head.eq_ignore_ascii_case(MARK))?;
    line.get(head.len()..).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, text and id of each question.
    fn items(text: &str) -> Vec<(u64, String, Option<String>)> {
        pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Item(item) => {
                    assert!(text.get(item.place.span.clone()).is_some());
                    Some((item.place.line, item.text.trim().to_owned(), item.id))
                }
                Piece::Category(..) => None,
            })
            .collect()
    }

    #[test]
    fn questions_end_where_their_author_ends_them() {
        let some = |line, text: &str| (line, text.to_owned(), None);
        for (text, found) in [
            ("a {T}\n\n\nb\n{F}", vec![some(1, "a {T}"), some(4, "b\n{F}")]),
            ("a {\n\n=x\n\n~y\n}\n\nb", vec![some(1, "a {\n=x\n~y\n}"), some(8, "b")]),
            ("a {=x\n\nb {T}", vec![some(1, "a {=x"), some(3, "b {T}")]),
            ("::1::a {T}\n::2::b {F}", vec![some(1, "::1::a {T}"), some(2, "::2::b {F}")]),
            ("a {T}\n$CATEGORY: x\nb {T}", vec![some(1, "a {T}"), some(3, "b {T}")]),
            ("a {\n// why\n=x}", vec![some(1, "a {\n=x}")]),
            ("// [id:7]\n\na {T}", vec![some(3, "a {T}")]),
            ("a {=x\n\n// y\n\nb {T}", vec![some(1, "a {=x"), some(5, "b {T}")]),
            ("a {=x\n\n// y\n\n~b}", vec![some(1, "a {=x\n~b}")]),
            (
                "// [id:7] [tag:x]\na {T}\n// [id:8]\nb {T}",
                vec![
                    (2, "a {T}".to_owned(), Some("7".to_owned())),
                    (4, "b {T}".to_owned(), Some("8".to_owned())),
                ],
            ),
        ] {
            assert_eq!(items(text), found, "{text}");
            assert_eq!(items(&text.replace('\n', "\r\n")), found, "{text}");
        }
    }
}
