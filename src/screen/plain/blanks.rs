//! Gaps to fill.

use super::input::unescape;
use super::{Asked, Decided, Expects, Plain, Step};
use crate::error::Result;
use crate::study::{Gaps, Marker, Response, Turn, Verdict, difference};

pub(super) fn ask(
    plain: &mut Plain<'_, '_, '_, '_>,
    turn: &Turn,
    marker: &mut Marker,
    gaps: &Gaps,
) -> Result<Step> {
    loop {
        bank(plain, gaps)?;
        let open: Vec<usize> = marker
            .filled()
            .iter()
            .enumerate()
            .filter(|(_, filled)| filled.is_none())
            .map(|(place, _)| place)
            .collect();
        let mut texts = Vec::with_capacity(open.len());
        for place in open {
            match fill(plain, turn, marker, gaps, place)? {
                Asked::Text(text) => texts.push(text),
                Asked::DontKnow => return plain.dont_know(turn, marker),
                Asked::Done(step) => return Ok(step),
                Asked::Again => {}
            }
        }
        let Ok(mut verdict) = marker.respond(&turn.question, &Response::Texts(texts)) else { continue };
        if let Verdict::Near(typed) = &verdict {
            let shown: Vec<String> = typed
                .iter()
                .zip(&gaps.answers)
                .map(|(typed, gap)| difference(typed, gap.nearest(typed)))
                .collect();
            verdict = match plain.decide(turn, marker, &shown.join("\n"))? {
                Decided::Verdict(verdict) => verdict,
                Decided::Done(step) => return Ok(step),
            };
        }
        match &verdict {
            Verdict::Again(parts) | Verdict::Spent(parts) if parts.len() > 1 && !turn.is_test() => {
                for (place, part) in parts.iter().enumerate() {
                    plain.page.line(&format!(
                        "  gap {} is {}",
                        place + 1,
                        if *part { "right" } else { "wrong" }
                    ))?;
                }
            }
            Verdict::Right(_) | Verdict::Near(_) | Verdict::Again(_) | Verdict::Spent(_) => {}
        }
        if let Some(step) = plain.judge(turn, marker, &verdict)? {
            return Ok(step);
        }
    }
}

pub(super) fn bank(plain: &mut Plain<'_, '_, '_, '_>, gaps: &Gaps) -> Result<()> {
    for (place, word) in gaps.bank.iter().enumerate() {
        plain.page.line(&format!("  #{} {word}", place + 1))?;
    }
    Ok(())
}

/// Asks for one gap until there is a text for it.
fn fill(
    plain: &mut Plain<'_, '_, '_, '_>,
    turn: &Turn,
    marker: &mut Marker,
    gaps: &Gaps,
    place: usize,
) -> Result<Asked> {
    let how = if gaps.bank.is_empty() {
        "type what belongs there"
    } else {
        "type the word or its number, as in #2"
    };
    loop {
        plain.prompt(&format!("Gap {}: {how}", place + 1), Expects::Text)?;
        match plain.read(turn, marker, Expects::Text)? {
            Asked::Text(text) if text.trim().is_empty() => {}
            Asked::Text(text)
                if !gaps.bank.iter().any(|word| word == text.trim())
                    && plain.lacks_colon(&text, &gaps.answers)? => {}
            Asked::Text(text) => match word(&text, gaps) {
                Some(word) => return Ok(Asked::Text(word)),
                None => plain.page.line(&format!("There is no word {}.", text.trim()))?,
            },
            Asked::Again => {}
            done @ (Asked::DontKnow | Asked::Done(_)) => return Ok(done),
        }
    }
}

/// What a line puts into a gap: `#2` is the second word of the bank.
fn word(line: &str, gaps: &Gaps) -> Option<String> {
    let line = line.trim();
    let number = |digits: &str| digits.trim().parse::<usize>().ok().filter(|_| !gaps.bank.is_empty());
    let word = |number: usize| number.checked_sub(1).and_then(|place| gaps.bank.get(place)).cloned();
    match line.strip_prefix('#').and_then(number) {
        Some(number) => word(number),
        // a bare number means a word as well, unless it is one
        None if gaps.bank.iter().any(|word| word == line) => Some(line.to_owned()),
        None => number(line).and_then(word).or_else(|| Some(unescape(line).to_owned())),
    }
}
