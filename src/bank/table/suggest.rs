//! What to say with `--map` about a table that cannot be read without it, by what its columns hold.

use super::rows::{Rows, cell, most};
use super::tokens::letter_of;
use crate::text;

/// How to say what the columns hold: with numbers where the cells leave no doubt, else in general.
///
/// `header` says that row 1 is to be taken for names.
pub(super) fn advice(rows: Rows<'_>, width: usize, header: bool) -> String {
    let header = if header { "--header " } else { "" };
    match mapping(rows, width) {
        Some(map) => format!("by what they hold it could be {header}--map {map}; look at it with --dry-run first"),
        None => "say which is which by name or number: --map prompt=P,answer=A or --map prompt=P,options=FIRST-LAST,answer=A (wrong=FIRST-LAST if the right one is not among them)"
            .to_owned(),
    }
}

/// `prompt=2,options=3-6,answer=7`.
fn mapping(rows: Rows<'_>, width: usize) -> Option<String> {
    if rows.len() < 2 {
        return None;
    }
    let prompt = question(rows, width)?;
    let others: Vec<usize> = (0..width).filter(|place| *place != prompt).collect();
    for key in others.iter().rev().copied() {
        let holding = |place: &usize| *place != prompt && *place != key && holds_texts(rows, *place);
        let named = keyed(rows, key, &runs((0..width).filter(holding)));
        let options = named.or_else(|| repeated(rows, prompt, key, width));
        if let Some((first, last)) = options {
            return Some(format!(
                "prompt={},options={}-{},answer={}",
                prompt + 1,
                first + 1,
                last + 1,
                key + 1
            ));
        }
    }
    let mut texts = others.into_iter().filter(|place| holds_texts(rows, *place));
    let answer = texts.next().filter(|_| texts.next().is_none())?;
    Some(format!("prompt={},answer={}", prompt + 1, answer + 1))
}

/// The column that holds questions: those that end like one, else the longest texts; no two alike.
fn question(rows: Rows<'_>, width: usize) -> Option<usize> {
    let differ = |place: usize| {
        let distinct: std::collections::HashSet<&str> = rows.iter().map(|row| cell(row, place)).collect();
        distinct.len() * 10 >= rows.len() * 9
    };
    let asks = |place: &usize| most(rows, |row| cell(row, *place).ends_with(['?', '？', ':', '_']));
    let length = |place: &usize| rows.iter().map(|row| cell(row, *place).chars().count()).sum::<usize>();
    (0..width).filter(|place| differ(*place)).max_by_key(|place| (asks(place), length(place)))
}

/// Whether a column holds texts and not numbers, letters or nothing.
fn holds_texts(rows: Rows<'_>, place: usize) -> bool {
    rows.iter().filter(|row| cell(row, place).chars().nth(1).is_some()).count() * 2 >= rows.len()
}

/// Columns side by side, as first and last.
fn runs(places: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => runs.push((place, place)),
        }
    }
    runs
}

/// The columns side by side among these of which a column names one in nearly every row, by letter, number or text.
pub(super) fn named_by(
    rows: Rows<'_>,
    key: usize,
    columns: impl Iterator<Item = usize>,
) -> Option<(usize, usize)> {
    let names = |row: &[String], (first, last): (usize, usize)| {
        let key = cell(row, key);
        let letter = letter_of(key);
        letter.or_else(|| key.parse().ok()).is_some_and(|place| place <= last - first + 1)
            || (first..=last).any(|place| !key.is_empty() && text::is_same(cell(row, place), key))
    };
    let is_filled = |row: &[String], (first, _): (usize, usize)| {
        !cell(row, first).is_empty() && !cell(row, first + 1).is_empty()
    };
    let fits = |run: &(usize, usize)| {
        run.1 > run.0 && rows.len() > 1 && most(rows, |row| names(row, *run) && is_filled(row, *run))
    };
    runs(columns).into_iter().find(fits)
}

/// The columns of which a column names one in every row by letter or number, the last of them in some row.
fn keyed(rows: Rows<'_>, key: usize, runs: &[(usize, usize)]) -> Option<(usize, usize)> {
    let filled = || rows.iter().map(|row| cell(row, key)).filter(|text| !text.is_empty());
    let letters: Option<Vec<usize>> = filled().map(letter_of).collect();
    let numbers: Option<Vec<usize>> = filled().map(|text| text.parse().ok()).collect();
    let count = match (letters, numbers) {
        (Some(letters), _) => letters.into_iter().max()? + 1,
        (None, Some(numbers)) => numbers.iter().max()? + usize::from(numbers.contains(&0)),
        (None, None) => return None,
    };
    let mut fitting = runs.iter().filter(|(first, last)| count > 1 && last - first + 1 == count);
    fitting.next().copied().filter(|_| fitting.next().is_none())
}

/// The columns of which a column repeats one in every row.
fn repeated(rows: Rows<'_>, prompt: usize, key: usize, width: usize) -> Option<(usize, usize)> {
    let same = |row: &[String], place: usize| {
        place != prompt && place != key && text::is_same(cell(row, place), cell(row, key))
    };
    let is_repeated = |row: &[String]| !cell(row, key).is_empty() && (0..width).any(|place| same(row, place));
    let mut found = (0..width).filter(|place| rows.iter().any(|row| same(row, *place)));
    let first = found.next()?;
    let last = found.next_back()?;
    (most(rows, is_repeated) && !(first..=last).contains(&key) && !(first..=last).contains(&prompt))
        .then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_proposed_only_where_the_cells_leave_no_doubt() {
        for (table, proposed) in [
            ("x;Who is it?;w1;x1;y1;B\nx;What is it?;w2;x2;y2;C\n", Some("prompt=2,options=3-5,answer=6")),
            ("2;Who is it?;w1;x1\n1;What is it?;w2;x2\n", Some("prompt=2,options=3-4,answer=1")),
            ("0;Who is it?;w1;x1\n1;What is it?;w2;x2\n", Some("prompt=2,options=3-4,answer=1")),
            ("Who is it?;w1;x1;w1\nWhat is it?;w2;x2;x2\n", Some("prompt=1,options=2-3,answer=4")),
            ("7;the back;a longer front\n8;a back;another longer front\n", Some("prompt=3,answer=2")),
            // D may be an option or a remark
            ("Who is it?;w1;x1;y1;zz;B\nWhat is it?;w2;x2;y2;zz;C\n", None),
            ("Who is it?;one;two\nWhat is it?;three;four\n", None),
            ("Who is it?;one\n", None),
        ] {
            let rows: Vec<Vec<String>> =
                table.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
            let width = rows[0].len();
            assert_eq!(mapping(&rows, width).as_deref(), proposed, "{table}");
        }
    }
}
