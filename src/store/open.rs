//! Opening a collection, and transactions on it.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::fault::{EARLIER_STATES, map, not_a_collection};
use super::{Tx, backup, functions};
use crate::error::{Error, Kind, Result};
use crate::files;

/// `matu`, as the first migration writes it into the header of the file.
const APPLICATION_ID: i32 = 0x6d61_7475;
/// How long a process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// How every file of SQLite begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// How often the making of a collection is tried while another process makes it.
const MOST_TRIES: u32 = 100;

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../../migrations/0001-collection.sql")),
        M::up(include_str!("../../migrations/0002-banks.sql")),
        M::up(include_str!("../../migrations/0003-study.sql")),
        M::up(include_str!("../../migrations/0004-tests.sql")),
        M::up(include_str!("../../migrations/0005-authoring.sql")),
        M::up(include_str!("../../migrations/0006-media.sql")),
        M::up(include_str!("../../migrations/0007-anki.sql")),
        M::up(include_str!("../../migrations/0008-operations.sql")),
        M::up(include_str!("../../migrations/0009-merge.sql")),
    ])
});
/// The version of the schema that this program writes: the number of migrations.
const SCHEMA_VERSION: i32 = 9;

/// An open collection.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Its file; none if that is of this program alone, or if it is in none.
    place: Option<files::Place>,
    /// The version of the data that others have written, when the file was known to be in its place.
    version: i64,
}

impl Store {
    /// Opens the collection in a file and makes it if there is none. Before one of an earlier version is brought up to date, at
    /// the time `now` in milliseconds since 1970, a backup is made.
    pub fn open(path: &Path, now: i64) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::new(Kind::NotACollection, format!("{} is a directory", path.display()))
                .hint("name the file of the collection in it, for example with --collection FILE"));
        }
        if let Some(folder) =
            path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        {
            files::create_private_folder(folder)?;
        }
        if path.exists() && !path.is_file() {
            return Err(not_a_collection(&format!("{} is no file", path.display())));
        }
        if !path.exists() && files::is_taken(path) {
            return Err(not_a_collection(&format!("{} is a link that leads to no file", path.display())));
        }
        if !path.exists() {
            files::create_private_file(path)?;
        }
        let place = files::Place::of(path);
        // SQLite throws away what was written last and is still beside a file that is none of its own
        let beginning = files::beginning(path, 16)?;
        if !beginning.is_empty() && beginning != MAGIC {
            return Err(not_a_collection(&format!("{}: the file is no matura collection", path.display())));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|cause| map(&cause))?;
        let mut store = Self::prepare(connection, Some((path, now)))
            .map_err(|error| error.in_file(path))?;
        store.place = Some(place);
        store.version = store.data_version();
        Ok(store)
    }

    /// An empty collection that is in no file, for commands that look into one that does not exist yet.
    pub fn in_memory() -> Result<Self> {
        Self::prepare(Connection::open_in_memory().map_err(|cause| map(&cause))?, None)
    }

    /// A collection of which nobody else knows, to be looked into.
    pub(super) fn adopt(connection: Connection) -> Result<Self> {
        if identify(&connection)? == Known::Empty {
            return Err(not_a_collection("the file is empty"));
        }
        Self::prepare(connection, None)
    }

    /// Replaces all that is in the collection by what is in another, whole or not at all, when `before` was done: from then on
    /// nobody else can write to it.
    pub fn replace(&mut self, by: &Self, before: impl FnOnce() -> Result<()>) -> Result<()> {
        let page_size = |connection: &Connection| -> Result<i64> {
            connection.query_row("PRAGMA page_size", [], |row| row.get(0)).map_err(|cause| map(&cause))
        };
        let own = page_size(&self.connection)?;
        // pages are copied as they are
        if page_size(&by.connection)? != own {
            by.connection
                .execute_batch(&format!("PRAGMA page_size = {own}; VACUUM"))
                .map_err(|cause| map(&cause))?;
        }
        let place = self.place.as_ref();
        backup::run_after(&by.connection, &mut self.connection, || {
            place.map_or(Ok(()), files::Place::must_be_there)?;
            before()
        })
    }

    /// Like [`Self::write`], with the collection in another file beside it as the database `other`. Both have the same schema.
    pub fn write_beside<T>(&mut self, other: &Path, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let name = other.to_string_lossy();
        self.connection.execute("ATTACH DATABASE ?1 AS other", [name]).map_err(|cause| map(&cause))?;
        let done = self.write(work);
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch("DETACH DATABASE other").map_err(|cause| map(&cause))?;
        done
    }

    /// Gives room back that nothing needs any more.
    pub fn shrink(&mut self) -> Result<()> {
        self.connection.execute_batch("VACUUM").map_err(|cause| map(&cause))
    }

    /// Whether a reader sees the state that was committed last while a transaction is under way.
    pub fn is_wal(&self) -> bool {
        let mode = self.connection.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0));
        mode.is_ok_and(|mode| mode == "wal")
    }

    fn prepare(mut connection: Connection, file: Option<(&Path, i64)>) -> Result<Self> {
        connection.busy_timeout(PATIENCE).map_err(|cause| map(&cause))?;
        functions::register(&connection).map_err(|cause| map(&cause))?;
        let state = identify(&connection)?;
        let settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON; PRAGMA cache_size = -32768;";
        connection.execute_batch(settings).map_err(|cause| map(&cause))?;
        if let (Known::Older(_), Some((path, now))) = (&state, file) {
            backup::Backups::of(path).keep(backup::Reason::Schema, now)?;
        }
        if state != Known::Current {
            migrate(&mut connection)?;
        }
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, place: None, version: 0 })
    }

    /// Runs a transaction that only reads; it sees one state of the collection.
    pub fn read<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.run(Purpose::Read, work)
    }

    /// Runs a transaction that writes: whole or, if `work` fails, not at all.
    pub fn write<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.run(Purpose::Write, work)
    }

    /// Like [`Self::write`] (or, if it is not to be kept, with everything taken back at its end), for work that adds many rows and takes the numbers by which they
    /// name each other from this very transaction: that they exist is not looked up for each of them.
    pub fn bulk<T>(&mut self, keep: bool, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let set = |connection: &Connection, on: bool| {
            connection.pragma_update(None, "foreign_keys", on).map_err(|cause| map(&cause))
        };
        set(&self.connection, false)?;
        let done = self.run(if keep { Purpose::Write } else { Purpose::Rehearse }, work);
        set(&self.connection, true)?;
        done
    }

    fn run<T>(&mut self, purpose: Purpose, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let done = self.attempt(purpose, work);
        match &done {
            Ok(_) if purpose == Purpose::Write => self.version = self.data_version(),
            Ok(_) => {}
            Err(_) => self.gather_if_taken_away(),
        }
        done
    }

    /// Changes when somebody else writes.
    fn data_version(&self) -> i64 {
        self.connection.query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap_or_default()
    }

    /// If its name was taken from the file, what is still beside that name goes into the file, where it belongs: SQLite would
    /// leave it, and take it for that of whatever has the name next. What somebody else wrote since may be of that.
    fn gather_if_taken_away(&self) {
        let is_away = self.place.as_ref().is_some_and(|place| !place.is_there());
        if is_away && self.data_version() == self.version {
            // whoever works with what has the name now is not waited for
            drop(self.connection.busy_timeout(Duration::ZERO));
            drop(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
            drop(self.connection.busy_timeout(PATIENCE));
        }
    }

    fn attempt<T>(&mut self, purpose: Purpose, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let behavior = match purpose {
            Purpose::Read => TransactionBehavior::Deferred,
            Purpose::Write | Purpose::Rehearse => TransactionBehavior::Immediate,
        };
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(|cause| map(&cause))?;
        let tx = Tx::new(&transaction, purpose != Purpose::Read);
        let done = work(&tx)?;
        tx.settle()?;
        if let Some(place) = self.place.as_ref().filter(|_| purpose == Purpose::Write) {
            place.must_be_there()?;
        }
        let ended = if purpose == Purpose::Rehearse { transaction.rollback() } else { transaction.commit() };
        ended.map_err(|cause| map(&cause))?;
        Ok(done)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.gather_if_taken_away();
    }
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
    Rehearse,
}

