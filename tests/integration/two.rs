//! Two processes on one collection: both work or one waits, and neither loses anything.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::builder::{Matura, facts};
use crate::dialogue::{Dialogue, Prompt};
#[cfg(unix)]
use crate::pty::{Pty, Start};

/// How many answers each card was told to have saved.
type Saved = BTreeMap<i64, usize>;

/// Answers what a review asks while that is wanted, with this grade; gives what was acknowledged.
fn answer_while(review: &mut Dialogue, grade: &str, mut is_wanted: impl FnMut(usize) -> bool) -> Saved {
    let mut saved = Saved::new();
    let (mut prompt, mut said) = review.listen();
    while prompt != Prompt::End && is_wanted(saved.values().sum()) {
        assert_eq!(prompt, Prompt::Reveal);
        let (card, _) = said.question().unwrap();
        review.ask("");
        (prompt, said) = review.ask(grade);
        // an answer to a card that is gone meanwhile is told not to be saved
        *saved.entry(card).or_default() += said.saved();
    }
    saved
}

/// Every answer that was acknowledged is in the log once, and none beside them.
fn has_each_once(matura: &Matura, acknowledged: &[Saved]) {
    let mut saved = Saved::new();
    for (card, count) in acknowledged.iter().flatten() {
        *saved.entry(*card).or_default() += count;
    }
    for (card, count) in &saved {
        let shown = matura.json(&["show", &card.to_string()]);
        assert_eq!(shown["history"].as_array().unwrap().len(), *count, "card {card}: {shown}");
    }
    assert_eq!(matura.check()["reviews"], saved.values().sum::<usize>());
}

#[test]
fn two_reviews_at_once_keep_every_acknowledged_answer_once() {
    let matura = Matura::with_bank(&facts(60));
    matura.json(&["config", "new_per_day", "60"]);
    let review = |grade| {
        let mut review = Dialogue::start(&matura, &[]);
        let saved = answer_while(&mut review, grade, |_| true);
        assert_eq!(review.hang_up(), 0);
        saved
    };
    let acknowledged = std::thread::scope(|scope| {
        let (one, other) = (scope.spawn(|| review("4")), scope.spawn(|| review("3")));
        [one.join().unwrap(), other.join().unwrap()]
    });
    has_each_once(&matura, &acknowledged);
    // a card counts once a day, whoever answered it first
    assert!(matura.cards().iter().all(|card| card["repetitions"] == 1));
}

#[test]
fn two_reviews_that_show_the_same_card_keep_both_answers_and_the_first_one_counts() {
    let matura = Matura::with_bank(&facts(2));
    let (mut one, mut two) = (Dialogue::start(&matura, &[]), Dialogue::start(&matura, &[]));
    let asked = one.listen().1.question();
    assert_eq!(two.listen().1.question(), asked, "both show the same card");
    one.ask("");
    two.ask("");
    let (_, first) = two.ask("1");
    let (_, second) = one.ask("4");
    assert_eq!((first.saved(), second.saved()), (1, 1));
    assert_eq!((one.hang_up(), two.hang_up()), (0, 0));
    let shown = matura.json(&["show", &asked.unwrap().0.to_string()]);
    let grades: Vec<_> =
        shown["history"].as_array().unwrap().iter().map(|row| (&row["kind"], &row["grade"])).collect();
    assert_eq!(grades, [(&"review".into(), &1.into()), (&"drill".into(), &5.into())]);
    assert_eq!(matura.check()["reviews"], 2);
}

#[test]
fn two_processes_that_take_back_at_once_take_back_different_answers() {
    let matura = Matura::with_bank(&facts(12));
    for card in 1..=12 {
        matura.json(&["answer", &card.to_string(), "--grade", "4"]);
    }
    let undo = || (0..4).map(|_| matura.json(&["undo"])["undone"]["card"].as_i64().unwrap()).collect();
    let (mut undone, other): (Vec<i64>, Vec<i64>) = std::thread::scope(|scope| {
        let (one, other) = (scope.spawn(undo), scope.spawn(undo));
        (one.join().unwrap(), other.join().unwrap())
    });
    undone.extend(other);
    undone.sort_unstable();
    assert_eq!(undone, (5..=12).collect::<Vec<_>>(), "the last eight, each once");
    assert_eq!(matura.check()["reviews"], 4);
}

#[test]
fn a_review_goes_on_while_much_is_imported_and_neither_loses_anything() {
    let matura = Matura::with_bank(&facts(900));
    matura.json(&["config", "new_per_day", "1000"]);
    let more = matura.file("more.csv", facts(4000));
    let is_imported = AtomicBool::new(false);
    let mut longest = Duration::ZERO;
    let saved = std::thread::scope(|scope| {
        scope.spawn(|| {
            // also one that fails ends the test
            let ran = matura.run(&["import", more.to_str().unwrap(), "--deck", "More"]);
            is_imported.store(true, Ordering::Relaxed);
            assert_eq!(ran.status, 0, "{}", ran.err);
        });
        let mut review = Dialogue::start(&matura, &[]);
        let (mut last, mut behind) = (Instant::now(), 0);
        let saved = answer_while(&mut review, "4", |_| {
            longest = longest.max(last.elapsed());
            last = Instant::now();
            // some answers come behind the import
            behind += usize::from(is_imported.load(Ordering::Relaxed));
            behind < 5
        });
        assert_eq!(review.hang_up(), 0);
        saved
    });
    assert!(saved.values().sum::<usize>() >= 5, "{saved:?}");
    assert!(longest < Duration::from_secs(10), "an answer waited {longest:?}");
    assert_eq!(matura.check()["notes"], 4900);
    has_each_once(&matura, &[saved]);
}

