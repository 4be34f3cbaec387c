//! Settings of a collection, by name.

use std::fmt;

use super::{DayStart, Grading};

/// What the learner has set; [`Settings::default`] is what holds before that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// New cards a study day.
    pub new_per_day: u32,
    /// Due cards a study day.
    pub reviews_per_day: u32,
    /// When a study day begins.
    pub day_starts_at: DayStart,
    /// Attempts at a question that the program marks, 1 to 9.
    pub attempts: u8,
    /// The keys that grade a card which the learner judges.
    pub grading: Grading,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            new_per_day: 20,
            reviews_per_day: 200,
            day_starts_at: DayStart::default(),
            attempts: 3,
            grading: Grading::Four,
        }
    }
}

/// The name of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// [`Settings::new_per_day`]
    NewPerDay,
    /// [`Settings::reviews_per_day`]
    ReviewsPerDay,
    /// [`Settings::day_starts_at`]
    DayStartsAt,
    /// [`Settings::attempts`]
    Attempts,
    /// [`Settings::grading`]
    Grading,
}

/// More cards than anyone answers in a day.
const MOST_PER_DAY: u32 = 1_000_000;

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 5] =
        [Self::NewPerDay, Self::ReviewsPerDay, Self::DayStartsAt, Self::Attempts, Self::Grading];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewPerDay => "new_per_day",
            Self::ReviewsPerDay => "reviews_per_day",
            Self::DayStartsAt => "day_starts_at",
            Self::Attempts => "attempts",
            Self::Grading => "grading",
        }
    }

    /// What it means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NewPerDay => "how many new cards a study day brings",
            Self::ReviewsPerDay => "how many due cards a study day asks at most",
            Self::DayStartsAt => "the local time at which a study day begins",
            Self::Attempts => "attempts at a question that matura marks",
            Self::Grading => "the keys that grade a card: four (Again, Hard, Good, Easy) or six (0 to 5)",
        }
    }

    /// What it may be.
    pub const fn range(self) -> &'static str {
        match self {
            Self::NewPerDay | Self::ReviewsPerDay => "a number from 0 to 1000000",
            Self::DayStartsAt => "a time from 00:00 to 23:59",
            Self::Attempts => "a number from 1 to 9",
            Self::Grading => "four or six",
        }
    }

    /// The setting of that name.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.replace('-', "_");
        Self::ALL.into_iter().find(|setting| setting.name().eq_ignore_ascii_case(&name))
    }

    /// Its value in `settings`, as one would write it.
    pub fn get(self, settings: &Settings) -> String {
        match self {
            Self::NewPerDay => settings.new_per_day.to_string(),
            Self::ReviewsPerDay => settings.reviews_per_day.to_string(),
            Self::DayStartsAt => settings.day_starts_at.to_string(),
            Self::Attempts => settings.attempts.to_string(),
            Self::Grading => match settings.grading {
                Grading::Four => "four".to_owned(),
                Grading::Six => "six".to_owned(),
            },
        }
    }

    /// Puts the value that `text` states into `settings`; false if it is out of [`Setting::range`].
    #[must_use]
    pub fn set(self, settings: &mut Settings, text: &str) -> bool {
        let text = text.trim();
        let number = text.parse::<u32>().ok();
        match self {
            Self::NewPerDay => put(&mut settings.new_per_day, number.filter(|n| *n <= MOST_PER_DAY)),
            Self::ReviewsPerDay => put(&mut settings.reviews_per_day, number.filter(|n| *n <= MOST_PER_DAY)),
            Self::DayStartsAt => put(&mut settings.day_starts_at, text.parse().ok()),
            Self::Attempts => {
                let attempts = number.and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=9).contains(n));
                put(&mut settings.attempts, attempts)
            }
            Self::Grading => {
                let grading = match text.to_ascii_lowercase().as_str() {
                    "four" | "4" => Some(Grading::Four),
                    "six" | "6" => Some(Grading::Six),
                    _ => None,
                };
                put(&mut settings.grading, grading)
            }
        }
    }
}

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    value.map(|value| *place = value).is_some()
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
