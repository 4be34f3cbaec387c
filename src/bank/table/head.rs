//! The beginning of a table: what stands before its header, the header, help for those who fill it in.

use super::layout::Layout;
use super::names::{self, Role};
use super::{shapes, suggest, values};
use crate::bank::records::Records;
use crate::bank::rejected::REJECTED_BECAUSE;
use crate::bank::{Guess, Input, Options};
use crate::error::{Error, Kind, Result};
use crate::model::Field;
use crate::text;

/// The beginning of a table.
#[derive(Debug)]
pub(super) struct Head {
    /// What the columns hold.
    pub(super) layout: Layout,
    /// Records before the first row of data, blank ones apart.
    pub(super) rows: usize,
    /// The place of the header among them.
    pub(super) header: Option<usize>,
    /// How many of them hold neither the header nor a name.
    pub(super) skipped: u64,
    /// The line of the header, or of the first row.
    pub(super) line: u64,
    /// The first rows of data.
    pub(super) below: Vec<Vec<String>>,
    pub(super) guesses: Vec<Guess>,
}

/// Records of which the beginning is judged.
const LOOKED_AT: usize = 200;
/// A header stands among the first rows.
const LAST_HEADER: usize = 12;

/// The first records that are not blank, with their lines.
fn sample(input: &Input, delimiter: u8, width: usize) -> Vec<(u64, Vec<String>)> {
    let mut records = Records::new(input, delimiter).of_width(width);
    let mut rows = Vec::new();
    while let Some(place) = records.next() {
        if !records.is_hollow() {
            rows.push((place.line, records.record().iter().map(str::to_owned).collect()));
        }
        if rows.len() == LOOKED_AT {
            break;
        }
    }
    rows
}

/// Finds the header and what the columns hold.
pub(super) fn find(input: &Input, delimiter: u8, width: usize, options: &Options) -> Result<Head> {
    let mut rows = sample(input, delimiter, width);
    let before = usize::from(rows.first().is_some_and(|(_, row)| is_separator_line(row)));
    rows.drain(..before);
    let of_rejected =
        rows.first().is_some_and(|(_, row)| row.first().is_some_and(|cell| cell == REJECTED_BECAUSE));
    if of_rejected {
        for (_, row) in &mut rows {
            row.drain(..1.min(row.len()));
        }
    }
    let bare_header = of_rejected && rows.first().is_some_and(|(_, row)| row.iter().all(String::is_empty));
    rows.drain(..usize::from(bare_header));
    let before = before + usize::from(bare_header);
    let width = if of_rejected { width - 1 } else { width };

    let header = if bare_header { None } else { header(&rows, width, options) };
    let (mut head, mapped) = match header {
        Some(place) => (with_header(&rows, place, width, options), !options.map.is_empty()),
        None => without_header(&rows, width, options)?,
    };
    head.layout.map(options)?;
    head.rows += before;
    head.header = head.header.map(|place| place + before);
    if mapped {
        head.guesses.retain(|guess| guess.what != "columns");
        head.guesses.push(Guess::new(
            "columns",
            head.layout.describe(),
            "as stated, the others by their names",
            "--map",
        ));
    }
    if of_rejected {
        head.layout.names.insert(0, REJECTED_BECAUSE.to_owned());
        head.layout.roles.insert(0, Some(Role::Ignored));
    }
    let below: Vec<Vec<String>> = rows.iter().skip(head.rows - before).map(|(_, row)| row.clone()).collect();
    if let Some(reason) = shapes::marks_under_names(&mut head.layout, &below) {
        head.guesses.push(Guess::new("key", "marks at the options", reason, "--map"));
    }
    head.below = below;
    head.layout.must_ask(head.line, &head.below)?;
    Ok(head)
}

