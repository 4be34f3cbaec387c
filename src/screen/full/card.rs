//! What all kinds of cards show alike.

use super::highlight;
use super::paper::Paper;
use super::style::Look;
use crate::model::Code;
use crate::study::Question;

/// The question.
pub(super) fn prompt(paper: &mut Paper, question: &Question) {
    paper.text(&question.prompt, Look::Prompt);
}

/// A piece of code with its indentation.
pub(super) fn code(paper: &mut Paper, code: Option<&Code>) {
    let Some(code) = code else { return };
    paper.blank();
    language(paper, code);
    paper.code(&highlight::pieces(code), Look::Quiet);
}

/// The language above a piece of code.
pub(super) fn language(paper: &mut Paper, code: &Code) {
    if let Some(language) = &code.language {
        paper.text(language, Look::Quiet);
    }
}

/// What belongs behind the answer.
pub(super) fn after(paper: &mut Paper, question: &Question) {
    let after = &question.after;
    for (label, text) in [
        ("why", &after.explanation),
        ("mistakes", &after.mistakes),
        ("check", &after.check),
        ("source", &after.source),
    ] {
        if let Some(text) = text {
            paper.labelled(label, text, (Look::Quiet, Look::Plain));
        }
    }
}
