//! Questions that are hard to read.

use super::figures::reading;
use super::words::{asked, negations};
use super::{Bank, Finding, GUIDELINES, Item, Rule};

/// The prompt of a choice asks for what is not so, and does not stress it.
pub(super) struct Negative;

impl Rule for Negative {
    fn name(&self) -> &'static str {
        "negative-stem"
    }

    fn reason(&self) -> &'static str {
        "a negation is read over: it tests reading, and who knows the answer misses it"
    }

    fn source(&self) -> &'static str {
        GUIDELINES
    }

    fn mend(&self) -> &'static str {
        "ask for what is so; where that cannot be, write the negation in capitals"
    }

    fn find(&self, bank: &Bank) -> Vec<Finding> {
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
}

/// A negative prompt with a negative option.
pub(super) struct DoubleNegative;

impl Rule for DoubleNegative {
    fn name(&self) -> &'static str {
        "double-negative"
    }

    fn reason(&self) -> &'static str {
        "two negations have to be worked out before the question can be thought about"
    }

    fn source(&self) -> &'static str {
        GUIDELINES
    }

    fn mend(&self) -> &'static str {
        "say the question or the option without its negation"
    }

    fn find(&self, bank: &Bank) -> Vec<Finding> {
        let of = |item: &Item| {
            let prompt = asked(&item.content.prompt);
            let asked = *negations(&prompt).first()?;
            let options = &item.choice()?.options;
            let option = options.iter().find_map(|option| negations(option).first().copied())?;
            Some(Finding::new([item.line], format!("the question says {asked:?} and an option {option:?}")))
        };
        bank.items.iter().filter_map(of).collect()
    }
}

/// A question with much more to read than the others.
pub(super) struct Long;

/// Words below which nothing is long.
const LONG: usize = 80;
/// So many times what half of the questions have.
const TIMES: usize = 3;
/// Words a minute, silently, of prose that is no story.
const A_MINUTE: usize = 238;

impl Rule for Long {
    fn name(&self) -> &'static str {
        "reading-length"
    }

    fn reason(&self) -> &'static str {
        "what takes long to read tests reading, and time that goes there asks fewer questions"
    }

    fn source(&self) -> &'static str {
        "the guidelines of Haladyna, Downing and Rodriguez 2002; words a minute from Brysbaert 2019, How many words do we read per \
        minute?, Journal of Memory and Language 109, doi:10.1016/j.jml.2019.104047"
    }

    fn mend(&self) -> &'static str {
        "take out what the answer does not need, or make several questions of it"
    }

    fn find(&self, bank: &Bank) -> Vec<Finding> {
        let most = LONG.max(TIMES * reading(&bank.items).median);
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
}
