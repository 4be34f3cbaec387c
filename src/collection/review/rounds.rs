//! Rounds of matching.

use serde::Serialize;

use crate::collection::{Collection, decks};
use crate::error::Result;
use crate::model::{DeckName, Matched, Moment};
use crate::store::{Tx, round};

/// A round that was played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastRound {
    /// The study day.
    pub day: String,
    /// The deck; none for everything.
    pub deck: Option<String>,
    /// What came of it.
    #[serde(flatten)]
    pub matched: Matched,
}

/// Keeps a round; gives the fastest of as many pairs of the same deck before it.
pub(super) fn keep(
    tx: &Tx<'_>,
    now: Moment,
    deck: Option<&DeckName>,
    matched: Matched,
) -> Result<Option<Matched>> {
    let name = deck.map(DeckName::as_str);
    let before = round::all(tx)?.into_iter().filter(|before| before.deck.as_deref() == name);
    let alike = before.map(|before| before.matched).filter(|before| before.pairs == matched.pairs);
    let best = alike.min_by_key(|before| before.took_ms);
    round::add(tx, now, deck, matched)?;
    Ok(best)
}

impl Collection {
    /// The rounds of matching that were played to their end, of one deck or of all, in the order of time.
    pub fn rounds(&mut self, deck: Option<&str>) -> Result<Vec<PastRound>> {
        self.read(|tx, _| {
            let name = deck.map(|deck| decks::find(tx, deck)).transpose()?.map(|deck| deck.name.to_string());
            let wanted = |round: &round::Played| name.is_none() || round.deck == name;
            let past = |round: round::Played| PastRound {
                day: round.day.to_string(),
                deck: round.deck,
                matched: round.matched,
            };
            Ok(round::all(tx)?.into_iter().filter(wanted).map(past).collect())
        })
    }
}
