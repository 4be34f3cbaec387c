//! Promises about all tables.

use proptest::prelude::*;

use super::Table;
use crate::bank::{Reading, read};
use crate::model::Body;

/// A cell as a spreadsheet writes it.
fn quoted(text: &str, delimiter: char) -> String {
    if text.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn table(rows: &[Vec<String>], delimiter: char, end: &str) -> String {
    let line = |row: &Vec<String>| {
        row.iter().map(|cell| quoted(cell, delimiter)).collect::<Vec<_>>().join(&delimiter.to_string())
    };
    rows.iter().map(|row| line(row) + end).collect()
}

/// Words that no column is named after and no key is.
fn words() -> impl Strategy<Value = String> {
    "(lorem|ipsum|dolor|sit \"amet\"|, eli;t\\||x\ny|&<b>|日本)( [k-p]{2,5}){1,3}"
}

fn problems(reading: &Reading) -> Vec<u64> {
    reading.problems().map(|problem| problem.line).collect()
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        drop(read(&Table, &text));
    }

    #[test]
    fn any_table_is_read_or_refused(
        rows in prop::collection::vec(prop::collection::vec("[A-Da-d0-3#*|;,\"\n ]{0,6}|True|False|question|answer|option 1|option 2|level|\\[\\{", 0..7), 0..12),
        delimiter in prop::sample::select(&[',', ';', '\t', '|']),
    ) {
        drop(read(&Table, &table(&rows, delimiter, "\n")));
    }

    #[test]
    fn every_row_is_a_note_or_named_by_its_line_whatever_stands_between_cells_and_lines(
        rows in prop::collection::vec((words(), prop::collection::vec(words(), 4), 0_usize..6), 4..12),
        delimiter in prop::sample::select(&[',', ';', '\t', '|']),
        end in prop::sample::select(&["\n", "\r\n", "\r"]),
        order in Just([0_usize, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let arrange = |row: [String; 6]| order.iter().map(|place| row[*place].clone()).collect::<Vec<_>>();
        let mut all = vec![arrange(["Question", "Option A", "Option B", "Option C", "Option D", "Answer"].map(str::to_owned))];
        let mut expected_lines = Vec::new();
        let mut expected = Vec::new();
        let mut text = table(&all, delimiter, end);
        for (n, (prompt, options, right)) in rows.iter().enumerate() {
            let prompt = format!("{prompt} {n}?");
            let options: Vec<String> = options.iter().enumerate().map(|(place, option)| format!("{option} {place}")).collect();
            // the first three tell that letters are meant
            let right = if n < 3 { n } else { *right };
            let letter = ["A", "B", "C", "D", "E", ""][right];
            let line = 1 + u64::try_from(text.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count()).unwrap();
            if right < 4 {
                expected.push((line, prompt.clone(), options.clone(), right));
            } else {
                expected_lines.push(line);
            }
            let [a, b, c, d] = <[String; 4]>::try_from(options).unwrap();
            all = vec![arrange([prompt, a, b, c, d, letter.to_owned()])];
            text += &table(&all, delimiter, end);
        }
        let reading = read(&Table, &text).unwrap();
        prop_assert_eq!(problems(&reading), expected_lines);
        let found: Vec<_> = reading.drafts.into_iter().map(|draft| {
            let Body::Choice(choice) = draft.content.body else { panic!("no choice") };
            (draft.line, draft.content.prompt, choice.options, choice.right[0])
        }).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn questions_and_answers_are_what_they_are_without_a_header(
        rows in prop::collection::vec((words(), words()), 2..10),
        delimiter in prop::sample::select(&[',', ';', '\t']),
    ) {
        let rows: Vec<Vec<String>> = rows.into_iter().map(|(prompt, answer)| vec![format!("{prompt}?"), answer]).collect();
        let reading = read(&Table, &table(&rows, delimiter, "\n")).unwrap();
        let found: Vec<Vec<String>> = reading.drafts.into_iter().map(|draft| {
            let Body::Fact(fact) = draft.content.body else { panic!("no fact") };
            vec![draft.content.prompt, fact.answer]
        }).collect();
        prop_assert_eq!(found, rows);
    }
}
