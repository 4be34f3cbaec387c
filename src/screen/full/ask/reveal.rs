//! Cards that the learner judges.

use super::Shown;
use crate::screen::full::card;
use crate::screen::full::paper::Paper;
use crate::screen::full::style::Look;
use crate::study::{Question, Reveal};

pub(super) fn write(paper: &mut Paper, question: &Question, reveal: &Reveal, shown: Shown) {
    card::prompt(paper, question);
    card::code(paper, question.code.as_ref());
    if shown == Shown::Question {
        return;
    }
    paper.blank();
    let start = paper.rows.len();
    paper.answer(&reveal.answer, (Look::Quiet, Look::Right));
    if let Some(text) = reveal.text.as_ref().filter(|text| **text != reveal.answer) {
        paper.text(text, Look::Plain);
    }
    card::code(paper, reveal.code.as_ref());
    card::after(paper, question);
    paper.focus_from(start);
}
