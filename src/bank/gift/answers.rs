//! What stands between the braces of a GIFT question.

use super::escape::text;
use super::question::truth;
use crate::bank::moodle::{Amount, Answer, Asked, Markup, Number, Text, find, no_number, worth};
use crate::text::one_line;

/// What is asked, and the feedback that everyone sees; or what is wrong and what to do.
pub(super) fn asked(inside: &str, markup: Markup) -> Result<(Asked, Option<Text>), (String, String)> {
    let (answers, general) = match general_mark(inside) {
        Some(at) => (inside.get(..at).unwrap_or_default(), inside.get(at + 4..)),
        None => (inside, None),
    };
    let general = general.map(|general| text(general, markup)).filter(|general| !general.is_empty());
    let answers = answers.trim();
    Ok((kind(answers, markup)?, general))
}

/// Where `####` stands.
fn general_mark(inside: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = inside.get(from..).and_then(|rest| rest.find("####")).map(|at| from + at) {
        if !inside.get(..at).is_some_and(|before| before.ends_with('\\')) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

fn kind(answers: &str, markup: Markup) -> Result<Asked, (String, String)> {
    if answers.is_empty() {
        return Ok(Asked::Essay(None));
    }
    if let Some(numbers) = answers.strip_prefix('#') {
        return numeric(numbers.trim(), markup);
    }
    let mut pieces = feedback_parts(answers);
    if let Some(right) = truth(pieces.next().unwrap_or_default()) {
        let (wrong_text, right_text) = (pieces.next(), pieces.next());
        return Ok(truth_choice(right, wrong_text, right_text, markup));
    }
    if !answers.starts_with(['=', '~']) {
        return Err((
            format!("the braces hold {:?}, which begins with neither = nor ~", one_line(answers, 30)),
            r"put = before a right answer, or write \{ and \} for braces of the text".to_owned(),
        ));
    }
    let (marked, has_wrong) = marked_answers(answers);
    if !has_wrong && marked.iter().all(|(_, answer)| pair(answer).is_some()) {
        let plain = if markup == Markup::Html { Markup::Html } else { Markup::Plain };
        let pairs = marked.iter().filter_map(|(_, answer)| pair(answer));
        return Ok(Asked::Matching(
            pairs.map(|(left, right)| (text(left, plain), text(right, plain))).collect(),
        ));
    }
    let has_right = marked.iter().any(|(is_right, _)| *is_right);
    let answers = marked.iter().map(|(is_right, written)| answer(*is_right, written, markup));
    if has_wrong {
        return Ok(Asked::Choice { answers: answers.collect(), several: !has_right });
    }
    // what is typed has no markup
    let typed = answers.map(|answer| Answer { text: Text::plain(answer.text.text), ..answer });
    Ok(Asked::Short(typed.collect()))
}

fn truth_choice(right: bool, wrong_text: Option<&str>, right_text: Option<&str>, markup: Markup) -> Asked {
    let answer = |value: bool| Answer {
        text: Text::plain(if value { "True" } else { "False" }),
        percent: if value == right { 100.0 } else { 0.0 },
        feedback: if value == right { right_text } else { wrong_text }.map(|feedback| text(feedback, markup)),
    };
    Asked::Choice { answers: vec![answer(true), answer(false)], several: false }
}

/// The answers of a list without their marks, whether each is right, and whether one is marked by `~`.
fn marked_answers(list: &str) -> (Vec<(bool, &str)>, bool) {
    let mut answers = Vec::new();
    let mut has_wrong = false;
    let mut rest = list;
    while let Some(mark) = rest.chars().next() {
        let after = rest.get(1..).unwrap_or_default();
        let end = outside_formulas(after).unwrap_or(after.len());
        let (answer, next) = after.split_at(end);
        rest = next;
        // `~=` is how some write a right answer
        if mark == '~' && answer.trim().is_empty() && next.starts_with('=') {
            has_wrong = true;
            continue;
        }
        has_wrong |= mark == '~';
        answers.push((mark == '=', answer.trim()));
    }
    (answers, has_wrong)
}

/// The longest formula that is looked for, in bytes.
const LONGEST_FORMULA: usize = 1000;

/// Where the next answer begins. Signs in a formula belong to it, though they should have a backslash.
fn outside_formulas(text: &str) -> Option<usize> {
    const SIGNS: [char; 2] = ['=', '~'];
    let (mut from, mut sign) = (0, find(text, &SIGNS)?);
    while let Some(open) = text.get(from..sign).and_then(|before| before.find(['$', '\\'])) {
        from += open;
        match text.get(from..).and_then(formula) {
            Some(length) => from += length,
            // what never closes is text
            None => from += 1,
        }
        if from > sign {
            sign = from + find(text.get(from..)?, &SIGNS)?;
        }
    }
    Some(sign)
}

/// The length of the formula that a text begins with: `\(..\)`, `$$..$$` or `$..$`.
fn formula(text: &str) -> Option<usize> {
    let mut cut = text.len().min(LONGEST_FORMULA);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let near = text.get(..cut)?;
    for (open, close) in [("\\(", "\\)"), ("$$", "$$")] {
        if let Some(inside) = near.strip_prefix(open) {
            return inside.find(close).map(|at| open.len() + at + close.len());
        }
    }
    let inside = near.strip_prefix('$').filter(|inside| !inside.starts_with(char::is_whitespace))?;
    // `$5` and `$x` are prices and variables
    let (at, _) = inside.match_indices('$').take(4).find(|(at, _)| {
        let (before, after) = (inside.get(..*at), inside.get(at + 1..));
        let is_end =
            before.is_some_and(|before| !before.ends_with(|c: char| c.is_whitespace() || "=~".contains(c)));
        is_end && after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_digit()))
    })?;
    (!inside.get(..at)?.contains(['\n', '\r'])).then_some(at + 2)
}

/// The two sides of a pair.
fn pair(answer: &str) -> Option<(&str, &str)> {
    answer.split_once("->")
}

/// A text and its feedback, each as it is written.
fn feedback_parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest.take()?;
        match find(here, &['#']) {
            Some(at) => {
                rest = here.get(at + 1..);
                here.get(..at)
            }
            None => Some(here),
        }
    })
}

fn answer(is_right: bool, written: &str, markup: Markup) -> Answer {
    let mut pieces = feedback_parts(written);
    let (worth_of, rest) = worth(pieces.next().unwrap_or_default());
    let stated = rest.len() < written.len() && written.trim_start().starts_with('%');
    let percent = if is_right && !stated { 100.0 } else { worth_of };
    Answer {
        text: text(rest, markup),
        percent,
        feedback: pieces.next().map(|feedback| text(feedback, markup)),
    }
}

fn numeric(numbers: &str, markup: Markup) -> Result<Asked, (String, String)> {
    let list =
        if numbers.starts_with(['=', '~']) { marked_answers(numbers).0 } else { vec![(true, numbers)] };
    let number = |(is_right, written): (bool, &str)| -> Result<Number, (String, String)> {
        let answer = answer(is_right, written, markup);
        let value = Amount::parse(&answer.text.text).map_err(|other| no_number(&other))?;
        Ok(Number { value, percent: answer.percent, feedback: answer.feedback })
    };
    let answers = list.into_iter().map(number).collect::<Result<_, _>>()?;
    Ok(Asked::Number { answers, units: Vec::new() })
}
