//! Rows whose cells do not stand under their columns: a cell was left out, or there is one too many.

use super::key::Key;
use super::layout::{Layout, Places};
use super::row::{Row, cell};
use super::tokens::letter_of;
use crate::bank::Problem;
use crate::model::Field;
use crate::text;

/// How far from its column a key is looked for.
const FARTHEST: usize = 3;
/// As many cells of such a row are shown.
const MOST_SHOWN: usize = 12;

/// The problems of a row that cannot be read: one alone if its cells are shifted, else with a word about cells that
/// it lacks.
pub(super) fn explain(
    layout: &Layout,
    places: &Places,
    row: &Row<'_>,
    all_ask: bool,
    problems: Vec<Problem>,
) -> Vec<Problem> {
    let Some(first) = problems.first() else { return problems };
    let found = by_key(layout, places, row).or_else(|| by_question(layout, places, row, all_ask));
    if let Some((message, fix)) = found {
        let message = format!("{message}{}; the row reads {}", lacking(layout, row), listed(layout, row));
        return vec![Problem::new(first.line, message, fix)];
    }
    let lacking = lacking(layout, row);
    let said = |mut problem: Problem| {
        problem.message.push_str(&lacking);
        problem
    };
    problems.into_iter().map(said).collect()
}

/// A key that stands under another column, and what stands there instead is none.
fn by_key(layout: &Layout, places: &Places, row: &Row<'_>) -> Option<(String, String)> {
    let own = places.field(Field::Answer)?;
    let count = places.options.len();
    let is_key = |place: &usize| {
        let text = cell(row, Some(*place));
        match layout.key {
            Key::Letters => letter_of(&text).is_some_and(|at| at < count),
            Key::Numbers(base) => {
                text.parse::<usize>().is_ok_and(|number| (base..base + count).contains(&number))
            }
            Key::Texts => false,
        }
    };
    if layout.key == Key::Texts {
        return by_text(layout, places, row, own);
    }
    let is_one_sign = |text: &str| match layout.key {
        Key::Letters => letter_of(text).is_some_and(|place| place < 8),
        Key::Numbers(_) => text.parse::<usize>().is_ok(),
        Key::Texts => false,
    };
    // a key that is wrong stands where it should
    if is_one_sign(&cell(row, Some(own))) {
        return None;
    }
    let near = own.saturating_sub(FARTHEST)..(own + FARTHEST + 1).min(layout.roles.len());
    let mut alike = near.filter(is_key);
    let found = alike.next().filter(|place| *place != own && alike.next().is_none())?;
    // options that are letters or numbers themselves
    if places.options.iter().filter(|place| is_key(place)).count() > 1 {
        return None;
    }
    let (key, held) = (cell(row, Some(found)), cell(row, Some(own)));
    let (name, own) = (name(layout, found), name(layout, own));
    let held =
        if held.is_empty() { "nothing".to_owned() } else { format!("{:?}", text::one_line(&held, 24)) };
    let message =
        format!("the cells seem to be shifted: the key {key:?} stands under {name}, and {held} under {own}");
    let fix = if places.field(Field::Answer).is_some_and(|own| found < own) {
        format!(
            "insert the cell that is missing, or an empty one, so that {key:?} comes to stand under {own}"
        )
    } else {
        format!(
            "take out the cell that is too many, or put quotes around the cell that has the separator in it, so that {key:?} comes to stand under {own}"
        )
    };
    Some((message, fix))
}

/// An answer that stands under the last option, for it repeats one before.
fn by_text(layout: &Layout, places: &Places, row: &Row<'_>, own: usize) -> Option<(String, String)> {
    let text = |place: usize| cell(row, Some(place));
    let last = places.options.iter().copied().rfind(|place| !text(*place).is_empty())?;
    let repeats =
        places.options.iter().any(|place| *place < last && text::is_same(&text(*place), &text(last)));
    if !text(own).is_empty() || !repeats || last > own {
        return None;
    }
    let (key, at, own) = (text::one_line(&text(last), 24), name(layout, last), name(layout, own));
    let message = format!(
        "the cells seem to be shifted: {key:?} stands under {at} and is an option before, and nothing under {own}"
    );
    Some((
        message,
        format!(
            "insert the cell that is missing, or an empty one, so that {key:?} comes to stand under {own}"
        ),
    ))
}

/// No question, and what looks like one beside its column.
fn by_question(layout: &Layout, places: &Places, row: &Row<'_>, all_ask: bool) -> Option<(String, String)> {
    let own = places.field(Field::Prompt)?;
    let is_question = |place: &usize| cell(row, Some(*place)).ends_with(['?', '？']);
    let is_empty = cell(row, Some(own)).is_empty();
    let beside =
        [own.checked_sub(1), Some(own + 1)].into_iter().flatten().find(is_question).filter(|_| is_empty);
    let swapped = places.options.iter().chain(&places.field(Field::Answer)).copied().find(is_question);
    let swapped = swapped.filter(|_| all_ask && !is_empty && !is_question(&own));
    if let Some(found) = swapped {
        let (asks, held) =
            (text::one_line(&cell(row, Some(found)), 40), text::one_line(&cell(row, Some(own)), 40));
        let message = format!(
            "the cells seem to be in each other's place: {asks:?} under {} asks, and {held:?} under {} does not",
            name(layout, found),
            name(layout, own)
        );
        return Some((message, format!("write the question under {}", name(layout, own))));
    }
    let found = beside?;
    let shown = text::one_line(&cell(row, Some(found)), 40);
    let (name, own) = (name(layout, found), name(layout, own));
    Some((
        format!(
            "the cells seem to be shifted: there is nothing under {own}, and {shown:?} stands under {name}"
        ),
        format!("move the cells of the row so that the question comes to stand under {own}"),
    ))
}

