//! Slots: which of a note's cards.

use std::fmt;
use std::str::FromStr;

/// The place of a card in its note; together with the note's guid it names the card on every device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The card that asks the front, or the one card of a choice.
    Front,
    /// The card that asks the back of a reversed fact.
    Back,
    /// The card of one number of a cloze note, from 1.
    Cloze(u16),
    /// The one card of a note with gaps.
    Blanks,
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Front => f.write_str("front"),
            Self::Back => f.write_str("back"),
            Self::Cloze(number) => write!(f, "c{number}"),
            Self::Blanks => f.write_str("blanks"),
        }
    }
}

impl FromStr for Slot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "front" => Ok(Self::Front),
            "back" => Ok(Self::Back),
            "blanks" => Ok(Self::Blanks),
            _ => text
                .strip_prefix('c')
                .and_then(|number| number.parse().ok())
                .filter(|number| *number > 0)
                .map(Self::Cloze)
                .ok_or_else(|| format!("{text:?} is no slot")),
        }
    }
}
