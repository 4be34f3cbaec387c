//! What cannot be read in any table, or on any page, and how it comes back.

use crate::builder::{Matura, facts};

/// A collection with something in each of its tables.
fn full() -> Matura {
    let mut matura = Matura::with_bank(&facts(6));
    for card in ["1", "2", "3"] {
        matura.json(&["answer", card, "--grade", "4"]);
    }
    matura.json(&["edit", "2", "--answer", "edited"]);
    matura.json(&["config", "new_per_day", "7"]);
    matura.json(&["config", "--deck", "bank", "new_per_day", "3"]);
    matura.json(&["suspend", "5"]);
    matura.json(&["add", "front", "back", "--deck", "Mine"]);
    matura.json(&["decks", "rename", "Mine", "Yours"]);
    matura.json(&["add", "not wanted", "any more", "--deck", "Yours"]);
    matura.json(&["remove", "8"]);
    assert_eq!(
        matura.run_with(&["test", "--plain", "--seed", "1", "--questions", "2"], "\n4\n\n4\n").status,
        0
    );
    assert_eq!(matura.run_with(&["match", "--plain"], &"A\nB\nC\nD\nE\nF\n".repeat(9)).status, 0);
    std::fs::create_dir(matura.path("folder")).unwrap();
    matura.json(&["sync", "folder"]);
    matura.now("2026-11-24T09:00:00Z").json(&["answer", "1", "--grade", "5"]);
    matura.json(&["mark", "6"]);
    matura.json(&["backup"]);
    matura
}

/// All that a learner can see of it.
fn everything(matura: &Matura) -> Vec<serde_json::Value> {
    let shown: &[&[&str]] = &[
        &["list"],
        &["show", "1"],
        &["show", "2"],
        &["decks"],
        &["config"],
        &["config", "--deck", "bank"],
        &["test", "--history"],
        &["match", "--history"],
        &[],
    ];
    shown.iter().map(|args| matura.json(args)).collect()
}

