//! Cloze notes in the native bank: everything is in the prompt.

use super::cells::Cells;
use crate::model::{Field, Invalid};

pub(super) fn read(cells: &Cells) -> Result<(), Invalid> {
    for field in [Field::Answer, Field::Accept, Field::Options] {
        if !cells.get(field).is_empty() {
            let message = format!("a cloze note has no {field}: what it hides stands in its prompt");
            return Err(Invalid::new(field, message, "move the text to explanation, or empty the cell"));
        }
    }
    Ok(())
}
