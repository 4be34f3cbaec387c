//! The rows of a Brightspace CSV.

use csv::StringRecord;

use crate::bank::Input;
use crate::bank::lines::lines;

/// The kinds of questions that Brightspace writes.
const KINDS: [&str; 7] = ["wr", "sa", "m", "mc", "tf", "ms", "o"];

/// What the first cell of a row may say.
const PARTS: [&str; 22] = [
    "newquestion",
    "id",
    "title",
    "questiontext",
    "points",
    "difficulty",
    "image",
    "initialtext",
    "answerkey",
    "hint",
    "feedback",
    "inputbox",
    "answer",
    "scoring",
    "choice",
    "match",
    "option",
    "true",
    "false",
    "item",
    "section",
    "units",
];

/// A row: what it is, and its cells.
pub(super) struct Row<'r> {
    /// The first cell in lower case.
    pub(super) key: String,
    record: &'r StringRecord,
}

impl<'r> Row<'r> {
    pub(super) fn new(record: &'r StringRecord) -> Self {
        let key = record.get(0).unwrap_or_default();
        let key = key.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_lowercase();
        Self { key, record }
    }

    /// The cell at a place, without blanks around it.
    pub(super) fn cell(&self, place: usize) -> &'r str {
        self.record.get(place).unwrap_or_default().trim()
    }

    /// Whether all cells are blank.
    pub(super) fn is_empty(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// Whether it is a remark of the author.
    pub(super) fn is_remark(&self) -> bool {
        self.key.starts_with("//")
    }

    /// Whether it is a part of a question.
    pub(super) fn is_part(&self) -> bool {
        PARTS.contains(&self.key.as_str())
    }

    /// Whether the cell at a place says that the text before it is HTML.
    pub(super) fn says_html(&self, place: usize) -> bool {
        self.cell(place).eq_ignore_ascii_case("html")
    }
}

/// What stands between the cells: what follows the first `NewQuestion` that a known kind of question follows.
pub(super) fn delimiter(text: &str) -> Option<u8> {
    lines(text).find_map(|line| {
        let bare = line.text.trim_start_matches(['\u{feff}', '"', ' ']);
        let (key, rest) = bare.split_at_checked("NewQuestion".len())?;
        if !key.eq_ignore_ascii_case("NewQuestion") {
            return None;
        }
        let rest = rest.trim_start_matches(['"', ' ']);
        let delimiter = *rest.as_bytes().first().filter(|byte| matches!(**byte, b',' | b';' | b'\t'))?;
        let kind = rest.get(1..)?.split(char::from(delimiter)).next()?;
        let kind = kind.trim_matches(['"', ' ']).to_lowercase();
        KINDS.contains(&kind.as_str()).then_some(delimiter)
    })
}

/// The text with nothing in its remarks that a reader of cells would stumble over. Every byte keeps its place.
pub(super) fn without_remarks(input: &Input) -> Input {
    let mut text = String::with_capacity(input.text.len());
    let mut in_quotes = false;
    for line in lines(&input.text) {
        let whole = input.text.get(line.start..line.next).unwrap_or_default();
        if !in_quotes && line.text.trim_start().starts_with("//") {
            text.push_str(&whole.replace(['"', ',', ';', '\t'], " "));
        } else {
            in_quotes ^= line.text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
            text.push_str(whole);
        }
    }
    Input { name: input.name.clone(), text, is_sheet: input.is_sheet }
}
