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
    pub(in crate::bank) fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1 }
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
