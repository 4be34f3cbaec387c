//! Physical lines of a bank.

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
    let lone_cr = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    let breaks =
        bytes.iter().enumerate().filter(|(at, byte)| **byte == b'\n' || (**byte == b'\r' && lone_cr(*at)));
    u64::try_from(breaks.count()).unwrap_or(u64::MAX)
}

/// A physical line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bank) struct Line<'t> {
    /// Its number, from 1.
    pub(in crate::bank) number: u64,
    /// Where it begins, in bytes.
    pub(in crate::bank) start: usize,
    /// What stands on it, without its end.
    pub(in crate::bank) text: &'t str,
}

impl Line<'_> {
    /// Where it ends, in bytes, its line break not counted.
    pub(in crate::bank) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether nothing can be seen on it.
    pub(in crate::bank) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The physical lines of a text; they end with LF, CRLF or a lone CR.
pub(in crate::bank) fn physical(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    let mut next = Line { number: 1, start: 0, text: "" };
    std::iter::from_fn(move || {
        let here = rest.take()?;
        let (line, after) = match here.find(['\n', '\r']) {
            Some(at) => {
                let (line, ending) = here.split_at(at);
                let long = ending.starts_with("\r\n");
                (line, ending.get(if long { 2 } else { 1 }..))
            }
            None => (here, None),
        };
        let found = Line { text: line, ..next };
        rest = after.filter(|after| !after.is_empty());
        next.number += 1;
        next.start += here.len() - after.map_or(0, str::len);
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_and_places_whatever_ends_them() {
        let text = "a\r\nb\rc\n\nd";
        let lines: Vec<(u64, &str)> = physical(text).map(|line| (line.number, line.text)).collect();
        assert_eq!(lines, [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
        for line in physical(text) {
            assert_eq!(text.get(line.start..line.end()), Some(line.text));
        }
        assert_eq!(physical("").count(), 0);
        assert_eq!(physical("a\n").count(), 1);
    }
}
