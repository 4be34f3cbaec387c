//! Backups by themselves and on demand, and the way back.

use serde_json::Value;

use crate::builder::{Matura, facts};
use crate::dialogue::Dialogue;

/// Why the backups were made, the newest first.
fn reasons(matura: &Matura) -> Vec<String> {
    let backups = matura.json(&["backups"]);
    backups.as_array().unwrap().iter().map(|backup| backup["reason"].as_str().unwrap().to_owned()).collect()
}

fn file(matura: &Matura, place: usize) -> String {
    matura.json(&["backups"])[place]["file"].as_str().unwrap().to_owned()
}

#[test]
fn the_first_change_of_a_day_makes_a_backup_and_looking_makes_none() {
    let mut matura = Matura::with_bank(&facts(3));
    assert_eq!(reasons(&matura), [""; 0], "there was nothing before");
    for day in 23..26 {
        matura.now(&format!("2026-11-{day}T09:00:00Z"));
        for args in [&["list"][..], &[], &["check"], &["log"]] {
            matura.json(args);
        }
        assert_eq!(reasons(&matura).len(), day - 23);
        matura.json(&["answer", "1", "--grade", "4"]);
        matura.json(&["mark", "2"]);
        assert_eq!(reasons(&matura).len(), day - 22);
    }
    // a study day begins at four
    matura.now("2026-11-26T03:00:00Z").json(&["unmark", "2"]);
    assert_eq!(reasons(&matura), ["daily"; 3]);
}

#[test]
fn an_import_that_changes_something_keeps_the_state_from_before() {
    let mut matura = Matura::with_bank(&facts(3));
    let bank = matura.file("bank.csv", facts(2));
    let bank = bank.to_str().unwrap();
    matura.json(&["import", bank]);
    matura.json(&["import", bank, "--prune", "--dry-run"]);
    assert_eq!(matura.run(&["import", "/no such file"]).status, 1);
    assert_eq!(reasons(&matura), [""; 0]);
    matura.json(&["import", bank, "--prune"]);
    assert_eq!(reasons(&matura), ["prune"]);
    matura.now("2026-11-23T09:00:01Z").import(&facts(4));
    assert_eq!(reasons(&matura), ["import", "prune"]);
    let restored = matura.json(&["restore", &file(&matura, 1)]);
    assert_eq!(restored["notes"], 3);
    assert_eq!(matura.check()["notes"], 3);
}

#[test]
fn a_state_that_was_restored_can_be_left_again_and_what_came_before_it_is_not_undone() {
    let matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    let kept = matura.path("kept.db");
    assert!(matura.run(&["backup", kept.to_str().unwrap()]).out.starts_with("backed up to"));
    let then = matura.json(&["list"]);
    matura.json(&["answer", "2", "--grade", "1"]);
    let later = matura.json(&["list"]);
    let restored = matura.json(&["restore", kept.to_str().unwrap()]);
    assert_eq!((&restored["notes"], &restored["reviews"]), (&2.into(), &1.into()));
    assert_eq!(matura.json(&["list"]), then);
    let ran = matura.run(&["undo"]);
    assert!(
        ran.status == 1 && ran.err.contains("restore \"kept.db\", cannot be taken back alone"),
        "{}",
        ran.err
    );
    matura.json(&["restore", restored["before"].as_str().unwrap()]);
    assert_eq!(matura.json(&["list"]), later);
    matura.check();
}

#[test]
fn a_collection_that_is_gone_or_damaged_comes_back_and_nothing_is_thrown_away() {
    let matura = Matura::with_bank(&facts(2));
    let name = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    let name = name.rsplit('/').next().unwrap().to_owned();
    let before = matura.json(&["list"]);
    std::fs::remove_file(matura.collection()).unwrap();
    let restored = matura.json(&["restore", &name]);
    assert_eq!((&restored["before"], &restored["damaged"]), (&Value::Null, &Value::Null));
    assert_eq!(matura.json(&["list"]), before);
    std::fs::write(matura.collection(), b"SQLite format 3\0 and nothing of what should follow").unwrap();
    assert_eq!(matura.run(&["list"]).status, 1);
    let restored = matura.json(&["restore", &name]);
    let aside = std::fs::read(restored["damaged"].as_str().unwrap()).unwrap();
    assert!(aside.starts_with(b"SQLite format 3\0 and"));
    assert_eq!(matura.json(&["list"]), before);
    matura.check();
}

