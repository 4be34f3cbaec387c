//! What `check` finds, and two processes on one collection.

use crate::builder::{Matura, facts};

fn damage(matura: &Matura, sql: &str) -> String {
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let ran = matura.run(&["check", "--json"]);
    assert_eq!(ran.status, 1, "{sql}: {}", ran.out);
    assert_eq!(ran.json()["error"]["kind"], "damaged");
    ran.json()["problems"].to_string()
}

#[test]
fn a_value_that_contradicts_the_log_or_the_notes_is_found() {
    for (sql, what) in [
        ("UPDATE card SET due = due + 1 WHERE id = 1", "schedule of card 1"),
        ("UPDATE card SET ease = 1300 WHERE id = 2", "schedule of card 2"),
        ("UPDATE card SET suspended = 1 WHERE id = 2", "suspended"),
        ("UPDATE deck SET cards = cards + 1", "totals beside the deck"),
        ("UPDATE deck_day SET notes = notes + 1", "totals beside the deck"),
        ("DELETE FROM deck_day", "totals beside the deck"),
        ("UPDATE note SET prompt = '{{c1::x' , kind = 'cloze' WHERE id = 1", "never closed"),
        ("DELETE FROM card WHERE id = 2", "cards of note"),
        ("UPDATE note SET kind = 'riddle' WHERE id = 1", "riddle"),
        ("UPDATE note SET buried_on = 1, buried = 'x' WHERE id = 1", "no slot"),
        ("UPDATE note SET leeches = 'front:x' WHERE id = 1", "no leech"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM note WHERE id = 2", "does not exist"),
        (
            "UPDATE note SET kind = 'choice', detail = '{\"options\":[\"a\",\"b\"],\"right\":[7]}' WHERE id = 1",
            "only 2 options",
        ),
        ("DROP TRIGGER log_keeps_its_rows; UPDATE log SET grade = 0", "schedule of card 1"),
    ] {
        let matura = Matura::with_bank(&facts(3));
        matura.json(&["answer", "1", "--grade", "4"]);
        matura.check();
        let problems = damage(&matura, sql);
        assert!(problems.contains(what), "{sql}: {problems}");
    }
}

#[test]
fn two_processes_that_answer_at_once_lose_nothing() {
    let matura = Matura::with_bank(&facts(40));
    matura.json(&["config", "new_per_day", "100"]);
    let run = |cards: std::ops::RangeInclusive<u32>| {
        for card in cards {
            assert_eq!(matura.run(&["answer", &card.to_string(), "--grade", "4"]).status, 0);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| run(1..=20));
        scope.spawn(|| run(21..=40));
    });
    assert_eq!(matura.check()["reviews"], 40);
    assert!(matura.cards().iter().all(|card| card["repetitions"] == 1));
}

#[test]
fn two_processes_may_make_the_same_collection() {
    for _ in 0..25 {
        let matura = Matura::new();
        let file = matura.file("bank.csv", facts(20));
        let run = || {
            let ran = matura.run(&["import", file.to_str().unwrap()]);
            assert_eq!(ran.status, 0, "{}", ran.err);
        };
        std::thread::scope(|scope| {
            scope.spawn(run);
            scope.spawn(run);
        });
        assert_eq!(matura.check()["notes"], 20);
    }
}
