//! How the full screen is coloured.

/// The colours of the full screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// The sixteen colours that the learner's terminal has.
    #[default]
    Terminal,
    /// Colours to be read on a dark background.
    Dark,
    /// Colours to be read on a light background.
    Light,
    /// No colours, only bold, underlined and reversed.
    Plain,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 4] = [Self::Terminal, Self::Dark, Self::Light, Self::Plain];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
        }
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name().eq_ignore_ascii_case(name))
    }
}
