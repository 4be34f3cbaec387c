//! Tables: spreadsheets and delimited text, one row a question or one row an option, in whatever order and language
//! the columns come.

mod asked;
mod dialect;
mod head;
mod key;
mod layout;
mod map;
mod names;
mod options;
mod platform;
mod reader;
mod row;
mod rows;
mod shapes;
mod shift;
mod suggest;
mod survey;
#[cfg(test)]
mod tests;
mod tokens;
mod values;
mod words;

pub use platform::{BLOOKET, GIMKIT, KAHOOT, Platform, QUIZIZZ};

use super::records::Records;
use super::rejected::{REJECTED_BECAUSE, rows, rows_under};
use super::{Format, Guess, Input, Options, Problem, Reading, Rejected, Sink};
use crate::error::Result;
use crate::model::Field;
use crate::text;
use dialect::Dialect;
use head::Head;
use layout::Places;
use names::Role;
use reader::Reader;
use row::Maker;
use survey::Survey;

/// Any table.
#[derive(Debug)]
pub struct Table;

impl Format for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn about(&self) -> &'static str {
        "any table: CSV, TSV, a spreadsheet; columns by name in many languages, or by what they hold"
    }

    fn recognise(&self, _: &Input) -> Option<String> {
        Some("it has rows of cells and is in none of the other formats".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        read(input, options, out)
    }

    fn rejected(&self, input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
        rejected(input, options, items)
    }

    fn ending(&self, _: &Input) -> String {
        "csv".to_owned()
    }
}

/// Whether a column of this name is understood, other than as something to leave out.
pub(super) fn understands(name: &str) -> bool {
    names::known_role(name).is_some_and(|(role, _)| !matches!(role, Role::Ignored | Role::Media))
}

/// Whether a column of this name holds questions, or answers to them.
pub(crate) fn side_named(name: &str) -> Option<Field> {
    match names::role(name)? {
        (Role::Field(field @ (Field::Prompt | Field::Answer)), _) => Some(field),
        _ => None,
    }
}

/// The separator on which the rows of a text agree, if there is one.
pub(crate) fn separator(text: &str) -> Option<(u8, Guess)> {
    let input = Input { text: text.to_owned(), ..Input::default() };
    let Dialect { delimiter, guess, .. } = dialect::find(&input, &Options::default()).ok()?;
    Some((delimiter, guess?))
}

/// Whether the values of a column are degrees of difficulty in words.
pub(super) fn holds_difficulty(input: &Input, delimiter: u8, place: usize) -> bool {
    let mut records = Records::new(input, delimiter);
    let mut values = std::collections::BTreeSet::new();
    records.next();
    while records.next().is_some() && values.len() < 64 {
        let value = records.record().get(place).unwrap_or_default().trim();
        if !value.is_empty() {
            values.insert(value.to_owned());
        }
    }
    words::Scale::of(values.iter().map(String::as_str)) == Some(words::Scale::Words)
}

fn rejected(input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
    let dialect = dialect(input, options)?;
    let delimiter = dialect.delimiter;
    let mut head = head::find(input, delimiter, dialect.width, options)?;
    look(input, delimiter, &mut head, options, &mut Reading::default());
    let has_numbers =
        matches!(head.layout.key, key::Key::Numbers(_)) && !head.layout.option_columns().is_empty();
    let is_told_by_names =
        head.layout.has_header && head.layout.is_told_by(&head.layout.names) && !has_numbers;
    let separator = char::from(delimiter).to_string();
    let reasons = usize::from(head.layout.names.first().is_some_and(|name| name == REJECTED_BECAUSE));
    let names = if is_told_by_names { None } else { head.layout.telling_names() };
    let quoted = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
    let names =
        names.map(|names| names.iter().skip(reasons).map(quoted).collect::<Vec<_>>().join(&separator));
    Ok(match (names, head.header) {
        (Some(names), _) => rows_under(input, delimiter, &names, items),
        (None, Some(header)) => rows(input, delimiter, Some(header), items),
        // as wide as the rows, or one row alone would be no table
        (None, None) => {
            let empty = separator.repeat(head.layout.roles.len().saturating_sub(1 + reasons));
            rows_under(input, delimiter, &empty, items)
        }
    })
}

fn dialect(input: &Input, options: &Options) -> Result<Dialect> {
    let stated = head::stated_separator(input).map(|byte| char::from(byte).to_string());
    let stated = Options { delimiter: options.delimiter.clone().or(stated), ..options.clone() };
    dialect::find(input, &stated)
}

