//! Notes as Anki's text files, as Anki 26.9 reads them.

mod blanks;
mod choice;
mod cloze;
mod fact;
mod fields;
mod guard;
mod text;

pub use text::{Notetypes, Warning, write};
