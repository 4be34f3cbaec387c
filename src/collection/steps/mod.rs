//! Steps that operations share, each within their transaction.

mod answers;
mod cards;
mod check;
mod day;
mod edit;
mod figures;
mod merge;
mod operation;
mod record;
mod repair;
mod search;

pub(super) use answers::{Each, answers};
pub(super) use cards::{bury, cards, cards_of, find, first_cards, is_buried, slots, suspend};
pub use check::CheckReport;
pub(super) use check::{check, remarks};
pub(super) use day::{capacity, left_today, study_day, tomorrow};
pub(super) use edit::{bring_back, own_words, refused, remove, rewrite};
pub(super) use figures::{Copies, figures};
pub(super) use merge::take_in;
pub(super) use operation::operate;
pub(super) use record::{follow, last_answer, record, set_state, undo};
pub(super) use repair::{repair_all, sound_copy};
pub(super) use search::{chosen, chosen_notes, search};
