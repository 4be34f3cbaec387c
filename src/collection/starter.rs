//! The starter deck, which comes with the program.

use super::{BankFile, Collection};
use crate::error::Result;
use crate::store::note;

/// The starter deck as a bank.
const STARTER: &[u8] = include_bytes!("../../decks/mlops-maturity.csv");

/// The starter deck, to be imported.
pub fn starter() -> BankFile {
    BankFile { name: "the starter deck".to_owned(), bytes: STARTER.to_vec() }
}

impl Collection {
    /// Whether the collection never held a note but those whose import was taken back.
    pub fn is_empty(&mut self) -> Result<bool> {
        self.read(|tx, _| note::is_untouched(tx))
    }
}
