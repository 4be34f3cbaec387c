//! The starter deck, which comes with the program.

use super::{BankFile, Collection, ImportOptions};
use crate::error::{Error, Result};
use crate::store::note;

/// The starter deck as a bank.
const STARTER: &[u8] = include_bytes!("../../decks/mlops-maturity.csv");

impl Collection {
    /// Whether the collection never held a note.
    pub fn is_empty(&mut self) -> Result<bool> {
        self.read(|tx, _| note::is_empty(tx))
    }

    /// Loads the starter deck and gives the number of its notes.
    pub fn load_starter(&mut self) -> Result<u64> {
        let bank = BankFile { name: "the starter deck".to_owned(), bytes: STARTER.to_vec() };
        let report = self.import(&[bank], &ImportOptions::default())?;
        match report.files.first() {
            Some(file) if report.imported => Ok(file.added),
            _ => Err(Error::internal("the starter deck cannot be read")),
        }
    }
}
