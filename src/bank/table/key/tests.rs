use std::borrow::Cow;

use super::*;

fn options<'t>(texts: &[&'t str]) -> Opts<'t> {
    Opts::new(texts.iter().map(|text| Cow::Borrowed(*text)).collect())
}

#[test]
fn right_options_are_named_in_every_way_that_people_use() {
    let cities = options(&["Rome", "Paris", "Bonn", "Oslo", ""]);
    for (key, answer, places) in [
        (Key::Letters, "B", vec![1]),
        (Key::Letters, "(b)", vec![1]),
        (Key::Letters, "A, C", vec![0, 2]),
        (Key::Letters, "A and C", vec![0, 2]),
        (Key::Letters, "AC", vec![0, 2]),
        (Key::Letters, "A e C", vec![0, 2]),
        (Key::Letters, "Ｂ", vec![1]),
        (Key::Letters, "ค", vec![2]),
        (Key::Letters, "б", vec![1]),
        (Key::Letters, "Option D", vec![3]),
        (Key::Letters, "paris", vec![1]),
        (Key::Letters, "B) Paris", vec![1]),
        (Key::Letters, "(B) Paris", vec![1]),
        (Key::Texts, "B - Paris", vec![1]),
        (Key::Texts, "B (Paris)", vec![1]),
        (Key::Texts, "Paris (B)", vec![1]),
        (Key::Texts, "2. Paris", vec![1]),
        (Key::Letters, "**B**", vec![1]),
        (Key::Letters, "<b>B</b>", vec![1]),
        (Key::Letters, "Ans: B", vec![1]),
        (Key::Letters, "option_b", vec![1]),
        (Key::Letters, "A、C", vec![0, 2]),
        (Key::Numbers(1), "#2", vec![1]),
        (Key::Numbers(1), "2 e 3", vec![1, 2]),
        (Key::Numbers(1), "Option 1, Option 3", vec![0, 2]),
        (Key::Texts, "Answer: Oslo", vec![3]),
        (Key::Texts, "FALSE,TRUE,FALSE,TRUE", vec![1, 3]),
        (Key::Numbers(1), "2", vec![1]),
        (Key::Numbers(1), "2.0", vec![1]),
        (Key::Numbers(1), "1;3", vec![0, 2]),
        (Key::Numbers(0), "0", vec![0]),
        (Key::Texts, " oslo", vec![3]),
        (Key::Texts, "Rome, Bonn", vec![0, 2]),
        (Key::Texts, "C", vec![2]),
    ] {
        assert_eq!(key.resolve(answer, &cities, None).unwrap(), places, "{answer}");
    }
    for (key, answer, said) in [
        (Key::Letters, "E", "4 options"),
        (Key::Letters, "", "empty"),
        (Key::Letters, "A,C,E", "4 options"),
        (Key::Letters, "A C E", "4 options"),
        (Key::Letters, "B;E", "4 options"),
        (Key::Numbers(1), "5", "4 options"),
        (Key::Numbers(1), "0", "4 options"),
        (Key::Texts, "Pariss", "none of the options"),
        (Key::Texts, "TODO", "placeholder"),
    ] {
        let invalid = key.resolve(answer, &cities, None).unwrap_err();
        assert!(invalid.message.contains(said), "{answer}: {}", invalid.message);
    }
}

#[test]
fn the_whole_table_tells_how_its_keys_are_written() {
    let four = options(&["w", "x", "y", "z"]);
    let digits = options(&["1", "2", "3", "4"]);
    for (rows, from_zero, key, doubt) in [
        (vec![("A", &four), ("D", &four)], false, Key::Letters, false),
        (vec![("0", &four), ("3", &four)], false, Key::Numbers(0), false),
        (vec![("1", &four), ("4", &four)], false, Key::Numbers(1), false),
        (vec![("1", &four), ("2", &four)], true, Key::Numbers(0), false),
        (vec![("1", &four), ("2", &four)], false, Key::Numbers(1), true),
        (vec![("0", &four), ("0", &four), ("4", &four)], false, Key::Numbers(0), true),
        (vec![("0", &four), ("4", &four), ("4", &four)], false, Key::Numbers(1), true),
        (vec![("x", &four), ("z", &four)], false, Key::Texts, false),
        (vec![("4", &digits), ("2", &digits)], false, Key::Texts, false),
    ] {
        let mut survey = Survey::default();
        for (answer, options) in &rows {
            survey.look(answer, options, None);
        }
        let (found, _, doubtful) = survey.conclude(None, from_zero);
        assert_eq!(
            (found, doubtful.is_some()),
            (key, doubt),
            "{:?}",
            rows.iter().map(|row| row.0).collect::<Vec<_>>()
        );
    }
}
