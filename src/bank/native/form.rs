//! A note as a form to fill in with an editor: a heading for each field, its text beneath.

use super::cells::Cells;
use crate::bank::list;
use crate::model::{Difficulty, Field, Invalid, Kind};

/// What begins a heading. In a text it is written with a backslash in front.
const HEADING: &str = "==";
/// Stands alone on a line between items of a list that have more than one line.
const BETWEEN: &str = "|";

/// The fields of a form in order, those first that most notes have.
const FIELDS: [Field; 19] = [
    Field::Deck,
    Field::Prompt,
    Field::Code,
    Field::Answer,
    Field::Options,
    Field::Hint,
    Field::Explanation,
    Field::Mistakes,
    Field::Check,
    Field::Difficulty,
    Field::Level,
    Field::Tags,
    Field::Source,
    Field::Accept,
    Field::Language,
    Field::Kind,
    Field::Reverse,
    Field::Typed,
    Field::Html,
];

/// What a heading says beside the name of its field.
fn advice(field: Field) -> String {
    let difficulties = || Difficulty::ALL.map(Difficulty::name).join(", ");
    match field {
        Field::Deck => "with :: between its levels".to_owned(),
        Field::Prompt => {
            "the question, the front, or a text with {{c1::hidden}} parts or gaps __1__".to_owned()
        }
        Field::Answer => "the back; of a choice the letters, A or A|C; of gaps a text each, x|y".to_owned(),
        Field::Options => "of a choice, or the words for gaps: one a line".to_owned(),
        Field::Explanation => "why the answer is right".to_owned(),
        Field::Check => "one line by which to check the answer".to_owned(),
        Field::Difficulty => difficulties(),
        Field::Accept => "other right answers, one a line; of gaps 1=text".to_owned(),
        Field::Language => "of the code".to_owned(),
        Field::Kind => {
            format!("{}; nothing: as the fields above have it", Kind::ALL.map(Kind::name).join(", "))
        }
        Field::Reverse => "yes: the back is asked too".to_owned(),
        Field::Typed => "yes: the answer is typed".to_owned(),
        Field::Html => "yes: the texts are HTML".to_owned(),
        Field::Guid
        | Field::Id
        | Field::Code
        | Field::Hint
        | Field::Mistakes
        | Field::Level
        | Field::Tags
        | Field::Source
        | Field::Marked => String::new(),
    }
}

const HEAD: &str = "\
Save and leave the editor to have the note taken; leave it without a change, or empty the prompt, to have nothing done.
The text of a field stands below its heading. What stands here, above the first heading, is not read.
";

/// The form that these cells fill.
pub fn write(cells: &Cells) -> String {
    let mut form = HEAD.to_owned();
    for field in FIELDS {
        let advice = advice(field);
        let advice = if advice.is_empty() { advice } else { format!("   ({advice})") };
        form += &format!("\n{HEADING} {field}{advice}\n");
        let text = if is_list(field) { items(cells.get(field)) } else { cells.get(field).to_owned() };
        for line in text.lines() {
            let is_heading = line.trim_start_matches('\\').starts_with(HEADING);
            form += &format!("{}{line}\n", if is_heading { "\\" } else { "" });
        }
    }
    form
}

/// The cells of a form.
///
/// What cannot be read is told by its heading.
pub fn read(form: &str) -> Result<Cells, Invalid> {
    let mut cells = Cells::default();
    let mut seen: Vec<Field> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut put = |field: Option<&Field>, lines: &mut Vec<&str>| {
        let lines = std::mem::take(lines);
        if let Some(field) = field {
            cells.put(*field, &text(*field, &lines));
        }
    };
    for line in form.lines() {
        if let Some(heading) = line.strip_prefix(HEADING) {
            put(seen.last(), &mut lines);
            let name = heading.split_whitespace().next().unwrap_or_default();
            let field = FIELDS.into_iter().find(|field| field.name().eq_ignore_ascii_case(name));
            match field {
                Some(field) if !seen.contains(&field) => seen.push(field),
                Some(field) => {
                    return Err(wrong(field, format!("{field} has two headings"), "remove one"));
                }
                None => {
                    let message = format!("there is no field {name:?}");
                    return Err(wrong(
                        Field::Prompt,
                        message,
                        "write \\== for a line of a text that begins with ==",
                    ));
                }
            }
        } else {
            let is_heading = line.trim_start_matches('\\').starts_with(HEADING);
            lines.push(if is_heading { line.strip_prefix('\\').unwrap_or(line) } else { line });
        }
    }
    put(seen.last(), &mut lines);
    Ok(cells)
}

fn wrong(field: Field, message: String, fix: &str) -> Invalid {
    Invalid::new(field, message, fix)
}

const fn is_list(field: Field) -> bool {
    matches!(field, Field::Options | Field::Accept)
}

/// The items of a cell, one a line.
fn items(cell: &str) -> String {
    let items = list::read(cell);
    let written: Vec<String> = items.iter().map(|item| list::write([item.as_str()])).collect();
    if items.iter().any(|item| item.contains('\n')) {
        format!("{}\n{BETWEEN}", written.join(&format!("\n{BETWEEN}\n")))
    } else {
        written.join("\n")
    }
}

/// The text of a field from its lines.
fn text(field: Field, lines: &[&str]) -> String {
    if !is_list(field) {
        return lines.join("\n");
    }
    let items: Vec<String> = if lines.contains(&BETWEEN) {
        lines.split(|line| *line == BETWEEN).map(|item| item.join("\n")).collect()
    } else {
        lines.iter().map(|line| (*line).to_owned()).collect()
    };
    let filled: Vec<&str> = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
    // a backslash at the end of an item would take the bar for its own
    let ended = filled.iter().enumerate().map(|(place, item)| {
        let slashes = item.len() - item.trim_end_matches('\\').len();
        let is_last = place + 1 == filled.len();
        if is_last { (*item).to_owned() } else { format!("{item}{}", "\\".repeat(slashes)) }
    });
    ended.collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_below_a_heading_is_its_text() {
        let form = "notes to self\n== PROMPT (x)\n\n  Which?\n\nSay.\n== options\nx\ny | z\n\n== answer: B\nB\n\\== b\n";
        let cells = read(form).unwrap_err();
        assert!(cells.message.contains("no field \"answer:\""), "{cells:?}");
        let cells = read(&form.replace("== answer: B", "== answer")).unwrap();
        assert_eq!(cells.get(Field::Prompt), "Which?\n\nSay.");
        assert_eq!(list::read(cells.get(Field::Options)), ["x", "y", "z"]);
        assert_eq!(cells.get(Field::Answer), "B\n== b");
    }

    #[test]
    fn a_heading_that_is_none_is_told_with_its_line() {
        for (form, told) in [("== nope\n", "\"nope\""), ("== hint\nx\n== hint\n", "hint has two")] {
            assert!(read(form).unwrap_err().message.contains(told), "{form}");
        }
        assert_eq!(read("").unwrap(), Cells::default());
    }
}
