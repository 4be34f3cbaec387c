//! The table of settings: what differs from the defaults.

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{Setting, Settings};

/// The settings of the collection. A value that a newer matura wrote and this one does not know is left alone.
pub fn all(tx: &Tx<'_>) -> Result<Settings> {
    let mut settings = Settings::default();
    for (name, value) in tx.all("SELECT name, value FROM setting", [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })? {
        if let Some(setting) = Setting::named(&name) {
            let _: bool = setting.set(&mut settings, &value);
        }
    }
    Ok(settings)
}

/// Stores one setting.
pub fn put(tx: &Tx<'_>, setting: Setting, value: &str) -> Result<()> {
    let sql = "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.execute(sql, params![setting.name(), value]).map(drop)
}