/// Has SQLite take what no statement of matura's would write.
fn force(matura: &Matura, sql: &str) {
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    let triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let mut triggers = connection.prepare(triggers).unwrap();
    let triggers: Vec<(String, String)> =
        triggers.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let changed = connection.execute(sql, []).unwrap();
    assert!(changed > 0, "{sql}");
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

#[test]
fn what_cannot_be_read_in_any_table_is_named_and_comes_back_from_a_backup() {
    let bad = "CAST(x'ff31' AS TEXT)";
    for (sql, named) in [
        (format!("UPDATE setting SET value = {bad}"), "the setting new_per_day"),
        (format!("UPDATE setting SET name = {bad}"), "the setting \u{fffd}1"),
        ("UPDATE setting SET at = 9223372036854775807".to_owned(), "the setting new_per_day"),
        (format!("UPDATE deck_setting SET value = {bad}"), "the limit new_per_day of a deck"),
        (format!("UPDATE operation SET about = {bad} WHERE act = 'suspend'"), "cannot be told"),
        (format!("UPDATE operation_was SET key = {bad} WHERE what = 'note'"), "cannot be told"),
        ("UPDATE operation_was SET key = 'x' WHERE what = 'note' AND key = 2".to_owned(), "cannot be told"),
        ("UPDATE operation_was SET what = 'riddle'".to_owned(), "cannot be told"),
        (format!("UPDATE test SET deck = {bad}"), "the test"),
        ("UPDATE test SET questions = 9223372036854775807".to_owned(), "the test"),
        (format!("UPDATE match_round SET deck = {bad}"), "a round of matching"),
        ("UPDATE match_round SET wrong = 9223372036854775807".to_owned(), "a round of matching"),
        ("UPDATE match_round SET took_ms = 9223372036854775807".to_owned(), "a round of matching"),
        (format!("UPDATE bank SET format = {bad}"), "the bank bank.csv"),
        (format!("UPDATE bank SET name = {bad}"), "the bank \u{fffd}1"),
        (format!("UPDATE deck SET name = {bad} WHERE id = 1"), "the deck \u{fffd}1"),
        (format!("UPDATE deck SET key = {bad} WHERE id = 1"), "the deck bank"),
        ("DELETE FROM deck WHERE id = 1".to_owned(), "does not exist"),
        (format!("UPDATE note SET prompt = {bad} WHERE id = 1"), "cannot be read"),
        (format!("UPDATE note SET tags = {bad} WHERE id = 1"), "cannot be read"),
        (format!("UPDATE note SET guid = {bad} WHERE id = 1"), "cannot be read"),
        ("UPDATE note SET guid = 'another' WHERE id = 1".to_owned(), "schedule of card 1"),
        (format!("UPDATE note SET said_there = {bad} WHERE id = 1"), "has a text"),
        (format!("UPDATE note SET suspended = {bad} WHERE id = 4"), "cannot be read"),
        (format!("UPDATE note SET kind = {bad} WHERE id = 3"), "cannot be read"),
        ("UPDATE note SET touched_at = 9223372036854775807 WHERE id = 1".to_owned(), "a figure"),
        ("UPDATE note SET created_at = -9223372036854775807 WHERE id = 2".to_owned(), "a figure"),
        ("UPDATE note SET removed_at = 9223372036854775807 WHERE removed_at > 0".to_owned(), "a figure"),
        (format!("INSERT INTO note_version SELECT guid, {bad}, 5 FROM note LIMIT 1"), "an earlier version"),
        (format!("UPDATE note_version SET guid = {bad}"), "an earlier version"),
        ("UPDATE log SET took_ms = 9223372036854775807 WHERE n = 1".to_owned(), "row 1 of the log"),
        (format!("UPDATE log SET responses = {bad} WHERE n = 2"), "row 2 of the log"),
        ("UPDATE log SET slot = 'a::' WHERE n = 1".to_owned(), "row 1 of the log"),
        ("UPDATE log SET at = 9223372036854775807 WHERE n = 3".to_owned(), "row 3 of the log"),
        ("UPDATE log SET grade = 1 WHERE n = 1".to_owned(), "schedule of card 1"),
        ("UPDATE log SET id = x'00112233445566778899aabbccddeeff' WHERE n = 1; ".to_owned(), ""),
        ("UPDATE log SET hinted = 2 WHERE n = 2".to_owned(), "row 2 of the log"),
        ("UPDATE log SET took_ms = -1".to_owned(), "row 2 of the log"),
        ("UPDATE log SET day = day - 5 WHERE n = 3".to_owned(), "schedule of card 3"),
        ("UPDATE log SET id = randomblob(16) WHERE n = 1".to_owned(), ""),
        ("UPDATE note SET marked = 2 WHERE id = 6".to_owned(), "note"),
        ("UPDATE note SET withdrawn = -1 WHERE id = 2".to_owned(), "note"),
        ("UPDATE note SET deck_id = deck_id + 64 WHERE id = 1".to_owned(), "does not exist"),
        ("UPDATE deck SET id = 77 WHERE id = 1".to_owned(), "does not exist"),
        ("DELETE FROM test".to_owned(), "does not exist"),
        ("DELETE FROM test_answer".to_owned(), ""),
        (format!("UPDATE scope SET was = {bad}"), "a former name of the deck"),
        (format!("UPDATE sync_device SET stamp = {bad}"), "the name of this device"),
    ] {
        let matura = full();
        let before = everything(&matura);
        force(&matura, &sql);
        if named.is_empty() {
            // nothing tells it from what may be; but where something else is wrong too, the backups are asked
            force(&matura, "UPDATE deck SET cards = cards + 1");
        } else {
            let ran = matura.run(&["check"]);
            assert_eq!(ran.status, 1, "{sql}");
            assert!(ran.err.contains(named), "{sql}: {}", ran.err);
        }
        let repaired = matura.json_of(&["check", "--repair"]);
        assert_eq!(repaired["ok"], true, "{sql}: {repaired}");
        for (now, before) in everything(&matura).iter().zip(&before) {
            assert_eq!(now, before, "{sql}: {}", repaired["changed"]);
        }
        // what can be taken back is, and what cannot be is said to be so
        let undone = matura.json_of(&["undo"]);
        assert!(
            undone["error"]["kind"].is_null() || undone["error"]["kind"] == "not-found",
            "{sql}: {undone}"
        );
        matura.json(&["sync", "folder"]);
        matura.check();
    }
}

#[test]
fn what_was_done_after_the_last_backup_stays_as_it_is() {
    let mut matura = full();
    matura.now("2026-11-24T10:00:00Z");
    for args in [
        &["answer", "2", "--grade", "3"][..],
        &["answer", "4", "--grade", "5"],
        &["undo"],
        &["edit", "3", "--answer", "later"],
        &["edit", "4", "--answer", "wrong"],
        &["undo"],
        &["tag", "2", "--add", "new"],
        &["suspend", "1"],
        &["resume", "5"],
        &["unmark", "6"],
        &["remove", "6"],
        &["add", "later", "still"],
        &["decks", "rename", "Yours", "Theirs"],
        &["config", "new_per_day", "9"],
        &["config", "--deck", "bank", "new_per_day", "--unset"],
        &["reschedule", "3", "--due", "2026-12-24"],
    ] {
        matura.json(args);
    }
    let before = everything(&matura);
    for sql in [
        "UPDATE card SET ease = 1300",
        "UPDATE deck SET cards = cards + 1",
        "UPDATE operation SET act = 'riddle'",
        "UPDATE log SET grade = 1 WHERE n = 1",
        "UPDATE note SET prompt = CAST(x'ff' AS TEXT) WHERE id = 1",
        "UPDATE test SET deck = CAST(x'ff' AS TEXT)",
        "DELETE FROM card WHERE id IN (1, 3)",
    ] {
        force(&matura, sql);
        assert_eq!(matura.run(&["check"]).status, 1, "{sql}");
        let repaired = matura.json(&["check", "--repair"]);
        for (now, before) in everything(&matura).iter().zip(&before) {
            assert_eq!(now, before, "{sql}: {}", repaired["changed"]);
        }
        matura.check();
    }
}

#[test]
fn of_a_note_in_which_a_letter_is_lost_only_that_text_is_as_the_backup_has_it() {
    let mut matura = Matura::new();
    matura.json(&["add", "asks", "says", "--hint", "helps"]);
    matura.json(&["backup"]);
    matura.now("2026-11-24T09:00:00Z").json(&["edit", "1", "--prompt", "asks more"]);
    matura.json(&["tag", "1", "--add", "new"]);
    let before = matura.json(&["show", "1"]);
    force(&matura, "UPDATE note SET hint = CAST(x'68ff' AS TEXT)");
    matura.json(&["check", "--repair"]);
    assert_eq!(matura.json(&["show", "1"]), before);
}

#[test]
fn a_backup_that_is_damaged_itself_is_not_believed() {
    let mut matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "5"]);
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    matura.now("2026-11-24T09:00:00Z").json(&["answer", "1", "--grade", "4"]);
    let before = matura.json(&["show", "1"]);
    let connection = rusqlite::Connection::open(backup).unwrap();
    connection.execute_batch("DROP TRIGGER log_keeps_its_rows; UPDATE log SET grade = 1").unwrap();
    force(&matura, "UPDATE deck SET cards = cards + 1");
    matura.json(&["check", "--repair"]);
    assert_eq!(matura.json(&["show", "1"]), before);
}

