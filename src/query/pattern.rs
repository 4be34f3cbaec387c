//! A text to look for, with `*` for anything and `_` for one character.

use crate::text::fold;

/// What a text is compared with: case, accents' way of writing and the amount of white space do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

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
        Self(pieces)
    }

    /// Whether a text, folded, has a place that fits.
    pub fn is_in(&self, folded: &str) -> bool {
        match self.0.as_slice() {
            [] => true,
            [Piece::Text(text)] => folded.contains(text.as_str()),
            pieces => fits(pieces, folded, false, Some((pieces, folded))),
        }
    }

    /// Whether it fits a text, folded, as a whole.
    pub fn is_whole(&self, folded: &str) -> bool {
        fits(&self.0, folded, true, None)
    }

    /// It as [`Pattern::parse`] reads it.
    pub fn source(&self) -> String {
        self.0
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
        self.0.iter().all(|piece| *piece == Piece::Many)
    }
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
            assert_eq!(Pattern::parse(pattern).is_in(&fold(text)), found, "{pattern} in {text}");
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
        fn a_pattern_is_written_as_it_is_read(pattern in "[ab*_\\\\ ]{0,8}") {
            let read = Pattern::parse(&pattern);
            prop_assert_eq!(Pattern::parse(&read.source()), read);
        }
    }
}
