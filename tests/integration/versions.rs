//! Later versions of a bank: what they no longer hold, and what they put into other words.

use serde_json::Value;

use crate::builder::Matura;

const FIRST: &str = "question,answer\nWaht is a feature store?,a store of features\nWhat is drift?,a change\n\
    What is a canary?,a small rollout\nWhat is lineage?,where data comes from\n";

fn import(matura: &Matura, bank: &str, more: &[&str]) -> Value {
    let file = matura.file("bank.csv", bank);
    matura.json(&[&["import", file.to_str().unwrap()], more].concat())["files"][0].clone()
}

fn counts(report: &Value) -> [i64; 5] {
    ["read", "added", "updated", "unchanged", "removed"].map(|name| report[name].as_i64().unwrap())
}

fn prompts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|note| note["prompt"].as_str().unwrap()).collect()
}

/// A learner who answered every card of the first version.
fn learner() -> Matura {
    let matura = Matura::new();
    import(&matura, FIRST, &[]);
    for card in matura.cards() {
        matura.json(&["answer", &card["card"].to_string(), "--grade", "4"]);
    }
    matura
}

#[test]
fn what_a_later_version_no_longer_holds_is_told_and_stays() {
    let matura = learner();
    let later = FIRST.replace("What is drift?,a change\n", "");
    let report = import(&matura, &later, &[]);
    assert_eq!(counts(&report), [3, 0, 0, 3, 0]);
    assert_eq!(report["missing"][0]["prompt"], "What is drift?");
    assert_eq!(matura.cards().len(), 4);
    let told = matura.run(&["import", "bank.csv"]);
    assert!(told.out.contains("no longer in the file: What is drift? (bank)"), "{}", told.out);
    assert!(told.out.contains("--prune removes them"), "{}", told.out);
    matura.check();
}

#[test]
fn prune_removes_what_is_no_longer_there_and_a_bank_that_has_it_again_brings_it_back_with_its_history() {
    let matura = learner();
    let later = FIRST.replace("What is drift?,a change\n", "");
    let plan = import(&matura, &later, &["--prune", "--dry-run"]);
    assert_eq!((counts(&plan)[4], matura.cards().len()), (1, 4), "a dry run removes nothing");
    assert_eq!(counts(&import(&matura, &later, &["--prune"])), [3, 0, 0, 3, 1]);
    assert_eq!(matura.cards().len(), 3);
    assert_eq!(matura.json(&[])["decks"][0]["total"], 3);
    assert_eq!(matura.check()["notes"], 3);
    assert_eq!(counts(&import(&matura, &later, &["--prune"])), [3, 0, 0, 3, 0]);
    assert_eq!(counts(&import(&matura, FIRST, &[])), [4, 1, 0, 3, 0]);
    let cards = matura.cards();
    assert_eq!(cards.len(), 4);
    assert!(cards.iter().all(|card| card["repetitions"] == 1), "the log remembers: {cards:?}");
    matura.check();
}

#[test]
fn prune_leaves_alone_what_may_be_missing_because_a_row_is_broken() {
    let matura = learner();
    let later = FIRST.replace("What is drift?,a change", "What is drift?,");
    let report = import(&matura, &later, &["--prune", "--skip-bad-rows"]);
    assert_eq!((counts(&report)[4], report["rejected"].as_i64()), (0, Some(1)));
    assert!(report["warnings"].to_string().contains("nothing was removed"), "{report}");
    assert_eq!(matura.cards().len(), 4);
}

#[test]
fn banks_that_share_a_deck_or_a_question_remove_nothing_of_each_other() {
    let matura = learner();
    let other =
        matura.file("week2.csv", "question,answer\nWhat is drift?,a change\nWhat is a batch?,a heap\n");
    let report = matura.json(&["import", other.to_str().unwrap(), "--prune", "--deck", "bank"]);
    assert_eq!(report["files"][0]["removed"], 0, "{report}");
    assert_eq!(report["files"][0]["missing"].as_array().unwrap().len(), 0, "{report}");
    assert_eq!(matura.cards().len(), 5 + 1, "no deck in the first bank, so its notes are others");
    let shared = matura
        .file("week3.csv", "question,answer\nWhat is lineage?,where data comes from\nWhat is a test?,x\n");
    let report = matura.json(&["import", shared.to_str().unwrap(), "--prune"]);
    assert_eq!((&report["files"][0]["unchanged"], &report["files"][0]["removed"]), (&1.into(), &0.into()));
    assert!(
        report["files"][0]["warnings"]
            .to_string()
            .contains("it holds 1 of the 4 notes that bank.csv brought")
    );
    matura.check();
}

