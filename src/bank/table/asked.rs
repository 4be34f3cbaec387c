//! What a row of a table asks for: options with the right ones among them, an answer, a cloze.

use std::borrow::Cow;

use super::key::{Key, is_placeholder};
use super::layout::Marks;
use super::names::bare;
use super::options::{Opts, in_cell, labelled, marked_in_json, owned, true_or_false, truth};
use super::row::{Maker, Row, cell, opts};
use super::words::{Type, question_type};
use crate::bank::list;
use crate::model::{Field, Invalid, Kind};
use crate::text;

/// What a row asks for.
pub(super) enum Asked {
    Choice(Vec<String>, Vec<usize>),
    Fact { answer: String, accept: Vec<String>, typed: bool },
    Cloze,
}

impl Maker<'_> {
    /// What a row asks for.
    pub(super) fn asked(&self, row: &Row<'_>) -> Result<Asked, Invalid> {
        let kind = match self.places.field(Field::Kind) {
            Some(place) => question_type(&cell(row, Some(place))),
            None => None,
        };
        if kind == Some(Type::Poll) {
            let kind = self.text(row, Field::Kind);
            return Err(Invalid::new(
                Field::Kind,
                format!("a question of the type {:?} has no right answer", text::one_line(&kind, 30)),
                "take the row out, or give it a type with an answer",
            ));
        }
        let answer = self.text(row, Field::Answer);
        let opts = opts(self.places, row);
        match self.layout.marks {
            Marks::Sign(sign) => return Ok(by_sign(&opts, sign)),
            Marks::Next => return Ok(self.by_next(row, &opts)),
            Marks::Key => {}
        }
        let wrong = self.wrong(row);
        if self.places.distractors.len() == 1 && wrong.len() > 1 && answer.chars().nth(1).is_none() {
            // all options, and the letter of the right one
            let opts = owned(wrong.clone());
            if let Ok(right) = Key::Letters.resolve(&answer, &opts, self.separator()) {
                return Ok(choice(&opts, &right));
            }
        }
        if !wrong.is_empty() && !answer.is_empty() {
            return Ok(Asked::Choice(std::iter::once(answer.into_owned()).chain(wrong).collect(), vec![0]));
        }
        if opts.filled() == 0 {
            let list = self.text(row, Field::Options);
            if !list.is_empty() {
                return self.in_one_cell(&list, &answer);
            }
            return self.without_options(row, answer.into_owned(), kind);
        }
        if answer.is_empty() && matches!(kind, Some(Type::Short | Type::Open)) {
            let mut accepted = opts.iter().map(|(_, text)| text.to_owned());
            let answer = accepted.next().unwrap_or_default();
            return Ok(Asked::Fact { answer, accept: accepted.collect(), typed: true });
        }
        let right = self.layout.key.resolve(&answer, &opts, self.separator())?;
        Ok(choice(&opts, &right))
    }

    /// The wrong options, each in a column of its own or all in the only one.
    fn wrong(&self, row: &Row<'_>) -> Vec<String> {
        let texts = self.places.distractors.iter().map(|place| cell(row, Some(*place)));
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).map(Cow::into_owned).collect();
        match (self.places.distractors.as_slice(), texts.as_slice()) {
            ([place], [all]) if self.names_several(*place) || all.starts_with('[') => {
                in_cell(all).into_iter().next().unwrap_or(texts)
            }
            _ => texts,
        }
    }

    /// Whether the name of a column is a plural.
    fn names_several(&self, place: usize) -> bool {
        self.layout.names.get(place).is_some_and(|name| bare(name).ends_with('s'))
    }

    fn separator(&self) -> Option<&str> {
        self.options.answer_separator.as_deref()
    }

    fn in_one_cell(&self, list: &str, answer: &str) -> Result<Asked, Invalid> {
        let readings = in_cell(list);
        if let (Some(texts), Some(right)) = (readings.first(), marked_in_json(list)) {
            return Ok(Asked::Choice(texts.clone(), right));
        }
        let mut first_fault = None;
        for texts in readings {
            let opts = owned(texts);
            match self.layout.key.resolve(answer, &opts, self.separator()) {
                Ok(right) => return Ok(choice(&opts, &right)),
                Err(invalid) => first_fault = first_fault.or(Some(invalid)),
            }
        }
        Err(first_fault.unwrap_or_else(|| {
            Invalid::new(Field::Options, "there is only one option", "separate the options by |")
        }))
    }

    /// A choice whose options stand in the question, if the answer is a letter of one: `Which? A) x B) y`.
    pub(super) fn inside(&self, row: &Row<'_>, prompt: &str) -> Option<(String, Asked)> {
        let answer = self.text(row, Field::Answer);
        let is_short = !answer.is_empty() && answer.chars().nth(2).is_none();
        if !self.places.options.is_empty() || self.places.field(Field::Options).is_some() || !is_short {
            return None;
        }
        let (stem, texts) = labelled(prompt).filter(|(stem, _)| !stem.is_empty())?;
        let opts = owned(texts);
        let right = Key::Letters.resolve(&answer, &opts, None).ok()?;
        Some((stem.to_owned(), choice(&opts, &right)))
    }

    fn without_options(&self, row: &Row<'_>, answer: String, kind: Option<Type>) -> Result<Asked, Invalid> {
        let is_marked = Kind::infer(&self.text(row, Field::Prompt), "", false) == Kind::Cloze;
        if answer.is_empty() && is_marked {
            return Ok(Asked::Cloze);
        }
        let by_truth = kind == Some(Type::TrueFalse) || (kind.is_none() && self.survey.is_true_false());
        if let Some(truth) = true_or_false(&answer)
            .or_else(|| truth(&answer).filter(|_| !answer.is_empty()))
            .filter(|_| by_truth)
        {
            return Ok(Asked::Choice(vec!["True".to_owned(), "False".to_owned()], vec![usize::from(!truth)]));
        }
        // among answers that are true or false a single other word is a slip
        let is_slip =
            by_truth && !answer.contains(char::is_whitespace) && answer.chars().any(char::is_alphabetic);
        if (kind == Some(Type::TrueFalse) || is_slip) && !answer.is_empty() && !is_placeholder(&answer) {
            return Err(Invalid::new(
                Field::Answer,
                format!("{answer:?} is neither true nor false"),
                "write true or false",
            ));
        }
        if is_placeholder(&answer) {
            let message = if answer.is_empty() {
                "the answer is empty".to_owned()
            } else {
                format!("the answer {answer:?} is a placeholder")
            };
            return Err(Invalid::new(Field::Answer, message, "write the answer, or take the row out"));
        }
        if kind == Some(Type::Choice) && !self.places.options.is_empty() {
            return Err(Invalid::new(
                Field::Options,
                "the type asks for options, and there are none",
                "write the options",
            ));
        }
        let is_no_text = !answer.chars().any(char::is_alphabetic) || answer.chars().nth(1).is_none();
        if kind.is_none() && is_no_text && self.survey.asks_choices() {
            return Err(Invalid::new(
                Field::Options,
                "there are no options",
                "write the options, or take the row out if it is no question",
            ));
        }
        let typed = kind == Some(Type::Short) || truth(&self.text(row, Field::Typed)) == Some(true);
        let accept = if typed { list::read(&self.text(row, Field::Accept)) } else { Vec::new() };
        Ok(Asked::Fact { answer, accept, typed })
    }

    fn by_next(&self, row: &Row<'_>, opts: &Opts<'_>) -> Asked {
        let is_right = |place: usize| {
            let column = self.places.options.get(place);
            column.is_some_and(|column| truth(&cell(row, Some(column + 1))) == Some(true))
        };
        let right: Vec<usize> =
            opts.iter().map(|(place, _)| place).filter(|place| is_right(*place)).collect();
        choice(opts, &right)
    }
}

fn by_sign(opts: &Opts<'_>, sign: char) -> Asked {
    let right = opts
        .iter()
        .enumerate()
        .filter(|(_, (_, text))| text.starts_with(sign))
        .map(|(place, _)| place)
        .collect();
    let texts =
        opts.iter().map(|(_, text)| text.strip_prefix(sign).unwrap_or(text).trim().to_owned()).collect();
    Asked::Choice(texts, right)
}

/// The options without the empty ones; places follow.
fn choice(opts: &Opts<'_>, right: &[usize]) -> Asked {
    let right =
        opts.iter().enumerate().filter(|(_, (place, _))| right.contains(place)).map(|(new, _)| new).collect();
    Asked::Choice(opts.iter().map(|(_, text)| text.to_owned()).collect(), right)
}
