//! What a question asks as the body of a note.

use super::question::Amount;
use super::{Answer, Asked, Gapped, Mend, Number, Text};
use crate::bank::bodies;
use crate::model::{Blanks, Body, Choice, Fact, Gap, GapPiece, gap_pieces};
use crate::text;

/// A problem: what is wrong, and what to do.
type Fault = (String, String);

/// What a question gave.
pub(super) struct Made {
    pub(super) prompt: String,
    pub(super) body: Body,
    /// Lines of explanation.
    pub(super) lines: Vec<String>,
    /// What its author should know.
    pub(super) notes: Vec<Fault>,
}

impl Made {
    fn new(prompt: String, body: Body) -> Self {
        Self { prompt, body, lines: Vec::new(), notes: Vec::new() }
    }
}

/// Where the missing word stands.
pub(super) const MISSING: &str = "_____";

/// The body of a question. All its texts have one form, in which `breaks` ends a line.
pub(super) fn made(prompt: String, asked: Asked, breaks: &str, mend: Mend) -> Result<Made, Fault> {
    match asked {
        Asked::Choice { answers, several } => choice(prompt, answers, several, mend),
        Asked::Short(answers) => short(prompt, &answers, mend),
        Asked::Number { answers, units } => number(prompt, answers, &units, mend),
        Asked::Matching(pairs) => matching(&prompt, pairs, breaks),
        Asked::Ordering(items) => {
            let items: Vec<String> = items.into_iter().map(|item| item.text).collect();
            let content = bodies::ordering(&prompt, &items, breaks != "\n");
            let content = content.map_err(|refusal| (refusal.message, refusal.fix))?;
            Ok(Made::new(content.prompt, content.body))
        }
        Asked::Essay(key) => match key.filter(|key| !key.is_empty()) {
            Some(key) => Ok(Made::new(prompt, fact(key.text, Vec::new(), false))),
            None => Err(("an essay has no answer that could be asked".to_owned(), mend.essay.to_owned())),
        },
        Asked::Gapped(parts) => gapped(prompt, parts, mend),
        Asked::Description => Err(("it asks nothing".to_owned(), mend.right.to_owned())),
    }
}

fn fact(answer: String, accept: Vec<String>, typed: bool) -> Body {
    Body::Fact(Fact { answer, accept, reversed: false, typed })
}

/// Whether an answer is worth everything.
fn is_whole(percent: f64) -> bool {
    percent > 99.9
}

fn no_right(mend: Mend) -> Fault {
    ("no answer is marked as right".to_owned(), mend.right.to_owned())
}

fn choice(prompt: String, answers: Vec<Answer>, several: bool, mend: Mend) -> Result<Made, Fault> {
    let is_right = |answer: &Answer| if several { answer.percent > 0.0 } else { is_whole(answer.percent) };
    let right: Vec<usize> =
        answers.iter().enumerate().filter(|(_, answer)| is_right(answer)).map(|(place, _)| place).collect();
    if right.is_empty() {
        return Err(no_right(mend));
    }
    let lines = answers.iter().filter_map(feedback_line).collect();
    let options = answers.into_iter().map(|answer| answer.text.text).collect();
    Ok(Made { lines, ..Made::new(prompt, Body::Choice(Choice { options, right })) })
}

/// `Option text: feedback`.
fn feedback_line(answer: &Answer) -> Option<String> {
    let feedback = answer.feedback.as_ref().filter(|feedback| !feedback.is_empty())?;
    Some(line_of(&answer.text.text, &feedback.text))
}

fn line_of(answer: &str, feedback: &str) -> String {
    let answer = Some(answer.trim()).filter(|answer| !answer.is_empty() && *answer != "*");
    format!("{}: {}", answer.unwrap_or("Other answers"), feedback.trim())
}

fn partial(answer: &str, percent: f64) -> Fault {
    let shown = text::one_line(answer, 30);
    (
        format!("{shown:?} is worth {percent:.0} %, so it is neither right nor wrong; it is left out"),
        "make it worth 100 % if it should be accepted".to_owned(),
    )
}

