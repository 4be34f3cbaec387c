//! Settings of a collection, by name.

use std::fmt;

use super::{DayStart, Grading, Theme};
use crate::error::{Error, Kind, Result};

/// In which order due cards are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DueOrder {
    /// Those that are due the longest first.
    #[default]
    Oldest,
    /// In an order of the study day's own.
    Shuffled,
}

/// Where new cards come among the due ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NewCards {
    /// After all of them.
    #[default]
    After,
    /// Evenly among them.
    Mixed,
    /// Before all of them.
    Before,
}

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
    /// How often a card is forgotten until it is a leech; 0 for never.
    pub leech_lapses: u32,
    /// The seconds of an answer that figures count at most.
    pub answer_seconds: u32,
    /// In which order due cards are asked.
    pub due_order: DueOrder,
    /// Where new cards come.
    pub new_cards: NewCards,
    /// How the full screen is coloured.
    pub theme: Theme,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            new_per_day: 20,
            reviews_per_day: 200,
            day_starts_at: DayStart::default(),
            attempts: 3,
            grading: Grading::Four,
            leech_lapses: 8,
            answer_seconds: 60,
            due_order: DueOrder::default(),
            new_cards: NewCards::default(),
            theme: Theme::default(),
        }
    }
}

/// The limits that a deck has for itself, which bind the decks below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// [`Settings::new_per_day`]
    pub new_per_day: Option<u32>,
    /// [`Settings::reviews_per_day`]
    pub reviews_per_day: Option<u32>,
}

impl Limits {
    /// Where the value of a setting is; none if a deck has no such setting.
    pub fn place(&mut self, setting: Setting) -> Option<&mut Option<u32>> {
        match setting {
            Setting::NewPerDay => Some(&mut self.new_per_day),
            Setting::ReviewsPerDay => Some(&mut self.reviews_per_day),
            Setting::DayStartsAt
            | Setting::Attempts
            | Setting::Grading
            | Setting::LeechLapses
            | Setting::AnswerSeconds
            | Setting::DueOrder
            | Setting::NewCards
            | Setting::Theme => None,
        }
    }

