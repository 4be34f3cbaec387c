//! What stands out beyond what chance does.

/// Of what is found, so large a share at most is to be expected to be chance.
const FALSE_DISCOVERIES: f64 = 0.05;

/// Which of the values, each so many standard errors beyond what it should not be beyond, stand out among all of them.
///
/// In a bank of a thousand questions, twenty-five that are sound lie beyond the end of their 95 % interval by chance. So a value
/// counts only if the false discovery rate stays below one in twenty (Controlling the false discovery rate, Journal of the Royal
/// Statistical Society B 57(1), 1995, doi:10.1111/j.2517-6161.1995.tb02031.x). What lies on the sound side takes no part in that,
/// or a large bank of good questions would hide its few bad ones; for this, each probability is that among values on the unsound
/// side (Multiple testing when many p-values are uniformly conservative, Journal of the American Statistical Association 114(527),
/// 2019, doi:10.1080/01621459.2018.1497499). A value alone stands out where its interval leaves the limit out, and never else.
pub(super) fn outstanding(beyond: &[f64]) -> Vec<bool> {
    let mut probabilities: Vec<f64> = beyond.iter().filter(|z| **z > 0.0).map(|z| two_sided(*z)).collect();
    probabilities.sort_by(f64::total_cmp);
    let all = f64::from(super::as_count(probabilities.len()));
    let limit = probabilities
        .iter()
        .zip(1_u32..)
        .filter(|(probability, rank)| **probability <= f64::from(*rank) / all * FALSE_DISCOVERIES)
        .map(|(probability, _)| *probability)
        .last();
    beyond.iter().map(|z| *z > 0.0 && limit.is_some_and(|limit| two_sided(*z) <= limit)).collect()
}

/// The probability that a standard normal variable is further from 0 than `z` is, to seven places (Handbook of Mathematical
/// Functions, 26.2.17).
fn two_sided(z: f64) -> f64 {
    const TERMS: [f64; 5] = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    let z = z.abs();
    let t = 1.0 / z.mul_add(0.231_641_9, 1.0);
    let polynomial = TERMS.iter().fold(0.0, |sum: f64, term| sum.mul_add(t, *term)) * t;
    2.0 * polynomial * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn probabilities_are_those_of_published_tables() {
        for (z, probability) in [
            (0.0, 1.0),
            (0.674_489_750, 0.5),
            (1.644_853_627, 0.1),
            (1.959_963_985, 0.05),
            (2.575_829_304, 0.01),
            (3.290_526_731, 0.001),
            (4.417_173_413, 0.000_01),
            (f64::INFINITY, 0.0),
        ] {
            assert!((two_sided(z) - probability).abs() < 2e-7, "{z}: {}", two_sided(z));
        }
    }

    #[test]
    fn the_more_there_are_to_choose_from_the_further_out_one_must_be() {
        // one alone: 5 %; one of four: 1.25 %, which is 2.4977 standard errors
        assert_eq!(outstanding(&[1.95]), [false]);
        assert_eq!(outstanding(&[1.97]), [true]);
        assert_eq!(outstanding(&[2.49, 0.1, 0.1, 0.1]), [false; 4]);
        assert_eq!(outstanding(&[0.1, 2.51, 0.1, 0.1]), [false, true, false, false]);
        // two of four: both may be at 2.5 %, which is 2.2414 standard errors
        assert_eq!(outstanding(&[2.25, 0.1, 2.25, 0.1]), [true, false, true, false]);
        assert_eq!(outstanding(&[2.25, -9.0, -9.0, -9.0]), [true, false, false, false]);
        assert_eq!(outstanding(&[f64::NAN, f64::INFINITY]), [false, true]);
        assert!(outstanding(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_stands_out_whose_interval_holds_the_limit(beyond in prop::collection::vec(-4.0_f64..4.0, 0..40)) {
            for (z, stands_out) in beyond.iter().zip(outstanding(&beyond)) {
                prop_assert!(!stands_out || *z > 1.959);
            }
        }
    }
}
