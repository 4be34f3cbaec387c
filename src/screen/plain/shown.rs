//! New cards that are only shown: front and back together.

use super::{Asked, Expects, Plain, Step, blanks, choice, reveal};
use crate::error::Result;
use crate::study::{Ask, Marker, Turn};

pub(super) fn show(plain: &mut Plain<'_, '_, '_, '_>, turn: &Turn, marker: &mut Marker) -> Result<Step> {
    match &turn.question.ask {
        Ask::Reveal(answer) => reveal::show(plain, turn, answer)?,
        Ask::Choice(options) => {
            choice::show(plain, marker, options)?;
            answer(plain, turn)?;
        }
        Ask::Blanks(gaps) => {
            blanks::bank(plain, gaps)?;
            answer(plain, turn)?;
        }
        Ask::Typed(_) => answer(plain, turn)?,
    }
    loop {
        plain.prompt("Enter goes on; the card is asked in a moment", Expects::Nothing)?;
        match plain.read(turn, marker, Expects::Nothing)? {
            Asked::Text(text) if text.is_empty() => {
                plain.session.seen()?;
                return Ok(Step::Next);
            }
            Asked::Text(_) | Asked::DontKnow => {
                plain.page.line("An empty line goes on; nothing is asked yet.")?;
            }
            Asked::Done(step) => return Ok(step),
            Asked::Again => {}
        }
    }
}

fn answer(plain: &mut Plain<'_, '_, '_, '_>, turn: &Turn) -> Result<()> {
    plain.page.labelled("answer", &turn.question.right_answer())?;
    plain.after(turn)
}
