//! The table of rounds of matching.

use rusqlite::params;

use super::Tx;
use super::log::new_id;
use crate::error::Result;
use crate::model::{Day, DeckName, Matched, Moment};

/// A round as it was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The study day.
    pub day: Day,
    /// The name of its deck; none for everything.
    pub deck: Option<String>,
    /// What came of it.
    pub matched: Matched,
}

/// Keeps a round that was played to its end.
pub fn add(tx: &Tx<'_>, now: Moment, deck: Option<&DeckName>, matched: Matched) -> Result<()> {
    tx.execute(
        "INSERT INTO match_round (id, at, day, deck, pairs, wrong, took_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            new_id(now.ms).0,
            now.ms,
            now.day.number(),
            deck.map(DeckName::as_str),
            matched.pairs,
            matched.wrong,
            i64::try_from(matched.took_ms).unwrap_or(i64::MAX)
        ],
    )
    .map(drop)
}

/// Every round in the order of time.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Played>> {
    tx.all("SELECT day, deck, pairs, wrong, took_ms FROM match_round ORDER BY at, id", [], |row| {
        Ok(Played {
            day: Day::new(row.get(0)?),
            deck: row.get(1)?,
            matched: Matched {
                pairs: row.get(2)?,
                wrong: row.get(3)?,
                took_ms: row.get::<_, i64>(4)?.unsigned_abs(),
            },
        })
    })
}
