//! One transaction.

use std::cell::RefCell;
use std::ops::Range;

use rusqlite::{CachedStatement, Connection, Params, Row, ToSql};

use super::fault::map;
use super::totals::Changes;
use crate::error::{Error, Result};

#[cfg(not(test))]
type Prepared<'s> = CachedStatement<'s>;
#[cfg(test)]
type Prepared<'s> = super::effort::Counted<'s>;

/// Gives a statement its parameters in order.
pub(super) struct Binder<'b, 's> {
    statement: &'b mut CachedStatement<'s>,
    next: usize,
}

impl Binder<'_, '_> {
    /// The next parameter.
    pub(super) fn push(&mut self, value: impl ToSql) -> Result<()> {
        self.statement.raw_bind_parameter(self.next, value).map_err(|cause| map(&cause))?;
        self.next += 1;
        Ok(())
    }
}

/// A transaction on a collection. Changes of the totals beside decks are gathered in it and written at its end.
#[derive(Debug)]
pub struct Tx<'c> {
    connection: &'c Connection,
    /// A transaction that began as a reader may not write: SQLite would not wait for another writer then.
    writes: bool,
    pub(super) changes: RefCell<Changes>,
    /// Milliseconds of which rows of the log have each one.
    pub(super) taken: RefCell<Range<i64>>,
}

/// Changes when another connection writes (<https://www.sqlite.org/pragma.html#pragma_data_version>).
pub(super) fn data_version(connection: &Connection) -> Result<i64> {
    let read = connection.prepare_cached("PRAGMA data_version");
    read.and_then(|mut read| read.query_row([], |row| row.get(0))).map_err(|cause| map(&cause))
}

impl<'c> Tx<'c> {
    /// `taken` are milliseconds of which rows of the log are known to have each one.
    pub(super) fn new(connection: &'c Connection, writes: bool, taken: Range<i64>) -> Self {
        Self { connection, writes, changes: RefCell::default(), taken: RefCell::new(taken) }
    }

    /// The milliseconds of which rows of the log have each one, as far as it is known now.
    pub(super) fn into_taken(self) -> Range<i64> {
        self.taken.into_inner()
    }

    /// Writes the changes of the totals that were gathered so far.
    pub(super) fn settle(&self) -> Result<()> {
        let changes = self.changes.take();
        changes.write(self)
    }

    pub(super) fn prepare(&self, sql: &str) -> Result<Prepared<'_>> {
        let statement = self.connection.prepare_cached(sql).map_err(|cause| map(&cause))?;
        #[cfg(test)]
        let statement = super::effort::Counted(statement);
        Ok(statement)
    }

    /// The state of the collection: it is another one once somebody else has written.
    pub fn data_version(&self) -> Result<i64> {
        data_version(self.connection)
    }

    fn must_write(&self) -> Result<()> {
        if self.writes {
            Ok(())
        } else {
            Err(Error::internal("a transaction that only reads was asked to write"))
        }
    }

    /// Runs a statement and gives the number of rows that it changed.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.must_write()?;
        self.prepare(sql)?.execute(params).map_err(|cause| map(&cause))
    }

    /// Runs a statement whose many parameters `bind` gives one after another.
    pub(super) fn execute_bound(
        &self,
        sql: &str,
        bind: impl FnOnce(&mut Binder<'_, '_>) -> Result<()>,
    ) -> Result<()> {
        self.must_write()?;
        let mut statement = self.prepare(sql)?;
        bind(&mut Binder { statement: &mut statement, next: 1 })?;
        statement.raw_execute().map(drop).map_err(|cause| map(&cause))
    }

    /// Inserts a row and gives its number.
    pub(super) fn insert(&self, sql: &str, params: impl Params) -> Result<i64> {
        self.must_write()?;
        self.prepare(sql)?.insert(params).map_err(|cause| map(&cause))
    }

    /// The first row, if there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(params).map_err(|cause| map(&cause))?;
        let row = rows.next().map_err(|cause| map(&cause))?;
        row.map(read).transpose().map_err(|cause| map(&cause))
    }

    /// All rows.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.prepare(sql)?;
        let rows = statement.query_map(params, read).map_err(|cause| map(&cause))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|cause| map(&cause))
    }

    /// The bytes in a column of a row. A large value is read straight to where it is wanted; as a column of a result SQLite would
    /// gather it in memory of its own first.
    pub(super) fn bytes(&self, table: &str, column: &str, row: i64) -> Result<Vec<u8>> {
        let read = || {
            let blob = self.connection.blob_open("main", table, column, row, true)?;
            let mut bytes = vec![0; blob.len()];
            blob.read_at_exact(&mut bytes, 0)?;
            Ok(bytes)
        };
        read().map_err(|cause| map(&cause))
    }

    /// Hands each row to `take` until it has had enough.
    pub(super) fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<std::ops::ControlFlow<()>>,
    ) -> Result<()> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(params).map_err(|cause| map(&cause))?;
        while let Some(row) = rows.next().map_err(|cause| map(&cause))? {
            if take(row).map_err(|cause| map(&cause))?.is_break() {
                break;
            }
        }
        Ok(())
    }
}
