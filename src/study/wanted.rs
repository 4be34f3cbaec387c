//! Which of the day's cards a session asks.

use crate::model::{Difficulty, Labels, Tags};
use crate::text::{count, fold};

/// What a session is narrowed to; [`Wanted::default`] is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Notes with this tag or one below it.
    pub tag: Option<String>,
    /// Notes of this difficulty.
    pub difficulty: Option<Difficulty>,
    /// Notes about this level.
    pub level: Option<String>,
    /// So many new cards at most.
    pub new: Option<u32>,
    /// So many cards.
    pub limit: Option<u32>,
    /// The session ends with the answer that passes so many minutes.
    pub minutes: Option<u32>,
}

impl Wanted {
    /// Whether it depends on the note which of the cards are asked.
    pub fn chooses(&self) -> bool {
        self.tag.is_some() || self.difficulty.is_some() || self.level.is_some()
    }

    /// Whether the cards of a note with these labels are asked.
    pub fn fits(&self, labels: &Labels) -> bool {
        let tag = self.tag.as_deref().map(|tag| Tags::new([tag]).to_string());
        let level = |wanted: &String| labels.level.as_ref().is_some_and(|level| fold(level) == fold(wanted));
        tag.is_none_or(|tag| labels.tags.has(&tag))
            && self.difficulty.is_none_or(|difficulty| labels.difficulty == Some(difficulty))
            && self.level.as_ref().is_none_or(level)
    }

    /// It in words; none if it is everything.
    pub fn words(&self) -> Option<String> {
        let parts = [
            self.tag.as_ref().map(|tag| format!("tag {tag}")),
            self.difficulty.map(|difficulty| format!("difficulty {}", difficulty.name())),
            self.level.as_ref().map(|level| format!("level {level}")),
            self.new.map(|new| format!("at most {new} new")),
            self.limit.map(|limit| format!("at most {}", count(limit, "card"))),
            self.minutes.map(|minutes| format!("at most {}", count(minutes, "minute"))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Some(parts.join(", ")).filter(|words| !words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_fits_if_every_label_that_is_wanted_does() {
        let labels = Labels {
            tags: Tags::parse("Drift::data x"),
            difficulty: Some(Difficulty::Hard),
            level: Some("Level  2".to_owned()),
        };
        let tag = |tag: &str| Wanted { tag: Some(tag.to_owned()), ..Wanted::default() };
        let level = |level: &str| Wanted { level: Some(level.to_owned()), ..Wanted::default() };
        let difficulty = |difficulty| Wanted { difficulty: Some(difficulty), ..Wanted::default() };
        for (wanted, fits) in [
            (Wanted::default(), true),
            (tag("drift"), true),
            (tag("drift::"), true),
            (tag("Drift::Data"), true),
            (tag("dri"), false),
            (level("level 2"), true),
            (level("2"), false),
            (difficulty(Difficulty::Hard), true),
            (difficulty(Difficulty::Easy), false),
            (Wanted { difficulty: Some(Difficulty::Easy), ..tag("drift") }, false),
        ] {
            assert_eq!(wanted.fits(&labels), fits, "{wanted:?}");
            assert!(wanted.fits(&Labels::default()) == (wanted == Wanted::default()), "{wanted:?}");
        }
    }

    #[test]
    fn what_is_wanted_is_told_in_words() {
        assert_eq!(Wanted::default().words(), None);
        let wanted = Wanted { tag: Some("t".to_owned()), new: Some(0), limit: Some(1), ..Wanted::default() };
        assert_eq!(wanted.words().unwrap(), "tag t, at most 0 new, at most 1 card");
    }
}
