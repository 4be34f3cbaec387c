//! Tables without a header: what the columns hold is told by their values.

use super::layout::{Layout, Marks};
use super::names::{self, Role};
use super::options::truth;
use super::rows::{Rows, cell, nearly_all};
use super::tokens::letter_of;
use crate::model::Field;
use crate::text;

/// Signs that people put in front of the right option.
const SIGNS: [char; 4] = ['#', '*', '✓', '✔'];

/// The columns of a table without a header, and by what they were told; none if nothing fits.
pub(super) fn find(rows: Rows<'_>, width: usize) -> Option<(Layout, String)> {
    if rows.is_empty() {
        return None;
    }
    if width == 2 {
        if is_prose(rows) {
            return None;
        }
        let mut roles = vec![Some(field(Field::Prompt)), Some(field(Field::Answer))];
        let mut reason = "two columns without names: question and answer";
        if asks(rows, 1) && !asks(rows, 0) {
            roles.reverse();
            reason = "two columns without names, of which the second asks";
        }
        return Some((Layout::by_position(roles, Marks::Key), reason.to_owned()));
    }
    if width == 3 && stem(rows) == 1 && differ(rows, 1) && !holds_keys(rows, 2) {
        let roles = vec![Some(Role::Ignored), Some(field(Field::Prompt)), Some(field(Field::Answer))];
        return Some((
            Layout::by_position(roles, Marks::Key),
            "numbers, then question and answer".to_owned(),
        ));
    }
    flagged(rows, width).or_else(|| signed(rows, width)).or_else(|| keyed(rows, width))
}

const fn field(field: Field) -> Role {
    Role::Field(field)
}

fn option(number: usize) -> Role {
    Role::Option(u16::try_from(number).unwrap_or(u16::MAX))
}

/// The first column that can hold questions: running numbers stand before it.
fn stem(rows: Rows<'_>) -> usize {
    let bare = |row: &[String]| {
        cell(row, 0).trim_end_matches(['.', ')']).trim_start_matches(['Q', 'q', '#']).to_owned()
    };
    let is_number = |row: &[String]| bare(row).parse::<u32>().is_ok();
    usize::from(nearly_all(rows, is_number))
}

/// Whether the questions in a column differ, as questions do and categories do not.
fn differ(rows: Rows<'_>, place: usize) -> bool {
    let distinct: std::collections::HashSet<&str> = rows.iter().map(|row| cell(row, place)).collect();
    distinct.len() * 2 > rows.len()
}

/// Question, then option and true or false, option and true or false ...
fn flagged(rows: Rows<'_>, width: usize) -> Option<(Layout, String)> {
    let stem = stem(rows);
    let says = |place: usize| {
        nearly_all(rows, |row| {
            !cell(row, place).is_empty()
                && truth(cell(row, place)).is_some()
                && cell(row, place).parse::<i64>().is_err()
        })
    };
    let pairs = (stem + 1..width).step_by(2).take_while(|place| says(place + 1)).count();
    if pairs < 2 {
        return None;
    }
    let mut roles = vec![None; width];
    *roles.get_mut(stem)? = Some(field(Field::Prompt));
    for pair in 0..pairs {
        *roles.get_mut(stem + 1 + pair * 2)? = Some(option(pair));
    }
    (0..stem).chain(stem + 1 + pairs * 2..width).for_each(|place| ignore(&mut roles, place));
    (0..pairs).for_each(|pair| ignore(&mut roles, stem + 2 + pair * 2));
    Some((
        Layout::by_position(roles, Marks::Next),
        format!("after each of {pairs} options stands true or false"),
    ))
}

fn ignore(roles: &mut [Option<Role>], place: usize) {
    if let Some(role) = roles.get_mut(place) {
        *role = Some(Role::Ignored);
    }
}

/// Finds how options are marked in a table whose columns have names and of which none holds answers: by a sign in front,
/// or by true and false in the column behind each.
pub(super) fn marks_under_names(layout: &mut Layout, rows: Rows<'_>) -> Option<String> {
    let options = layout.option_columns();
    if options.len() < 2 || layout.marks != Marks::Key || layout.column(Field::Answer).is_some() {
        return None;
    }
    if let Some(sign) = sign_of(rows, &options) {
        layout.marks = Marks::Sign(sign);
        return Some(format!("the right ones begin with {sign}"));
    }
    let says = |place: usize| {
        !options.contains(&place)
            && nearly_all(rows, |row| !cell(row, place).is_empty() && truth(cell(row, place)).is_some())
    };
    if !rows.is_empty() && options.iter().all(|place| says(place + 1)) {
        for place in &options {
            ignore(&mut layout.roles, place + 1);
        }
        layout.marks = Marks::Next;
        return Some("true or false stands behind each".to_owned());
    }
    None
}

