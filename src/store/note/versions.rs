//! What notes said before.

use std::ops::ControlFlow;

use super::columns::CONTENT;
use super::read;
use crate::error::Result;
use crate::model::{Content, Guid};
use crate::store::Tx;
use crate::store::fault::value_fault;
use crate::store::log::legible;
use crate::text;

/// What a note said before, here or on another device, and when it said that last, in milliseconds since 1970; the last first.
/// What cannot be read of it is left out.
pub fn versions(tx: &Tx<'_>, guid: &Guid) -> Result<Vec<(i64, Content)>> {
    let mut versions = Vec::new();
    let one_each = "WHERE guid = ?1 GROUP BY says ORDER BY max(edited_at) DESC, says";
    tx.each(&select("max(edited_at)", one_each), [guid.as_str()], |row| {
        if let Ok(stored) = read(row) {
            versions.push((row.get(30)?, stored.note.content));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(versions)
}

/// Versions that cannot be read, each with where it is and a sentence that says so.
pub(in crate::store) fn unreadable_versions(tx: &Tx<'_>) -> Result<Vec<(i64, String)>> {
    let mut unreadable = Vec::new();
    tx.each(&select("edited_at", "ORDER BY guid, number"), [], |row| {
        if let Err(cause) = read(row) {
            let guid = text::one_line(&legible(row, 1)?, 40);
            let fault = format!("an earlier version of note {guid} cannot be read: {}", value_fault(&cause));
            unreadable.push((row.get(0)?, fault));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(unreadable)
}

/// The columns of a note from its versions, with the version's own number for that of the note.
fn select(edited_at: &str, which: &str) -> String {
    let says: Vec<String> = CONTENT
        .into_iter()
        .filter(|column| *column != "html")
        .map(|column| format!("json ->> '{column}'"))
        .collect();
    let says = says.join(", ");
    format!(
        "SELECT number, guid, 0, 'D', NULL, NULL, {says}, NULL, json ->> 'html', NULL, NULL, 0, 0, NULL, NULL, NULL, NULL,
            {edited_at}, 0 FROM (SELECT rowid AS number, guid, edited_at, says, iif(json_valid(says), says, NULL) AS json
            FROM note_version) {which}"
    )
}
