//! Options that give the answer away.

use super::words::{ABSOLUTE_WORDS, ALL, ALL_PHRASES, NONE, NONE_PHRASES, found, words};
use super::{Bank, Finding, GUIDELINES, Item, ONE_PERCENT, Rule};
use crate::model::letter;

/// The right option is much longer than the others, or longest more often than chance would have it.
pub(super) const LONGEST: Rule = Rule {
    name: "longest-right",
    reason: "authors take care that the right option is quite right; whoever guesses takes the longest",
    source: GUIDELINES,
    mend: "make the options about equally long: shorten the right one, or say as much in a wrong one",
    find: find_longest,
};

/// Characters by which the right option is longer than every other for all to see, and how many times as long it is.
const LONGER_BY: usize = 15;
const TIMES_AS_LONG: usize = 2;
/// Questions from which on it can be told how often chance makes the right option the longest.
const ENOUGH: usize = 20;

fn find_longest(bank: &Bank) -> Vec<Finding> {
    let lengths = |item: &Item| {
        let (options, right) = item.single()?;
        let length = |option: &String| option.chars().count();
        let others =
            options.iter().enumerate().filter(|(place, _)| *place != right).map(|(_, option)| length(option));
        Some((length(options.get(right)?), others.max()?, options.len(), right))
    };
    let mut findings = Vec::new();
    let (mut all, mut chance, mut variance, mut longest) = (0, 0.0, 0.0, Vec::new());
    for item in &bank.items {
        let Some((own, others, options, right)) = lengths(item) else { continue };
        let share = 1.0 / f64::from(u32::try_from(options).unwrap_or(u32::MAX));
        all += 1;
        chance += share;
        variance += share * (1.0 - share);
        if own > others {
            longest.push(item.line);
        }
        if own >= others + LONGER_BY && own >= others * TIMES_AS_LONG {
            let message = format!(
                "the right option ({}) has {own} characters, no other more than {others}",
                letter(right)
            );
            findings.push(Finding::new([item.line], message));
        }
    }
    let often = f64::from(u32::try_from(longest.len()).unwrap_or(u32::MAX));
    if all >= ENOUGH && often - chance > ONE_PERCENT * variance.sqrt() {
        let message = format!(
            "in {often} of {all} questions the right option is the longest; chance makes it about {chance:.0}"
        );
        findings.insert(0, Finding::new(longest, message));
    }
    findings
}

/// Only wrong options say "always" or "never".
pub(super) const ABSOLUTE: Rule = Rule {
    name: "absolute-words",
    reason: "what holds always or never seldom holds: such words tell wrong options from right ones",
    source: GUIDELINES,
    mend: "take the word out, or give the right option one too",
    find: find_absolute,
};

fn find_absolute(bank: &Bank) -> Vec<Finding> {
    let of = |item: &Item| {
        let choice = item.choice()?;
        let with: Vec<(usize, &str)> = choice
            .options
            .iter()
            .enumerate()
            .filter(|(_, option)| !is_about_others(option))
            .filter_map(|(place, option)| Some((place, *found(option, &ABSOLUTE_WORDS).first()?)))
            .collect();
        let is_clue = !with.is_empty() && with.iter().all(|(place, _)| !choice.right.contains(place));
        is_clue.then(|| {
            let told = with.iter().map(|(place, word)| format!("{} says {word:?}", letter(*place)));
            let told = told.collect::<Vec<_>>().join(", ");
            Finding::new([item.line], format!("{told}; no right option has such a word"))
        })
    };
    bank.items.iter().filter_map(of).collect()
}

fn is_about_others(option: &str) -> bool {
    is_one_of(option, &ALL_PHRASES, &ALL) || is_one_of(option, &NONE_PHRASES, &NONE)
}

/// Whether an option has one of these phrases in it, or is one of these words.
fn is_one_of(option: &str, phrases: &[&str], alone: &[&str]) -> bool {
    let option = option.to_lowercase();
    let mut said = words(&option);
    let only = said.next().filter(|_| said.next().is_none());
    phrases.iter().any(|phrase| option.contains(phrase)) || only.is_some_and(|word| alone.contains(&word))
}

/// The options that refer to all others, or to none.
fn options_like(bank: &Bank, phrases: &[&str], alone: &[&str]) -> Vec<Finding> {
    let of = |item: &Item| {
        let choice = item.choice()?;
        let place = choice.options.iter().position(|option| is_one_of(option, phrases, alone))?;
        let is_right = if choice.right.contains(&place) { "right" } else { "wrong" };
        let option = choice.options.get(place)?;
        Some(Finding::new([item.line], format!("{} says {option:?}, which is {is_right}", letter(place))))
    };
    bank.items.iter().filter_map(of).collect()
}

/// "All of the above".
pub(super) const ALL_OF_THEM: Rule = Rule {
    name: "all-of-the-above",
    reason: "whoever knows that two options are right has the answer, whoever knows that one is wrong strikes two out",
    source: GUIDELINES,
    mend: "let several options be right instead (answer A|B|C), or ask for the one thing",
    find: find_all_of_them,
};

fn find_all_of_them(bank: &Bank) -> Vec<Finding> {
    options_like(bank, &ALL_PHRASES, &ALL)
}

/// "None of the above".
pub(super) const NONE_OF_THEM: Rule = Rule {
    name: "none-of-the-above",
    reason: "whoever takes it rightly has shown what is wrong and not what is right",
    source: GUIDELINES,
    mend: "put a wrong answer there that people give",
    find: find_none_of_them,
};

fn find_none_of_them(bank: &Bank) -> Vec<Finding> {
    options_like(bank, &NONE_PHRASES, &NONE)
}
