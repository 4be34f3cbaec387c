//! What is said of single notes that a bank states again.

use crate::bank::{Draft, Problem};
use crate::model::{Content, DeckName, Field, Note};
use crate::text;

/// Why a row is not taken for the note that has its id.
pub(super) fn overwrites(draft: &Draft, old: &Note) -> Problem {
    let asked = text::one_line(&old.content.readable().prompt, 40);
    let message = format!("this id belongs to another question already, in {}: {asked:?}", old.deck);
    let fix = format!(
        "give the bank a top-level deck of its own with --deck; if it is the bank of {} under a new name, give it its old name",
        old.deck
    );
    Problem::new(draft.line, message, fix).in_column(Field::Id.name())
}

/// What is said of a note that asks something else now.
pub(super) fn replaced(draft: &Draft, old: &Content) -> Problem {
    let message = format!(
        "the note with this id asked something else before: {:?}",
        text::one_line(&old.readable().prompt, 50)
    );
    Problem::new(
        draft.line,
        message,
        "if that was another note, give this one an id of its own and import both banks again",
    )
    .in_column(Field::Id.name())
}

/// How many notes went from one deck to another.
pub(super) fn moved(((from, to), count): (&(DeckName, DeckName), &u64)) -> Problem {
    let message = format!("{} moved from {from} to {to}", text::count(*count, "note"));
    Problem::new(1, message, format!("matura edit --deck \"{from}\" and their numbers moves them back"))
}

/// Notes of which a change cannot be taken, by what they ask; none if there is none.
pub(super) fn entangled(asks: &[String]) -> Option<Problem> {
    let first = asks.first()?;
    let message = format!(
        "{} changed where their parts stand together in one field, and stay as they are here; the first asks {first:?}",
        text::count_verb(asks.len(), "note was", "notes were")
    );
    Some(Problem::new(
        1,
        message,
        "change them here, with matura edit; a package (--to apkg) keeps parts in fields of their own",
    ))
}

/// Notes of a text file that stay as their package brought them; none if there is none.
pub(super) fn came_packed(count: u64) -> Option<Problem> {
    let message = format!(
        "{} in a package before, which holds more, and stay as they are",
        text::count_verb(count, "note came", "notes came")
    );
    (count > 0)
        .then(|| Problem::new(1, message, "export the deck from Anki as a package again, and import that"))
}
