//! Blanks: a prompt, often with a piece of code, whose numbered gaps `__1__`, `__2__` are filled.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use memchr::memchr;

use super::{Field, Invalid, Slot};
use crate::text;

/// One gap.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gap {
    /// What belongs into it.
    pub answer: String,
    /// Other answers that count as right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
}

/// What a note with gaps has beside its prompt and code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Blanks {
    /// The gaps; `__1__` is the first.
    pub gaps: Vec<Gap>,
    /// The words to choose from, all different; empty if the learner types freely.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bank: Vec<String>,
}

/// A part of a text with gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapPiece<'t> {
    /// Shown always.
    Text(&'t str),
    /// The gap with this number, from 1.
    Gap(usize),
}

impl Blanks {
    /// Gaps for the marks in `prompt` and `code`.
    pub fn new(prompt: &str, code: Option<&str>, gaps: Vec<Gap>, bank: Vec<String>) -> Result<Self, Invalid> {
        let texts = [(Field::Prompt, prompt), (Field::Code, code.unwrap_or_default())];
        let marked: BTreeSet<usize> = texts.iter().flat_map(|(_, text)| gap_numbers(text)).collect();
        if marked.is_empty() {
            let fix = "write __1__ where the first gap is, in prompt or code";
            return Err(Invalid::new(Field::Prompt, "a note with blanks has no gap", fix));
        }
        for (field, shown) in texts {
            if let Some(beyond) = gap_numbers(shown).find(|number| *number == 0 || *number > gaps.len()) {
                if beyond == 0 {
                    let message = "there is a gap __0__";
                    return Err(Invalid::new(field, message, "number the gaps from 1: __1__, __2__"));
                }
                if let Some(hole) = (1..beyond).find(|number| !marked.contains(number)) {
                    let message = format!("there is a gap __{beyond}__, but no __{hole}__");
                    return Err(Invalid::new(field, message, "number the gaps 1, 2, 3 without a hole"));
                }
                let message = format!("gap __{beyond}__ has no answer");
                let given = text::count(gaps.len(), "text");
                let fix = format!("answer gives {given}; write one for each gap in order, separated by |");
                return Err(Invalid::new(field, message, fix));
            }
        }
        if let Some(missing) = (1..=gaps.len()).find(|number| !marked.contains(number)) {
            let message = format!("answer {missing} has no gap");
            return Err(Invalid::new(
                Field::Answer,
                message,
                format!("write __{missing}__ where it belongs"),
            ));
        }
        for (place, gap) in gaps.iter().enumerate() {
            let number = place + 1;
            if gap.answer.is_empty() {
                return Err(Invalid::new(
                    Field::Answer,
                    format!("the answer for gap {number} is empty"),
                    "write what belongs there",
                ));
            }
            if !bank.is_empty() && !bank.contains(&gap.answer) {
                let message =
                    format!("{:?}, the answer for gap {number}, is not in the word bank", gap.answer);
                return Err(Invalid::new(Field::Options, message, "add it to options in the same spelling"));
            }
        }
        if let Some(word) =
            bank.iter().enumerate().find_map(|(i, word)| bank.iter().take(i).find(|w| *w == word))
        {
            return Err(Invalid::new(
                Field::Options,
                format!("the word bank has {word:?} twice"),
                "take one of them out",
            ));
        }
        if bank.iter().any(String::is_empty) {
            return Err(Invalid::new(
                Field::Options,
                "the word bank has an empty word",
                "write the word or take one | out",
            ));
        }
        Ok(Self { gaps, bank })
    }

    /// Its cards: all gaps are one.
    pub fn slots() -> Vec<Slot> {
        vec![Slot::Blanks]
    }
}

/// The parts of a text, its gaps among them.
pub fn gap_pieces(text: &str) -> Vec<GapPiece<'_>> {
    let mut pieces = Vec::new();
    let mut shown = text;
    let mut from = 0;
    while let Some(found) = shown.get(from..).and_then(|rest| rest.find("__")) {
        let start = from + found;
        let after = shown.get(start + 2..).unwrap_or_default();
        let digits: &str = after.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let number =
            after.get(digits.len()..).filter(|rest| rest.starts_with("__")).and_then(|_| digits.parse().ok());
        match number {
            Some(number) if digits.len() <= 2 => {
                if let Some(before) = shown.get(..start).filter(|before| !before.is_empty()) {
                    pieces.push(GapPiece::Text(before));
                }
                pieces.push(GapPiece::Gap(number));
                shown = after.get(digits.len() + 2..).unwrap_or_default();
                from = 0;
            }
            _ => from = start + 1,
        }
    }
    if !shown.is_empty() {
        pieces.push(GapPiece::Text(shown));
    }
    pieces
}

/// The numbers of the gaps in a text.
fn gap_numbers(text: &str) -> impl Iterator<Item = usize> {
    gap_pieces(text).into_iter().filter_map(|piece| match piece {
        GapPiece::Gap(number) => Some(number),
        GapPiece::Text(_) => None,
    })
}

/// Whether a text has a gap.
pub(super) fn has_gap(text: &str) -> bool {
    memchr(b'_', text.as_bytes()).is_some() && gap_numbers(text).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_are_found_among_other_underscores() {
        use GapPiece::{Gap, Text};
        for (text, pieces) in [
            ("a __1__ b __2__", vec![Text("a "), Gap(1), Text(" b "), Gap(2)]),
            ("__1____2__", vec![Gap(1), Gap(2)]),
            ("def __init__(self): ___1___", vec![Text("def __init__(self): _"), Gap(1), Text("_")]),
            ("__123__ __x__ __", vec![Text("__123__ __x__ __")]),
            ("", vec![]),
        ] {
            assert_eq!(gap_pieces(text), pieces, "{text}");
        }
    }

    #[test]
    fn gaps_and_answers_must_match() {
        let gap = |answer: &str| Gap { answer: answer.to_owned(), accept: Vec::new() };
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let cases = [
            ("no gap", vec![gap("x")], words(&[]), Field::Prompt),
            ("__1__ __2__", vec![gap("x")], words(&[]), Field::Prompt),
            ("__0__ __1__", vec![gap("x")], words(&[]), Field::Prompt),
            ("__2__", vec![gap("x"), gap("y")], words(&[]), Field::Answer),
            ("__1__", vec![gap("")], words(&[]), Field::Answer),
            ("__1__", vec![gap("x")], words(&["y", "z"]), Field::Options),
            ("__1__", vec![gap("x")], words(&["x", "x"]), Field::Options),
        ];
        for (prompt, gaps, bank, field) in cases {
            assert_eq!(Blanks::new(prompt, None, gaps, bank).unwrap_err().field, field, "{prompt}");
        }
        assert!(Blanks::new("p", Some("x = __1__"), vec![gap("x")], words(&["x", "y"])).is_ok());
    }

    proptest! {
        #[test]
        fn the_pieces_of_a_text_make_the_text_again(text in "[_1-9a ]{0,30}") {
            let again: String = gap_pieces(&text).iter().map(|piece| match piece {
                GapPiece::Text(text) => (*text).to_owned(),
                GapPiece::Gap(number) => format!("__{number}__"),
            }).collect();
            prop_assert_eq!(again, text);
        }
    }
}
