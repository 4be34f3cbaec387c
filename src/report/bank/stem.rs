//! Questions that are hard to read.

use super::figures::reading;
use super::words::{asked, negations};
use super::{Bank, Finding, GUIDELINES, Item, Rule};

/// The prompt of a choice asks for what is not so, and does not stress it.
pub(super) const NEGATIVE: Rule = Rule {
    name: "negative-stem",
    reason: "a negation is read over: it tests reading, and who knows the answer misses it",
    source: GUIDELINES,
    mend: "ask for what is so; where that cannot be, write the negation in capitals",
    find: find_negative,
};

fn find_negative(bank: &Bank) -> Vec<Finding> {
    let of = |item: &Item| {
        item.choice()?;
        let is_stressed = |word: &str| !word.chars().any(char::is_lowercase);
        let asked = asked(&item.content.prompt);
        let words = negations(&asked);
        if words.iter().any(|word| is_stressed(word)) {
            return None;
        }
        Some(Finding::new([item.line], format!("the question says {:?}", words.first()?)))
    };
    bank.items.iter().filter_map(of).collect()
}

/// A negative prompt with a negative option.
pub(super) const DOUBLE_NEGATIVE: Rule = Rule {
    name: "double-negative",
    reason: "two negations have to be worked out before the question can be thought about",
    source: GUIDELINES,
    mend: "say the question or the option without its negation",
    find: find_double_negative,
};

fn find_double_negative(bank: &Bank) -> Vec<Finding> {
    let of = |item: &Item| {
        let prompt = asked(&item.content.prompt);
        let asked = *negations(&prompt).first()?;
        let options = &item.choice()?.options;
        let option = options.iter().find_map(|option| negations(option).first().copied())?;
        Some(Finding::new([item.line], format!("the question says {asked:?} and an option {option:?}")))
    };
    bank.items.iter().filter_map(of).collect()
}

/// A question with much more to read than the others.
pub(super) const LONG: Rule = Rule {
    name: "reading-length",
    reason: "what takes long to read tests reading, and time that goes there asks fewer questions",
    source: "the guidelines of doi:10.1207/S15324818AME1503_5; words a minute from How many words do we read per minute?, Journal \
        of Memory and Language 109, 2019, doi:10.1016/j.jml.2019.104047",
    mend: "take out what the answer does not need, or make several questions of it",
    find: find_long,
};

/// Words below which nothing is long.
const FEWEST: usize = 80;
/// So many times what half of the questions have.
const TIMES: usize = 3;
/// Words a minute, silently, of prose that is no story.
const A_MINUTE: usize = 238;

fn find_long(bank: &Bank) -> Vec<Finding> {
    let most = FEWEST.max(TIMES * reading(&bank.items).median);
    let of = |item: &Item| {
        let words = item.words();
        let seconds = words * 60 / A_MINUTE;
        (words > most).then(|| {
            Finding::new(
                [item.line],
                format!("{words} words to read before the answer, about {seconds} seconds"),
            )
        })
    };
    bank.items.iter().filter_map(of).collect()
}
