//! What `check` finds.

use crate::builder::{Matura, facts};

fn run_sql(matura: &Matura, sql: &str) {
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn damage(matura: &Matura, sql: &str) -> String {
    run_sql(matura, sql);
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
        ("DROP TRIGGER log_keeps_its_rows", "trigger log_keeps_its_rows is missing"),
        ("CREATE VIEW mine AS SELECT 1", "view mine is not matura's"),
    ] {
        let matura = Matura::with_bank(&facts(3));
        matura.json(&["answer", "1", "--grade", "4"]);
        matura.check();
        let problems = damage(&matura, sql);
        assert!(problems.contains(what), "{sql}: {problems}");
    }
}

#[test]
fn what_follows_from_notes_and_log_is_made_anew_after_a_backup_and_told() {
    for (sql, told) in [
        ("UPDATE card SET due = due + 1 WHERE id = 1", "card 1 (\"question 1\") is due on 2026-11-24"),
        ("UPDATE card SET ease = 1300 WHERE id = 2", "card 2 (\"question 2\") is new; it was new"),
        ("UPDATE card SET suspended = 1 WHERE id = 2", "card 2"),
        ("UPDATE card SET slot = 'nowhere' WHERE id = 2", "1 card that could not be read"),
        ("UPDATE card SET slot = 'c4' WHERE id = 2", "card 2, which its note does not make, is gone"),
        ("UPDATE deck SET cards = cards + 1", "totals"),
        ("DELETE FROM deck_day", "totals"),
        ("DELETE FROM card WHERE id = 2", "it was missing"),
        ("DROP INDEX card_due", "index card_due"),
        ("DROP TRIGGER log_loses_no_row", "trigger log_loses_no_row"),
        ("CREATE TRIGGER mine AFTER INSERT ON log BEGIN DELETE FROM setting; END", "trigger mine"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM deck", "Recovered 1"),
        ("UPDATE deck SET key = 'x'", "the deck bank is not found by its name: it is bank now"),
        ("UPDATE deck SET removed = 1", "is gone although cards stand in it"),
        ("UPDATE operation SET act = 'zork'", "cannot be taken back any more"),
        ("UPDATE operation SET first_note = 1, next_note = 9999", "cannot be taken back any more"),
    ] {
        let matura = Matura::with_bank(&facts(3));
        matura.json(&["answer", "1", "--grade", "4"]);
        let before = matura.json(&["list"]);
        damage(&matura, sql);
        let plain = matura.run(&["check"]);
        assert!(plain.err.contains("matura check --repair"), "{sql}: {}", plain.err);
        let repaired = matura.json(&["check", "--repair"]);
        assert!(repaired["changed"].to_string().replace("\\\"", "\"").contains(told), "{sql}: {repaired}");
        assert_eq!(matura.check()["reviews"], 1, "{sql}");
        // of a card that lost its name nobody knows which it was
        if !["Recovered", "could not be read", "is gone"].iter().any(|lost| told.contains(lost)) {
            assert_eq!(matura.json(&["list"]), before, "{sql}");
        }
        let backup = matura.json(&["backups"])[0].clone();
        assert_eq!((&backup["reason"], &backup["file"]), (&"repair".into(), &repaired["before"]), "{sql}");
        // the answer is undone from there on as ever
        assert_eq!(matura.json(&["undo"])["undone"]["card"], 1, "{sql}");
        matura.check();
    }
    let matura = Matura::with_bank(&facts(1));
    let sound = matura.json(&["check", "--repair"]);
    assert_eq!((&sound["ok"], &sound["before"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(matura.json(&["backups"]).as_array().unwrap().len(), 0, "nothing was to be done");
}

#[test]
fn a_note_that_cannot_be_read_is_taken_out_and_comes_back_with_its_answers_from_an_earlier_backup() {
    let mut matura = Matura::with_bank(&facts(3));
    matura.json(&["answer", "2", "--grade", "4"]);
    matura.json(&["backup"]);
    matura.now("2026-11-24T09:00:00Z").json(&["answer", "2", "--grade", "5"]);
    let before = matura.json(&["list"]);
    for sql in [
        "UPDATE note SET kind = 'riddle' WHERE prompt = 'question 2'",
        "UPDATE note SET kind = 'choice', detail = '{' WHERE prompt = 'question 2'",
    ] {
        damage(&matura, sql);
        assert_eq!(matura.run(&["list"]).status, 1);
        let repaired = matura.json(&["check", "--repair"])["changed"].to_string();
        assert!(repaired.contains("could not be read"), "{repaired}");
        assert!(repaired.contains("1 note and 0 answers were taken from"), "{repaired}");
        assert_eq!(matura.json(&["list"]), before, "in its place, under its number, with its schedule");
        matura.check();
    }
}

#[test]
fn an_earlier_version_that_cannot_be_read_is_found_and_keeps_nobody_from_the_rest() {
    let matura = Matura::with_bank(&facts(1));
    matura.json(&["edit", "1", "--answer", "new"]);
    for says in ["no JSON", "{\"kind\":\"riddle\"}", "{\"kind\":\"fact\",\"prompt\":7}"] {
        let problems =
            damage(&matura, &format!("INSERT INTO note_version SELECT guid, '{says}', 5 FROM note"));
        assert!(problems.contains("an earlier version of note"), "{says}: {problems}");
        assert_eq!(matura.json(&["show", "1"])["versions"].as_array().unwrap().len(), 1, "{says}");
        // a merge takes in what is sound of it
        let other = Matura::new();
        assert_eq!(other.json(&["merge", matura.collection().to_str().unwrap()])["notes_added"], 1);
        other.check();
        matura.json(&["check", "--repair"]);
        assert_eq!(matura.json(&["show", "1"])["versions"].as_array().unwrap().len(), 1, "{says}");
        matura.check();
    }
}

#[test]
fn figures_that_no_clock_made_are_found() {
    let row = "INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
        SELECT randomblob(16), guid, 'front'";
    let rest = "'drill', 4, 0, 1, 0 FROM note";
    for sql in [
        format!("{row}, 2147483647, 1, 1, {rest}"),
        format!("{row}, 1, 9223372036854775807, 1, {rest}"),
        format!("{row}, 1, 1, 2147483647, {rest}"),
        "UPDATE note SET edited_at = -9223372036854775807".to_owned(),
        "UPDATE deck SET named_at = 9223372036854775807".to_owned(),
    ] {
        let matura = Matura::with_bank(&facts(1));
        let problems = damage(&matura, &sql);
        assert!(problems.contains("has a text or a figure that cannot be"), "{sql}: {problems}");
        matura.json(&["check", "--repair"]);
        matura.check();
    }
}

#[test]
fn answers_that_a_wrong_clock_dated_ahead_are_remarked_on() {
    let mut matura = Matura::with_bank(&facts(2));
    matura.now("2036-05-01T09:00:00Z").json(&["answer", "1", "--grade", "4"]);
    let ran = matura.now("2026-11-23T09:00:00Z").run(&["check"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("1 answer is dated after today, up to 2036-05-01"), "{}", ran.err);
    assert_eq!(matura.now("2036-05-01T10:00:00Z").check()["remarks"], serde_json::json!([]));
}

#[test]
fn a_row_of_the_log_that_cannot_be_read_is_named_with_its_card_and_comes_back_from_a_backup() {
    let matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    matura.json(&["answer", "2", "--grade", "4"]);
    let before = matura.json(&["list"]);
    let sql = "DROP TRIGGER log_keeps_its_rows; PRAGMA ignore_check_constraints = ON; UPDATE log SET grade = 77 WHERE n = 2";
    let named = || {
        let problems = damage(&matura, sql).replace("\\\"", "\"");
        assert!(problems.contains("row 2 of the log, of card 2 (\"question 2\")"), "{problems}");
        assert!(!problems.contains("question 1"), "{problems}");
    };
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    named();
    let repaired = matura.json(&["check", "--repair"])["changed"].to_string();
    assert!(
        repaired.contains("row 2 of the log, of note") && repaired.contains("it was taken out"),
        "{repaired}"
    );
    assert!(repaired.contains("0 notes and 1 answer were taken from"), "{repaired}");
    assert_eq!(matura.check()["reviews"], 2);
    assert_eq!(matura.json(&["list"]), before);
    // where no backup has it, it is lost, and all else is not
    matura.json(&["restore", &backup]);
    std::fs::remove_dir_all(matura.path("collection.db.backups")).unwrap();
    named();
    let repaired = matura.json(&["check", "--repair"])["changed"].to_string();
    assert!(repaired.contains("no sound backup"), "{repaired}");
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn a_setting_that_cannot_be_is_remarked_on_and_a_default_holds() {
    let matura = Matura::with_bank(&facts(1));
    matura.json(&["config", "new_per_day", "7"]);
    run_sql(&matura, "UPDATE setting SET value = 'abc'");
    let remarks = matura.check()["remarks"].to_string();
    assert!(remarks.contains("the setting new_per_day cannot be"), "{remarks}");
    assert_eq!(matura.json(&["config"])["new_per_day"], 20);
}

#[test]
fn a_collection_that_is_gone_or_empty_beside_its_backups_is_not_begun_anew() {
    let matura = Matura::with_bank(&facts(2));
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    for content in [None, Some(&b""[..]), Some(&[0; 8192][..])] {
        std::fs::remove_file(matura.collection()).unwrap();
        if let Some(content) = content {
            matura.file("collection.db", content);
        }
        for args in
            [&["check"][..], &["check", "--repair"], &["list"], &[], &["add", "a", "b"], &["sync", "."]]
        {
            let ran = matura.run(args);
            assert_eq!(ran.status, 1, "{args:?}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("matura restore brings one back"), "{args:?}: {}", ran.err);
            assert_eq!(std::fs::read(matura.collection()).ok().as_deref(), content, "{args:?}");
        }
        assert_eq!(matura.json(&["backups"]).as_array().unwrap().len(), 1);
        assert_eq!(matura.json(&["restore", &backup])["notes"], 2);
        matura.check();
        std::fs::remove_dir_all(matura.path("collection.db.backups")).unwrap();
        matura.json(&["backup"]);
        let newest = matura.json(&["backups"])[0]["file"].as_str().unwrap().to_owned();
        std::fs::rename(newest, &backup).unwrap();
    }
}

#[test]
fn at_a_time_that_cannot_be_nothing_is_written() {
    let mut matura = Matura::with_bank(&facts(1));
    for now in ["4500-01-01T09:00:00Z", "1900-01-01T09:00:00Z"] {
        let ran = matura.now(now).run(&["answer", "1", "--grade", "4"]);
        assert_eq!(ran.status, 1);
        assert!(
            ran.err.contains("the clock says that it is") && ran.err.contains("clock of this machine"),
            "{}",
            ran.err
        );
    }
    assert_eq!(matura.now("2026-11-24T09:00:00Z").check()["reviews"], 0);
}
