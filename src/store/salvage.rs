//! What can still be read of a collection whose pages are damaged, row by row, into one that is whole.

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params_from_iter};

use super::backup::open_to_read;
use super::tx::data_version;
use super::{Store, Tx, map};
use crate::error::{Error, Kind, Result};

/// A collection from which rows are to be taken.
#[derive(Debug)]
pub struct Source {
    connection: Connection,
    version: i64,
}

impl Source {
    /// That in a file, which stays as it is.
    pub fn open(path: &Path) -> Result<Self> {
        let connection = open_to_read(path)?;
        let version = data_version(&connection)?;
        Ok(Self { connection, version })
    }

    /// Fails if somebody wrote to it meanwhile.
    pub fn must_be_as_it_was(&self) -> Result<()> {
        if data_version(&self.connection)? == self.version {
            return Ok(());
        }
        Err(Error::new(Kind::Busy, "another process wrote to the collection meanwhile").hint("try again"))
    }
}

/// Takes all rows that can be read from a collection into an empty one, without its indexes, which may be what is
/// damaged. Says what could not be read; of cards nothing, for they follow from the rest.
pub fn salvage(from: &Source, to: &mut Store) -> Result<Vec<String>> {
    let other = &from.connection;
    to.bulk(true, |tx| {
        let mut lost = Vec::new();
        let tables = "SELECT name, wr = 0 FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN ('log_copy', 'note_copy') ORDER BY name";
        let tables = tx.all(tables, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))?;
        for (name, has_rowid) in tables {
            let table = Table::new(tx, other, &name)?;
            let of_table = if has_rowid { table.by_number()? } else { table.by_key()? };
            lost.extend(of_table.filter(|_| name != "card").map(|what| format!("{what} could not be read")));
        }
        keep_numbers(tx, other);
        Ok(lost)
    })
}

/// Numbers of cards that are gone are not given again.
fn keep_numbers(tx: &Tx<'_>, other: &Connection) {
    let used = "SELECT name, seq FROM sqlite_sequence";
    drop(each(other, used, [], |row| {
        let (name, last): (String, i64) = (row.get(0)?, row.get(1)?);
        let sql = "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1";
        let known = tx.execute(sql, (&name, last));
        let new = "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)";
        let kept = if matches!(known, Ok(0)) { tx.execute(new, (name, last)) } else { known };
        Ok(if kept.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    }));
}

/// Hands each row to `take`; whether they could be read to their end.
fn each(
    other: &Connection,
    sql: &str,
    params: impl Params,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<ControlFlow<()>>,
) -> Result<bool> {
    let read = || -> rusqlite::Result<()> {
        let mut statement = other.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            if take(row)?.is_break() {
                break;
            }
        }
        Ok(())
    };
    match read().map_err(|cause| map(&cause)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind == Kind::Busy => Err(error),
        Err(_) => Ok(false),
    }
}

/// Beyond it no row is looked for.
const LAST: i64 = 1 << 40;

struct Table<'t, 'c> {
    tx: &'t Tx<'c>,
    other: &'t Connection,
    name: &'t str,
    columns: String,
    /// How many columns there are, and the primary key.
    count: usize,
    key: String,
}

