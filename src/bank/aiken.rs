//! Aiken: a question, a line for each option, and the line `ANSWER: B`.

use std::ops::Range;

use super::lines::{Line, lines};
use super::{Draft, Format, Input, Options, Problem, Rejected, Sink};
use crate::error::Result;
use crate::model::{Body, Choice, Content};
use crate::text::{self, fold};

/// Moodle's format for questions with one right option, which people write by hand.
#[derive(Debug)]
pub struct Aiken;

impl Format for Aiken {
    fn name(&self) -> &'static str {
        "aiken"
    }

    fn about(&self) -> &'static str {
        "Aiken: a question, options as A. or A), and a line ANSWER: B"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        if input.is_sheet {
            return None;
        }
        let mut options = 0_usize;
        for line in lines(&input.text).filter(|line| !line.is_blank()) {
            let text = line.text.trim();
            if options >= 2 && answer_line(text, true).is_some_and(names_option) {
                return Some(format!("line {} is {:?} after options", line.number, text::one_line(text, 30)));
            }
            let next = u8::try_from(options).ok().and_then(|count| b'A'.checked_add(count)).map(char::from);
            let is_option = option(text).is_some() || next.is_some_and(|next| tight(text, next).is_some());
            options = if is_option { options + 1 } else { 0 };
        }
        None
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let mut reader = Reader { html: options.html, item: Item::default(), answered: None, out };
        let mut blank_before = false;
        for line in lines(&input.text) {
            if line.is_blank() {
                blank_before = true;
                continue;
            }
            reader.line(line, std::mem::take(&mut blank_before));
        }
        reader.unanswered();
        reader.flush();
        Ok(())
    }
}

/// A line of a question with its place.
#[derive(Clone, Copy)]
struct Part<'t> {
    line: Line<'t>,
    /// Without blanks around it.
    text: &'t str,
    /// Whether a blank line stands before it.
    apart: bool,
}

/// A question as far as it was read.
#[derive(Default)]
struct Item<'t> {
    stem: Vec<Part<'t>>,
    /// Letters and texts, and the lines on which the text of the last one goes on.
    options: Vec<(char, Part<'t>)>,
    wrapped: Vec<Part<'t>>,
    /// What the ends of finished options were wrapped into, by the place of the option.
    continued: Vec<(usize, Part<'t>)>,
}

/// A question that has its answer; lines of feedback may follow it.
struct Answered {
    line: u64,
    original: Range<usize>,
    prompt: String,
    options: Vec<(char, String)>,
    letters: Option<Vec<char>>,
    /// What stands after `ANSWER:`.
    answer: String,
    feedback: Vec<String>,
}

struct Reader<'t, 'o> {
    html: bool,
    item: Item<'t>,
    answered: Option<Answered>,
    out: &'o mut dyn Sink,
}

impl Part<'_> {
    /// The text with the blanks before it that stand further in than those of the line where it began: code has them.
    fn indented(&self, first: &Line) -> &str {
        let blanks = |line: &str| line.len() - line.trim_start().len();
        let (whole, outer) = (self.line.text.trim_end(), blanks(first.text));
        let is_deeper = blanks(whole) > outer && whole.get(..outer) == first.text.get(..outer);
        if is_deeper { whole.get(outer..).unwrap_or(self.text) } else { self.text }
    }
}

