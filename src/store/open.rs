//! Opening a collection, and transactions on it.

mod journal;

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::fault::{EARLIER_STATES, map, not_a_collection};
use super::tx::data_version;
use super::{Tx, backup, functions, note};
use crate::error::{Error, Kind, Result};
use crate::files;

/// `matu`, as the first migration writes it into the header of the file.
const APPLICATION_ID: i32 = 0x6d61_7475;
/// How long a process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often the making of a collection is tried while another process makes it.
const MOST_TRIES: u32 = 100;

/// Memory for pages of the file in KiB: of what is read through once, and of what is come back to.
const FEW_PAGES: i64 = 4 * 1024;
const MANY_PAGES: i64 = 32 * 1024;

fn room_for_pages(connection: &Connection, kib: i64) -> Result<()> {
    connection.pragma_update(None, "cache_size", -kib).map_err(|cause| map(&cause))
}

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
        M::up(include_str!("../../migrations/0010-indexes.sql")),
        M::up(include_str!("../../migrations/0011-log.sql")),
        M::up(include_str!("../../migrations/0012-log-copy.sql")),
        M::up(include_str!("../../migrations/0013-copies.sql")),
    ])
});
/// The version of the schema that this program writes: the number of migrations.
const SCHEMA_VERSION: i32 = 13;

/// There will never be so many: a greater number is damage.
const MOST_VERSIONS: i32 = 10_000;

