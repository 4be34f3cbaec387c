//! What a column holds, as far as it tells whether these are guids.

use std::collections::HashSet;

use crate::text;

/// What a column holds. A row that stands there twice, word for word, counts once but for `cells`.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Cells that are not empty.
    pub(super) cells: usize,
    /// The same in rows that differ.
    pub(super) filled: usize,
    /// Hashes of the values.
    pub(super) different: HashSet<u64>,
    /// The first value, and the first that is a text, shortened.
    pub(super) first: String,
    pub(super) text: Option<String>,
    /// Cells with words, and with a single one.
    pub(super) spaced: usize,
    pub(super) single: usize,
    /// Cells of the length and the signs of Anki's guids, and how many of them have at least three sorts of signs.
    tokens: usize,
    mixed: usize,
    /// Cells of hexadecimal digits.
    hexadecimal: usize,
    /// The signs of tokens: how many, of which sorts, and how often one sort follows another.
    signs: usize,
    upper: usize,
    lower: usize,
    turns: usize,
}

impl Held {
    /// Takes a cell that is not empty, with its hash.
    pub(super) fn take(&mut self, cell: &str, hash: u64) {
        self.filled += 1;
        self.different.insert(hash);
        let is_spaced = cell.contains(char::is_whitespace);
        let is_single = !is_spaced && cell.chars().all(char::is_alphabetic);
        self.spaced += usize::from(is_spaced);
        self.single += usize::from(is_single);
        if self.filled == 1 {
            self.first = text::one_line(cell, 40);
        }
        // one with several words shows best that it is a text
        let is_better = self.text.as_ref().is_none_or(|text| is_spaced && !text.contains(' '));
        if is_better && (is_spaced || is_single) {
            self.text = Some(text::one_line(cell, 40));
        }
        let is_hexadecimal = (16..=40).contains(&cell.len())
            && cell.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
            && cell.contains(|c: char| c.is_ascii_digit())
            && cell.contains(|c: char| c.is_ascii_alphabetic());
        self.hexadecimal += usize::from(is_hexadecimal);
        // two colons are rare in guids and usual in names of decks and in tags
        if (8..=12).contains(&cell.len())
            && cell.bytes().all(|byte| byte.is_ascii_graphic())
            && !cell.contains("::")
        {
            self.take_token(cell);
        }
    }

    fn take_token(&mut self, token: &str) {
        let sorts: Vec<Sort> = token.bytes().map(Sort::of).collect();
        let count = |sort: Sort| sorts.iter().filter(|other| **other == sort).count();
        let has = Sort::ALL.into_iter().filter(|sort| count(*sort) > 0).count();
        self.tokens += 1;
        self.mixed += usize::from(has >= 3);
        self.signs += sorts.len();
        self.upper += count(Sort::Upper);
        self.lower += count(Sort::Lower);
        self.turns += sorts.windows(2).filter(|pair| pair.first() != pair.last()).count();
    }

    /// Whether values are drawn by lot as those of Anki, or are hexadecimal numbers. Of Anki's a quarter of the signs
    /// are of each case, nearly all have three sorts of signs, and in seven of ten places one sort follows another.
    pub(super) fn looks_random(&self) -> bool {
        let nearly_all = |number: usize| number > 0 && number * 20 >= self.filled * 19;
        let is_mixed = self.mixed * 4 >= self.tokens * 3
            && self.upper * 10 >= self.signs
            && self.lower * 10 >= self.signs
            && self.turns * 2 >= self.signs - self.tokens;
        nearly_all(self.hexadecimal) || (nearly_all(self.tokens) && is_mixed)
    }

    /// Whether each of several rows has a value of its own that is drawn by lot.
    pub(super) fn looks_like_guids(&self) -> bool {
        let are_different = self.different.len() * 20 >= self.filled * 19;
        self.filled > 1 && are_different && self.looks_random()
    }
}

/// What sort of sign a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Upper,
    Lower,
    Digit,
    Other,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Upper, Self::Lower, Self::Digit, Self::Other];

    fn of(byte: u8) -> Self {
        match byte {
            b'A'..=b'Z' => Self::Upper,
            b'a'..=b'z' => Self::Lower,
            b'0'..=b'9' => Self::Digit,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::anki::import::guids::Guids;
    use crate::anki::import::guids::tests::GUIDS;
    use crate::bank::Input;
    use crate::model::GuidKey;

    #[test]
    fn only_values_that_are_drawn_by_lot_look_like_guids() {
        let likely = |values: &[&str]| {
            let text: String = values.iter().map(|value| format!("{value}\n")).collect();
            Guids::look(&Input { text, ..Input::default() }, 0, b'\t').likely(None).is_some()
        };
        for values in [
            &GUIDS[..],
            &GUIDS[..2],
            &["5d41402abc4b2a76b9719d911017c592", "7d793037a0760186574b0282f2f435e7"],
            &["0b9a6f44-8d0a-4c0e-9f59-0a3f3a7c1d11", "6fa459ea-ee8a-3ca4-894e-db77e160355e"],
            // notes that were added by hand have none yet
            &["bK,#c)Z<r6 \tx", "t#K#J+`ZEK\tx", "\tx", "\tx"],
        ] {
            assert!(likely(values), "{values:?}");
        }
        for values in [
            &["bK,#c)Z<r6"][..],
            &["bK,#c)Z<r6", "bK,#c)Z<r6"],
            &["bK,#c)Z<r6", "t#K#J+`ZEK", "\tx", "\tx", "\tx"],
            &["Ch1::Sec2", "Ch2::Sec1"],
            &["2024-01-02", "2024-01-03"],
            &["192.168.0.1", "192.168.0.2"],
            &["1600000000001", "1600000000002"],
            &["HashMap::new", "Vec::with_c", "String::new"],
            &["getElement", "setTimeout", "parseFloat"],
            &["C6H12O6", "Ca(OH)2", "KMnO4", "Na2S2O3"],
            &["v1.2.3-rc1", "v1.2.4-rc2"],
            &["a@example.com", "b@example.com"],
            &["kubernetes", "deployment", "containers"],
            &["What is it?", "Who was it?"],
            &["mlops-001", "mlops-002"],
        ] {
            assert!(!likely(values), "{values:?}");
        }
    }

    #[test]
    fn guids_that_matura_makes_look_like_guids() {
        let file = |name: usize| -> String {
            let guid = |row: usize| GuidKey::new("", [format!("{name} {row}").as_str()]).guid();
            (0..6).map(|row| format!("{}\tx\n", guid(row))).collect()
        };
        let is_known = |text: String| {
            Guids::look(&Input { text: format!("\tx\n{text}"), ..Input::default() }, 0, b'\t').likely(None)
                == Some(0)
        };
        // one that begins with # is a comment here
        let known = (0..200).filter(|name| is_known(file(*name))).count();
        assert!(known >= 196, "{known}");
    }
}
