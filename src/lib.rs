//! matura: spaced repetition for the terminal.

pub mod anki;
pub mod bank;
pub mod cli;
pub mod clock;
pub mod collection;
pub mod error;
pub mod files;
pub mod html;
pub mod model;
pub mod schedule;
pub mod screen;
pub mod store;
pub mod study;
pub mod text;
