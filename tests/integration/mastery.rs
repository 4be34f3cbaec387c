//! The mastery test from outside: what it asks, what it tells and when, what it keeps.

use matura::Collection;
use matura::collection::TestOptions;
use serde_json::json;

use crate::builder::{Matura, facts};
use crate::stage::{Time, keys, open, play_session, shot};

const BANK: &str = "deck,prompt,answer,options,kind,typed,hint,explanation,difficulty,level\n\
    D,Which comes first?,A,ad hoc|optimised,,,Think.,Nobody has agreed yet.,easy,1\n\
    D,Which retrains?,continuous training,,,yes,,,hard,2\n\
    D,It is called __1__.,drift,,,,,Data move.,medium,2\n\
    D,What is a canary?,a bird,,,,,,,\n";

fn said(matura: &Matura, args: &[&str], input: &str) -> String {
    matura.run_with(&[&["test", "--seed", "3"], args].concat(), input).out
}

#[test]
fn nothing_is_told_before_the_end_and_there_is_no_help() {
    let matura = Matura::with_bank(BANK);
    let before = matura.cards();
    let out = said(&matura, &[], "?\n:?\n:u\n:s\n:b\n:m\n:i\n:=4\n:q\n");
    assert!(!out.contains("hint") && !out.contains("Think"), "{out}");
    assert!(out.lines().filter(|line| line.starts_with("A test gives no help")).count() >= 7, "{out}");
    assert!(out.contains("nothing is kept"), "{out}");
    assert_eq!(matura.json(&["test", "--history"]), json!([]));

    let out = said(&matura, &["--questions", "3"], &"zzz\nB\n".repeat(9));
    let (asked, end) = out.split_once("Test of everything:").unwrap();
    for told in ["Right", "Wrong", "right\n", "answer:", "almost", "Nobody has agreed", "Data move"] {
        assert!(!asked.contains(told), "{told}: {asked}");
    }
    assert!(end.contains("answer: continuous training"), "{end}");
    assert!(end.contains("why: Data move."), "{end}");
    assert!(end.contains("Study next: "), "{end}");
    assert_eq!(matura.cards(), before, "the schedule stays");
    matura.check();
}

#[test]
fn what_was_missed_is_shown_whole_with_its_code() {
    let matura = Matura::with_bank("prompt,code,answer\nWhat is x?,\"if a:\n    x = __1__\",drift\n");
    let out = said(&matura, &[], "no\n");
    let end = out.split_once("Not right:\n").unwrap().1;
    assert!(
        end.starts_with("- What is x?\n      if a:\n          x = __1__\n  yours: no\n  answer: drift\n"),
        "{end}"
    );
}

#[test]
fn a_judged_fact_is_typed_and_comes_last_and_a_typo_is_wrong() {
    let matura = Matura::with_bank("prompt,answer\nWhat is a canary?,a small bird\n");
    let out = said(&matura, &[], "A  Small BIRD\n");
    assert!(out.contains("Test of everything: 1 of 1, 100 % (21 to 100 %), getting there (too few"), "{out}");
    let out = said(&matura, &[], "a smal bird\n");
    assert!(out.contains("yours: a smal bird\n  answer: a small bird"), "{out}");
    let matura = Matura::with_bank(BANK);
    let out = said(&matura, &["--questions", "3"], "");
    assert!(out.starts_with("Test: 3 questions, one attempt each, no help."), "{out}");
    assert!(!said(&matura, &["--questions", "3"], &":!\n".repeat(3)).contains("canary"));
    assert!(said(&matura, &[], &":!\n".repeat(4)).contains("canary"));
}

#[test]
fn the_same_seed_is_the_same_test_and_another_is_another() {
    let matura = Matura::with_bank(&facts(60));
    let asked = |seed: &str| matura.run_with(&["test", "--seed", seed], &":!\n".repeat(10)).out;
    assert_eq!(asked("1"), asked("1"));
    assert_ne!(asked("1"), asked("2"));
}

#[test]
fn a_test_that_was_left_is_listed_as_unfinished_and_finished_ones_show_the_trend() {
    let mut matura = Matura::with_bank("deck,prompt,answer\nA::B,q,yes\nA::B,r,yes\n");
    said(&matura, &["B"], "yes\n:q\n");
    said(&matura, &["B"], "yes\nno\n");
    matura.now("2026-11-24T09:00:00Z");
    said(&matura, &["B"], "yes\nyes\n");
    let table = matura.run(&["test", "--history"]).out;
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|row| row.split_whitespace().collect()).collect();
    assert_eq!(rows[0].join(" "), "2026-11-23 A::B 1/1 unfinished, 1 of 2");
    assert_eq!(rows[1].join(" "), "2026-11-23 A::B 1/2 50 9 to 91 getting there");
    assert_eq!(rows[2].join(" "), "2026-11-24 A::B 2/2 100 34 to 100 getting there +50");
    let history = matura.json(&["test", "A", "--history"]);
    let last = &history[2];
    assert_eq!(
        (&last["score"], &last["low"], &last["verdict"], &last["trend"], &last["finished"], &last["seed"]),
        (&json!(1.0), &json!(0.342), &json!("getting there"), &json!(0.5), &json!(true), &json!(3))
    );
    assert_eq!(matura.check()["reviews"], 5);
}

