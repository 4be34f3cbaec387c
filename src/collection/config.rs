//! Settings.

use super::{Collection, decks};
use crate::error::{Error, Kind, Result};
use crate::model::{DeckName, Limits, Setting, Settings};
use crate::store::setting;

impl Collection {
    /// The settings that hold.
    pub fn settings(&mut self) -> Result<Settings> {
        self.read(|_, context| Ok(context.settings))
    }

    /// Sets one of them.
    pub fn set(&mut self, name: Setting, value: &str) -> Result<Settings> {
        self.write(|tx, context| {
            let mut settings = context.settings;
            check(name, &mut settings, value)?;
            setting::put(tx, name, Some(&name.get(&settings)), context.now)?;
            Ok(settings)
        })
    }

    /// Has the default of one of them hold again.
    pub fn unset(&mut self, name: Setting) -> Result<Settings> {
        self.write(|tx, context| {
            setting::put(tx, name, None, context.now)?;
            setting::all(tx)
        })
    }

    /// The limits that a deck has for itself.
    pub fn limits(&mut self, deck: &str) -> Result<(DeckName, Limits)> {
        self.read(|tx, _| {
            let deck = decks::find(tx, deck)?;
            let limits = setting::of_decks(tx)?.remove(&deck.id).unwrap_or_default();
            Ok((deck.name, limits))
        })
    }

    /// Sets one of a deck's limits, or has none there.
    pub fn set_limit(
        &mut self,
        deck: &str,
        name: Setting,
        value: Option<&str>,
    ) -> Result<(DeckName, Limits)> {
        let name = name.of_deck()?;
        self.write(|tx, context| {
            let deck = decks::find(tx, deck)?;
            match value {
                Some(value) => {
                    let mut settings = context.settings;
                    check(name, &mut settings, value)?;
                    setting::put_of_deck(tx, deck.id, name, Some(&name.get(&settings)), context.now)?;
                }
                None => setting::put_of_deck(tx, deck.id, name, None, context.now)?,
            }
            let limits = setting::of_decks(tx)?.remove(&deck.id).unwrap_or_default();
            Ok((deck.name, limits))
        })
    }
}

fn check(name: Setting, settings: &mut Settings, value: &str) -> Result<()> {
    if name.set(settings, value) {
        return Ok(());
    }
    Err(Error::new(Kind::Usage, format!("{name} cannot be {value:?}"))
        .hint(format!("it is {}", name.range())))
}
