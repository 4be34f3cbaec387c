//! The program from outside: the real binary over temporary files with a fixed clock.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop with what it saw"
)]

mod anki_text;
mod answer;
mod architecture;
mod authoring;
mod backups;
mod bad_input;
mod bank;
mod bank_report;
mod behind;
mod both;
#[path = "../browser.rs"]
mod browser;
mod builder;
mod corpus;
mod crash;
mod damage;
mod dialogue;
mod documents;
mod export;
mod flaky;
mod full;
mod hostile;
mod html;
mod integrity;
mod journal;
mod learner;
mod looked;
mod manifest;
mod mastery;
mod merge;
mod migrations;
mod own_words;
mod package;
mod pages;
#[cfg(unix)]
mod pty;
mod readers;
mod restores;
mod review;
#[cfg(unix)]
mod room;
mod search;
mod simulate;
mod simulation;
mod stage;
mod stats;
mod study;
#[cfg(unix)]
mod surroundings;
mod sync;
mod tables;
#[cfg(unix)]
mod taken_away;
#[cfg(unix)]
mod terminal;
mod today;
mod two;
mod undo;
mod used;
mod versions;
mod ways;
mod whole;
