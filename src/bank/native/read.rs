//! Reading the native bank.

use csv::{ReaderBuilder, StringRecord};

use super::cells::{Cells, clean};
use super::header::{self, Header};
use super::lines::{Lines, count_breaks};
use super::quotes::{QUOTE_FIX, quote_fault};
use super::{blanks, choice, cloze, fact};
use crate::bank::{Draft, Problem, Reading};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::model::{Body, Code, Content, DeckName, Difficulty, Field, Guid, Invalid, Kind, Tags};
use crate::text;

/// Reads a bank. An error is one of the file as a whole; problems of rows are in the reading.
pub fn read(bytes: &[u8]) -> Result<Reading> {
    let text = decode(bytes)?;
    let header = header::read(text)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(header.delimiter)
        .from_reader(text.as_bytes());
    let mut reading = Reading { warnings: header.warnings.clone(), ..Reading::default() };
    let mut lines = Lines::new(text);
    let mut record = StringRecord::new();
    let mut first = true;
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader
            .read_record(&mut record)
            .map_err(|cause| Error::new(ErrorKind::Input, cause.to_string()))?;
        if !more {
            break;
        }
        let (line, blank) = lines.at_record(start);
        reading.skipped += blank;
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let raw = text.get(lines.at..end).unwrap_or_default();
        if let Some((offset, fault)) = quote_fault(raw, header.delimiter) {
            let line = lines.line + count_breaks(raw.get(..offset).unwrap_or_default());
            reading.problems.push(Problem::new(line, fault, QUOTE_FIX));
            reading.rejected += 1;
            first = false;
            continue;
        }
        if std::mem::take(&mut first) {
            continue;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            reading.skipped += 1;
            continue;
        }
        match row(&record, &header).and_then(|cells| draft(line, &cells)) {
            Ok((draft, warning)) => {
                reading.drafts.push(draft);
                reading.warnings.extend(warning.map(|invalid| Problem::of(line, invalid)));
            }
            Err(invalid) => {
                reading.rejected += 1;
                reading.problems.extend(invalid.into_iter().map(|invalid| invalid.at(line)));
            }
        }
    }
    Ok(reading)
}

/// Why a row is no note: of a field, or of the row.
enum Fault {
    Field(Invalid),
    Row { message: String, fix: String },
}

impl Fault {
    fn at(self, line: u64) -> Problem {
        match self {
            Self::Field(invalid) => Problem::of(line, invalid),
            Self::Row { message, fix } => Problem::new(line, message, fix),
        }
    }
}

