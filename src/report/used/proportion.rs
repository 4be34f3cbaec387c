//! How many of how many.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::to_four_places;
use crate::model;

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Proportion {
    count: u32,
    of: u32,
}

impl Proportion {
    /// So many of so many, all of them at most.
    pub fn new(count: u32, of: u32) -> Self {
        Self { count: count.min(of), of }
    }

    /// How many.
    pub const fn count(self) -> u32 {
        self.count
    }

    /// Of how many.
    pub const fn of(self) -> u32 {
        self.of
    }

    /// The share, 0 to 1; none of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.count) / f64::from(self.of))
    }

    /// The 95 % confidence interval of the share by [`model::wilson`]; of nothing it is everything.
    pub fn interval(self) -> (f64, f64) {
        model::wilson(self.count, self.of)
    }

    /// By how many standard errors the share lies above a limit between 0 and 1, the standard error being that of the limit:
    /// beyond ±1.96 where Wilson's interval leaves the limit out.
    pub(super) fn above(self, limit: f64) -> Option<f64> {
        let error = (limit * (1.0 - limit) / f64::from(self.of)).sqrt();
        self.share().map(|share| (share - limit) / error)
    }

    /// `2 of 80, 3 % (1 to 9 %)`.
    pub fn words(self) -> String {
        let (low, high) = self.interval();
        let (low, high) = (low * 100.0, high * 100.0);
        self.share().map_or_else(
            || "0 of 0".to_owned(),
            |share| {
                format!("{} of {}, {:.0} % ({low:.0} to {high:.0} %)", self.count, self.of, share * 100.0)
            },
        )
    }
}

/// With the share and its interval beside the counts, to four places.
impl Serialize for Proportion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (low, high) = self.interval();
        let mut proportion = serializer.serialize_struct("Proportion", 5)?;
        proportion.serialize_field("count", &self.count)?;
        proportion.serialize_field("of", &self.of)?;
        proportion.serialize_field("share", &self.share().map(to_four_places))?;
        proportion.serialize_field("low", &to_four_places(low))?;
        proportion.serialize_field("high", &to_four_places(high))?;
        proportion.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Z_95;
    use proptest::prelude::*;

    #[test]
    fn a_proportion_is_told_and_written_with_its_interval() {
        // Wilson's interval of 8 of 10 is 0.4902 to 0.9433
        let proportion = Proportion::new(8, 10);
        assert_eq!(proportion.words(), "8 of 10, 80 % (49 to 94 %)");
        let json = r#"{"count":8,"of":10,"share":0.8,"low":0.4902,"high":0.9433}"#;
        assert_eq!(serde_json::to_string(&proportion).unwrap(), json);
        assert_eq!(Proportion::new(3, 0).words(), "0 of 0");
        let json = r#"{"count":0,"of":0,"share":null,"low":0.0,"high":1.0}"#;
        assert_eq!(serde_json::to_string(&Proportion::new(3, 0)).unwrap(), json);
    }

    proptest! {
        #[test]
        fn a_share_is_beyond_a_limit_where_its_interval_is(of in 1_u32..300, part in 0_u32..300, limit in 0.01_f64..0.99) {
            let proportion = Proportion::new(part, of);
            let ((low, high), above) = (proportion.interval(), proportion.above(limit).unwrap());
            if (low - limit).abs() > 1e-9 && (high - limit).abs() > 1e-9 {
                prop_assert_eq!((low > limit, high < limit), (above > Z_95, above < -Z_95));
            }
        }
    }
}
