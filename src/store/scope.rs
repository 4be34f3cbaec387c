//! The table of top-level decks that had another name.

use super::Tx;
use crate::error::Result;
use crate::text::fold;

/// Remembers that notes which came under one top-level deck stand under another now.
pub fn moved(tx: &Tx<'_>, from: &str, to: &str) -> Result<()> {
    let (from, to) = (fold(from), fold(to));
    let earlier =
        "INSERT OR IGNORE INTO scope (was, now) SELECT was, ?2 FROM scope WHERE now = ?1 AND was <> ?2";
    tx.execute(earlier, [&from, &to])?;
    tx.execute("INSERT OR IGNORE INTO scope (was, now) VALUES (?1, ?2)", [&from, &to]).map(drop)
}

/// The names that notes below a top-level deck may have come under.
pub fn earlier(tx: &Tx<'_>, now: &str) -> Result<Vec<String>> {
    tx.all("SELECT was FROM scope WHERE now = ?1 ORDER BY was", [fold(now)], |row| row.get(0))
}

/// Whether no top-level deck ever had another name.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM scope LIMIT 1", [], |_| Ok(()))?.is_none())
}