/// The sign with which the right ones of these options begin in nearly every row.
fn sign_of(rows: Rows<'_>, options: &[usize]) -> Option<char> {
    let starts =
        |row: &[String], sign| options.iter().filter(|place| cell(row, **place).starts_with(sign)).count();
    let filled = |row: &[String]| options.iter().filter(|place| !cell(row, **place).is_empty()).count();
    let fits = |sign: &char| nearly_all(rows, |row| (1..filled(row)).contains(&starts(row, *sign)));
    SIGNS.into_iter().find(fits).filter(|_| rows.len() > 1)
}

/// Question, then options of which the right ones begin with a sign.
fn signed(rows: Rows<'_>, width: usize) -> Option<(Layout, String)> {
    for sign in SIGNS {
        let marked = |row: &[String]| (1..width).filter(|place| cell(row, *place).starts_with(sign)).count();
        let all = |row: &[String]| {
            (1..width).all(|place| cell(row, place).is_empty() || cell(row, place).starts_with(sign))
        };
        if !nearly_all(rows, |row| marked(row) > 0 && !all(row)) {
            continue;
        }
        let is_option = |place: &usize| {
            rows.iter().filter(|row| cell(row, *place).starts_with(sign)).count() * 50 > rows.len()
        };
        let options: Vec<usize> = (1..width).filter(is_option).collect();
        let (first, last) = (*options.first()?, *options.last()?);
        let mut roles = vec![Some(field(Field::Tags)); width];
        *roles.first_mut()? = Some(field(Field::Prompt));
        for (number, place) in (first..=last).enumerate() {
            *roles.get_mut(place)? = Some(option(number));
        }
        return Some((
            Layout::by_position(roles, Marks::Sign(sign)),
            format!("the right options begin with {sign}"),
        ));
    }
    None
}

/// Question, options, and a column that names the right one.
fn keyed(rows: Rows<'_>, width: usize) -> Option<(Layout, String)> {
    let stem = stem(rows);
    let asks_elsewhere = (0..width).any(|place| place != stem && asks(rows, place));
    if !differ(rows, stem) || (asks_elsewhere && !asks(rows, stem)) {
        return None;
    }
    let (key, first, last, how) = (stem + 3..width).rev().find_map(|key| {
        let (first, last) = options_before(rows, stem + 1, key)?;
        names_options(rows, first, last, key).map(|how| (key, first, last, how))
    })?;
    let mut roles = vec![Some(field(Field::Tags)); width];
    for place in (stem + 1..first).chain(last + 1..key).chain(key + 1..width) {
        *roles.get_mut(place)? = Some(beside(rows, place));
    }
    *roles.get_mut(stem)? = Some(field(Field::Prompt));
    *roles.get_mut(key)? = Some(field(Field::Answer));
    (0..stem).for_each(|place| ignore(&mut roles, place));
    for (number, place) in (first..=last).enumerate() {
        *roles.get_mut(place)? = Some(option(number));
    }
    Some((Layout::by_position(roles, Marks::Key), format!("column {} {how}", key + 1)))
}

/// Whether a row cannot be one of the questions of this layout: its key names none of its options.
pub(super) fn is_outside(layout: &Layout, row: &[String]) -> bool {
    let options = layout.option_columns();
    let Some(key) = layout.column(Field::Answer).map(|place| cell(row, place)) else { return false };
    let letter = letter_of(key);
    layout.marks == Marks::Key
        && !options.is_empty()
        && letter.is_none_or(|place| place >= options.len())
        && key.parse::<usize>().is_err()
        && !options.iter().any(|place| text::is_same(cell(row, *place), key))
}

/// Columns under a name of one or two signs that only count the rows: 1, 2, 3 ...
pub(super) fn counters(names: &[String], rows: Rows<'_>) -> Vec<usize> {
    let counts = |place: &usize| {
        let number = |row: &Vec<String>| cell(row, *place).trim_end_matches('.').parse::<u64>().ok();
        let numbers: Option<Vec<u64>> = rows.iter().map(number).collect();
        numbers.is_some_and(|numbers| {
            numbers.len() > 1 && numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1))
        })
    };
    let is_id = |name: &str| matches!(names::role(name), Some((Role::Field(Field::Id | Field::Guid), _)));
    let is_short =
        |place: &usize| names.get(*place).is_some_and(|name| name.trim().chars().count() < 3 && !is_id(name));
    (0..names.len()).filter(is_short).filter(counts).collect()
}

/// Whether single letters or numbers stand in a column.
fn holds_keys(rows: Rows<'_>, place: usize) -> bool {
    nearly_all(rows, |row| cell(row, place).chars().nth(1).is_none())
}

/// Whether most of what stands in a column is more than a word or two.
fn holds_sentences(rows: Rows<'_>, place: usize) -> bool {
    let filled = rows.iter().filter(|row| !cell(row, place).is_empty());
    let long = filled.clone().filter(|row| cell(row, place).split_whitespace().count() > 3).count();
    long > 0 && long * 2 >= filled.count()
}