fn decode(bytes: &[u8]) -> Result<&str> {
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::Input, "the file is empty").hint("export the bank again, as CSV"));
    }
    for (magic, what) in [
        (b"PK\x03\x04".as_slice(), "a spreadsheet or another zip file"),
        (b"%PDF", "a PDF"),
        (b"\x1f\x8b", "a gzip file"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"\xff\xfe", "text in UTF-16"),
        (b"\xfe\xff", "text in UTF-16"),
    ] {
        if bytes.starts_with(magic) {
            return Err(Error::new(ErrorKind::Input, format!("the file is {what}, not a CSV file"))
                .hint("open it where it comes from and save it as CSV (UTF-8)"));
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(at) = bytes.iter().take(64 * 1024).position(|byte| *byte == 0) {
        return Err(Error::new(ErrorKind::Input, format!("the file is no text: byte {} is zero", at + 1))
            .hint("name a CSV file"));
    }
    std::str::from_utf8(bytes).map_err(|cause| {
        let good = bytes
            .get(..cause.valid_up_to())
            .and_then(|good| std::str::from_utf8(good).ok())
            .unwrap_or_default();
        let column = good.rsplit(['\n', '\r']).next().unwrap_or_default().chars().count() + 1;
        Error::new(
            ErrorKind::Input,
            format!("line {}, character {column}: the file is not in UTF-8", count_breaks(good) + 1),
        )
        .hint("save it as CSV in UTF-8; spreadsheets call it \"CSV UTF-8\"")
    })
}

fn row(record: &StringRecord, header: &Header) -> Result<Cells, Vec<Fault>> {
    if let Some(beyond) = record.iter().skip(header.columns.len()).find(|cell| !cell.trim().is_empty()) {
        return Err(vec![Fault::Row {
            message: format!(
                "the row has {} cells, the header names {}; the first beyond is {:?}",
                record.len(),
                header.columns.len(),
                text::one_line(beyond, 30)
            ),
            fix: format!("put quotes around a cell that has {:?} in it", char::from(header.delimiter)),
        }]);
    }
    let mut cells = Cells::default();
    for (field, cell) in header.columns.iter().zip(record) {
        if let Some(field) = field {
            cells.set(*field, clean(*field, cell));
        }
    }
    Ok(cells)
}

/// The note of a row with what its author should know, or everything that is wrong with it.
fn draft(line: u64, cells: &Cells) -> Result<(Draft, Option<Invalid>), Vec<Fault>> {
    let mut faults: Vec<Invalid> = Vec::new();
    let mut keep = |invalid: Invalid| faults.push(invalid);
    let deck = optional(cells, Field::Deck, deck, &mut keep);
    let kind = optional(cells, Field::Kind, kind, &mut keep);
    let difficulty = optional(cells, Field::Difficulty, difficulty, &mut keep);
    let reversed = optional(cells, Field::Reverse, flag, &mut keep).unwrap_or(false);
    let typed = optional(cells, Field::Typed, flag, &mut keep).unwrap_or(false);
    for field in [Field::Guid, Field::Id, Field::Language, Field::Check, Field::Level, Field::Source] {
        if cells.get(field).contains(|c: char| c.is_control()) {
            keep(Invalid::new(field, format!("{field} is more than one line"), "write it on one line"));
        }
    }
    if cells.get(Field::Prompt).is_empty() {
        keep(Invalid::new(Field::Prompt, "the prompt is empty", "write the question here"));
    }
    if cells.get(Field::Code).is_empty() && !cells.get(Field::Language).is_empty() {
        keep(Invalid::new(
            Field::Language,
            "there is a language but no code",
            "write the code under code, or empty the cell",
        ));
    }
    if !faults.is_empty() {
        return Err(faults.into_iter().map(Fault::Field).collect());
    }
    let one = |invalid: Invalid| vec![Fault::Field(invalid)];
    let kind = kind.unwrap_or_else(|| {
        Kind::infer(cells.get(Field::Prompt), cells.get(Field::Code), !cells.get(Field::Options).is_empty())
    });
    let body = match kind {
        Kind::Fact => fact::read(cells, reversed, typed).map(Body::Fact),
        Kind::Cloze => cloze::read(cells).map(|()| Body::Cloze),
        Kind::Choice => choice::read(cells).map(Body::Choice),
        Kind::Blanks => blanks::read(cells).map(Body::Blanks),
    }
    .map_err(one)?;
    for (field, set) in [(Field::Reverse, reversed), (Field::Typed, typed)] {
        if set && kind != Kind::Fact {
            return Err(one(Invalid::new(
                field,
                format!("only a fact can be {field}; this is a {kind}"),
                "empty the cell",
            )));
        }
    }
    let filled = |field| cells.filled(field).map(str::to_owned);
    let content = Content {
        prompt: cells.get(Field::Prompt).to_owned(),
        code: filled(Field::Code).map(|text| Code { text, language: filled(Field::Language) }),
        body,
        hint: filled(Field::Hint),
        explanation: filled(Field::Explanation),
        mistakes: filled(Field::Mistakes),
        check: filled(Field::Check),
        difficulty,
        level: filled(Field::Level),
        tags: Tags::parse(cells.get(Field::Tags)),
        source: filled(Field::Source),
    };
    content.slots().map_err(one)?;
    let warning = if kind == Kind::Choice { choice::two_readings(cells) } else { None };
    let guid = filled(Field::Guid).map(Guid::new);
    Ok((Draft { line, guid, id: filled(Field::Id), deck, content }, warning))
}

/// What a cell states, if it states something; what is wrong with it goes to `keep`.
fn optional<T>(
    cells: &Cells,
    field: Field,
    read: impl Fn(&str) -> Result<T, (String, String)>,
    keep: &mut impl FnMut(Invalid),
) -> Option<T> {
    cells
        .filled(field)
        .and_then(|text| read(text).map_err(|(message, fix)| keep(Invalid::new(field, message, fix))).ok())
}

fn deck(text: &str) -> Result<DeckName, (String, String)> {
    DeckName::parse(text).map_err(|message| (message, "write the levels as Topic::Part".to_owned()))
}

fn kind(text: &str) -> Result<Kind, (String, String)> {
    text.parse().map_err(|()| {
        (
            format!("{:?} is no kind of note", text::one_line(text, 30)),
            format!("write {}, or nothing", Kind::ALL.map(Kind::name).join(", ")),
        )
    })
}

fn difficulty(text: &str) -> Result<Difficulty, (String, String)> {
    text.parse().map_err(|()| {
        (
            format!("{:?} is no difficulty", text::one_line(text, 30)),
            format!("write {}, or nothing", Difficulty::ALL.map(Difficulty::name).join(", ")),
        )
    })
}

fn flag(text: &str) -> Result<bool, (String, String)> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" => Ok(true),
        "no" | "n" | "false" | "0" | "-" => Ok(false),
        _ => Err((
            format!("{:?} is neither yes nor no", text::one_line(text, 30)),
            "write yes, no, or nothing".to_owned(),
        )),
    }
}