#[test]
fn a_bank_is_known_again_under_another_name_by_most_of_its_notes() {
    let matura = learner();
    let later = matura.file("version 2.csv", FIRST.replace("What is drift?,a change\n", ""));
    let report = matura.json(&["import", later.to_str().unwrap(), "--prune"]);
    assert_eq!(report["files"][0]["removed"], 1, "{report}");
}

#[test]
fn a_corrected_typo_is_proposed_and_taken_on_demand_and_costs_no_history() {
    let matura = learner();
    let later = FIRST.replace("Waht is", "What is");
    let plan = import(&matura, &later, &["--dry-run"]);
    let proposal = &plan["reworded"][0];
    assert_eq!(
        (proposal["line"].as_i64(), proposal["before"].as_str(), proposal["taken"].as_bool()),
        (Some(2), Some("Waht is a feature store?"), Some(false)),
        "{plan}"
    );
    let told = matura.run(&["import", "bank.csv", "--dry-run"]);
    assert!(
        told.out.contains(
            "looks reworded, line 2: \"What is a feature store?\" was \"Waht is a feature store?\""
        ) && told.out.contains("--match-reworded keeps their history"),
        "{}",
        told.out
    );
    let before = matura.json(&["list"]);
    assert_eq!(counts(&import(&matura, &later, &["--match-reworded"])), [4, 0, 1, 3, 0]);
    let after = matura.json(&["list"]);
    assert_eq!(prompts(&after)[0], "What is a feature store?");
    assert_eq!(before[0]["note"], after[0]["note"], "it is the same note");
    assert!(matura.cards().iter().all(|card| card["repetitions"] == 1));
    // from now on the bank finds it under its new wording
    assert_eq!(counts(&import(&matura, &later, &["--prune"])), [4, 0, 0, 4, 0]);
    assert_eq!(counts(&import(&matura, &later.replace("store of", "shelf of"), &[])), [4, 0, 1, 3, 0]);
    matura.check();
}

#[test]
fn a_rewording_is_taken_after_it_was_imported_as_a_new_question_too() {
    let mut matura = learner();
    let later = FIRST.replace("Waht is", "What is");
    matura.now("2026-11-24T09:00:00Z");
    assert_eq!(counts(&import(&matura, &later, &[])), [4, 1, 0, 3, 0]);
    assert_eq!(matura.cards().len(), 5);
    matura.now("2026-11-25T09:00:00Z");
    assert_eq!(counts(&import(&matura, &later, &["--match-reworded"])), [4, 0, 1, 3, 0]);
    assert_eq!(matura.cards().len(), 4);
    assert!(matura.cards().iter().all(|card| card["repetitions"] == 1));
    assert_eq!(counts(&import(&matura, &later, &["--match-reworded"])), [4, 0, 0, 4, 0]);
    matura.check();
}

#[test]
fn a_proposed_rewording_is_not_removed_before_it_is_decided_on() {
    let matura = learner();
    let later = FIRST.replace("Waht is", "What is");
    assert_eq!(counts(&import(&matura, &later, &["--prune"])), [4, 1, 0, 3, 0]);
    assert_eq!(matura.cards().len(), 5);
    assert_eq!(counts(&import(&matura, &later, &["--prune", "--no-match-reworded"])), [4, 0, 0, 4, 1]);
    assert_eq!(matura.cards().len(), 4);
    matura.check();
}

#[test]
fn an_option_that_was_corrected_is_a_rewording_and_one_of_a_series_is_not() {
    let matura = Matura::new();
    let bank = "question,A,B,C,answer\nWhich one serves?,Tritn,Airflow,Feast,A\nLevel 1 of 5?,x,y,z,A\nOther?,x,y,z,C\n";
    import(&matura, bank, &[]);
    let later = bank.replace("Tritn", "Triton").replace("Level 1 of 5?,x,y,z,A", "Level 2 of 5?,x,y,w,B");
    let report = import(&matura, &later, &["--match-reworded"]);
    assert_eq!(counts(&report), [3, 1, 1, 1, 0], "{report}");
    assert_eq!(report["missing"][0]["prompt"], "Level 1 of 5?");
    matura.check();
}

