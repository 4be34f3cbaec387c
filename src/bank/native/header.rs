//! The header row: which column is what, and what stands between columns.

use csv::{ReaderBuilder, StringRecord};

use crate::bank::Problem;
use crate::error::{Error, Kind, Result};
use crate::model::Field;
use crate::text;

/// What the header says.
#[derive(Debug)]
pub(super) struct Header {
    /// The byte between columns.
    pub(super) delimiter: u8,
    /// What each column holds; none for a column that matura does not know.
    pub(super) columns: Vec<Option<Field>>,
    /// Columns that are left out.
    pub(super) warnings: Vec<Problem>,
}

/// Reads the first row of a bank. The separator is the one under which most columns have a known name.
pub(super) fn read(text: &str) -> Result<Header> {
    let candidates = [b',', b';', b'\t'].map(|delimiter| (delimiter, first_row(text, delimiter)));
    let known = |row: &StringRecord| row.iter().filter(|name| field_named(name).is_some()).count();
    let Some((delimiter, row)) = candidates.into_iter().rev().max_by_key(|(_, row)| known(row)) else {
        return Err(Error::internal("no separator was tried"));
    };
    let columns: Vec<Option<Field>> = row.iter().map(field_named).collect();
    if !columns.contains(&Some(Field::Prompt)) {
        let names: Vec<String> =
            row.iter().map(|name| format!("{:?}", text::one_line(name, 30))).take(12).collect();
        let columns = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(Error::new(Kind::Input, format!("line 1: no column is named prompt (columns: {columns})")).hint(
            "name the columns in the first line: prompt is needed; answer, options, deck and others may follow, see README.md",
        ));
    }
    for (place, field) in columns.iter().enumerate() {
        if let Some(field) = field
            && columns.iter().take(place).any(|other| other.as_ref() == Some(field))
        {
            return Err(Error::new(Kind::Input, format!("line 1: two columns are named {field}"))
                .hint("rename or remove one of them"));
        }
    }
    let warnings = row
        .iter()
        .filter(|name| field_named(name).is_none() && !name.trim().is_empty())
        .map(unknown)
        .collect();
    Ok(Header { delimiter, columns, warnings })
}

fn first_row(text: &str, delimiter: u8) -> StringRecord {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader.records().next().and_then(Result::ok).unwrap_or_default()
}

/// The field of a column, whatever the case and with blanks, hyphens and underscores alike.
fn field_named(name: &str) -> Option<Field> {
    let bare: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{feff}')).collect();
    Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(&bare))
}

fn unknown(name: &str) -> Problem {
    let shown = text::one_line(name, 40);
    let fix = match text::near(name, Field::ALL.map(Field::name)).first() {
        Some(near) => format!("rename it to {near} if that is meant"),
        None => format!("the columns are {}", Field::ALL.map(Field::name).join(", ")),
    };
    Problem::new(1, format!("the column {shown:?} is none of matura's and is left out"), fix).in_column(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_makes_sense_of_the_names() {
        for (text, delimiter) in [
            ("prompt,answer\n", b','),
            ("Prompt;Answer;Tags\n", b';'),
            ("ID\tprompt\tanswer\n", b'\t'),
            ("prompt\n", b','),
            ("\"prompt\";\"answer, or so\"\n", b';'),
        ] {
            assert_eq!(read(text).unwrap().delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn a_column_that_is_not_known_is_named_with_the_nearest_that_is() {
        let header = read("prompt,anwser,colour\n").unwrap();
        assert_eq!(header.warnings.len(), 2);
        assert!(header.warnings[0].fix.contains("answer"));
    }

    #[test]
    fn a_header_without_prompt_or_with_one_name_twice_is_refused() {
        assert!(read("question,answer\n").unwrap_err().message.contains("\"question\", \"answer\""));
        assert!(read("prompt,Prompt\n").unwrap_err().message.contains("two columns are named prompt"));
    }
}