/// `sep=;`, which spreadsheets put in front.
fn is_separator_line(row: &[String]) -> bool {
    row.first().is_some_and(|cell| cell.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")))
}

/// The separator that a line `sep=;` states.
pub(super) fn stated_separator(input: &Input) -> Option<u8> {
    let line = input.text.lines().next()?.trim_matches('"');
    let stated = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and_then(|_| line.as_bytes().get(4))?;
    (line.len() == 5).then_some(*stated)
}

/// The place of the header among the rows.
fn header(rows: &[(u64, Vec<String>)], width: usize, options: &Options) -> Option<usize> {
    match options.header {
        Some(true) => return Some(0),
        Some(false) => return None,
        None => {}
    }
    let is_counted = |place: usize| matches!((rows.get(place), rows.get(place + 1)), (Some((_, row)), Some((_, next))) if counts_on(row, next));
    let first = rows
        .iter()
        .take(LAST_HEADER)
        .enumerate()
        .position(|(place, (_, row))| is_header(row, width) && !is_counted(place));
    first.or_else(|| {
        // columns that --map names are in the header
        let named: Vec<&String> = options
            .map
            .iter()
            .map(|(_, column)| column)
            .filter(|column| column.chars().any(char::is_alphabetic))
            .collect();
        let has = |row: &[String]| {
            named.iter().all(|name| row.iter().any(|cell| text::fold(cell) == text::fold(name)))
        };
        (!named.is_empty()).then(|| rows.iter().take(LAST_HEADER).position(|(_, row)| has(row))).flatten()
    })
}

/// Whether the next row says the same with other numbers: `Question 1`, `Question 2`.
fn counts_on(row: &[String], next: &[String]) -> bool {
    let without_digits = |cell: &String| cell.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    row.iter().zip(next).any(|(one, other)| {
        one != other
            && one.chars().any(|c| c.is_ascii_digit())
            && one.chars().any(char::is_alphabetic)
            && without_digits(one) == without_digits(other)
    })
}

/// A row of names: it says where questions and answers are, or two names and no sentence.
fn is_header(row: &[String], width: usize) -> bool {
    // a single letter is a name only among others: A and B, Q and A
    let bare: Vec<String> = row.iter().map(|name| names::bare(name)).collect();
    let has = |letter: &str| bare.iter().any(|name| name == letter);
    let lettered = has("a") && (has("b") || has("q"));
    let is_telling = |place: usize| {
        bare.get(place).is_some_and(|name| name == "q" || name.chars().count() != 1 || lettered)
    };
    let roles: Vec<Role> = row
        .iter()
        .enumerate()
        .filter(|(place, name)| name.len() < 300 && is_telling(*place))
        .map(|(_, name)| name)
        .filter_map(|name| names::role(name))
        .map(|(role, _)| role)
        .collect();
    let count = |wanted: fn(&Role) -> bool| roles.iter().filter(|role| wanted(role)).count();
    let has_prompt = roles.contains(&Role::Field(Field::Prompt));
    let answers = count(|role| {
        matches!(
            role,
            Role::Field(Field::Answer | Field::Options) | Role::Distractor | Role::IsRight | Role::Option(_)
        )
    });
    let is_name = |cell: &String| {
        !cell.trim().is_empty()
            && cell.chars().count() < 40
            && !cell.trim_end().ends_with(['?', '.', '!', '？', '。'])
    };
    let named = count(|role| *role != Role::Ignored);
    if has_prompt && answers > 0 {
        return row.iter().filter(|cell| cell.trim_end().ends_with('?')).count() == 0;
    }
    if width == 2 && row.len() == 2 {
        return row.iter().all(|name| names::is_language(name));
    }
    let telling = row
        .iter()
        .filter(|name| {
            name.trim().chars().count() > 1
                && names::role(name).is_some_and(|(role, _)| role != Role::Ignored)
        })
        .count();
    named >= 3 && telling >= 2 && row.iter().all(is_name) && row.len() >= width
}

fn with_header(rows: &[(u64, Vec<String>)], place: usize, width: usize, options: &Options) -> Head {
    let (line, names) = rows.get(place).cloned().unwrap_or_default();
    let below: Vec<Vec<String>> = rows.iter().skip(place + 1).map(|(_, row)| row.clone()).collect();
    let mut layout = Layout::by_names(&names);
    let mut told = names.clone();
    for place in shapes::counters(&names, &below) {
        if let Some(name) = told.get_mut(place) {
            "#".clone_into(name);
        }
        layout = Layout { names: layout.names, ..Layout::by_names(&told) };
    }
    let mut reason = "by their names".to_owned();
    if let Some(why) = values::settle(&mut layout, &below) {
        reason = format!("{reason}, and {why}");
    }
    if layout.adopt_options(&below) {
        reason.push_str(", options by what the answers name");
    }
    if layout.column(Field::Prompt).is_none()
        && options.map.is_empty()
        && names.len() == width
        && let Some((found, why)) = shapes::find(&below, width)
    {
        layout.roles = found.roles;
        layout.marks = found.marks;
        reason = why;
    }
    if names.len() == 2 && names.iter().all(|name| names::is_language(name)) {
        layout.roles = vec![Some(Role::Field(Field::Prompt)), Some(Role::Field(Field::Answer))];
    }
    let help = rows.get(place + 1).is_some_and(|(_, row)| is_help(row));
    let mut guesses =
        vec![Guess::new("header", format!("line {line}"), "it names the columns", "--no-header")];
    guesses.push(Guess::new("columns", layout.describe(), reason, "--map"));
    let skipped = u64::try_from(place).unwrap_or(0) + u64::from(help);
    Head {
        layout,
        rows: place + 1 + usize::from(help),
        header: Some(place),
        skipped,
        line,
        below: Vec::new(),
        guesses,
    }
}

/// A header in a language that nobody here knows: the rows below it are questions, and it is none.
fn with_unknown_names(rows: &[(u64, Vec<String>)], cells: &[Vec<String>], width: usize) -> Option<Head> {
    let (first, below) = cells.split_first().filter(|(_, below)| below.len() > 2)?;
    let (mut layout, reason) = shapes::find(below, width)?;
    let is_name = |cell: &String| cell.chars().count() < 40 && !cell.trim_end().ends_with('?');
    if first.len() != width || !first.iter().all(is_name) {
        return None;
    }
    let why = if shapes::is_outside(&layout, first) {
        "its key names no option, as all below it do"
    } else if width == 2 && shapes::is_unlike(first, below) {
        "it holds two words, and the rows below it are questions"
    } else {
        return None;
    };
    for (name, role) in first.iter().zip(&mut layout.roles) {
        if *role == Some(Role::Field(Field::Tags)) {
            *role =
                names::role(name).map(|(role, _)| role).filter(|role| *role != Role::Field(Field::Prompt));
        }
    }
    layout.names = first.iter().map(|name| text::one_line(name, 40)).collect();
    layout.has_header = true;
    let line = rows.first().map_or(1, |(line, _)| *line);
    let guesses = vec![
        Guess::new("header", format!("line {line}"), why, "--no-header"),
        Guess::new("columns", layout.describe(), reason, "--map"),
    ];
    Some(Head { layout, rows: 1, header: Some(0), skipped: 0, line, below: Vec::new(), guesses })
}

/// A row under the header that tells people what to write where.
fn is_help(row: &[String]) -> bool {
    const MARKS: [&str; 6] =
        ["(optional", "(required", "(default", "leave blank", "text of the question", "text for option"];
    let helps = |cell: &&String| {
        let cell = cell.to_lowercase();
        MARKS.iter().any(|mark| cell.contains(mark))
    };
    row.iter().filter(helps).count() >= 2
}

fn without_header(rows: &[(u64, Vec<String>)], width: usize, options: &Options) -> Result<(Head, bool)> {
    let line = rows.first().map_or(1, |(line, _)| *line);
    let cells: Vec<Vec<String>> = rows.iter().map(|(_, row)| row.clone()).collect();
    let reason = if options.header == Some(false) { "as stated" } else { "row 1 looks like data" };
    let mut guesses = vec![Guess::new("header", "none", reason, "--header")];
    let mapped = !options.map.is_empty();
    if options.header.is_none()
        && !mapped
        && let Some(head) = with_unknown_names(rows, &cells, width)
    {
        return Ok((head, false));
    }
    let layout = match shapes::find(&cells, width) {
        Some((layout, reason)) if !mapped => {
            guesses.push(Guess::new("columns", layout.describe(), reason, "--map"));
            layout
        }
        _ if mapped => Layout::by_position(
            vec![None; width.max(cells.iter().map(Vec::len).max().unwrap_or(0))],
            super::layout::Marks::Key,
        ),
        _ => {
            let first = cells.first().cloned().unwrap_or_default();
            let shown = first
                .iter()
                .enumerate()
                .take(12)
                .map(|(place, cell)| format!("{} {:?}", place + 1, text::one_line(cell, 24)));
            let message = format!(
                "line {line}: the columns have no names that matura knows, and what they hold does not tell which is the question and which the answer"
            );
            let below = cells.get(1..).unwrap_or_default();
            let is_name =
                |cell: &String| !cell.is_empty() && cell.chars().count() < 25 && !cell.ends_with('?');
            let has_names = first.iter().all(is_name)
                && below.iter().all(|row| row.iter().zip(&first).all(|(cell, name)| cell != name));
            let advice = suggest::advice(below, width, has_names);
            let hint = format!("row 1 is {}; {advice}", shown.collect::<Vec<_>>().join(", "));
            return Err(Error::new(Kind::Input, message).hint(hint));
        }
    };
    Ok((Head { layout, rows: 0, header: None, skipped: 0, line, below: Vec::new(), guesses }, mapped))
}
