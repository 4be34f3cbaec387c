//! A bank that was read whole.

use super::{Draft, Guess, Problem, Rejected, Sink};
use crate::model::Guid;

/// What reading a bank gave.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The notes that are right, in order.
    pub drafts: Vec<Draft>,
    /// The items that are not.
    pub rejected: Vec<Rejected>,
    /// What the reader should know although nothing is rejected for it.
    pub warnings: Vec<Problem>,
    /// Notes that stay in the file.
    pub left: Vec<Guid>,
    /// Rows without an item.
    pub skipped: u64,
    /// What was concluded.
    pub guesses: Vec<Guess>,
}

impl Reading {
    /// Why items were rejected, in the order of the file.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.rejected.iter().flat_map(|rejected| &rejected.problems)
    }
}

impl Sink for Reading {
    fn draft(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    fn reject(&mut self, rejected: Rejected) {
        self.rejected.push(rejected);
    }

    fn warn(&mut self, problem: Problem) {
        self.warnings.push(problem);
    }

    fn leave(&mut self, guid: Guid) {
        self.left.push(guid);
    }

    fn skip(&mut self, rows: u64) {
        self.skipped += rows;
    }

    fn guess(&mut self, guess: Guess) {
        self.guesses.push(guess);
    }
}
