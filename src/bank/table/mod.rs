//! Tables: spreadsheets and delimited text, one row a question or one row an option, in whatever order and language
//! the columns come.

mod dialect;
mod head;
mod key;
mod layout;
mod names;
mod options;
mod platform;
mod row;
mod shapes;
mod shift;
mod suggest;
mod survey;
#[cfg(test)]
mod tests;
mod words;

pub use platform::{BLOOKET, GIMKIT, KAHOOT, Platform, QUIZIZZ};

use std::ops::Range;

use super::records::{Place, Records};
use super::{Draft, Format, Guess, Input, Options, Problem, Rejected, Sink};
use crate::error::Result;
use crate::model::Field;
use crate::text;
use dialect::Dialect;
use head::Head;
use layout::Places;
use names::Role;
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
    names::role(name).is_some_and(|(role, _)| !matches!(role, Role::Ignored | Role::Media))
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
    let head = head::find(input, dialect.delimiter, dialect.width, options)?;
    Ok(super::rejected::rows(input, dialect.delimiter, head.header, items))
}

fn dialect(input: &Input, options: &Options) -> Result<Dialect> {
    let stated = head::stated_separator(input).map(|byte| char::from(byte).to_string());
    let stated = Options { delimiter: options.delimiter.clone().or(stated), ..options.clone() };
    dialect::find(input, &stated)
}

fn read(input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
    let dialect = dialect(input, options)?;
    let mut head = head::find(input, dialect.delimiter, dialect.width, options)?;
    dialect.guess.into_iter().chain(std::mem::take(&mut head.guesses)).for_each(|guess| out.guess(guess));
    let survey = look(input, dialect.delimiter, &mut head, options, out);
    out.skip(head.skipped);
    let places = Places::of(&head.layout);
    let mut reader = Reader {
        head: &head,
        maker: Maker { layout: &head.layout, places: &places, survey: &survey, options },
        delimiter: dialect.delimiter,
        options,
        group: None,
    };
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
        let columns = head.layout.describe();
        out.guess(Guess::new(
            "columns",
            columns,
            "no answer is among the options, so these are wrong ones",
            "--map",
        ));
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
            out.warn(
                Problem::new(head.line, doubt, "say it with --index-base 0 or --index-base 1")
                    .in_column(name),
            );
        }
    }
    out_warnings(&survey, head, options, out);
    survey
}

/// What nothing is rejected for, and the learner should know.
fn out_warnings(survey: &Survey, head: &Head, options: &Options, out: &mut dyn Sink) {
    if let Some(problem) = head.layout.left_out(head.line).filter(|_| head.layout.has_header) {
        out.warn(problem);
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

/// Rows that belong to one question.
struct Group {
    key: String,
    line: u64,
    span: Range<usize>,
    rows: Vec<Vec<String>>,
}

struct Reader<'r> {
    head: &'r Head,
    maker: Maker<'r>,
    delimiter: u8,
    options: &'r Options,
    group: Option<Group>,
}

impl Reader<'_> {
    fn row(&mut self, place: &Place, row: &[&str], out: &mut dyn Sink) {
        if let Some(fault) = place.fault.as_ref().filter(|_| !place.is_loose) {
            out.reject(place.rejected(fault.clone()));
            return;
        }
        place.loose_quotes().into_iter().for_each(|warning| out.warn(warning));
        let mut row = row;
        let (fitted, cells): (Vec<String>, Vec<&str>);
        let width = self.head.layout.roles.len();
        if row.len() > width || (row.len() == 1 && width > 1) {
            fitted = match self.fitted(row) {
                Ok(fitted) => fitted,
                Err((message, fix)) => {
                    out.reject(place.rejected(Problem::new(place.line, message, fix)));
                    return;
                }
            };
            cells = fitted.iter().map(String::as_str).collect();
            row = &cells;
        }
        if self.head.layout.roles.contains(&Some(Role::OneOption)) {
            self.join(place, row, out);
            return;
        }
        match self.maker.draft(place.line, row) {
            Ok((draft, warning)) => {
                out.draft(Draft { span: place.span.clone(), ..draft });
                if let Some(warning) = warning {
                    out.warn(warning);
                }
            }
            Err(problems) => {
                let problems = shift::explain(&self.head.layout, self.maker.places, row, problems);
                out.reject(Rejected { problems, original: place.span.clone() });
            }
        }
    }

    /// The cells of a row as many as there are columns: a row that was quoted whole is read again, cells beyond the last
    /// column are joined to it if that was asked for.
    fn fitted(&self, row: &[&str]) -> Result<Vec<String>, (String, String)> {
        let width = self.head.layout.roles.len();
        let delimiter = char::from(self.delimiter);
        if let [whole] = row
            && width > 1
            && whole.contains(delimiter)
        {
            return self.fitted(&whole.split(delimiter).collect::<Vec<_>>());
        }
        let mut cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        let beyond = cells.split_off(width.min(cells.len()));
        let Some(first) = beyond.iter().find(|cell| !cell.trim().is_empty()) else { return Ok(cells) };
        let last_role = self.head.layout.roles.last().copied().flatten();
        if last_role == Some(Role::Field(Field::Tags)) && !self.head.layout.has_header {
            let tags = beyond.iter().map(|tag| tag.trim().replace(' ', "_")).collect::<Vec<_>>().join(",");
            if let Some(last) = cells.last_mut() {
                last.push_str(&format!(",{tags}"));
            }
            return Ok(cells);
        }
        let is_text = match last_role {
            // beside options it is a key
            Some(Role::Field(Field::Answer)) => {
                self.maker.places.options.is_empty() && self.maker.places.field(Field::Options).is_none()
            }
            Some(Role::Field(Field::Explanation | Field::Prompt | Field::Hint | Field::Source)) => true,
            _ => false,
        };
        if self.options.join_extra
            && is_text
            && let Some(last) = cells.last_mut()
        {
            for cell in &beyond {
                last.push(delimiter);
                last.push_str(cell);
            }
            return Ok(cells);
        }
        let message = format!(
            "the row has {} cells, the table {width} columns; the first beyond is {:?}",
            row.len(),
            text::one_line(first, 30)
        );
        let join = if is_text { "; if the last column goes on there, add --join-extra" } else { "" };
        Err((message, format!("put quotes around a cell that has {delimiter:?} in it{join}")))
    }

    /// A row that holds one option: it belongs to the question before if that is the same or none.
    fn join(&mut self, place: &Place, row: &[&str], out: &mut dyn Sink) {
        let text = |field| row::cell(row, self.maker.places.field(field));
        let key = [text(Field::Id), text(Field::Prompt)].join("\u{1f}");
        let goes_on =
            self.group.as_ref().is_some_and(|group| group.key == key || text(Field::Prompt).is_empty());
        if !goes_on {
            self.end_group(out);
        }
        let group = self.group.get_or_insert_with(|| Group {
            key,
            line: place.line,
            span: place.span.clone(),
            rows: Vec::new(),
        });
        group.span.end = place.span.end;
        group.rows.push(row.iter().map(ToString::to_string).collect());
    }

    fn end_group(&mut self, out: &mut dyn Sink) {
        if let Some(group) = self.group.take() {
            match self.maker.grouped(group.line, &group.rows) {
                Ok(draft) => out.draft(Draft { span: group.span, ..draft }),
                Err(problems) => out.reject(Rejected { problems, original: group.span }),
            }
        }
    }
}
