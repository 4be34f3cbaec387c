//! How a table says which options are right: letters, numbers or texts.

use super::options::{Opts, truth};
use super::tokens::{bared, index_of, letters, numbers, single, tokens};
use crate::model::{Field, Invalid};
use crate::text;

/// How the answers of a table name options; one way for the whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// `B`, `A, C`.
    Letters,
    /// `2`, `1,3`: the number of the first option.
    Numbers(usize),
    /// The text of the option.
    Texts,
}

/// What the answers of a table could be, counted row by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    rows: usize,
    letters: usize,
    numbers: usize,
    texts: usize,
    /// Rows where the key is a number and the text of another option.
    torn: usize,
    /// Rows with a number that only one way of counting has.
    zero: usize,
    beyond_zero_based: usize,
    /// Rows whose answer names no option and is a key all the same.
    keys: usize,
    /// Rows whose key is one letter, Latin or Cyrillic: some of these look alike and stand for another option.
    latin: usize,
    cyrillic: usize,
    /// Characters of answers and of options.
    lengths: (usize, usize),
    options: usize,
}

/// In so many rows an answer has to be none of the options until these are taken for wrong ones.
const FEWEST_BESIDE: usize = 5;

impl Survey {
    /// Looks at the answer of a row with options.
    pub(super) fn look(&mut self, answer: &str, options: &Opts<'_>, separator: Option<&str>) {
        if answer.is_empty() || options.filled() < 2 {
            return;
        }
        self.rows += 1;
        self.lengths.0 += answer.len();
        self.lengths.1 += options.iter().map(|(_, text)| text.len()).sum::<usize>();
        self.options += options.filled();
        let key = bared(answer);
        let mut letters =
            letters(key, separator).is_some_and(|places| places.iter().all(|place| *place < options.len()));
        let numbers =
            numbers(key, separator).filter(|numbers| numbers.iter().all(|number| *number <= options.len()));
        // A letter or a number is a text only where it stands as one.
        let is_option = |token: &str| options.iter().any(|(_, text)| text::is_same(text, token));
        let by_text = if letters || numbers.is_some() {
            is_option(answer) || tokens(answer, separator).into_iter().all(is_option)
        } else {
            texts(answer, options, separator).is_some()
        };
        if !letters && numbers.is_none() && !by_text {
            letters = labelled(answer, options).or_else(|| flags(answer, options)).is_some();
            self.keys += usize::from(letters || is_key(answer, key, options));
        }
        if letters && let Some(letter) = single(key) {
            self.latin += usize::from(letter.is_ascii());
            self.cyrillic += usize::from(('\u{400}'..='\u{4ff}').contains(&letter));
        }
        self.texts += usize::from(by_text);
        self.letters += usize::from(letters);
        if let Some(numbers) = numbers {
            self.numbers += 1;
            self.zero += usize::from(numbers.contains(&0));
            self.beyond_zero_based += usize::from(numbers.iter().any(|number| *number >= options.len()));
            self.torn += usize::from(by_text);
        }
    }

    /// Rows with options and an answer.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Whether no answer names an option, and each could be one more of them.
    pub(super) fn stands_beside(&self) -> bool {
        let named = self.letters + self.numbers + self.texts;
        let (answers, options) = self.lengths;
        named * 5 <= self.rows
            && self.keys * 5 <= self.rows
            && self.rows >= FEWEST_BESIDE
            && answers / self.rows <= 3 * options / self.options.max(1) + 10
    }

