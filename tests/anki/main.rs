//! The real Anki as the judge of what matura exports. `MATURA_ANKI_PYTHON` names a Python that has the `anki`
//! wheel; without it, `target/anki-venv` is taken.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, and its files are its own"
)]

mod again;
mod arrival;
mod back;
mod browser;
#[path = "../browser.rs"]
mod chromium;
mod class;
mod desk;
mod history_back;
mod hostile;
mod hostile_gaps;
mod media;
mod own_words;
mod package;
mod package_back;
mod places;
