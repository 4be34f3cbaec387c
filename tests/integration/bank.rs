//! Import and the native bank.

use serde_json::Value;

use crate::builder::{Matura, facts, root};

fn counts(report: &Value) -> [i64; 7] {
    ["read", "added", "updated", "unchanged", "duplicates", "rejected", "skipped"]
        .map(|name| report[name].as_i64().unwrap())
}

/// Every row of every table that an import may touch, as text.
fn stored(matura: &Matura) -> Vec<String> {
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    let mut rows = Vec::new();
    for table in ["deck", "deck_day", "note", "card", "log"] {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values = (0..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap()));
            rows.push(format!("{table} {}", values.collect::<Vec<_>>().join(" ")));
        }
    }
    rows
}

#[test]
fn an_unchanged_bank_changes_nothing() {
    let mut matura = Matura::new();
    assert_eq!(counts(&matura.import(&facts(5))), [5, 5, 0, 0, 0, 0, 0]);
    let before = stored(&matura);
    matura.now("2026-11-24T09:00:00Z");
    assert_eq!(counts(&matura.import(&facts(5))), [5, 0, 0, 5, 0, 0, 0]);
    assert_eq!(stored(&matura), before);
    // under another name it is the same bank
    let copy = matura.file("copy.csv", facts(5));
    let report = matura.json(&["import", copy.to_str().unwrap()]);
    assert_eq!(counts(&report["files"][0]), [5, 0, 0, 5, 0, 0, 0]);
    assert_eq!(stored(&matura), before);
}

#[test]
fn a_changed_bank_updates_in_place_and_keeps_every_schedule() {
    let matura = Matura::with_bank("id,prompt,answer,reverse\na,one,1,\nb,two,2,\n");
    matura.json(&["answer", "1", "--grade", "4"]);
    let before = matura.cards();
    let report = matura.import("id,prompt,answer,reverse\na,one reworded,eins,yes\nb,two,2,\nc,three,3,\n");
    assert_eq!(counts(&report), [3, 1, 1, 1, 0, 0, 0]);
    let notes = matura.json(&["list"]);
    assert_eq!(notes[0]["prompt"], "one reworded");
    assert_eq!(notes[0]["cards"][0], before[0]);
    assert_eq!(notes[0]["cards"][1]["state"], "new");
    // a card that goes and comes back has its history again
    matura.import("id,prompt,answer,reverse\na,one,1,\n");
    matura.check();
    assert_eq!(matura.cards()[0], before[0]);
}

#[test]
fn a_card_that_comes_back_with_its_bank_has_its_schedule_again() {
    let with = "id,prompt\na,{{c1::x}} and {{c2::y}}\n";
    let matura = Matura::with_bank(with);
    matura.json(&["answer", "2", "--grade", "5"]);
    let schedule = |card: &Value| (card["slot"].clone(), card["due"].clone(), card["ease"].clone());
    let before: Vec<_> = matura.cards().iter().map(schedule).collect();
    matura.import("id,prompt\na,{{c1::x}} and y\n");
    assert_eq!(matura.cards().len(), 1);
    matura.check();
    matura.import(with);
    assert_eq!(matura.cards().iter().map(schedule).collect::<Vec<_>>(), before);
    matura.check();
}

#[test]
fn a_bad_row_changes_nothing_and_every_problem_is_named_with_its_place_and_mend() {
    let matura = Matura::new();
    let bank = [
        "prompt,answer,options,kind,difficulty",
        "good,yes,,,",
        "",
        "\"two",
        "lines\",,,,",
        "pick,D,a|b,,",
        "pick too,A,a|b,riddle,impossible",
        ",x,,,",
    ];
    let bank = bank.join("\n");
    let file = matura.file("bad.csv", bank);
    let ran = matura.run(&["import", file.to_str().unwrap(), "--json"]);
    assert_eq!(ran.status, 1);
    let report = ran.json();
    assert_eq!(report["error"]["kind"], "input");
    let problems = report["files"][0]["problems"].as_array().unwrap();
    let places: Vec<(i64, &str)> =
        problems.iter().map(|p| (p["line"].as_i64().unwrap(), p["column"].as_str().unwrap())).collect();
    assert_eq!(places, [(4, "answer"), (6, "answer"), (7, "kind"), (7, "difficulty"), (8, "prompt")]);
    assert!(
        problems
            .iter()
            .all(|p| !p["message"].as_str().unwrap().is_empty() && !p["fix"].as_str().unwrap().is_empty())
    );
    assert_eq!(counts(&report["files"][0]), [5, 1, 0, 0, 0, 4, 1], "what would have been done");
    assert_eq!(report["imported"], false);
    assert_eq!(matura.json(&["list"]), Value::Array(vec![]));
    let plain = matura.run(&["import", file.to_str().unwrap()]);
    assert!(plain.err.contains("bad.csv:6:answer: the answer is option D"), "{}", plain.err);
}

