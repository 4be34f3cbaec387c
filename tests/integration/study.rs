//! What a day of study has beside answers: burying, marks, leeches, limits of decks, sessions of a part.

use serde_json::json;

use crate::builder::{Matura, facts};
use crate::dialogue::{Dialogue, Prompt};

#[test]
fn a_card_is_buried_for_the_day_and_told_so_everywhere() {
    let mut matura = Matura::with_bank(&facts(2));
    assert_eq!(matura.json(&["bury", "1"]), json!({"card": 1, "buried": true, "changed": true}));
    assert_eq!(matura.json(&["bury", "1"])["changed"], false);
    let card = matura.cards().remove(0);
    assert_eq!((&card["buried"], &card["state"]), (&json!(true), &json!("new")));
    assert!(matura.run(&["list"]).out.contains("buried"));
    assert!(matura.run(&["show", "1"]).out.contains("new, buried"));
    assert_eq!(matura.json(&[])["new"], 1);
    assert_eq!(matura.json(&["unbury", "1"]), json!({"card": 1, "buried": false, "changed": true}));
    matura.json(&["bury", "2"]);
    assert_eq!(matura.json(&["unbury"]), json!({"cards": [2], "buried": false, "changed": true}));
    assert_eq!(matura.json(&["unbury"]), json!({"cards": [], "buried": false, "changed": false}));
    matura.json(&["bury", "1"]);
    matura.now("2026-11-24T09:00:00Z");
    assert_eq!((matura.json(&[])["new"].as_i64(), &matura.cards()[0]["buried"]), (Some(2), &json!(false)));
    assert_eq!(matura.run(&["bury", "9"]).status, 1);
    matura.check();
}

#[test]
fn the_plain_review_buries_marks_and_tells_details() {
    let matura = Matura::with_bank("deck,prompt,answer,tags,level\nD,q1,a1,x,2\nD,q2,a2,,\n");
    let ran = matura.run_with(&["review"], "m\ni\n\n3\nb\n");
    assert!(ran.out.contains("The note is marked."), "{}", ran.out);
    for line in [
        "card 1: fact, front, deck D",
        "tags: x",
        "level: 2",
        "schedule: new, interval 0 days",
        "answers: none",
    ] {
        assert_eq!(ran.lines(line).len(), 1, "{line}: {}", ran.out);
    }
    let before_grade = ran.out.split("answer: a1").next().unwrap();
    assert!(!before_grade.contains("a1"), "details tell nothing of the answer");
    assert_eq!(ran.lines("buried: card 2 is not asked").len(), 1, "{}", ran.out);
    let shown = matura.json(&["show", "1"]);
    assert_eq!((&shown["marked"], &matura.json(&["list"])[0]["marked"]), (&json!(true), &json!(true)));
    assert!(matura.run(&["show", "1"]).out.contains("marked: yes"));
    assert_eq!(matura.json(&["show", "2"])["marked"], false);
    matura.check();
}

#[test]
fn a_letter_of_an_option_is_no_command_and_a_colon_makes_it_one() {
    let matura = Matura::with_bank("prompt,answer,options\nWhich?,B,alpha|beta|gamma\nOther?,A,x|y\n");
    let mut review = Dialogue::start(&matura, &[]);
    let (_, said) = review.listen();
    let letter = said.letter("beta").to_lowercase();
    assert_eq!(review.ask(":m").1.saved(), 0);
    review.ask(":i");
    assert_eq!(review.ask(&letter).1.saved(), 1, "{letter}");
    assert_eq!(review.ask(":b").0, Prompt::End);
    review.hang_up();
    assert_eq!(matura.cards()[1]["buried"], true);
    assert_eq!(matura.json(&["show", "1"])["marked"], true);
}

#[test]
fn a_leech_is_told_by_the_review_the_answer_and_the_list() {
    let mut matura = Matura::with_bank(&facts(2));
    matura.json(&["config", "leech_lapses", "1"]);
    assert_eq!(matura.json(&["answer", "1", "--grade", "4"])["leech"], false);
    matura.now("2026-11-24T09:00:00Z");
    let ran = matura.run_with(&["review"], "\n1\nq\n");
    let saved =
        "saved: grade 1 (Again); forgotten 1 time, so it is tagged leech and suspended until matura resume 1";
    assert_eq!(ran.lines("saved:"), [saved]);
    assert_eq!(ran.lines("Suspended:"), ["Suspended: 1 leech, card 1 (question 1)."]);
    let note = matura.json(&["list"])[0].clone();
    assert_eq!((&note["tags"], &note["cards"][0]["state"]), (&json!(["leech"]), &json!("suspended")));
    // the tag is no edit of the note: its bank has nothing to change
    assert_eq!(matura.import(&facts(2))["unchanged"], 2);
    assert!(matura.run(&["export", "--to", "anki", "-o", "-"]).out.contains("\"leech\""));
    matura.json(&["undo"]);
    assert_eq!(matura.cards()[0]["state"], "young");
    let answered = matura.json(&["answer", "1", "--grade", "0"]);
    assert_eq!(answered["leech"], true);
    assert!(
        matura.run(&["undo"]).status == 0
            && matura.run(&["answer", "1", "--grade", "0"]).out.contains("leech")
    );
    matura.check();
}

#[test]
fn the_summary_tells_time_streak_and_tomorrow_before_what_was_answered() {
    let mut matura = Matura::with_bank(&facts(30));
    matura.run_with(&["review"], "\n4\nq\n");
    matura.now("2026-11-24T09:00:00Z");
    let ran = matura.run_with(&["review"], "\n4\nq\n");
    assert!(
        ran.out.ends_with(
            "\n\nTime: less than a minute; 2 study days in a row. Tomorrow: 20 new.\n\
             Answered: 1 due; 1 remembered, 0 not.\nLeft for today: 20 new.\n"
        ),
        "{}",
        ran.out
    );
}

