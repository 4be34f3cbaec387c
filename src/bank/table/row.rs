//! A row of a table as the cells of the native bank.

use super::layout::{Layout, Marks};
use super::names::{Role, bare};
use super::options::{Opts, in_cell, marked_in_json, true_or_false, truth};
use super::survey::Survey;
use super::words::{Type, question_type};
use crate::bank::native::{Cells, clean, list};
use crate::bank::{Draft, Options, Problem};
use crate::model::{Difficulty, Field, Invalid, Kind, letter};
use crate::text;

/// The cells of a row.
pub(super) type Row<'r> = [&'r str];

/// Makes notes of rows.
pub(super) struct Maker<'m> {
    pub(super) layout: &'m Layout,
    pub(super) survey: &'m Survey,
    pub(super) options: &'m Options,
}

/// What a row asks for.
enum Asked {
    Choice(Vec<String>, Vec<usize>),
    Fact { answer: String, accept: Vec<String>, typed: bool },
    Cloze,
}

/// The text in a column, tidied; a blank that does not break is a blank.
pub(super) fn cell(row: &Row<'_>, place: Option<usize>, field: Field) -> String {
    let text = place.and_then(|place| row.get(place)).copied().unwrap_or_default();
    let text = clean(field, text);
    if text.contains('\u{a0}') { text.replace('\u{a0}', " ").trim().to_owned() } else { text }
}

/// The options of a row, for a table that has a column for each.
pub(super) fn opts(layout: &Layout, row: &Row<'_>) -> Opts {
    let columns = layout.option_columns();
    Opts::new(columns.into_iter().map(|place| cell(row, Some(place), Field::Options)).collect())
}