/// What is odd about a row that can be read: an option asks where the question does not, or a cell goes on with the text
/// of the cell before.
pub(super) fn doubt(
    layout: &Layout,
    places: &Places,
    row: &Row<'_>,
    all_ask: bool,
    is_padded: bool,
    separator: char,
) -> Option<(String, String)> {
    if is_total(row) {
        let message = "it looks like a total at the foot of the table, not like a question".to_owned();
        return Some((message, "take the row out if it is one".to_owned()));
    }
    let asks = |place: usize| cell(row, Some(place)).ends_with(['?', '？']);
    if let Some(prompt) = places.field(Field::Prompt).filter(|prompt| all_ask && !asks(*prompt))
        && let Some(asking) =
            places.options.iter().chain(&places.field(Field::Answer)).find(|place| asks(**place))
    {
        let message = format!(
            "{:?} under {} asks, and the question {:?} does not, as if the two were in each other's place",
            text::one_line(&cell(row, Some(*asking)), 40),
            name(layout, *asking),
            text::one_line(&cell(row, Some(prompt)), 40)
        );
        return Some((message, "if they are, write the question under the column of questions".to_owned()));
    }
    let swallows = |cell: &&str| {
        let mut lines = cell.trim().lines();
        lines.next();
        lines.any(|line| line.matches(separator).count() + 1 == layout.roles.len())
    };
    if let Some(cell) = row.iter().copied().find(swallows) {
        let message = format!(
            "the cell {:?} has lines in it that look like rows of their own",
            text::one_line(cell, 40)
        );
        return Some((message, "if they are, take out the quote with which it begins".to_owned()));
    }
    let (place, torn) = row.iter().enumerate().skip(1).find(|(_, cell)| goes_on(cell, is_padded))?;
    let message = format!(
        "{:?} under {} begins with a blank, as if it belonged to the cell before",
        text::one_line(torn, 40),
        name(layout, place)
    );
    Some((message, "if it does, put quotes around the whole text, for it has the separator in it".to_owned()))
}

/// Whether a row is a word for a sum and numbers.
fn is_total(row: &Row<'_>) -> bool {
    const WORDS: [&str; 22] = [
        "total",
        "totals",
        "sum",
        "average",
        "mean",
        "count",
        "summe",
        "gesamt",
        "anzahl",
        "durchschnitt",
        "totaal",
        "aantal",
        "somme",
        "moyenne",
        "nombre",
        "suma",
        "promedio",
        "somma",
        "media",
        "razem",
        "итого",
        "合计",
    ];
    let mut filled = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    let is_number = |cell: &str| {
        cell.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && cell.trim_end_matches('%').replace(',', ".").parse::<f64>().is_ok()
    };
    let has_others = filled.clone().next().is_some();
    if !has_others || !filled.all(is_number) {
        return false;
    }
    let word = first.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    WORDS.contains(&word.as_str())
}

/// Whether a cell begins as text does after a comma, in a table whose cells do not.
pub(super) fn goes_on(cell: &str, is_padded: bool) -> bool {
    !is_padded && cell.starts_with(' ') && cell.chars().nth(1).is_some_and(char::is_alphabetic)
}

/// How many cells a row has, if they are fewer than the columns.
fn lacking(layout: &Layout, row: &Row<'_>) -> String {
    let (cells, columns) = (row.len(), layout.roles.len());
    if cells >= columns {
        return String::new();
    }
    format!(" (the row has {}, the table {columns} columns)", text::count(cells, "cell"))
}

fn name(layout: &Layout, place: usize) -> String {
    layout.names.get(place).map_or_else(|| format!("column {}", place + 1), |name| format!("{name:?}"))
}

fn listed(layout: &Layout, row: &Row<'_>) -> String {
    let shown = row.iter().zip(&layout.names).take(MOST_SHOWN);
    shown
        .map(|(cell, name)| format!("{name} = {:?}", text::one_line(cell, 20)))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use crate::bank::{Table, read};

    #[test]
    fn cells_under_the_wrong_columns_are_told_with_what_the_row_reads_and_others_as_what_they_are() {
        let head =
            "no;question;a;b;c;d;answer;note\n1;Who?;w;x;y;z;A;n\n2;When?;w;x;y;z;D;n\n3;Why?;w;x;y;z;B;\n";
        for (row, said) in [
            (
                "4;Where?;w;x;y;C;digital",
                "the key \"C\" stands under \"d\", and \"digital\" under \"answer\" (the row has 7 cells, the table 8 columns); the row reads no = \"4\", question = \"Where?\"",
            ),
            ("4;Where?;w;x;y;A;;", "the key \"A\" stands under \"d\", and nothing under \"answer\"; the row"),
            ("Where?;w;x;y;z;A;n", "the key \"A\" stands under \"d\""),
            ("4;Where?;w;x;y;z;more;B", "the key \"B\" stands under \"note\", and \"more\" under \"answer\""),
            ("4;;Where?;w;x;y;A;", "nothing under \"question\", and \"Where?\" stands under \"a\""),
            ("Where?;;w;x;y;z;A;", "nothing under \"question\", and \"Where?\" stands under \"no\""),
            ("4;Where?;w;x", "the answer is empty (the row has 4 cells, the table 8 columns)"),
            ("4;Where?;A;B;C;D;;n", "the answer is empty"),
            ("4;Where?;w;x;y;z;G;n", "the answer \"G\" names"),
        ] {
            let reading = read(&Table, &format!("{head}{row}\n")).unwrap();
            let problems: Vec<String> = reading.problems().map(|problem| problem.message.clone()).collect();
            assert!(problems.len() == 1 && problems[0].contains(said), "{row}: {problems:?}");
            assert_eq!(reading.drafts.len(), 3);
        }
    }
}
