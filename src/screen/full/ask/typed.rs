//! Answers that the learner types.

use tui_input::{Input, InputRequest};

use super::{Reaction, Shown};
use crate::screen::full::card;
use crate::screen::full::field;
use crate::screen::full::keys::Action;
use crate::screen::full::paper::{Paper, Piece};
use crate::screen::full::style::Look;
use crate::study::{Question, Response};

/// What was typed so far.
#[derive(Debug, Clone, Default)]
pub(in crate::screen::full) struct Entry {
    input: Input,
    /// What was typed before and is wrong.
    wrong: Vec<String>,
}

impl Entry {
    pub(super) fn act(&self, action: Action) -> Reaction {
        match action {
            Action::Submit => Reaction::Attempt(Response::Texts(vec![self.input.value().to_owned()])),
            _ => Reaction::Nothing,
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest) -> Reaction {
        field::edit(&mut self.input, request);
        Reaction::Changed
    }

    /// What was typed is wrong: another one may be typed.
    pub(super) fn after_attempt(&mut self) {
        self.wrong.push(self.input.value().trim().to_owned());
        self.input = Input::default();
    }

    pub(super) fn write(&self, paper: &mut Paper, question: &Question, shown: Shown) {
        card::prompt(paper, question);
        card::code(paper, question.code.as_ref());
        paper.blank();
        let start = paper.rows.len();
        for wrong in &self.wrong {
            paper.given("wrong", wrong, (Look::Wrong, Look::Plain));
        }
        if shown == Shown::Question {
            let mut pieces = vec![Piece::new("your answer: ", Look::Quiet)];
            pieces.extend(field::pieces(&self.input));
            paper.pieces(&pieces, ("", "  "));
        } else {
            if !self.input.value().trim().is_empty() {
                paper.given("typed", self.input.value().trim(), (Look::Quiet, Look::Plain));
            }
            paper.answer(&question.right_answer(), (Look::Quiet, Look::Right));
            card::after(paper, question);
        }
        paper.focus_from(start);
    }
}
