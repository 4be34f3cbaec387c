//! Rows of a table, one by one: fitted to the columns, put together where several are one question, made notes or
//! rejected.

use std::ops::Range;

use super::dialect::Dialect;
use super::names::Role;
use super::row::{self, Maker};
use super::shift;
use crate::bank::records::Place;
use crate::bank::{Draft, Problem, Rejected, Sink};
use crate::model::Field;
use crate::text;

/// Rows that belong to one question.
struct Group {
    key: String,
    line: u64,
    span: Range<usize>,
    rows: Vec<Vec<String>>,
}

/// Makes notes of rows.
pub(super) struct Reader<'r> {
    maker: Maker<'r>,
    delimiter: u8,
    /// Cells of most rows.
    usual: usize,
    is_padded: bool,
    group: Option<Group>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(maker: Maker<'r>, dialect: &Dialect) -> Self {
        let Dialect { delimiter, width, is_padded, .. } = *dialect;
        Self { maker, delimiter, usual: width, is_padded, group: None }
    }

    /// Takes a row.
    pub(super) fn row(&mut self, place: &Place, row: &[&str], out: &mut dyn Sink) {
        if let Some(fault) = place.fault.as_ref().filter(|_| !place.is_loose) {
            out.reject(place.rejected(fault.clone()));
            return;
        }
        place.loose_quotes().into_iter().for_each(|warning| out.warn(warning));
        let mut row = row;
        let (fitted, cells): (Vec<String>, Vec<&str>);
        let width = self.maker.layout.roles.len();
        if row.len() > width || (row.len() == 1 && width > 1) {
            fitted = match self.fitted(row) {
                Ok(fitted) => fitted,
                Err((message, fix)) => {
                    let (layout, places) = (self.maker.layout, self.maker.places);
                    let problems = vec![Problem::new(place.line, message, fix)];
                    let problems = shift::explain(layout, places, row, self.maker.survey.all_ask(), problems);
                    out.reject(Rejected { problems, original: place.span.clone() });
                    return;
                }
            };
            cells = fitted.iter().map(String::as_str).collect();
            row = &cells;
        }
        if self.maker.layout.roles.contains(&Some(Role::OneOption)) {
            self.join(place, row, out);
            return;
        }
        match self.maker.draft(place.line, row) {
            Ok((draft, warning)) => {
                out.draft(Draft { span: place.span.clone(), ..draft });
                let asks = self.maker.survey.all_ask();
                let doubt = shift::doubt(
                    self.maker.layout,
                    self.maker.places,
                    row,
                    asks,
                    self.is_padded,
                    char::from(self.delimiter),
                );
                let doubt = doubt.map(|(message, fix)| Problem::new(place.line, message, fix));
                warning.into_iter().chain(doubt).for_each(|warning| out.warn(warning));
            }
            Err(problems) => {
                let problems = shift::explain(
                    self.maker.layout,
                    self.maker.places,
                    row,
                    self.maker.survey.all_ask(),
                    problems,
                );
                out.reject(Rejected { problems, original: place.span.clone() });
            }
        }
    }

    /// The cells of a row as many as there are columns: a row that was quoted whole is read again, cells beyond the last
    /// column are joined to it if that was asked for.
    fn fitted(&self, row: &[&str]) -> Result<Vec<String>, (String, String)> {
        let width = self.maker.layout.roles.len();
        let delimiter = char::from(self.delimiter);
        if let [whole] = row
            && width > 1
            && whole.contains(delimiter)
        {
            return self.fitted(&whole.split(delimiter).collect::<Vec<_>>());
        }
        let mut cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        let beyond = cells.split_off(width.min(cells.len()));
        let Some(first) = beyond.iter().find(|cell| !cell.trim().is_empty()) else {
            return self.without_comma(cells, row.len());
        };
        let last_role = self.maker.layout.roles.last().copied().flatten();
        if last_role == Some(Role::Field(Field::Tags)) && !self.maker.layout.has_header {
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
        if self.maker.options.join_extra
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
        let has_hole = row.iter().any(|cell| cell.trim().is_empty());
        let hole = if has_hole { ", or take out the cell that is too many" } else { "" };
        Err((message, format!("put quotes around a cell that has {delimiter:?} in it{hole}{join}")))
    }

    /// The cells of a row of which nothing stands beyond the last column; not if it is longer than the others and one of
    /// its cells begins with a blank, as text does after a comma.
    fn without_comma(&self, cells: Vec<String>, count: usize) -> Result<Vec<String>, (String, String)> {
        let is_longer = count > self.usual.max(self.maker.layout.roles.len());
        let torn = cells.iter().skip(1).find(|cell| shift::goes_on(cell, self.is_padded));
        let Some(torn) = torn.filter(|_| is_longer) else { return Ok(cells) };
        let message = format!(
            "the row has {count} cells, the table {} columns, and {:?} begins with a blank",
            self.maker.layout.roles.len(),
            text::one_line(torn, 30)
        );
        Err((message, format!("put quotes around a cell that has {:?} in it", char::from(self.delimiter))))
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

    /// The last row was taken.
    pub(super) fn end_group(&mut self, out: &mut dyn Sink) {
        if let Some(group) = self.group.take() {
            match self.maker.grouped(group.line, &group.rows) {
                Ok(draft) => out.draft(Draft { span: group.span, ..draft }),
                Err(problems) => out.reject(Rejected { problems, original: group.span }),
            }
        }
    }
}
