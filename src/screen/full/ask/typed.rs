//! Answers that the learner types.

use tui_input::{Input, InputRequest};

use super::{Reaction, Shown};
use crate::screen::full::card;
use crate::screen::full::field;
use crate::screen::full::keys::Action;
use crate::screen::full::paper::Paper;
use crate::screen::full::style::{QUIET, RIGHT};
use crate::study::{Marker, Question, Response};

/// What was typed so far.
#[derive(Debug, Clone, Default)]
pub(in crate::screen::full) struct Entry(Input);

impl Entry {
    pub(super) fn act(&self, action: Action) -> Reaction {
        match action {
            Action::Submit => Reaction::Attempt(Response::Texts(vec![self.0.value().to_owned()])),
            _ => Reaction::Nothing,
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest) -> Reaction {
        field::edit(&mut self.0, request);
        Reaction::Changed
    }

    pub(super) fn write(&self, paper: &mut Paper, question: &Question, marker: &Marker, shown: Shown) {
        card::prompt(paper, question);
        card::code(paper, question.code.as_ref());
        paper.blank();
        let start = paper.rows.len();
        card::tried(paper, marker);
        if shown == Shown::Question {
            let mut pieces = vec![crate::screen::full::paper::Piece::new("your answer: ", QUIET)];
            pieces.extend(field::pieces(&self.0));
            paper.pieces(&pieces, ("", "  "));
        } else {
            paper.labelled("answer", &question.right_answer(), (QUIET, RIGHT));
            card::after(paper, question);
        }
        paper.focus_from(start);
    }
}
