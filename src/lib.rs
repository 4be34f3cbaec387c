//! matura: spaced repetition for the terminal.
//!
//! Another program would begin with [`Collection`]: open one, [`Collection::import`] a bank, ask with
//! [`Collection::review`] (a [`Session`]), [`Collection::export`] a deck. The rooms below are for whoever wants a part:
//! SM-2 alone is in [`schedule`], the native bank in [`bank`], what an answer is worth in [`study`].

pub mod anki;
pub mod bank;
#[doc(hidden)]
pub mod cli;
pub mod clock;
pub mod collection;
pub mod error;
#[doc(hidden)]
pub mod files;
#[doc(hidden)]
pub mod html;
pub mod model;
pub mod query;
pub mod report;
pub mod schedule;
pub mod screen;
#[doc(hidden)]
pub mod store;
pub mod study;
#[doc(hidden)]
pub mod text;

pub use clock::{Clock, FixedClock, SystemClock};
pub use collection::Collection;
pub use error::{Error, Result};
pub use model::{Content, DeckName, Grade, Note};
pub use study::Session;
