//! Settings.

use super::Collection;
use crate::error::{Error, Kind, Result};
use crate::model::{Setting, Settings};
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
            if !name.set(&mut settings, value) {
                return Err(Error::new(Kind::Usage, format!("{name} cannot be {value:?}"))
                    .hint(format!("it is {}", name.range())));
            }
            setting::put(tx, name, &name.get(&settings))?;
            Ok(settings)
        })
    }
}
