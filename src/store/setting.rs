//! The tables of settings: what differs from the defaults, and what decks have for themselves.

use std::collections::BTreeMap;

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{DeckId, Limits, Moment, Setting, Settings};

/// The settings of the collection. A value that a newer matura wrote and this one does not know is left alone.
pub fn all(tx: &Tx<'_>) -> Result<Settings> {
    let mut settings = Settings::default();
    for (name, value) in tx.all("SELECT name, value FROM setting WHERE value IS NOT NULL", [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })? {
        if let Some(setting) = Setting::named(&name) {
            let _: bool = setting.set(&mut settings, &value);
        }
    }
    Ok(settings)
}

/// Stores one setting, or none: then the default holds again.
pub fn put(tx: &Tx<'_>, setting: Setting, value: Option<&str>, now: Moment) -> Result<()> {
    let sql = "INSERT INTO setting (name, value, at) VALUES (?1, ?2, ?3)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = max(excluded.at, at + 1)";
    tx.execute(sql, params![setting.name(), value, now.ms]).map(drop)
}

/// The limits that decks have for themselves.
pub fn of_decks(tx: &Tx<'_>) -> Result<BTreeMap<DeckId, Limits>> {
    let mut limits: BTreeMap<DeckId, Limits> = BTreeMap::new();
    for (deck, name, value) in
        tx.all("SELECT deck_id, name, value FROM deck_setting WHERE value IS NOT NULL", [], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?
    {
        if let Some(place) =
            Setting::named(&name).and_then(|name| limits.entry(deck).or_default().place(name))
        {
            *place = value.parse().ok();
        }
    }
    Ok(limits)
}

/// Stores one setting of a deck, or none.
pub fn put_of_deck(
    tx: &Tx<'_>,
    deck: DeckId,
    setting: Setting,
    value: Option<&str>,
    now: Moment,
) -> Result<()> {
    let sql = "INSERT INTO deck_setting (deck_id, name, value, at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (deck_id, name) DO UPDATE SET value = excluded.value, at = max(excluded.at, at + 1)";
    tx.execute(sql, params![deck, setting.name(), value, now.ms]).map(drop)
}
