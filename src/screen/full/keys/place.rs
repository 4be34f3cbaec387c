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

/// A place, whatever it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Shown,
    Front,
    Back,
    Options,
    Text,
    Gap,
    Beside,
    Typo,
    Answered,
    Unsaved,
    End,
    Page,
}

impl Place {
    pub(super) const fn of(self) -> Of {
        match self {
            Self::Shown => Of::Shown,
            Self::Front => Of::Front,
            Self::Back => Of::Back,
            Self::Options(_) => Of::Options,
            Self::Text => Of::Text,
            Self::Gap => Of::Gap,
            Self::Beside => Of::Beside,
            Self::Typo => Of::Typo,
            Self::Answered => Of::Answered,
            Self::Unsaved => Of::Unsaved,
            Self::End => Of::End,
            Self::Page => Of::Page,
        }
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
