//! Answers that the learner types.

use super::input::unescape;
use super::{Asked, Decided, Expects, Plain, Step};
use crate::error::Result;
use crate::study::{Marker, Response, Turn, Typed, Verdict, difference};

pub(super) fn ask(
    plain: &mut Plain<'_, '_, '_, '_>,
    turn: &Turn,
    marker: &mut Marker,
    right: &Typed,
) -> Result<Step> {
    loop {
        plain.prompt("Type the answer", Expects::Text)?;
        match plain.read(turn, marker, Expects::Text)? {
            Asked::Text(text) => {
                if plain.lacks_colon(&text, std::slice::from_ref(right))? {
                    continue;
                }
                let text = unescape(&text).to_owned();
                // an empty line is no attempt: the prompt comes again
                let Ok(mut verdict) = marker.respond(&turn.question, &Response::Texts(vec![text])) else {
                    continue;
                };
                if let Verdict::Near(typed) = &verdict {
                    let typed = typed.concat();
                    let shown = difference(&typed, right.nearest(&typed));
                    verdict = match plain.decide(turn, marker, &shown)? {
                        Decided::Verdict(verdict) => verdict,
                        Decided::Done(step) => return Ok(step),
                    };
                }
                if let Some(step) = plain.judge(turn, marker, &verdict)? {
                    return Ok(step);
                }
            }
            Asked::DontKnow => return plain.dont_know(turn, marker),
            Asked::Done(step) => return Ok(step),
            Asked::Again => {}
        }
    }
}
