//! matura: spaced repetition for the terminal.

pub mod bank;
pub mod clock;
pub mod error;
pub mod files;
pub mod model;
pub mod schedule;
pub mod store;
pub mod text;
