//! Ways of studying beside the daily review, on both screens.

use matura::collection::{Practice, Wanted};
use matura::{Collection, Session as _};
use serde_json::{Value, json};

use crate::builder::{Matura, facts};
use crate::stage::{Time, keys, open, pick, play_session, shot, typed};

/// The rows of a card: kind and grade.
fn history(matura: &Matura, card: u32) -> Vec<(String, Value)> {
    let shown = matura.json(&["show", &card.to_string()]);
    let rows = shown["history"].as_array().unwrap().iter();
    rows.map(|row| (row["kind"].as_str().unwrap().to_owned(), row["grade"].clone())).collect()
}

/// What practice must not change.
fn schedule(matura: &Matura) -> (Vec<Value>, Value) {
    (matura.cards(), matura.json(&[]))
}

#[test]
fn practice_in_plain_lines_says_that_the_schedule_stays_and_shows_no_intervals() {
    let matura = Matura::with_bank(&facts(3));
    matura.run_with(&["review"], "\n1\nq\n");
    let before = schedule(&matura);
    let ran = matura.run_with(&["practice", "--limit", "2"], "\n1\n=5\n\n3\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("Practice: 2 cards (at most 2 cards); the schedule is not changed.\n"),
        "{}",
        ran.out
    );
    assert_eq!(ran.lines("--- 2 cards left · practice").len(), 1, "{}", ran.out);
    assert!(!ran.out.contains("day)") && !ran.out.contains("(again today)"), "{}", ran.out);
    assert_eq!(
        ran.lines("saved:"),
        [
            "saved: grade 1 (Again); practice, the schedule is not changed",
            "saved: grade 5 (Easy) for card 1; practice, the schedule is not changed",
            "saved: grade 4 (Good); practice, the schedule is not changed"
        ]
    );
    let told = "Practised: 2 cards; 2 known at once, 0 not. The schedule is not changed.\nNothing is left to practise";
    assert!(ran.out.contains(told), "{}", ran.out);
    assert_eq!(schedule(&matura), before);
    assert_eq!(history(&matura, 2), [("practice".to_owned(), json!(4))]);
    // the newest row is practice: undo takes it back, and no more of the schedule
    let undone = matura.run(&["undo"]);
    assert!(undone.out.contains("the schedule stays as it is"), "{}", undone.out);
    assert_eq!(schedule(&matura), before);
    assert_eq!(matura.check()["reviews"], 2, "the review and the practice of card 1");
}

#[test]
fn cramming_in_plain_lines_ends_when_each_card_was_right() {
    let matura = Matura::with_bank(&facts(2));
    let before = schedule(&matura);
    let ran = matura.run_with(&["practice", "--cram", "--type"], "wrong\nwrong\nwrong\nanswer 2\nanswer 1\n");
    let cards: Vec<&str> = ran.lines("---").iter().filter_map(|line| line.rsplit("card ").next()).collect();
    assert_eq!(cards, ["1", "2", "1"], "{}", ran.out);
    assert_eq!(ran.lines("saved: grade 1 (Again); practice, again in this session").len(), 1, "{}", ran.out);
    assert!(ran.out.contains("Practised: 2 cards, 1 repeat; 1 known at once, 1 not."), "{}", ran.out);
    assert_eq!(schedule(&matura), before);
    matura.check();
}

#[test]
fn where_there_is_nothing_to_practise_it_says_why() {
    let matura = Matura::new();
    let ran = matura.run_with(&["practice"], "");
    assert!(ran.out.contains("There is nothing to practise") && !matura.collection().exists(), "{}", ran.out);
    let matura = Matura::with_bank(&facts(1));
    for (option, why) in
        [("--weak", "scored below 3 at some time"), ("--missed-today", "last answer of today")]
    {
        let ran = matura.run_with(&["practice", option], "");
        assert!(ran.status == 0 && ran.out.contains(why), "{}", ran.out);
    }
    assert_eq!(matura.run(&["practice", "--weak", "--missed-today"]).status, 2);
    assert_eq!(matura.run(&["practice", "--json"]).json()["error"]["kind"], "usage");
    assert_eq!(matura.run(&["practice", "nowhere"]).status, 1);
}

#[test]
fn what_cannot_be_turned_round_is_left_out_with_a_word() {
    let matura = Matura::with_bank("prompt,answer,options\nfront,back,\nWhich?,A,x|y\n");
    let ran = matura.run_with(&["practice", "--reverse"], "\n4\n");
    assert!(ran.out.contains("cards that are no facts are left out"), "{}", ran.out);
    assert_eq!((ran.lines("back").len(), ran.lines("answer: front").len()), (1, 1), "{}", ran.out);
    assert!(!ran.out.contains("Which?"), "{}", ran.out);
}

