//! Leeches: cards that are forgotten again and again.

use std::fmt;
use std::str::FromStr;

use super::Slot;

/// The tag that a note with a leech has, here and in Anki.
pub const LEECH_TAG: &str = "leech";

/// That a card was forgotten so often that it was suspended.
///
/// It belongs to the placement of a note, like the suspension, and shows as the tag `leech`: as part of what the note
/// says it would be an edit that beats an author's correction, and the next import of the bank would take it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leech {
    /// Which card of the note.
    pub slot: Slot,
    /// The lapses that it had then.
    pub lapses: u32,
    /// Whether it was suspended already.
    pub was_suspended: bool,
}

/// Whether a card that comes to so many lapses is taken for a leech: at `threshold`, and again at each further half
/// of it.
pub const fn is_leech_step(lapses: u32, threshold: u32) -> bool {
    threshold > 0 && lapses >= threshold && (lapses - threshold).is_multiple_of(threshold.div_ceil(2))
}

impl fmt::Display for Leech {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}{}", self.slot, self.lapses, if self.was_suspended { ":suspended" } else { "" })
    }
}

impl FromStr for Leech {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no leech");
        let mut parts = text.split(':');
        let (slot, lapses) = (parts.next().ok_or_else(wrong)?, parts.next().ok_or_else(wrong)?);
        let was_suspended = match (parts.next(), parts.next()) {
            (None, None) => false,
            (Some("suspended"), None) => true,
            _ => return Err(wrong()),
        };
        Ok(Self { slot: slot.parse()?, lapses: lapses.parse().map_err(|_| wrong())?, was_suspended })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_a_leech_at_the_threshold_and_at_each_further_half_of_it() {
        for (threshold, steps) in [
            (8, &[8, 12, 16, 20][..]),
            (5, &[5, 8, 11, 14, 17, 20]),
            (1, &[1, 2, 3]),
            (2, &[2, 3, 4]),
            (0, &[]),
        ] {
            let last = steps.last().copied().unwrap_or(20);
            let found: Vec<u32> = (0..=last).filter(|lapses| is_leech_step(*lapses, threshold)).collect();
            assert_eq!(found, steps, "{threshold}");
        }
    }

    #[test]
    fn what_a_collection_holds_of_a_leech_is_written_for_ever_in_this_way() {
        let leech = Leech { slot: Slot::Cloze(2), lapses: 12, was_suspended: false };
        for (leech, text) in [(leech, "c2:12"), (Leech { was_suspended: true, ..leech }, "c2:12:suspended")] {
            assert_eq!(leech.to_string(), text);
            assert_eq!(text.parse(), Ok(leech));
        }
        for wrong in ["", "c2", "c2:x", "c2:1:x", "x:1", "c2:1:suspended:"] {
            assert!(wrong.parse::<Leech>().is_err(), "{wrong}");
        }
    }
}