#[test]
fn undo_passes_over_a_test_and_takes_back_the_review_before_it() {
    let matura = Matura::with_bank(&facts(1));
    matura.json(&["answer", "1", "--grade", "4"]);
    said(&matura, &[], "answer 1\n");
    assert_eq!(matura.json(&["undo"])["undone"]["grade"], 4);
    assert_eq!(matura.json(&["test", "--history"])[0]["right"], 1);
    matura.check();
}

#[test]
fn what_a_test_cannot_do_is_said_with_what_can_be_done() {
    let matura = Matura::new();
    let ran = matura.run(&["test"]);
    assert_eq!(
        (ran.status, ran.err.contains("matura review loads the starter deck")),
        (1, true),
        "{}",
        ran.err
    );
    assert!(matura.run(&["test", "--history"]).out.contains("There is no test yet"));
    let ran = matura.run(&["test", "--json"]);
    assert_eq!((ran.status, ran.json()["error"]["hint"].to_string().contains("--history --json")), (2, true));
    assert_eq!(matura.run(&["test", "--questions", "0"]).status, 2);
    assert_eq!(matura.run(&["test", "--history", "--seed", "1"]).status, 2);
}

#[test]
fn the_full_screen_asks_without_help_and_shows_the_result_at_the_end() {
    let matura = Matura::with_bank(
        "deck,prompt,answer,typed,hint,explanation,difficulty\n\
         D,What is asked?,drift,yes,a nudge,because,hard\nD,What else?,drift,yes,a nudge,because,easy\n",
    );
    let mut collection = open(&matura);
    let options = TestOptions { minutes: Some(5), seed: Some(1), ..TestOptions::default() };
    let mut test = collection.test(Some("D"), options).unwrap();
    let steps = [
        shot("test_asked"),
        keys("d r i f t A-u A-i A-s A-b A-m A-h"),
        shot("test_no_help"),
        keys("Enter x Enter"),
        shot("test_end"),
    ];
    let played = play_session(&mut test, &steps);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, seen) in &played.shots {
            insta::assert_snapshot!(name.as_str(), seen);
        }
    });
    assert!(!played.shot("test_no_help").contains("nudge"));
    assert!(played.ending.lines[0].starts_with("Test of D: 1 of 2"), "{:?}", played.ending.lines);
}

#[test]
fn on_the_full_screen_the_clock_of_a_test_goes_on_and_ends_it_without_a_key() {
    let matura =
        Matura::with_bank("deck,prompt,answer,typed\nD,one,drift,yes\nD,two,drift,yes\nD,three,drift,yes\n");
    let time = Time::of(&matura);
    let mut collection = Collection::open(&matura.collection(), Box::new(time.clone())).unwrap();
    let options = TestOptions { minutes: Some(2), seed: Some(1), ..TestOptions::default() };
    let mut test = collection.test(Some("D"), options).unwrap();
    let steps = [
        shot("begun"),
        time.pass(900),
        shot("less than a second"),
        time.pass(200),
        shot("a second"),
        keys("d r i f t Enter d r i"),
        time.pass(58_900),
        shot("a minute"),
        keys("F1"),
        time.pass(59_999),
        shot("the last second"),
        time.pass(1),
        shot("over"),
        keys("u"),
        shot("not taken back"),
    ];
    let played = play_session(&mut test, &steps);
    for (name, shown) in [
        ("begun", "0 done | 3 questions | 2:00"),
        ("less than a second", "| 2:00"),
        ("a second", "| 1:59"),
        ("a minute", "1 done | 2 questions | 1:00"),
        ("the last second", "| 0:01"),
        ("over", "The time is up: what was not answered counts as wrong."),
        ("over", "Test of D: 1 of 3"),
        ("not taken back", "The test is over and its answers are kept: a test is not taken back."),
    ] {
        assert!(played.shot(name).contains(shown), "{name}: {}", played.shot(name));
    }
    assert!(!played.shot("over").contains("u undo"), "{}", played.shot("over"));
    drop(collection);
    assert_eq!(matura.check()["reviews"], 3, "what was not answered is in the log");
}
