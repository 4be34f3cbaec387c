//! How surely a share of answers is known.

/// The 97.5 % point of the normal distribution, for an interval of 95 %.
pub const Z_95: f64 = 1.959_963_984_540_054;

/// The 95 % confidence interval of the share `right` of `asked`, both ends 0 to 1: Wilson's score interval (E. B. Wilson,
/// "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American Statistical Association
/// 22 (1927), 209-212), which unlike the share plus and minus its error keeps its word for ten questions and for all of them
/// right (L. D. Brown, T. T. Cai, A. `DasGupta`, "Interval Estimation for a Binomial Proportion", Statistical Science 16
/// (2001), 101-133). Of nothing it is everything.
pub fn wilson(right: u32, asked: u32) -> (f64, f64) {
    if asked == 0 {
        return (0.0, 1.0);
    }
    let (n, z2) = (f64::from(asked), Z_95 * Z_95);
    let p = f64::from(right.min(asked)) / n;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
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
            (2, 1, 0.2065, 1.0),
        ] {
            let (is_low, is_high) = wilson(right, asked);
            assert!((is_low - low).abs() < 1e-4 && (is_high - high).abs() < 1e-4, "{right} of {asked}");
        }
    }

    /// By Wilson's own words, slowly: the shares that the score is no further than `Z_95` standard errors from.
    fn slowly(right: u32, asked: u32) -> (f64, f64) {
        let (n, share) = (f64::from(asked), f64::from(right) / f64::from(asked));
        let fits = |step: &f64| (share - step).abs() <= Z_95 * (step * (1.0 - step) / n).sqrt() + 1e-12;
        let steps = (0..=20_000_u32).map(|step| f64::from(step) / 20_000.0);
        let fitting: Vec<f64> = steps.filter(fits).collect();
        (fitting[0], fitting[fitting.len() - 1])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_interval_is_the_set_of_shares_that_the_score_does_not_speak_against(asked in 1_u32..60, part in 0_u32..=60) {
            let right = part.min(asked);
            let ((low, high), (slow_low, slow_high)) = (wilson(right, asked), slowly(right, asked));
            prop_assert!((low - slow_low).abs() < 2e-4 && (high - slow_high).abs() < 2e-4, "{right} of {asked}");
            let share = f64::from(right) / f64::from(asked);
            prop_assert!(low <= share + 1e-12 && share <= high + 1e-12);
        }
    }
}
