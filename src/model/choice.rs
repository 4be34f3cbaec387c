//! Choices: options of which one or several are right. True/false is one of these.

use serde::{Deserialize, Serialize};

use super::{Field, Invalid, Slot};

/// As many options as there are letters.
pub const MOST_OPTIONS: usize = 26;

/// What a choice has beside its prompt.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Choice {
    /// The options in the author's order, all different.
    pub options: Vec<String>,
    /// The places of the right ones, from 0, in order.
    pub right: Vec<usize>,
}

/// A choice as it stands in a collection, where damage may have changed it.
#[derive(Deserialize)]
struct Stored {
    options: Vec<String>,
    right: Vec<usize>,
}

impl TryFrom<Stored> for Choice {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        Self::new(stored.options, stored.right).map_err(|invalid| invalid.message)
    }
}

impl Choice {
    /// A choice among `options`, of which those at the places `right` are right.
    pub fn new(options: Vec<String>, mut right: Vec<usize>) -> Result<Self, Invalid> {
        right.sort_unstable();
        right.dedup();
        if options.len() < 2 {
            return Err(Invalid::new(
                Field::Options,
                "a choice needs two options or more",
                "separate the options by |",
            ));
        }
        if options.len() > MOST_OPTIONS {
            let message = format!("{} options are more than the {MOST_OPTIONS} letters", options.len());
            return Err(Invalid::new(Field::Options, message, "split the question"));
        }
        if let Some(place) = options.iter().position(String::is_empty) {
            let message = format!("option {} is empty", letter(place));
            return Err(Invalid::new(Field::Options, message, "write the option or take one | out"));
        }
        for (place, option) in options.iter().enumerate() {
            if let Some(first) = options.iter().take(place).position(|other| other == option) {
                let message = format!("options {} and {} are the same", letter(first), letter(place));
                return Err(Invalid::new(Field::Options, message, "change or remove one of them"));
            }
        }
        if right.is_empty() {
            let fix = "write the letter of the right option, several separated by |";
            return Err(Invalid::new(Field::Answer, "no option is marked as right", fix));
        }
        if let Some(place) = right.iter().find(|place| **place >= options.len()) {
            let message = format!(
                "the answer is option {}, but there are only {} options",
                letter(*place),
                options.len()
            );
            return Err(Invalid::new(
                Field::Answer,
                message,
                format!("write a letter from A to {}", letter(options.len() - 1)),
            ));
        }
        Ok(Self { options, right })
    }

    /// The choice without the options that stand in it twice, and the first of these; one is right if any of its like
    /// is. Where only one would be left, all stay.
    #[must_use]
    pub fn once_each(self) -> (Self, Option<String>) {
        let mut kept: Vec<String> = Vec::with_capacity(self.options.len());
        let (mut right, mut doubled) = (Vec::new(), None);
        for (place, option) in self.options.iter().enumerate() {
            let at = if let Some(at) = kept.iter().position(|other| other == option) {
                doubled.get_or_insert_with(|| option.clone());
                at
            } else {
                kept.push(option.clone());
                kept.len() - 1
            };
            if self.right.contains(&place) {
                right.push(at);
            }
        }
        if doubled.is_none() || kept.len() < 2 {
            return (self, None);
        }
        (Self { options: kept, right }, doubled)
    }

    /// Its cards.
    pub fn slots() -> Vec<Slot> {
        vec![Slot::Front]
    }

    /// Whether several options are right.
    pub fn several(&self) -> bool {
        self.right.len() > 1
    }

    /// The right options.
    pub fn right_options(&self) -> impl Iterator<Item = &str> {
        self.right.iter().filter_map(|place| self.options.get(*place)).map(String::as_str)
    }

    /// Whether the options must stay in the author's order: true/false, and options that refer to others.
    pub fn keeps_order(&self) -> bool {
        self.is_true_false() || self.options.iter().any(|option| refers_to_others(option, self.options.len()))
    }

    fn is_true_false(&self) -> bool {
        const PAIRS: [[&str; 2]; 8] = [
            ["true", "false"],
            ["yes", "no"],
            ["richtig", "falsch"],
            ["wahr", "falsch"],
            ["vrai", "faux"],
            ["verdadero", "falso"],
            ["verdadeiro", "falso"],
            ["vero", "falso"],
        ];
        let folded: Vec<String> = self.options.iter().map(|option| option.to_lowercase()).collect();
        let [first, second] = folded.as_slice() else { return false };
        PAIRS.iter().any(|[yes, no]| (first == yes && second == no) || (first == no && second == yes))
    }
}