#[test]
fn what_a_restore_left_behind_stays_there_whatever_clocks_say_and_whatever_became_of_its_file() {
    // when it is brought back, and what was there then
    for (at, collection) in [
        ("2026-11-25T09:00:00Z", "stays"),
        ("2026-11-25T09:00:00Z", "goes"),
        ("2026-11-25T09:00:00Z", "is garbage"),
        ("2026-11-20T09:00:00Z", "stays"),
        ("2046-11-20T09:00:00Z", "stays"),
    ] {
        let mut matura = Matura::new();
        matura.json(&["add", "wanted", "yes"]);
        let wanted = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
        matura.now("2026-11-24T09:00:00Z").json(&["add", "wrong", "no"]);
        matura.json(&["answer", "1", "--grade", "1"]);
        matura.json(&["backup"]);
        match collection {
            "stays" => {}
            "goes" => std::fs::remove_file(matura.collection()).unwrap(),
            _ => drop(matura.file("collection.db", "not a collection any more, but long enough")),
        }
        matura.now(at).json(&["restore", &wanted]);
        matura.now("2026-11-26T09:00:00Z").json(&["add", "later", "yes"]);
        matura.json(&["backup"]);
        let before = matura.json(&["list"]);
        force(&matura, "UPDATE note SET kind = 'riddle' WHERE prompt = 'later'");
        let repaired = matura.json(&["check", "--repair"]);
        assert_eq!(matura.json(&["list"]), before, "{at} {collection}: {}", repaired["changed"]);
        assert_eq!(matura.check()["reviews"], 0, "{at} {collection}");
    }
}

