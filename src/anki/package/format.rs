//! Packages among the formats of banks: what is in one is read as a native bank.

use crate::bank::{Bank, Format, Input, Native, Options, Rejected, Sink, native};
use crate::error::{Error, Result};

/// Packages and whole collections of Anki.
#[derive(Debug)]
pub struct AnkiPackage;

impl AnkiPackage {
    /// The bank in a package.
    pub fn open(name: &str, bytes: &[u8]) -> Result<Bank> {
        let named = |error: Error| Error { message: format!("{name}: {}", error.message), ..error };
        let unpacked = super::read(bytes).map_err(named)?;
        let text = String::from_utf8(native::write(&unpacked.notes)?)
            .map_err(|cause| Error::internal(cause.to_string()))?;
        let input = Input { name: name.to_owned(), text, is_sheet: false };
        Ok(Bank::of(input, &Self, unpacked.warnings))
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

    fn rejected(&self, input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
        Native.rejected(input, options, items)
    }

    fn ending(&self, _: &Input) -> String {
        "csv".to_owned()
    }
}
