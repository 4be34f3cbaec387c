//! A row of a table as a note.

use std::borrow::Cow;

use super::key::Key;
use super::layout::{Layout, Marks, Places};
use super::names::bare;
use super::options::{Opts, in_cell, labelled, marked_in_json, owned, true_or_false, truth};
use super::survey::Survey;
use super::words::{Type, question_type};
use crate::bank::{Draft, Options, Problem, list, values};
use crate::model::{
    Body, Choice, Code, Content, Fact, Field, Guid, Invalid, Kind, Tags, tidy_listing, tidy_text,
};
use crate::text;

/// The cells of a row.
pub(super) type Row<'r> = [&'r str];

/// The text in a column, tidied; a blank that does not break is a blank.
pub(super) fn cell<'r>(row: &Row<'r>, place: Option<usize>) -> Cow<'r, str> {
    let text = place.and_then(|place| row.get(place)).copied().unwrap_or_default().trim();
    if text.contains('\r') || (!text.is_ascii() && text.contains('\u{a0}')) {
        Cow::Owned(tidy_text(&text.replace('\u{a0}', " ")))
    } else {
        Cow::Borrowed(text)
    }
}

/// The options of a row, for a table that has a column for each.
pub(super) fn opts<'r>(places: &Places, row: &Row<'r>) -> Opts<'r> {
    Opts::new(places.options.iter().map(|place| cell(row, Some(*place))).collect())
}

/// Makes notes of rows.
pub(super) struct Maker<'m> {
    pub(super) layout: &'m Layout,
    pub(super) places: &'m Places,
    pub(super) survey: &'m Survey,
    pub(super) options: &'m Options,
}

/// What a row asks for.
enum Asked {
    Choice(Vec<String>, Vec<usize>),
    Fact { answer: String, accept: Vec<String>, typed: bool },
    Cloze,
}

