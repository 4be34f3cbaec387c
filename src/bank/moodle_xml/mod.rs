//! Moodle XML: the format in which Moodle writes whole question banks.

mod question;
mod slots;
mod tree;

use super::moodle::{Maker, Mend, Place, deck};
use super::rejected::{items, last_before};
use super::{Format, Input, Options, Problem, Rejected, Sink};
use crate::error::{Error, Kind, Result};
use question::{category, question};
use tree::Questions;

/// Moodle's XML.
#[derive(Debug)]
pub struct MoodleXml;

/// How Moodle XML writes what a question may lack.
const MEND: Mend = Mend {
    right: "give the right answer fraction=\"100\"",
    options: "give it two <answer> or more, each with a text",
    essay: "write what its grader looks for into <graderinfo>, or take the question out",
};

/// As much as is looked at to recognise a bank, in bytes.
const HEAD: usize = 1024;

impl Format for MoodleXml {
    fn name(&self) -> &'static str {
        "moodle-xml"
    }

    fn about(&self) -> &'static str {
        "Moodle XML: a file <quiz> of <question>, as Moodle exports its question bank"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let mut cut = input.text.len().min(HEAD);
        while !input.text.is_char_boundary(cut) {
            cut -= 1;
        }
        let head = input.text.get(..cut).unwrap_or_default();
        (!input.is_sheet && tree::has_root(head, "quiz")).then(|| "its first element is <quiz>".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        if !tree::has_root(&input.text, "quiz") {
            return Err(Error::new(Kind::Input, "line 1: there is no element <quiz> around the questions")
                .hint("export the question bank from Moodle as Moodle XML"));
        }
        let mut maker = Maker::new(options.html, MEND, out);
        let mut place_in_bank = None;
        let mut questions = Questions::new(&input.text);
        let mut is_empty = true;
        while let Some((element, line, span)) = questions.next()? {
            let place = Place { line, span };
            is_empty = false;
            if element.attribute("type") == Some("category") {
                place_in_bank = deck(&category(&element));
                continue;
            }
            match question(&element, place_in_bank.as_ref()) {
                Ok(question) => maker.question(place, question),
                Err(problem) => maker.reject(place, problem),
            }
        }
        if is_empty {
            let fix = "export the question bank from Moodle as Moodle XML";
            out.warn(Problem::new(1, "there is no <question> in <quiz>", fix));
        }
        Ok(())
    }

    fn remark(&self) -> Option<(&'static str, &'static str)> {
        Some(REMARK)
    }

    /// A file of its own, each question after the category that it stood in.
    fn rejected(&self, input: &Input, _: &Options, rejected: &[Rejected]) -> Result<String> {
        let mut categories = Vec::new();
        let mut questions = Questions::new(&input.text);
        while let Some((element, _, span)) = questions.next()? {
            if element.attribute("type") == Some("category") {
                categories.push((span.start, input.text.get(span).unwrap_or_default()));
            }
        }
        let place = |item: &Rejected| {
            last_before(&categories, item).map(|category| format!("{category}\n")).unwrap_or_default()
        };
        let inside = items(input, REMARK, "", rejected, place);
        Ok(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{inside}</quiz>\n"))
    }
}

/// What stands around a remark.
const REMARK: (&str, &str) = ("<!-- ", " -->");

#[cfg(test)]
mod tests;
