//! How a bank worked as a whole.

use serde::Serialize;

use super::rest::Answered;
use super::{ItemUse, Learner, as_count, mean, rounded_if_any};

/// Fewer learners say little of how reliable a bank is: of thirty, a reliability of 0.8 is known to lie between 0.68 and 0.89 only,
/// as (1 - reliability found) / (1 - reliability) follows an F distribution with learners - 1 degrees of freedom above.
const LEAST_LEARNERS: usize = 30;

/// How a bank worked as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BankUse {
    /// Learners who met a question of it.
    pub learners: u32,
    /// Questions.
    pub items: u32,
    /// Questions that somebody met.
    pub met: u32,
    /// The median of the difficulties of those, 0 to 1: the lower, the harder.
    #[serde(serialize_with = "rounded_if_any")]
    pub median_difficulty: Option<f64>,
    /// The mean of the discriminations of those that have one, -1 to 1.
    #[serde(serialize_with = "rounded_if_any")]
    pub mean_discrimination: Option<f64>,
    /// Whether another such bank would order learners the same way.
    pub reliability: Reliability,
}

/// How far the order of learners by their scores would come again with other questions of the same sort.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reliability {
    /// Learners who met every question that anybody met.
    pub learners: u32,
    /// Their KR-20, which is Cronbach's alpha of answers that are right or wrong: 1 at most, and below 0 where questions
    /// contradict each other. None where fewer than thirty met them all, or all have the same score.
    #[serde(serialize_with = "rounded_if_any")]
    pub kr20: Option<f64>,
}

impl BankUse {
    pub(super) fn of(items: &[ItemUse], answers: &[Vec<Answered<'_>>], learners: &[Learner]) -> Self {
        let met = items.iter().filter(|item| item.learners > 0).count();
        let discriminations = items.iter().filter_map(|item| item.discrimination.correlation);
        Self {
            learners: as_count(
                learners.iter().filter(|learner| learner.met.range(..items.len()).next().is_some()).count(),
            ),
            items: as_count(items.len()),
            met: as_count(met),
            median_difficulty: median(items.iter().filter_map(|item| item.difficulty.share())),
            mean_discrimination: mean(discriminations.map(|correlation| correlation.value)),
            reliability: Reliability::of(met, answers, learners),
        }
    }
}

impl Reliability {
    fn of(items: usize, answers: &[Vec<Answered<'_>>], learners: &[Learner]) -> Self {
        let is_whole = |learner: &Learner| items > 0 && learner.met.range(..answers.len()).count() == items;
        let whole: Vec<bool> = learners.iter().map(is_whole).collect();
        let of_whole = |answered: &&Answered<'_>| whole.get(answered.learner).copied().unwrap_or(false);
        let columns = answers.iter().filter(|answers| !answers.is_empty());
        let rows: Vec<Vec<bool>> = columns
            .map(|answers| answers.iter().filter(of_whole).map(|answered| answered.met.first.right).collect())
            .collect();
        let learners = whole.iter().filter(|whole| **whole).count();
        let kr20 = if learners < LEAST_LEARNERS { None } else { kr20(&rows) };
        Self { learners: as_count(learners), kr20 }
    }
}

/// Formula 20 of "The theory of the estimation of test reliability", Psychometrika 2(3), 1937, doi:10.1007/BF02288391:
/// k / (k - 1) · (1 - Σpq / variance of the scores), of k questions with a share p of right and q of wrong answers. Each question
/// comes with the answers of the same learners in the same order.
fn kr20(items: &[Vec<bool>]) -> Option<f64> {
    let mut scores: Vec<u32> = vec![0; items.first()?.len()];
    let mut spread = 0.0;
    for item in items {
        let p = mean(item.iter().map(|right| f64::from(u8::from(*right))))?;
        spread += p * (1.0 - p);
        scores.iter_mut().zip(item).for_each(|(score, right)| *score += u32::from(*right));
    }
    let middle = mean(scores.iter().map(|score| f64::from(*score)))?;
    let variance = mean(scores.iter().map(|score| (f64::from(*score) - middle).powi(2)))?;
    let count = f64::from(as_count(items.len()));
    let varies = scores.iter().min() < scores.iter().max();
    (varies && items.len() > 1).then(|| count / (count - 1.0) * (1.0 - spread / variance))
}

pub(super) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some(f64::midpoint(*values.get(low)?, *values.get(high)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reliability_is_that_of_a_published_example() {
        // "The Kuder-Richardson 20", StatHelp of East Carolina University (core.ecu.edu): ten students, ten questions,
        // Σpq = 2.18, variance 5.84: 10/9 · (1 - 2.18/5.84) = 0.696347
        let students = [
            "1111110110",
            "1011011101",
            "1111011001",
            "0010001000",
            "0000010010",
            "1110111111",
            "1101110111",
            "1111111101",
            "0101111101",
            "1101101110",
        ];
        let items: Vec<Vec<bool>> = (0..10)
            .map(|item| students.iter().map(|student| student.as_bytes()[item] == b'1').collect())
            .collect();
        assert!((kr20(&items).unwrap() - 0.696_347).abs() < 1e-6);
    }

    #[test]
    fn reliability_needs_two_questions_and_scores_that_differ() {
        assert_eq!(kr20(&[]), None);
        assert_eq!(kr20(&[vec![], vec![]]), None);
        assert_eq!(kr20(&[vec![true, false]]), None);
        assert_eq!(kr20(&[vec![true, false], vec![false, true]]), None);
        // the same answers twice: p = q = 1/2, variance of 0 and 2 is 1: 2 · (1 - 1/2) = 1
        assert_eq!(kr20(&[vec![true, false], vec![true, false]]), Some(1.0));
    }

    #[test]
    fn a_median_is_the_middle_or_between_both_middles() {
        assert_eq!(median([]), None);
        assert_eq!(median([0.9, 0.1, 0.2]), Some(0.2));
        assert_eq!(median([0.75, 0.0, 1.0, 0.25]), Some(0.5));
    }
}