/// The texts that are right, the first one being the answer.
fn right_texts(
    answers: &[Answer],
    notes: &mut Vec<Fault>,
    mend: Mend,
) -> Result<(String, Vec<String>), Fault> {
    let mut right: Vec<String> = Vec::new();
    let mut any = None;
    for answer in answers {
        let written = answer.text.text.trim();
        if answer.percent > 0.0 && !is_whole(answer.percent) {
            notes.push(partial(written, answer.percent));
        }
        if !is_whole(answer.percent) {
            continue;
        }
        match without_stars(written) {
            Some((exact, starred)) => {
                if starred {
                    let shown = text::one_line(&exact, 30);
                    notes.push((
                        format!("the * in {:?} stands for any text", text::one_line(written, 30)),
                        format!("only {shown:?} is accepted; add other answers if there are some"),
                    ));
                }
                right.push(exact);
            }
            None => any = Some(written),
        }
    }
    let mut seen = std::collections::HashSet::new();
    right.retain(|text| seen.insert(text.clone()));
    let mut right = right.into_iter();
    match (right.next(), any) {
        (Some(first), _) => Ok((first, right.collect())),
        (None, Some(any)) => Err((
            format!("the right answer {:?} stands for many texts", text::one_line(any, 30)),
            "write one answer without *".to_owned(),
        )),
        (None, None) => Err(no_right(mend)),
    }
}

/// An answer without the stars around it, and whether there were some; none if stars within it stand for any text.
fn without_stars(answer: &str) -> Option<(String, bool)> {
    if !answer.contains('*') {
        return Some((answer.to_owned(), false));
    }
    let literal = answer.replace("\\*", "\u{0}");
    let bare = literal.trim_matches('*').trim();
    let starred = literal.contains('*');
    (!bare.is_empty() && !bare.contains('*')).then(|| (bare.replace('\u{0}', "*"), starred))
}

fn short(prompt: String, answers: &[Answer], mend: Mend) -> Result<Made, Fault> {
    let mut notes = Vec::new();
    let (answer, accept) = right_texts(answers, &mut notes, mend)?;
    let lines = answers.iter().filter_map(feedback_line).collect();
    Ok(Made { lines, notes, ..Made::new(prompt, fact(answer, accept, true)) })
}

fn number(prompt: String, answers: Vec<Number>, units: &[Text], mend: Mend) -> Result<Made, Fault> {
    let (mut lines, mut notes, mut values, mut ranges) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Number { value, percent, feedback } in answers {
        let right = is_whole(percent);
        let (written, bounds) = match value {
            Amount::About { value, tolerance } => {
                if right {
                    values.push(value.text.clone());
                }
                let bounds =
                    tolerance.map(|tolerance| format!("Right within {} of {}", tolerance.text, value.text));
                (value.text, bounds)
            }
            Amount::Between(least, most) => {
                let range = format!("{} to {}", least.text, most.text);
                if right {
                    ranges.push(range.clone());
                }
                let bounds = format!("Right from {range}");
                (range, Some(bounds))
            }
            Amount::Rest => (String::new(), None),
        };
        if percent > 0.0 && !right {
            notes.push(partial(&written, percent));
        }
        lines.extend(bounds.filter(|_| right));
        if let Some(feedback) = feedback.filter(|feedback| !feedback.is_empty()) {
            lines.push(line_of(&written, &feedback.text));
        }
    }
    let unit = units.first().map(|unit| unit.text.trim()).filter(|unit| !unit.is_empty());
    lines.extend(unit.map(|unit| format!("Unit: {unit}")));
    let body = match (values.is_empty(), ranges.is_empty()) {
        (true, true) => return Err(no_right(mend)),
        // a range has no spelling that could be compared with what was typed
        (true, false) => {
            lines.retain(|line| !line.starts_with("Right from "));
            fact(ranges.join(", "), Vec::new(), false)
        }
        (false, _) => {
            let answer = values.remove(0);
            let with_unit = unit.map(|unit| format!("{answer} {unit}"));
            values.retain(|value| *value != answer);
            fact(answer, values.into_iter().chain(with_unit).collect(), true)
        }
    };
    Ok(Made { lines, notes, ..Made::new(prompt, body) })
}

fn matching(prompt: &str, pairs: Vec<(Text, Text)>, breaks: &str) -> Result<Made, Fault> {
    let mut lines = vec![prompt.trim().to_owned()];
    let (mut gaps, mut bank, mut seen) = (Vec::new(), Vec::new(), std::collections::HashSet::new());
    for (left, right) in pairs {
        let (left, right) = (left.text.trim().to_owned(), right.text.trim().to_owned());
        if right.is_empty() {
            if left.is_empty() {
                continue;
            }
            return Err((
                format!("{:?} has no partner", text::one_line(&left, 30)),
                "write its partner, or take it out".to_owned(),
            ));
        }
        if seen.insert(right.clone()) {
            bank.push(right.clone());
        }
        if !left.is_empty() {
            gaps.push(Gap { answer: right, accept: Vec::new() });
            lines.push(format!("{left} → __{}__", gaps.len()));
        }
    }
    if gaps.is_empty() {
        return Err(("there is no pair to match".to_owned(), "write two pairs or more".to_owned()));
    }
    lines.retain(|line| !line.is_empty());
    blanks(lines.join(breaks), gaps, bank)
}

