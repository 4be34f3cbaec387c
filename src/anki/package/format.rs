//! Packages among the formats of banks: what is in one is read as a native bank.

use super::{Media, PastCard, Unpacked};
use crate::anki::restated::restated;
use crate::bank::{Bank, Format, Input, Native, Options, Rejected, Restated, Sink, native};
use crate::error::{Error, Result};
use crate::model::Content;

/// What comes with the notes of a package.
#[derive(Debug, Default)]
pub struct Beside {
    /// What Anki knows of their cards.
    pub past: Vec<PastCard>,
    /// Answers in the package.
    pub reviews: u64,
    /// Their images and sounds.
    pub media: Media,
}

/// Packages and whole collections of Anki.
#[derive(Debug)]
pub struct AnkiPackage;

impl AnkiPackage {
    /// The bank in a package, and what comes with it; what Anki knows of its cards only if that is wanted.
    pub fn open(name: &str, bytes: Vec<u8>, with_history: bool) -> Result<(Bank, Beside)> {
        let named = |error: Error| Error { message: format!("{name}: {}", error.message), ..error };
        let unpacked = super::read(bytes, with_history).map_err(named)?;
        let text = String::from_utf8(native::write(&unpacked.notes)?)
            .map_err(|cause| Error::internal(cause.to_string()))?;
        let input = Input { name: name.to_owned(), text, is_sheet: false };
        let Unpacked { warnings, past, reviews, media, .. } = unpacked;
        Ok((Bank::of(input, &Self, warnings), Beside { past, reviews, media }))
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

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        Native.read(input, options, out)
    }

    fn restated(&self, stored: &Content, stated: &Content) -> Option<Restated> {
        restated(stored, stated)
    }

    fn rejected(&self, input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
        Native.rejected(input, options, items)
    }

    fn ending(&self, _: &Input) -> String {
        "csv".to_owned()
    }
}