    /// The way that fits most rows, with the reason, and a word of doubt if two readings fit.
    pub(super) fn conclude(
        &self,
        stated_base: Option<usize>,
        counts_from_zero: bool,
    ) -> (Key, String, Option<String>) {
        if let Some(base) = stated_base {
            return (Key::Numbers(base), "as stated".to_owned(), None);
        }
        let rows = self.rows;
        let of = |count: usize| format!("{count} of {rows} keys");
        if self.numbers > self.letters
            && self.numbers > self.texts.saturating_sub(self.torn)
            && !(self.torn > 0 && self.texts == rows)
        {
            let (zero, beyond) = (self.zero, self.beyond_zero_based);
            return if zero > 0 && beyond > 0 {
                let base = usize::from(beyond > zero);
                let doubt = format!(
                    "{} 0, which only counting from 0 has, and {} the number of the options, which only counting from 1 has; counted from {base}",
                    text::count_verb(count(zero), "key is", "keys are"),
                    text::count_verb(count(beyond), "is", "are")
                );
                let reason = if zero == beyond {
                    "as many keys tell one way as the other"
                } else {
                    "most keys that tell are so"
                };
                (Key::Numbers(base), reason.to_owned(), Some(doubt))
            } else if zero > 0 {
                (Key::Numbers(0), "a key is 0".to_owned(), None)
            } else if beyond > 0 {
                (
                    Key::Numbers(1),
                    format!("{} are numbers, one is that of the last option", of(self.numbers)),
                    None,
                )
            } else if counts_from_zero {
                (Key::Numbers(0), "the names of the option columns begin at 0".to_owned(), None)
            } else {
                let doubt = "no key is 0 and none is that of the last option, so the first option may be 0 or 1; 1 is taken";
                (Key::Numbers(1), "keys are numbers".to_owned(), Some(doubt.to_owned()))
            };
        }
        if self.letters > self.texts || (self.letters == self.texts && self.letters > 0) {
            let is_mixed = self.latin > 0 && self.cyrillic > 0;
            let doubt = is_mixed.then(|| {
                "some keys are Latin letters and some are Cyrillic ones, of which В is the third and looks like the second"
                    .to_owned()
            });
            return (Key::Letters, format!("{} are letters of options", of(self.letters)), doubt);
        }
        (Key::Texts, format!("{} are the text of an option", of(self.texts)), None)
    }
}

/// Whether an answer that names no option is a key all the same: as short as one, or with the text of an option in it.
fn is_key(answer: &str, key: &str, options: &Opts<'_>) -> bool {
    let folded = text::fold(answer);
    let names_one = |option: &str| option.chars().nth(2).is_some() && folded.contains(&text::fold(option));
    key.chars().nth(3).is_none()
        || key.bytes().all(|byte| byte.is_ascii_digit())
        || tokens(key, None).into_iter().all(|token| truth(token).is_some())
        || options.iter().any(|(_, text)| names_one(text))
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

impl Key {
    /// The way in words.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Letters => "the letter of the right option".to_owned(),
            Self::Numbers(base) => format!("the number of the right option, counted from {base}"),
            Self::Texts => "the text of the right option".to_owned(),
        }
    }

    /// What to do where the way is in doubt.
    pub(super) fn certainty(self) -> &'static str {
        match self {
            Self::Numbers(_) => "say it with --index-base 0 or --index-base 1",
            Self::Letters | Self::Texts => "write all keys in one alphabet",
        }
    }

    /// The places of the options that an answer names, in the order of columns.
    pub(super) fn resolve(
        self,
        answer: &str,
        options: &Opts<'_>,
        separator: Option<&str>,
    ) -> Result<Vec<usize>, Invalid> {
        let wrong = |message: String, fix: String| Err(Invalid::new(Field::Answer, message, fix));
        if is_placeholder(answer) {
            let message = if answer.is_empty() {
                "the answer is empty".to_owned()
            } else {
                format!("the answer {answer:?} is a placeholder")
            };
            return wrong(
                message,
                format!("write {}, or take the row out if it is no question", self.describe()),
            );
        }
        let key = bared(answer);
        let labelled = || {
            [answer, key].iter().find_map(|text| labelled(text, options)).or_else(|| flags(answer, options))
        };
        let found = match self {
            Self::Letters => {
                letters(key, separator).or_else(labelled).or_else(|| texts(answer, options, separator))
            }
            Self::Numbers(base) => numbers(key, separator)
                .map(|numbers| numbers.into_iter().map(|number| number.wrapping_sub(base)).collect())
                .or_else(|| texts(answer, options, separator)),
            Self::Texts => texts(answer, options, separator).or_else(labelled).or_else(|| {
                letters(key, separator)
                    .filter(|places| places.iter().all(|place| options.get(*place).is_some()))
            }),
        };
        let found = found.or_else(labelled).or_else(|| texts(key, options, separator));
        let Some(places) = found else {
            let near = text::near(answer, options.iter().map(|(_, text)| text));
            let shown = text::one_line(answer, 40);
            let folded = text::fold(answer);
            let parts = || answer.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
            let are_keys = parts().count() > 1 && parts().all(|part| part.chars().nth(1).is_none());
            let named = options.iter().filter(|(_, text)| folded.contains(&text::fold(text))).count();
            let fix = match near.first() {
                _ if named > 1 || are_keys => "if several are right, put commas between them, or name what stands between them with --answer-separator".to_owned(),
                Some(near) => format!("write {}; is {:?} meant?", self.describe(), text::one_line(near, 60)),
                None => format!("write {}", self.describe()),
            };
            return wrong(format!("the answer {shown:?} is none of the options"), fix);
        };
        for place in &places {
            if options.get(*place).is_none() {
                let filled = text::count(options.filled(), "option");
                let (counted, fix) = match self {
                    Self::Numbers(base) => {
                        // counted the other way it would be one
                        let other = if base == 1 { place.wrapping_add(1) } else { place.wrapping_sub(1) };
                        let fix = if options.get(other).is_some() {
                            format!(
                                "correct the answer, or say --index-base {} if all are counted so",
                                1 - base.min(1)
                            )
                        } else {
                            "correct the answer".to_owned()
                        };
                        (format!(", counted from {base}"), fix)
                    }
                    Self::Letters | Self::Texts => {
                        (String::new(), "correct the answer, or write the missing option".to_owned())
                    }
                };
                return wrong(
                    format!(
                        "the answer {answer:?} names an option that is not there; there are {filled}{counted}"
                    ),
                    fix,
                );
            }
        }
        Ok(places)
    }
}

