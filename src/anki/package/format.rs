//! Packages among the formats of banks.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};

use super::read::Package;
use super::{Media, PastCard};
use crate::anki::restated::restated;
use crate::bank::{Bank, Format, Input, Options, Rejected, Restated, Sink};
use crate::error::{Error, Result};
use crate::model::{Content, Guid};

/// Packages and whole collections of Anki: as one of the formats, or one that is open.
#[derive(Debug, Default)]
pub struct AnkiPackage(Option<Opened>);

/// A package that is open.
#[derive(Debug, Clone)]
pub struct Opened(Arc<Mutex<Package>>);

impl Opened {
    fn package(&self) -> Result<MutexGuard<'_, Package>> {
        self.0.lock().map_err(|_| Error::internal("the reader of the package stopped in the middle"))
    }

    /// Answers in it.
    pub fn reviews(&self) -> Result<u64> {
        Ok(self.package()?.reviews())
    }

    /// The images and sounds that its notes name.
    pub fn media(&self) -> Result<Arc<Media>> {
        Ok(self.package()?.media())
    }

    /// The guids of its notes, when these were read.
    pub fn guids(&self) -> Result<HashSet<Guid>> {
        Ok(self.package()?.guids())
    }

    /// What Anki knows of the cards of its notes, when these were read.
    pub fn past(&self) -> Result<Vec<PastCard>> {
        self.package()?.past()
    }
}

impl AnkiPackage {
    /// Packages as one of the formats.
    pub const LISTED: Self = Self(None);

    /// The bank in a package, which is read with it.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<(Bank, Opened)> {
        let named = |error: Error| Error { message: format!("{name}: {}", error.message), ..error };
        let opened = Opened(Arc::new(Mutex::new(Package::open(bytes).map_err(named)?)));
        Ok((Bank::held(name, Self(Some(opened.clone()))), opened))
    }
}

impl Format for AnkiPackage {
    fn name(&self) -> &'static str {
        "apkg"
    }

    fn about(&self) -> &'static str {
        "Anki's packages (.apkg) and whole collections (.colpkg), old and new"
    }

    /// A text is none.
    fn recognise(&self, _: &Input) -> Option<String> {
        None
    }

    fn takes_columns(&self) -> bool {
        false
    }

    fn read(&self, _: &Input, _: &Options, out: &mut dyn Sink) -> Result<()> {
        let Some(opened) = &self.0 else { return Ok(()) };
        opened.package()?.notes(out)
    }

    fn restated(&self, stored: &Content, stated: &Content) -> Option<Restated> {
        restated(stored, stated)
    }

    /// Nothing of a package is rejected: what is no note stays in it.
    fn rejected(&self, _: &Input, _: &Options, _: &[Rejected]) -> Result<String> {
        Ok(String::new())
    }

    fn ending(&self, _: &Input) -> String {
        "csv".to_owned()
    }
}
