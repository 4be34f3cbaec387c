//! What the learner made of notes, and banks that state them again.

use serde_json::{Value, json};

use crate::builder::Matura;

/// A bank of one choice, with this key and these options.
fn choice(key: &str, options: &str) -> String {
    format!("id,deck,prompt,answer,options\n1,D,First?,{key},{options}\n")
}

fn import(matura: &Matura, bank: &str, more: &[&str]) -> Value {
    let file = matura.file("bank.csv", bank);
    matura.json(&[&["import", file.to_str().unwrap()], more].concat())["files"][0].clone()
}

/// The right options of a card, or its answer.
fn right(matura: &Matura) -> Vec<String> {
    let shown = matura.json(&["show", "1"]);
    let Some(options) = shown["options"].as_array() else {
        return vec![shown["answer"].as_str().unwrap().to_owned()];
    };
    let places = shown["answer"]
        .as_array()
        .unwrap()
        .iter()
        .map(|letter| letter.as_str().unwrap().as_bytes()[0] - b'A');
    places.map(|place| options[usize::from(place)].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_right_answer_never_becomes_wrong_where_a_bank_and_a_learner_both_changed_a_choice() {
    let options = ["--option", "none", "--option", "manual", "--option", "auto", "--option", "third"];
    for (edit, key, bank_options, expected, is_told) in [
        // the learner mended the key, the bank changed the order so that its own key is that
        (&["--answer", "B"][..], "A", "auto|manual|third", "auto", false),
        // the learner added an option, the bank mended the key
        (&[&options[..], &["--answer", "B"]].concat()[..], "B", "manual|auto|third", "auto", true),
        // only the learner changed it
        (&["--answer", "C"], "A", "manual|auto|third", "third", false),
        // only the bank did
        (&["--hint", "h"], "B", "manual|auto|third", "auto", false),
        // the learner made a fact of it
        (&["--option", "", "--answer", "free text"], "B", "manual|auto|third", "auto", true),
    ] {
        let matura = Matura::with_bank(&choice("A", "manual|auto|third"));
        matura.json(&[&["edit", "1"], edit].concat());
        let report = import(&matura, &choice(key, bank_options), &[]);
        assert_eq!(right(&matura), [expected], "{edit:?}: {report}");
        let told = report["warnings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|warning| warning["message"].as_str().unwrap().contains("yours was"));
        assert_eq!(told, is_told || edit[1] == "B", "{edit:?}: {report}");
        assert_eq!(import(&matura, &choice(key, bank_options), &[])["updated"], 0);
    }
}

#[test]
fn the_right_option_stays_right_when_options_are_moved_and_is_asked_for_when_it_goes() {
    let matura = Matura::with_bank(&choice("A|C", "x|y|z"));
    matura.json(&["edit", "1", "--option", "z", "--option", "w", "--option", "x"]);
    assert_eq!(right(&matura), ["z", "x"]);
    for options in [&["--option", "z", "--option", "w"][..], &["--option", ""]] {
        let ran = matura.run(&[&["edit", "1"], options].concat());
        assert!(ran.status == 1 && ran.err.contains("say which answer is right"), "{options:?}: {}", ran.err);
    }
    assert_eq!(right(&matura), ["z", "x"]);
    matura.json(&["edit", "1", "--option", "", "--answer", "free"]);
    assert_eq!(right(&matura), ["free"]);
}

#[test]
fn a_note_written_by_hand_keeps_what_a_bank_does_not_say_and_loses_nothing_unsaid() {
    let matura = Matura::new();
    let long = "my careful answer ".repeat(30);
    matura.json(&["add", "Hand made", &long, "--hint", "mine", "--tags", "own", "--deck", "H"]);
    let report = import(&matura, "prompt,answer,hint,tags\nHand made,bank,,b\n", &["--deck", "H"]);
    assert_eq!(report["updated"], 1);
    let shown = matura.json(&["show", "1"]);
    assert_eq!((shown["answer"].as_str(), shown["hint"].as_str()), (Some("bank"), Some("mine")));
    assert_eq!(shown["tags"], json!(["b", "own"]));
    let told = report["warnings"][0]["message"].as_str().unwrap();
    assert!(told.contains(long.trim()), "all of it is told: {told}");
    assert_eq!(
        import(&matura, "prompt,answer,hint,tags\nHand made,bank,,b\n", &["--deck", "H"])["unchanged"],
        1
    );
    matura.check();
}

#[test]
fn an_id_is_given_once_within_a_deck() {
    let matura = Matura::new();
    matura.json(&["add", "q3", "a3", "--id", "7", "--deck", "D"]);
    let ran = matura.run(&["add", "q9", "a9", "--id", "7", "--deck", "D"]);
    assert!(ran.status == 1 && ran.err.contains("has this id already"), "{}", ran.err);
    matura.json(&["add", "q9", "a9", "--id", "7", "--deck", "E"]);
}

#[test]
fn a_new_wording_that_came_in_the_same_moment_is_still_matched_later() {
    let bank = "prompt,answer\nWhat is the meaning of data drift in ML?,change\nWhat is x about here then?,relation\nWhere is y?,zz\n";
    let matura = Matura::new();
    import(&matura, bank, &[]);
    matura.json(&["answer", "1", "--grade", "5"]);
    let later = bank.replace("in ML?", "in MLOps?");
    assert_eq!(import(&matura, &later, &[])["added"], 1);
    let report = import(&matura, &later, &["--match-reworded"]);
    assert_eq!(
        (report["updated"].as_i64(), report["reworded"][0]["taken"].as_bool()),
        (Some(1), Some(true)),
        "{report}"
    );
    assert_eq!(matura.cards().iter().filter(|card| card["repetitions"] == 1).count(), 1);
    assert_eq!(matura.check()["notes"], 3);
}

#[test]
fn a_bank_is_known_again_under_the_new_name_of_its_deck() {
    let matura = Matura::new();
    let bank = "prompt,answer\nq1,a\nq2,b\n";
    import(&matura, bank, &["--deck", "Old"]);
    for (change, deck) in [
        (&["decks", "rename", "Old", "New"][..], "New"),
        (&["decks", "rename", "New", "Top::New"], "Top::New"),
        (&["decks", "move", "Top::New", "--top"], "new"),
    ] {
        matura.json(change);
        let report = import(&matura, bank, &["--deck", deck]);
        assert_eq!(
            (report["added"].as_i64(), report["unchanged"].as_i64()),
            (Some(0), Some(2)),
            "{change:?}: {report}"
        );
    }
    let report = import(&matura, &bank.replace("q2,b", "q2,c"), &["--deck", "New"]);
    assert_eq!((report["updated"].as_i64(), report["added"].as_i64()), (Some(1), Some(0)));
    assert_eq!(matura.check()["notes"], 2);
}
