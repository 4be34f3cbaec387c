//! The native bank: a CSV file with one row a note. Reading and writing are exact inverses.

mod blanks;
mod cells;
mod choice;
mod cloze;
mod fact;
mod header;
mod list;
mod read;
mod write;

pub use read::read;
pub use write::write;
