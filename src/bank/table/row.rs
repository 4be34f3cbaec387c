//! A row of a table as a note.

use std::borrow::Cow;

use super::asked::Asked;
use super::layout::{Layout, Places};
use super::names::bare;
use super::options::{Opts, truth};
use super::survey::Survey;
use crate::bank::{Draft, Options, Problem, values};
use crate::model::{Body, Choice, Code, Content, Fact, Field, Guid, Invalid, Tags, tidy_listing, tidy_text};

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
        if let Some(Err(fault)) = stated(Field::Typed).map(|text| values::flag(&text)) {
            state(Field::Typed, fault);
        }
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

    pub(super) fn text<'r>(&self, row: &Row<'r>, field: Field) -> Cow<'r, str> {
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
}