#[test]
fn learn_in_plain_lines_shows_a_group_waits_for_enter_and_then_asks() {
    let matura = Matura::with_bank(
        "prompt,answer,options,explanation\nq1,a1,,\nWhich?,B,alpha|beta,because\nq3,a3,,\n",
    );
    // a key that grades does nothing while a card is shown
    let ran = matura.run_with(&["learn", "--limit", "2"], "3\n\n\n\n1\nbeta\n\n3\n");
    let stages: Vec<&str> = ran.lines("---").iter().filter_map(|line| line.split(" · ").nth(1)).collect();
    assert_eq!(stages, ["new, to look at", "new, to look at", "new", "new", "drill"], "{}", ran.out);
    let shown = ran.out.split("· new ·").next().unwrap();
    for line in ["q1", "answer: a1", "why: because", "An empty line goes on; nothing is asked yet."] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(ran.out.starts_with("Learn: 2 new, shown a few at a time"), "{}", ran.out);
    assert_eq!(ran.lines("saved: grade 1 (Again); again today, then on 2026-11-24").len(), 1, "{}", ran.out);
    assert_eq!(history(&matura, 1), [("review".to_owned(), json!(1)), ("drill".to_owned(), json!(4))]);
    assert!(
        ran.out.contains("Answered: 2 new, 1 repeat; 1 remembered, 1 not.\nNothing new is left for today")
    );
    assert_eq!(matura.json(&[])["new"], 1);
    matura.check();
}

#[test]
fn learn_loads_the_starter_deck_into_an_empty_collection() {
    let matura = Matura::new();
    let ran = matura.run_with(&["learn"], "q\n");
    assert!(ran.status == 0 && ran.err.contains("starter deck"), "{}", ran.err);
    assert!(ran.out.contains("Left for today: 20 new."), "{}", ran.out);
}

#[test]
fn the_page_of_a_new_card_shows_front_and_back_and_takes_no_grade() {
    let matura = Matura::with_bank(
        "deck,prompt,answer,options,explanation\nD,q1,a1,,because\nD,Which?,B,alpha|beta,\n",
    );
    let mut collection = open(&matura);
    let mut learn = collection.learn(None, Wanted::default()).unwrap();
    let played = play_session(
        &mut learn,
        &[
            shot("learn_page"),
            keys("3 h ! Enter"),
            shot("learn_second"),
            keys("? "),
            shot("learn_keys"),
            keys("Esc Space"),
            shot("learn_asked"),
            keys("Space 3"),
        ],
    );
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("learn_page", played.shots[0].1);
    });
    let second = played.shot("learn_second");
    assert!(second.contains("beta  (right)") && second.contains("new, to look at"), "{second}");
    assert!(played.shot("learn_keys").contains("go on to the next card"), "{}", played.shot("learn_keys"));
    let asked = played.shot("learn_asked");
    assert!(asked.contains("q1") && !asked.contains("a1") && asked.contains("D | new"), "{asked}");
    assert!(played.ending.lines.concat().contains("Answered: 1 new; 1 remembered"), "{:?}", played.ending);
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn practice_on_the_full_screen_says_so_on_every_card_and_shows_no_intervals() {
    let matura = Matura::with_bank(&facts(3));
    let before = schedule(&matura);
    let mut collection = open(&matura);
    let practice = Practice { until_right: true, ..Practice::default() };
    let mut session = collection.practice(None, practice, Wanted::default()).unwrap();
    let played = play_session(
        &mut session,
        &[
            shot("front"),
            keys("Space"),
            shot("back"),
            keys("1"),
            shot("saved"),
            keys("u"),
            shot("undone"),
            keys("u"),
            shot("nothing"),
            keys("Space 3 Space 3 Space 3"),
            shot("end"),
        ],
    );
    for (name, parts) in [
        ("front", &["practice: the schedule is not changed", "0 done | 3 cards", "until each was right"][..]),
        ("back", &["1 Again · again", "3 Good  4 Easy"]),
        ("saved", &["question 2", "saved: grade 1 (Again); practice, again in this session"]),
        ("undone", &["question 1", "taken back: Again", "0 done | 3 cards"]),
        ("nothing", &["question 1", "The last answer of today is not practice"]),
        (
            "end",
            &[
                "Practice is done.",
                "Practised: 3 cards; 3 known at once, 0 not.",
                "Nothing is left to practise",
            ],
        ),
    ] {
        let shot = played.shot(name);
        assert!(parts.iter().all(|part| shot.contains(part)), "{name}: {shot}");
    }
    drop(collection);
    assert_eq!(schedule(&matura), before);
    matura.check();
}

#[test]
fn both_screens_leave_the_same_log_of_what_is_learnt_and_of_what_is_practised() {
    let bank = "prompt,answer,typed\nq1,a1,\nq2,a2,yes\nq3,a3,\n";
    let (full, plain) = (Matura::with_bank(bank), Matura::with_bank(bank));
    {
        let mut collection = open(&full);
        let mut learn = collection.learn(None, Wanted::default()).unwrap();
        let steps = [keys("Enter Enter Enter Space 2"), typed("a2"), keys("Enter Enter Space 3 Space 4")];
        play_session(&mut learn, &steps);
        let mut session = collection.practice(None, Practice::default(), Wanted::default()).unwrap();
        let steps = [typed("no"), keys("Enter"), typed("a2"), keys("Enter 4 Enter Space 1 Space ! q")];
        play_session(&mut session, &steps);
    }
    plain.run_with(&["learn", "--plain"], "\n\n\n\n2\na2\n\n3\n\n4\n");
    plain.run_with(&["practice", "--plain"], "no\na2\n:=5\n\n1\n\n!\n");
    let log = |matura: &Matura| (1..=3).map(|card| history(matura, card)).collect::<Vec<_>>();
    assert_eq!(log(&full), log(&plain));
    assert_eq!(schedule(&full), schedule(&plain));
    assert_eq!(log(&full)[2].last().unwrap(), &("practice".to_owned(), json!(1)));
    full.check();
}