impl<'t> Reader<'t, '_> {
    fn line(&mut self, line: Line<'t>, apart: bool) {
        let text = line.text.trim();
        if let Some(feedback) = feedback(text)
            && self.item.is_empty()
            && let Some(answered) = &mut self.answered
        {
            answered.feedback.push(feedback.to_owned());
            answered.original.end = line.end();
            return;
        }
        if let Some(answer) = answer_line(text, !self.item.options.is_empty()) {
            self.flush();
            let item = std::mem::take(&mut self.item);
            self.answered = Some(item.answered(line, answer, self.html));
            return;
        }
        let part = Part { line, text, apart };
        let tight = || self.item.next_letter().and_then(|letter| tight(text, letter));
        let Some((letter, rest)) = option(text).or_else(tight) else {
            if self.item.options.is_empty() {
                self.flush();
                self.item.stem.push(part);
            } else if apart {
                // a question without an answer ended before the blank line
                self.unanswered();
                self.flush();
                self.item.stem.push(part);
            } else {
                self.item.wrapped.push(part);
            }
            return;
        };
        let part_of_option = Part { text: rest, ..part };
        match self.item.options.last() {
            None if letter == 'A' && !self.item.stem.is_empty() => {
                self.item.options.push((letter, part_of_option));
            }
            None => {
                self.flush();
                self.item.stem.push(part);
            }
            Some(_) if letter == 'A' => {
                // The first option again: what came between is the next question, or the first was its stem.
                let next = std::mem::take(&mut self.item.wrapped);
                if next.is_empty() {
                    self.item.options.push((letter, part_of_option));
                } else {
                    self.unanswered();
                    self.item = Item { stem: next, ..Item::default() };
                    self.item.options.push((letter, part_of_option));
                }
            }
            Some(_) => {
                let place = self.item.options.len() - 1;
                let wrapped = std::mem::take(&mut self.item.wrapped);
                self.item.continued.extend(wrapped.into_iter().map(|part| (place, part)));
                self.item.options.push((letter, part_of_option));
            }
        }
    }

    /// Rejects the question that was begun: it has no answer.
    fn unanswered(&mut self) {
        self.flush();
        let item = std::mem::take(&mut self.item);
        let Some((line, original)) = item.place() else { return };
        let stem = item.stem.first().map(|part| text::one_line(part.text, 40)).unwrap_or_default();
        let problem = if item.options.is_empty() {
            Problem::new(
                line,
                format!("{stem:?} has neither options nor an answer"),
                "write its options as A. and B., and a line ANSWER: with the letter of the right one",
            )
        } else {
            Problem::new(
                line,
                format!("{stem:?} has no line ANSWER:"),
                "write ANSWER: and the letter of the right option after the options",
            )
        };
        self.out.reject(Rejected::one(problem, original));
    }

    /// Hands on the question that has its answer.
    fn flush(&mut self) {
        let Some(answered) = self.answered.take() else { return };
        let (line, original) = (answered.line, answered.original.clone());
        match answered.content(self.html) {
            Ok(content) => match content.tidy() {
                Ok(content) => self.out.draft(Draft::new(line, content, original)),
                Err(invalid) => self.out.reject(Rejected::invalid(line, invalid, original)),
            },
            Err((message, fix)) => {
                self.out.reject(Rejected::one(Problem::new(line, message, fix), original));
            }
        }
    }
}

impl<'t> Item<'t> {
    fn is_empty(&self) -> bool {
        self.stem.is_empty() && self.options.is_empty()
    }

    /// The letter of the option that comes next, if one can.
    fn next_letter(&self) -> Option<char> {
        let last = self.options.last().map(|(letter, _)| *letter);
        let next = last.map_or(Some(b'A'), |last| u8::try_from(last).ok()?.checked_add(1));
        next.filter(|_| !self.stem.is_empty()).map(char::from)
    }

    /// The line on which it begins, and its bytes.
    fn place(&self) -> Option<(u64, Range<usize>)> {
        let options = self.options.iter().map(|(_, part)| part);
        let begin = self.stem.first()?.line;
        let end = self.stem.iter().chain(options).chain(&self.wrapped).map(|part| part.line.end()).max()?;
        Some((begin.number, begin.start..end))
    }

    fn answered(mut self, line: Line<'t>, answer: &str, html: bool) -> Answered {
        let last = self.options.len().saturating_sub(1);
        self.continued.extend(std::mem::take(&mut self.wrapped).into_iter().map(|part| (last, part)));
        let begin = self.stem.first().map_or(line, |part| part.line);
        let lines_break = if html { "<br>\n" } else { "\n" };
        let mut options: Vec<(char, String)> =
            self.options.iter().map(|(letter, part)| (*letter, part.text.to_owned())).collect();
        for (place, part) in &self.continued {
            if let (Some((_, option)), Some((_, first))) = (options.get_mut(*place), self.options.get(*place))
            {
                option.push_str(lines_break);
                option.push_str(part.indented(&first.line));
            }
        }
        let letters = stated(answer, &options)
            .map(|letter| vec![letter])
            .or_else(|| letters(answer))
            .or_else(|| repeated(answer, &options).map(|letter| vec![letter]));
        let mut prompt = String::new();
        for part in &self.stem {
            if !prompt.is_empty() {
                prompt.push_str(lines_break);
                prompt.push_str(if part.apart { lines_break } else { "" });
            }
            prompt.push_str(part.indented(&begin));
        }
        Answered {
            line: begin.number,
            original: begin.start..line.end(),
            prompt,
            options,
            letters,
            answer: text::one_line(answer, 30),
            feedback: Vec::new(),
        }
    }
}

