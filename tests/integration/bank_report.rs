//! `matura bank-report`: what is told of a bank before anybody learns from it.

use crate::builder::{Matura, root};

const HEADER: &str = "id,prompt,options,answer,explanation,difficulty,tags\n";

#[test]
fn each_finding_is_told_with_its_line_its_reason_and_its_source_and_nothing_is_imported() {
    let matura = Matura::new();
    let bank = format!(
        "{HEADER}a,Which is not a level?,One|Two|All of the above,C,,easy,levels\n\
         b,What notices the drift of data?,A build|The step that compares both windows day by day|A test,B,It compares,hard,levels\n\
         b2,What notices a drift of data?,The step that compares both windows day by day|A build,A,It compares,hard,levels\n\
         c,broken,One,A,,,\n"
    );
    let file = matura.file("bank.csv", bank);
    let file = file.to_str().unwrap();
    let told = matura.run(&["bank-report", file]);
    assert!(told.err.contains("warning: 1 item of") && told.err.contains("--dry-run"), "{}", told.err);
    for line in [
        "(native): 3 questions",
        "  difficulty    hard 2, easy 1",
        "  right one     of 2 options: A 1, B 0",
        "  line 2: the question says \"not\"",
        "  line 2: C says \"All of the above\", which is right",
        "  line 3: the right option (B) has 46 characters, no other more than 7",
        "  lines 3, 4: \"What notices the drift of data?\" and \"What notices a drift of data?\"",
        "  line 2: 1 of 3 choices have none",
        "  near-duplicate, longest-right, all-of-the-above, negative-stem: A review of multiple-choice item-writing guidelines",
    ] {
        assert!(told.out.contains(line), "{line}\n{}", told.out);
    }
    assert!(!matura.collection().exists(), "no collection is made");
    let report = &matura.json(&["bank-report", file])[0];
    assert_eq!((&report["items"], &report["rejected"]), (&3.into(), &1.into()));
    let rules: Vec<&str> =
        report["broken"].as_array().unwrap().iter().map(|broken| broken["rule"].as_str().unwrap()).collect();
    assert_eq!(
        rules,
        ["near-duplicate", "longest-right", "all-of-the-above", "negative-stem", "no-explanation"]
    );
}

#[test]
fn the_text_of_a_bank_does_not_drive_the_terminal() {
    let matura = Matura::new();
    let bank = format!(
        "{HEADER}a,Which is not\u{1b}[2J it?,One|All of the above\u{1b}]0;x\u{7},B,,easy,t\u{1b}[1m\n"
    );
    let file = matura.file("bank.csv", bank);
    let file = file.to_str().unwrap();
    for arguments in [vec!["bank-report", file], vec!["bank-report", file, "--json"]] {
        let told = matura.run(&arguments);
        assert!(
            told.out.contains("All of the above") && !told.out.contains(['\u{1b}', '\u{7}']),
            "{}",
            told.out
        );
    }
}

#[test]
fn the_starter_deck_gives_no_answer_away() {
    let matura = Matura::new();
    let deck = root().join("decks/mlops-maturity.csv");
    let report = &matura.json(&["bank-report", deck.to_str().unwrap()])[0];
    let broken = report["broken"].as_array().unwrap();
    let rules: Vec<&str> = broken.iter().map(|broken| broken["rule"].as_str().unwrap()).collect();
    // a deck of many small topics has tags with few questions
    assert!(rules == ["coverage"] || rules.is_empty(), "{broken:#?}");
}
