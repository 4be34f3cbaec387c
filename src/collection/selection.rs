//! Cards that the learner names.

use crate::model::CardId;
use crate::query::Query;

/// Cards that the learner names.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Numbers of cards, and guids of notes, which stand for all their cards.
    pub names: Vec<String>,
    /// What finds others.
    pub query: Option<Query>,
}

impl Selection {
    /// One card.
    pub fn of(card: CardId) -> Self {
        Self::named(card.to_string())
    }

    /// One card by its number, or the cards of one note by its guid.
    pub fn named(name: impl Into<String>) -> Self {
        Self { names: vec![name.into()], query: None }
    }
}