/// A note with gaps, if the marks in its text are those of its gaps and no others.
fn blanks(prompt: String, gaps: Vec<Gap>, bank: Vec<String>) -> Result<Made, Fault> {
    if gaps.len() > 99 {
        let message = format!("{} gaps are more than the 99 that a note can have", gaps.len());
        return Err((message, "split the question".to_owned()));
    }
    let marked: Vec<usize> = gap_pieces(&prompt)
        .iter()
        .filter_map(|piece| match piece {
            GapPiece::Gap(number) => Some(*number),
            GapPiece::Text(_) => None,
        })
        .collect();
    if !marked.into_iter().eq(1..=gaps.len()) {
        return Err((
            "underscores in the text look like one of matura's gaps, __1__".to_owned(),
            "change the underscores in the text".to_owned(),
        ));
    }
    Ok(Made::new(prompt, Body::Blanks(Blanks { gaps, bank })))
}

fn gapped(prompt: String, parts: Vec<Gapped>, mend: Mend) -> Result<Made, Fault> {
    let number_of_gaps = parts.iter().filter(|part| matches!(part, Gapped::Gap { .. })).count();
    if number_of_gaps == 1 && parts.iter().any(|part| matches!(part, Gapped::Gap { chosen: true, .. })) {
        return one_choice(prompt, parts, mend);
    }
    let bank = common_options(&parts).unwrap_or_default();
    let (mut prompt, mut gaps, mut notes, mut lines) = (prompt, Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part {
            Gapped::Text(text) => prompt.push_str(&text.text),
            Gapped::Gap { answers, chosen, several } => {
                let number = gaps.len() + 1;
                let of_gap = |(message, fix): Fault| (format!("gap {number}: {message}"), fix);
                if several && answers.iter().filter(|answer| answer.percent > 0.0).count() > 1 {
                    return Err(of_gap((
                        "several answers are right at once".to_owned(),
                        "ask for them in a question of their own".to_owned(),
                    )));
                }
                let mut own = Vec::new();
                let (answer, accept) = if chosen {
                    right_options(&answers, several).ok_or_else(|| of_gap(no_right(mend)))?
                } else {
                    right_texts(&answers, &mut own, mend).map_err(of_gap)?
                };
                notes.extend(own.into_iter().map(of_gap));
                lines.extend(answers.iter().filter_map(feedback_line));
                gaps.push(Gap { answer, accept });
                prompt += &format!("__{number}__");
                if chosen && bank.is_empty() {
                    let options: Vec<&str> = answers.iter().map(|answer| answer.text.text.trim()).collect();
                    prompt += &format!(" ({})", options.join(" / "));
                }
            }
        }
    }
    Ok(Made { lines, notes, ..blanks(prompt, gaps, bank)? })
}

/// The right ones among the options of a gap.
fn right_options(answers: &[Answer], several: bool) -> Option<(String, Vec<String>)> {
    let is_right = |answer: &&Answer| if several { answer.percent > 0.0 } else { is_whole(answer.percent) };
    let mut right = answers.iter().filter(is_right).map(|answer| answer.text.text.trim().to_owned());
    Some((right.next()?, right.collect()))
}

/// The options of all gaps, if one chooses in each and they are the same in each.
fn common_options(parts: &[Gapped]) -> Option<Vec<String>> {
    let mut common: Option<Vec<String>> = None;
    for part in parts {
        let Gapped::Gap { answers, chosen, .. } = part else { continue };
        let options: Vec<String> = answers.iter().map(|answer| answer.text.text.trim().to_owned()).collect();
        let sorted = |options: &[String]| {
            let mut sorted = options.to_vec();
            sorted.sort();
            sorted
        };
        match &common {
            _ if !chosen => return None,
            None => common = Some(options),
            Some(first) if first.len() == options.len() && sorted(first) == sorted(&options) => {}
            Some(_) => return None,
        }
    }
    common
}

/// A text with one gap that is filled by choosing.
fn one_choice(prompt: String, parts: Vec<Gapped>, mend: Mend) -> Result<Made, Fault> {
    let (mut prompt, mut chosen) = (prompt, None);
    for part in parts {
        match part {
            Gapped::Text(text) => prompt.push_str(&text.text),
            Gapped::Gap { answers, several, .. } => {
                prompt.push_str(MISSING);
                chosen = Some((answers, several));
            }
        }
    }
    let (answers, several) = chosen.unwrap_or_default();
    choice(prompt, answers, several, mend)
}
