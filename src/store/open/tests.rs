//! Opening what is and what is no collection, migrations, and what the tables never allow.

use super::*;
use crate::store::note;

#[test]
fn the_migrations_run_on_an_empty_file_and_are_counted_by_the_schema_version() {
    MIGRATIONS.validate().unwrap();
    let store = Store::in_memory().unwrap();
    let version: i32 = store.connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(version, SCHEMA_VERSION);
}

#[test]
fn what_is_no_collection_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE t (x); PRAGMA user_version = 1;").unwrap();
    drop(other);
    for content in
        [files::read(&path).unwrap(), b"this is no database at all, only a text of some length".to_vec()]
    {
        files::write(&path, &content).unwrap();
        assert_eq!(Store::open(&path, 0).unwrap_err().kind, Kind::NotACollection);
        assert_eq!(files::read(&path).unwrap(), content);
    }
}

#[test]
fn a_newer_schema_is_refused_by_its_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let store = Store::open(&path, 0).unwrap();
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let error = Store::open(&path, 0).unwrap_err();
    assert_eq!(error.kind, Kind::TooNew);
    assert!(error.message.contains("99"));
}

#[test]
fn a_collection_of_the_first_version_keeps_everything_and_leaves_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.db");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../../migrations/0001-collection.sql")).unwrap();
    old.execute_batch(
        "PRAGMA user_version = 1;
         INSERT INTO deck (id, name, key, cards, fresh) VALUES (1, 'D', 'd', 1, 1);
         INSERT INTO note (id, guid, deck_id, kind, prompt, answer, tags, created_at, edited_at, placed_at)
            VALUES (7, 'g', 1, 'fact', 'a <b> c', 'x', 't u', 5, 6, 7);
         INSERT INTO card (id, note_id, slot, deck_id, suspended, repetitions, ease, interval, lapses)
            VALUES (3, 7, 'front', 1, 0, 0, 2500, 0, 0);
         INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
            VALUES (zeroblob(16), 'gone', 'front', 1, 1, 1, 'review', 4, 0, 1, 0);",
    )
    .unwrap();
    drop(old);
    let mut store = Store::open(&path, 0).unwrap();
    let number = |connection: &Connection, sql: &str| {
        connection.query_row(sql, [], |row| row.get::<_, i32>(0)).unwrap()
    };
    assert_eq!(number(&store.connection, "PRAGMA user_version"), SCHEMA_VERSION);
    assert_eq!(number(&store.connection, "SELECT count(*) FROM log"), 1);
    let notes = store.read(note::all).unwrap();
    assert_eq!((notes.len(), notes[0].id, notes[0].note.guid.as_str()), (1, 7, "g"));
    assert_eq!(notes[0].note.content.prompt, "a <b> c");
    assert!(!notes[0].note.content.html, "what was plain stays plain");
    assert!(!notes[0].note.marked && notes[0].buried.is_none() && notes[0].leeches.is_empty());
    assert!(store.read(crate::store::integrity).unwrap().is_empty());
    let copy_name = "1970-01-01T000000Z-schema.db";
    let backups = folder.path().join("c.db.backups");
    let copy = Connection::open(backups.join(copy_name)).unwrap();
    assert_eq!(number(&copy, "PRAGMA user_version"), 1);
    assert_eq!(number(&copy, "PRAGMA application_id"), APPLICATION_ID);
    assert_eq!(number(&copy, "SELECT count(*) FROM note JOIN log ON log.seq = note.deck_id"), 1);
    drop((copy, store));
    let names = || {
        let entries = std::fs::read_dir(&backups).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>()
    };
    assert_eq!(names(), [copy_name]);
    drop(Store::open(&path, 0).unwrap());
    assert_eq!(names(), [copy_name], "no copy without a migration");
}

#[test]
fn the_log_takes_rows_and_gives_none_back() {
    let store = Store::in_memory().unwrap();
    let row = "INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
        VALUES (zeroblob(16), 'g', 'front', 1, 1, 1, 'review', 4, 0, 1, 0)";
    store.connection.execute_batch(row).unwrap();
    for change in ["UPDATE log SET grade = 5", "DELETE FROM log"] {
        let error = store.connection.execute_batch(change).unwrap_err();
        assert!(error.to_string().contains("only ever appended to"), "{change}");
    }
}

#[test]
fn tests_are_only_ever_added() {
    let store = Store::in_memory().unwrap();
    let rows = "INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
            VALUES (zeroblob(16), 'g', 'front', 1, 1, 1, 'test', 4, 0, 1, 0);
        INSERT INTO test (id, at, day, seed, questions) VALUES (zeroblob(16), 1, 1, 1, 1);
        INSERT INTO test_answer (log_id, test_id) VALUES (zeroblob(16), zeroblob(16));";
    store.connection.execute_batch(rows).unwrap();
    let sql = "INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
            VALUES (randomblob(16), 'g', 'front', 2, 2, 1, 'review', 4, 0, 1, 0);
        INSERT INTO test_answer (log_id, test_id) SELECT id, zeroblob(16) FROM log WHERE seq = 2;";
    let mut store = store;
    assert_eq!(store.read(crate::store::integrity).unwrap(), [""; 0]);
    store.connection.execute_batch(sql).unwrap();
    let faults = store.read(crate::store::integrity).unwrap().join("\n");
    assert!(
        faults.contains("2 answers to 1 question") && faults.contains("no answers of a test"),
        "{faults}"
    );
    for change in [
        "UPDATE test SET seed = 5",
        "DELETE FROM test",
        "UPDATE test_answer SET log_id = test_id",
        "DELETE FROM test_answer",
    ] {
        let error = store.connection.execute_batch(change).unwrap_err();
        assert!(error.to_string().contains("only ever added"), "{change}");
    }
}

#[test]
fn no_row_that_comes_makes_sqlite_build_a_table_to_check_it() {
    let store = Store::in_memory().unwrap();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let names = |sql: &str| {
        let mut statement = store.connection.prepare(sql).unwrap();
        let names = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        names.collect::<rusqlite::Result<Vec<_>>>().unwrap()
    };
    for table in names(tables) {
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let values = vec!["?"; columns.len()].join(", ");
        let program = format!("EXPLAIN INSERT INTO {table} ({}) VALUES ({values})", columns.join(", "));
        let mut statement = store.connection.prepare(&program).unwrap();
        let mut opcodes = statement.raw_query();
        while let Some(step) = opcodes.next().unwrap() {
            assert_ne!(step.get::<_, String>(1).unwrap(), "OpenEphemeral", "{table}");
        }
    }
}
