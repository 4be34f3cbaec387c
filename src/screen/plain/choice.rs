//! Options to pick from.

use super::{Asked, Expects, Plain, Step};
use crate::error::Result;
use crate::model::{letter, letter_index};
use crate::study::{Marker, Options, Response, Turn, Unfit, Verdict};

pub(super) fn ask(
    plain: &mut Plain<'_, '_, '_, '_>,
    turn: &Turn,
    marker: &mut Marker,
    options: &Options,
) -> Result<Step> {
    let how = if options.several {
        "Several are right: type their letters, as in A C"
    } else {
        "Type the letter of the right one"
    };
    loop {
        show(plain, marker, options)?;
        loop {
            plain.prompt(how, Expects::Letters)?;
            match plain.read(turn, marker, Expects::Letters)? {
                Asked::Text(text) if text.is_empty() => break,
                Asked::Text(text) => match attempt(plain, turn, marker, options, &text)? {
                    Some(step) => return Ok(step),
                    None => break,
                },
                Asked::DontKnow => return plain.dont_know(turn, marker),
                Asked::Done(step) => return Ok(step),
                Asked::Again => {}
            }
        }
    }
}

pub(super) fn show(plain: &mut Plain<'_, '_, '_, '_>, marker: &Marker, options: &Options) -> Result<()> {
    for (place, option) in options.shown.iter().enumerate() {
        let note = if marker.is_crossed_out(place) { " (wrong)" } else { "" };
        plain.page.line(&format!("  {}) {}{note}", letter(place), option.text.replace('\n', "\n     ")))?;
    }
    Ok(())
}

fn attempt(
    plain: &mut Plain<'_, '_, '_, '_>,
    turn: &Turn,
    marker: &mut Marker,
    options: &Options,
    text: &str,
) -> Result<Option<Step>> {
    let Some(picks) = picks(text, options) else {
        let last = letter(options.shown.len().saturating_sub(1));
        plain.page.line(&format!("{text:?} is no letter from A to {last}."))?;
        return Ok(None);
    };
    let verdict = match marker.respond(&turn.question, &Response::Picks(picks.clone())) {
        Ok(verdict) => verdict,
        Err(unfit) => {
            plain.page.line(&match unfit {
                Unfit::NoSuchOption(letter) => format!("There is no option {letter}."),
                Unfit::CrossedOut(letter) => format!("Option {letter} is wrong, as you know already."),
                Unfit::OneOnly => "Only one option is right: type one letter.".to_owned(),
                Unfit::Empty | Unfit::Count(_) => "Type a letter.".to_owned(),
            })?;
            return Ok(None);
        }
    };
    if options.several
        && !turn.is_test()
        && let Verdict::Again(_) | Verdict::Spent(_) = &verdict
    {
        tell_parts(plain, options, &picks)?;
    }
    plain.judge(turn, marker, &verdict)
}

/// Which picks were right, and how many are missing.
fn tell_parts(plain: &mut Plain<'_, '_, '_, '_>, options: &Options, picks: &[usize]) -> Result<()> {
    let is_right = |place: &usize| options.shown.get(*place).is_some_and(|option| option.right);
    let mut picks = picks.to_vec();
    picks.sort_unstable();
    picks.dedup();
    for place in &picks {
        plain.page.line(&format!(
            "  {} is {}",
            letter(*place),
            if is_right(place) { "right" } else { "wrong" }
        ))?;
    }
    let right = options.shown.iter().filter(|option| option.right).count();
    let missing = right.saturating_sub(picks.iter().filter(|place| is_right(place)).count());
    if missing > 0 { plain.page.line(&format!("  {missing} of the right ones missing")) } else { Ok(()) }
}

/// A letter, else the text of an option, else several letters (`A C`, `a,c`, `AC`).
fn picks(text: &str, options: &Options) -> Option<Vec<usize>> {
    let letters = text.chars().filter(|c| !matches!(c, ' ' | ',' | ';'));
    let places = letters.map(letter_index).collect::<Option<Vec<usize>>>();
    let is_there = |places: &Vec<usize>| places.iter().all(|place| *place < options.shown.len());
    let one = places.clone().filter(|places| places.len() == 1 && is_there(places));
    let by_text = || options.shown_place(text).map(|place| vec![place]);
    one.or_else(by_text).or_else(|| places.filter(|places| places.len() == 1 || is_there(places)))
}
