//! What is wrong with directives that name columns.

use super::guids::Guids;
use super::header::{Column, Header, Unnumbered};
use crate::bank::Problem;
use crate::error::{Error, Kind, Result};
use crate::text::{self, fold};

/// Finds directives without a number, with the number of a column that no row has, and with that of another directive.
/// Guids refuse the file if they were looked at: without them every note would be another one for ever.
pub(super) fn check(
    header: &Header,
    names: &[String],
    widest: usize,
    guids: Option<&Guids>,
    warnings: &mut Vec<Problem>,
) -> Result<()> {
    for unnumbered in &header.unnumbered {
        let Unnumbered { line, key, value } = unnumbered;
        let found = match text::one_line(value, 30) {
            value if value.is_empty() => "and there is none".to_owned(),
            value => format!("not {value:?}"),
        };
        let message = format!("#{key} needs the number of a column, {found}");
        let fix = numbered(unnumbered, names, guids);
        if *key == "guid column" && guids.is_some() {
            return Err(Error::new(Kind::Input, format!("line {line}: {message}")).hint(fix));
        }
        warnings.push(Problem::new(*line, message, fix));
    }
    beyond(header, widest, warnings)?;
    twice(header, widest, warnings);
    Ok(())
}

/// How to write the number that a directive lacks.
fn numbered(Unnumbered { key, value, .. }: &Unnumbered, names: &[String], guids: Option<&Guids>) -> String {
    let same = names.iter().position(|name| !name.is_empty() && fold(name) == fold(value));
    let (what, example) = match *key {
        "guid column" => ("guids", 1),
        "notetype column" => ("notetypes", 2),
        "deck column" => ("decks", 3),
        _ => ("tags", 4),
    };
    if let Some(place) = same {
        return format!("write #{key}:{}, which is the column of that name", place + 1);
    }
    if let Some(place) = guids.filter(|_| what == "guids").and_then(|guids| guids.likely(None)) {
        return format!("write #{key}:{0}, for column {0} looks like guids", place + 1);
    }
    let fix = format!("write the number of the column that holds the {what}, such as #{key}:{example}");
    match key.trim_end_matches(" column") {
        whole if what != "guids" && !value.is_empty() => {
            let value = text::one_line(value, 30);
            format!("{fix}, or #{whole}:{value} if that holds for all notes, or remove the line")
        }
        _ => format!("{fix}, or remove the line"),
    }
}

/// Columns that no row has.
fn beyond(header: &Header, widest: usize, warnings: &mut Vec<Problem>) -> Result<()> {
    let beyond = |column: Option<Column>| column.filter(|column| widest > 0 && column.place >= widest);
    let said = |column: Column, what: &str| {
        let cells = text::count(widest, "cell");
        format!("the {what} should stand in column {}, and the longest row has {cells}", column.place + 1)
    };
    if let Some(column) = beyond(header.guid_column) {
        let message = format!("line {}: {}", column.line, said(column, "guids"));
        return Err(Error::new(Kind::Input, message).hint("correct the number, or remove the directive"));
    }
    for (column, what, fix) in [
        (
            header.notetype.column(),
            "notetypes",
            "correct the number; notes with cloze marks become cloze notes, the others facts",
        ),
        (header.deck.column(), "decks", "correct the number, or name a deck with --deck"),
        (header.tags_column, "tags", "correct the number, or remove the directive"),
    ] {
        if let Some(column) = beyond(column) {
            warnings.push(Problem::new(column.line, said(column, what), fix));
        }
    }
    Ok(())
}

/// Columns that two directives name; the first of them here counts.
fn twice(header: &Header, widest: usize, warnings: &mut Vec<Problem>) {
    let mut seen: Vec<(&str, Column)> = Vec::new();
    for (key, column) in [
        ("guid", header.guid_column),
        ("notetype", header.notetype.column()),
        ("deck", header.deck.column()),
        ("tags", header.tags_column),
    ] {
        let Some(column) = column.filter(|column| column.place < widest) else { continue };
        let other = seen.iter().find(|(_, other)| other.place == column.place);
        let Some((counts, other)) = other else {
            seen.push((key, column));
            continue;
        };
        let message = format!(
            "#{key} column names column {}, and so does #{counts} column on line {}, which counts",
            column.place + 1,
            other.line
        );
        warnings.push(Problem::new(
            column.line,
            message,
            "correct one of the two numbers, or remove one of the lines",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anki::import::header;
    use crate::bank::Input;

    /// What is said of directives above two rows of three cells.
    fn said(directives: &str, names: &[&str]) -> Vec<String> {
        let text = format!("{directives}bK,word,x\nc#,words,y\n");
        let header = header::read(&text);
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let input = Input { text, ..Input::default() };
        let guids = Guids::look(&input, header.end, b',');
        let mut warnings = Vec::new();
        let error = check(&header, &names, 3, Some(&guids), &mut warnings).err();
        let error = error.map(|error| format!("{error}; {}", error.hint.as_deref().unwrap_or_default()));
        error.into_iter().chain(warnings.iter().map(ToString::to_string)).collect()
    }

    #[test]
    fn a_directive_without_a_number_is_told_with_what_to_write() {
        for (directives, expected) in [
            (
                "# c\n#guid column:one\n",
                "line 2: #guid column needs the number of a column, not \"one\"; \
                 write the number of the column that holds the guids, such as #guid column:1, or remove the line",
            ),
            (
                "#guid column: second\n",
                "line 1: #guid column needs the number of a column, not \"second\"; \
                 write #guid column:2, which is the column of that name",
            ),
            (
                "#deck column:French\n",
                "1: #deck column needs the number of a column, not \"French\"; \
                 write the number of the column that holds the decks, such as #deck column:3, \
                 or #deck:French if that holds for all notes, or remove the line",
            ),
            (
                "#tags column: \n",
                "1: #tags column needs the number of a column, and there is none; \
                 write the number of the column that holds the tags, such as #tags column:4, or remove the line",
            ),
            (
                "#guid column:1\n#notetype column:third\n",
                "2: #notetype column needs the number of a column, not \"third\"; \
                 write #notetype column:3, which is the column of that name",
            ),
        ] {
            assert_eq!(said(directives, &["first", "Second", "third"]), [expected]);
        }
        assert_eq!(said("#guid column:0\n#deck column:0\n#tags column:0\n", &[]), Vec::<String>::new());
    }

    #[test]
    fn a_column_that_two_directives_name_is_told_with_both_lines() {
        let told = said("#tags column:1\n#guid column:1\n#deck column:3\n#notetype column:3\n", &[]);
        let mend = "correct one of the two numbers, or remove one of the lines";
        let expected = [
            format!(
                "3: #deck column names column 3, and so does #notetype column on line 4, which counts; {mend}"
            ),
            format!(
                "1: #tags column names column 1, and so does #guid column on line 2, which counts; {mend}"
            ),
        ];
        assert_eq!(told, expected);
        assert_eq!(said("#guid column:1\n#deck column:2\n#tags column:3\n", &[]), Vec::<String>::new());
    }
}
