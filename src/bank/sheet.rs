//! Spreadsheets: a sheet as delimited text, one record a row, so that the readers of tables need no second way.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};
use csv::{Writer, WriterBuilder};

use super::{Guess, Problem};
use crate::error::{Error, Kind, Result};
use crate::text;

/// A sheet as text.
pub(super) struct Sheet {
    pub(super) text: String,
    pub(super) guess: Guess,
    pub(super) warning: Option<Problem>,
}

/// A sheet with more text than this, in bytes, is refused: a small file can unpack to any size.
const MOST_TEXT: usize = 256 << 20;
/// What all parts of the file may unpack to.
const MOST_UNPACKED: u64 = 1 << 30;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The sheet of that name, else the first with something in it.
pub(super) fn read(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Sheet> {
    if unpacked(&bytes) > MOST_UNPACKED {
        return Err(too_large());
    }
    let mut workbook = Workbook::new(Cursor::new(bytes)).map_err(|cause| damaged(&cause))?;
    let names = workbook.sheet_names();
    if let Some(wanted) = wanted.filter(|wanted| !names.iter().any(|name| name == wanted)) {
        return Err(Error::new(Kind::NotFound, format!("there is no sheet {wanted:?}"))
            .hint(format!("the sheets are {}", names.join(", "))));
    }
    let mut found = None;
    let mut others: Vec<&str> = Vec::new();
    for name in names.iter().filter(|name| wanted.is_none_or(|wanted| wanted == *name)) {
        if found.is_some() {
            if has_cells(&mut workbook, name)? {
                others.push(name);
            }
        } else {
            found = rows(&mut workbook, name)?.map(|text| (name, text));
        }
    }
    let Some((name, text)) = found else {
        return Err(
            Error::new(Kind::Input, "the spreadsheet is empty").hint("save it again with its content")
        );
    };
    let warning = (!others.is_empty()).then(|| {
        let message = format!("only the sheet {name:?} is read; left out: {}", others.join(", "));
        Problem::new(1, message, "name another with --sheet")
    });
    let reason = match wanted {
        Some(_) => "as asked",
        None if others.is_empty() => "the only one with something in it",
        None => "the first with something in it",
    };
    Ok(Sheet { text, guess: Guess::new("sheet", text::one_line(name, 40), reason, "--sheet"), warning })
}

/// The rows of a sheet as records; none if it is empty. Cells come in the order of the file, each with its place, so
/// that a lone cell far away costs no more than the rows above it.
fn rows(workbook: &mut Workbook, name: &str) -> Result<Option<String>> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|cause| damaged(&cause))?;
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut row: Vec<String> = Vec::new();
    let (mut at, mut size, mut any) = (0_u32, 0, false);
    while let Some(found) = cells.next_cell().map_err(|cause| damaged(&cause))? {
        let (line, column) = found.get_position();
        let value = cell(found.get_value());
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if value.is_empty() || line < at {
            continue;
        }
        any = true;
        size += value.len() + column.saturating_sub(row.len()) + 2 * usize::try_from(line - at).unwrap_or(0);
        if size > MOST_TEXT {
            return Err(too_large());
        }
        while at < line {
            write(&mut writer, &mut row)?;
            at += 1;
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(place) = row.get_mut(column) {
            *place = value;
        }
    }
    write(&mut writer, &mut row)?;
    let written = writer.into_inner().map_err(|cause| damaged(&cause))?;
    Ok(any.then_some(String::from_utf8(written).map_err(|cause| damaged(&cause))?))
}

/// Writes a row, a blank one too, for it counts.
fn write(writer: &mut Writer<Vec<u8>>, row: &mut Vec<String>) -> Result<()> {
    if row.len() < 2 {
        row.resize(2, String::new());
    }
    writer.write_record(row.iter()).map_err(|cause| damaged(&cause))?;
    row.clear();
    Ok(())
}

fn has_cells(workbook: &mut Workbook, name: &str) -> Result<bool> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|cause| damaged(&cause))?;
    while let Some(found) = cells.next_cell().map_err(|cause| damaged(&cause))? {
        if !cell(found.get_value()).is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn cell(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) => moment.to_string(),
    }
}

fn damaged(cause: &dyn std::fmt::Display) -> Error {
    Error::new(Kind::Input, format!("the file is a spreadsheet that cannot be read: {cause}"))
        .hint("open it in a spreadsheet program and save it as CSV (UTF-8)")
}

fn too_large() -> Error {
    Error::new(Kind::Input, "the spreadsheet unpacks to more than any bank needs")
        .hint("save the part that holds the questions as CSV")
}

/// What a zip file's directory says that its parts unpack to, in bytes.
fn unpacked(bytes: &[u8]) -> u64 {
    let entries = bytes.windows(28).filter(|window| window.starts_with(b"PK\x01\x02"));
    let size =
        |entry: &[u8]| entry.get(24..28).and_then(|size| size.try_into().ok()).map_or(0, u32::from_le_bytes);
    entries.map(|entry| u64::from(size(entry))).sum()
}
