//! The search language: a text becomes a tree of conditions, as users of Anki know them.

mod arguments;
mod figure;
mod lex;
mod parse;
mod pattern;
mod term;

pub use arguments::from_arguments;
pub use parse::parse;
pub use pattern::Pattern;
pub use term::KEYS;

use crate::model::{CardId, Difficulty, Field, Kind};

/// Which cards are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Those that fit all of these; every card if there are none.
    All(Vec<Self>),
    /// Those that fit one of these or more.
    Any(Vec<Self>),
    /// Those that do not fit.
    Not(Box<Self>),
    /// Those that fit one condition.
    Term(Term),
}

/// One condition on a card or on its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// One of these fields of the note says this.
    Says(&'static [Field], Pattern),
    /// The note is in this deck or one below it: its name or an end of it, or a name with `*` in it.
    Deck(String),
    /// The note has such a tag or one below it; none: it has no tag.
    Tag(Option<Pattern>),
    /// The note is of this kind.
    Kind(Kind),
    /// The note is of this difficulty; none: it states none.
    Difficulty(Option<Difficulty>),
    /// The note is about this level; none: it states none.
    Level(Option<Pattern>),
    /// How the card or the note stands.
    Is(Standing),
    /// A figure of the card lies between these two, both included.
    Between(Figure, i64, i64),
    /// The card was answered on one of so many study days, today's the last of them.
    Answered(u32),
    /// The card with this number.
    Card(CardId),
    /// The note with this guid.
    Note(String),
}

/// How a card or its note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is due today or was before, and is asked.
    Due,
    /// It was never reviewed.
    New,
    /// It was reviewed, and its interval is below 21 days.
    Young,
    /// Its interval is 21 days or more.
    Mature,
    /// It was reviewed.
    Learnt,
    /// It is suspended.
    Suspended,
    /// It is put off until the next study day.
    Buried,
    /// Its note is marked.
    Marked,
    /// A card of its note was forgotten so often that it was suspended.
    Leech,
}

/// A figure of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// In thousandths.
    Ease,
    /// In days.
    Interval,
    /// How often it was forgotten.
    Lapses,
    /// Answers of grade 3 or more in a row.
    Repetitions,
    /// Days from today to the day on which it comes next; negative if that is past.
    Due,
}

impl Query {
    /// Every card.
    pub const EVERYTHING: Self = Self::All(Vec::new());

    /// Calls `see` with each condition in it.
    pub fn each_term<'q>(&'q self, see: &mut impl FnMut(&'q Term)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_term(see)),
            Self::Not(part) => part.each_term(see),
            Self::Term(term) => see(term),
        }
    }
}