fn read(input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
    let dialect = dialect(input, options)?;
    let mut head = head::find(input, dialect.delimiter, dialect.width, options)?;
    dialect
        .guess
        .clone()
        .into_iter()
        .chain(std::mem::take(&mut head.guesses))
        .for_each(|guess| out.guess(guess));
    let survey = look(input, dialect.delimiter, &mut head, options, out);
    if options.map.is_empty() && survey.has_keys() {
        head.layout.must_have_options(head.line, &head.below)?;
    }
    out.skip(head.skipped);
    let places = Places::of(&head.layout);
    let maker = Maker { layout: &head.layout, places: &places, survey: &survey, options };
    let mut reader = Reader::new(maker, &dialect);
    let mut records = Records::new(input, dialect.delimiter).of_width(head.layout.roles.len());
    let mut seen = 0;
    while let Some(place) = records.next() {
        out.skip(place.blank);
        if records.is_hollow() {
            out.skip(1);
            continue;
        }
        let row: Vec<&str> = records.record().iter().collect();
        seen += 1;
        if seen > head.rows {
            reader.row(&place, &row, out);
        }
    }
    reader.end_group(out);
    Ok(())
}

/// Looks at all rows before the first is read: only together they tell how keys are written.
fn look(input: &Input, delimiter: u8, head: &mut Head, options: &Options, out: &mut dyn Sink) -> Survey {
    let mut survey = Survey::default();
    let places = Places::of(&head.layout);
    let mut records = Records::new(input, delimiter).of_width(head.layout.roles.len());
    let mut seen = 0;
    while let Some(place) = records.next() {
        if records.is_hollow() {
            continue;
        }
        let row: Vec<&str> = records.record().iter().collect();
        seen += 1;
        if seen > head.rows && row.len() <= head.layout.roles.len() {
            survey.look(&places, place.line, &row, options);
        }
    }
    for said in survey.settle(&mut head.layout) {
        out.guess(Guess::new("columns", said, "every value is a degree of difficulty", "--map"));
    }
    if head.layout.marks == layout::Marks::Key && options.map.is_empty() && survey.key.stands_beside() {
        head.layout.take_options_as_wrong();
        let reason = "no answer is among them";
        out.guess(Guess::new("options", "the wrong ones, beside the answer", reason, "--map"));
    }
    let has_options =
        !head.layout.option_columns().is_empty() || head.layout.column(Field::Options).is_some();
    if has_options && head.layout.marks == layout::Marks::Key && head.layout.column(Field::Answer).is_some() {
        let (key, reason, doubt) = survey.key.conclude(options.index_base, head.layout.counts_from_zero());
        head.layout.key = key;
        if options.index_base.is_none() {
            out.guess(Guess::new("key", key.describe(), reason, "--index-base"));
        }
        let name = head.layout.name_of(Field::Answer).unwrap_or_default().to_owned();
        if let Some(doubt) = doubt {
            out.warn(Problem::new(head.line, doubt, key.certainty()).in_column(name));
        }
    }
    out_warnings(&survey, head, options, out);
    survey
}

/// Whether a row of two cells may be names of columns as well as a card.
fn is_like_names(row: &[String]) -> bool {
    let is_name = |cell: &String| {
        let cell = cell.trim();
        cell.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && cell.chars().count() <= 20
            && cell.split_whitespace().count() <= 2
            && !cell.ends_with(['?', '.', '!'])
    };
    row.len() == 2 && row.iter().all(is_name)
}

/// What nothing is rejected for, and the learner should know.
fn out_warnings(survey: &Survey, head: &Head, options: &Options, out: &mut dyn Sink) {
    if let Some(problem) = head.layout.left_out(head.line).filter(|_| head.layout.has_header) {
        out.warn(problem);
    }
    if let Some(first) = head.below.first().filter(|row| !head.layout.has_header && is_like_names(row)) {
        let shown: Vec<String> = first.iter().map(|cell| format!("{:?}", text::one_line(cell, 30))).collect();
        let message = format!("row 1 ({}) is taken for a card", shown.join(", "));
        out.warn(Problem::new(head.line, message, "if it names the columns, add --header"));
    }
    survey.odd_difficulties(&head.layout, head.line).into_iter().for_each(|odd| out.warn(odd));
    if survey.media > 0 {
        let message = format!(
            "{} a picture or a sound; its name stands in the question, the file is not taken",
            text::count_verb(survey.media, "row names", "rows name")
        );
        out.warn(Problem::new(head.line, message, "add what has to be seen to the question, in words"));
    }
    if let (rows, Some(mark)) = &survey.html
        && !options.html
    {
        let message = format!(
            "{} like HTML ({mark}); it is taken as plain text",
            text::count_verb(*rows, "row looks", "rows look")
        );
        out.warn(Problem::new(
            head.line,
            message,
            "add --html to have it shown as text and handed to Anki as it is",
        ));
    }
}
