//! Physical lines of a bank.

use memchr::memchr2_iter;

/// Follows the lines of a text from record to record.
pub(in crate::bank) struct Lines<'t> {
    text: &'t str,
    /// Where the record begins.
    pub(in crate::bank) at: usize,
    /// The line on which it begins.
    pub(in crate::bank) line: u64,
}

impl<'t> Lines<'t> {
    /// The lines from byte `at` on.
    pub(in crate::bank) fn from(text: &'t str, at: usize) -> Self {
        Self { text, at, line: 1 + count_breaks(text.get(..at).unwrap_or_default()) }
    }

    /// The line on which the record begins whose reading started at byte `start`, and how many blank lines the
    /// reader skipped before it.
    pub(in crate::bank) fn at_record(&mut self, start: usize) -> (u64, u64) {
        let rest = self.text.get(start..).unwrap_or_default();
        let begin = start + (rest.len() - rest.trim_start_matches(['\n', '\r']).len());
        // the reader may stop between CR and LF
        let ends_before = start > 0 && self.text.get(..start).is_some_and(|before| before.ends_with('\r'));
        let blank = self.text.get(start..begin).unwrap_or_default();
        let blank = if ends_before { blank.strip_prefix('\n').unwrap_or(blank) } else { blank };
        self.line += count_breaks(self.text.get(self.at..begin).unwrap_or_default());
        self.at = begin;
        (self.line, count_breaks(blank))
    }
}

/// Line breaks in a text: LF, CRLF or a lone CR.
pub(in crate::bank) fn count_breaks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let is_break = |at: &usize| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n');
    u64::try_from(memchr2_iter(b'\n', b'\r', bytes).filter(is_break).count()).unwrap_or(u64::MAX)
}

/// A physical line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where the next one begins.
    pub(crate) next: usize,
    /// What stands on it, without its end.
    pub(crate) text: &'t str,
}

impl Line<'_> {
    /// Where it ends, in bytes, its line break not counted.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether nothing can be seen on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The physical lines of a text; they end with LF, CRLF or a lone CR.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let (mut start, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (text, after) = rest.split_at_checked(length)?;
        let ending = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        number += 1;
        let line = Line { number, start, next: start + length + ending, text };
        start = line.next;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_have_numbers_and_places_whatever_ends_them() {
        let text = "a\r\nb\rc\n\n d";
        let found: Vec<(u64, &str)> = lines(text).map(|line| (line.number, line.text)).collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, " d")]);
        for line in lines(text) {
            assert_eq!(text.get(line.start..line.end()), Some(line.text));
        }
        assert_eq!(lines("").count(), 0);
        assert_eq!(lines("a\n").count(), 1);
    }

    proptest! {
        #[test]
        fn lines_put_together_are_the_text_and_their_numbers_count_its_breaks(text in "[a\r\né]{0,40}") {
            let whole: String = lines(&text).map(|line| text.get(line.start..line.next).unwrap()).collect();
            prop_assert_eq!(&whole, &text);
            for line in lines(&text) {
                prop_assert_eq!(line.number, 1 + count_breaks(text.get(..line.start).unwrap()));
            }
        }
    }
}
