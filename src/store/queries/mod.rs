//! Questions that cross tables, or that a hot path asks.

mod queue;

pub use queue::{due, new, new_of};