/// What a file is to this program.
#[derive(Debug, PartialEq, Eq)]
enum Known {
    Empty,
    /// A collection of this earlier version.
    Older(i32),
    Current,
}

fn identify(connection: &Connection) -> Result<Known> {
    // One transaction: another process may be making the collection just now.
    let transaction = connection.unchecked_transaction().map_err(|cause| map(&cause))?;
    let number =
        |sql: &str| transaction.query_row(sql, [], |row| row.get::<_, i32>(0)).map_err(|cause| map(&cause));
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    match (application, version) {
        (APPLICATION_ID, SCHEMA_VERSION) => Ok(Known::Current),
        (APPLICATION_ID, newer) if newer > SCHEMA_VERSION => Err(Error::new(
            Kind::TooNew,
            format!(
                "the collection has schema version {newer}, this matura knows versions up to {SCHEMA_VERSION}"
            ),
        )
        .hint("install the matura that wrote it, or a newer one; the file was not touched")),
        (APPLICATION_ID, never) if never < 1 => Err(Error::new(
            Kind::Damaged,
            format!("the collection says that it has schema version {never}, which there never was"),
        )
        .hint(EARLIER_STATES)),
        (APPLICATION_ID, older) => Ok(Known::Older(older)),
        (0, 0) if tables == 0 => Ok(Known::Empty),
        _ => Err(not_a_collection("the file is a database of another program")),
    }
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let mut tries = 0;
    loop {
        let done = try_to_migrate(connection);
        // Two processes that make the same collection get into each other's way: SQLite does not wait when the
        // journal mode changes, and the tables may be there a moment later.
        match done {
            Err(_) if identify(connection)? == Known::Current => return Ok(()),
            Err(error) if error.kind == Kind::Busy && tries < MOST_TRIES => tries += 1,
            done => return done,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn try_to_migrate(connection: &mut Connection) -> Result<()> {
    // The answer is not `wal` where that cannot work (memory, some network folders); all else can.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(|cause| map(&cause))?;
    MIGRATIONS.to_latest(connection).map_err(|cause| match cause {
        rusqlite_migration::Error::RusqliteError { err, .. } => match map(&err) {
            error if error.kind == Kind::Internal => {
                Error::new(Kind::Damaged, "the collection has not the tables that its schema version says")
                    .hint(EARLIER_STATES)
            }
            error => error,
        },
        cause => Error::internal(format!("the collection cannot be brought up to date: {cause}")),
    })
}

#[cfg(test)]
mod tests {
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
        old.execute_batch(include_str!("../../migrations/0001-collection.sql")).unwrap();
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
}