/// The letter of an option: A for place 0.
pub fn letter(place: usize) -> char {
    u8::try_from(place)
        .ok()
        .filter(|place| usize::from(*place) < MOST_OPTIONS)
        .map_or('?', |place| char::from(b'A' + place))
}

/// The place of a letter, whatever its case.
pub fn letter_index(letter: char) -> Option<usize> {
    let letter = letter.to_ascii_uppercase();
    letter.is_ascii_uppercase().then(|| usize::try_from(u32::from(letter) - u32::from('A')).ok()).flatten()
}

/// "All of the above", "both A and C", "only B": an option that has a meaning only in the author's order.
fn refers_to_others(option: &str, options: usize) -> bool {
    const PHRASES: [&str; 16] = [
        "of the above",
        "of these",
        "the above",
        "all the options",
        "all options",
        "alle genannten",
        "keine der genannten",
        "nichts davon",
        "alles davon",
        "de las anteriores",
        "las anteriores",
        "des réponses",
        "ci-dessus",
        "das anteriores",
        "le precedenti",
        "delle precedenti",
    ];
    const JOINTS: [&str; 17] = [
        "and", "or", "&", "both", "only", "neither", "nor", "all", "none", "options", "answers", "und",
        "oder", "nur", "y", "et", "e",
    ];
    let folded = option.to_lowercase();
    if PHRASES.iter().any(|phrase| folded.contains(phrase)) {
        return true;
    }
    let words: Vec<&str> =
        option.split([' ', ',', '.', '/', '(', ')']).filter(|word| !word.is_empty()).collect();
    let is_letter = |word: &str| {
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => {
                only.is_uppercase() && letter_index(only).is_some_and(|place| place < options)
            }
            _ => false,
        }
    };
    let letters = words.iter().filter(|word| is_letter(word)).count();
    words.len() > 1
        && letters > 0
        && words.iter().all(|word| is_letter(word) || JOINTS.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(options: &[&str]) -> Choice {
        Choice::new(options.iter().map(ToString::to_string).collect(), vec![0]).unwrap()
    }

    #[test]
    fn options_that_refer_to_others_stay_where_they_are() {
        for options in [
            ["True", "False"].as_slice(),
            &["falsch", "Richtig"],
            &["x", "y", "All of the above"],
            &["x", "y", "Both A and B"],
            &["x", "y", "z", "A, B and C"],
            &["x", "y", "Only A"],
        ] {
            assert!(choice(options).keeps_order(), "{options:?}");
        }
        for options in
            [["A", "B"].as_slice(), &["Plan A", "Plan B"], &["true north", "false"], &["A cat", "the dog"]]
        {
            assert!(!choice(options).keeps_order(), "{options:?}");
        }
    }

    #[test]
    fn a_choice_that_cannot_be_answered_is_refused_with_the_field_to_mend() {
        let options = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (texts, right, field) in [
            (options(&["a"]), vec![0], Field::Options),
            (options(&["a", ""]), vec![0], Field::Options),
            (options(&["a", "b", "a"]), vec![0], Field::Options),
            (options(&["a", "b"]), vec![], Field::Answer),
            (options(&["a", "b"]), vec![2], Field::Answer),
            ((0..27).map(|n| n.to_string()).collect(), vec![2], Field::Options),
        ] {
            assert_eq!(Choice::new(texts, right).unwrap_err().field, field);
        }
    }

    #[test]
    fn an_option_that_stands_there_twice_is_kept_once_and_right_if_either_is() {
        let choice = |options: &[&str], right: Vec<usize>| Choice {
            options: options.iter().map(ToString::to_string).collect(),
            right,
        };
        let (once, doubled) = choice(&["a", "b", "b", "c"], vec![2]).once_each();
        assert_eq!((once, doubled.as_deref()), (choice(&["a", "b", "c"], vec![1]), Some("b")));
        let all_alike = choice(&["a", "a"], vec![0]);
        assert_eq!(all_alike.clone().once_each(), (all_alike, None));
    }
}
