//! What was done is told, and taken back one by one.

use matura::Collection;
use matura::collection::Format;
use matura::query::Query;

use crate::builder::{Matura, facts};
use crate::learner::{Time, step};

/// All that a learner sees of a collection.
fn snapshot(collection: &mut Collection) -> String {
    let report = collection.check().unwrap();
    assert_eq!(report.problems, [""; 0]);
    let list = serde_json::to_string_pretty(&collection.list(&Query::EVERYTHING).unwrap()).unwrap();
    let decks: Vec<_> = collection.today().unwrap().decks;
    let limits: Vec<_> = decks.iter().map(|deck| collection.limits(deck.deck.as_str()).unwrap()).collect();
    let exported = collection.export(None, &Format::Csv, None).map(|export| export.bytes).unwrap_or_default();
    format!("{list}\n{decks:?}\n{limits:?}\n{}", String::from_utf8(exported).unwrap())
}

/// That two snapshots are one, or the first line in which they differ.
fn same(expected: Option<&String>, now: &str, what: &str) {
    let expected = expected.unwrap();
    let differs = expected.lines().zip(now.lines()).find(|(before, now)| before != now);
    assert_eq!(differs, None, "{what}");
    assert_eq!(expected.len(), now.len(), "{what}");
}

#[test]
fn whatever_was_done_is_taken_back_one_by_one_to_the_very_beginning() {
    let rounds = std::env::var("PROPTEST_CASES").map_or(60, |cases| cases.parse::<u64>().unwrap() / 10);
    for seed in 0..rounds {
        let mut random = fastrand::Rng::with_seed(seed);
        let time = Time::morning();
        let mut collection =
            Collection::look("/there is no such file".as_ref(), Box::new(time.clone())).unwrap();
        let mut states = vec![snapshot(&mut collection)];
        for _ in 0..25 {
            let lines = |collection: &mut Collection| {
                collection
                    .log(1000)
                    .unwrap()
                    .iter()
                    .filter(|line| !line.undone)
                    .map(|line| line.answers.max(1))
                    .sum::<u32>()
            };
            let before = lines(&mut collection);
            step(&mut collection, &time, &mut random);
            match lines(&mut collection) {
                now if now == before => {
                    same(states.last(), &snapshot(&mut collection), &format!("seed {seed}"));
                }
                now if now == before + 1 => states.push(snapshot(&mut collection)),
                now => panic!("seed {seed}: {before} things were done, now {now}"),
            }
        }
        while states.len() > 1 {
            states.pop();
            let undone = collection.undo().unwrap();
            assert!(undone.is_some(), "seed {seed}");
            same(states.last(), &snapshot(&mut collection), &format!("seed {seed}: {undone:?}"));
        }
        assert_eq!(collection.undo().unwrap(), None, "seed {seed}");
    }
}

#[test]
fn a_mistaken_import_is_taken_back_in_a_later_process_and_can_be_made_again() {
    let matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    let before = matura.json(&["list"]);
    let wrong = matura.file("wrong.csv", "prompt,answer,deck\nx,y,New::Deck\nz,w,New::Deck\n");
    let wrong = wrong.to_str().unwrap();
    matura.json(&["import", wrong]);
    assert!(matura.run(&["undo"]).out.starts_with("undone: import \"wrong.csv\" (2 notes)"));
    assert_eq!(matura.json(&["list"]), before);
    assert_eq!(matura.json(&["decks"]).as_array().unwrap().len(), 1, "its decks are gone");
    let nothing = serde_json::json!([]);
    assert_eq!(matura.json(&["remove", "--list"]), nothing, "it is as if they had never come");
    let again = matura.json(&["import", wrong])["files"][0].clone();
    assert_eq!(
        (&again["added"], &again["removed_earlier"], &again["brought_back"]),
        (&2.into(), &nothing, &nothing)
    );
    matura.check();
    for what in ["import", "answer", "import"] {
        let undone = matura.json(&["undo"])["undone"].clone();
        assert_eq!(undone["what"], what);
    }
    let ran = matura.run(&["undo"]);
    assert_eq!((ran.status, ran.err.contains("nothing to take back")), (1, true));
    matura.check();
}

#[test]
fn a_card_that_was_removed_comes_back_under_its_number() {
    let matura = Matura::with_bank("prompt,answer,reverse\na,b,yes\nc,d,\n");
    let before = matura.cards();
    matura.json(&["remove", "2"]);
    matura.json(&["undo"]);
    assert_eq!(matura.cards(), before);
    let note = matura.json(&["remove", "1"])[0]["note"].clone();
    matura.json(&["remove", "--bring-back", note.as_str().unwrap()]);
    assert_eq!(matura.cards(), before);
    matura.check();
}

#[test]
fn the_log_tells_what_was_done_and_what_was_taken_back() {
    let mut matura = Matura::with_bank(&facts(3));
    for (card, grade) in [("1", "4"), ("2", "1"), ("3", "5")] {
        matura.json(&["answer", card, "--grade", grade]);
    }
    matura.json(&["undo"]);
    matura.now("2026-11-23T10:30:00Z").json(&["suspend", "1", "2"]);
    matura.json(&["undo"]);
    matura.json(&["decks", "rename", "bank", "Other"]);
    matura.now("2026-11-24T10:00:00Z").json(&["answer", "3", "--grade", "3"]);
    let log = matura.json(&["log"]);
    let told: Vec<String> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            format!(
                "{} {} {} {}/{} {}",
                line["day"], line["what"], line["about"], line["passed"], line["answers"], line["undone"]
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            r#""2026-11-24" "review" null 1/1 false"#,
            r#""2026-11-23" "rename deck" "bank to Other" 0/0 false"#,
            r#""2026-11-23" "suspend" "question 1" 0/0 true"#,
            r#""2026-11-23" "review" null 1/2 false"#,
            r#""2026-11-23" "import" "bank.csv" 0/0 false"#,
        ]
    );
    assert_eq!(matura.json(&["log", "--limit", "2"]).as_array().unwrap().len(), 2);
    let plain = matura.run(&["log"]).out;
    assert!(plain.contains("2026-11-23 10:30  suspend") && plain.contains("question 1, 2 notes"), "{plain}");
    // nothing was done by what changed nothing
    matura.json(&["tag", "1", "--remove", "no-such-tag"]);
    matura.json(&["import", matura.path("bank.csv").to_str().unwrap()]);
    assert_eq!(matura.json(&["log"]), log);
}

#[test]
fn what_is_too_long_ago_is_named_and_left() {
    let mut matura = Matura::with_bank(&facts(1));
    matura.json(&["edit", "1", "--answer", "other"]);
    matura.now("2027-01-23T09:00:00Z").json(&["mark", "1"]);
    assert_eq!(matura.json(&["undo"])["undone"]["what"], "mark");
    let ran = matura.run(&["undo"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("edit \"question 1\", is too long ago") && ran.err.contains("matura backups"));
}

#[test]
fn the_starter_deck_comes_again_after_it_was_taken_back() {
    let matura = Matura::new();
    for _ in 0..2 {
        let ran = matura.run_with(&["review"], "q\n");
        assert!(ran.err.contains("the starter deck on MLOps maturity was loaded"), "{}", ran.err);
        assert!(!matura.cards().is_empty());
        matura.json(&["undo"]);
        assert!(matura.cards().is_empty());
    }
    // one that the learner removed does not
    matura.run_with(&["review"], "q\n");
    matura.json(&["remove", "--query", "*"]);
    assert!(!matura.run_with(&["review"], "q\n").err.contains("was loaded"));
}
