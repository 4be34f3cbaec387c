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
            options = if option(text).is_some() { options + 1 } else { 0 };
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
        let Some((letter, rest)) = option(text) else {
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
mod tests {
    use super::*;
    use crate::bank::{Reading, read};
    use proptest::prelude::*;

    fn choice(text: &str) -> (Content, Choice) {
        let reading = read(&Aiken, text).unwrap();
        assert_eq!(reading.rejected, [], "{text}");
        let content = reading.drafts.into_iter().next().unwrap().content;
        let Body::Choice(choice) = content.body.clone() else { panic!("{text}") };
        (content, choice)
    }

    #[test]
    fn a_question_is_read_in_every_way_people_write_it() {
        let options: &[&str] = &["Mango", "Beet", "Fig"];
        for (bank, prompt, right) in [
            ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B\n", "Root?", vec![1]),
            ("Root?\r\nA) Mango\r\nB) Beet\r\nC) Fig\r\nANSWER:B", "Root?", vec![1]),
            ("Root?\ra. Mango\rb. Beet\rc. Fig\ranswer : b.\r", "Root?", vec![1]),
            (
                "\n\nOne line\nand one more\n\nA. Mango\n\nB. Beet\n\nC. Fig\n\nANSWER: B",
                "One line\nand one more",
                vec![1],
            ),
            ("Fruits?\nA. Mango\nB. Beet\nC. Fig\nANSWER: A, C", "Fruits?", vec![0, 2]),
            ("Fruits?\nA. Mango\nB. Beet\nC. Fig\nANSWER: CA", "Fruits?", vec![0, 2]),
            ("Fruits?\nA. Mango\nB. Beet\nC. Fig\nANSWER: a and c", "Fruits?", vec![0, 2]),
            ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B) beet", "Root?", vec![1]),
            ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B) C)", "Root?", vec![1, 2]),
            ("Root?\nA. Mango\nB. Beet\nC. Fig\nAnswer: B. Beet", "Root?", vec![1]),
            ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: Beet", "Root?", vec![1]),
            ("A. Linn asked: root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B", "A. Linn asked: root?", vec![1]),
            ("Answer: which root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B", "Answer: which root?", vec![1]),
        ] {
            let (content, choice) = choice(bank);
            assert_eq!((content.prompt.as_str(), choice.right), (prompt, right), "{bank}");
            assert_eq!(choice.options, options, "{bank}");
        }
    }

    #[test]
    fn code_in_a_question_keeps_its_indentation() {
        let (content, choice) =
            choice("  What?\n\n  for a:\n      b\n  A. x\n  B. if c:\n         d\n  ANSWER: A\n");
        assert_eq!(content.prompt, "What?\n\nfor a:\n    b");
        assert_eq!(choice.options[1], "if c:\n       d");
    }

    #[test]
    fn an_option_may_go_on_and_feedback_may_follow() {
        let (content, choice) =
            choice("Q\nA. one\ntwo\nB. three\nfour\nANSWER: A\nFEEDBACK: because\nExplanation: so");
        assert_eq!(choice.options, ["one\ntwo", "three\nfour"]);
        assert_eq!(content.explanation.as_deref(), Some("because\nso"));
    }

    #[test]
    fn what_cannot_be_asked_is_rejected_with_the_line_of_its_question() {
        for (bank, line, part) in [
            ("Q\nA. x\nB. y\n\nNext\nA. x\nB. y\nANSWER: A", 1, "no line ANSWER:"),
            ("Q\nA. x\nB. y\nNext\nA. x\nB. y\nANSWER: A", 1, "no line ANSWER:"),
            ("\nQ\nA. x\nB. y\nANSWER: D", 2, "option D, but the options are A, B"),
            ("Q\nA. x\nB. y\nANSWER:", 1, "nothing stands after"),
            ("Q\nA. x\nB. y\nANSWER: the second", 1, "\"the second\""),
            ("Q\nA. x\nB. y\nANSWER: B) z", 1, "option Z, but"),
            ("Q\nA. x\nANSWER: A", 1, "one option only"),
            ("Q\nANSWER: A", 1, "no option"),
            ("ANSWER: A", 1, "no question"),
            ("Q\nA. x\nB. y\nB. z\nANSWER: A", 1, "two options B"),
            ("Q\nA. x\nB.\nANSWER: A", 1, "option B is empty"),
            ("Q\nA. x\nB. x\nANSWER: A", 1, "the same"),
            ("Q\nA. x\nB. y\nANSWER: A\n\nThat was all", 6, "neither options nor"),
        ] {
            let reading = read(&Aiken, bank).unwrap();
            let problem = reading.problems().next().unwrap_or_else(|| panic!("{bank}"));
            assert!(problem.message.contains(part), "{bank}: {problem}");
            assert_eq!((reading.rejected.len(), problem.line), (1, line), "{bank}: {problem}");
        }
    }

    #[test]
    fn a_bank_is_recognised_by_an_answer_after_options_and_by_nothing_less() {
        let seen = |text: &str| Aiken.recognise(&Input { text: text.to_owned(), ..Input::default() });
        assert_eq!(
            seen("Q\nA. x\nB. y\nANSWER: B"),
            Some("line 4 is \"ANSWER: B\" after options".to_owned())
        );
        for other in
            ["Q\nA. x\nB. y\nB", "ANSWER: B", "Q\nA. x\nANSWER: B", "question,answer\nx,ANSWER: B", ""]
        {
            assert_eq!(seen(other), None, "{other}");
        }
    }

    /// A question, and whether it can be asked.
    fn item() -> impl Strategy<Value = (String, bool)> {
        (1_usize..3, 0_usize..4, prop::sample::select(&["", "A", "b", "A, B", "D", "?"])).prop_map(
            |(stem, options, answer)| {
                let mut item: String = (0..stem).map(|n| format!("stem {n}\n")).collect();
                item.extend(('A'..).take(options).map(|letter| format!("{letter}. option {letter}\n")));
                item += &format!("ANSWER: {answer}\n");
                (item, options >= 2 && matches!(answer, "A" | "b" | "A, B"))
            },
        )
    }

    fn counted(reading: &Reading) -> (usize, usize) {
        (reading.drafts.len(), reading.rejected.len())
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([AaB][.)]|ANSWER|: ?|[ab ,]|\n|\r|é){0,60}") {
            drop(read(&Aiken, &text));
            drop(Aiken.recognise(&Input { text, ..Input::default() }));
        }

        #[test]
        fn every_question_becomes_a_note_or_a_rejection_with_the_line_on_which_it_begins(
            items in prop::collection::vec((item(), 0_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let mut bank = String::new();
            let mut lines = (Vec::new(), Vec::new());
            for ((item, good), blank) in &items {
                let line = u64::try_from(bank.matches('\n').count() + 1).unwrap();
                if *good { lines.0.push(line) } else { lines.1.push(line) }
                bank += item;
                bank += &"\n".repeat(*blank);
            }
            let reading = read(&Aiken, &bank.replace('\n', line_end)).unwrap();
            prop_assert_eq!(counted(&reading), (lines.0.len(), lines.1.len()));
            prop_assert_eq!(reading.drafts.iter().map(|draft| draft.line).collect::<Vec<_>>(), lines.0);
            prop_assert_eq!(reading.problems().map(|problem| problem.line).collect::<Vec<_>>(), lines.1);
        }
    }
}