#[test]
fn without_a_backup_what_can_be_read_of_a_note_stays_and_the_rest_works() {
    let matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    std::fs::remove_dir_all(matura.path("collection.db.backups")).unwrap();
    force(&matura, "UPDATE note SET answer = CAST(x'6f6bff' AS TEXT) WHERE id = 1");
    assert_eq!(matura.run(&["list"]).status, 1);
    matura.json(&["check", "--repair"]);
    let shown = matura.json(&["show", "1"]);
    assert_eq!(shown["answer"], "ok\u{fffd}", "{shown}");
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn what_is_lost_is_looked_for_in_every_backup_of_the_same_past_whatever_their_dates_say() {
    let mut matura = Matura::with_bank(&facts(2));
    // a clock that is years ahead: by its name this backup is the newest for ever
    matura.now("2046-01-01T09:00:00Z").json(&["backup"]);
    matura.now("2026-11-24T09:00:00Z").json(&["answer", "1", "--grade", "4"]);
    matura.json(&["backup"]);
    let before = matura.json(&["list"]);
    force(&matura, "UPDATE log SET grade = 77 WHERE n = 1");
    matura.json(&["check", "--repair"]);
    assert_eq!(matura.json(&["list"]), before);

    // what a restore left behind stays there
    let kept = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    matura.json(&["add", "not wanted", "any more"]);
    matura.now("2026-11-24T10:00:00Z").json(&["restore", &kept]);
    force(&matura, "UPDATE log SET grade = 77 WHERE n = 1");
    let repaired = matura.json(&["check", "--repair"])["changed"].to_string();
    assert!(repaired.contains(&kept), "{repaired}");
    assert_eq!(matura.json(&["list"]), before);
}

#[test]
fn whatever_page_of_a_table_is_lost_everything_comes_back_from_the_rest_and_a_backup() {
    let matura = full();
    let before = everything(&matura);
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let roots = "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0 UNION SELECT 'sqlite_schema', 1";
    let mut roots = connection.prepare(roots).unwrap();
    let roots: Vec<(String, u32)> =
        roots.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let bytes = std::fs::read(matura.collection()).unwrap();
    let newest = matura.json(&["backups"])[0]["file"].as_str().unwrap().to_owned();
    for (name, page) in roots {
        let mut bytes = bytes.clone();
        let page = page as usize;
        bytes[(page - 1) * 4096..page * 4096].fill(0);
        for ending in ["-wal", "-shm"] {
            drop(std::fs::remove_file(matura.path(&format!("collection.db{ending}"))));
        }
        std::fs::write(matura.collection(), bytes).unwrap();
        let ran = matura.run(&["check", "--repair"]);
        if name == "sqlite_schema" {
            // nothing says any more where anything is
            assert!(ran.err.contains("matura restore brings one back"), "{}", ran.err);
            matura.json(&["restore", &newest]);
        } else {
            assert_eq!(ran.status, 0, "{name}: {}{}", ran.out, ran.err);
        }
        matura.check();
        for (now, before) in everything(&matura).iter().zip(&before) {
            assert_eq!(now, before, "{name}: {}", ran.out);
        }
    }
}

#[test]
fn a_header_that_is_damaged_is_told_and_a_restore_leads_on() {
    let matura = Matura::with_bank(&facts(1));
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    let bytes = std::fs::read(&backup).unwrap();
    // how it is written and read, the format of the schema, the size, the version of the schema
    for place in [18, 19, 47, 29, 60] {
        let mut bytes = bytes.clone();
        bytes[place] ^= 0x11;
        for ending in ["-wal", "-shm"] {
            drop(std::fs::remove_file(matura.path(&format!("collection.db{ending}"))));
        }
        std::fs::write(matura.collection(), bytes).unwrap();
        for args in [&["check"][..], &["check", "--repair"], &["answer", "1", "--grade", "4"]] {
            let ran = matura.run(args);
            assert_eq!(ran.status, 1, "{place}: {args:?}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("damaged") || ran.err.contains("never was"), "{place}: {}", ran.err);
            assert!(ran.err.contains("matura restore brings one back"), "{place}: {}", ran.err);
        }
        matura.json(&["restore", &backup]);
        matura.check();
    }
}
