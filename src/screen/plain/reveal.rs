//! Cards that the learner judges.

use super::{Asked, Expects, Plain, Step};
use crate::error::Result;
use crate::model::State;
use crate::study::{Marker, Reveal, Turn};
use crate::text;

pub(super) fn ask(
    plain: &mut Plain<'_, '_, '_, '_>,
    turn: &Turn,
    marker: &mut Marker,
    reveal: &Reveal,
) -> Result<Step> {
    loop {
        plain.prompt("Enter shows the answer", Expects::Keys)?;
        match plain.read(turn, marker, Expects::Keys)? {
            Asked::Text(text) if text.is_empty() => break,
            Asked::Text(_) => plain.page.line("An empty line shows the answer; then it can be graded.")?,
            Asked::DontKnow => {
                show(plain, reveal)?;
                return plain.dont_know(turn, marker);
            }
            Asked::Done(step) => return Ok(step),
            Asked::Again => {}
        }
    }
    show(plain, reveal)?;
    grade(plain, turn, marker)
}

fn show(plain: &mut Plain<'_, '_, '_, '_>, reveal: &Reveal) -> Result<()> {
    plain.page.labelled("answer", &reveal.answer)?;
    if let Some(text) = reveal.text.as_ref().filter(|text| **text != reveal.answer) {
        plain.page.block(text)?;
    }
    plain.page.code(reveal.code.as_ref())
}

fn grade(plain: &mut Plain<'_, '_, '_, '_>, turn: &Turn, marker: &mut Marker) -> Result<Step> {
    let keys = turn.grading.keys();
    let menu: Vec<String> = keys
        .iter()
        .map(|(key, grade)| {
            let state = turn.preview.get(usize::from(grade.number()));
            format!("{key} {}{}", grade.name(), state.map(interval).unwrap_or_default())
        })
        .collect();
    loop {
        plain.prompt(&format!("How well did you know it? {}", menu.join(", ")), Expects::Keys)?;
        match plain.read(turn, marker, Expects::Keys)? {
            Asked::Text(text) => {
                let mut chars = text.chars();
                let key = chars.next().filter(|_| chars.next().is_none());
                if let Some(grade) = key.and_then(|key| turn.grading.grade(key)) {
                    return plain.finish(turn, marker.answer(grade, 0), "Graded.");
                }
            }
            Asked::DontKnow => return plain.dont_know(turn, marker),
            Asked::Done(step) => return Ok(step),
            Asked::Again => {}
        }
    }
}

fn interval(state: &State) -> String {
    if state.interval == 0 { String::new() } else { format!(" ({})", text::count(state.interval, "day")) }
}
