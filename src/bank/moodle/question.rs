//! A question as Moodle knows it.

use super::Text;
use super::embedded::{Part, Sort, SubAnswer};
use crate::model::DeckName;
use crate::text;

/// A question, whichever format it came in.
#[derive(Debug, Clone)]
pub(in crate::bank) struct Question {
    /// The id that its bank gives it.
    pub(in crate::bank) id: Option<String>,
    /// The deck of its category.
    pub(in crate::bank) deck: Option<DeckName>,
    pub(in crate::bank) tags: Vec<String>,
    pub(in crate::bank) prompt: Text,
    pub(in crate::bank) asked: Asked,
    /// The feedback that everyone sees.
    pub(in crate::bank) general: Option<Text>,
    pub(in crate::bank) hints: Vec<Text>,
}

/// What a question asks.
#[derive(Debug, Clone)]
pub(in crate::bank) enum Asked {
    /// Options; whether several are to be ticked.
    Choice { answers: Vec<Answer>, several: bool },
    /// A word or two to type.
    Short(Vec<Answer>),
    /// A number to type; the names of the unit in which it is given.
    Number { answers: Vec<Number>, units: Vec<Text> },
    /// Pairs to be found; a left side may be empty.
    Matching(Vec<(Text, Text)>),
    /// Items in their right order.
    Ordering(Vec<Text>),
    /// A text to write, and what its grader looks for.
    Essay(Option<Text>),
    /// Gaps within the text.
    Gapped(Vec<Gapped>),
    /// Nothing.
    Description,
}

/// An answer with what it is worth.
#[derive(Debug, Clone)]
pub(in crate::bank) struct Answer {
    pub(in crate::bank) text: Text,
    /// 100 is right.
    pub(in crate::bank) percent: f64,
    pub(in crate::bank) feedback: Option<Text>,
}

/// A number with what it is worth.
#[derive(Debug, Clone)]
pub(in crate::bank) struct Number {
    pub(in crate::bank) value: Amount,
    /// 100 is right.
    pub(in crate::bank) percent: f64,
    pub(in crate::bank) feedback: Option<Text>,
}

/// Which numbers count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) enum Amount {
    /// A number, and how far from it one may be.
    About { value: Text, tolerance: Option<Text> },
    /// All from the first to the second.
    Between(Text, Text),
    /// All others.
    Rest,
}

/// A part of a text with gaps.
#[derive(Debug, Clone)]
pub(in crate::bank) enum Gapped {
    Text(Text),
    /// A gap; whether one chooses among its answers, and whether several of them are right at once.
    Gap {
        answers: Vec<Answer>,
        chosen: bool,
        several: bool,
    },
}

impl Gapped {
    /// The parts of a text with embedded answers. `text` makes a text of a part, and is told whether it is an answer.
    /// The error is why a gap cannot be asked, and what to do.
    pub(in crate::bank) fn all(
        parts: Vec<Part<'_>>,
        text: &dyn Fn(&str, bool) -> Text,
    ) -> Result<Vec<Self>, (String, String)> {
        let gap = |part| match part {
            Part::Text(plain) => Ok(Self::Text(text(plain, false))),
            Part::Gap(sub) => {
                let answer = |answer: &SubAnswer<'_>| gap_answer(answer, sub.sort, text);
                let answers = sub.answers.iter().map(answer).collect::<Result<_, _>>()?;
                let several = sub.sort == Sort::Several;
                Ok(Self::Gap { answers, chosen: several || sub.sort == Sort::Choice, several })
            }
        };
        parts.into_iter().map(gap).collect()
    }
}

fn gap_answer(
    answer: &SubAnswer<'_>,
    sort: Sort,
    text: &dyn Fn(&str, bool) -> Text,
) -> Result<Answer, (String, String)> {
    let feedback = answer.feedback.map(|feedback| text(feedback, true));
    let mut read = Answer { text: text(answer.text, true), percent: answer.percent, feedback };
    if sort != Sort::Number {
        return Ok(read);
    }
    match Amount::parse(&read.text.text) {
        Ok(Amount::About { value, tolerance }) => {
            let within = tolerance.map(|tolerance| Text::plain(format!("right within {}", tolerance.text)));
            read.feedback = read.feedback.or(within);
            read.text = value;
        }
        Ok(Amount::Rest) => read.text = Text::plain("*"),
        Ok(Amount::Between(least, most)) => {
            return Err((
                format!("a gap takes any number from {} to {}", least.text, most.text),
                "write one number with a tolerance instead of a range".to_owned(),
            ));
        }
        Err(other) => return Err(no_number(&other)),
    }
    Ok(read)
}

