//! The kinds of questions on the screen: what the learner has typed or picked so far, and how it looks.

mod blanks;
mod choice;
mod reveal;
mod typed;

use tui_input::InputRequest;

use super::keys::{Action, Place};
use super::paper::{Paper, Target};
use crate::study::{Ask, Marker, Question, Response, Unfit};

/// What the learner has entered so far.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Reveal,
    Typed(typed::Entry),
    Choice(choice::Entry),
    Blanks(blanks::Entry),
}

/// What came of a key or a click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reaction {
    /// Nothing is done with it here.
    Nothing,
    /// The entry is another one now.
    Changed,
    /// It is to be marked.
    Attempt(Response),
    /// It can't be: why.
    Say(String),
}

/// How much of the answer may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Question,
    Answer,
}

impl Entry {
    pub(super) fn new(question: &Question) -> Self {
        match &question.ask {
            Ask::Reveal(_) => Self::Reveal,
            Ask::Typed(_) => Self::Typed(typed::Entry::default()),
            Ask::Choice(options) => Self::Choice(choice::Entry::new(options)),
            Ask::Blanks(gaps) => Self::Blanks(blanks::Entry::new(gaps)),
        }
    }

    /// Where the learner is while the card is asked.
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Reveal => Place::Front,
            Self::Typed(_) => Place::Text,
            Self::Choice(entry) => Place::Options(entry.count()),
            Self::Blanks(_) => Place::Gap,
        }
    }

    /// Does what a key of the table says.
    pub(super) fn act(&mut self, action: Action, question: &Question, marker: &Marker) -> Reaction {
        match (self, &question.ask) {
            (Self::Typed(entry), Ask::Typed(_)) => entry.act(action),
            (Self::Choice(entry), Ask::Choice(options)) => entry.act(action, options, marker),
            (Self::Blanks(entry), Ask::Blanks(gaps)) => entry.act(action, gaps, marker),
            _ => Reaction::Nothing,
        }
    }

    /// Changes a text.
    pub(super) fn edit(&mut self, request: InputRequest, question: &Question, marker: &Marker) -> Reaction {
        match (self, &question.ask) {
            (Self::Typed(entry), Ask::Typed(_)) => entry.edit(request),
            (Self::Choice(entry), Ask::Choice(options)) => match request {
                InputRequest::InsertChar(letter) => entry.letter(letter, options, marker),
                _ => Reaction::Nothing,
            },
            (Self::Blanks(entry), Ask::Blanks(gaps)) => entry.edit(request, gaps, marker),
            _ => Reaction::Nothing,
        }
    }

    /// Takes a character of a paste: whatever it is, it is text.
    pub(super) fn paste(&mut self, c: char) -> Reaction {
        match self {
            Self::Typed(entry) => entry.edit(InputRequest::InsertChar(c)),
            Self::Blanks(entry) => entry.write_in(InputRequest::InsertChar(c)),
            Self::Reveal | Self::Choice(_) => Reaction::Nothing,
        }
    }

    /// Takes a click.
    pub(super) fn click(&mut self, target: Target, question: &Question, marker: &Marker) -> Reaction {
        match (self, &question.ask, target) {
            (Self::Choice(entry), Ask::Choice(options), Target::Option(place)) => {
                entry.take(place, options, marker)
            }
            (Self::Blanks(entry), Ask::Blanks(gaps), target) => entry.click(target, gaps, marker),
            _ => Reaction::Nothing,
        }
    }

    /// An attempt was wrong: what cannot be right goes.
    pub(super) fn after_attempt(&mut self, marker: &Marker) {
        match self {
            Self::Reveal => {}
            Self::Typed(entry) => entry.after_attempt(),
            Self::Choice(entry) => entry.after_attempt(marker),
            Self::Blanks(entry) => entry.after_attempt(marker),
        }
    }

    /// Writes the question, with the answer if that may be seen.
    pub(super) fn write(&self, paper: &mut Paper, question: &Question, marker: &Marker, shown: Shown) {
        match (self, &question.ask) {
            (Self::Reveal, Ask::Reveal(reveal)) => reveal::write(paper, question, reveal, shown),
            (Self::Typed(entry), Ask::Typed(_)) => entry.write(paper, question, shown),
            (Self::Choice(entry), Ask::Choice(options)) => {
                entry.write(paper, question, options, marker, shown);
            }
            (Self::Blanks(entry), Ask::Blanks(gaps)) => entry.write(paper, question, gaps, marker, shown),
            _ => {}
        }
    }
}

/// Why something is no attempt, in words.
pub(super) fn unfit(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Empty => "There is nothing to mark yet.".to_owned(),
        Unfit::NoSuchOption(letter) => format!("There is no option {letter}."),
        Unfit::CrossedOut(letter) => format!("Option {letter} is wrong, as you know already."),
        Unfit::OneOnly => "Only one option is right.".to_owned(),
        Unfit::Count(_) => "Fill every gap first.".to_owned(),
    }
}
