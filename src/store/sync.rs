//! The tables of this device and of others in a folder that is kept alike on several.

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension as _, Row, params};
use sha2::{Digest as _, Sha256};

use super::backup::open_to_read;
use super::{Tx, map};
use crate::error::Result;
use crate::text;

/// A device, with what its file is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its name for machines.
    pub id: String,
    /// What the state in its file is known by: two states of one stamp are the same.
    pub stamp: String,
}

/// The device whose collection it is, with the stamp of what it wrote last; none if it never wrote.
pub fn device(tx: &Tx<'_>) -> Result<Option<Device>> {
    tx.first("SELECT id, stamp FROM sync_device", [], read)
}

/// The same of a collection in a file that is not trusted, without a copy of it; none if it is no table of this schema.
pub fn device_in(path: &Path) -> Result<Option<Device>> {
    let connection = open_to_read(path)?;
    let find = || -> rusqlite::Result<Option<Device>> {
        // a view of that name could go on for ever
        let table = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sync_device'";
        if connection.query_row(table, [], |row| row.get::<_, i64>(0))? == 0 {
            return Ok(None);
        }
        connection.query_row("SELECT id, stamp FROM sync_device", [], read).optional()
    };
    find().map_err(|cause| map(&cause))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Device> {
    Ok(Device { id: row.get(0)?, stamp: row.get(1)? })
}

/// Says whose collection it is, and what it wrote last.
pub fn set_device(tx: &Tx<'_>, device: &Device) -> Result<()> {
    let sql = "INSERT INTO sync_device (only, id, stamp) VALUES (1, ?1, ?2)
        ON CONFLICT (only) DO UPDATE SET id = excluded.id, stamp = excluded.stamp";
    tx.execute(sql, params![device.id, device.stamp]).map(drop)
}

/// Has a state that comes back be that of the device that it comes back on: if another wrote it, or this one since wrote
/// more, what was written is another's and will be taken in again.
pub fn be(tx: &Tx<'_>, on: Option<&Device>) -> Result<()> {
    if device(tx)?.as_ref() != on {
        tx.execute("DELETE FROM sync_device", [])?;
    }
    Ok(())
}

/// A name that no other device has.
pub fn new_id() -> String {
    let id = uuid::Uuid::new_v4().simple().to_string();
    id.get(..12).unwrap_or(&id).to_owned()
}

/// Whether that state of a device was taken in.
pub fn is_seen(tx: &Tx<'_>, device: &Device) -> Result<bool> {
    let sql = "SELECT 1 FROM sync_seen WHERE id = ?1 AND stamp = ?2";
    Ok(tx.first(sql, params![device.id, device.stamp], |_| Ok(()))?.is_some())
}

/// Remembers that it was.
pub fn set_seen(tx: &Tx<'_>, device: &Device) -> Result<()> {
    let sql = "INSERT INTO sync_seen (id, stamp) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp";
    tx.execute(sql, params![device.id, device.stamp]).map(drop)
}

/// Makes a copy of a collection one for others: what is about this device alone goes.
pub fn make_public(tx: &Tx<'_>, device: &Device) -> Result<()> {
    for table in ["operation_was", "operation", "sync_seen", "former_card"] {
        tx.execute(&format!("DELETE FROM {table}"), [])?;
    }
    set_device(tx, device)
}

/// What the state of a collection is known by: a digest of all rows that devices share, whatever their order and their local
/// numbers.
pub fn stamp(tx: &Tx<'_>) -> Result<String> {
    let mut sum = [0; 32];
    for sql in [
        "SELECT 'note', deck.key, b.name, note.* FROM note JOIN deck ON deck.id = deck_id
            LEFT JOIN bank AS b ON b.id = from_bank",
        "SELECT 'log', * FROM log",
        "SELECT 'version', * FROM note_version",
        "SELECT 'deck', name, named_at FROM deck WHERE removed = 0",
        "SELECT 'setting', * FROM setting WHERE name <> 'theme'",
        "SELECT 'limit', deck.key, s.name, value, at FROM deck_setting AS s JOIN deck ON deck.id = deck_id",
        "SELECT 'test', * FROM test",
        "SELECT 'answer', * FROM test_answer",
        "SELECT 'round', * FROM match_round",
        "SELECT 'scope', * FROM scope",
        "SELECT 'reworded', reworded.guid, note.guid FROM reworded JOIN note ON note.id = note_id",
        "SELECT 'media', * FROM media",
    ] {
        tx.each(sql, [], |row| {
            let digest = digest(row)?;
            sum.iter_mut().zip(digest).for_each(|(sum, byte)| *sum ^= byte);
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(text::hex(&sum))
}

/// The digest of a row without the numbers that are of this collection alone.
fn digest(row: &Row<'_>) -> rusqlite::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let names = row.as_ref().column_names();
    for (column, name) in names.iter().enumerate() {
        if ["id", "n", "deck_id", "from_bank"].contains(name)
            && !matches!(row.get_ref(column)?, ValueRef::Blob(_))
        {
            continue;
        }
        match row.get_ref(column)? {
            ValueRef::Null => hash.update([0]),
            ValueRef::Integer(number) => {
                hash.update([1]);
                hash.update(number.to_be_bytes());
            }
            ValueRef::Real(number) => hash.update(number.to_be_bytes()),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                hash.update([2]);
                hash.update(u64::try_from(bytes.len()).unwrap_or(0).to_be_bytes());
                hash.update(bytes);
            }
        }
    }
    Ok(hash.finalize().into())
}
