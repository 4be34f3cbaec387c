//! What each learner did with a question, beside the rest score.

use super::{Learner, Met, as_count};

/// Who met fewer other questions is left out where rest scores are compared: of fewer than five one answer more or less moves the
/// score by a quarter or more, and it tells chance rather than the learner.
pub(super) const LEAST_OTHERS: u32 = 5;

/// What one learner did with a question.
pub(super) struct Answered<'l> {
    /// The learner's place.
    pub learner: usize,
    /// What happened.
    pub met: &'l Met,
    /// The rest score: the share of the learner's other questions that were right at first sight, 0 to 1. None where there are
    /// fewer than [`LEAST_OTHERS`].
    pub rest: Option<f64>,
}

/// The answers to each of so many items, in the order of the learners.
pub(super) fn by_item(items: usize, learners: &[Learner]) -> Vec<Vec<Answered<'_>>> {
    let mut answers: Vec<Vec<Answered<'_>>> = std::iter::repeat_with(Vec::new).take(items).collect();
    for (place, learner) in learners.iter().enumerate() {
        let known = || learner.met.range(..items);
        let met = as_count(known().count());
        let right = as_count(known().filter(|(_, met)| met.first.right).count());
        for (item, met_item) in known() {
            if let Some(answers) = answers.get_mut(*item) {
                let (others, right) =
                    (met.saturating_sub(1), right.saturating_sub(u32::from(met_item.first.right)));
                let rest = (others >= LEAST_OTHERS).then(|| f64::from(right) / f64::from(others));
                answers.push(Answered { learner: place, met: met_item, rest });
            }
        }
    }
    answers
}
