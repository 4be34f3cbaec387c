//! The guid of a note: fixed at its first import, the same for everyone who imports the same bank.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::text;

/// Identifies a note on every device and in Anki.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(String);

/// Anki's alphabet for guids: every printable ASCII character but quotes, the backslash and the blank.
const BASE91: &[u8; 91] =
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~";

/// Digits of the largest number of 64 bits.
const DIGITS: usize = 10;

impl Guid {
    /// The guid that a bank or a collection states.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Base91 of a number, most significant digit first, as Anki writes its own.
    fn from_bits(mut bits: u64) -> Self {
        let mut digits = Vec::with_capacity(DIGITS);
        loop {
            let digit = usize::try_from(bits % 91).unwrap_or(0);
            digits.extend(BASE91.get(digit).map(|digit| char::from(*digit)));
            bits /= 91;
            if bits == 0 {
                break;
            }
        }
        Self(digits.into_iter().rev().collect())
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a guid is made from: `matura1`, the scope, and either the bank's own id or the content that makes a
/// note this note. Each part is taken in NFC, with its case folded and its white space collapsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GuidKey(String);

/// Stands between parts. A part that holds it is none that a keyboard made, and two keys that clash by it are
/// told apart like any other two.
const BETWEEN: char = '\u{1f}';

impl GuidKey {
    /// A key of `scope` (the top-level deck) and the parts that follow it.
    pub fn new<'a>(scope: &str, parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut key = Self("matura1".to_owned());
        key.push(scope);
        for part in parts {
            key.push(part);
        }
        key
    }

    /// The key with one part more, for a second note that would have the same.
    pub fn push(&mut self, part: &str) {
        self.0.push(BETWEEN);
        text::fold_onto(&mut self.0, part);
    }

    /// The key with one part more that was folded already.
    pub(crate) fn push_folded(&mut self, part: &str) {
        self.0.push(BETWEEN);
        self.0.push_str(part);
    }

    /// The first 64 bits of SHA-256 over the key, in base91.
    pub fn guid(&self) -> Guid {
        let digest = Sha256::digest(self.0.as_bytes());
        let bits = digest.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        Guid::from_bits(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_depends_on_what_is_said_and_not_on_how_it_is_typed() {
        let plain = GuidKey::new("MLOps", ["fact", "What is drift?"]).guid();
        for other in ["what is  DRIFT?", " What\nis drift? "] {
            assert_eq!(GuidKey::new("mlops", ["fact", other]).guid(), plain);
        }
        assert_eq!(
            GuidKey::new("", ["Stra\u{df}e e\u{301}"]).guid(),
            GuidKey::new("", ["STRASSE \u{e9}"]).guid()
        );
        assert_ne!(GuidKey::new("", ["a", "b"]).guid(), GuidKey::new("a", ["b"]).guid().clone());
        assert_ne!(GuidKey::new("MLOps", ["a b"]).guid(), GuidKey::new("MLOps", ["a", "b"]).guid());
    }

    #[test]
    fn guids_are_the_same_for_ever() {
        // Computed apart, with Python's hashlib and Anki's base91: a change here breaks every learner's decks.
        assert_eq!(GuidKey::new("MLOps", ["level-1-name"]).guid().as_str(), "t#K#J+`ZEK");
        assert_eq!(
            GuidKey::new("", ["fact", "Qu'est-ce que l'\u{c9}T\u{c9} ?", ""]).guid().as_str(),
            "G6r<|{KMs"
        );
    }

    #[test]
    fn base91_counts_as_anki_does() {
        for (bits, text) in [(0, "a"), (90, "~"), (91, "ba"), (u64::MAX, "Rj&Z5m[>Zp")] {
            assert_eq!(Guid::from_bits(bits).as_str(), text);
        }
    }
}
