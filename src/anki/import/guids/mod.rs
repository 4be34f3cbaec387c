//! Whether the column that should hold the guids does, and which one looks more like it.

mod held;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::columns::MOST_COLUMNS;
use super::header::{Column, Header};
use crate::bank::{Input, Options, Problem, Records};
use crate::error::{Error, Kind, Result};
use crate::text::{self, fold};
use held::Held;

/// As many rows are looked at; a wrong number shows in far fewer.
const LOOKED_AT: usize = 1000;

/// As many rows without one guid of their own each are no oversight.
const MANY: usize = 10;

/// What the first rows have in their columns.
#[derive(Debug, Default)]
pub(super) struct Guids {
    /// Rows that were looked at.
    rows: usize,
    /// Whether there are more.
    has_more: bool,
    /// What the columns hold.
    columns: Vec<Held>,
}

/// Whether the file says where guids stand and the learner does not. A file of rejected rows has too few to judge by.
pub(super) fn are_asked(header: &Header, options: &Options) -> bool {
    let is_said = options.map.iter().any(|(role, _)| fold(role) == "guid");
    header.found.contains(&"guid column") && !is_said && !header.is_of_rejected
}

impl Guids {
    /// Looks at the first rows from byte `start` on.
    pub(super) fn look(input: &Input, start: usize, delimiter: u8) -> Self {
        let mut found = Self::default();
        let mut rows = HashSet::new();
        let hasher = RandomState::new();
        let mut records = Records::with_comments(input, start, delimiter);
        while let Some(place) = records.next() {
            let row: Vec<&str> = records.record().iter().take(MOST_COLUMNS).map(str::trim).collect();
            // where a quote is out of place cells are not what they seem
            if place.fault.is_some() || row.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            if found.rows == LOOKED_AT {
                found.has_more = true;
                break;
            }
            found.rows += 1;
            let is_new = rows.insert(hasher.hash_one(&row));
            if found.columns.len() < row.len() {
                found.columns.resize_with(row.len(), Held::default);
            }
            for (held, cell) in found.columns.iter_mut().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                held.cells += 1;
                if is_new {
                    held.take(cell, hasher.hash_one(cell));
                }
            }
        }
        found
    }

    /// The column that looks most like guids beside the one that is stated.
    pub(super) fn likely(&self, stated: Option<usize>) -> Option<usize> {
        let looks = |(place, held): &(usize, &Held)| {
            Some(*place) != stated && held.cells * 2 >= self.rows && held.looks_like_guids()
        };
        self.columns.iter().enumerate().find(looks).map(|(place, _)| place)
    }

    /// A word about a column of guids that the file calls none; `line` is that of the first row.
    pub(super) fn untold(&self, line: u64) -> Option<Problem> {
        let number = self.likely(None)? + 1;
        let message =
            format!("column {number} looks like guids, and no line says so; it is taken for a text");
        Some(Problem::new(line, message, format!("add the line #guid column:{number} at the top")))
    }

    /// Whether the guids can stand in this column. An error says that they cannot; any text may be a guid, so that one
    /// which looks like none is only told unless another column looks better.
    pub(super) fn judge(&self, Column { line, place }: Column) -> Result<Option<Problem>> {
        let number = place + 1;
        let nothing = Held::default();
        let held = self.columns.get(place).unwrap_or(&nothing);
        let likely = self.likely(Some(place));
        let (filled, different) = (held.filled, held.different.len());
        let has_one = filled > 1 && different == 1;
        let has_few = different * 2 < filled;
        let is_wrong = match likely {
            Some(_) => has_one || has_few || (held.spaced + held.single) * 2 > filled || filled == 0,
            // a guid that stands in a copy of its row is for the reader of rows
            None => (has_one && !held.looks_random()) || (has_few && filled >= MANY),
        };
        let (shown, rows) = (&held.first, self.in_words(held.cells));
        let found = if filled == 0 {
            format!("it is empty in {}", self.in_words(self.rows))
        } else if has_one {
            format!("it holds nothing but {shown:?} in {rows}")
        } else if has_few {
            format!("it holds only {different} different values in {rows}, such as {shown:?}")
        } else {
            format!("it holds texts such as {:?}", held.text.as_ref().unwrap_or(shown))
        };
        let message = format!("column {number} should hold the guids, but {found}");
        let keep = format!("add --map guid={number} if column {number} is the right one");
        if is_wrong {
            let (more, fix) = match likely.map(|place| place + 1) {
                Some(likely) => (
                    format!(", while column {likely} looks like guids"),
                    format!("write #guid column:{likely}, or {keep}"),
                ),
                None => (String::new(), self.without_likely(number)),
            };
            return Err(Error::new(Kind::Input, format!("line {line}: {message}{more}")).hint(fix));
        }
        Ok((held.spaced * 2 > filled)
            .then(|| Problem::new(line, message, format!("correct the number, or {keep}"))))
    }

    /// What to do where no column looks like guids: one that has a name of its own in each row may be it all the same.
    fn without_likely(&self, number: usize) -> String {
        let is_name = |held: &Held| {
            held.cells == self.rows
                && held.different.len() == held.filled
                && held.spaced == 0
                && held.filled > 1
        };
        let other =
            self.columns.iter().enumerate().find(|(place, held)| place + 1 != number && is_name(held));
        match other {
            Some((place, held)) => format!(
                "write #guid column:{0} if the guids stand in column {0} (such as {1:?}), else give each row a guid of its own",
                place + 1,
                held.first
            ),
            None => format!(
                "correct the number in #guid column:{number}, give each row a guid of its own, or remove the line"
            ),
        }
    }

    /// Rows that fill a column, of those that were looked at.
    fn in_words(&self, cells: usize) -> String {
        let rows = text::count(self.rows, "row");
        match (cells == self.rows, self.has_more) {
            (true, false) => format!("all {rows}"),
            (true, true) => format!("the first {rows}"),
            (false, false) => format!("{cells} of {rows}"),
            (false, true) => format!("{cells} of the first {rows}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const GUIDS: [&str; 12] = [
        "bK,#c)Z<r6",
        "t#K#J+`ZEK",
        "G6r<|{KMs",
        "o8gVfl:^1>",
        "B&NKF~,pou",
        "Q}>vA5kGI#",
        "w&Kp%F|5(,",
        "Rj&Z5m[>Zp",
        "k3!Qz[T0a~",
        "A:x7_Mw.q9",
        "f^2Lr@eD8%",
        "N5+uYb]hC/",
    ];

    /// What is said of the guids in the second column of `rows`: an error, a warning or nothing.
    fn said(rows: &[Vec<&str>]) -> String {
        let text: String = rows.iter().map(|row| row.join("\t") + "\n").collect();
        let guids = Guids::look(&Input { text, ..Input::default() }, 0, b'\t');
        match guids.judge(Column { line: 3, place: 1 }) {
            Ok(problem) => problem.map(|problem| problem.to_string()).unwrap_or_default(),
            Err(error) => format!("{error}; {}", error.hint.as_deref().unwrap_or_default()),
        }
    }

    /// Rows with guids in the first column and these values in the second.
    fn beside_guids<'v>(values: &[&'v str]) -> Vec<Vec<&'v str>> {
        GUIDS.iter().zip(values).map(|(guid, value)| vec![*guid, *value, "back"]).collect()
    }

    /// Rows with these values in the second column and nothing like a guid beside it.
    fn alone<'v>(values: &[&'v str]) -> Vec<Vec<&'v str>> {
        const WORDS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
        WORDS.iter().zip(values).map(|(word, value)| vec![*word, *value]).collect()
    }

    const KEEP: &str = "add --map guid=2 if column 2 is the right one";

    #[test]
    fn a_column_that_holds_something_else_refuses_the_file_and_the_likelier_one_is_named() {
        let likelier = format!(", while column 1 looks like guids; write #guid column:1, or {KEEP}");
        for (values, found) in [
            (&["What is it?", "Who?", "Why is it so?"][..], "it holds texts such as \"What is it?\""),
            (&["Hund", "Katze", "Maus"], "it holds texts such as \"Hund\""),
            (&["犬", "猫"], "it holds texts such as \"犬\""),
            (&["Basic"; 12], "it holds nothing but \"Basic\" in all 12 rows"),
            (
                &["A::B", "A::B", "A::B", "A::C", "A::C"],
                "it holds only 2 different values in all 5 rows, such as \"A::B\"",
            ),
            (&["", "", ""], "it is empty in all 3 rows"),
            (&["Basic", "", "Basic"], "it holds nothing but \"Basic\" in 2 of 3 rows"),
        ] {
            let expected = format!("line 3: column 2 should hold the guids, but {found}{likelier}");
            assert_eq!(said(&beside_guids(values)), expected);
        }
    }

    #[test]
    fn one_value_in_all_rows_is_no_guid_even_if_no_other_column_is() {
        let mend = "write #guid column:1 if the guids stand in column 1 (such as \"a\"), else give each row a guid of its own";
        let few = ["Basic", "Cloze"].repeat(6);
        for (values, found) in [
            (&["Basic", "Basic"][..], "it holds nothing but \"Basic\" in all 2 rows"),
            (&few, "it holds only 2 different values in all 12 rows, such as \"Basic\""),
        ] {
            let expected = format!("line 3: column 2 should hold the guids, but {found}; {mend}");
            assert_eq!(said(&alone(values)), expected);
        }
    }

    #[test]
    fn any_text_may_be_a_guid_and_only_sentences_are_told() {
        let told = format!(
            "3: column 2 should hold the guids, but it holds texts such as \"What is it?\"; correct the number, or {KEEP}"
        );
        assert_eq!(said(&alone(&["x", "What is it?", "Who is it?"])), told);
        for values in [
            &GUIDS[..],
            &["mlops-001", "mlops-002", "mlops-003"],
            &["Hund", "Katze", "Maus"],
            &["1", "2", "2"],
            &["A", "A", "B", "B", "B"],
            &["", "", ""],
            &["Basic"],
            // a row that was copied, of which the reader of rows says what to do
            &["bK,#c)Z<r6", "bK,#c)Z<r6"],
        ] {
            assert_eq!(said(&alone(values)), "", "{values:?}");
        }
        // the same rows twice, word for word
        assert_eq!(said(&[vec!["a", "Basic"], vec!["a", "Basic"]]), "");
        assert_eq!(said(&beside_guids(&["mlops-001", "mlops-002", "mlops-003"])), "");
    }

    #[test]
    fn no_more_than_the_first_rows_are_looked_at() {
        let text: String = (0..LOOKED_AT + 5).map(|row| format!("{row}\tBasic\n")).collect();
        let guids = Guids::look(&Input { text, ..Input::default() }, 0, b'\t');
        assert_eq!((guids.rows, guids.has_more), (LOOKED_AT, true));
        let error = guids.judge(Column { line: 1, place: 1 }).unwrap_err();
        assert!(
            error.message.contains("but it holds nothing but \"Basic\" in the first 1000 rows"),
            "{error}"
        );
    }
}
