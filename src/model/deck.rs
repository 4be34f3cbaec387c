//! Deck names.

use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::text::fold;

/// The name of a deck: one to eleven levels separated by `::`, as in Anki.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DeckName(String);

/// Anki refuses a whole file for one deck with more levels.
const MOST_LEVELS: usize = 11;

impl DeckName {
    /// Reads a name. Each level is taken in NFC, without control characters, with single blanks.
    ///
    /// The error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        // the most common case by far
        if text
            .split("::")
            .take(MOST_LEVELS + 1)
            .enumerate()
            .all(|(depth, level)| depth < MOST_LEVELS && is_clean(level))
        {
            return Ok(Self(text.to_owned()));
        }
        let levels: Vec<String> = text.split("::").map(clean).collect();
        if levels.iter().any(String::is_empty) {
            return Err(if levels.len() == 1 {
                "a deck needs a name".to_owned()
            } else {
                format!("the deck {text:?} has a level without a name")
            });
        }
        if levels.len() > MOST_LEVELS {
            return Err(format!(
                "the deck {text:?} has {} levels; Anki takes {MOST_LEVELS} at most",
                levels.len()
            ));
        }
        Ok(Self(levels.join("::")))
    }

    /// A name that was read before.
    pub(crate) const fn kept(name: String) -> Self {
        Self(name)
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The levels from the top.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        self.0.split("::")
    }

    /// The first level.
    pub fn top(&self) -> &str {
        self.levels().next().unwrap_or_default()
    }

    /// The deck that holds this one.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once("::").map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Whether this is `other` or a deck below it, whatever the case.
    pub fn is_within(&self, other: &Self) -> bool {
        let mut own = self.levels();
        other.levels().all(|level| own.next().is_some_and(|mine| fold(mine) == fold(level)))
    }

    /// Whether `text` names this deck: its whole name, or its last levels, whatever the case.
    pub fn ends_with(&self, text: &str) -> bool {
        let mut own = self.0.rsplit("::");
        text.rsplit("::").all(|level| own.next().is_some_and(|mine| fold(mine) == fold(level)))
    }

    /// The name that two spellings of the same deck share.
    pub fn folded(&self) -> String {
        self.levels().map(fold).collect::<Vec<_>>().join("::")
    }
}

/// Whether a level is in ASCII and as [`clean`] makes it.
fn is_clean(level: &str) -> bool {
    let is_plain = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
    level.split(' ').all(is_plain) && !level.starts_with(':') && !level.ends_with(':')
}

fn clean(level: &str) -> String {
    let printable: String = level.chars().map(|c| if c.is_control() { ' ' } else { c }).nfc().collect();
    printable.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches([':', ' ']).to_owned()
}

impl fmt::Display for DeckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_in_one_spelling() {
        for (written, kept) in [
            (" MLOps ", "MLOps"),
            ("MLOps :: Data  drift", "MLOps::Data drift"),
            ("A\u{7}B", "A B"),
            ("e\u{301}", "\u{e9}"),
            ("Week 1: start", "Week 1: start"),
            ("a: ::b", "a::b"),
            (":a: b:", "a: b"),
            ("a :", "a"),
        ] {
            assert_eq!(DeckName::parse(written).unwrap().as_str(), kept);
        }
        for wrong in ["", "  ", "A::::B", "::A", "A::", "a::b::c::d::e::f::g::h::i::j::k::l"] {
            assert!(DeckName::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_deck_answers_to_its_whole_name_and_to_any_end_of_it() {
        let deck = DeckName::parse("MLOps::Google::Level 1").unwrap();
        for name in ["MLOps::Google::Level 1", "level 1", "google::LEVEL 1"] {
            assert!(deck.ends_with(name), "{name}");
        }
        for name in ["Google", "1", "x::MLOps::Google::Level 1"] {
            assert!(!deck.ends_with(name), "{name}");
        }
        assert!(deck.is_within(&DeckName::parse("mlops").unwrap()));
        assert!(!deck.is_within(&DeckName::parse("ML").unwrap()));
    }
}