#[test]
fn an_import_that_changes_nothing_leaves_everything_as_it_was() {
    let matura = learner();
    let before = matura.json(&["show", "1"]);
    let report = import(&matura, FIRST, &["--prune", "--match-reworded"]);
    assert_eq!(counts(&report), [4, 0, 0, 4, 0]);
    assert_eq!(matura.json(&["show", "1"]), before);
}

#[test]
fn rejected_rows_that_were_mended_go_where_their_bank_went() {
    let matura = Matura::new();
    let file = matura.file("bank.csv", "question,answer\nWhat?,x\nWho?,\n");
    matura.json(&["import", file.to_str().unwrap(), "--skip-bad-rows"]);
    let rejected = std::fs::read_to_string(matura.path("bank.csv.rejected.csv")).unwrap();
    matura.file("bank.csv.rejected.csv", rejected.replace("Who?,", "Who?,me"));
    let report = matura.json(&["import", "bank.csv.rejected.csv"]);
    assert_eq!(report["files"][0]["added"], 1, "{report}");
    let notes = matura.json(&["list"]);
    assert!(notes.as_array().unwrap().iter().all(|note| note["deck"] == "bank"), "{notes}");
    let mended = import(&matura, "question,answer\nWhat?,x\nWho?,me\n", &["--prune"]);
    assert_eq!(counts(&mended), [2, 0, 0, 2, 0]);
}

#[test]
fn what_stands_twice_is_named_with_both_lines_and_taken_once() {
    let matura = Matura::new();
    let ran_on = matura.file("bank.csv", "question,answer\nWhat?,x\nWho?,me\nWhat?,x\n");
    let ran = matura.run(&["import", ran_on.to_str().unwrap()]);
    assert!(ran.err.contains("bank.csv:4: stands on line 2 already, word for word"), "{}", ran.err);
    assert!(ran.out.contains("2 added, 1 duplicate"), "{}", ran.out);
}

#[test]
fn a_rewording_whose_answer_changes_as_well_is_counted_once() {
    let mut matura = Matura::new();
    let first = "question,answer\nWaht is a feature store?,a store\nWhat is drift?,a change\n";
    import(&matura, first, &[]);
    let later = first.replace("Waht is", "What is");
    matura.now("2026-11-24T09:00:00Z");
    assert_eq!(counts(&import(&matura, &later, &[])), [2, 1, 0, 1, 0]);
    matura.now("2026-11-25T09:00:00Z");
    let corrected = later.replace("a store", "a shelf").replace("a change", "a move");
    assert_eq!(counts(&import(&matura, &corrected, &["--match-reworded"])), [2, 0, 2, 0, 0]);
    assert_eq!(counts(&import(&matura, &corrected, &[])), [2, 0, 0, 2, 0]);
    matura.check();
}

#[test]
fn a_later_version_under_another_name_puts_its_new_notes_where_the_others_are() {
    let matura = Matura::new();
    let first = matura.file("bank.csv", "question,answer\nWhat is drift?,change\nWhat is CT?,training\n");
    matura.json(&["import", first.to_str().unwrap()]);
    let second = "question,answer\nWhat is drift?,change\nWhat is CT?,training\nWhat is CI?,integration\n";
    let second = matura.file("bank_v2.csv", second);
    let report = matura.json(&["import", second.to_str().unwrap()]);
    assert_eq!(report["files"][0]["added"], 1);
    let decks = matura.json(&["decks"]);
    let named: Vec<(&str, u64)> = decks
        .as_array()
        .unwrap()
        .iter()
        .map(|deck| (deck["deck"].as_str().unwrap(), deck["total"].as_u64().unwrap()))
        .collect();
    assert_eq!(named, [("bank", 3)]);
    assert_eq!(matura.json(&["check"])["ok"], true);
    assert_eq!(matura.json(&["import", second.to_str().unwrap()])["files"][0]["unchanged"], 3);
}
