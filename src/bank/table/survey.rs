//! What the values of a table tell before its rows are read: how keys are written, what difficulty means.

use std::collections::BTreeSet;

use super::key;
use super::layout::{Layout, Places};
use super::names::Role;
use super::options::{in_cell, owned, true_or_false};
use super::row::{Row, cell, opts};
use super::words::{Scale, question_type};
use crate::bank::Options;
use crate::model::Field;

/// More different values than these are not kept.
const MOST_VALUES: usize = 64;

/// What was seen in all rows.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) key: key::Survey,
    /// How difficulty is written, if a column holds it.
    pub(super) difficulty: Option<Scale>,
    /// Rows with a picture or a sound.
    pub(super) media: u64,
    /// Rows whose texts look like HTML, and one of the marks.
    pub(super) html: (u64, Option<String>),
    kinds: BTreeSet<String>,
    levels: BTreeSet<String>,
    difficulties: BTreeSet<String>,
    answers: u64,
    truths: u64,
}

impl Survey {
    /// Looks at a row.
    pub(super) fn look(&mut self, places: &Places, row: &Row<'_>, options: &Options) {
        let text = |field| cell(row, places.field(field));
        let answer = text(Field::Answer);
        let opts = opts(places, row);
        let separator = options.answer_separator.as_deref();
        if opts.filled() > 0 {
            self.key.look(&answer, &opts, separator);
        } else if places.field(Field::Options).is_some() {
            // the reading that the answer fits best
            let list = in_cell(&text(Field::Options));
            if let Some(texts) = list.into_iter().next() {
                self.key.look(&answer, &owned(texts), separator);
            }
        } else if !answer.is_empty() {
            self.answers += 1;
            self.truths += u64::from(true_or_false(&answer).is_some());
        }
        for (field, values) in [
            (Field::Kind, &mut self.kinds),
            (Field::Level, &mut self.levels),
            (Field::Difficulty, &mut self.difficulties),
        ] {
            let value = text(field);
            if !value.is_empty() && values.len() < MOST_VALUES && !values.contains(value.as_ref()) {
                values.insert(value.into_owned());
            }
        }
        self.media += u64::from(places.media.iter().any(|place| !cell(row, Some(*place)).is_empty()));
        if let Some(mark) = row.iter().find_map(|cell| html_mark(cell)) {
            self.html.0 += 1;
            self.html.1.get_or_insert_with(|| mark.to_owned());
        }
    }

    /// Lets the values decide what the columns of types and levels are, and says what it decided.
    pub(super) fn settle(&mut self, layout: &mut Layout) -> Vec<String> {
        let scale = |values: &BTreeSet<String>| Scale::of(values.iter().map(String::as_str));
        let name = |layout: &Layout, field| layout.name_of(field).unwrap_or_default().to_owned();
        let mut said = Vec::new();
        self.difficulty = scale(&self.difficulties);
        let has_difficulty = layout.column(Field::Difficulty).is_some();
        if layout.column(Field::Kind).is_some()
            && !self.kinds.iter().any(|kind| question_type(kind).is_some())
        {
            let column = name(layout, Field::Kind);
            let is_difficulty = !has_difficulty && scale(&self.kinds) == Some(Scale::Words);
            let by = if is_difficulty { Role::Field(Field::Difficulty) } else { Role::Field(Field::Tags) };
            layout.replace(Role::Field(Field::Kind), Some(by));
            if is_difficulty {
                self.difficulty = Some(Scale::Words);
                said.push(format!("{column} holds the difficulty, by its values"));
            }
        }
        let level_is_difficulty =
            layout.column(Field::Difficulty).is_none() && scale(&self.levels) == Some(Scale::Words);
        if level_is_difficulty {
            let column = name(layout, Field::Level);
            layout.replace(Role::Field(Field::Level), Some(Role::Field(Field::Difficulty)));
            self.difficulty = Some(Scale::Words);
            said.push(format!("{column} holds the difficulty, by its values"));
        }
        said
    }

    /// Whether all answers of a table without options are true or false.
    pub(super) fn is_true_false(&self) -> bool {
        self.answers > 0 && self.answers == self.truths
    }

    /// Values of the column of difficulty that are no difficulty.
    pub(super) fn odd_difficulties(&self) -> Vec<&str> {
        let is_odd = |value: &&str| self.difficulty.is_none_or(|scale| scale.read(value).is_none());
        self.difficulties.iter().map(String::as_str).filter(is_odd).take(3).collect()
    }
}

/// A mark that only HTML has.
fn html_mark(text: &str) -> Option<&'static str> {
    const MARKS: [&str; 13] = [
        "<br", "<p>", "</p>", "<div", "<b>", "<i>", "<sub>", "<sup>", "<span", "<a href", "<img", "<ul>",
        "&nbsp;",
    ];
    if !text.contains('<') && !text.contains('&') {
        return None;
    }
    MARKS.into_iter().find(|mark| text.contains(mark))
}
