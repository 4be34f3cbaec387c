//! What a score says, and how surely.

use serde::Serialize;

use crate::model;

/// From this share of right answers on a deck counts as mastered.
pub const MASTERED: f64 = 0.7;

/// Right answers among those that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Right answers.
    pub right: u32,
    /// Questions.
    pub asked: u32,
}

/// What a score comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Mastery {
    /// The whole interval is at [`MASTERED`] or above.
    #[serde(rename = "strong")]
    Strong,
    /// [`MASTERED`] is within the interval: it cannot be told yet.
    #[serde(rename = "getting there")]
    GettingThere,
    /// The whole interval is below [`MASTERED`].
    #[serde(rename = "weak")]
    Weak,
}

impl Mastery {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::GettingThere => "getting there",
            Self::Weak => "weak",
        }
    }
}

impl Score {
    /// Counts one more question.
    pub fn count(&mut self, right: bool) {
        self.asked += 1;
        self.right += u32::from(right);
    }

    /// The share of right answers; 0 of nothing.
    pub fn share(self) -> f64 {
        if self.asked == 0 { 0.0 } else { f64::from(self.right) / f64::from(self.asked) }
    }

    /// The 95 % confidence interval of the share. Of nothing it is everything.
    pub fn interval(self) -> (f64, f64) {
        model::wilson(self.right, self.asked)
    }

    /// The verdict: the interval, not the share, has to be on one side of the line.
    pub fn mastery(self) -> Mastery {
        let (low, high) = self.interval();
        if low >= MASTERED {
            Mastery::Strong
        } else if high < MASTERED {
            Mastery::Weak
        } else {
            Mastery::GettingThere
        }
    }

    /// `8 of 10, 80 % (49 to 94 %)`.
    pub fn words(self) -> String {
        let (low, high) = self.interval();
        let (share, low, high) = (self.share() * 100.0, low * 100.0, high * 100.0);
        format!("{} of {}, {share:.0} % ({low:.0} to {high:.0} %)", self.right, self.asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_verdict_needs_the_whole_interval_and_few_questions_decide_little() {
        use Mastery::{GettingThere, Strong, Weak};
        for (right, asked, verdict) in [
            (10, 10, Strong),
            (9, 10, GettingThere),
            (5, 10, GettingThere),
            (4, 10, Weak),
            (0, 10, Weak),
            (19, 20, Strong),
            (17, 20, GettingThere),
            (8, 8, GettingThere),
            (9, 9, Strong),
            (3, 3, GettingThere),
            (1, 1, GettingThere),
            (0, 1, GettingThere),
            (0, 2, Weak),
            (0, 0, GettingThere),
        ] {
            assert_eq!(Score { right, asked }.mastery(), verdict, "{right} of {asked}");
        }
    }

    #[test]
    fn a_score_is_told_with_its_interval() {
        assert_eq!(Score { right: 8, asked: 10 }.words(), "8 of 10, 80 % (49 to 94 %)");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn one_more_right_answer_never_worsens_the_verdict(asked in 1_u32..200, right in 0_u32..200) {
            let right = right % asked;
            let rank = |right| match (Score { right, asked }).mastery() {
                Mastery::Weak => 0,
                Mastery::GettingThere => 1,
                Mastery::Strong => 2,
            };
            prop_assert!(rank(right) <= rank(right + 1));
        }
    }
}
