//! Notes: what an author writes.

use std::fmt;
use std::str::FromStr;

use super::blanks::has_gap;
use super::{Blanks, Choice, Cloze, DeckName, Fact, Field, Guid, Invalid, LEECH_TAG, Slot, Tags};

/// A note in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who it is on every device.
    pub guid: Guid,
    /// The id that its bank gives it.
    pub bank_id: Option<String>,
    /// Where the learner keeps it.
    pub deck: DeckName,
    /// Whether the learner marked it.
    pub marked: bool,
    /// Whether one of its cards was forgotten so often that it was suspended.
    pub leech: bool,
    /// What it says.
    pub content: Content,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Content {
    /// The question, the front of a fact, or the text of a cloze.
    pub prompt: String,
    /// A piece of code that belongs to the prompt.
    pub code: Option<Code>,
    /// What its kind has beside that.
    pub body: Body,
    /// Whether its texts are HTML; code, level, tags and source never are.
    pub html: bool,
    /// A nudge.
    pub hint: Option<String>,
    /// Why the answer is right, a step a line.
    pub explanation: Option<String>,
    /// Common mistakes, one a line.
    pub mistakes: Option<String>,
    /// One line by which the learner checks the answer.
    pub check: Option<String>,
    /// How hard the author thinks it is.
    pub difficulty: Option<Difficulty>,
    /// The maturity level that it is about.
    pub level: Option<String>,
    /// Its tags.
    pub tags: Tags,
    /// Where it comes from.
    pub source: Option<String>,
}

/// By what the cards of a note are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Its tags, `leech` too.
    pub tags: Tags,
    /// Its difficulty.
    pub difficulty: Option<Difficulty>,
    /// The maturity level that it is about.
    pub level: Option<String>,
}

/// The part of a note that depends on its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Body {
    /// A front and a back.
    Fact(Fact),
    /// A text with hidden parts.
    Cloze,
    /// Options of which one or several are right.
    Choice(Choice),
    /// Numbered gaps.
    Blanks(Blanks),
}

/// A piece of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// Its lines, indentation kept.
    pub text: String,
    /// Its language, as a code fence would name it.
    pub language: Option<String>,
}

/// The kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A front and a back.
    Fact,
    /// A text with hidden parts.
    Cloze,
    /// Options of which one or several are right.
    Choice,
    /// Numbered gaps.
    Blanks,
}

/// How hard an author thinks a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difficulty {
    /// Easy.
    Easy,
    /// Medium.
    Medium,
    /// Hard.
    Hard,
}

impl Note {
    /// Its tags, with `leech` if it is one.
    pub fn tags(&self) -> Tags {
        let tags = self.content.tags.clone();
        if self.leech { tags.with(LEECH_TAG) } else { tags }
    }
}

impl Content {
    /// The kind of note.
    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Fact(_) => Kind::Fact,
            Body::Cloze => Kind::Cloze,
            Body::Choice(_) => Kind::Choice,
            Body::Blanks(_) => Kind::Blanks,
        }
    }

    /// The text of the code, if there is some.
    pub fn code_text(&self) -> Option<&str> {
        self.code.as_ref().map(|code| code.text.as_str())
    }

    /// The cards that the note makes, or why it makes none.
    pub fn slots(&self) -> Result<Vec<Slot>, Invalid> {
        if self.prompt.is_empty() {
            return Err(Invalid::new(Field::Prompt, "the prompt is empty", "write the question here"));
        }
        match &self.body {
            Body::Fact(fact) => Ok(fact.slots()),
            Body::Cloze => Cloze::slots(&self.prompt, self.code_text()),
            Body::Choice(_) => Ok(Choice::slots()),
            Body::Blanks(_) => Ok(Blanks::slots()),
        }
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Fact, Self::Cloze, Self::Choice, Self::Blanks];

    /// The name in banks, on the screen and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Cloze => "cloze",
            Self::Choice => "choice",
            Self::Blanks => "blanks",
        }
    }

    /// The kind of a note that does not say it: cloze marks make a cloze, options a choice, gaps make blanks,
    /// else it is a fact. (Options beside gaps are a word bank.)
    pub fn infer(prompt: &str, code: &str, has_options: bool) -> Self {
        if Cloze::is_marked(prompt) || Cloze::is_marked(code) {
            Self::Cloze
        } else if has_gap(prompt) || has_gap(code) {
            Self::Blanks
        } else if has_options {
            Self::Choice
        } else {
            Self::Fact
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text)).ok_or(())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Difficulty {
    /// Every difficulty, easiest first.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

impl FromStr for Difficulty {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|difficulty| difficulty.name().eq_ignore_ascii_case(text)).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Gap;

    #[test]
    fn what_a_collection_holds_of_a_kind_is_written_for_ever_in_this_way() {
        let fact = Fact { answer: "back".into(), accept: vec!["b".into()], reversed: true, typed: true };
        let choice = Choice { options: vec!["a".into(), "b".into()], right: vec![1] };
        let gap = Gap { answer: "x".into(), accept: vec!["y".into()] };
        let blanks = Blanks { gaps: vec![gap], bank: vec!["x".into(), "z".into()] };
        for (json, written) in [
            (r#"{"accept":["b"],"reversed":true,"typed":true}"#, serde_json::to_string(&fact)),
            (r#"{"options":["a","b"],"right":[1]}"#, serde_json::to_string(&choice)),
            (r#"{"gaps":[{"answer":"x","accept":["y"]}],"bank":["x","z"]}"#, serde_json::to_string(&blanks)),
        ] {
            assert_eq!(written.unwrap(), json);
        }
        assert!(serde_json::from_str::<Choice>(r#"{"options":["a","b"],"right":[7]}"#).is_err());
    }
}
