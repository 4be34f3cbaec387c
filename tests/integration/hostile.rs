//! Text that would drive a terminal, a browser or a spreadsheet, through every door by which text comes in, to every place where
//! it goes out.

use serde_json::json;

use crate::builder::Matura;
use crate::dialogue::Dialogue;

/// An escape sequence, one of a single byte, a backspace, a carriage return, an override of direction.
const WILD: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J \u{9b}31m b\u{8} \r \u{202e}evil\u{2066} \u{7f}";
const FORMULA: &str = "=cmd|' /C calc'!A0";
const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>";

/// Whether a character has no business in what a program prints.
fn is_wild(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A bank in which everything that can be a text is wild.
fn bank() -> String {
    let deck = "D\u{1b}[31m\u{202e}x";
    let mut bank = "prompt,answer,options,hint,explanation,tags,source,deck,level\n".to_owned();
    let rows = [
        (format!("front {WILD}"), format!("back {WILD}"), String::new()),
        (FORMULA.to_owned(), format!("+1 {SCRIPT}"), String::new()),
        ("which?".to_owned(), "B".to_owned(), format!("one {WILD}|two {SCRIPT}|@three")),
        (format!("{{{{c1::{WILD}}}}} of {{{{c2::{SCRIPT}}}}}"), String::new(), String::new()),
    ];
    for (prompt, answer, options) in rows {
        let level = "L\u{202e}";
        let cells =
            [&prompt, &answer, &options, WILD, SCRIPT, "t\u{1b}[1mag \u{202e}x", FORMULA, deck, level]
                .map(cell);
        bank += &(cells.join(",") + "\n");
    }
    bank
}

/// The collection after the text came in by a door.
fn doors() -> Vec<(&'static str, Matura)> {
    let by_bank = Matura::with_bank(&bank());
    let by_hand = Matura::new();
    for (prompt, answer) in [(WILD.to_owned(), FORMULA), (FORMULA.to_owned(), SCRIPT)] {
        by_hand.json(&["add", &prompt, answer, "--deck", "D\u{1b}[31m", "--tags", "a\u{1b}b"]);
    }
    let package = by_bank.path("wild.apkg");
    by_bank.json(&["export", "--to", "apkg", "-o", package.to_str().unwrap()]);
    let by_package = Matura::new();
    by_package.json(&["import", package.to_str().unwrap()]);
    let by_text = Matura::new();
    let html =
        format!("#separator:tab\n#html:true\nq {SCRIPT}\u{1b}[2J\ta &#27;[31m &#x202e;b\n{FORMULA}\tx\n");
    by_text.json(&["import", by_text.file("wild.txt", html).to_str().unwrap()]);
    // what no door of this device lets in another may have: characters as they are, and zero
    let sql =
        "UPDATE note SET prompt = prompt || char(0, 27) || '[2J', answer = char(155, 13, 8238) || answer";
    rusqlite::Connection::open(by_bank.collection()).unwrap().execute_batch(sql).unwrap();
    let by_merge = Matura::new();
    by_merge.json(&["config", "new_per_day", "9"]);
    by_merge.json(&["merge", by_bank.collection().to_str().unwrap()]);
    let shared = tempfile::tempdir().unwrap();
    by_bank.json(&["sync", shared.path().to_str().unwrap()]);
    let by_sync = Matura::new();
    by_sync.json(&["config", "new_per_day", "9"]);
    by_sync.json(&["sync", shared.path().to_str().unwrap()]);
    vec![
        ("bank", by_bank),
        ("add", by_hand),
        ("package", by_package),
        ("Anki's text", by_text),
        ("merge", by_merge),
        ("sync", by_sync),
    ]
}

#[test]
fn wild_text_from_every_door_drives_no_terminal_and_no_spreadsheet() {
    for (door, matura) in doors() {
        matura.check();
        let mut review = Dialogue::start(&matura, &[]);
        let mut said = review.listen().1.lines;
        for _ in 0..6 {
            said.extend(review.ask("").1.lines);
            said.extend(review.ask("4").1.lines);
        }
        review.hang_up();
        let card = matura.cards()[0]["card"].to_string();
        let mut outputs = vec![("review", said.join("\n"))];
        for args in [
            &["list"][..],
            &["show", &card],
            &["decks"],
            &["tag"],
            &[],
            &["log"],
            &["suspend", &card],
            &["edit", &card, "--answer", "x"],
            &["remove", &card],
            &["remove", "--list"],
            &["undo"],
            &["show", &card],
            &["list", "no such \u{1b}[31m deck:\u{202e}x"],
        ] {
            let ran = matura.run(args);
            outputs.push((args.first().unwrap_or(&"today"), ran.out + &ran.err));
            let json = matura.run(&[args, &["--json"]].concat());
            assert!(
                serde_json::from_str::<serde_json::Value>(&json.out).is_ok(),
                "{door}: {args:?}: {}",
                json.out
            );
            outputs.push((args.first().unwrap_or(&"today"), json.out));
        }
        for (what, output) in outputs {
            let wild: Vec<char> = output.chars().filter(|c| is_wild(*c)).collect();
            assert!(wild.is_empty(), "{door}: {what}: {wild:?} in {output:?}");
        }
        let sheet = matura.run(&["export", "--to", "spreadsheet", "-o", "-"]).out;
        let mut reader =
            csv::ReaderBuilder::new().from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{door}: {cell:?}");
            }
        }
    }
}

#[test]
fn texts_of_absurd_size_and_depth_are_kept_or_refused_with_a_reason() {
    let long = "x".repeat(1 << 20);
    let matura = Matura::new();
    let tags = (0..100_000).map(|n| format!("t{n}")).collect::<Vec<_>>().join(" ");
    let deep =
        format!("{}core{}", (1..=100).map(|n| format!("{{{{c{n}::")).collect::<String>(), "}}".repeat(100));
    let rows = format!(
        "prompt,answer,tags\n{},{},\nmany,tags,{}\n{},,\n",
        cell(&long),
        cell(&long),
        tags,
        cell(&deep)
    );
    let file = matura.file("absurd.csv", rows);
    let ran = matura.run(&["import", file.to_str().unwrap(), "--skip-bad-rows", "--json"]);
    let report = ran.json()["files"][0].clone();
    assert_eq!(report["read"], 3, "{report}");
    for problem in report["problems"].as_array().unwrap() {
        assert!(
            !problem["message"].as_str().unwrap().is_empty() && !problem["fix"].as_str().unwrap().is_empty()
        );
    }
    matura.check();
    for args in [&["list"][..], &["tag"], &["list", "tag:t99999"], &["export", "--to", "csv", "-o", "-"]] {
        assert_eq!(matura.run(args).status, 0, "{args:?}");
    }
    let other = Matura::new();
    other.json(&["config", "new_per_day", "9"]);
    other.json(&["merge", matura.collection().to_str().unwrap()]);
    assert_eq!(other.json(&["list"]), matura.json(&["list"]));
    assert_eq!(matura.json(&["undo"])["undone"]["what"], json!("import"));
}
