//! What the values of a table tell before its rows are read: how keys are written, what difficulty means.

use std::collections::BTreeMap;

use super::key;
use super::layout::{Layout, Places};
use super::names::Role;
use super::options::{in_cell, owned, true_or_false};
use super::row::{Row, cell, opts};
use super::words::{Scale, question_type};
use crate::bank::{Options, Problem};
use crate::model::Field;
use crate::text;

/// More different values than these are not kept.
const MOST_VALUES: usize = 64;

/// The different values of a column, each with the line on which it stands first.
type Values = BTreeMap<String, u64>;

/// As many values of a column that holds no difficulty are shown.
const MOST_ODD: usize = 3;

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
    kinds: Values,
    levels: Values,
    difficulties: Values,
    answers: u64,
    truths: u64,
    keys: u64,
    prompts: u64,
    asking: u64,
}

impl Survey {
    /// Looks at a row.
    pub(super) fn look(&mut self, places: &Places, line: u64, row: &Row<'_>, options: &Options) {
        let text = |field| cell(row, places.field(field));
        let answer = text(Field::Answer);
        let prompt = text(Field::Prompt);
        self.prompts += u64::from(!prompt.is_empty());
        self.asking += u64::from(prompt.ends_with(['?', '？']));
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
            self.keys += u64::from(is_letter(&answer));
        }
        for (field, values) in [
            (Field::Kind, &mut self.kinds),
            (Field::Level, &mut self.levels),
            (Field::Difficulty, &mut self.difficulties),
        ] {
            let value = text(field);
            if !value.is_empty() && values.len() < MOST_VALUES && !values.contains_key(value.as_ref()) {
                values.insert(value.into_owned(), line);
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
        let scale = |values: &Values| Scale::of(values.keys().map(String::as_str));
        let name = |layout: &Layout, field| layout.name_of(field).unwrap_or_default().to_owned();
        let mut said = Vec::new();
        self.difficulty = scale(&self.difficulties);
        let has_difficulty = layout.column(Field::Difficulty).is_some();
        if layout.column(Field::Kind).is_some()
            && !self.kinds.keys().any(|kind| question_type(kind).is_some())
        {
            let column = name(layout, Field::Kind);
            let is_difficulty = !has_difficulty && scale(&self.kinds) == Some(Scale::Words);
            let by = if is_difficulty { Role::Field(Field::Difficulty) } else { Role::Field(Field::Tags) };
            layout.replace(Role::Field(Field::Kind), Some(by));
            if is_difficulty {
                self.difficulty = Some(Scale::Words);
                self.difficulties = std::mem::take(&mut self.kinds);
                said.push(format!("{column} holds the difficulty, by its values"));
            }
        }
        let level_is_difficulty =
            layout.column(Field::Difficulty).is_none() && scale(&self.levels) == Some(Scale::Words);
        if level_is_difficulty {
            let column = name(layout, Field::Level);
            layout.replace(Role::Field(Field::Level), Some(Role::Field(Field::Difficulty)));
            self.difficulty = Some(Scale::Words);
            self.difficulties = std::mem::take(&mut self.levels);
            said.push(format!("{column} holds the difficulty, by its values"));
        }
        said
    }

    /// Whether the answers of a table without options are true or false, but for a few.
    pub(super) fn is_true_false(&self) -> bool {
        self.truths > 0 && self.truths * 5 >= self.answers * 4
    }

    /// Whether the rows have options, but for a few.
    pub(super) fn asks_choices(&self) -> bool {
        u64::try_from(self.key.rows()).unwrap_or(0) >= 3 * self.answers.max(1)
    }

    /// Whether the answers of a table without options are letters, as keys are.
    pub(super) fn has_keys(&self) -> bool {
        self.answers > 2 && self.keys * 5 >= self.answers * 4 && !self.is_true_false()
    }

    /// Whether the questions end with a question mark, but for a few.
    pub(super) fn all_ask(&self) -> bool {
        self.prompts > 3 && self.asking * 5 >= self.prompts * 4
    }

    /// Words about values of the column of difficulty that are no difficulty; `line` is that of the header.
    pub(super) fn odd_difficulties(&self, layout: &Layout, line: u64) -> Vec<Problem> {
        let column = layout.name_of(Field::Difficulty).unwrap_or_default();
        let shown = |value: &str| text::one_line(value, 30);
        let Some(scale) = self.difficulty else {
            let some: Vec<String> =
                self.difficulties.keys().take(MOST_ODD).map(|value| format!("{:?}", shown(value))).collect();
            if some.is_empty() {
                return Vec::new();
            }
            let message = format!(
                "the values are no degrees of difficulty (such as {}); the column is left out",
                some.join(", ")
            );
            let fix = "write easy, medium or hard, or numbers from 1 to 3, 5 or 10";
            return vec![Problem::new(line, message, fix).in_column(column)];
        };
        let mut odd: Vec<(u64, &str)> = self
            .difficulties
            .iter()
            .filter(|(value, _)| scale.read(value).is_none())
            .map(|(value, line)| (*line, value.as_str()))
            .collect();
        odd.sort_unstable();
        let said = |(line, value): (u64, &str)| {
            let message = format!(
                "{:?} is no degree of difficulty, unlike the other values; it is left out",
                shown(value)
            );
            Problem::new(line, message, format!("write {}", scale.describe())).in_column(column)
        };
        odd.into_iter().map(said).collect()
    }
}

fn is_letter(text: &str) -> bool {
    let mut chars = text.trim_matches(|c: char| "().[] ".contains(c)).chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
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
