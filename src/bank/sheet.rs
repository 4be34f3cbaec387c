//! Spreadsheets: a sheet as delimited text, one record a row, so that the readers of tables need no second way.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};
use csv::WriterBuilder;

use super::{Guess, Problem};
use crate::error::{Error, Kind, Result};
use crate::text;

/// A sheet as text.
pub(super) struct Sheet {
    pub(super) text: String,
    pub(super) guess: Guess,
    pub(super) warning: Option<Problem>,
}

/// Cells beyond this are refused: a few bytes of a file can claim millions.
const MOST_CELLS: usize = 20_000_000;

/// The sheet of that name, else the first with something in it.
pub(super) fn read(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Sheet> {
    let damaged = |cause: &dyn std::fmt::Display| {
        Error::new(Kind::Input, format!("the file is a spreadsheet that cannot be read: {cause}"))
            .hint("open it in a spreadsheet program and save it as CSV (UTF-8)")
    };
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|cause| damaged(&cause))?;
    let names = workbook.sheet_names();
    let filled = |name: &str, workbook: &mut calamine::Sheets<_>| {
        workbook
            .worksheet_range(name)
            .map_err(|cause| damaged(&cause))
            .map(|range| (!range.is_empty()).then_some(range))
    };
    if let Some(wanted) = wanted.filter(|wanted| !names.iter().any(|name| name == wanted)) {
        return Err(Error::new(Kind::NotFound, format!("there is no sheet {wanted:?}"))
            .hint(format!("the sheets are {}", names.join(", "))));
    }
    let mut found = None;
    let mut others: Vec<&str> = Vec::new();
    for name in &names {
        if wanted.is_some_and(|wanted| wanted != name) {
            continue;
        }
        let Some(range) = filled(name, &mut workbook)? else { continue };
        if found.is_none() {
            found = Some((name, range));
        } else {
            others.push(name);
        }
    }
    let Some((name, range)) = found else {
        return Err(
            Error::new(Kind::Input, "the spreadsheet is empty").hint("save it again with its content")
        );
    };
    let (rows, columns) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
    let size = usize::try_from(rows)
        .unwrap_or(usize::MAX)
        .saturating_mul(usize::try_from(columns).unwrap_or(usize::MAX));
    if size > MOST_CELLS {
        return Err(Error::new(
            Kind::Input,
            format!("the sheet {name:?} has {rows} rows of {columns} columns"),
        )
        .hint("save the part that holds the questions as CSV"));
    }
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in 0..rows {
        let cells =
            (0..columns.max(2)).map(|column| range.get_value((row, column)).map(cell).unwrap_or_default());
        writer.write_record(cells).map_err(|cause| damaged(&cause))?;
    }
    let written = writer.into_inner().map_err(|cause| damaged(&cause))?;
    let warning = (!others.is_empty()).then(|| {
        let message = format!("only the sheet {name:?} is read; left out: {}", others.join(", "));
        Problem::new(1, message, "name another with --sheet")
    });
    let reason = match wanted {
        Some(_) => "as asked",
        None if others.is_empty() => "the only one with something in it",
        None => "the first with something in it",
    };
    let text = String::from_utf8(written).map_err(|cause| damaged(&cause))?;
    Ok(Sheet { text, guess: Guess::new("sheet", text::one_line(name, 40), reason, "--sheet"), warning })
}

fn cell(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(moment) => moment.to_string(),
    }
}