impl<'t, 'c> Table<'t, 'c> {
    fn new(tx: &'t Tx<'c>, other: &'t Connection, name: &'t str) -> Result<Self> {
        let columns = tx.all("SELECT name, pk FROM pragma_table_info(?1)", [name], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut key: Vec<&(String, i64)> = columns.iter().filter(|(_, place)| *place > 0).collect();
        key.sort_by_key(|(_, place)| *place);
        let key = key.into_iter().map(|(column, _)| column.as_str()).collect::<Vec<_>>().join(", ");
        let names: Vec<&str> = columns.iter().map(|(column, _)| column.as_str()).collect();
        Ok(Self { tx, other, name, columns: names.join(", "), count: names.len(), key })
    }

    /// Adds a row whose columns begin at `first`; whether it was not there and can be. All else is no damage, but a failure here.
    fn insert(&self, row: &Row<'_>, first: usize) -> Result<bool> {
        let values: rusqlite::Result<Vec<Value>> =
            (first..first + self.count).map(|column| row.get(column)).collect();
        let places = vec!["?"; self.count].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({places})", self.name, self.columns);
        let inserted = values.map_err(|cause| map(&cause));
        match inserted.and_then(|values| self.tx.execute(&sql, params_from_iter(values))) {
            Ok(_) => Ok(true),
            Err(error) if error.kind == Kind::Damaged => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Hands rows of the damaged table to `take`, which may fail; whether they could be read to their end.
    fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut take: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
    ) -> Result<bool> {
        let mut failed = None;
        let is_whole = each(self.other, sql, params, |row| {
            Ok(take(row).unwrap_or_else(|error| {
                failed = Some(error);
                ControlFlow::Break(())
            }))
        })?;
        failed.map_or(Ok(is_whole), Err)
    }

    /// The rows by their numbers: behind a page that cannot be read the next that can is looked for.
    fn by_number(&self) -> Result<Lost> {
        let mut lost = Vec::new();
        let mut begin = 0;
        loop {
            let (mut behind, mut in_order) = (None, true);
            let sql = format!("{} ORDER BY rowid", self.select());
            let is_whole = self.each(&sql, [begin], |row| {
                let number: i64 = row.get(0).map_err(|cause| map(&cause))?;
                // a page whose rows are out of order would be read for ever
                if number < begin || behind.is_some_and(|behind| number <= behind) {
                    in_order = false;
                    return Ok(ControlFlow::Break(()));
                }
                behind = Some(number);
                if !self.insert(row, 1)? {
                    lost.push((number, number));
                }
                Ok(ControlFlow::Continue(()))
            })?;
            if is_whole && in_order {
                break;
            }
            let gap = behind.map_or(begin, |number| number + 1);
            let Some(next) = self.next_readable(gap)? else {
                lost.push((gap, LAST));
                break;
            };
            lost.push((gap, next - 1));
            begin = next;
        }
        Ok(self.words(&lost))
    }

    fn select(&self) -> String {
        format!("SELECT rowid, {} FROM {} NOT INDEXED WHERE rowid >= ?1", self.columns, self.name)
    }

    /// The least number from which on a row can be read, or none is there; none if nothing can be read any more.
    fn next_readable(&self, gap: i64) -> Result<Option<i64>> {
        let sql = format!("{} ORDER BY rowid LIMIT 1", self.select());
        let can_read = |number: i64| -> Result<bool> {
            let mut in_order = true;
            let is_whole = each(self.other, &sql, [number], |row| {
                in_order = row.get::<_, i64>(0)? >= number;
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(is_whole && in_order)
        };
        let (mut bad, mut step) = (gap, 1);
        while !can_read(bad + step)? {
            bad += step;
            step *= 2;
            if bad > LAST {
                return Ok(None);
            }
        }
        let mut good = bad + step;
        while good - bad > 1 {
            let middle = bad + (good - bad) / 2;
            if can_read(middle)? { good = middle } else { bad = middle }
        }
        Ok(Some(good))
    }

    /// The rows in the order of their key, and if that comes to an end too early also backwards.
    fn by_key(&self) -> Result<Lost> {
        let select = |direction: &str| {
            let order: Vec<String> =
                self.key.split(", ").map(|column| format!("{column} {direction}")).collect();
            format!("SELECT {} FROM {} ORDER BY {}", self.columns, self.name, order.join(", "))
        };
        let mut is_complete = true;
        is_complete &= self.each(&select("ASC"), [], |row| {
            is_complete &= self.insert(row, 0)?;
            Ok(ControlFlow::Continue(()))
        })?;
        if is_complete {
            return Ok(None);
        }
        self.each(&select("DESC"), [], |row| {
            // up to where it was read from the other end
            Ok(if self.insert(row, 0)? { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok(Some(format!("rows of the table {}", self.name)))
    }

    /// The numbers that were lost, for people.
    fn words(&self, lost: &[(i64, i64)]) -> Lost {
        if lost == [(0, LAST)] {
            return Some(format!("the rows of the table {}", self.name));
        }
        let ranges: Vec<String> = lost
            .iter()
            .map(|(from, to)| match (from, to) {
                (from, &LAST) => format!("{from} and later"),
                (from, to) if from == to => from.to_string(),
                (from, to) => format!("{from} to {to}"),
            })
            .collect();
        let rows = if matches!(lost, [(from, to)] if from == to) { "row" } else { "rows" };
        (!ranges.is_empty()).then(|| format!("{rows} {} of the table {}", ranges.join(", "), self.name))
    }
}

/// What could not be read of a table; none if everything could.
type Lost = Option<String>;

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(folder: &Path, decks: usize) -> std::path::PathBuf {
        let path = folder.join("c.db");
        let mut store = Store::open(&path, 0).unwrap();
        let name = |n| crate::model::DeckName::parse(&format!("{n} {}", "long ".repeat(20))).unwrap();
        store
            .write(|tx| (0..decks).try_for_each(|n| crate::store::deck::ensure(tx, &name(n)).map(drop)))
            .unwrap();
        path
    }

    #[test]
    fn all_of_a_sound_collection_is_taken_and_nothing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = collection(folder.path(), 300);
        let mut whole = Store::in_memory().unwrap();
        let source = Source::open(&path).unwrap();
        assert_eq!(salvage(&source, &mut whole).unwrap(), [""; 0]);
        assert_eq!(whole.read(crate::store::deck::all).unwrap().len(), 300);
        source.must_be_as_it_was().unwrap();
        let mut other = Store::open(&path, 0).unwrap();
        other.write(|tx| tx.execute("UPDATE deck SET named_at = 1", []).map(drop)).unwrap();
        assert_eq!(source.must_be_as_it_was().unwrap_err().kind, Kind::Busy);
    }

    #[test]
    fn a_disk_that_is_full_is_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let path = collection(folder.path(), 300);
        let connection = Connection::open(folder.path().join("small.db")).unwrap();
        let mut small = Store::fill(connection).unwrap();
        small.read(|tx| tx.first("PRAGMA max_page_count = 1", [], |_| Ok(()))).unwrap();
        let error = salvage(&Source::open(&path).unwrap(), &mut small).unwrap_err();
        assert!(error.message.contains("full"), "{error}");
    }
}
