//! Figures and judgements for whoever learns and whoever teaches: pure over what they are handed.

pub mod answers;
pub mod bank;
pub mod learning;
pub mod simulate;
pub mod used;

use serde::Serializer;

use crate::model::Day;

/// A day as its date.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "so serde hands a field over")]
fn as_date<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}