impl Maker<'_> {
    /// The note of a row, or everything that is wrong with it.
    pub(super) fn draft(&self, line: u64, row: &Row<'_>) -> Result<(Draft, Option<Problem>), Vec<Problem>> {
        let mut prompt = self.prompt(row);
        let mut faults = Vec::new();
        if prompt.is_empty() {
            faults.push(Invalid::new(Field::Prompt, "the question is empty", "write the question"));
        }
        let asked = match self.inside(row, &prompt) {
            Some((stem, asked)) => {
                prompt = stem;
                Some(asked)
            }
            None => self.asked(row).map_err(|invalid| faults.push(invalid)).ok(),
        };
        let Some(asked) = asked.filter(|_| faults.is_empty()) else {
            return Err(self.problems(line, faults));
        };
        let mut warning = None;
        let asked = match asked {
            Asked::Choice(options, right) => {
                let (choice, doubled) = Choice { options, right }.once_each();
                warning = doubled.map(|text| {
                    Problem::option_twice(line, &text)
                        .in_column(self.last_with(row, &text).unwrap_or(Field::Options.name()))
                });
                Asked::Choice(choice.options, choice.right)
            }
            asked => asked,
        };
        self.finish(line, row, prompt, asked).map(|draft| (draft, warning))
    }

    /// The note of several rows that hold an option each.
    pub(super) fn grouped(&self, line: u64, rows: &[Vec<String>]) -> Result<Draft, Vec<Problem>> {
        let Some(first) = rows.first() else { return Err(Vec::new()) };
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        let mut texts = Vec::new();
        let mut right = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            texts.push(cell(&row, self.places.one_option).into_owned());
            let says = cell(&row, self.places.is_right);
            match truth(&says) {
                Some(true) => right.push(place),
                Some(false) => {}
                None => {
                    let invalid = Invalid::new(
                        Field::Answer,
                        format!("{says:?} is neither true nor false"),
                        "write true or false for each option",
                    );
                    return Err(self.problems(line, vec![invalid]));
                }
            }
        }
        self.finish(line, &first, self.prompt(&first), Asked::Choice(texts, right))
    }

    /// The note with everything that it carries whatever it asks.
    fn finish(&self, line: u64, row: &Row<'_>, prompt: String, asked: Asked) -> Result<Draft, Vec<Problem>> {
        let mut faults = Vec::new();
        let mut state = |field, (message, fix): (String, String)| {
            faults.push(Invalid::new(field, message, fix));
        };
        let stated = |field| Some(self.text(row, field)).filter(|text| !text.is_empty());
        let deck = stated(Field::Deck)
            .and_then(|text| values::deck(&text).map_err(|fault| state(Field::Deck, fault)).ok());
        let reversed = stated(Field::Reverse)
            .and_then(|text| values::flag(&text).map_err(|fault| state(Field::Reverse, fault)).ok());
        for field in [Field::Guid, Field::Id] {
            if self.text(row, field).contains(|c: char| c.is_control()) {
                state(field, (format!("{field} is more than one line"), "write it on one line".to_owned()));
            }
        }
        let reversed = reversed == Some(true);
        if reversed && !matches!(asked, Asked::Fact { .. }) {
            state(Field::Reverse, ("only a fact can be reversed".to_owned(), "empty the cell".to_owned()));
        }
        if !faults.is_empty() {
            return Err(self.problems(line, faults));
        }
        let body = match asked {
            Asked::Choice(options, right) => Body::Choice(Choice { options, right }),
            Asked::Fact { answer, accept, typed } => Body::Fact(Fact { answer, accept, reversed, typed }),
            Asked::Cloze => Body::Cloze,
        };
        let owned = |field| stated(field).map(Cow::into_owned);
        let code =
            self.places.field(Field::Code).and_then(|place| row.get(place)).map(|text| tidy_listing(text));
        let language = owned(Field::Language);
        // a language alone is that of the question
        let has_code = code.as_ref().is_some_and(|code| !code.is_empty());
        let difficulty =
            self.survey.difficulty.and_then(|scale| scale.read(&self.text(row, Field::Difficulty)));
        let content = Content {
            code: has_code.then(|| Code { text: code.unwrap_or_default(), language }),
            html: self.options.html,
            hint: owned(Field::Hint),
            explanation: self.explanation(row),
            mistakes: owned(Field::Mistakes),
            check: owned(Field::Check),
            difficulty,
            level: owned(Field::Level),
            tags: self.tags(row),
            source: owned(Field::Source),
            ..Content::new(prompt, body)
        };
        let content = content.tidy().map_err(|invalid| self.problems(line, invalid))?;
        let (guid, id) = (owned(Field::Guid).map(Guid::new), owned(Field::Id));
        Ok(Draft { guid, id, deck, ..Draft::new(line, content, 0..0) })
    }

    /// Problems under the names that the table gives its columns.
    fn problems(&self, line: u64, invalid: Vec<Invalid>) -> Vec<Problem> {
        let named = |mut invalid: Invalid| {
            let name = self.layout.name_of(invalid.field).unwrap_or(invalid.field.name()).to_owned();
            // in a table with a column for each option no bar parts them
            if invalid.field == Field::Options && !self.places.options.is_empty() {
                "write the missing option, or correct the one that is wrong".clone_into(&mut invalid.fix);
            }
            Problem::of(line, invalid).in_column(name)
        };
        invalid.into_iter().map(named).collect()
    }

    /// The name of the last column that holds this option.
    fn last_with(&self, row: &Row<'_>, option: &str) -> Option<&str> {
        let last = self.places.options.iter().rev().find(|place| cell(row, Some(**place)).contains(option));
        let named = last.and_then(|place| self.layout.names.get(*place)).map(String::as_str);
        named.or_else(|| self.layout.name_of(Field::Options))
    }

    fn text<'r>(&self, row: &Row<'r>, field: Field) -> Cow<'r, str> {
        cell(row, self.places.field(field))
    }

    /// The question, with the names of its pictures, which may be all that tells it from another.
    fn prompt(&self, row: &Row<'_>) -> String {
        let mut prompt = self.text(row, Field::Prompt).into_owned();
        for place in &self.places.media {
            let media = cell(row, Some(*place));
            if !media.is_empty() && !prompt.is_empty() {
                prompt.push_str(&format!("\n[image: {}]", media.replace('\n', " ")));
            }
        }
        prompt
    }

    /// The explanations of all their columns.
    fn explanation(&self, row: &Row<'_>) -> Option<String> {
        let texts = self.places.explanations.iter().map(|place| cell(row, Some(*place)));
        let texts: Vec<Cow<'_, str>> = texts.filter(|text| !text.is_empty()).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    /// Tags from all their columns: a column of tags holds several, another column one, whatever blanks are in it.
    fn tags(&self, row: &Row<'_>) -> Tags {
        let mut tags: Vec<Cow<'_, str>> = Vec::new();
        for place in &self.places.tags {
            let text = cell(row, Some(*place));
            let holds_several =
                self.layout.names.get(*place).is_some_and(|name| bare(name).starts_with("tag"));
            let is_between = |c: char| matches!(c, ',' | ';') || (c == '|' && !holds_several);
            if holds_several && !text.contains([',', ';']) {
                tags.extend(text.split_whitespace().map(|tag| Cow::Owned(tag.to_owned())));
            } else {
                tags.extend(text.split(is_between).map(|tag| Cow::Owned(tag.to_owned())));
            }
        }
        Tags::new(tags.iter().map(AsRef::as_ref))
    }

    fn asked(&self, row: &Row<'_>) -> Result<Asked, Invalid> {
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
        if wrong.len() > 1 && answer.chars().nth(1).is_none() {
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
    fn inside(&self, row: &Row<'_>, prompt: &str) -> Option<(String, Asked)> {
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
        if (kind == Some(Type::TrueFalse) || is_slip)
            && !answer.is_empty()
            && !super::key::is_placeholder(&answer)
        {
            return Err(Invalid::new(
                Field::Answer,
                format!("{answer:?} is neither true nor false"),
                "write true or false",
            ));
        }
        if super::key::is_placeholder(&answer) {
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
