//! Collections with a write-ahead log, and where none can be.

use crate::builder::{Matura, facts};
use crate::dialogue::Dialogue;
use crate::whole::backups_are_sound;

#[test]
fn where_no_write_ahead_log_can_be_everything_works_with_a_journal() {
    let mut matura = Matura::with_bank(&facts(6));
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    let mode = connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0));
    assert_eq!(mode.unwrap(), "delete");
    drop(connection);
    // the memory that processes share for such a log cannot be made under its name
    std::fs::create_dir(matura.path("collection.db-shm")).unwrap();
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    review.ask("");
    assert_eq!(review.ask("4").1.saved(), 1);
    matura.json(&["answer", "2", "--grade", "4"]);
    review.ask("");
    assert_eq!(review.ask("4").1.saved(), 1);
    review.kill();
    assert_eq!(matura.check()["reviews"], 3);
    assert_eq!(matura.import(&facts(9))["added"], 3);
    let restored = matura.json(&["restore", matura.json(&["backups"])[0]["file"].as_str().unwrap()]);
    assert_eq!((&restored["notes"], &restored["reviews"]), (&6.into(), &3.into()));
    let shared = tempfile::tempdir().unwrap();
    let other = Matura::with_bank(&facts(12));
    other.json(&["answer", "12", "--grade", "4"]);
    other.json(&["sync", shared.path().to_str().unwrap()]);
    matura.now("2026-11-24T09:00:00Z").json(&["sync", shared.path().to_str().unwrap()]);
    matura.json(&["answer", "3", "--grade", "4"]);
    assert_eq!(matura.json(&["undo"])["undone"]["card"], 3);
    assert_eq!((&matura.check()["reviews"], &matura.check()["notes"]), (&4.into(), &12.into()));
    backups_are_sound(&matura);
}

#[test]
fn a_new_collection_is_made_where_no_write_ahead_log_can_be() {
    let matura = Matura::new();
    std::fs::create_dir(matura.path("collection.db-shm")).unwrap();
    assert_eq!(matura.import(&facts(3))["added"], 3);
    matura.json(&["answer", "1", "--grade", "4"]);
    matura.json(&["answer", "2", "--grade", "4"]);
    assert_eq!((&matura.check()["reviews"], &matura.check()["notes"]), (&2.into(), &3.into()));
}

#[test]
fn a_backup_that_was_copied_into_place_has_a_write_ahead_log_from_the_first_answer_on() {
    let matura = Matura::with_bank(&facts(3));
    let kept = matura.path("kept.db");
    matura.json(&["backup", kept.to_str().unwrap()]);
    std::fs::copy(kept, matura.collection()).unwrap();
    let mode = || {
        let connection = rusqlite::Connection::open(matura.collection()).unwrap();
        connection.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0)).unwrap()
    };
    matura.json(&["list"]);
    assert_eq!(mode(), "delete", "looking changes nothing");
    matura.json(&["answer", "1", "--grade", "4"]);
    assert_eq!(mode(), "wal");
    assert_eq!(matura.check()["reviews"], 1);
}
