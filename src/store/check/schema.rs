//! Whether the tables, indexes and triggers of a collection are those that this program makes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::COPIES;
use crate::error::Result;
use crate::store::{Store, Tx};

/// The statement that makes each thing, by its sort and name.
type Schema = BTreeMap<(String, String), String>;

fn of(tx: &Tx<'_>) -> Result<Schema> {
    let sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let rows = tx.all(sql, [], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.into_iter().collect())
}

fn expected() -> Result<&'static Schema> {
    static EXPECTED: OnceLock<Schema> = OnceLock::new();
    if let Some(known) = EXPECTED.get() {
        return Ok(known);
    }
    let made = Store::in_memory()?.read(of)?;
    Ok(EXPECTED.get_or_init(|| made))
}

/// A sentence for each thing that is missing, otherwise, or foreign.
pub(in crate::store) fn faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    let (expected, found) = (expected()?, of(tx)?);
    let missing = expected.iter().filter_map(|(key, sql)| match found.get(key) {
        None => Some(format!("the {} {} is missing", key.0, key.1)),
        Some(other) if other != sql => Some(format!("the {} {} is not as it should be", key.0, key.1)),
        Some(_) => None,
    });
    let foreign = found.keys().filter(|key| !expected.contains_key(key));
    Ok(missing.chain(foreign.map(|key| format!("the {} {} is not matura's", key.0, key.1))).collect())
}

/// Makes the indexes and triggers anew that are missing or otherwise, and takes foreign triggers and views away; says what that
/// was. Tables are left alone.
pub(super) fn mend(tx: &Tx<'_>) -> Result<Vec<String>> {
    let (expected, found) = (expected()?, of(tx)?);
    let is_safe = |sort: &str| matches!(sort, "index" | "trigger" | "view");
    let mut mended = Vec::new();
    for ((sort, name), sql) in &found {
        let wanted = expected.get(&(sort.clone(), name.clone()));
        if is_safe(sort) && wanted != Some(sql) {
            tx.execute(&format!("DROP {sort} \"{}\"", name.replace('"', "\"\"")), [])?;
            if wanted.is_none() {
                mended.push(format!("the {sort} {name}, which is not matura's, was taken away"));
            }
        }
    }
    for ((sort, name), sql) in expected {
        if is_safe(sort) && found.get(&(sort.clone(), name.clone())) != Some(sql) {
            tx.execute(sql, [])?;
            mended.push(format!("the {sort} {name} was made anew"));
        }
    }
    Ok(mended)
}

/// Does something to a table whose triggers refuse it, and has them be there again.
pub(in crate::store) fn without_triggers<T>(
    tx: &Tx<'_>,
    table: &str,
    work: impl FnOnce() -> Result<T>,
) -> Result<T> {
    let triggers = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1";
    let triggers =
        tx.all(triggers, [table], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    triggers
        .iter()
        .try_for_each(|(name, _)| tx.execute(&format!("DROP TRIGGER \"{name}\""), []).map(drop))?;
    let done = work()?;
    // one of the triggers would have seen to it
    COPIES.iter().filter(|copy| copy.tables.contains(&table)).try_for_each(|copy| (copy.forget)(tx))?;
    triggers.iter().try_for_each(|(_, sql)| tx.execute(sql, []).map(drop))?;
    Ok(done)
}
