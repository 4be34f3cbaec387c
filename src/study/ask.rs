//! The ways in which a question is answered.

use super::compare::{Likeness, compare};
use crate::model::Code;
use crate::text::fold;

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// The learner looks at the answer and judges.
    Reveal(Reveal),
    /// The learner types it.
    Typed(Typed),
    /// The learner picks among options.
    Choice(Options),
    /// The learner fills gaps.
    Blanks(Gaps),
}

/// An answer to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// The answer.
    pub answer: String,
    /// The whole text with the answer in its place, where that says more.
    pub text: Option<String>,
    /// The code with the answer in its place, where it hides some of it.
    pub code: Option<Code>,
}

/// An answer to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The answer.
    pub answer: String,
    /// Others that are as good.
    pub accept: Vec<String>,
}

impl Typed {
    /// How what was typed compares with the best of the accepted answers.
    pub fn likeness(&self, typed: &str) -> Likeness {
        let each = std::iter::once(&self.answer).chain(&self.accept).map(|answer| compare(typed, answer));
        each.min().unwrap_or(Likeness::Other)
    }

    /// The accepted answer that is nearest to what was typed.
    pub fn nearest(&self, typed: &str) -> &str {
        let distance = |answer: &&String| strsim::damerau_levenshtein(&fold(typed), &fold(answer));
        std::iter::once(&self.answer).chain(&self.accept).min_by_key(distance).map_or("", String::as_str)
    }
}

/// Options in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The options.
    pub shown: Vec<Shown>,
    /// Whether several are right.
    pub several: bool,
}

/// An option as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its text.
    pub text: String,
    /// Its place in the note.
    pub stored: usize,
    /// Whether it is right.
    pub right: bool,
}

/// Gaps to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gaps {
    /// The answer of each gap in order, and what is as good.
    pub answers: Vec<Typed>,
    /// The words to choose from in the order in which they are shown; empty if one types freely.
    pub bank: Vec<String>,
}
