//! Facts in the native bank.

use super::cells::Cells;
use crate::bank::list;
use crate::model::{Fact, Field, Invalid};

pub(super) fn read(cells: &mut Cells, reversed: bool, typed: bool) -> Result<Fact, Invalid> {
    if !cells.get(Field::Options).is_empty() {
        return Err(Invalid::new(
            Field::Options,
            "a fact has no options",
            "write choice under kind, or move the options to accept",
        ));
    }
    if cells.get(Field::Answer).is_empty() && is_broken_cloze(cells.get(Field::Prompt)) {
        let message = "it looks like a cloze, but its marks are not as they should be";
        return Err(Invalid::new(
            Field::Prompt,
            message,
            "write {{c1::hidden}}, with a number behind a small c",
        ));
    }
    let accept = list::read(cells.get(Field::Accept));
    Fact::new(cells.take(Field::Answer), accept, reversed, typed)
}

fn is_broken_cloze(prompt: &str) -> bool {
    let marks = [("{{", "}"), ("[[c", "]]"), ("{c", "}")];
    marks.iter().any(|(open, close)| prompt.contains(open) && prompt.contains(close))
}

pub(super) fn write(fact: &Fact, cells: &mut Cells) {
    cells.set(Field::Answer, &fact.answer);
    cells.set(Field::Accept, list::write(fact.accept.iter().map(String::as_str)));
    cells.set(Field::Reverse, if fact.reversed { "yes" } else { "" });
    cells.set(Field::Typed, if fact.typed { "yes" } else { "" });
}
