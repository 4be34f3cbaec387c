//! A text to look for, with `*` for anything and `_` for one character.

use memchr::memchr2_iter;

use crate::text::fold;

/// What a text is compared with: case, accents' way of writing and the amount of white space do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
    /// Where its rarest letter stands, if it is one word in ASCII.
    rarest: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// This text, folded.
    Text(String),
    /// One character.
    One,
    /// Any characters, none too.
    Many,
}

impl Pattern {
    /// Reads a pattern. A backslash makes the next character mean itself.
    pub fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let piece = match c {
                '*' => Piece::Many,
                '_' => Piece::One,
                '\\' => {
                    plain.extend(chars.next().or(Some('\\')));
                    continue;
                }
                _ => {
                    plain.push(c);
                    continue;
                }
            };
            push_text(&mut pieces, &mut plain, false);
            pieces.push(piece);
        }
        push_text(&mut pieces, &mut plain, true);
        let rarest = match pieces.as_slice() {
            [Piece::Text(word)] if word.is_ascii() && !word.contains(' ') => rarest(word),
            _ => None,
        };
        Self { pieces, rarest }
    }

    /// Whether a text has a place that fits. It is folded only where that can matter: in ASCII a word is found as it stands.
    pub fn is_in_text(&self, text: &str) -> bool {
        match (self.pieces.as_slice(), self.rarest) {
            ([Piece::Text(word)], Some(rarest)) if text.is_ascii() => {
                has_word(text.as_bytes(), word.as_bytes(), rarest)
            }
            _ => self.is_in(&fold(text)),
        }
    }

    /// Whether a text, folded, has a place that fits.
    pub fn is_in(&self, folded: &str) -> bool {
        match self.pieces.as_slice() {
            [] => true,
            [Piece::Text(text)] => folded.contains(text.as_str()),
            pieces => fits(pieces, folded, false, Some((pieces, folded))),
        }
    }

    /// Whether it fits a text, folded, as a whole.
    pub fn is_whole(&self, folded: &str) -> bool {
        fits(&self.pieces, folded, true, None)
    }

    /// It as [`Pattern::parse`] reads it.
    pub fn source(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => escaped(text),
                Piece::One => "_".to_owned(),
                Piece::Many => "*".to_owned(),
            })
            .collect()
    }

    /// Whether anything fits it.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| *piece == Piece::Many)
    }
}

/// Letters from the most frequent to the rarest in English; what is none is rarer still.
const FREQUENT: &[u8] = b"etaoinshrdlcumwfgypbvkjxqz";

/// Where the rarest letter of a word stands.
fn rarest(word: &str) -> Option<usize> {
    let rarity = |byte: u8| FREQUENT.iter().position(|letter| *letter == byte).unwrap_or(usize::MAX);
    word.bytes().enumerate().max_by_key(|(_, byte)| rarity(*byte)).map(|(at, _)| at)
}

/// Whether a text holds a word in small letters, whatever the case of its own. Looked for is the letter of the word at `rarest`.
fn has_word(text: &[u8], word: &[u8], rarest: usize) -> bool {
    let Some(letter) = word.get(rarest) else { return true };
    memchr2_iter(*letter, letter.to_ascii_uppercase(), text).any(|found| {
        let place = found.checked_sub(rarest).and_then(|start| text.get(start..start + word.len()));
        place.is_some_and(|place| place.eq_ignore_ascii_case(word))
    })
}