    /// The value of a setting, if the deck has one.
    pub fn get(mut self, setting: Setting) -> Option<u32> {
        self.place(setting).and_then(|value| *value)
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
    /// [`Settings::leech_lapses`]
    LeechLapses,
    /// [`Settings::answer_seconds`]
    AnswerSeconds,
    /// [`Settings::due_order`]
    DueOrder,
    /// [`Settings::new_cards`]
    NewCards,
    /// [`Settings::theme`]
    Theme,
}

/// More cards than anyone answers in a day.
const MOST_PER_DAY: u32 = 1_000_000;
/// More lapses than any card sees.
const MOST_LAPSES: u32 = 1000;
/// An hour over one card.
const MOST_SECONDS: u32 = 3600;

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 10] = [
        Self::NewPerDay,
        Self::ReviewsPerDay,
        Self::NewCards,
        Self::DueOrder,
        Self::DayStartsAt,
        Self::Attempts,
        Self::Grading,
        Self::LeechLapses,
        Self::AnswerSeconds,
        Self::Theme,
    ];
    /// Those that a deck may have for itself: see [`Limits`].
    pub const OF_DECKS: [Self; 2] = [Self::NewPerDay, Self::ReviewsPerDay];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewPerDay => "new_per_day",
            Self::ReviewsPerDay => "reviews_per_day",
            Self::DayStartsAt => "day_starts_at",
            Self::Attempts => "attempts",
            Self::Grading => "grading",
            Self::LeechLapses => "leech_lapses",
            Self::AnswerSeconds => "answer_seconds",
            Self::DueOrder => "due_order",
            Self::NewCards => "new_cards",
            Self::Theme => "theme",
        }
    }

    /// Itself if a deck may have it for itself.
    pub fn of_deck(self) -> Result<Self> {
        if Self::OF_DECKS.contains(&self) {
            return Ok(self);
        }
        let names = Self::OF_DECKS.map(Self::name).join(" and ");
        Err(Error::new(Kind::Usage, format!("{self} holds for the whole collection"))
            .hint(format!("a deck may have {names} for itself; leave out --deck to set {self}")))
    }

    /// What it means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NewPerDay => "how many new cards a study day brings",
            Self::ReviewsPerDay => "how many due cards a study day asks at most",
            Self::DayStartsAt => "the local time at which a study day begins",
            Self::Attempts => "attempts at a question that matura marks",
            Self::Grading => "the keys that grade a card: four (Again, Hard, Good, Easy) or six (0 to 5)",
            Self::LeechLapses => {
                "a card that was forgotten so often is tagged leech and suspended, and again at each further half of that; 0 for never"
            }
            Self::AnswerSeconds => "the seconds that an answer counts at most in figures",
            Self::DueOrder => "due cards: those due the longest first, or shuffled anew each study day",
            Self::NewCards => "new cards come after the due ones, evenly mixed among them, or before them",
            Self::Theme => {
                "the colours of the full screen: those of your terminal, for a dark or a light background, or none"
            }
        }
    }

    /// What it may be.
    pub const fn range(self) -> &'static str {
        match self {
            Self::NewPerDay | Self::ReviewsPerDay => "a number from 0 to 1000000",
            Self::DayStartsAt => "a time from 00:00 to 23:59",
            Self::Attempts => "a number from 1 to 9",
            Self::Grading => "four or six",
            Self::LeechLapses => "a number from 0 to 1000",
            Self::AnswerSeconds => "a number from 1 to 3600",
            Self::DueOrder => "oldest or shuffled",
            Self::NewCards => "after, mixed or before",
            Self::Theme => "terminal, dark, light or plain",
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
            Self::LeechLapses => settings.leech_lapses.to_string(),
            Self::AnswerSeconds => settings.answer_seconds.to_string(),
            Self::DueOrder => match settings.due_order {
                DueOrder::Oldest => "oldest".to_owned(),
                DueOrder::Shuffled => "shuffled".to_owned(),
            },
            Self::NewCards => match settings.new_cards {
                NewCards::After => "after".to_owned(),
                NewCards::Mixed => "mixed".to_owned(),
                NewCards::Before => "before".to_owned(),
            },
            Self::Theme => settings.theme.name().to_owned(),
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
            Self::LeechLapses => put(&mut settings.leech_lapses, number.filter(|n| *n <= MOST_LAPSES)),
            Self::AnswerSeconds => {
                put(&mut settings.answer_seconds, number.filter(|n| (1..=MOST_SECONDS).contains(n)))
            }
            Self::DueOrder => {
                let order = match text.to_ascii_lowercase().as_str() {
                    "oldest" => Some(DueOrder::Oldest),
                    "shuffled" => Some(DueOrder::Shuffled),
                    _ => None,
                };
                put(&mut settings.due_order, order)
            }
            Self::NewCards => {
                let place = match text.to_ascii_lowercase().as_str() {
                    "after" => Some(NewCards::After),
                    "mixed" => Some(NewCards::Mixed),
                    "before" => Some(NewCards::Before),
                    _ => None,
                };
                put(&mut settings.new_cards, place)
            }
            Self::Theme => put(&mut settings.theme, Theme::named(text)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_takes_its_own_value_back_and_keeps_it_when_another_is_refused() {
        for setting in Setting::ALL {
            let mut settings = Settings::default();
            let value = setting.get(&settings);
            assert!(setting.set(&mut settings, &value), "{setting}");
            assert!(!setting.set(&mut settings, "-1"), "{setting}");
            assert_eq!(settings, Settings::default());
            assert_eq!(Setting::named(setting.name()), Some(setting));
        }
    }

    #[test]
    fn the_ends_of_each_range_are_in_it_and_what_is_beyond_is_not() {
        for (setting, good, bad) in [
            (Setting::NewPerDay, &["0", "1000000"][..], &["1000001", "many", ""][..]),
            (Setting::LeechLapses, &["0", "1000"], &["1001", "x"]),
            (Setting::AnswerSeconds, &["1", "3600"], &["0", "3601"]),
            (Setting::DueOrder, &["oldest", "Shuffled"], &["newest", ""]),
            (Setting::NewCards, &["after", "MIXED", "before"], &["first", ""]),
            (Setting::Theme, &["terminal", "Dark", "light", "PLAIN"], &["blue", ""]),
        ] {
            for (values, is_good) in [(good, true), (bad, false)] {
                for value in values {
                    assert_eq!(setting.set(&mut Settings::default(), value), is_good, "{setting} {value}");
                }
            }
        }
    }
}
