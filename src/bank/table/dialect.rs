//! What stands between the cells of a table: the separator under which its rows agree.

use std::collections::HashMap;

use super::names;
use crate::bank::records::Records;
use crate::bank::{Guess, Input, Options};
use crate::error::{Error, Kind, Result};
use crate::text;

/// The separator of a table and how many cells its rows have.
#[derive(Debug)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// The number of cells that most rows have.
    pub(super) width: usize,
    /// Whether cells usually begin with a blank.
    pub(super) is_padded: bool,
    pub(super) guess: Option<Guess>,
}

/// Separators that are tried, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// As many records are looked at.
const LOOKED_AT: usize = 500;

/// How well a separator fits.
struct Fit {
    delimiter: u8,
    width: usize,
    agreeing: usize,
    records: usize,
    known: usize,
    faults: usize,
    /// Cells after the first, and those of them that begin with a blank, as text does after a comma.
    cells: usize,
    padded: usize,
}

impl Fit {
    fn of(input: &Input, delimiter: u8) -> Self {
        let mut records = Records::new(input, delimiter);
        let mut widths: HashMap<usize, usize> = HashMap::new();
        let (mut count, mut known, mut faults) = (0, 0, 0);
        let (mut cells, mut padded) = (0, 0);
        while let Some(place) = records.next() {
            let record = records.record();
            if records.is_hollow() {
                continue;
            }
            if count < 12 {
                known = known.max(
                    record
                        .iter()
                        .filter(|name| !name.is_empty() && name.len() < 200 && names::role(name).is_some())
                        .count(),
                );
            }
            faults += usize::from(place.fault.is_some());
            cells += record.len() - 1;
            padded += record.iter().skip(1).filter(|cell| cell.starts_with(' ')).count();
            *widths.entry(record.len()).or_default() += 1;
            count += 1;
            if count == LOOKED_AT {
                break;
            }
        }
        let (width, agreeing) = widths
            .into_iter()
            .filter(|(width, _)| *width > 1)
            .max_by_key(|(width, agreeing)| (*agreeing, *width))
            .unwrap_or((1, 0));
        Self { delimiter, width, agreeing, records: count, known, faults, cells, padded }
    }

    /// Whether more cells than now and then begin with a blank.
    fn is_padded(&self) -> bool {
        self.padded * 5 > self.cells
    }

    /// Rows that agree, in hundredths; names that are known count like rows, for a header is no accident.
    fn score(&self) -> usize {
        if self.width < 2 {
            return 0;
        }
        let share = |part: usize| part * 100 / self.records.max(1);
        let known = if self.known > 1 { 60 } else { 0 };
        // nobody types a tab into a sentence
        let tab = usize::from(self.delimiter == b'\t') * 3;
        let padded = self.padded * 10 / self.cells.max(1);
        (share(self.agreeing) + known + tab).saturating_sub(share(self.faults) + padded)
    }
}

/// Finds the separator. An error says that the text is no table.
pub(super) fn find(input: &Input, options: &Options) -> Result<Dialect> {
    if let Some(stated) = &options.delimiter {
        let delimiter = match stated.as_bytes() {
            [byte] => *byte,
            _ => {
                return Err(Error::new(
                    Kind::Usage,
                    format!("a table has one character between cells, not {stated:?}"),
                )
                .hint("for cards with a separator of several characters add --format quizlet"));
            }
        };
        let fit = Fit::of(input, delimiter);
        return Ok(Dialect { delimiter, width: fit.width, is_padded: fit.is_padded(), guess: None });
    }
    let fits = DELIMITERS.map(|delimiter| Fit::of(input, delimiter));
    // of two that fit alike the first
    let broken = fits.iter().find(|fit| fit.faults * 2 > fit.records).map(|fit| fit.delimiter);
    let best = fits.into_iter().rev().max_by_key(Fit::score).filter(|fit| fit.score() >= 60);
    let best = best
        .ok_or_else(|| broken.map_or_else(|| no_table(input), |delimiter| broken_quotes(input, delimiter)))?;
    let reason = format!(
        "{} of {} with it have {} cells",
        best.agreeing,
        text::count(best.records, "row"),
        best.width
    );
    let guess =
        (!input.is_sheet).then(|| Guess::new("delimiter", described(best.delimiter), reason, "--delimiter"));
    Ok(Dialect { delimiter: best.delimiter, width: best.width, is_padded: best.is_padded(), guess })
}

fn described(delimiter: u8) -> &'static str {
    match delimiter {
        b'\t' => "tab",
        b';' => "semicolon",
        b'|' => "bar",
        _ => "comma",
    }
}

fn no_table(input: &Input) -> Error {
    let blank = input.text.split("\n\n").filter(|block| block.trim().lines().count() > 1).count();
    let (message, fix) = if blank > 2 {
        (
            "it looks like blocks of text, not like a table: rows do not agree on a number of cells, and there is no key of answers that could be read",
            "put the questions into a table (matura import --template shows one), or into GIFT or Aiken",
        )
    } else {
        (
            "no separator makes a table of it: neither comma, semicolon, tab nor bar gives rows with the same number of cells",
            "name the separator with --delimiter, or put the questions into a table (matura import --template shows one)",
        )
    };
    Error::new(Kind::Input, message).hint(fix)
}

fn broken_quotes(input: &Input, delimiter: u8) -> Error {
    let mut records = Records::new(input, delimiter);
    while let Some(place) = records.next() {
        if let Some(fault) = place.fault {
            return Error::new(
                Kind::Input,
                format!("line {}: {}; most rows are broken like this", fault.line, fault.message),
            )
            .hint(fault.fix);
        }
    }
    Error::new(Kind::Input, "most rows have broken quotes").hint("save the table again as CSV")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<(u8, usize)> {
        let input = Input { text: text.to_owned(), ..Input::default() };
        find(&input, &Options::default()).map(|dialect| (dialect.delimiter, dialect.width))
    }

    #[test]
    fn the_separator_is_the_one_on_which_the_rows_agree() {
        for (text, delimiter, width) in [
            ("a, b;c\nd;e, f, g\nh;i\n", b';', 2),
            ("1 x 1 =\t1\n2 x 1: so\t2\n", b'\t', 2),
            ("Frage|Antwort\na, b|c\n", b'|', 2),
            ("\"a;b\",c\n\"d;e\",f\n", b',', 2),
            ("question,answer\nWhat, then?,a\nwhy,b\n", b',', 2),
            ("time 10:30,x\n11:20,y\n", b',', 2),
        ] {
            assert_eq!(found(text).unwrap(), (delimiter, width), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_no_table_is_refused_with_the_reason() {
        let blocks = "A question, which is long?\nyes\nno\n\n".repeat(5);
        assert!(found(&blocks).unwrap_err().message.contains("blocks of text"));
        assert!(found("one\ntwo\nthree\n").unwrap_err().message.contains("no separator"));
        let broken = "\"a\"b,c;\n".repeat(4);
        assert!(found(&broken).unwrap_err().message.starts_with("line 1: a quote opens here"));
    }
}
