//! Commands that are done whole or not at all, whatever happens to them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::builder::{Matura, Ran};

/// All that a learner sees of a collection, and whether it is sound.
type State = [Value; 5];

fn state(matura: &Matura) -> State {
    ["check", "list", "decks", "config", "log"].map(|command| matura.json_of(&[command]))
}

/// A command on a collection, with the states before and after it.
pub(crate) struct Whole<'m> {
    matura: &'m Matura,
    args: Vec<String>,
    input: &'m str,
    original: PathBuf,
    before: State,
    after: State,
    /// How long it takes when nothing happens to it.
    pub(crate) took: Duration,
}

impl<'m> Whole<'m> {
    /// Runs a command on a collection as it is.
    pub(crate) fn of(matura: &'m Matura, args: &[&str], input: &'m str) -> Self {
        Self::of_spoilt(matura, args, input, "")
    }

    /// The same on a collection that was spoilt by these statements; the command has to make it sound.
    pub(crate) fn of_spoilt(matura: &'m Matura, args: &[&str], input: &'m str, sql: &str) -> Self {
        let original = matura.path("original.db");
        drop(std::fs::remove_file(&original));
        matura.json(&["backup", original.to_str().unwrap()]);
        let connection = rusqlite::Connection::open(&original).unwrap();
        connection.execute_batch(sql).unwrap();
        // a backup is a file without others beside it, a collection has a log of writes
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        drop(connection);
        put(matura, &original);
        let before = state(matura);
        assert_eq!(before[0]["ok"], sql.is_empty(), "{}", before[0]);
        let began = Instant::now();
        let ran = matura.run_with(args, input);
        let took = began.elapsed();
        assert_eq!(ran.status, 0, "{args:?}: {}", ran.err);
        matura.check();
        let args = args.iter().map(|arg| (*arg).to_owned()).collect();
        Self { matura, args, input, original, before, after: state(matura), took }
    }

    pub(crate) fn args(&self) -> Vec<&str> {
        self.args.iter().map(String::as_str).collect()
    }

    /// What the program reads meanwhile.
    pub(crate) fn input(&self) -> &str {
        self.input
    }

    /// Bytes of the collection before it.
    pub(crate) fn size(&self) -> u64 {
        std::fs::metadata(&self.original).unwrap().len()
    }

    /// Puts the collection where it was, as it was.
    pub(crate) fn begin_again(&self) {
        put(self.matura, &self.original);
    }

    /// Whether it is not done; it must not be done in part.
    pub(crate) fn is_undone(&self) -> bool {
        let now = state(self.matura);
        let is_whole = now == self.before || now == self.after;
        assert!(is_whole, "{:?} is done in part: {} and {}", self.args, now[0], now[4]);
        now == self.before
    }

    /// Whether one sees that it was done.
    pub(crate) fn changes(&self) -> bool {
        self.before != self.after
    }

    /// Runs it as it is, when whatever happened is over.
    pub(crate) fn run(&self) -> Ran {
        self.matura.run_with(&self.args(), self.input)
    }
}

/// Puts a collection into a folder as it was.
fn put(matura: &Matura, original: &Path) {
    for ending in ["-wal", "-shm", "-journal"] {
        drop(std::fs::remove_file(matura.path(&format!("collection.db{ending}"))));
    }
    std::fs::copy(original, matura.collection()).unwrap();
}

/// Nothing that is half done is taken for a backup.
pub(crate) fn backups_are_sound(matura: &Matura) {
    for backup in matura.json(&["backups"]).as_array().unwrap() {
        let file = backup["file"].as_str().unwrap();
        let reason = backup["reason"].as_str().unwrap();
        // what is kept before it is mended is as it was
        if reason != "repair" {
            assert_eq!(matura.json(&["check", "--collection", file])["ok"], true, "{file}");
        }
    }
}

/// The names in a folder that are not whole yet.
pub(crate) fn unfinished(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}
