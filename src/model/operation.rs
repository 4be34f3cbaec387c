//! What was done to a collection, as `matura log` tells it.

use std::fmt;
use std::str::FromStr;

/// A sort of operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Banks or packages came in.
    Import,
    /// A note was written.
    Add,
    /// Notes say something else, or stand in another deck.
    Edit,
    /// Notes were removed.
    Remove,
    /// Notes that had been removed came back.
    BringBack,
    /// Notes got tags or lost some.
    Tag,
    /// Notes were marked.
    Mark,
    /// Notes lost their mark.
    Unmark,
    /// Cards were suspended.
    Suspend,
    /// Suspended cards are asked again.
    Resume,
    /// Cards were put off until the next study day.
    Bury,
    /// Cards are not put off any more.
    Unbury,
    /// Cards began again as new ones.
    Reset,
    /// Cards got another schedule.
    Reschedule,
    /// A deck got another name.
    RenameDeck,
    /// A deck was removed.
    RemoveDeck,
    /// Another collection was taken in.
    Merge,
    /// The collection was replaced by a backup.
    Restore,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Import,
        Self::Add,
        Self::Edit,
        Self::Remove,
        Self::BringBack,
        Self::Tag,
        Self::Mark,
        Self::Unmark,
        Self::Suspend,
        Self::Resume,
        Self::Bury,
        Self::Unbury,
        Self::Reset,
        Self::Reschedule,
        Self::RenameDeck,
        Self::RemoveDeck,
        Self::Merge,
        Self::Restore,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Remove => "remove",
            Self::BringBack => "bring back",
            Self::Tag => "tag",
            Self::Mark => "mark",
            Self::Unmark => "unmark",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Bury => "bury",
            Self::Unbury => "unbury",
            Self::Reset => "reset",
            Self::Reschedule => "reschedule",
            Self::RenameDeck => "rename deck",
            Self::RemoveDeck => "remove deck",
            Self::Merge => "merge",
            Self::Restore => "restore",
        }
    }

    /// Whether it can be taken back alone. What brought a whole other state cannot: nothing from before it is left but a
    /// backup.
    pub const fn can_be_undone(self) -> bool {
        !matches!(self, Self::Merge | Self::Restore)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Act {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|act| act.name() == name)
            .ok_or_else(|| format!("{name:?} is no operation"))
    }
}

/// The local number of an operation.
pub type OperationId = i64;