#[test]
fn what_is_no_sound_backup_is_refused_and_the_collection_stays() {
    let matura = Matura::with_bank(&facts(2));
    let other = matura.file("other.db", "this is no database at all, only a text of some length");
    let damaged = matura.path("damaged.db");
    matura.json(&["backup", damaged.to_str().unwrap()]);
    let connection = rusqlite::Connection::open(&damaged).unwrap();
    connection.execute_batch("UPDATE note SET kind = 'riddle' WHERE id = 1").unwrap();
    drop(connection);
    let empty = matura.file("empty.db", "");
    let newer = matura.path("newer.db");
    matura.json(&["backup", newer.to_str().unwrap()]);
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = matura.json(&["list"]);
    let collection = matura.collection();
    for (file, kind, part) in [
        (other.as_path(), "not-a-collection", "other.db"),
        (&damaged, "damaged", "riddle"),
        (&empty, "not-a-collection", "the file is empty"),
        (&newer, "too-new", "99"),
        (&matura.path("none.db"), "not-found", "there is no backup"),
        (&collection, "input", "the collection itself"),
        ("/dev/null".as_ref(), "input", "/dev/null"),
    ] {
        let ran = matura.run(&["restore", file.to_str().unwrap(), "--json"]);
        let error = ran.json()["error"].clone();
        assert_eq!((ran.status, error["kind"].as_str()), (1, Some(kind)), "{error}");
        assert!(error["message"].as_str().unwrap().contains(part), "{error}");
        assert_eq!(matura.json(&["list"]), before);
    }
    let precious = matura.file("precious.txt", "mine");
    let in_use = matura.path("in-use.db");
    matura.json(&["backup", in_use.to_str().unwrap()]);
    matura.file("in-use.db-wal", "what was written last");
    for (args, part) in [
        (&[collection.to_str().unwrap(), "--replace"][..], "is the collection itself"),
        (&[precious.to_str().unwrap()], "is there already"),
        (&[in_use.to_str().unwrap(), "--replace"], "is in use"),
        (&[matura.path("").to_str().unwrap()], "is a directory"),
        (&["/dev/null", "--replace"], "is no ordinary file"),
    ] {
        let ran = matura.run(&[&["backup"], args].concat());
        assert!(ran.status == 1 && ran.err.contains(part), "{args:?}: {}", ran.err);
    }
    assert_eq!(std::fs::read(&precious).unwrap(), b"mine");
    matura.json(&["backup", precious.to_str().unwrap(), "--replace"]);
    assert_eq!(matura.json(&["restore", precious.to_str().unwrap()])["notes"], 2);
    let left: Vec<_> = std::fs::read_dir(collection.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert_eq!(left, [""; 0], "nothing is left half done");
}

#[cfg(unix)]
#[test]
fn a_backup_that_cannot_be_made_is_told_and_an_answer_is_kept_all_the_same() {
    let matura = Matura::with_bank(&facts(2));
    // a file where the folder should be: also for one who may write everywhere
    matura.file("collection.db.backups", "mine");
    let ran = matura.run(&["answer", "1", "--grade", "4"]);
    assert!(ran.status == 0 && ran.err.contains("today's backup was not made"), "{}{}", ran.out, ran.err);
    assert_eq!(matura.check()["reviews"], 1);
    let bank = matura.file("more.csv", facts(3));
    let ran = matura.run(&["import", bank.to_str().unwrap()]);
    assert!(ran.status == 1 && ran.err.contains("no backup can be kept"), "{}", ran.err);
    assert_eq!(matura.check()["notes"], 2);
}

#[test]
fn what_sqlite_keeps_beside_a_lost_or_damaged_file_is_put_aside_and_never_mixed_into_a_backup() {
    for is_lost in [true, false] {
        let matura = Matura::with_bank(&facts(2));
        let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
        let mut review = Dialogue::start(&matura, &[]);
        review.listen();
        review.ask("");
        review.ask("4");
        review.kill();
        let wal = matura.path("collection.db-wal");
        let last = std::fs::read(&wal).unwrap();
        assert!(!last.is_empty());
        if is_lost {
            std::fs::remove_file(matura.collection()).unwrap();
        } else {
            std::fs::write(matura.collection(), "garbage where a database was").unwrap();
            assert_eq!(matura.run(&["list"]).status, 1);
            assert_eq!(std::fs::read(&wal).unwrap(), last, "looking takes nothing away");
        }
        let restored = matura.json(&["restore", &backup]);
        assert_eq!(matura.check()["reviews"], 0);
        let aside = format!("{}-wal", restored["damaged"].as_str().unwrap());
        assert_eq!(std::fs::read(aside).unwrap(), last, "the last answers are kept");
    }
}

#[test]
fn answers_that_are_given_while_a_backup_is_brought_back_are_in_one_state_or_the_other() {
    let matura = Matura::with_bank(&facts(60));
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    let mut saved = 0;
    for round in 0..4 {
        let befores = std::thread::scope(|scope| {
            let answers = scope.spawn(|| {
                (1..=12)
                    .filter(|card| {
                        let card = (round * 12 + card).to_string();
                        matura.run(&["answer", &card, "--grade", "4"]).status == 0
                    })
                    .count()
            });
            let mut befores = Vec::new();
            for _ in 0..3 {
                befores.push(matura.json(&["restore", &backup])["before"].as_str().unwrap().to_owned());
            }
            saved += answers.join().unwrap();
            befores
        });
        for before in befores {
            matura.json(&["merge", &before]);
        }
        assert_eq!(matura.check()["reviews"], saved, "all that was acknowledged is somewhere");
        // what was brought back in this round is the ground of the next
        let file = matura.path(&format!("round-{round}.db"));
        matura.json(&["backup", file.to_str().unwrap()]);
        std::fs::copy(file, &backup).unwrap();
    }
    assert!(saved > 20, "{saved}");
}

#[test]
fn a_backup_of_which_only_caches_are_damaged_is_mended_on_its_way_back() {
    let matura = Matura::with_bank(&facts(2));
    matura.json(&["answer", "1", "--grade", "4"]);
    let before = matura.json(&["list"]);
    let file = matura.path("caches.db");
    matura.json(&["backup", file.to_str().unwrap()]);
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .execute_batch("UPDATE card SET due = 7 WHERE id = 1; DROP INDEX log_at; UPDATE deck SET cards = 77")
        .unwrap();
    // its pages are of another size too
    connection.execute_batch("PRAGMA page_size = 512; VACUUM").unwrap();
    drop(connection);
    matura.json(&["restore", file.to_str().unwrap()]);
    assert_eq!(matura.json(&["list"]), before);
    matura.check();
}

#[test]
fn two_collections_in_one_folder_have_backups_of_their_own() {
    let matura = Matura::with_bank(&facts(1));
    matura.json(&["backup"]);
    let other = matura.path("collection.sqlite");
    let backups = matura.json(&["backups", "--collection", other.to_str().unwrap()]);
    assert_eq!(backups, serde_json::json!([]));
}