/// Whether rows of two cells are sentences with a comma in them.
fn is_prose(rows: Rows<'_>) -> bool {
    let goes_on = |row: &[String]| row.get(1).is_some_and(|cell| cell.starts_with(' '));
    let ends = |row: &[String]| cell(row, 1).ends_with(['.', '!']);
    rows.len() > 2 && nearly_all(rows, goes_on) && nearly_all(rows, ends)
}

/// Whether nearly all rows have a question in this column.
fn asks(rows: Rows<'_>, place: usize) -> bool {
    nearly_all(rows, |row| cell(row, place).ends_with(['?', '？', ';', '؟']))
}

/// Whether a row of two cells is no question and answer like the others: it does not ask where all others do, or has a
/// word where the others have whole sentences.
pub(super) fn is_unlike(row: &[String], below: Rows<'_>) -> bool {
    let asks_too = |place: usize| cell(row, place).ends_with(['?', '？', ';', '؟']);
    let is_word = |cell: &String| !cell.trim().is_empty() && !cell.trim().contains(char::is_whitespace);
    let long = |row: &[String]| {
        cell(row, 0).split_whitespace().count() > 3 || cell(row, 1).split_whitespace().count() > 3
    };
    (0..2).any(|place| asks(below, place) && !asks_too(place))
        || (row.iter().all(is_word) && nearly_all(below, long))
}

/// The columns from `first` up to that of the key without those at either end that are unlike the others.
fn options_before(rows: Rows<'_>, mut first: usize, key: usize) -> Option<(usize, usize)> {
    let mut last = key.checked_sub(1)?;
    let is_odd = |place: usize, first: usize, last: usize| {
        let others = (first..=last).filter(|other| *other != place);
        nature(rows, place).is_some_and(|own| {
            others.clone().count() > 1 && others.clone().all(|other| nature(rows, other) != Some(own))
        })
    };
    while last > first && is_odd(first, first, last) {
        first += 1;
    }
    while last > first && is_odd(last, first, last) {
        last -= 1;
    }
    (last > first).then_some((first, last))
}

/// What a column holds beside options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// The same few words again and again.
    Words,
    /// Sentences.
    Sentences,
    /// Names of pictures or sounds.
    Files,
    /// Numbers.
    Numbers,
}

fn nature(rows: Rows<'_>, place: usize) -> Option<Nature> {
    const ENDINGS: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".mp3", ".webp"];
    let distinct: std::collections::HashSet<&str> = rows.iter().map(|row| cell(row, place)).collect();
    let is_file =
        |row: &[String]| ENDINGS.iter().any(|ending| cell(row, place).to_lowercase().ends_with(ending));
    if nearly_all(rows, is_file) {
        Some(Nature::Files)
    } else if nearly_all(rows, |row| cell(row, place).parse::<f64>().is_ok()) {
        Some(Nature::Numbers)
    } else if rows.len() > 2 && distinct.len() * 3 <= rows.len() {
        Some(Nature::Words)
    } else if holds_sentences(rows, place) {
        Some(Nature::Sentences)
    } else {
        None
    }
}

/// What a column is that stands beside the options.
fn beside(rows: Rows<'_>, place: usize) -> Role {
    match nature(rows, place) {
        Some(Nature::Files) => Role::Media,
        Some(Nature::Numbers) => Role::Ignored,
        Some(Nature::Sentences) => field(Field::Explanation),
        Some(Nature::Words) | None => field(Field::Tags),
    }
}

/// How the cells of column `key` name one of the columns from `first` to `last`, if they do.
fn names_options(rows: Rows<'_>, first: usize, last: usize, key: usize) -> Option<&'static str> {
    let options = last + 1 - first;
    let letter = |row: &[String]| letter_of(cell(row, key));
    let number = |row: &[String]| cell(row, key).parse::<usize>().ok();
    // of many rows one has its last option right, or all of them the first
    let reaches = |places: Vec<usize>, last: usize| {
        places.iter().any(|place| *place >= last)
            || rows.len() < 8
            || places.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
    };
    if nearly_all(rows, |row| letter(row).is_some_and(|place| place < options)) {
        return reaches(rows.iter().filter_map(|row| letter(row)).collect(), options - 1)
            .then_some("holds the letter of an option");
    }
    if nearly_all(rows, |row| number(row).is_some_and(|number| number <= options)) {
        return reaches(rows.iter().filter_map(|row| number(row)).collect(), options - 1)
            .then_some("holds the number of an option");
    }
    let is_text = |row: &[String]| {
        !cell(row, key).is_empty()
            && (first..=last).any(|place| text::fold(cell(row, place)) == text::fold(cell(row, key)))
    };
    nearly_all(rows, is_text).then_some("repeats an option")
}

#[cfg(test)]
mod tests;
