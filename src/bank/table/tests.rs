//! Promises about all tables.

use proptest::prelude::*;

use super::Table;
use crate::bank::{Format, Input, Options, Reading, read};
use crate::model::{Body, Choice};

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

fn bodies(text: &str) -> (Reading, Vec<Body>) {
    let reading = read(&Table, text).unwrap();
    let bodies = reading.drafts.iter().map(|draft| draft.content.body.clone()).collect();
    (reading, bodies)
}

#[test]
fn answers_that_are_never_among_the_options_stand_beside_wrong_ones() {
    let row = |n: usize| format!("Who is {n}?,proper {n} x,x {n},y {n}\n");
    let text = "question,answer,option 1,option 2\n".to_owned() + &(0..5).map(row).collect::<String>();
    let (reading, found) = bodies(&text);
    let expected = Choice { options: vec!["proper 0 x".into(), "x 0".into(), "y 0".into()], right: vec![0] };
    assert_eq!((found.len(), &found[0]), (5, &Body::Choice(expected)));
    assert!(reading.guesses.iter().any(|guess| guess.what == "options"));
    // of a few rows nobody knows, and long texts are explanations
    let few: String = text.lines().take(4).map(|line| format!("{line}\n")).collect();
    assert_eq!(bodies(&few).0.rejected.len(), 3);
    let long = text.replace("proper", &"a long sentence ".repeat(4));
    assert_eq!(bodies(&long).0.rejected.len(), 5);
}

#[test]
fn two_columns_whose_names_nobody_knows_have_a_header_if_all_below_it_ask() {
    let below = "Who?,x\nWhat?,y\nWhen?,z\n";
    assert_eq!(bodies(&format!("Galdera,Erantzuna\n{below}")).1.len(), 3);
    assert_eq!(bodies(&format!("Which?,Erantzuna\n{below}")).1.len(), 4);
}

#[test]
fn a_value_that_is_no_difficulty_among_others_is_named_with_its_line() {
    let (reading, found) =
        bodies("question,answer,difficulty\na?,x,1\nb?,x,2\nc?,x,hardish\nd?,x,3\ne?,x,hardish\n");
    assert_eq!(found.len(), 5);
    let told: Vec<(u64, bool)> =
        reading.warnings.iter().map(|warning| (warning.line, warning.message.contains("hardish"))).collect();
    assert_eq!(told, [(4, true)]);
    assert!(reading.warnings[0].fix.contains("from 1 to 3"));
}

#[test]
fn options_that_stand_in_the_question_are_options_if_the_answer_is_a_letter() {
    let text = "question,answer\nWhich planet is red? A) Earth B) Mars C) Venus,B\nWhat is a) and b)?,both\n";
    let (_, found) = bodies(text);
    let expected = Choice { options: ["Earth", "Mars", "Venus"].map(str::to_owned).to_vec(), right: vec![1] };
    assert_eq!(found[0], Body::Choice(expected));
    assert!(matches!(&found[1], Body::Fact(_)));
}

#[test]
fn marks_at_the_options_are_seen_under_names_too() {
    for text in [
        "Question,A,B,C\nq1?,*x,y,z\nq2?,y,*x,z\nq3?,z,y,*x\n",
        "Question,Option A,A ok,Option B,B ok\nq1?,x,TRUE,y,FALSE\nq2?,y,FALSE,x,TRUE\nq3?,x,TRUE,z,FALSE\n",
    ] {
        let (reading, found) = bodies(text);
        assert_eq!(reading.rejected, [], "{text}");
        for body in found {
            let Body::Choice(choice) = body else { panic!("{text}") };
            assert_eq!(choice.right_options().collect::<Vec<_>>(), ["x"], "{text}");
        }
    }
}

#[test]
fn a_column_that_is_said_to_hold_two_things_is_refused() {
    let input = Input { text: "a,b,c,d\n1?,x,y,x\n".to_owned(), ..Input::default() };
    let map =
        [("prompt", "1"), ("options", "2-4"), ("answer", "d")].map(|(role, at)| (role.into(), at.into()));
    let options = Options { map: map.to_vec(), header: Some(true), ..Options::default() };
    let error = Table.read(&input, &options, &mut Reading::default()).unwrap_err();
    assert_eq!(error.message, "--map gives column 4 (\"d\") to options and to answer");
}

#[test]
fn rejected_rows_are_read_like_the_table_that_they_come_from() {
    let map: Vec<(String, String)> = [("prompt", "3"), ("options", "4-6"), ("answer", "2")]
        .map(|(role, at)| (role.into(), at.into()))
        .to_vec();
    let rows = |keys: [&str; 4]| keys.map(|key| format!("7,{key},Which is {key}?,w,x,y\n")).concat();
    for (keys, bad, mend, right, options) in [
        (["A", "Q", "B", "C"], ",Q,", ",C,", "y", Options { map: map.clone(), ..Options::default() }),
        (["0", "9", "1", "2"], ",9,", ",2,", "y", Options { map: map.clone(), ..Options::default() }),
        (["1", "9", "3", "2"], ",9,", ",2,", "x", Options { map, header: Some(false), ..Options::default() }),
    ] {
        let input = Input { text: rows(keys), ..Input::default() };
        let mut reading = Reading::default();
        Table.read(&input, &options, &mut reading).unwrap();
        assert_eq!((reading.drafts.len(), reading.rejected.len()), (3, 1), "{keys:?}");
        let written = Table.rejected(&input, &options, &reading.rejected).unwrap();
        let (again, found) = bodies(&written.replace(bad, mend));
        assert_eq!(again.rejected, [], "{written}");
        let Body::Choice(choice) = &found[0] else { panic!("{written}") };
        assert_eq!(choice.right_options().collect::<Vec<_>>(), [right], "{written}");
    }
}
