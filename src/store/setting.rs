//! The tables of settings: what differs from the defaults, and what decks have for themselves.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{DeckId, Limits, Moment, Setting, Settings};

/// The settings of the collection. A value that a newer matura wrote and this one does not know is left alone.
pub fn all(tx: &Tx<'_>) -> Result<Settings> {
    read(tx, |_| {})
}

/// A sentence for each value that this program does not know: a default holds in its place.
pub fn unknown(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut unknown = Vec::new();
    read(tx, |sentence| unknown.push(sentence))?;
    Ok(unknown)
}

fn read(tx: &Tx<'_>, mut unknown: impl FnMut(String)) -> Result<Settings> {
    let mut settings = Settings::default();
    let sql =
        "SELECT mended_text(name), mended_text(value) FROM setting WHERE value IS NOT NULL ORDER BY name";
    tx.each(sql, [], |row| {
        let (name, value) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        if let Some(setting) = Setting::named(name)
            && !setting.set(&mut settings, value)
        {
            let holds = setting.get(&settings);
            unknown(format!(
                "the setting {name} cannot be {value:?}, which is {}: {holds} holds",
                setting.range()
            ));
        }
        Ok(ControlFlow::Continue(()))
    })?;
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
    for (deck, name, value) in tx.all(
        "SELECT deck_id, mended_text(name), mended_text(value) FROM deck_setting WHERE value IS NOT NULL",
        [],
        |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
    )? {
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
