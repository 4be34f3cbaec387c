//! The collection as an SQLite file in memory. It comes from strangers: nothing that stands in it is run, and what Anki
//! never puts there is refused before anything of it is read.

use std::borrow::Cow;

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::error::{Error, Kind, Result};

/// Bytes of a text at most.
const LONGEST: i32 = 128 << 20;

/// What keeps a collection from being read.
pub(super) fn broken(cause: impl std::fmt::Display) -> Error {
    Error::new(Kind::Input, format!("the collection in the package cannot be read: {cause}"))
        .hint("open it in Anki, run Tools › Check Database, and export it again")
}

/// The same, as SQLite says it.
pub(super) fn failed(cause: &rusqlite::Error) -> Error {
    match cause {
        rusqlite::Error::QueryReturnedNoRows => broken("its first table is empty"),
        rusqlite::Error::InvalidColumnType(_, name, kind) => {
            broken(format!("in the column {name} there is a value of type {kind}"))
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => broken(message),
        other => broken(other),
    }
}

/// Opens the collection.
pub(super) fn open(bytes: &[u8]) -> Result<Connection> {
    let connection = in_memory(bytes).map_err(|cause| failed(&cause))?;
    let strange = strange(&connection).map_err(|cause| failed(&cause))?;
    if let Some(name) = strange {
        return Err(broken(format!("{name:?} in it is nothing that Anki keeps there")));
    }
    let checked: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|cause| failed(&cause))?;
    if checked == "ok" { Ok(connection) } else { Err(broken(format!("it is damaged ({checked})"))) }
}

fn in_memory(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    // text is compared so in later schemas
    connection.create_collation("unicase", |one, other| one.to_lowercase().cmp(&other.to_lowercase()))?;
    connection.deserialize_read_exact("main", bytes, bytes.len(), true)?;
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA cell_size_check = ON;
         PRAGMA query_only = ON",
    )?;
    Ok(connection)
}

/// What would work something out when it is read: a view, a trigger, a virtual table, an index over more than columns, a
/// column that is generated.
fn strange(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare("SELECT type, name, rootpage, sql FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name, sql) = (text(row, 0)?, text(row, 1)?, text(row, 3)?);
        let is_plain = match &*kind {
            "table" => row.get::<_, i64>(2)? > 0,
            "index" => sql.matches('(').count() <= 1,
            _ => false,
        };
        if !is_plain {
            return Ok(Some(name.into_owned()));
        }
    }
    let generated = "SELECT name FROM sqlite_schema AS entry WHERE type = 'table'
        AND EXISTS (SELECT 1 FROM pragma_table_xinfo(entry.name) WHERE hidden <> 0) LIMIT 1";
    let mut statement = connection.prepare(generated)?;
    let mut rows = statement.query([])?;
    rows.next()?.map(|row| text(row, 0).map(Cow::into_owned)).transpose()
}

/// A value as text, whatever it is.
pub(super) fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Cow<'r, str>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes),
        ValueRef::Null => Cow::Borrowed(""),
        ValueRef::Integer(number) => Cow::Owned(number.to_string()),
        ValueRef::Real(number) => Cow::Owned(number.to_string()),
    })
}
