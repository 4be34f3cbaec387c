//! Reading the native bank.

use csv::StringRecord;

use super::cells::{Cells, clean};
use super::draft::draft;
use super::header::{self, Header};
use crate::bank::records::Records;
use crate::bank::rejected;
use crate::bank::{Draft, Input, Options, Problem, Rejected, Sink};
use crate::error::{Error, Kind, Result};
use crate::model::Field;
use crate::text;

pub(super) fn read(input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
    let header = header::read(&input.text, stated_delimiter(options)?)?;
    header.warnings.iter().for_each(|warning| out.warn(warning.clone()));
    let mut records = Records::new(input, header.delimiter).of_width(header.columns.len());
    let mut first = true;
    while let Some(place) = records.next() {
        out.skip(place.blank);
        if let Some(fault) = &place.fault {
            out.reject(place.rejected(fault.clone()));
            first = false;
            continue;
        }
        if std::mem::take(&mut first) {
            continue;
        }
        let record = records.record();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            out.skip(1);
            continue;
        }
        match row(record, &header).map(|cells| draft(place.line, cells)) {
            Ok(Ok((draft, warning))) => {
                // where the column is, an empty cell says that the note is not marked
                let marked =
                    header.columns.contains(&Some(Field::Marked)).then(|| draft.marked == Some(true));
                out.draft(Draft { span: place.span, marked, ..draft });
                if let Some(invalid) = warning {
                    out.warn(Problem::of(place.line, invalid));
                }
            }
            Ok(Err(faults)) => out.reject(Rejected::invalid(place.line, faults, place.span)),
            Err((message, fix)) => out.reject(place.rejected(Problem::new(place.line, message, fix))),
        }
    }
    Ok(())
}

pub(super) fn rejected(input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
    let header = header::read(&input.text, stated_delimiter(options)?)?;
    Ok(rejected::rows(input, header.delimiter, Some(0), items))
}

fn stated_delimiter(options: &Options) -> Result<Option<u8>> {
    options
        .delimiter
        .as_deref()
        .map(|text| match text.as_bytes() {
            [byte] => Ok(*byte),
            _ => Err(Error::new(Kind::Usage, format!("{text:?} is more than one character"))
                .hint("a native bank has one character between cells")),
        })
        .transpose()
}

/// The cells of a row by field.
fn row(record: &StringRecord, header: &Header) -> Result<Cells, (String, String)> {
    if let Some(beyond) = record.iter().skip(header.columns.len()).find(|cell| !cell.trim().is_empty()) {
        let message = format!(
            "the row has {} cells, the header names {}; the first beyond is {:?}",
            record.len(),
            header.columns.len(),
            text::one_line(beyond, 30)
        );
        return Err((
            message,
            format!("put quotes around a cell that has {:?} in it", char::from(header.delimiter)),
        ));
    }
    let mut cells = Cells::default();
    for (field, cell) in header.columns.iter().zip(record) {
        if let Some(field) = field {
            cells.set(*field, clean(*field, cell));
        }
    }
    Ok(cells)
}