#[test]
fn what_was_exported_is_imported_as_the_same_collection() {
    let matura = Matura::new();
    let starter = root().join("decks/mlops-maturity.csv");
    matura.json(&["import", starter.to_str().unwrap()]);
    matura.json(&["export", "-o", "first.csv"]);
    let other = Matura::new();
    let report = other.json(&["import", matura.path("first.csv").to_str().unwrap()]);
    assert_eq!(report["files"][0]["added"], report["files"][0]["read"]);
    other.json(&["export", "-o", "second.csv"]);
    assert_eq!(
        std::fs::read(matura.path("first.csv")).unwrap(),
        std::fs::read(other.path("second.csv")).unwrap()
    );
    assert_eq!(matura.json(&["list"]), other.json(&["list"]));
    // and where it came from nothing changes
    let again = matura.json(&["import", other.path("second.csv").to_str().unwrap()]);
    assert_eq!(again["files"][0]["unchanged"], again["files"][0]["read"]);
}

#[test]
fn every_separator_line_end_and_order_of_columns_makes_the_same_notes() {
    let guids = |bank: &str| {
        let matura = Matura::with_bank(bank);
        let notes = matura.json(&["list"]);
        notes
            .as_array()
            .unwrap()
            .iter()
            .map(|note| (note["note"].clone(), note["prompt"].clone()))
            .collect::<Vec<_>>()
    };
    let plain = guids("deck,prompt,answer\nD,\"a, b; c\",x\nD,q,y\n");
    for other in [
        "deck;prompt;answer\nD;\"a, b; c\";x\nD;q;y\n",
        "deck\tprompt\tanswer\nD\ta, b; c\tx\nD\tq\ty\n",
        "Answer,Prompt,Deck\r\nx,\"a, b; c\",D\r\n\r\ny,q,D\r\n",
        "\u{feff}prompt,deck,answer\r\"a, b; c\",D,x\rq,D,y\r",
    ] {
        assert_eq!(guids(other), plain, "{other:?}");
    }
}

#[test]
fn a_note_stays_where_the_learner_put_it_unless_its_bank_moves_it() {
    let matura = Matura::with_bank("id,deck,prompt,answer\na,Course::One,q,x\n");
    let deck = || matura.json(&["list"])[0]["deck"].clone();
    matura.import("id,deck,prompt,answer\na,Course::Two,q,x\n");
    assert_eq!(deck(), "Course::Two");
    matura.check();
    let report = matura.import("id,deck,prompt,answer\na,course::two,q,x\n");
    assert_eq!((report["unchanged"].as_i64(), deck()), (Some(1), Value::from("Course::Two")));
    // the learner moves it by way of an export
    let export = matura.run(&["export", "-o", "-"]).out.replace("Course::Two", "Mine::Here");
    assert_eq!(matura.import(&export)["updated"], 1);
    assert_eq!(matura.import("id,deck,prompt,answer\na,Course::Two,q,x\n")["unchanged"], 1);
    assert_eq!(deck(), "Mine::Here");
    matura.import("id,deck,prompt,answer\na,Course::Three,q,x\n");
    assert_eq!(deck(), "Course::Three");
    matura.check();
    // a collection made from an export learns the bank's own deck without moving the note
    let other = Matura::with_bank(&export);
    assert_eq!(other.import("id,deck,prompt,answer\na,Course::Two,q,x\n")["unchanged"], 1);
    assert_eq!(other.json(&["list"])[0]["deck"], "Mine::Here");
}

#[test]
fn a_dry_run_reports_and_does_nothing() {
    let matura = Matura::new();
    let file = matura.file("bank.csv", facts(3));
    let report = matura.json(&["import", "--dry-run", file.to_str().unwrap()]);
    assert_eq!(report["files"][0]["added"], 3);
    assert!(!matura.collection().exists());
    matura.import(&facts(2));
    let more = matura.file("more.csv", facts(3));
    let report = matura.json(&["import", "--dry-run", more.to_str().unwrap()]);
    assert_eq!(counts(&report["files"][0]), [3, 1, 0, 2, 0, 0, 0]);
    assert_eq!(matura.cards().len(), 2);
}

