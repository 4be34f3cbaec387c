//! Comparing a typed answer with the right one.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold;

/// How a typed answer compares with the right one, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same but for normal form, case and white space.
    Same,
    /// A typo away: the learner decides.
    Near,
    /// Something else.
    Other,
}

/// Characters of the longest answer in which a typo is looked for: longer ones are not typed word for word.
const LONGEST: usize = 300;

/// Compares a typed answer with the right one.
///
/// A typo is one wrong, missing, added or swapped letter in four to seven letters, two in more. Another number is
/// never a typo: level 2 is not nearly level 3.
pub fn compare(typed: &str, right: &str) -> Likeness {
    let (typed, right) = (fold(typed), fold(right));
    if typed == right {
        return Likeness::Same;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let allowed = match right.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        8..=LONGEST => 2,
        _ => return Likeness::Other,
    };
    // A length that differs by more cannot be a typo.
    let lengths_differ = typed.chars().count().abs_diff(right.chars().count()) > allowed;
    if lengths_differ
        || digits(&typed) != digits(&right)
        || strsim::damerau_levenshtein(&typed, &right) > allowed
    {
        return Likeness::Other;
    }
    Likeness::Near
}

/// The right answer with what was typed instead: `re[-trian-]{+train+}ing`.
pub fn difference(typed: &str, right: &str) -> String {
    let typed: Vec<char> = typed.trim().nfc().collect();
    let right: Vec<char> = right.trim().nfc().collect();
    let before = typed.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let rest = typed.len().min(right.len()) - before;
    let after = typed.iter().rev().zip(right.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let part = |text: &[char], from: usize, to: usize| {
        text.get(from..to).unwrap_or_default().iter().collect::<String>()
    };
    let removed = part(&typed, before, typed.len() - after);
    let added = part(&right, before, right.len() - after);
    let mut shown = part(&right, 0, before);
    if !removed.is_empty() {
        shown.push_str(&format!("[-{removed}-]"));
    }
    if !added.is_empty() {
        shown.push_str(&format!("{{+{added}+}}"));
    }
    shown + &part(&right, right.len() - after, right.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_normal_form_do_not_matter_and_a_typo_is_near() {
        for (typed, right, likeness) in [
            (" Model  REGISTRY ", "model registry", Likeness::Same),
            ("e\u{301}t\u{e9}", "\u{c9}T\u{c9}", Likeness::Same),
            ("STRASSE", "stra\u{df}e", Likeness::Same),
            ("model regsitry", "model registry", Likeness::Near),
            ("retrainin", "retraining", Likeness::Near),
            ("drft", "drift", Likeness::Near),
            ("CD", "CI", Likeness::Other),
            ("level 2", "level 3", Likeness::Other),
            ("feature store", "model registry", Likeness::Other),
            ("", "drift", Likeness::Other),
        ] {
            assert_eq!(compare(typed, right), likeness, "{typed} / {right}");
        }
    }

    #[test]
    fn a_difference_shows_what_was_typed_and_what_was_meant() {
        for (typed, right, shown) in [
            ("retrainin", "retraining", "retrainin{+g+}"),
            ("regsitry", "registry", "reg[-si-]{+is+}try"),
            ("aab", "ab", "a[-a-]b"),
            ("same", "same", "same"),
        ] {
            assert_eq!(difference(typed, right), shown);
        }
    }
}
