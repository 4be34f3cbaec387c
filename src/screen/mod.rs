//! The terminal, over the session alone.

pub mod editor;
pub mod full;
mod media;
mod mode;
pub mod plain;
mod test;
mod words;

pub use mode::{Mode, Surroundings, choose};
