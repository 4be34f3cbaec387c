//! The header row: which column is what, and what stands between columns.

use csv::{ReaderBuilder, StringRecord};

use crate::bank::records::Records;
use crate::bank::rejected::REJECTED_BECAUSE;
use crate::bank::{Input, Problem, table};
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

/// What may stand between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads the first row of a bank. The separator is the one under which most columns have a known name.
pub(super) fn read(text: &str, stated: Option<u8>) -> Result<Header> {
    let candidates = stated.map_or_else(|| DELIMITERS.to_vec(), |stated| vec![stated]);
    let candidates = candidates.into_iter().map(|delimiter| (delimiter, first_row(text, delimiter)));
    let known = |row: &StringRecord| row.iter().filter(|name| field_named(name).is_some()).count();
    let Some((delimiter, row)) = candidates.rev().max_by_key(|(_, row)| known(row)) else {
        return Err(Error::internal("no separator was tried"));
    };
    let line = 1 + blank_lines(text);
    let refuse = |message: String| Error::new(Kind::Input, format!("line {line}: {message}"));
    let columns: Vec<Option<Field>> = row.iter().map(field_named).collect();
    let nearly = |name: &&str| nearly(name).filter(|near| !columns.contains(&Some(*near)));
    for (place, field) in columns.iter().enumerate() {
        if let Some(field) = field
            && columns.iter().take(place).any(|other| other.as_ref() == Some(field))
        {
            return Err(refuse(format!("two columns are named {field}")).hint("rename or remove one of them"));
        }
    }
    if let Some((name, near)) = row.iter().find_map(|name| nearly(&name).map(|near| (name, near))) {
        return Err(refuse(format!("the column {:?} is nearly {near}", text::one_line(name, 40))).hint(
            format!("name it {near} if that is meant, or give it quite another name to leave it out"),
        ));
    }
    if !columns.contains(&Some(Field::Prompt)) {
        let names: Vec<String> =
            row.iter().map(|name| format!("{:?}", text::one_line(name, 30))).take(12).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        return Err(refuse(format!("no column is named prompt (columns: {names})")).hint(
            "name the columns in the first line: the questions stand under prompt, the answers under answer",
        ));
    }
    let unknown = row
        .iter()
        .filter(|name| field_named(name).is_none() && !name.trim().is_empty() && *name != REJECTED_BECAUSE);
    let warnings = unknown.map(|name| left_out(line, name)).collect();
    Ok(Header { delimiter, columns, warnings })
}

/// Whether the first row is the header of a native bank: a column is named prompt, and none has a name that only the
/// reader of tables understands.
pub(super) fn is_native(input: &Input) -> bool {
    DELIMITERS.into_iter().any(|delimiter| {
        let row = first_row(&input.text, delimiter);
        let has = |field| row.iter().any(|name| field_named(name) == Some(field));
        let is_foreign = |name: &str| field_named(name).is_none() && table::understands(name);
        // in other people's banks a level is a difficulty
        let level_place = row.iter().position(|name| field_named(name) == Some(Field::Level));
        let level_place = level_place.filter(|_| !has(Field::Difficulty));
        let others =
            row.iter().filter(|name| field_named(name).is_some_and(|field| field != Field::Prompt)).count();
        let has_nearly = row.iter().any(|name| nearly(name) == Some(Field::Prompt));
        let options = row
            .iter()
            .position(|name| field_named(name) == Some(Field::Options))
            .filter(|_| !has(Field::Kind));
        (has(Field::Prompt) || (has_nearly && others > 1))
            && !row.iter().any(is_foreign)
            && options.is_none_or(|place| has_bars(input, delimiter, place))
            && !level_place.is_some_and(|place| table::holds_difficulty(input, delimiter, place))
    })
}

/// Whether bars part the options, as they do in a native bank, or there are none at all.
fn has_bars(input: &Input, delimiter: u8, place: usize) -> bool {
    let mut records = Records::new(input, delimiter);
    records.next();
    let (mut filled, mut parted) = (0, 0);
    while records.next().is_some() && filled < LOOKED_AT {
        let cell = records.record().get(place).unwrap_or_default();
        filled += usize::from(!cell.trim().is_empty());
        parted += usize::from(cell.contains('|'));
    }
    parted * 2 >= filled
}

/// As many cells with options are looked at.
const LOOKED_AT: usize = 32;

/// Lines before the header.
fn blank_lines(text: &str) -> u64 {
    let blank = text.len() - text.trim_start_matches(['\n', '\r']).len();
    crate::bank::lines::count_breaks(text.get(..blank).unwrap_or_default())
}

/// The field whose name this is but for a typo.
fn nearly(name: &str) -> Option<Field> {
    let bare = bare(name);
    let is_near = |field: &Field| {
        // a longer name leaves room for two slips
        let most = if bare.len() > 7 { 2 } else { 1 };
        bare.len() > 2 && (1..=most).contains(&strsim::damerau_levenshtein(&bare, field.name()))
    };
    Field::ALL.into_iter().find(is_near)
}

/// A name in lower case without blanks, hyphens and underscores.
fn bare(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '\u{feff}')).collect()
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
    let bare = bare(name);
    Field::ALL.into_iter().find(|field| field.name() == bare)
}

fn left_out(line: u64, name: &str) -> Problem {
    let shown = text::one_line(name, 40);
    let columns = Field::ALL.map(Field::name).join(", ");
    let message = format!("the column {shown:?} is none of matura's and is left out");
    Problem::new(line, message, format!("the columns are {columns}")).in_column(shown)
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
            assert_eq!(read(text, None).unwrap().delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn a_column_that_is_not_known_is_left_out_with_a_word_and_a_typo_is_refused() {
        let header = read("prompt,answer,colour\n", None).unwrap();
        assert_eq!(header.warnings.len(), 1);
        for (header, near) in
            [("prompt,otpions\n", "options"), ("prompt,Tag\n", "tags"), ("promt,answer\n", "prompt")]
        {
            let error = read(header, None).unwrap_err();
            assert!(error.hint.unwrap().contains(near), "{header}");
        }
        assert_eq!(
            read("prompt,tags,tag\n", None).unwrap().warnings.len(),
            1,
            "what is there already cannot be meant"
        );
    }

    #[test]
    fn a_header_without_prompt_or_with_one_name_twice_is_refused() {
        assert!(read("question,answer\n", None).unwrap_err().message.contains("\"question\", \"answer\""));
        assert!(read("prompt,Prompt\n", None).unwrap_err().message.contains("two columns are named prompt"));
    }
}
