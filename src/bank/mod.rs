//! Question banks: bytes in, notes with their lines and problems out. Knows no store.

mod identity;
pub mod native;
mod problem;

pub use identity::{Identified, guid_in_scope, identify};
pub use problem::Problem;

use crate::model::{Content, DeckName, Guid};

/// A note as a bank states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The line of the file on which it starts, from 1.
    pub line: u64,
    /// The guid that the bank states.
    pub guid: Option<Guid>,
    /// The bank's own id.
    pub id: Option<String>,
    /// The deck that the bank states.
    pub deck: Option<DeckName>,
    /// What it says.
    pub content: Content,
}

/// What reading a bank gave.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The notes that are right, in order.
    pub drafts: Vec<Draft>,
    /// Why the others are not: each has the line of its item.
    pub problems: Vec<Problem>,
    /// What the reader should know although nothing is rejected for it.
    pub warnings: Vec<Problem>,
    /// How many items have a problem.
    pub rejected: u64,
    /// Blank rows.
    pub skipped: u64,
}
