//! Taking back the last answer.

use super::{Collection, steps};
use crate::error::Result;
use crate::study::Undone;

impl Collection {
    /// Takes back the answer that was written last and still stands. None if there is none.
    pub fn undo(&mut self) -> Result<Option<Undone>> {
        self.write(|tx, context| steps::undo(tx, context, |_, _| true))
    }
}