/// What is wrong with an answer that should be a number.
pub(in crate::bank) fn no_number(written: &str) -> (String, String) {
    (
        format!("{:?} should be a number", text::one_line(written, 30)),
        "write digits, as 3.14, 3.14:0.01 or 1..5".to_owned(),
    )
}

impl Question {
    /// Hands every text to `visit`.
    pub(super) fn each_text(&mut self, visit: &mut dyn FnMut(&mut Text)) {
        visit(&mut self.prompt);
        self.general.iter_mut().chain(&mut self.hints).for_each(&mut *visit);
        match &mut self.asked {
            Asked::Choice { answers, .. } | Asked::Short(answers) => each_answer(answers, visit),
            Asked::Number { answers, units } => {
                for number in answers {
                    number.feedback.iter_mut().for_each(&mut *visit);
                    match &mut number.value {
                        Amount::About { value, tolerance } => {
                            visit(value);
                            tolerance.iter_mut().for_each(&mut *visit);
                        }
                        Amount::Between(least, most) => {
                            visit(least);
                            visit(most);
                        }
                        Amount::Rest => {}
                    }
                }
                units.iter_mut().for_each(visit);
            }
            Asked::Matching(pairs) => {
                for (left, right) in pairs {
                    visit(left);
                    visit(right);
                }
            }
            Asked::Ordering(items) => items.iter_mut().for_each(visit),
            Asked::Essay(key) => key.iter_mut().for_each(visit),
            Asked::Gapped(parts) => {
                for part in parts {
                    match part {
                        Gapped::Text(text) => visit(text),
                        Gapped::Gap { answers, .. } => each_answer(answers, visit),
                    }
                }
            }
            Asked::Description => {}
        }
    }
}

fn each_answer(answers: &mut [Answer], visit: &mut dyn FnMut(&mut Text)) {
    for answer in answers {
        visit(&mut answer.text);
        answer.feedback.iter_mut().for_each(&mut *visit);
    }
}

impl Amount {
    /// Reads `3.14:0.005`, `1..5`, `42`, `*`; the error is what is no number.
    pub(in crate::bank) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() || text == "*" {
            return Ok(Self::Rest);
        }
        if let Some((least, most)) = text.split_once("..") {
            return Ok(Self::Between(number(least)?, number(most)?));
        }
        match text.split_once(':') {
            Some((value, tolerance)) => {
                let none = tolerance.trim().is_empty();
                Ok(Self::about(number(value)?, if none { None } else { Some(number(tolerance)?) }))
            }
            None => Ok(Self::about(number(text)?, None)),
        }
    }

    /// A number with its tolerance; one of 0 is none.
    pub(in crate::bank) fn about(value: Text, tolerance: Option<Text>) -> Self {
        let is_some = |tolerance: &Text| tolerance.text.parse::<f64>().is_ok_and(|value| value.abs() > 0.0);
        Self::About { value, tolerance: tolerance.filter(is_some) }
    }
}

/// A number as it is written; a comma may part its fraction.
pub(in crate::bank) fn number(text: &str) -> Result<Text, String> {
    let text = text.trim();
    let is_number = text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b"+-.,eE ".contains(&b))
        && text.replace(',', ".").replace(' ', "").parse::<f64>().is_ok();
    if is_number { Ok(Text::plain(text)) } else { Err(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_what_is_around_them() {
        let text = |text: &str| Text::plain(text);
        for (written, read) in [
            ("3.14:0.005", Ok(Amount::About { value: text("3.14"), tolerance: Some(text("0.005")) })),
            ("-7:0", Ok(Amount::About { value: text("-7"), tolerance: None })),
            (" 1,5 ", Ok(Amount::About { value: text("1,5"), tolerance: None })),
            ("1..5", Ok(Amount::Between(text("1"), text("5")))),
            ("*", Ok(Amount::Rest)),
            ("four", Err("four".to_owned())),
            ("1..x", Err("x".to_owned())),
            ("inf", Err("inf".to_owned())),
        ] {
            assert_eq!(Amount::parse(written), read, "{written}");
        }
    }
}
