//! The quality of a bank before anybody learns from it.

mod figures;
mod options;
mod order;
mod stem;
mod whole;
mod words;

use serde::Serialize;

pub use figures::{Figures, Places, Reading, Share};

use crate::model::{Body, Choice, Content};
use crate::text;

/// A question of a bank.
#[derive(Debug, Clone)]
pub struct Item {
    /// The line of the file on which it starts, from 1.
    line: u64,
    /// What a person sees of it.
    content: Content,
}

impl Item {
    /// The question that starts on a line, from 1.
    pub fn new(line: u64, content: &Content) -> Self {
        Self { line, content: content.readable().into_owned() }
    }

    /// What a person sees of it.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// The line of the file on which it starts, from 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// Its options, if it has some.
    pub fn choice(&self) -> Option<&Choice> {
        match &self.content.body {
            Body::Choice(choice) => Some(choice),
            Body::Fact(_) | Body::Cloze | Body::Blanks(_) => None,
        }
    }

    /// Its options, and the place of the one that is right, if one alone is.
    fn single(&self) -> Option<(&[String], usize)> {
        match self.choice().map(|choice| (choice.options.as_slice(), choice.right.as_slice())) {
            Some((options, [right])) => Some((options, *right)),
            _ => None,
        }
    }

    /// Words that are read before it can be answered.
    fn words(&self) -> usize {
        let options = self.choice().map(|choice| choice.options.as_slice()).unwrap_or_default();
        let texts = [self.content.prompt.as_str(), self.content.code_text().unwrap_or_default()];
        let texts = texts.into_iter().chain(options.iter().map(String::as_str));
        texts.map(|text| text.split_whitespace().count()).sum()
    }
}

/// A bank that is judged.
#[derive(Debug, Clone, Default)]
pub struct Bank {
    /// Its questions, in the order of the file.
    pub items: Vec<Item>,
    /// Lines of questions that stand in it once more, and what is said of each.
    pub doubles: Vec<(u64, String)>,
    /// Pairs of questions that are nearly the same, by their places in `items`.
    pub alike: Vec<(usize, usize)>,
}

impl Bank {
    fn line(&self, place: usize) -> Option<u64> {
        self.items.get(place).map(|item| item.line)
    }
}

/// Something that could be better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The lines of the questions that it is about.
    pub lines: Vec<u64>,
    /// What was found.
    pub message: String,
}

impl Finding {
    fn new(lines: impl IntoIterator<Item = u64>, message: impl Into<String>) -> Self {
        Self { lines: lines.into_iter().collect(), message: text::legible(message.into()) }
    }
}

/// A rule for good questions.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rule {
    /// The name by which programs know it.
    #[serde(rename = "rule")]
    pub name: &'static str,
    /// Why it matters.
    pub reason: &'static str,
    /// Where that was found out.
    pub source: &'static str,
    /// What to do about it.
    pub mend: &'static str,
    /// What of a bank breaks it.
    #[serde(skip)]
    find: fn(&Bank) -> Vec<Finding>,
}

/// Every rule, in the order in which they are told.
static RULES: [Rule; 13] = [
    whole::DOUBLES,
    whole::ALIKE,
    order::POSITION,
    options::LONGEST,
    options::ABSOLUTE,
    options::ALL_OF_THEM,
    options::NONE_OF_THEM,
    stem::NEGATIVE,
    stem::DOUBLE_NEGATIVE,
    stem::LONG,
    whole::UNEXPLAINED,
    whole::MIX,
    whole::COVERAGE,
];

/// What a standard normal variable exceeds once in a hundred times: a pattern is what chance makes less often.
const ONE_PERCENT: f64 = 2.326;

/// Three decades of textbooks and studies in one list of guidelines, on which several rules rest.
const GUIDELINES: &str = "A review of multiple-choice item-writing guidelines for classroom assessment, Applied Measurement in \
    Education 15(3), 2002, doi:10.1207/S15324818AME1503_5";

/// What breaks one rule.
#[derive(Debug, Clone, Serialize)]
pub struct Broken {
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// What breaks it.
    pub findings: Vec<Finding>,
}

/// The figures of a bank, and the rules that something in it breaks.
pub fn judge(bank: &Bank) -> (Figures, Vec<Broken>) {
    let broken = RULES.iter().map(|rule| Broken { rule: *rule, findings: (rule.find)(bank) });
    (Figures::of(bank), broken.filter(|broken| !broken.findings.is_empty()).collect())
}

#[cfg(test)]
mod tests;