/// What stands where an answer should stand and is none.
pub(super) fn is_placeholder(answer: &str) -> bool {
    const PLACEHOLDERS: [&str; 11] =
        ["", "(answer)", "[answer]", "todo", "tbd", "n/a", "null", "#n/a", "#ref!", "none given", "(none)"];
    PLACEHOLDERS.contains(&answer.to_lowercase().as_str())
}

/// The places whose texts the answer gives: one, or several between separators.
fn texts(answer: &str, options: &Opts<'_>, separator: Option<&str>) -> Option<Vec<usize>> {
    let place_of = |wanted: &str| {
        let find = |is_it: &dyn Fn(&str) -> bool| {
            options.iter().find(|(_, text)| is_it(text)).map(|(place, _)| place)
        };
        let bare_wanted = bare(wanted);
        find(&|text| text == wanted)
            .or_else(|| find(&|text| text::is_same(text, wanted)))
            .or_else(|| find(&|text| text::is_same(bare(text), bare_wanted) && !bare(text).is_empty()))
    };
    let answer = answer.trim();
    if let Some(place) = place_of(answer) {
        return Some(vec![place]);
    }
    let several = |separator: &str| {
        let parts: Option<Vec<usize>> = answer.split(separator).map(|part| place_of(part.trim())).collect();
        parts.filter(|parts| parts.len() > 1)
    };
    match separator {
        Some(separator) => several(separator),
        None => ["\n", "|", ";", ",", " / ", " and ", " und ", " y "]
            .into_iter()
            .filter(|separator| answer.contains(separator))
            .find_map(several),
    }
}

/// A text without the quotes and full stops around it.
fn bare(text: &str) -> &str {
    text.trim_matches(['"', '\'', '.', ' '])
}

/// `B) Rome`, `(B) Rome`, `B - Rome`, `2. Rome`, `B (Rome)`, `Rome (B)`: the letter or number of an option, and its text.
fn labelled(answer: &str, options: &Opts<'_>) -> Option<Vec<usize>> {
    let answer = answer.trim();
    let behind = answer.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let before = answer.split_once([')', '.', ':', '-', '–', '=', '、', '）', '．']);
    let pairs = [before, behind.map(|(text, label)| (label, text)), behind];
    pairs
        .into_iter()
        .flatten()
        .find_map(|(label, text)| {
            let label = label.trim_matches(['(', ' ', '[']);
            let by_letter = single(label).and_then(index_of);
            let by_number = label
                .parse::<usize>()
                .ok()
                .into_iter()
                .flat_map(|number| [number.checked_sub(1), Some(number)]);
            let mut places = by_letter.into_iter().chain(by_number.flatten());
            places.find(|place| options.get(*place).is_some_and(|option| text::is_same(option, text)))
        })
        .map(|place| vec![place])
}

/// `FALSE,TRUE,FALSE`: for each option whether it is right.
fn flags(answer: &str, options: &Opts<'_>) -> Option<Vec<usize>> {
    let flags: Option<Vec<bool>> = tokens(answer, None).into_iter().map(truth).collect();
    let flags = flags.filter(|flags| flags.len() > 1 && flags.len() == options.len())?;
    let right: Vec<usize> =
        flags.iter().enumerate().filter(|(_, flag)| **flag).map(|(place, _)| place).collect();
    (!right.is_empty()).then_some(right)
}

#[cfg(test)]
mod tests;
