//! Where the learner is, which decides what a key does.

/// Where the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen::full) enum Place {
    /// Before a card that is only shown.
    Shown,
    /// Before a card that the learner judges.
    Front,
    /// Before its answer, which waits for a grade.
    Back,
    /// Before options, of which so many have a letter.
    Options(usize),
    /// In a text to type.
    Text,
    /// In a gap.
    Gap,
    /// Beside the text or the gap, where letters are commands.
    Beside,
    /// Before a typo.
    Typo,
    /// Before the answer of a card that was marked.
    Answered,
    /// Before an answer that could not be saved.
    Unsaved,
    /// At the end.
    End,
    /// In the help or the details.
    Page,
}

impl Place {
    /// Before options, however many they are.
    pub(super) const OPTIONS: Self = Self::Options(0);

    /// Whether it is the same place, however many options there are.
    pub(super) fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Whether a key without Alt writes here instead of doing what the table says.
    pub(super) fn takes(self, letter: char) -> bool {
        match self {
            Self::Text | Self::Gap => true,
            Self::Options(count) => crate::model::letter_index(letter).is_some_and(|place| place < count),
            _ => false,
        }
    }
}