/// A text in which nothing stands for something else.
fn escaped(text: &str) -> String {
    let special = |c: char| matches!(c, '*' | '_' | '\\');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// Adds a text to the pieces. Blanks at an end of it count where a wildcard stands beside them.
fn push_text(pieces: &mut Vec<Piece>, plain: &mut String, is_last: bool) {
    let text = std::mem::take(plain);
    let mut folded = fold(&text);
    if text.starts_with(char::is_whitespace) && !pieces.is_empty() && !(is_last && folded.is_empty()) {
        folded.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) && !is_last && !folded.trim().is_empty() {
        folded.push(' ');
    }
    if !folded.is_empty() {
        pieces.push(Piece::Text(folded));
    }
}

/// Whether pieces fit the beginning of a text, or all of it.
///
/// `retry` is what comes behind the last `*` that was met, with the text from which it is looked for.
fn fits<'p>(
    pieces: &'p [Piece],
    text: &'p str,
    whole: bool,
    mut retry: Option<(&'p [Piece], &'p str)>,
) -> bool {
    let (mut pieces, mut text) = (pieces, text);
    loop {
        let done = match pieces.split_first() {
            None if text.is_empty() || !whole => return true,
            None => None,
            Some((Piece::Many, rest)) => {
                retry = Some((rest, text));
                Some((rest, text))
            }
            Some((Piece::One, rest)) => after_one(text).map(|after| (rest, after)),
            Some((Piece::Text(wanted), rest)) => {
                text.strip_prefix(wanted.as_str()).map(|after| (rest, after))
            }
        };
        (pieces, text) = if let Some(next) = done {
            next
        } else {
            let Some((rest, from)) = retry else { return false };
            let Some(from) = after_one(from) else { return false };
            retry = Some((rest, from));
            (rest, from)
        };
    }
}

fn after_one(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().map(|_| chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_found_whatever_its_case_and_its_white_space() {
        for (pattern, text, found) in [
            ("Data  drift", "what is\ndata\tDRIFT?", true),
            ("drift data", "data drift", false),
            ("dr*t", "data drift", true),
            ("dr*x", "data drift", false),
            ("train_test", "the train-test split", true),
            ("train\\_test", "the train-test split", false),
            ("train\\_test", "the train_test split", true),
            ("50\\*", "50* better", true),
            ("50\\*", "50 times better", false),
            ("e\u{301}t\u{e9}", "\u{c9}t\u{e9}", true),
            ("a* b", "ax b", true),
            ("", "x", true),
        ] {
            assert_eq!(Pattern::parse(pattern).is_in_text(text), found, "{pattern} in {text}");
        }
    }

    #[test]
    fn a_whole_text_has_nothing_beside_the_pattern() {
        for (pattern, text, fits) in [
            ("drift", "Drift", true),
            ("drift", "drifts", false),
            ("drift*", "drifts", true),
            ("*", "", true),
        ] {
            assert_eq!(Pattern::parse(pattern).is_whole(&fold(text)), fits, "{pattern} {text}");
        }
    }

    /// The obvious way, which tries everything.
    fn slow(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|taken| slow(rest, &text[taken..])),
            Some(('_', rest)) => !text.is_empty() && slow(rest, &text[1..]),
            Some((c, rest)) => text.first() == Some(c) && slow(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn wildcards_fit_as_the_obvious_way_has_it(pattern in "[ab*_]{0,7}", text in "[ab]{0,8}") {
            let (of_pattern, of_text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
            prop_assert_eq!(Pattern::parse(&pattern).is_whole(&text), slow(&of_pattern, &of_text));
            let inside: Vec<char> = ['*'].into_iter().chain(of_pattern).chain(['*']).collect();
            prop_assert_eq!(Pattern::parse(&pattern).is_in(&text), slow(&inside, &of_text));
        }

        #[test]
        fn a_text_that_is_not_folded_is_found_where_the_folded_one_is(word in "[aAeK {é\u{212a}]{1,3}", text in "[aAekK \n{é\u{212a}]{0,12}") {
            let pattern = Pattern::parse(&word);
            prop_assert_eq!(pattern.is_in_text(&text), pattern.is_in(&fold(&text)));
        }

        #[test]
        fn a_pattern_is_written_as_it_is_read(pattern in "[ab*_\\\\ ]{0,8}") {
            let read = Pattern::parse(&pattern);
            prop_assert_eq!(Pattern::parse(&read.source()), read);
        }
    }
}
