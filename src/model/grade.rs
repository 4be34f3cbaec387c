//! Grades: the quality of an answer.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The quality of an answer from 0 (no idea) to 5 (perfect), as SM-2 defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub struct Grade(u8);

impl Grade {
    /// Every grade, worst first.
    pub const ALL: [Self; 6] = [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];
    /// "Don't know".
    pub const NOTHING: Self = Self(0);
    /// Wrong, the attempts used up.
    pub const WRONG: Self = Self(1);
    /// From this grade on a card is not asked again on the same day.
    pub const GOOD: Self = Self(4);
    /// Right at once.
    pub const PERFECT: Self = Self(5);

    /// The grade with this number, if there is one.
    pub fn new(number: u8) -> Option<Self> {
        (number <= 5).then_some(Self(number))
    }

    /// The number, 0 to 5.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether the card counts as remembered (3 or more).
    pub const fn is_pass(self) -> bool {
        self.0 >= 3
    }

    /// Whether the card is asked again today (below 4).
    pub const fn needs_drill(self) -> bool {
        self.0 < 4
    }

    /// The name that goes with the number.
    pub const fn name(self) -> &'static str {
        match self.0 {
            0 => "No idea",
            1 => "Again",
            2 => "Almost",
            3 => "Hard",
            4 => "Good",
            _ => "Easy",
        }
    }
}

impl TryFrom<u8> for Grade {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        Self::new(number).ok_or_else(|| format!("{number} is no grade: grades go from 0 to 5"))
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> Self {
        grade.0
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.0, self.name())
    }
}

/// Which keys grade a card that the learner judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grading {
    /// 1 to 4: Again, Hard, Good, Easy, which are the grades 1, 3, 4 and 5.
    #[default]
    Four,
    /// 0 to 5: the grades themselves.
    Six,
}

impl Grading {
    /// The keys with the grade that each gives, worst first.
    pub fn keys(self) -> &'static [(char, Grade)] {
        match self {
            Self::Four => &[('1', Grade(1)), ('2', Grade(3)), ('3', Grade(4)), ('4', Grade(5))],
            Self::Six => &[
                ('0', Grade(0)),
                ('1', Grade(1)),
                ('2', Grade(2)),
                ('3', Grade(3)),
                ('4', Grade(4)),
                ('5', Grade(5)),
            ],
        }
    }

    /// The grade of a key, if it is one.
    pub fn grade(self, key: char) -> Option<Grade> {
        self.keys().iter().find(|(k, _)| *k == key).map(|(_, grade)| *grade)
    }
}