impl Maker<'_> {
    /// The note of a row, or everything that is wrong with it.
    pub(super) fn draft(&self, line: u64, row: &Row<'_>) -> Result<(Draft, Option<Problem>), Vec<Problem>> {
        let asked = self.asked(row).map_err(|invalid| self.problems(line, vec![invalid]));
        let prompt = self.prompt(row);
        let asked = match asked {
            Ok(asked) if !prompt.is_empty() => asked,
            other => {
                let mut problems = other.err().unwrap_or_default();
                if prompt.is_empty() {
                    let invalid = Invalid::new(Field::Prompt, "the question is empty", "write the question");
                    problems.splice(0..0, self.problems(line, vec![invalid]));
                }
                return Err(problems);
            }
        };
        let mut cells = self.shared(row);
        cells.set(Field::Prompt, prompt);
        let mut warning = None;
        match asked {
            Asked::Choice(options, right) => {
                let (options, right, doubled) = once_each(options, &right);
                warning = doubled.map(|text| {
                    let message = format!(
                        "the option {:?} stands there twice; it is taken once",
                        text::one_line(&text, 40)
                    );
                    Problem::new(line, message, "correct one of the two")
                        .in_column(self.layout.name_of(Field::Options).unwrap_or_default())
                });
                cells.set(Field::Kind, Kind::Choice.name());
                cells.set(Field::Options, list::write(options.iter().map(String::as_str)));
                cells.set(
                    Field::Answer,
                    right.iter().map(|place| letter(*place).to_string()).collect::<Vec<_>>().join("|"),
                );
            }
            Asked::Fact { answer, accept, typed } => {
                cells.set(Field::Kind, Kind::Fact.name());
                cells.set(Field::Answer, answer);
                cells.set(Field::Accept, list::write(accept.iter().map(String::as_str)));
                cells.set(Field::Typed, if typed { "yes" } else { "" });
            }
            Asked::Cloze => cells.set(Field::Kind, Kind::Cloze.name()),
        }
        self.finish(line, &cells).map(|(draft, _)| (draft, warning))
    }

    /// The note of several rows that hold an option each.
    pub(super) fn grouped(
        &self,
        line: u64,
        rows: &[Vec<String>],
    ) -> Result<(Draft, Option<Problem>), Vec<Problem>> {
        let Some(first) = rows.first() else { return Err(Vec::new()) };
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        let column = |role| self.layout.columns(role).next();
        let mut texts = Vec::new();
        let mut right = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            texts.push(cell(&row, column(Role::OneOption), Field::Options));
            let says = cell(&row, column(Role::IsRight), Field::Answer);
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
        let mut cells = self.shared(&first);
        cells.set(Field::Prompt, self.prompt(&first));
        cells.set(Field::Kind, Kind::Choice.name());
        cells.set(Field::Options, list::write(texts.iter().map(String::as_str)));
        cells.set(
            Field::Answer,
            right.iter().map(|place| letter(*place).to_string()).collect::<Vec<_>>().join("|"),
        );
        self.finish(line, &cells)
    }

    fn finish(&self, line: u64, cells: &Cells) -> Result<(Draft, Option<Problem>), Vec<Problem>> {
        crate::bank::native::draft(line, cells)
            .map(|(draft, _)| (draft, None))
            .map_err(|invalid| self.problems(line, invalid))
    }

    /// Problems under the names that the table gives its columns.
    fn problems(&self, line: u64, invalid: Vec<Invalid>) -> Vec<Problem> {
        let named = |invalid: Invalid| {
            let name = self.layout.name_of(invalid.field).unwrap_or(invalid.field.name()).to_owned();
            Problem::of(line, invalid).in_column(name)
        };
        invalid.into_iter().map(named).collect()
    }

    fn text(&self, row: &Row<'_>, field: Field) -> String {
        cell(row, self.layout.column(field), field)
    }

    /// The question, with the names of its pictures, which may be all that tells it from another.
    fn prompt(&self, row: &Row<'_>) -> String {
        let mut prompt = self.text(row, Field::Prompt);
        for place in self.layout.columns(Role::Media) {
            let media = cell(row, Some(place), Field::Source);
            if !media.is_empty() && !prompt.is_empty() {
                prompt.push_str(&format!("\n[image: {}]", media.replace('\n', " ")));
            }
        }
        prompt
    }

    /// What every kind of note may carry.
    fn shared(&self, row: &Row<'_>) -> Cells {
        let mut cells = Cells::default();
        for field in [
            Field::Guid,
            Field::Id,
            Field::Deck,
            Field::Code,
            Field::Language,
            Field::Hint,
            Field::Mistakes,
            Field::Check,
            Field::Level,
            Field::Source,
            Field::Reverse,
        ] {
            cells.set(field, self.text(row, field));
        }
        let explanations = self
            .layout
            .columns(Role::Field(Field::Explanation))
            .map(|place| cell(row, Some(place), Field::Explanation));
        cells.set(
            Field::Explanation,
            explanations.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        );
        cells.set(Field::Tags, self.tags(row));
        let difficulty =
            self.survey.difficulty.and_then(|scale| scale.read(&self.text(row, Field::Difficulty)));
        cells.set_filled(Field::Difficulty, difficulty.map(Difficulty::name));
        cells.set(Field::Html, if self.options.html { "yes" } else { "" });
        cells
    }

    /// Tags from all their columns: a column of tags holds several, another column one, whatever blanks are in it.
    fn tags(&self, row: &Row<'_>) -> String {
        let mut tags = String::new();
        for place in self.layout.columns(Role::Field(Field::Tags)) {
            let text = cell(row, Some(place), Field::Tags);
            let holds_several =
                self.layout.names.get(place).is_some_and(|name| bare(name).starts_with("tag"));
            let several = holds_several && !text.contains([',', ';']);
            tags.push_str(&if several {
                text.split_whitespace().collect::<Vec<_>>().join(",")
            } else {
                text.replace('|', ",")
            });
            tags.push(',');
        }
        tags
    }

    fn asked(&self, row: &Row<'_>) -> Result<Asked, Invalid> {
        let kind = question_type(&self.text(row, Field::Kind));
        if kind == Some(Type::Poll) {
            return Err(Invalid::new(
                Field::Kind,
                "a poll has no right answer",
                "take the row out, or give it a type with an answer",
            ));
        }
        let answer = self.text(row, Field::Answer);
        let opts = opts(self.layout, row);
        match self.layout.marks {
            Marks::Sign(sign) => return Ok(by_sign(&opts, sign)),
            Marks::Next => return Ok(self.by_next(row, &opts)),
            Marks::Key => {}
        }
        let wrong: Vec<String> = self
            .layout
            .columns(Role::Distractor)
            .map(|place| cell(row, Some(place), Field::Options))
            .filter(|text| !text.is_empty())
            .collect();
        if !wrong.is_empty() && !answer.is_empty() {
            return Ok(Asked::Choice(std::iter::once(answer).chain(wrong).collect(), vec![0]));
        }
        if opts.filled() == 0 {
            let list = self.text(row, Field::Options);
            if !list.is_empty() {
                return self.in_one_cell(&list, &answer);
            }
            return self.without_options(row, answer, kind);
        }
        if answer.is_empty() && matches!(kind, Some(Type::Short | Type::Open)) {
            let mut accepted = opts.iter().map(|(_, text)| text.to_owned());
            let answer = accepted.next().unwrap_or_default();
            return Ok(Asked::Fact { answer, accept: accepted.collect(), typed: true });
        }
        let right = self
            .layout
            .key
            .resolve(&answer, &opts, self.separator())
            .map_err(|invalid| self.shifted(invalid, &answer, &opts))?;
        Ok(choice(&opts, &right))
    }

    fn separator(&self) -> Option<&str> {
        self.options.answer_separator.as_deref()
    }

    /// A key that is prose while the last option is a letter: the row has lost a cell.
    fn shifted(&self, invalid: Invalid, answer: &str, opts: &Opts) -> Invalid {
        let last = opts.iter().last().map(|(_, text)| text).unwrap_or_default();
        if self.layout.key != super::key::Key::Letters || last.len() != 1 || answer.len() < 8 {
            return invalid;
        }
        let message = format!(
            "the answer holds a text and the last option is {last:?}: the cells seem to be shifted by one"
        );
        Invalid::new(Field::Answer, message, "insert the option that is missing, or an empty cell for it")
    }

    fn in_one_cell(&self, list: &str, answer: &str) -> Result<Asked, Invalid> {
        let readings = in_cell(list);
        if let (Some(texts), Some(right)) = (readings.first(), marked_in_json(list)) {
            return Ok(Asked::Choice(texts.clone(), right));
        }
        let mut first_fault = None;
        for texts in readings {
            let opts = Opts::new(texts);
            match self.layout.key.resolve(answer, &opts, self.separator()) {
                Ok(right) => return Ok(choice(&opts, &right)),
                Err(invalid) => first_fault = first_fault.or(Some(invalid)),
            }
        }
        Err(first_fault.unwrap_or_else(|| {
            Invalid::new(Field::Options, "there is only one option", "separate the options by |")
        }))
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
        if kind == Some(Type::TrueFalse) && !answer.is_empty() {
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
        if kind == Some(Type::Choice) && !self.layout.option_columns().is_empty() {
            return Err(Invalid::new(
                Field::Options,
                "the type asks for options, and there are none",
                "write the options",
            ));
        }
        let typed = kind == Some(Type::Short) || truth(&self.text(row, Field::Typed)) == Some(true);
        let accept = if typed { list::read(&self.text(row, Field::Accept)) } else { Vec::new() };
        Ok(Asked::Fact { answer, accept, typed })
    }

    fn by_next(&self, row: &Row<'_>, opts: &Opts) -> Asked {
        let columns = self.layout.option_columns();
        let is_right = |place: usize| {
            columns
                .get(place)
                .is_some_and(|column| truth(&cell(row, Some(column + 1), Field::Answer)) == Some(true))
        };
        let right: Vec<usize> =
            opts.iter().map(|(place, _)| place).filter(|place| is_right(*place)).collect();
        choice(opts, &right)
    }
}

fn by_sign(opts: &Opts, sign: char) -> Asked {
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

/// The options without those that stand there before, and the first of these. One is right if any of its like is.
fn once_each(options: Vec<String>, right: &[usize]) -> (Vec<String>, Vec<usize>, Option<String>) {
    let mut kept: Vec<String> = Vec::with_capacity(options.len());
    let mut kept_right = Vec::new();
    let mut doubled = None;
    for (place, option) in options.into_iter().enumerate() {
        let at = kept.iter().position(|other| *other == option);
        let at = if let Some(at) = at {
            doubled.get_or_insert(option);
            at
        } else {
            kept.push(option);
            kept.len() - 1
        };
        if right.contains(&place) {
            kept_right.push(at);
        }
    }
    (kept, kept_right, doubled)
}

/// The options without the empty ones; places follow.
fn choice(opts: &Opts, right: &[usize]) -> Asked {
    let right =
        opts.iter().enumerate().filter(|(_, (place, _))| right.contains(place)).map(|(new, _)| new).collect();
    Asked::Choice(opts.iter().map(|(_, text)| text.to_owned()).collect(), right)
}
