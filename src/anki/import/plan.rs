//! How an Anki text file is to be read: what its directives say, what the learner says, and what has to be concluded.

use super::columns::{Columns, Role, names_in};
use super::guids::{self, Guids};
use super::header::{self, Header, Stated, separator_name};
use super::{faults, row, survey};
use crate::anki::stock::Notetype;
use crate::bank::{Guess, Input, Options, Problem, Records, table};
use crate::error::{Error, Kind, Result};
use crate::model::{DeckName, Field};
use crate::text::fold;

/// How a file is to be read.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) header: Header,
    pub(super) delimiter: u8,
    /// Where the first row can begin, in bytes.
    pub(super) start: usize,
    pub(super) columns: Columns,
    pub(super) html: bool,
    /// The notetype of all rows, if it is a stock one.
    pub(super) notetype: Option<Notetype>,
    /// The deck of all rows.
    pub(super) deck: Option<DeckName>,
    pub(super) guesses: Vec<Guess>,
    pub(super) warnings: Vec<Problem>,
}

/// What people write over the two columns of cards.
const HEADS: [(&str, &str); 6] = [
    ("front", "back"),
    ("question", "answer"),
    ("prompt", "answer"),
    ("term", "definition"),
    ("text", "back extra"),
    ("text", "extra"),
];

impl Plan {
    /// Makes a plan. An error says that the file as a whole cannot be read so.
    pub(super) fn new(input: &Input, options: &Options) -> Result<Self> {
        let header = header::read(&input.text);
        let mut guesses = Vec::new();
        let delimiter = delimiter(input, &header, options, &mut guesses)?;
        let (names, start) = names(input, &header, delimiter, options, &mut guesses);
        let survey = survey::look(input, start, delimiter);
        let mut warnings = Vec::new();
        let guids = guids::are_asked(&header, options).then(|| Guids::look(input, start, delimiter));
        faults::check(&header, &names, survey.widest, guids.as_ref(), &mut warnings)?;
        let html = options.html || header.html.unwrap_or(survey.has_tags);
        if header.html.is_none() && !options.html && html {
            guesses.push(Guess::new("html", "yes", "one of the first five rows has a tag", "--html"));
        }
        let notetype = match &header.notetype {
            Stated::Whole(_, name) => Notetype::named(name),
            Stated::Nowhere | Stated::In(_) => None,
        };
        let deck = match &header.deck {
            Stated::Whole(line, name) => row::deck(name).map_err(|message| {
                Error::new(Kind::Input, format!("line {line}: {message}")).hint("write fewer levels")
            })?,
            Stated::Nowhere | Stated::In(_) => None,
        };
        let mut columns = Columns::new(&header, &names, survey.width);
        let tags = tags_column(&header, &columns, notetype)
            .filter(|place| survey::holds_tags(input, start, delimiter, *place));
        if let Some(place) = tags {
            columns.hold_tags(place);
        }
        columns.map(options)?;
        if let (Some(guids), Some(column)) = (&guids, header.guid_column)
            && columns.column(Field::Guid) == Some(column.place)
        {
            warnings.extend(guids.judge(column)?);
        }
        if !header.found.contains(&"guid column")
            && columns.column(Field::Guid).is_none()
            && options.map.is_empty()
        {
            warnings.extend(Guids::look(input, start, delimiter).untold(survey.line));
        }
        if columns.column(Field::Prompt).is_none() && survey.widest > 0 {
            let message = format!("line {}: no column is left for the front of the cards", survey.line);
            let fix =
                "correct the numbers in the directives at the top, or say it with --map prompt=1,answer=2";
            return Err(Error::new(Kind::Input, message).hint(fix));
        }
        let reason = match (options.map.is_empty(), columns.are_named, tags) {
            (false, ..) => "as stated, the others in order",
            (true, true, _) => "by the names and numbers that the file gives them",
            (true, false, None) => "fields in the order of the file",
            (true, false, Some(_)) => {
                "fields in the order of the file, and what stands behind them looks like tags"
            }
        };
        if survey.widest > 0 {
            guesses.push(Guess::new("columns", columns.describe(), reason, "--map"));
        }
        Ok(Self { header, delimiter, start, columns, html, notetype, deck, guesses, warnings })
    }

    /// Directives under which rows of the file are read in the same way in a file of their own.
    pub(super) fn directives(&self, input: &Input) -> String {
        let mut text = input.text.get(..self.header.end).unwrap_or_default().to_owned();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        // a spreadsheet may have put other separators behind the one that is stated
        if self.header.separator != Some(self.delimiter) || self.header.padding.is_some() {
            text.push_str(&format!("#separator:{}\n", separator_name(self.delimiter)));
        }
        if self.header.html != Some(self.html) {
            text.push_str(&format!("#html:{}\n", self.html));
        }
        let stated = self.header.columns.as_deref().map(|names| names_in(names, self.delimiter).len());
        if stated != Some(self.columns.width()) {
            let delimiter = char::from(self.delimiter).to_string();
            let quoted = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
            let names: Vec<String> = self.columns.names.iter().map(quoted).collect();
            text.push_str(&format!("#columns:{}\n", names.join(&delimiter)));
        }
        text
    }
}