#[test]
fn the_deck_option_fills_empty_cells_only_and_files_are_imported_together() {
    let matura = Matura::new();
    let one = matura.file("one.csv", "deck,prompt,answer\nOwn,a,1\n,b,2\n");
    let two = matura.file("two.csv", "prompt,answer\nc,3\n");
    let bad = matura.file("bad.csv", "prompt,answer\nd,\n");
    let [one, two, bad] = [&one, &two, &bad].map(|path| path.to_str().unwrap());
    assert_eq!(matura.run(&["import", one, bad]).status, 1);
    assert!(matura.cards().is_empty());
    matura.json(&["import", one, "--deck", "Filled"]);
    matura.json(&["import", two]);
    let notes = matura.json(&["list"]);
    let decks: Vec<&str> =
        notes.as_array().unwrap().iter().map(|note| note["deck"].as_str().unwrap()).collect();
    assert_eq!(decks, ["Own", "Filled", "two"]);
    let ran = matura.run_with(&["import", "-", "--deck", "Piped"], "prompt,answer\nd,4\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(matura.json(&["list", "piped"])[0]["prompt"], "d");
}

#[test]
fn files_of_one_import_that_contradict_each_other_are_refused() {
    let matura = Matura::new();
    let one = matura.file("week1.csv", "id,prompt,answer\n1,p,a\n");
    let two = matura.file("week2.csv", "id,prompt,answer\n1,q,b\n");
    let ran = matura.run(&["import", one.to_str().unwrap(), two.to_str().unwrap()]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("week2.csv:2: line 2 of") && ran.err.contains("--deck"), "{}", ran.err);
    assert!(matura.cards().is_empty());
}

#[test]
fn an_id_that_suddenly_means_another_question_and_a_bank_under_another_deck_are_pointed_out() {
    let matura = Matura::with_bank("id,prompt,answer\n1,What is drift?,a\n");
    let report = matura.import("id,prompt,answer\n1,Name the second level.,b\n");
    let message = report["warnings"][0]["message"].as_str().unwrap();
    assert!(message.contains("asked something else before: \"What is drift?\""), "{report}");
    assert_eq!(report["warnings"][0]["line"], 2);
    let reworded = "id,prompt,answer\n1,Name the second level!,managed\n";
    assert_eq!(matura.import(reworded)["warnings"], Value::Array(vec![]));
    let file = matura.file("bank.csv", reworded);
    let report = matura.json(&["import", file.to_str().unwrap(), "--deck", "Other"])["files"][0].clone();
    assert!(report["warnings"][0]["message"].as_str().unwrap().contains("already, in bank"), "{report}");
}

#[test]
fn a_stray_quote_is_reported_where_it_opens() {
    let matura = Matura::new();
    for (bank, line) in [
        ("prompt,answer\np1,\"a1\np2,a2\np3,\"a3\"\n", 2),
        ("prompt,answer\np0,a0\n\"a\" b,c\n", 3),
        ("prompt,answer\np0,a0\n\"two\nlines\",\"open\np3,a3\n", 4),
    ] {
        let file = matura.file("quotes.csv", bank);
        let ran = matura.run(&["import", file.to_str().unwrap(), "--json"]);
        assert_eq!(ran.status, 1, "{bank}");
        let problem = ran.json()["files"][0]["problems"][0].clone();
        assert_eq!(problem["line"], line, "{problem}");
        assert!(problem["message"].as_str().unwrap().starts_with("a quote opens here"));
    }
    assert_eq!(matura.import("prompt,answer\n5\" disk,\"say \"\"hi\"\"\"\n")["added"], 1);
}

#[test]
fn an_answer_that_is_a_letter_and_a_text_is_read_as_the_letter_with_a_warning() {
    let matura = Matura::new();
    let report = matura.import("prompt,answer,options\nq,A,C|A\n");
    assert!(report["warnings"][0]["message"].as_str().unwrap().contains("the letter counts"), "{report}");
    assert_eq!(matura.json(&["show", "1"])["answer"], serde_json::json!(["A"]));
}

#[test]
fn two_banks_without_a_deck_that_count_their_rows_do_not_overwrite_each_other() {
    let matura = Matura::new();
    let history = matura.file("history.csv", "id,prompt,answer\n1,Waterloo?,1815\n2,Hastings?,1066\n");
    let chemistry = matura.file("chemistry.csv", "id,prompt,answer\n1,Au?,gold\n2,Ag?,silver\n3,Fe?,iron\n");
    matura.json(&["import", history.to_str().unwrap()]);
    let before = stored(&matura);
    let ran = matura.run(&["import", chemistry.to_str().unwrap(), "--json"]);
    assert_eq!(ran.status, 1);
    let report = ran.json()["files"][0].clone();
    assert_eq!(counts(&report), [3, 1, 0, 0, 0, 2, 0]);
    assert!(report["problems"][0]["fix"].as_str().unwrap().contains("--deck"), "{report}");
    assert_eq!(stored(&matura), before);
    assert_eq!(
        matura.json(&["import", chemistry.to_str().unwrap(), "--deck", "Chemistry"])["files"][0]["added"],
        3
    );
}

#[test]
fn a_quote_in_the_header_that_never_closes_is_no_empty_bank() {
    let matura = Matura::new();
    let file = matura.file("open.csv", "prompt,answer,\"tags\nq,a,t\nr,b,t\n");
    let ran = matura.run(&["import", file.to_str().unwrap()]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("open.csv:1: a quote opens here"), "{}", ran.err);
}

#[test]
fn a_card_number_is_never_given_again() {
    let matura = Matura::with_bank("id,prompt\na,{{c1::x}} and {{c2::y}}\n");
    matura.import("id,prompt\na,{{c1::x}} and y\n");
    matura.import("id,prompt,answer\nb,q,a\n");
    assert_eq!(matura.cards().iter().map(|card| card["card"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 3]);
}