impl Answered {
    /// The note, or what is wrong and what to do.
    fn content(self, html: bool) -> Result<Content, (String, String)> {
        if self.prompt.is_empty() {
            let message = format!("ANSWER: {} has no question before it", self.answer);
            return Err((message, "write the question and its options above it".to_owned()));
        }
        let known: String =
            self.options.iter().map(|(letter, _)| letter.to_string()).collect::<Vec<_>>().join(", ");
        if self.options.len() < 2 {
            let message = format!(
                "{:?} has {} before ANSWER:",
                text::one_line(&self.prompt, 40),
                if self.options.is_empty() { "no option" } else { "one option only" }
            );
            return Err((message, "write each option on a line of its own: A. first, B. second".to_owned()));
        }
        for (place, (letter, _)) in self.options.iter().enumerate() {
            if self.options.iter().take(place).any(|(other, _)| other == letter) {
                return Err((
                    format!("there are two options {letter}"),
                    "give each option a letter of its own".to_owned(),
                ));
            }
        }
        let letters = self.letters.ok_or_else(|| {
            let message = if self.answer.is_empty() {
                "nothing stands after ANSWER:".to_owned()
            } else {
                format!("ANSWER: names {:?}, which is no letter", self.answer)
            };
            (message, format!("write the letter of the right option: one of {known}"))
        })?;
        let mut right = Vec::new();
        for wanted in letters {
            let place = self.options.iter().position(|(letter, _)| *letter == wanted).ok_or_else(|| {
                (
                    format!("ANSWER: names option {wanted}, but the options are {known}"),
                    format!("write one of {known}, or the missing option"),
                )
            })?;
            right.push(place);
        }
        if let Some((letter, _)) = self.options.iter().find(|(_, option)| option.is_empty()) {
            return Err((
                format!("option {letter} is empty"),
                "write the option after its letter, or take the line out".to_owned(),
            ));
        }
        let options = self.options.into_iter().map(|(_, option)| option).collect();
        let mut content = Content::new(self.prompt, Body::Choice(Choice { options, right }));
        content.explanation =
            Some(self.feedback.join(if html { "<br>\n" } else { "\n" })).filter(|text| !text.is_empty());
        content.html = html;
        Ok(content)
    }
}

/// The letter and the text of an option: `A. text`, `b) text`.
fn option(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    chars.next().filter(|c| matches!(c, '.' | ')'))?;
    let rest = chars.as_str();
    (rest.is_empty() || rest.starts_with(char::is_whitespace))
        .then(|| (letter.to_ascii_uppercase(), rest.trim()))
}

/// An option without a blank behind its mark, `A.text`, if its letter is the one whose turn it is.
fn tight(text: &str, letter: char) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let own = chars.next().filter(char::is_ascii_uppercase)?;
    chars.next().filter(|c| matches!(c, '.' | ')'))?;
    let rest = chars.as_str();
    // initials, as in A.B. or A.D.
    let is_name = rest.chars().nth(1) == Some('.');
    (own == letter && !is_name).then_some((own, rest))
}

/// What stands after `ANSWER:`. Written small it is the answer only where it can be one, for a question may begin so.
fn answer_line(text: &str, after_options: bool) -> Option<&str> {
    let (word, rest) = text.split_once(':')?;
    let word = word.trim_end();
    let is_answer =
        word == "ANSWER" || (word.eq_ignore_ascii_case("answer") && after_options && names_option(rest));
    is_answer.then(|| rest.trim())
}

/// Whether what stands after `ANSWER:` is an answer for sure: letters, or an option as it stands above.
fn names_option(answer: &str) -> bool {
    letters(answer).is_some() || option(answer.trim()).is_some()
}

/// The letter of the option that an answer repeats with its letter: `B) two`.
fn stated(answer: &str, options: &[(char, String)]) -> Option<char> {
    let (letter, text) = option(answer.trim())?;
    let found = options.iter().find(|(own, option)| *own == letter && fold(option) == fold(text))?;
    Some(found.0)
}

/// The letter of the only option that an answer repeats: `two`.
fn repeated(answer: &str, options: &[(char, String)]) -> Option<char> {
    let mut same = options.iter().filter(|(_, option)| fold(option) == fold(answer.trim()));
    let (letter, _) = same.next()?;
    same.next().is_none().then_some(*letter)
}

/// The letters that an answer names: `B`, `b.`, `A, C`, `A and C`, `AC`.
fn letters(answer: &str) -> Option<Vec<char>> {
    let separated = answer.replace(" and ", ",");
    let mut found = Vec::new();
    for word in separated.split([',', ';', '&', '/', ' ', '\t']).filter(|word| !word.is_empty()) {
        let word = word.trim_end_matches(['.', ')']);
        // letters in a row are a list only if written large: "bad" is a word
        let is_list = word.len() == 1 || word.chars().all(|c| c.is_ascii_uppercase());
        if word.is_empty() || !is_list || !word.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        found.extend(word.chars().map(|c| c.to_ascii_uppercase()));
    }
    Some(found).filter(|found| !found.is_empty())
}

/// What follows an answer in the banks of other programs.
fn feedback(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(':')?;
    ["feedback", "explanation"]
        .iter()
        .any(|name| word.trim_end().eq_ignore_ascii_case(name))
        .then(|| rest.trim())
}

#[cfg(test)]
mod tests;
