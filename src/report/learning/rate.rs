//! Shares of answers that were right.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::model::Grade;

/// Answers of grade 3 or more among those that were given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Answers.
    pub asked: u32,
    /// Those of grade 3 or more.
    pub remembered: u32,
}

impl Rate {
    /// One answer more.
    pub fn count(&mut self, grade: Grade) {
        self.asked += 1;
        self.remembered += u32::from(grade.is_pass());
    }

    /// Those of another rate as well.
    pub const fn add(&mut self, other: Self) {
        self.asked += other.asked;
        self.remembered += other.remembered;
    }

    /// What these rates come to together.
    pub fn sum(rates: impl Iterator<Item = Self>) -> Self {
        rates.fold(Self::default(), |mut all, rate| {
            all.add(rate);
            all
        })
    }

    /// Those that were forgotten.
    pub const fn forgotten(self) -> u32 {
        self.asked - self.remembered
    }

    /// The share that was remembered, 0 to 1; none if nothing was asked.
    pub fn share(self) -> Option<f64> {
        (self.asked > 0).then(|| f64::from(self.remembered) / f64::from(self.asked))
    }
}

/// With the share beside the counts, to four places.
impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rate = serializer.serialize_struct("Rate", 3)?;
        rate.serialize_field("asked", &self.asked)?;
        rate.serialize_field("remembered", &self.remembered)?;
        rate.serialize_field("share", &self.share().map(|share| (share * 10_000.0).round() / 10_000.0))?;
        rate.end()
    }
}
