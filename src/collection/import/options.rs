//! What is stated about an import.

use crate::bank;
use crate::model::{DeckName, Tags};

/// How to import.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is said apart")]
pub struct ImportOptions {
    /// The deck of notes for which the bank states none.
    pub deck: Option<DeckName>,
    /// Tags that every note gets.
    pub tags: Tags,
    /// Whether everything is taken back at the end.
    pub dry_run: bool,
    /// Whether rows with a problem are left out instead of refusing their file.
    pub skip_bad_rows: bool,
    /// Whether notes that a later version of their bank no longer holds are removed.
    pub prune: bool,
    /// Whether the history and the schedule of a package are taken.
    pub with_history: bool,
    /// Whether notes that the learner removed come back.
    pub bring_back: bool,
    /// Whether notes that look like a new wording of one that is missing are taken for it; if not said, that is only
    /// told.
    pub match_reworded: Option<bool>,
    /// What is stated about the banks.
    pub bank: bank::Options,
}
