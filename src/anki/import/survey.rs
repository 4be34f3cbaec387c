//! What the rows of an Anki text file tell together: how wide they are, whether they are HTML, which column holds tags.

use std::collections::{HashMap, HashSet};

use crate::bank::{Input, Records, table};

/// What was seen in all rows.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Cells of most rows; of two numbers that are as frequent that of the first row, or the larger.
    pub(super) width: usize,
    /// Cells of the longest row.
    pub(super) widest: usize,
    /// Whether one of the first rows has a tag; Anki takes them all for HTML then.
    pub(super) has_tags: bool,
    /// The line of the first row.
    pub(super) line: u64,
}

/// As many rows decide whether a file is HTML.
const LOOKED_AT: usize = 5;

/// Looks at all rows from byte `start` on.
pub(super) fn look(input: &Input, start: usize, delimiter: u8) -> Survey {
    let mut widths: HashMap<usize, usize> = HashMap::new();
    let mut found = Survey::default();
    let mut records = Records::with_comments(input, start, delimiter);
    let (mut rows, mut first) = (0, 0);
    while let Some(place) = records.next() {
        let row = records.record();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows == 0 {
            (found.line, first) = (place.line, row.len());
        }
        found.has_tags |= rows < LOOKED_AT && row.iter().any(has_tag);
        found.widest = found.widest.max(row.len());
        *widths.entry(row.len()).or_default() += 1;
        rows += 1;
    }
    let most = widths.into_iter().max_by_key(|(width, rows)| (*rows, *width == first, *width));
    found.width = most.map_or(0, |(width, _)| width);
    found
}

/// Whether a text has `<`, and `>` behind it on the same line.
pub(super) fn has_tag(text: &str) -> bool {
    text.contains('<')
        && text.lines().any(|line| line.split_once('<').is_some_and(|(_, behind)| behind.contains('>')))
}

/// Whether rows agree on a separator.
pub(super) fn is_table(text: &str) -> bool {
    table::separator(text).is_some()
}

/// Whether one of the first rows has more than one cell.
pub(super) fn separates(input: &Input, start: usize, delimiter: u8) -> bool {
    let mut records = Records::with_comments(input, start, delimiter);
    (0..LOOKED_AT * 20).any(|_| records.next().is_some() && records.record().len() > 1)
}

/// Whether what stands in a column is tags and nothing else: words without signs of a sentence, a single one in each
/// row, or several of which many come again.
pub(super) fn holds_tags(input: &Input, start: usize, delimiter: u8, place: usize) -> bool {
    let mut records = Records::with_comments(input, start, delimiter);
    let mut different = HashSet::new();
    let (mut words, mut several) = (0, false);
    while records.next().is_some() {
        let cell = records.record().get(place).unwrap_or_default();
        for (number, word) in cell.split_whitespace().enumerate() {
            let is_tag = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '/'))
                && word.chars().count() <= LONGEST_TAG
                && !word.ends_with(':');
            if !is_tag || cell.contains(['\n', '\r']) {
                return false;
            }
            several |= number > 0;
            words += 1;
            different.insert(word.to_lowercase());
        }
    }
    words > 0 && (!several || different.len() * 2 <= words)
}

/// The longest word, in characters, that is taken for a tag.
const LONGEST_TAG: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_holds_tags_only_if_nothing_in_it_is_a_sentence() {
        for (values, holds) in [
            (&["verb", "noun", ""][..], true),
            (&["level::1 verb", "level::1 noun", "level::1 verb", "verb"], true),
            (&["not a tag", "verb"], false),
            (&["Verb.", "noun"], false),
            (&["<b>x</b>"], false),
            (&["", ""], false),
        ] {
            let text: String = values.iter().map(|value| format!("f,b,{value}\n")).collect();
            let input = Input { text, ..Input::default() };
            assert_eq!(holds_tags(&input, 0, b',', 2), holds, "{values:?}");
        }
    }

    #[test]
    fn a_tag_is_on_one_line() {
        for (text, has) in [("a <b>", true), ("<\n>", false), ("> <", false), ("1 < 2 > 0", true)] {
            assert_eq!(has_tag(text), has, "{text}");
        }
    }
}
