//! Questions that cross tables, or that a hot path asks.

pub mod figures;
mod practice;
mod queue;
mod search;

pub use practice::candidates;
pub use queue::{due, new, new_of};
pub use search::search;
