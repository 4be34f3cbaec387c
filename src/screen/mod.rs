//! The terminal, over the session alone.

pub mod plain;