/// An open collection.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Its file; none if that is of this program alone, or if it is in none.
    place: Option<files::Place>,
    /// The version of the data that others have written, when the file was known to be in its place.
    version: i64,
    /// Whether it was seen to that readers need not wait for a writer.
    is_tuned: bool,
    /// Whether there is memory for many pages.
    has_room: bool,
    /// Milliseconds of which rows of the log have each one. Rows stay; what a restore or a repair takes away leaves its own unused.
    taken: Range<i64>,
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
        // in this order: another process may be making it just now
        if path.is_symlink() && !path.exists() {
            return Err(not_a_collection(&format!("{} is a link that leads to no file", path.display())));
        }
        if !path.exists() {
            files::create_private_file(path)?;
        }
        let place = files::Place::of(path);
        // SQLite throws away what was written last and is still beside a file that is none of its own
        let header = files::beginning(path, 100)?;
        if !header.is_empty() && !header.starts_with(files::DATABASE) {
            return Err(not_a_collection(&format!("{}: the file is no matura collection", path.display())));
        }
        if is_spoilt(&header) {
            return Err(Error::new(
                Kind::Damaged,
                format!("{}: the header of the file is damaged", path.display()),
            ));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|cause| map(&cause))?;
        let mut store = Self::prepare(connection, Some((path, now))).map_err(|error| error.in_file(path))?;
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

    /// An empty collection of which nobody else knows, to be filled.
    pub(super) fn fill(connection: Connection) -> Result<Self> {
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
        journal::is_wal(&self.connection)
    }

    fn prepare(mut connection: Connection, file: Option<(&Path, i64)>) -> Result<Self> {
        connection.busy_timeout(PATIENCE).map_err(|cause| map(&cause))?;
        functions::register(&connection).map_err(|cause| map(&cause))?;
        let state = identify(&connection)?;
        // one answer writes eleven pages: with 1,000 of them before a checkpoint one of a hundred answers would wait for it
        let settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 4000;";
        room_for_pages(&connection, FEW_PAGES)?;
        connection.execute_batch(settings).map_err(|cause| map(&cause))?;
        if let (Known::Older(_), Some((path, now))) = (&state, file) {
            backup::Backups::of(path).keep(backup::Reason::Schema, now)?;
        }
        if state != Known::Current {
            migrate(&mut connection, file.map(|(path, _)| path))?;
        }
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, place: None, version: 0, is_tuned: false, has_room: false, taken: 0..0 })
    }

    /// Runs a transaction that only reads; it sees one state of the collection.
    pub fn read<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.run(Purpose::Read, work)
    }

    /// Runs a transaction that writes: whole or, if `work` fails, not at all.
    pub fn write<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        self.run(Purpose::Write, work)
    }

    /// Like [`Self::write`] (or, if it is not to be kept, with everything taken back at its end), for work that adds many rows
    /// and takes the numbers by which they name each other from this very transaction: that they exist is not looked up for each
    /// of them.
    pub fn bulk<T>(&mut self, keep: bool, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let set = |connection: &Connection, on: bool| {
            connection.pragma_update(None, "foreign_keys", on).map_err(|cause| map(&cause))
        };
        let fills = keep && self.place.is_some() && self.is_wal() && self.read(note::is_empty)?;
        set(&self.connection, false)?;
        if fills {
            self.is_tuned = true;
            journal::leave_wal(&self.connection);
        }
        let done = self.run(if keep { Purpose::Write } else { Purpose::Rehearse }, work);
        if let Some(place) = self.place.as_ref().filter(|_| fills) {
            drop(journal::prefer_wal(&self.connection, place.path()));
        }
        set(&self.connection, true)?;
        done
    }

    /// Like [`Self::read`], for work that goes to and fro in the whole collection.
    pub fn read_all<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        room_for_pages(&self.connection, MANY_PAGES)?;
        self.has_room = true;
        self.read(work)
    }

    fn run<T>(&mut self, purpose: Purpose, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        if let Some(place) = self.place.as_ref().filter(|_| purpose == Purpose::Write && !self.is_tuned) {
            // a backup that somebody copied here; whoever is at work meanwhile keeps it as it is
            drop(journal::prefer_wal(&self.connection, place.path()));
            self.is_tuned = true;
        }
        if purpose != Purpose::Read && !self.has_room {
            room_for_pages(&self.connection, MANY_PAGES)?;
            self.has_room = true;
        }
        let done = self.attempt(purpose, work);
        match &done {
            Ok(_) if purpose == Purpose::Write => self.version = self.data_version(),
            Ok(_) => {}
            Err(_) => self.gather_if_taken_away(),
        }
        done
    }

    fn data_version(&self) -> i64 {
        data_version(&self.connection).unwrap_or_default()
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
        let tx = Tx::new(&transaction, purpose != Purpose::Read, self.taken.clone());
        let done = work(&tx)?;
        tx.settle()?;
        if let Some(place) = self.place.as_ref().filter(|_| purpose == Purpose::Write) {
            place.must_be_there()?;
        }
        // of one that only read and came upon damage not even the end succeeds
        if purpose == Purpose::Write {
            let taken = tx.into_taken();
            transaction.commit().map_err(|cause| map(&cause))?;
            self.taken = taken;
        }
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
        (APPLICATION_ID, newer) if newer > SCHEMA_VERSION && newer < MOST_VERSIONS => Err(Error::new(
            Kind::TooNew,
            format!(
                "the collection has schema version {newer}, this matura knows versions up to {SCHEMA_VERSION}"
            ),
        )
        .hint("install the matura that wrote it, or a newer one; the file was not touched")),
        (APPLICATION_ID, never) if !(1..SCHEMA_VERSION).contains(&never) => Err(Error::new(
            Kind::Damaged,
            format!("the collection says that it has schema version {never}, which there never was"),
        )),
        (APPLICATION_ID, older) => Ok(Known::Older(older)),
        (0, 0) if tables == 0 => Ok(Known::Empty),
        _ => Err(not_a_collection("the file is a database of another program")),
    }
}

/// Whether the header of a file of SQLite says what none of this program's can: with another way to write it would open to be read
/// alone, with other formats not at all (<https://www.sqlite.org/fileformat.html>, 1.3).
fn is_spoilt(header: &[u8]) -> bool {
    let is_in = |place: usize, range: std::ops::RangeInclusive<u8>| {
        header.get(place).is_none_or(|byte| range.contains(byte))
    };
    !(is_in(18, 1..=2) && is_in(19, 1..=2) && (44..47).all(|place| is_in(place, 0..=0)) && is_in(47, 0..=4))
}

fn migrate(connection: &mut Connection, path: Option<&Path>) -> Result<()> {
    let mut tries = 0;
    loop {
        let done = try_to_migrate(connection, path);
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

fn try_to_migrate(connection: &mut Connection, path: Option<&Path>) -> Result<()> {
    if let Some(path) = path {
        journal::prefer_wal(connection, path).map_err(|cause| map(&cause))?;
    }
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
mod tests;
