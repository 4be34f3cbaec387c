//! The quality of banks before anybody learns from them.

use serde::Serialize;

use super::stream::Found;
use super::{Banks, FileReport};
use crate::bank::alike;
use crate::error::Result;
use crate::report::bank::{Bank, Broken, Figures, Item, judge};

/// The quality of one bank.
#[derive(Debug, Clone, Serialize)]
pub struct BankReport {
    /// Its file.
    pub file: String,
    /// Its format.
    pub format: &'static str,
    /// Items in it that cannot be read.
    pub rejected: u64,
    /// What it is made of.
    #[serde(flatten)]
    pub figures: Figures,
    /// The rules for good questions that something in it breaks.
    pub broken: Vec<Broken>,
}

impl Banks {
    /// Judges each of them; nothing is imported.
    pub fn judge(mut self) -> Result<Vec<BankReport>> {
        let mut banks: Vec<Bank> = self.files.iter().map(|_| Bank::default()).collect();
        while let Some((file, found)) = self.next()? {
            let (Some(read), Some(bank)) = (self.files.get_mut(file), banks.get_mut(file)) else { continue };
            for found in found {
                if let Found::Duplicate(problem) = &found {
                    bank.doubles.push((problem.line, problem.message.clone()));
                }
                if let Some((_, draft)) = read.take(found) {
                    bank.items.push(Item::new(draft.line, &draft.content));
                }
            }
        }
        Ok(self.files.into_iter().zip(banks).map(|(read, bank)| report(read.report, bank)).collect())
    }
}

fn report(read: FileReport, mut bank: Bank) -> BankReport {
    bank.alike = alike(&bank.items.iter().map(Item::content).collect::<Vec<_>>());
    let (figures, broken) = judge(&bank);
    BankReport { file: read.file, format: read.format, rejected: read.rejected, figures, broken }
}
