//! How what learners did with one question goes together with what they did with the others.

use serde::Serialize;

use super::{mean, rounded};
use crate::model::Z_95;

/// A correlation, -1 to 1, with its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Correlation {
    /// The correlation.
    #[serde(serialize_with = "rounded")]
    pub value: f64,
    /// The lower end of the interval.
    #[serde(serialize_with = "rounded")]
    pub low: f64,
    /// The upper end of the interval.
    #[serde(serialize_with = "rounded")]
    pub high: f64,
    /// By how many standard errors it lies above 0: beyond ±1.96 where the interval leaves 0 out.
    #[serde(skip)]
    pub(super) above_zero: f64,
}

impl Correlation {
    /// A correlation that was found in so many pairs, with its interval by Fisher's z, the inverse hyperbolic tangent, whose
    /// standard error is 1 / √(n - 3) whatever the correlation (Sample size requirements for estimating Pearson, Kendall and
    /// Spearman correlations, Psychometrika 65(1), 2000, doi:10.1007/BF02294183). Of three pairs or fewer it says nothing.
    pub(super) fn of_pairs(value: f64, pairs: u32) -> Option<Self> {
        if pairs <= 3 || !value.is_finite() {
            return None;
        }
        let value = value.clamp(-1.0, 1.0);
        let (z, error) = (value.atanh(), 1.0 / f64::from(pairs - 3).sqrt());
        let end = |by: f64| (by * Z_95).mul_add(error, z).tanh();
        Some(Self { value, low: end(-1.0), high: end(1.0), above_zero: z / error })
    }

    /// `-0.42 (-0.68 to -0.07)`.
    pub fn words(self) -> String {
        format!("{:.2} ({:.2} to {:.2})", self.value, self.low, self.high)
    }
}

/// The point-biserial correlation of yes and no with scores: Pearson's correlation where one side has two values, (mean of the
/// scores with yes - mean of those with no) / their standard deviation · √(share of yes · share of no). None where all say the
/// same or all scores are the same.
pub(super) fn point_biserial(pairs: &[(bool, f64)]) -> Option<f64> {
    let of = |wanted: bool| pairs.iter().filter(move |(yes, _)| *yes == wanted).map(|(_, score)| *score);
    let (with, without) = (mean(of(true))?, mean(of(false))?);
    let scores = || pairs.iter().map(|(_, score)| *score);
    let (least, most) = (scores().fold(f64::MAX, f64::min), scores().fold(f64::MIN, f64::max));
    let middle = mean(scores())?;
    let variance = mean(scores().map(|score| (score - middle) * (score - middle)))?;
    let yes = mean(pairs.iter().map(|(yes, _)| f64::from(u8::from(*yes))))?;
    (most > least && variance > 0.0).then(|| (with - without) * (yes * (1.0 - yes) / variance).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_fishers_z() {
        // r = 0.5, n = 50: z = 0.549306, error = 1/√47 = 0.145865, ends tanh(0.263416) and tanh(0.835196)
        // r = 0, n = 10: ends ±tanh(1.959964/√7) = ±tanh(0.740797)
        // r = -0.684848, n = 10: tanh(-0.838285 ± 0.740797)
        for (value, pairs, low, high) in [
            (0.5, 50, 0.257_488, 0.683_256),
            (0.0, 10, -0.629_6, 0.629_6),
            (-0.684_848, 10, -0.918_4, -0.097_1),
            (1.0, 4, 1.0, 1.0),
        ] {
            let is = Correlation::of_pairs(value, pairs).unwrap();
            assert!((is.low - low).abs() < 1e-4 && (is.high - high).abs() < 1e-4, "{is:?}");
        }
        assert_eq!(Correlation::of_pairs(0.5, 3), None);
        assert_eq!(Correlation::of_pairs(f64::NAN, 30), None);
        assert_eq!(Correlation::of_pairs(0.5, 50).unwrap().words(), "0.50 (0.26 to 0.68)");
    }

    #[test]
    fn the_point_biserial_correlation_is_that_computed_by_hand() {
        // yes: 3, 4, 5 (mean 4); no: 1, 2 (mean 1.5); all: mean 3, variance (4+1+0+1+4)/5 = 2
        // 2.5 / √2 · √(0.6 · 0.4) = 0.866025
        let pairs = [(true, 3.0), (true, 4.0), (true, 5.0), (false, 1.0), (false, 2.0)];
        assert!((point_biserial(&pairs).unwrap() - 0.75_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_varies_there_is_no_correlation() {
        assert_eq!(point_biserial(&[]), None);
        assert_eq!(point_biserial(&[(true, 0.1), (true, 0.9)]), None);
        assert_eq!(point_biserial(&[(true, 0.1), (false, 0.1), (false, 0.1)]), None);
    }
}
