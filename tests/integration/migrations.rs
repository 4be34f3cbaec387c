//! Collections that earlier versions wrote are brought up to date and keep all that is in them.
//!
//! Each of `tests/collections` was written by the last matura of that schema, with its own commands; only its pages were made
//! smaller.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::builder::{Matura, root};

/// The schema of this version.
const CURRENT: i64 = 13;

fn old(schema: i64) -> PathBuf {
    root().join(format!("tests/collections/schema-{schema}.db"))
}

fn version(path: &Path) -> i64 {
    Connection::open(path).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

/// What of a collection no migration may touch, read by SQL that every schema understands.
fn kept(path: &Path) -> Vec<Vec<Value>> {
    let connection = Connection::open(path).unwrap();
    let mut rows = Vec::new();
    for sql in [
        "SELECT guid, deck.name, bank_id, bank_deck, kind, prompt, answer, detail, code, language, hint, explanation, mistakes,
            check_line, difficulty, level, tags, source, note.suspended, created_at, edited_at, placed_at
            FROM note JOIN deck ON deck.id = deck_id ORDER BY guid",
        "SELECT card.id, guid, slot, card.suspended, due, repetitions, ease, interval, lapses
            FROM card JOIN note ON note.id = note_id ORDER BY 1",
        "SELECT * FROM log ORDER BY n",
        "SELECT name, value FROM setting ORDER BY name",
        "SELECT name, cards, fresh FROM deck ORDER BY name",
        "SELECT * FROM deck_day ORDER BY 1, 2",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let found = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
        rows.extend(found.map(Result::unwrap));
    }
    assert!(rows.len() > 25, "{}", rows.len());
    rows
}

#[test]
fn a_collection_of_every_earlier_schema_keeps_all_that_is_in_it_and_leaves_a_backup() {
    // 8 was never released
    for schema in (1..CURRENT).filter(|schema| *schema != 8) {
        let matura = Matura::new();
        std::fs::copy(old(schema), matura.collection()).unwrap();
        assert_eq!(version(&matura.collection()), schema);
        let before = kept(&matura.collection());
        let report = matura.check();
        assert_eq!(version(&matura.collection()), CURRENT);
        assert_eq!(kept(&matura.collection()), before, "schema {schema}");
        assert!(report["reviews"].as_u64() >= Some(6), "schema {schema}: {report}");
        let backups = matura.json(&["backups"]);
        assert_eq!((backups.as_array().unwrap().len(), &backups[0]["reason"]), (1, &"schema".into()));
        let backup = Path::new(backups[0]["file"].as_str().unwrap());
        assert_eq!((version(backup), kept(backup)), (schema, before));
        // all goes on from there: answers, edits, undo, and the way back
        let card = matura.cards()[0]["card"].to_string();
        matura.json(&["answer", &card, "--grade", "5"]);
        matura.json(&["tag", &card, "--add", "after"]);
        matura.json(&["undo"]);
        matura.json(&["undo"]);
        matura.check();
        assert_eq!(matura.json(&["restore", backup.to_str().unwrap()])["reviews"], report["reviews"]);
        // and another device takes it in as it is
        let other = Matura::new();
        other.json(&["config", "new_per_day", "9"]);
        assert_eq!(
            other.json(&["merge", old(schema).to_str().unwrap()])["reviews"],
            report["reviews"],
            "schema {schema}"
        );
        assert_eq!(version(&old(schema)), schema, "what is taken in stays as it is");
        other.check();
    }
}

#[test]
fn a_migration_that_is_killed_leaves_the_old_collection_or_the_new_one() {
    let rounds = std::env::var("MATURA_KILLS").map_or(12, |kills| kills.parse::<usize>().unwrap() / 20);
    let matura = Matura::new();
    let large = matura.path("large.db");
    std::fs::copy(old(1), &large).unwrap();
    Connection::open(&large)
        .unwrap()
        .execute_batch(
            "WITH RECURSIVE n(x) AS (SELECT 100 UNION ALL SELECT x + 1 FROM n WHERE x < 6000)
             INSERT INTO note (id, guid, deck_id, kind, prompt, answer, created_at, edited_at, placed_at)
                SELECT x, 'g' || x, (SELECT min(id) FROM deck), 'fact', 'question ' || x, 'answer', x, x, x FROM n;
             INSERT INTO card (note_id, slot, deck_id, suspended, repetitions, ease, interval, lapses)
                SELECT id, 'front', deck_id, 0, 0, 2500, 0, 0 FROM note WHERE id >= 100;
             UPDATE deck SET cards = cards + 5901, fresh = fresh + 5901 WHERE id = (SELECT min(id) FROM deck)",
        )
        .unwrap();
    let put = || {
        for ending in ["", "-wal", "-shm", "-journal"] {
            drop(std::fs::remove_file(matura.path(&format!("collection.db{ending}"))));
        }
        std::fs::copy(&large, matura.collection()).unwrap();
    };
    put();
    let began = Instant::now();
    assert_eq!(matura.run(&["decks"]).status, 0);
    let took = began.elapsed();
    let before = kept(&large);
    let mut random = fastrand::Rng::with_seed(12);
    let mut old_ones = 0;
    for _ in 0..rounds {
        put();
        let mut command = matura.command(&["decks"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(took.mul_f64(random.f64()).max(Duration::from_millis(1)));
        child.kill().unwrap();
        child.wait().unwrap();
        let schema = version(&matura.collection());
        assert!([1, CURRENT].contains(&schema), "{schema}");
        old_ones += usize::from(schema == 1);
        assert_eq!(kept(&matura.collection()), before);
        assert_eq!(matura.check()["notes"], 5907);
    }
    assert!(old_ones > 0, "it was never killed in time");
}