#[test]
fn a_review_goes_on_while_others_back_up_merge_sync_and_look() {
    let matura = Matura::with_bank(&facts(600));
    matura.json(&["config", "new_per_day", "600"]);
    let mut other = Matura::with_bank(&facts(40));
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().to_str().unwrap();
    let theirs = other.collection();
    let is_done = AtomicBool::new(false);
    let saved = std::thread::scope(|scope| {
        let others = scope.spawn(|| {
            for round in 0..3 {
                other.now(&format!("2026-11-23T10:00:0{round}Z"));
                other.json(&["answer", &(round + 1).to_string(), "--grade", "4"]);
                other.json(&["sync", folder]);
                for args in [
                    &["backup"][..],
                    &["backups"],
                    &["merge", theirs.to_str().unwrap()],
                    &["sync", folder],
                    &["list"],
                    &["check"],
                ] {
                    matura.json(args);
                }
            }
            is_done.store(true, Ordering::Relaxed);
        });
        let mut review = Dialogue::start(&matura, &[]);
        let saved = answer_while(&mut review, "4", |count| {
            count < 20 || !(is_done.load(Ordering::Relaxed) || others.is_finished())
        });
        assert_eq!(review.hang_up(), 0);
        saved
    });
    // the three that were merged stand beside the own ones
    assert_eq!(matura.check()["reviews"], saved.values().sum::<usize>() + 3);
    other.json(&["sync", folder]);
    matura.json(&["sync", folder]);
    other.json(&["sync", folder]);
    assert_eq!(other.check()["reviews"], matura.check()["reviews"]);
    let backups = matura.json(&["backups"]);
    assert!(backups.as_array().unwrap().len() >= 6, "{backups}");
    crate::whole::backups_are_sound(&matura);
}

/// Another program that writes to the collection and does not come to an end.
fn hold(matura: &Matura, how: &str) -> Connection {
    let connection = Connection::open(matura.collection()).unwrap();
    connection.execute_batch(how).unwrap();
    connection
}

#[test]
fn a_command_that_waits_in_vain_says_so_and_changes_nothing() {
    let matura = Matura::with_bank(&facts(3));
    let holder = hold(&matura, "BEGIN EXCLUSIVE; UPDATE deck SET cards = cards + 1");
    // whoever only looks does not wait
    assert_eq!(matura.cards().len(), 3);
    matura.json(&["backup"]);
    let bank = matura.file("more.csv", facts(5));
    let original = matura.json(&["backups"])[0]["file"].as_str().unwrap().to_owned();
    let commands: [(&[&str], &str); 6] = [
        (&["review"], "\n4\n\n4\n"),
        (&["answer", "2", "--grade", "4"], ""),
        (&["import", bank.to_str().unwrap()], ""),
        (&["add", "What?", "That."], ""),
        (&["undo"], ""),
        (&["restore", &original], ""),
    ];
    std::thread::scope(|scope| {
        for (args, input) in commands {
            let matura = &matura;
            scope.spawn(move || {
                let ran = matura.run_with(args, input);
                assert_eq!(ran.status, 1, "{args:?}: {}{}", ran.out, ran.err);
                assert!(ran.err.contains("another process is writing"), "{args:?}: {}", ran.err);
                assert!(ran.err.contains("try again"), "{args:?}: {}", ran.err);
                assert_eq!(ran.lines("saved:").len(), 0, "{args:?}: {}", ran.out);
            });
        }
    });
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!((&matura.check()["reviews"], &matura.check()["notes"]), (&0.into(), &3.into()));
    assert_eq!(matura.run_with(&["review"], "\n4\n").lines("saved:").len(), 1);
    assert_eq!(matura.check()["reviews"], 1);
}

#[cfg(unix)]
#[test]
fn an_answer_that_another_process_keeps_from_the_disk_is_kept_and_saved_once_or_left_knowingly() {
    let full = Matura::with_bank(&facts(3));
    let plain = Matura::with_bank(&facts(3));
    let left = Matura::with_bank(&facts(3));
    let command = concat!(env!("CARGO_BIN_EXE_matura"), " review --plain");
    let Some(mut full_pty) = Pty::review(&full) else { return };
    let Some(mut plain_pty) = Pty::start(&plain, &Start { command, ..Start::default() }) else { return };
    let Some(mut left_pty) = Pty::start(&left, &Start { command, ..Start::default() }) else { return };
    full_pty.sees("question 1").press(" ").sees("answer: answer 1");
    for pty in [&mut plain_pty, &mut left_pty] {
        pty.sees("Enter shows the answer").press("\n").sees("How well did you know it?");
    }
    let holders = [&full, &plain, &left].map(|matura| hold(matura, "BEGIN IMMEDIATE"));
    full_pty.press("3");
    plain_pty.press("3\n");
    left_pty.press("3\n");
    full_pty.sees("NOT SAVED. another process is writing").sees("try again");
    for pty in [&mut plain_pty, &mut left_pty] {
        pty.sees("Not saved: another process is writing").sees("Enter tries again");
    }
    left_pty.press("q\n").sees("Left for today: 3 new.").ends(0);
    for holder in &holders {
        holder.execute_batch("COMMIT").unwrap();
    }
    // keys that are no answer to that do nothing
    full_pty.press("4").press("\r").sees("saved: grade 4").sees("question 2").press("q").ends(0);
    plain_pty.press("4\n").sees("Enter tries again").press("\n").sees("saved: grade 4").sees("question 2");
    plain_pty.press("q\n").ends(0);
    assert_eq!(left.check()["reviews"], 0);
    for matura in [&full, &plain] {
        assert_eq!(matura.check()["reviews"], 1);
        assert_eq!(matura.json(&["show", "1"])["history"][0]["grade"], 4);
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
