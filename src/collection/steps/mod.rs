//! Steps that operations share, each within their transaction.

mod cards;
mod day;
mod record;

pub(super) use cards::{bury, cards, find, first_cards, is_buried, suspend};
pub(super) use day::{left, study_day, tomorrow};
pub(super) use record::{record, undo};
