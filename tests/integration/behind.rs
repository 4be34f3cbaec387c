//! What can be done behind an answer, on both screens.

use matura::Session;
use matura::screen::plain::{self, Page};

use crate::builder::Matura;
use crate::stage::{Played, keys, open, pick, play, shot};

const BANK: &str = "prompt,answer,options\nq1,A,right|wrong\nq2,A,right|wrong\nq3,A,right|wrong\n";

/// The plain screen over a session as a person at a terminal sees it: an answer waits for Enter.
pub(crate) fn talk(session: &mut dyn Session, lines: &str) -> String {
    let mut out = Vec::new();
    plain::run(session, &mut lines.as_bytes(), &mut Page::new(&mut out, None), true).unwrap();
    String::from_utf8(out).unwrap()
}

/// The plain screen over the review of a collection.
pub(crate) fn talk_of(matura: &Matura, lines: &str) -> String {
    let mut collection = open(matura);
    let mut review = collection.review(None).unwrap();
    talk(&mut review, lines)
}

/// Whether each note is marked, and the state of its card and whether that is buried.
fn cards(matura: &Matura) -> Vec<(bool, String, bool)> {
    let notes = matura.json(&["list"]);
    let card = |note: &serde_json::Value| {
        let card = &note["cards"][0];
        let state = card["state"].as_str().unwrap().to_owned();
        (note["marked"] == true, state, card["buried"] == true)
    };
    notes.as_array().unwrap().iter().map(card).collect()
}

#[test]
fn marking_suspending_and_burying_work_behind_a_marked_answer_on_both_screens() {
    let (full, lines) = (Matura::with_bank(BANK), Matura::with_bank(BANK));
    let played: Played = play(
        &full,
        &[
            pick("wrong"),
            shot("wrong"),
            keys("m s"),
            pick("wrong"),
            keys("A-b"),
            shot("buried"),
            pick("right"),
            shot("right"),
            keys("b m m"),
            shot("not again"),
        ],
    );
    let said = talk_of(&lines, "wrong\nm\ns\nwrong\nb\nright\nb\nm\nm\n\n");
    let expected = [(true, "suspended", false), (false, "young", true), (false, "young", false)]
        .map(|(marked, state, buried)| (marked, state.to_owned(), buried));
    assert_eq!(cards(&full), expected, "{}", played.screen);
    assert_eq!(cards(&lines), expected, "{said}");
    let foot = |name: &str| played.shot(name).lines().rev().take(3).collect::<String>();
    assert!(foot("wrong").contains("b bury") && foot("wrong").contains("s suspend"), "{}", foot("wrong"));
    assert!(!foot("right").contains("b bury") && foot("right").contains("m mark"), "{}", foot("right"));
    let told = "It does not come again today, so there is nothing to put off.";
    assert!(played.shot("buried").contains("buried until tomorrow"), "{}", played.screen);
    assert!(played.shot("not again").contains("no longer marked"), "{}", played.screen);
    assert!(
        said.contains(told) && said.contains("s suspend, m mark") && said.contains("s suspend, b bury"),
        "{said}"
    );
    for matura in [full, lines] {
        matura.check();
    }
}

#[test]
fn what_is_taken_back_is_told_plainly_and_offered_only_where_there_is_something() {
    let (full, lines) = (Matura::with_bank(BANK), Matura::with_bank(BANK));
    let played = play(
        &full,
        &[
            shot("nothing yet"),
            keys("s A-b"),
            shot("something"),
            keys("u"),
            shot("bury"),
            keys("u"),
            shot("suspend"),
            keys("u"),
            shot("nothing more"),
        ],
    );
    let said = talk_of(&lines, "s\n:b\nu\nu\nu\nq\n");
    for (name, is_offered, notice) in [
        ("nothing yet", false, ""),
        ("something", true, "buried until tomorrow"),
        ("bury", true, "taken back: the burial of \"q2\""),
        ("suspend", false, "taken back: the suspension of \"q1\""),
        ("nothing more", false, "There is no answer of today to take back."),
    ] {
        let screen = played.shot(name);
        assert_eq!(screen.contains("u undo"), is_offered, "{name}: {screen}");
        assert!(screen.contains(notice), "{name}: {screen}");
    }
    for line in [
        "undone: the burial of \"q2\"",
        "undone: the suspension of \"q1\"",
        "There is no answer of today to take back.",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
    let explained: Vec<bool> =
        said.lines().filter(|line| line.contains("(? hint")).map(|line| line.contains("u undo")).collect();
    assert_eq!(explained, [false, true, false], "{said}");
    assert_eq!(full.check()["reviews"], 0);
}
