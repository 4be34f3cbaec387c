//! Answers from scripts.

use serde_json::{Value, json};

use crate::builder::{Matura, facts};

#[test]
fn a_grade_is_saved_and_reported_with_what_it_does() {
    let mut matura = Matura::with_bank(&facts(1));
    let answered = matura.json(&["answer", "1", "--grade", "4"]);
    let expected = json!({"card": 1, "grade": 4, "correct": null, "due": "2026-11-24", "interval": 1, "ease": 2500, "repetitions": 1, "attempts_left": null, "leech": false});
    assert_eq!(answered, expected);
    // a second answer on the same day is a drill, one on a later day counts even before it is due
    assert_eq!(matura.json(&["answer", "1", "--grade", "0"])["due"], "2026-11-24");
    matura.now("2026-11-24T09:00:00Z").json(&["answer", "1", "--grade", "5"]);
    let early = matura.now("2026-11-26T09:00:00Z").json(&["answer", "1", "--grade", "5"]);
    assert_eq!((early["due"].as_str(), early["interval"].as_i64()), (Some("2026-12-12"), Some(16)));
    matura.check();
}

#[test]
fn a_response_is_marked_and_nothing_is_saved_while_attempts_remain() {
    let bank = "prompt,answer,options,typed,code\n\
        pick,B,alpha|beta|gamma|delta,,\n\
        all,A|C,alpha|beta|gamma|delta,,\n\
        type,model registry,,yes,\n\
        fill,CI|continuous delivery,,,__1__ and __2__\n";
    // card, arguments, grade, correct
    let cases: [(&str, &[&str], Option<i64>, bool); 15] = [
        ("1", &["--response", "B"], Some(5), true),
        ("1", &["--response", "beta"], Some(5), true),
        ("1", &["--response", "A"], None, false),
        ("1", &["--response", "A", "--final"], Some(1), false),
        ("1", &["--response", "A", "--response", "b"], Some(3), true),
        ("1", &["--response", "A", "--response", "C", "--response", "D"], Some(1), false),
        ("2", &["--response", "A C"], Some(5), true),
        ("2", &["--response", "A"], None, false),
        ("2", &["--response", "gamma\nalpha"], Some(5), true),
        ("3", &["--response", "  Model Registry "], Some(5), true),
        ("3", &["--response", "model regsitry"], None, false),
        ("4", &["--response", "ci\ncontinuous delivry", "--response", "continuous delivery"], Some(3), true),
        ("4", &["--response", "ci\ncontinuous delivry"], None, false),
        ("4", &["--response", "ci\ncontinuous delivery"], Some(5), true),
        ("4", &["--response", "ci\nxx", "--response", "Continuous Delivery"], Some(3), true),
    ];
    for (card, args, grade, correct) in cases {
        let matura = Matura::with_bank(bank);
        let answered = matura.json(&[&["answer", card], args].concat());
        assert_eq!(
            (answered["grade"].as_i64(), answered["correct"].as_bool()),
            (grade, Some(correct)),
            "{card} {args:?}"
        );
        assert_eq!(matura.check()["reviews"], i64::from(grade.is_some()), "{card} {args:?}");
    }
}

#[test]
fn undo_goes_back_answer_by_answer_in_later_processes_too() {
    let matura = Matura::with_bank(&facts(2));
    for (card, grade) in [("1", "4"), ("2", "1")] {
        matura.json(&["answer", card, "--grade", grade]);
    }
    assert_eq!(matura.json(&["undo"])["undone"]["card"], 2);
    assert_eq!(matura.json(&["undo"])["undone"]["card"], 1);
    assert_eq!(matura.json(&[])["new"], 2);
    assert_eq!(matura.json(&["undo"])["undone"]["what"], "import");
    let ran = matura.run(&["undo", "--json"]);
    assert_eq!((ran.status, &ran.json()["error"]["kind"]), (1, &Value::from("not-found")));
    matura.check();
}

#[test]
fn the_log_keeps_what_was_answered_and_what_was_taken_back() {
    let matura = Matura::with_bank("prompt,answer,options\nq,B,a|b|c|d\n");
    matura.json(&["answer", "1", "--response", "C", "--response", "B"]);
    matura.json(&["undo"]);
    let history = matura.json(&["show", "1"])["history"].clone();
    assert_eq!(history[0]["responses"], json!(["c", "b"]));
    assert_eq!(
        (&history[0]["retracted"], &history[1]["kind"]),
        (&Value::from(true), &Value::from("retract"))
    );
}

#[test]
fn a_clock_that_goes_back_is_no_damage() {
    let mut matura = Matura::with_bank(&facts(2));
    matura.now("2026-11-30T09:00:00Z").json(&["answer", "1", "--grade", "4"]);
    matura.now("2026-11-20T09:00:00Z").json(&["answer", "1", "--grade", "4"]);
    matura.json(&["answer", "2", "--grade", "4"]);
    let back = matura.cards();
    assert_eq!((back[0]["repetitions"].as_i64(), back[0]["due"].as_str()), (Some(2), Some("2026-11-26")));
    matura.now("2026-11-30T09:00:00Z");
    assert_eq!(matura.json(&[])["due"], 1, "the card that has its answer of that day waits");
    matura.check();
}
