//! SQLite: the only place that knows SQL. A file for each table, and `queries` for what crosses them.

pub mod backup;
pub mod bank;
pub mod card;
mod check;
pub mod deck;
#[cfg(test)]
pub(crate) mod effort;
mod fault;
mod functions;
pub mod log;
pub mod media;
pub mod merge;
pub mod note;
mod open;
pub mod operation;
mod packed;
pub mod queries;
pub mod reworded;
pub mod round;
mod salvage;
pub mod scope;
pub mod setting;
pub mod sync;
pub mod test;
mod totals;
mod tx;

pub use check::{Mended, integrity, is_broken, mend, yield_marked};
pub use fault::map;
pub use open::Store;
pub use salvage::{Source, salvage};
pub use totals::DeckTotals;
pub use tx::Tx;
