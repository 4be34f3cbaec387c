//! Asking choices.

use super::ask::{Ask, Options, Shown};
use crate::model::{Choice, Code, Content, letter, letter_index};
use crate::text::fold;

pub(super) fn ask(content: &Content, choice: &Choice, seed: u64) -> (String, Option<Code>, Ask) {
    let mut shown: Vec<Shown> = choice
        .options
        .iter()
        .enumerate()
        .map(|(stored, text)| Shown { text: text.clone(), stored, right: choice.right.contains(&stored) })
        .collect();
    if !choice.keeps_order() {
        fastrand::Rng::with_seed(seed).shuffle(&mut shown);
    }
    (content.prompt.clone(), content.code.clone(), Ask::Choice(Options { shown, several: choice.several() }))
}

impl Options {
    /// The shown places of options named as they are stored: by letters (`B`, `A C`), or by the text of one.
    pub fn places_of(&self, text: &str) -> Option<Vec<usize>> {
        let shown = |stored: usize| self.shown.iter().position(|option| option.stored == stored);
        let letters = text.split([' ', ',', '|']).filter(|part| !part.is_empty()).map(|part| {
            let mut chars = part.chars();
            let only = chars.next().filter(|_| chars.next().is_none());
            only.and_then(letter_index).and_then(shown)
        });
        let by_letter: Option<Vec<usize>> = letters.collect();
        by_letter.filter(|places| !places.is_empty()).or_else(|| {
            let lines: Option<Vec<usize>> = text.lines().map(|line| self.shown_place(line)).collect();
            lines
        })
    }

    /// The text of the option that is stored at this place.
    pub fn text_of(&self, stored: usize) -> Option<&str> {
        self.shown.iter().find(|option| option.stored == stored).map(|option| option.text.as_str())
    }

    /// The shown place of the option with this text.
    pub fn shown_place(&self, text: &str) -> Option<usize> {
        self.shown.iter().position(|option| fold(&option.text) == fold(text))
    }
}

/// The right options under the letters with which they are shown.
pub(super) fn right_answer(options: &Options) -> String {
    let right = options.shown.iter().enumerate().filter(|(_, option)| option.right);
    right.map(|(place, option)| format!("{}) {}", letter(place), option.text)).collect::<Vec<_>>().join("\n")
}
