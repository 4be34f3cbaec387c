//! What a score says, and how surely.

use serde::Serialize;

/// From this share of right answers on a deck counts as mastered.
pub const MASTERED: f64 = 0.7;
/// The 97.5 % point of the normal distribution, for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

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

    /// The 95 % confidence interval of the share: Wilson's score interval (E. B. Wilson, "Probable Inference, the Law
    /// of Succession, and Statistical Inference", Journal of the American Statistical Association 22 (1927), 209-212),
    /// which unlike the share plus and minus its error keeps its word for ten questions and for all of them right
    /// (L. D. Brown, T. T. Cai, A. `DasGupta`, "Interval Estimation for a Binomial Proportion", Statistical Science 16
    /// (2001), 101-133). Of nothing it is everything.
    pub fn interval(self) -> (f64, f64) {
        if self.asked == 0 {
            return (0.0, 1.0);
        }
        let (n, p, z2) = (f64::from(self.asked), self.share(), Z * Z);
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        ((middle - half).max(0.0), (middle + half).min(1.0))
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
    fn the_interval_is_that_of_published_tables() {
        for (right, asked, low, high) in [
            (0, 10, 0.0, 0.2775),
            (1, 10, 0.0179, 0.4042),
            (5, 10, 0.2366, 0.7634),
            (8, 10, 0.4902, 0.9433),
            (10, 10, 0.7225, 1.0),
            (19, 20, 0.7639, 0.9911),
            (0, 0, 0.0, 1.0),
        ] {
            let (is_low, is_high) = Score { right, asked }.interval();
            assert!((is_low - low).abs() < 1e-4 && (is_high - high).abs() < 1e-4, "{right} of {asked}");
        }
    }

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

    /// By Wilson's own words, slowly: the shares that the score is no further than `Z` standard errors from.
    fn slowly(score: Score) -> (f64, f64) {
        let (n, share) = (f64::from(score.asked), score.share());
        let fits = |step: &f64| (share - step).abs() <= Z * (step * (1.0 - step) / n).sqrt() + 1e-12;
        let steps = (0..=20_000_u32).map(|step| f64::from(step) / 20_000.0);
        let fitting: Vec<f64> = steps.filter(fits).collect();
        (fitting[0], fitting[fitting.len() - 1])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_interval_is_the_set_of_shares_that_the_score_does_not_speak_against(asked in 1_u32..60, part in 0_u32..=60) {
            let score = Score { right: part.min(asked), asked };
            let ((low, high), (slow_low, slow_high)) = (score.interval(), slowly(score));
            prop_assert!((low - slow_low).abs() < 2e-4 && (high - slow_high).abs() < 2e-4, "{score:?}");
            prop_assert!(low <= score.share() + 1e-12 && score.share() <= high + 1e-12);
        }

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
