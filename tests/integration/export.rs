//! Exports, without the real Anki.

use crate::builder::{Matura, root};

#[test]
fn the_file_for_anki_states_everything_that_anki_would_guess() {
    let matura = Matura::with_bank("guid,deck,prompt,answer,tags\n#g,2024,#front,\"a, \"\"b\"\"\",x y\n");
    let ran = matura.run(&["export", "--to", "anki", "-o", "-"]);
    let expected = "#separator:comma\n#html:true\n#if matches:update current\n#match scope:notetype\n\
        #guid column:1\n#notetype column:2\n#deck column:3\n#tags column:4\n\
        \"#g\",\"Basic\",\"Deck 2024\",\"x y\",\"#front\",\"a, \"\"b\"\"\"\n";
    assert_eq!(ran.out, expected);
    assert!(ran.err.contains("\"Deck 2024\""), "{}", ran.err);
}

#[test]
fn a_deck_is_exported_with_those_below_it_and_reported() {
    let matura = Matura::with_bank("deck,prompt,answer\nA,q1,1\nA::B,q2,2\nC,q3,3\n");
    let report = matura.json(&["export", "a", "-o", "a.csv"]);
    assert_eq!((report["notes"].as_i64(), report["file"].as_str()), (Some(2), Some("a.csv")));
    let file = std::fs::read_to_string(matura.path("a.csv")).unwrap();
    assert!(file.contains("q1") && file.contains("q2") && !file.contains("q3"));
}

#[test]
fn every_note_of_the_starter_deck_has_a_row_for_anki() {
    let matura = Matura::new();
    matura.json(&["import", root().join("decks/mlops-maturity.csv").to_str().unwrap()]);
    let ran = matura.run(&["export", "--to", "anki", "-o", "-"]);
    let body: String = ran.out.lines().skip(8).fold(String::new(), |body, line| body + line + "\n");
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(body.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), matura.json(&["list"]).as_array().unwrap().len());
    assert!(rows.iter().all(|row| row.len() == 6 && !row[0].is_empty() && !row[4].is_empty()));
}
