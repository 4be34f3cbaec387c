//! Notes as Anki's text files and packages, as Anki 26.9 reads and writes them.

mod blanks;
mod choice;
mod cloze;
mod fact;
mod fields;
mod guard;
mod import;
mod order;
pub mod package;
mod restated;
mod stock;
mod tags;
mod text;

pub use import::AnkiText;
pub use order::early_notes;
pub use text::{Notetypes, TextWriter, Warning, deck_in_text};

/// The names of the formats in which Anki states notes.
pub const FORMATS: [&str; 2] = [PACKAGE, "anki"];
/// That of packages.
pub const PACKAGE: &str = "apkg";
