//! Cards that the learner judges.

use super::{Asked, Expects, Plain, Step};
use crate::error::Result;
use crate::model::Grade;
use crate::study::{Marker, Reveal, Stage, Turn};
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
                show(plain, turn, reveal)?;
                return plain.graded(turn, marker.answer(Grade::NOTHING));
            }
            Asked::Done(step) => return Ok(step),
            Asked::Again => {}
        }
    }
    show(plain, turn, reveal)?;
    grade(plain, turn, marker)
}

fn show(plain: &mut Plain<'_, '_, '_, '_>, turn: &Turn, reveal: &Reveal) -> Result<()> {
    plain.page.labelled("answer", &reveal.answer)?;
    if let Some(text) = reveal.text.as_ref().filter(|text| **text != reveal.answer) {
        plain.page.block(text)?;
    }
    plain.page.code(reveal.code.as_ref())?;
    plain.after(turn)
}

fn grade(plain: &mut Plain<'_, '_, '_, '_>, turn: &Turn, marker: &mut Marker) -> Result<Step> {
    let keys = turn.grading.keys();
    let menu: Vec<String> =
        keys.iter().map(|(key, grade)| format!("{key} {}{}", grade.name(), outlook(turn, *grade))).collect();
    loop {
        plain.prompt(&format!("How well did you know it? {}", menu.join(", ")), Expects::Keys)?;
        match plain.read(turn, marker, Expects::Keys)? {
            Asked::Text(text) => {
                let mut chars = text.chars();
                let key = chars.next().filter(|_| chars.next().is_none());
                if let Some(grade) = key.and_then(|key| turn.grading.grade(key)) {
                    return plain.graded(turn, marker.answer(grade));
                }
                let keys: Vec<String> = keys.iter().map(|(key, _)| key.to_string()).collect();
                plain.page.line(&format!("Type one of {}.", keys.join(", ")))?;
            }
            Asked::DontKnow => return plain.graded(turn, marker.answer(Grade::NOTHING)),
            Asked::Done(step) => return Ok(step),
            Asked::Again => {}
        }
    }
}

/// When the card would come again.
fn outlook(turn: &Turn, grade: Grade) -> String {
    if grade.needs_drill() {
        return " (again today)".to_owned();
    }
    match turn.preview.get(usize::from(grade.number())) {
        Some(state) if matches!(turn.stage, Stage::Due | Stage::New) => {
            format!(" ({})", text::count(state.interval, "day"))
        }
        _ => String::new(),
    }
}