/// What stands between cells: as the learner or the file says, else what the rows agree on.
fn delimiter(input: &Input, header: &Header, options: &Options, guesses: &mut Vec<Guess>) -> Result<u8> {
    if input.is_sheet {
        return Ok(b',');
    }
    if let Some(stated) = &options.delimiter {
        return match stated.as_bytes() {
            [byte] if !matches!(byte, b'"' | b'#' | b'\n' | b'\r') => Ok(*byte),
            _ => Err(Error::new(
                Kind::Usage,
                format!("a text file of Anki has one character between cells, not {stated:?}"),
            )
            .hint("try tab, comma or semicolon")),
        };
    }
    if let Some(stated) = header.separator {
        let rows = input.text.get(header.end..).unwrap_or_default();
        let is_used = survey::separates(input, header.end, stated);
        let padding = header.padding.filter(|padding| survey::separates(input, header.end, *padding));
        // columns with numbers need a separator that the rows have
        let agreed = || {
            let has_columns = header.found.iter().any(|key| key.ends_with(" column"));
            has_columns.then(|| table::separator(rows).map(|(separator, _)| separator)).flatten()
        };
        // nobody types a tab into a sentence
        let all_have_tabs = || {
            let mut lines = rows
                .lines()
                .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
                .take(100)
                .peekable();
            (stated != b'\t' && lines.peek().is_some() && lines.all(|line| line.contains('\t')))
                .then_some(b'\t')
        };
        let resaved = all_have_tabs().or_else(|| if is_used { None } else { padding.or_else(agreed) });
        if let Some(padding) = resaved {
            let reason =
                format!("the rows do not agree with the {} that the file states", separator_name(stated));
            guesses.push(Guess::new("delimiter", separator_name(padding), reason, "--delimiter"));
        }
        return Ok(resaved.unwrap_or(stated));
    }
    let rows = input.text.get(header.end..).unwrap_or_default();
    Ok(match table::separator(rows) {
        Some((delimiter, guess)) => {
            guesses.push(guess);
            delimiter
        }
        None if rows.contains(',') && !rows.contains('\t') => b',',
        None => b'\t',
    })
}

/// The names of the columns, and where the first row can begin: the file names them in a directive, or in a first row
/// that can be nothing else.
fn names(
    input: &Input,
    header: &Header,
    delimiter: u8,
    options: &Options,
    guesses: &mut Vec<Guess>,
) -> (Vec<String>, usize) {
    // the file may have another separator by now than where its columns were named
    let separators = [header.separator.unwrap_or(b'\t'), delimiter];
    let named = |columns: &str| separators.map(|separator| names_in(columns, separator));
    let stated =
        header.columns.as_deref().and_then(|columns| named(columns).into_iter().max_by_key(Vec::len));
    let stated = stated.unwrap_or_default();
    let mut records = Records::with_comments(input, header.end, delimiter);
    let Some(place) = records.next().filter(|_| options.header != Some(false)) else {
        return (stated, header.end);
    };
    let row: Vec<String> = records.record().iter().map(|name| name.trim().to_owned()).collect();
    let has = |name: &str| row.iter().any(|cell| fold(cell) == name);
    let is_stated = !stated.is_empty() && row.get(..stated.len()) == Some(stated.as_slice());
    let is_head = HEADS.iter().any(|(front, back)| has(front) && has(back)) || is_stated;
    if options.header != Some(true) && !is_head {
        return (stated, header.end);
    }
    if options.header.is_none() {
        let reason = "it names the columns";
        guesses.push(Guess::new("header", format!("line {}", place.line), reason, "--no-header"));
    }
    let is_split = |end: usize| input.text.get(end - 1..end + 1) == Some("\r\n");
    let end =
        if place.span.end > 0 && is_split(place.span.end) { place.span.end + 1 } else { place.span.end };
    (row, end)
}

/// The column that Anki would take for tags: the first behind the fields, if the file says neither where tags are nor
/// how fields are called. Only stock notetypes have a known number of fields.
fn tags_column(header: &Header, columns: &Columns, notetype: Option<Notetype>) -> Option<usize> {
    let is_open = header.tags_column.is_none() && !columns.are_named && columns.column(Field::Tags).is_none();
    let has_two = notetype.is_some_and(Notetype::is_front_and_back);
    columns.places(Role::Further).next().filter(|_| is_open && has_two)
}
