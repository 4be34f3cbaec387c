//! Rounds of matching.

use serde::Serialize;

use super::Review;
use crate::collection::{Collection, Context, decks};
use crate::error::Result;
use crate::model::{CardId, DeckName, Matched, Moment};
use crate::store::{Tx, round};
use crate::study::{self, Practice, Stage, Way};

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

impl Review<'_> {
    pub(super) const fn is_match(&self) -> bool {
        matches!(self.way, Way::Practice(Practice { pairs: true, .. }))
    }

    /// The cards that are matched with the one in front.
    pub(super) fn table(&self, (card, stage): (CardId, Stage)) -> Vec<CardId> {
        if stage != Stage::Match {
            return Vec::new();
        }
        let found = |other| self.done.answers().any(|record| record.saved.card == other);
        study::table(&self.chosen, card, self.since_ms.unsigned_abs(), |other| {
            !found(other) && !self.done.is_away(other)
        })
    }

    /// Keeps what came of matching if all pairs are found.
    pub(super) fn end_round(&mut self, context: Context) -> Result<()> {
        if self.queue.front().is_some() {
            return Ok(());
        }
        let records = || self.done.answers().filter(|record| record.stage == Stage::Match);
        let matched = Matched {
            pairs: u32::try_from(records().count()).unwrap_or(u32::MAX),
            wrong: records().map(|record| u32::from(record.attempts.saturating_sub(1))).sum(),
            took_ms: context.now.ms.saturating_sub(self.since_ms).unsigned_abs(),
        };
        let deck = self.deck.clone();
        let best = self.collection.write(|tx, _| keep(tx, context.now, deck.as_ref(), matched))?;
        self.round = Some((matched, best));
        Ok(())
    }
}
