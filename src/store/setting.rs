//! The tables of settings: what differs from the defaults, and what decks have for themselves.

use std::collections::BTreeMap;

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{DeckId, Limits, Setting, Settings};

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

/// Forgets one setting: the default holds again.
pub fn unset(tx: &Tx<'_>, setting: Setting) -> Result<()> {
    tx.execute("DELETE FROM setting WHERE name = ?1", [setting.name()]).map(drop)
}

/// The limits that decks have for themselves.
pub fn of_decks(tx: &Tx<'_>) -> Result<BTreeMap<DeckId, Limits>> {
    let mut limits: BTreeMap<DeckId, Limits> = BTreeMap::new();
    for (deck, name, value) in tx.all("SELECT deck_id, name, value FROM deck_setting", [], |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })? {
        if let Some(place) =
            Setting::named(&name).and_then(|name| limits.entry(deck).or_default().place(name))
        {
            *place = value.parse().ok();
        }
    }
    Ok(limits)
}

/// Stores one setting of a deck.
pub fn put_of_deck(tx: &Tx<'_>, deck: DeckId, setting: Setting, value: &str) -> Result<()> {
    let sql = "INSERT INTO deck_setting (deck_id, name, value) VALUES (?1, ?2, ?3)
        ON CONFLICT (deck_id, name) DO UPDATE SET value = excluded.value";
    tx.execute(sql, params![deck, setting.name(), value]).map(drop)
}

/// Forgets one setting of a deck.
pub fn unset_of_deck(tx: &Tx<'_>, deck: DeckId, setting: Setting) -> Result<()> {
    tx.execute("DELETE FROM deck_setting WHERE deck_id = ?1 AND name = ?2", params![deck, setting.name()])
        .map(drop)
}
