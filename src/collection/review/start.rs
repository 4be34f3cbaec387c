//! Starting a session.

use std::collections::HashSet;

use super::Review;
use super::done::Done;
use super::load::{self, Scope};
use super::pool;
use crate::collection::{Collection, decks};
use crate::error::Result;
use crate::study::{Practice, Wanted, Way};

impl Collection {
    /// Starts a review of a deck with the decks below it, or of everything.
    pub fn review(&mut self, deck: Option<&str>) -> Result<Review<'_>> {
        self.review_of(deck, Wanted::default())
    }

    /// Starts a review of those cards of a deck (or of everything) that are wanted.
    pub fn review_of(&mut self, deck: Option<&str>, wanted: Wanted) -> Result<Review<'_>> {
        self.study(Way::Review, deck, wanted)
    }

    /// Starts to learn those new cards of a deck (or of everything) that are wanted, under the limits of the day.
    pub fn learn(&mut self, deck: Option<&str>, wanted: Wanted) -> Result<Review<'_>> {
        self.study(Way::Learn, deck, wanted)
    }

    /// Starts to practise those cards of a deck (or of everything) that are wanted; the schedule stays as it is.
    pub fn practice(&mut self, deck: Option<&str>, practice: Practice, wanted: Wanted) -> Result<Review<'_>> {
        self.study(Way::Practice(practice), deck, wanted)
    }

    fn study(&mut self, way: Way, deck: Option<&str>, wanted: Wanted) -> Result<Review<'_>> {
        let (deck, decks, pool, queue, context) = self.read(|tx, context| {
            let name = deck.map(|deck| decks::find(tx, deck)).transpose()?.map(|deck| deck.name);
            let decks = decks::subtree(tx, deck)?;
            let scope = Scope::start(way, decks.as_ref(), &wanted);
            let pool = match way {
                Way::Review | Way::Learn => pool::Chosen::default(),
                Way::Practice(practice) => pool::choose(tx, context, practice, &scope)?,
            };
            let queue = load::queue(tx, context, &Scope { chosen: &pool.cards, ..scope })?;
            Ok((name, decks, pool, queue, context))
        })?;
        Ok(Review {
            collection: self,
            way,
            deck,
            decks,
            wanted,
            queue,
            chosen: pool.cards,
            leaves_out: pool.leaves_out,
            seen: HashSet::new(),
            theme: context.settings.theme,
            since_ms: context.now.ms,
            is_over: false,
            shown: None,
            done: Done::default(),
            last: None,
            round: None,
        })
    }
}
