//! How one question worked.

use serde::Serialize;

use super::correlation::{Correlation, point_biserial};
use super::options::{self, OptionUse};
use super::rest::Answered;
use super::{Item, Proportion, as_count};

/// Fewer learners say nothing: of ten, even a correlation of 0.62 cannot be told from none, as its interval by Fisher's z, whose
/// half-width is 1.96 / √7 there, still holds 0.
pub(super) const LEAST_LEARNERS: u32 = 10;

/// How one question worked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemUse {
    /// Its place in the bank, from 0.
    pub item: usize,
    /// Learners who met it.
    pub learners: u32,
    /// Item difficulty, p: the learners whose first attempt was right, without help. The lower, the harder.
    pub difficulty: Proportion,
    /// Whether those who know more of the rest know this one too.
    pub discrimination: Discrimination,
    /// Retention after the first day: reviews that were passed.
    pub later: Proportion,
    /// The options of a choice, distractors and right ones, in the author's order.
    pub options: Vec<OptionUse>,
    /// Learners who chose none of the options ("don't know", or no response in the log).
    pub omitted: u32,
    /// Learners whose response is none of the options: reworded since, or from elsewhere. They count for no option.
    pub unlisted: u32,
}

/// Whether those who know more of the rest know a question too.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Discrimination {
    /// Learners who were compared: those with a rest score.
    pub learners: u32,
    /// The corrected item-rest correlation: the point-biserial correlation, over learners, of right or wrong here with the share
    /// right of the other questions (Corrected item-test correlations, Psychometrika 31(1), 1966, doi:10.1007/BF02289461).
    pub correlation: Option<Correlation>,
    /// Why there is no correlation, if there is none.
    pub missing: Option<Missing>,
}

/// Why there is no correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Fewer than ten learners met it and five others.
    FewLearners,
    /// All of them were right, or all wrong.
    SameAnswers,
    /// All of them have the same rest score.
    SameRest,
}

impl Missing {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FewLearners => "fewer than 10 learners met it and five others",
            Self::SameAnswers => "all answered alike",
            Self::SameRest => "all did equally well on the rest",
        }
    }
}

impl ItemUse {
    pub(super) fn of(place: usize, item: &Item, answers: &[Answered<'_>]) -> Self {
        let learners = as_count(answers.len());
        let right = as_count(answers.iter().filter(|answered| answered.met.first.right).count());
        let sum = |of: fn(&Answered<'_>) -> u32| answers.iter().map(of).fold(0, u32::saturating_add);
        let later = Proportion::new(
            sum(|answered| answered.met.later.remembered),
            sum(|answered| answered.met.later.asked),
        );
        let chosen = options::chosen(item, answers);
        Self {
            item: place,
            learners,
            difficulty: Proportion::new(right, learners),
            discrimination: Discrimination::of(answers),
            later,
            options: chosen.options,
            omitted: chosen.omitted,
            unlisted: chosen.unlisted,
        }
    }

    /// The place of the right option and what became of it, if one alone is right.
    pub(super) fn key(&self) -> Option<(usize, &OptionUse)> {
        let mut right = self.options.iter().enumerate().filter(|(_, option)| option.right);
        right.next().filter(|_| right.next().is_none())
    }
}

impl Discrimination {
    fn of(answers: &[Answered<'_>]) -> Self {
        let pairs: Vec<(bool, f64)> =
            answers.iter().filter_map(|answered| Some((answered.met.first.right, answered.rest?))).collect();
        let learners = as_count(pairs.len());
        if learners < LEAST_LEARNERS {
            return Self { learners, correlation: None, missing: Some(Missing::FewLearners) };
        }
        let correlation = point_biserial(&pairs).and_then(|value| Correlation::of_pairs(value, learners));
        let right = pairs.iter().filter(|(right, _)| *right).count();
        let missing = match correlation {
            Some(_) => None,
            None if right == 0 || right == pairs.len() => Some(Missing::SameAnswers),
            None => Some(Missing::SameRest),
        };
        Self { learners, correlation, missing }
    }
}
