//! The figures as a page.

mod parts;
mod svg;

use super::words;
use crate::cli::page;
use crate::collection::Stats;

/// The page.
pub(super) fn page(stats: &Stats) -> String {
    page::page(words::deck(stats), &words::when(stats), parts::parts(stats))
}