#[test]
fn a_session_of_a_part_says_what_it_is_narrowed_to() {
    let matura =
        Matura::with_bank("deck,prompt,answer,tags,difficulty\nA,q1,1,x::y,hard\nA,q2,2,,easy\nB,q3,3,x,\n");
    let said = |args: &[&str]| matura.run_with(&[&["review"], args].concat(), "").out;
    assert!(said(&["--tag", "x"]).starts_with("Review: 2 new.\n"));
    assert!(said(&["A", "--tag", "x"]).starts_with("Review: 1 new.\n"));
    assert!(said(&["--difficulty", "hard"]).starts_with("Review: 1 new.\n"));
    assert!(said(&["--limit", "1"]).ends_with("Left for today in this session (at most 1 card): 1 new.\n"));
    assert_eq!(
        said(&["A", "--tag", "z", "--new", "3"]),
        "Nothing is left for today in this session (deck A, tag z, at most 3 new). matura shows what else there is, \
         matura config the daily limits.\n"
    );
    let done = matura.run_with(&["review", "--tag", "x::y"], "\n4\n").out;
    assert!(done.ends_with("Nothing is left for today in this session (tag x::y).\n"), "{done}");
    for wrong in
        [&["review", "--difficulty", "odd"][..], &["review", "--minutes", "0"], &["review", "--limit", "x"]]
    {
        assert_eq!(matura.run(wrong).status, 2, "{wrong:?}");
    }
}

#[test]
fn a_deck_may_have_limits_of_its_own() {
    let matura = Matura::with_bank("deck,prompt,answer\nA,q1,1\nA::B,q2,2\nA::B,q3,3\nC,q4,4\n");
    assert_eq!(
        matura.json(&["config", "--deck", "B"]),
        json!({"deck": "A::B", "new_per_day": null, "reviews_per_day": null})
    );
    assert_eq!(
        matura.json(&["config", "--deck", "a", "new_per_day", "2"]),
        json!({"deck": "A", "new_per_day": 2})
    );
    assert_eq!(matura.run(&["config", "--deck", "A", "new_per_day"]).out, "2\n");
    let shown = matura.run(&["config", "--deck", "A"]).out;
    assert!(shown.contains("in A and the decks below it") && shown.contains("none"), "{shown}");
    let today = matura.json(&[]);
    assert_eq!(
        (&today["new"], &today["decks"][0]["new"], &today["decks"][1]["new"]),
        (&json!(3), &json!(2), &json!(2))
    );
    assert!(matura.run_with(&["review", "A"], "").out.starts_with("Review: 2 new.\n"));
    for wrong in [&["attempts", "2"][..], &["attempts"], &["new_per_day", "x"]] {
        let ran = matura.run(&[&["config", "--deck", "A"], wrong].concat());
        assert_eq!(ran.status, 2, "{wrong:?}");
        assert!(ran.err.contains("hint:"), "{}", ran.err);
    }
    assert_eq!(matura.run(&["config", "--deck", "none", "new_per_day", "1"]).status, 1);
    matura.json(&["config", "--deck", "A", "new_per_day", "--unset"]);
    assert_eq!(matura.json(&[])["new"], 4);
    matura.json(&["config", "new_per_day", "1"]);
    assert_eq!(matura.json(&["config", "new_per_day", "--unset"]), json!({"new_per_day": 20}));
    matura.check();
}

#[test]
fn a_mark_is_in_the_complete_export_and_a_tag_in_anki() {
    let matura = Matura::with_bank("prompt,answer,tags\nq1,1,x\nq2,2,\n");
    matura.run_with(&["review"], "m\nq\n");
    let export = matura.run(&["export", "-o", "-"]).out;
    let other = Matura::with_bank(&export);
    let marked = |matura: &Matura| {
        let notes = matura.json(&["list"]);
        notes.as_array().unwrap().iter().map(|note| note["marked"] == true).collect::<Vec<_>>()
    };
    assert_eq!(marked(&other), [true, false]);
    assert_eq!(other.import(&export)["unchanged"], 2);
    other.run_with(&["review"], "m\n\n4\nm\nq\n");
    assert_eq!(marked(&other), [false, true]);
    let report = other.import(&export);
    assert_eq!(
        (&report["updated"], marked(&other)),
        (&json!(2), vec![true, false]),
        "the export says where notes stand"
    );
    let without: String =
        export.lines().map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n").collect();
    assert_eq!((other.import(&without)["unchanged"].as_i64(), marked(&other)), (Some(2), vec![true, false]));
    // a bank without guids marks what is new and leaves the others to the learner
    let bank = "id,prompt,answer,marked\na,q,1,yes\nb,r,2,\n";
    let own = Matura::with_bank(bank);
    own.run_with(&["review"], "m\n\n4\nm\nq\n");
    own.import(bank);
    assert_eq!(marked(&own), [false, true]);
    let anki = matura.run(&["export", "--to", "anki", "-o", "-"]).out;
    assert!(anki.contains("\"marked x\""), "{anki}");
    let again = Matura::new();
    let file = again.file("anki.csv", &anki);
    again.json(&["import", file.to_str().unwrap()]);
    assert_eq!((marked(&again), &again.json(&["list"])[0]["tags"]), (vec![true, false], &json!(["x"])));
}