const FACTS: &str = "id,deck,prompt,answer,options\n1,D,CI,continuous integration,\n2,D,CD,continuous delivery,\n3,D,CT,continuous training,\n\
    4,D,SLO,objective,\n5,D,SLI,indicator,\n6,D,RPO,objective,\n7,D,which,A,a|b\n8,E,only,one,\n";

#[test]
fn matching_asks_for_the_back_of_each_front_until_it_is_found_and_keeps_the_time() {
    let mut matura = Matura::with_bank(FACTS);
    let time = Time::of(&matura);
    for (round, now) in [(1, "2026-11-23T09:00:00Z"), (2, "2026-11-23T10:00:00Z")] {
        matura.now(now);
        let time = if round == 1 { time.clone() } else { Time::of(&matura) };
        let mut collection = Collection::open(&matura.collection(), Box::new(time.clone())).unwrap();
        let practice = Practice { pairs: true, ..Practice::default() };
        let mut session = collection.practice(Some("D"), practice, Wanted::default()).unwrap();
        // a back that would fit two fronts is not on the table
        assert_eq!(session.left().practice, 5);
        let slow = if round == 1 { 2500 } else { 500 };
        let played = play_session(
            &mut session,
            &[
                pick("indicator"),
                time.pass(slow),
                shot("wrong"),
                keys("A-u A-e"),
                shot("no_help"),
                pick("continuous integration"),
                pick("continuous delivery"),
                pick("continuous training"),
                shot("two_left"),
                pick("objective"),
                time.pass(1000),
                pick("indicator"),
                shot("end"),
            ],
        );
        for (name, parts) in [
            ("wrong", &["CI", "indicator  (wrong)", "Wrong; 3 attempts left.", "0 done | 5 cards"][..]),
            ("no_help", &["The clock goes"]),
            ("two_left", &["SLO", "A) ", "B) ", "Found."]),
            ("end", &["5 pairs in", "1 wrong pick"]),
        ] {
            let shot = played.shot(name);
            assert!(parts.iter().all(|part| shot.contains(part)), "{name}: {shot}");
        }
        assert!(!played.shot("two_left").contains("C) "), "what was found is off the table");
        if round == 1 {
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                for (name, seen) in played.shots.iter().filter(|(name, _)| name != "no_help") {
                    insta::assert_snapshot!(format!("match_{name}"), seen);
                }
            });
        }
        let told = played.ending.lines.join("\n");
        let expected = if round == 1 {
            "in 3.5 s, 1 wrong pick. Your first round of 5 pairs."
        } else {
            "in 1.5 s, 1 wrong pick. Your best of 5 pairs; 3.5 s before."
        };
        assert!(told.contains(expected), "{told}");
    }
    let history = matura.json(&["match", "--history"]);
    assert_eq!(
        history[1],
        json!({ "day": "2026-11-23", "deck": "D", "pairs": 5, "wrong": 1, "took_ms": 1500 })
    );
    let shown = matura.json(&["show", "1"]);
    assert_eq!(shown["history"][0]["kind"], "practice");
    assert_eq!(
        (shown["history"][0]["grade"].as_i64(), shown["cards"][0]["state"].as_str()),
        (Some(3), Some("new"))
    );
    matura.check();
}

#[test]
fn matching_in_lines_is_the_same_and_needs_two_facts() {
    let matura = Matura::with_bank(FACTS);
    let lines: String = (0..40).map(|n| ["A\n", "B\n", "u\n", "C\n", "D\n", "E\n"][n % 6]).collect();
    let ran = matura.run_with(&["match", "D", "--plain"], &lines);
    assert!(ran.out.contains("5 pairs in 0.0 s"), "{}", ran.out);
    assert!(ran.out.contains("The clock goes") && !ran.out.contains("undone"), "{}", ran.out);
    assert_eq!(ran.lines("Found.").len(), 5, "{}", ran.out);
    let ran = matura.run_with(&["match", "D", "--plain", "--limit", "2", "--reverse"], "!\nA\n");
    assert!(ran.out.contains("Given up.") && ran.out.contains("2 pairs in"), "{}", ran.out);
    let ran = matura.run(&["match", "E"]);
    assert!(ran.status == 1 && ran.err.contains("it takes two"), "{}", ran.err);
    let ran = matura.run(&["match", "D", "--json"]);
    assert_eq!((ran.status, ran.json()["error"]["kind"].clone()), (2, json!("usage")));
    matura.check();
}
