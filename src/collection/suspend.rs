//! Suspending cards and resuming them.

use super::{Collection, steps};
use crate::error::Result;
use crate::model::CardId;

impl Collection {
    /// Suspends a card, or resumes it; says whether that changed anything.
    pub fn suspend(&mut self, card: CardId, suspended: bool) -> Result<bool> {
        self.write(|tx, context| steps::suspend(tx, context.now, card, suspended))
    }
}
