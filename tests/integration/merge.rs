//! Collections of several devices become one.

use std::path::{Path, PathBuf};

use matura::Collection;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::builder::{Matura, facts};
use crate::learner::{Time, configure, step};

pub(crate) const SAYS: &str =
    "json_object('kind', n.kind, 'prompt', n.prompt, 'answer', n.answer, 'detail', n.detail, 'code', n.code,
    'language', n.language, 'hint', n.hint, 'explanation', n.explanation, 'mistakes', n.mistakes,
    'check_line', n.check_line, 'difficulty', n.difficulty, 'level', n.level, 'tags', n.tags,
    'source', n.source, 'html', n.html)";

/// All that two devices have to agree on, read from the file by SQL alone.
fn agreed(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut lines = Vec::new();
    for (what, sql) in [
        ("note", format!("SELECT guid, deck.key, {SAYS}, bank_id, bank_deck, bank_says, said_there, suspended, marked, leeches,
            suspended_there, edited, edited_at, placed, placed_at, touched_at, created_at, removed_at, removed_by,
            buried_on, buried FROM note AS n JOIN deck ON deck.id = deck_id ORDER BY guid")),
        ("card", "SELECT guid, slot, deck.key, card.suspended, due, repetitions, ease, interval, lapses
            FROM card JOIN note ON note.id = note_id JOIN deck ON deck.id = card.deck_id ORDER BY guid, slot".to_owned()),
        ("log", "SELECT id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted, responses, reason,
            repetitions, ease, interval, lapses, due, target FROM log ORDER BY id".to_owned()),
        ("version", format!("SELECT DISTINCT v.guid, says FROM note_version AS v JOIN note AS n USING (guid) WHERE says <> {SAYS}
            ORDER BY guid, says")),
        ("deck", "SELECT name FROM deck WHERE removed = 0 AND EXISTS (SELECT 1 FROM card JOIN deck AS d ON d.id = card.deck_id
            WHERE d.key = deck.key OR substr(d.key, 1, length(deck.key) + 2) = deck.key || '::') ORDER BY key".to_owned()),
        ("setting", "SELECT name, value, at FROM setting ORDER BY name".to_owned()),
        ("limit", "SELECT deck.key, s.name, value, at FROM deck_setting AS s JOIN deck ON deck.id = deck_id
            WHERE EXISTS (SELECT 1 FROM card WHERE card.deck_id = deck.id) ORDER BY 1, 2".to_owned()),
        ("scope", "SELECT * FROM scope ORDER BY 1, 2".to_owned()),
    ] {
        let mut statement = connection.prepare(&sql).unwrap();
        let columns = statement.column_count();
        let rows = statement
            .query_map([], |row| {
                let values: Vec<String> = (0..columns)
                    .map(|column| match row.get(column).unwrap() {
                        Value::Text(text) => text,
                        other => format!("{other:?}"),
                    })
                    .collect();
                Ok(format!("{what}: {}", values.join(" | ")))
            })
            .unwrap();
        lines.extend(rows.map(Result::unwrap));
    }
    lines
}

pub(crate) fn open(path: &Path, time: &Time) -> Collection {
    Collection::open(path, Box::new(time.clone())).unwrap()
}

/// A copy of a collection into which others are taken one after another.
fn merged(folder: &Path, time: &Time, files: &[&Path]) -> PathBuf {
    let path = folder.join(format!("{}.db", fastrand::u64(..)));
    std::fs::copy(files[0], &path).unwrap();
    let mut collection = open(&path, time);
    for other in &files[1..] {
        collection.merge(other).unwrap();
    }
    assert_eq!(collection.check().unwrap().problems, [""; 0]);
    drop(collection);
    path
}

pub(crate) fn same(one: &Path, other: &Path, what: &str) {
    let (one, other) = (agreed(one), agreed(other));
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one, other, "{what}");
    }
    assert_eq!(one.len(), other.len(), "{what}");
}

/// Three devices that did different things, after a common past or none.
fn devices(folder: &Path, seed: u64) -> [PathBuf; 3] {
    let mut random = fastrand::Rng::with_seed(seed);
    let past = folder.join("past.db");
    let time = Time::morning();
    let mut collection = open(&past, &time);
    for _ in 0..random.u8(0..12) {
        step(&mut collection, &time, &mut random);
    }
    drop(collection);
    let begin = time.0.load(std::sync::atomic::Ordering::Relaxed);
    ["a.db", "b.db", "c.db"].map(|name| {
        let path = folder.join(name);
        let time = Time::morning();
        // clocks differ, and a day may have passed
        time.0.store(
            begin + random.i64(-5_000..200_000) + random.i64(0..3) * 86_400_000,
            std::sync::atomic::Ordering::Relaxed,
        );
        if random.u8(0..5) > 0 {
            std::fs::copy(&past, &path).unwrap();
        }
        let mut collection = open(&path, &time);
        for _ in 0..random.u8(0..12) {
            match random.u8(0..8) {
                0 => configure(&mut collection, &mut random),
                1 => drop(collection.undo()),
                _ => step(&mut collection, &time, &mut random),
            }
        }
        assert_eq!(collection.check().unwrap().problems, [""; 0]);
        path
    })
}

#[test]
fn devices_come_to_the_same_in_whatever_order_and_grouping_and_however_often_they_meet() {
    let rounds = std::env::var("PROPTEST_CASES").map_or(30, |cases| cases.parse::<u64>().unwrap() / 20);
    for seed in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let time = Time::morning();
        let [a, b, c] = devices(folder, seed).map(|path| path.as_path().to_owned());
        let (a, b, c) = (a.as_path(), b.as_path(), c.as_path());
        let ab = merged(folder, &time, &[a, b]);
        same(&ab, &merged(folder, &time, &[b, a]), &format!("seed {seed}: either order"));
        let bc = merged(folder, &time, &[b, c]);
        let abc = merged(folder, &time, &[&ab, c]);
        same(&abc, &merged(folder, &time, &[a, &bc]), &format!("seed {seed}: any grouping"));
        same(&abc, &merged(folder, &time, &[c, b, a]), &format!("seed {seed}: backwards"));
        same(&abc, &merged(folder, &time, &[b, a, c, &ab, b, &bc]), &format!("seed {seed}: again and again"));
        let mut once_more = open(&abc, &time);
        for other in [a, b, c, &ab, &bc] {
            let merged = once_more.merge(other).unwrap();
            assert!(!merged.changed, "seed {seed}: {merged:?}");
        }
        drop(once_more);
        let all = agreed(&abc);
        for device in [a, b, c] {
            for row in agreed(device).iter().filter(|line| line.starts_with("log: ")) {
                assert!(all.contains(row), "seed {seed}: {row}");
            }
        }
    }
}

/// A second device with a copy of the collection.
fn second(matura: &Matura) -> Matura {
    let other = Matura::new();
    matura.json(&["backup", other.collection().to_str().unwrap()]);
    other
}

fn take(matura: &Matura, other: &Matura) -> serde_json::Value {
    matura.json(&["merge", other.collection().to_str().unwrap()])
}

#[test]
fn answers_of_two_devices_are_replayed_together_and_a_day_counts_once() {
    let mut one = Matura::with_bank(&facts(3));
    let mut other = second(&one);
    one.json(&["answer", "1", "--grade", "4"]);
    other.now("2026-11-23T12:00:00Z").json(&["answer", "1", "--grade", "1"]);
    other.json(&["answer", "2", "--grade", "5"]);
    one.now("2026-11-24T09:00:00Z").json(&["answer", "3", "--grade", "4"]);
    let merged = take(&one, &other);
    assert_eq!((&merged["reviews"], &merged["changed"]), (&2.into(), &true.into()));
    assert_eq!(one.check()["reviews"], 4);
    let cards = one.cards();
    assert_eq!(
        (&cards[0]["due"], &cards[0]["lapses"]),
        (&"2026-11-24".into(), &0.into()),
        "the first of the day counts"
    );
    assert_eq!(cards[1]["ease"], 2600);
    take(&other, &one);
    assert_eq!(other.now("2026-11-24T09:00:00Z").cards(), one.cards());
    let again = take(&one, &other);
    assert_eq!((&again["changed"], &again["before"]), (&false.into(), &serde_json::Value::Null));
    assert_eq!(one.json(&["backups"])[0]["reason"], "merge");
    let ran = one.run(&["undo"]);
    assert!(ran.err.contains("merge \"collection.db\", cannot be taken back alone"), "{}", ran.err);
}

#[test]
fn of_two_edits_the_later_holds_and_the_other_is_in_the_history() {
    let mut one = Matura::with_bank(&facts(4));
    let mut other = second(&one);
    one.json(&["edit", "1", "--answer", "mine"]);
    one.json(&["remove", "2"]);
    one.json(&["edit", "3", "--answer", "kept"]);
    other.now("2026-11-23T10:00:00Z").json(&["edit", "1", "--answer", "later"]);
    other.json(&["edit", "2", "--answer", "still wanted"]);
    one.now("2026-11-23T11:00:00Z").json(&["suspend", "4"]);
    other.now("2026-11-23T12:00:00Z").json(&["remove", "3"]);
    let merged = take(&one, &other);
    assert_eq!((&merged["notes_edited"], &merged["notes_removed"]), (&2.into(), &2.into()), "{merged}");
    let shown = one.json(&["show", "1"]);
    assert_eq!(shown["answer"], "later");
    let before: Vec<&str> = shown["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|was| was["fields"]["answer"].as_str().unwrap())
        .collect();
    assert_eq!(before, ["mine", "answer 1"]);
    assert_eq!(one.json(&["show", "2"])["answer"], "still wanted", "an edit that is later than a removal");
    assert_eq!(one.run(&["show", "3"]).status, 1, "a removal that is later than an edit");
    take(&other, &one);
    assert_eq!(other.json(&["list"]), one.json(&["list"]));
    assert_eq!(other.json(&["list", "is:suspended"]).as_array().unwrap().len(), 1);
}

#[test]
fn words_of_the_learner_hold_against_a_bank_that_was_imported_on_another_device_later() {
    let mut one = Matura::with_bank(&facts(2));
    let mut other = Matura::new();
    one.json(&["edit", "1", "--answer", "mine"]);
    one.json(&["mark", "2"]);
    one.json(&["remove", "2"]);
    one.now("2026-11-25T09:00:00Z");
    other.now("2026-11-25T09:00:00Z").import(&facts(2));
    take(&one, &other);
    take(&other, &one);
    for device in [&one, &other] {
        assert_eq!(device.json(&["show", "1"])["answer"], "mine");
        assert_eq!(device.json(&["list"]).as_array().unwrap().len(), 1, "what was removed stays removed");
        device.check();
        // and the next version of the bank leaves them alone
        assert_eq!(device.import(&facts(2))["updated"], 0);
        assert_eq!(device.json(&["show", "1"])["answer"], "mine");
    }
}

#[test]
fn an_old_backup_brings_back_what_is_missing_and_nothing_else() {
    let mut matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    let old = matura.path("old.db");
    matura.json(&["backup", old.to_str().unwrap()]);
    matura.now("2026-11-25T09:00:00Z").json(&["answer", "1", "--grade", "4"]);
    matura.json(&["edit", "2", "--answer", "new"]);
    matura.json(&["undo"]);
    let before = matura.json(&["list"]);
    let merged = matura.json(&["merge", old.to_str().unwrap()]);
    assert_eq!(merged["changed"], false, "{merged}");
    assert_eq!(matura.json(&["list"]), before);
}

#[test]
fn what_cannot_be_merged_is_refused_and_both_files_stay() {
    let matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    let make = |name: &str, sql: &str| {
        let path = matura.path(name);
        matura.json(&["backup", path.to_str().unwrap()]);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        path
    };
    let before = matura.json(&["list"]);
    for (path, kind, part) in [
        (make("note.db", "UPDATE note SET kind = 'riddle' WHERE id = 1"), "damaged", "riddle"),
        (make("newer.db", "PRAGMA user_version = 99"), "too-new", "99"),
        (
            make("full.db", "DROP TRIGGER log_keeps_its_rows; UPDATE log SET seq = 2147483647"),
            "damaged",
            "cannot be",
        ),
        (
            matura.file("text.db", "no collection at all, but a text that is long enough to be read"),
            "not-a-collection",
            "text.db",
        ),
        (matura.path("none.db"), "not-found", "none.db"),
        (matura.collection(), "input", "itself"),
        ("/dev/zero".into(), "input", "no ordinary file"),
        (matura.path(""), "input", "directory"),
    ] {
        let bytes = path.is_file().then(|| std::fs::read(&path).unwrap());
        let ran = matura.run(&["merge", path.to_str().unwrap(), "--json"]);
        let error = ran.json()["error"].clone();
        assert_eq!((ran.status, error["kind"].as_str()), (1, Some(kind)), "{error}");
        assert!(error["message"].as_str().unwrap().contains(part), "{error}");
        assert_eq!(path.is_file().then(|| std::fs::read(&path).unwrap()), bytes);
        assert_eq!(matura.json(&["list"]), before);
    }
    matura.check();
}

#[test]
fn where_logs_contradict_each_other_the_rest_is_taken_in_and_the_row_stays_until_one_of_them_is_believed() {
    let one = Matura::with_bank(&facts(3));
    one.json(&["answer", "1", "--grade", "4"]);
    let other = second(&one);
    other.json(&["answer", "2", "--grade", "4"]);
    let sql = "DROP TRIGGER log_keeps_its_rows; UPDATE log SET grade = 1 WHERE n = 1";
    Connection::open(other.collection()).unwrap().execute_batch(sql).unwrap();
    std::fs::remove_dir_all(other.path("collection.db.backups")).ok();
    other.json(&["check", "--repair"]);
    let file = other.collection();
    let file = file.to_str().unwrap();
    let folder = one.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let folder = folder.to_str().unwrap();
    other.json(&["sync", folder]);

    let state = one.cards()[0].clone();
    let merged = one.json(&["merge", file]);
    assert_eq!(merged["reviews"], 1, "the rest is taken in");
    let altered = &merged["altered"][0];
    assert_eq!((&altered["card"], &altered["here"], &altered["there"]), (&1.into(), &4.into(), &1.into()));
    assert_eq!(one.cards()[0], state);
    for _ in 0..2 {
        // it is told until it is settled
        let ran = one.run(&["sync", folder]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.err.contains("card 1, 2026-11-23T09:00:00Z: grade 4 here, 1 there"), "{}", ran.err);
        assert!(ran.err.contains("matura merge --believe-other"), "{}", ran.err);
    }
    let settled = other.json(&["merge", "--believe-other", one.collection().to_str().unwrap()]);
    assert_eq!((&settled["altered"], &settled["changed"]), (&serde_json::json!([]), &true.into()));
    other.json(&["sync", folder]);
    assert_eq!(one.run(&["sync", folder]).err, "");
    assert_eq!(one.json(&["list"]), other.json(&["list"]));
    one.check();
    other.check();
}

#[test]
fn what_follows_from_the_rest_is_mended_in_a_copy_before_it_is_taken_in_and_foreign_triggers_do_nothing() {
    let one = Matura::with_bank(&facts(2));
    let other = second(&one);
    other.json(&["answer", "2", "--grade", "4"]);
    Connection::open(other.collection())
        .unwrap()
        .execute_batch(
            "UPDATE card SET ease = 1300; DROP INDEX card_due;
             CREATE TRIGGER mine AFTER INSERT ON log BEGIN DELETE FROM note; END; CREATE VIEW all_of_it AS SELECT 1",
        )
        .unwrap();
    assert_eq!(take(&one, &other)["reviews"], 1);
    assert_eq!(one.check()["notes"], 2);
    assert_eq!(one.cards()[1]["ease"], 2500);
}
