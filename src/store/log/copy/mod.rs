//! The copy of the log that figures are read from: what they look at, in few large values. It is there for speed alone: what it does
//! not have yet is read from the log itself, and without it everything is.

mod cards;
mod draft;
mod part;
#[cfg(test)]
mod tests;

use rusqlite::params;

pub use cards::Cards;

use crate::error::Result;
use crate::model::{Day, Logged, RowId};
use crate::store::Tx;
use draft::Drafts;
use part::{Packed, Part, Taken, each, unpack};

/// From so many rows on what is not in the copy is worth being put there.
const WORTH_KEEPING: usize = 16_384;

/// The whole log as figures look at it.
#[derive(Debug)]
pub struct LogCopy {
    parts: Vec<Part>,
    /// How many parts stand in the table; the others were read from the log itself.
    stored: usize,
    /// Rows in those that do not.
    behind: usize,
    /// The rows that were taken back, by their numbers, in order.
    taken: Vec<i64>,
}

impl LogCopy {
    /// Reads it, with the cards that it knows.
    pub fn read(tx: &Tx<'_>) -> Result<(Self, Cards)> {
        let parts = stored(tx)?;
        let stored = parts.len();
        let mut drafts = Drafts::behind(tx, parts)?;
        let behind = drafts.read(i64::MAX)?;
        let (parts, cards) = drafts.finish();
        let mut taken = Vec::new();
        for part in &parts {
            let of_part: Taken = unpack(&part.taken)?;
            taken.extend(of_part.known);
            for id in of_part.unknown {
                taken.extend(number(tx, &id, i64::MAX)?);
            }
        }
        taken.sort_unstable();
        Ok((Self { parts, stored, behind, taken }, cards))
    }

    /// Hands every answer and every schedule set by hand that stands over, in the order of writing.
    pub fn each(&self, mut take: impl FnMut(Logged)) -> Result<()> {
        let mut taken = self.taken.iter().copied().peekable();
        for part in &self.parts {
            let (mut n, mut at, mut day) = (0, 0, 0);
            for packed in each(&part.rows) {
                let packed: Packed = packed?;
                n = i64::wrapping_add(n, packed.n);
                at = i64::wrapping_add(at, packed.at);
                day = i32::wrapping_add(day, packed.day);
                while taken.next_if(|taken| *taken < n).is_some() {}
                if taken.peek() == Some(&n) {
                    continue;
                }
                let Packed { card, seq, .. } = packed;
                take(Logged { n, card, seq, at, day: Day::new(day), what: packed.what.unpacked()? });
            }
        }
        Ok(())
    }

    /// Whether so much of the log is not in the table that it is worth being put there.
    pub const fn is_worth_keeping(&self) -> bool {
        self.behind >= WORTH_KEEPING
    }

    /// Puts what is not in the table there, unless somebody else did meanwhile.
    pub fn keep(&self, tx: &Tx<'_>) -> Result<()> {
        let (stored, read) = self.parts.split_at(self.stored.min(self.parts.len()));
        if upto(tx)? != stored.last().map_or(0, |part| part.upto) {
            return Ok(());
        }
        read.iter().try_for_each(|part| {
            let sql = "INSERT INTO log_copy (upto, cards, rows, taken) VALUES (?1, ?2, ?3, ?4)";
            tx.insert(sql, params![part.upto, part.cards, part.rows, part.taken]).map(drop)
        })
    }
}

/// The last row that the table knows.
fn upto(tx: &Tx<'_>) -> Result<i64> {
    Ok(tx.first("SELECT coalesce(max(upto), 0) FROM log_copy", [], |row| row.get(0))?.unwrap_or(0))
}

/// Throws the copy away: a row that is in it changed, or came in before its end.
pub fn forget(tx: &Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM log_copy", []).map(drop)
}

/// Whether the copy says something else than the log.
pub fn is_wrong(tx: &Tx<'_>) -> Result<bool> {
    let mut drafts = Drafts::behind(tx, Vec::new())?;
    for part in stored(tx)? {
        drafts.read(part.upto)?;
        // where a part ends depends on when it was made
        let is_same = match drafts.last() {
            Some(made) => made.is_same(&part, tx)?,
            None => false,
        };
        if !is_same {
            return Ok(true);
        }
    }
    Ok(false)
}

fn stored(tx: &Tx<'_>) -> Result<Vec<Part>> {
    tx.all("SELECT upto, cards, rows, taken FROM log_copy ORDER BY upto", [], |row| {
        Ok(Part { upto: row.get(0)?, cards: row.get(1)?, rows: row.get(2)?, taken: row.get(3)? })
    })
}

/// The number of the row with an id, if it is not behind `upto`.
fn number(tx: &Tx<'_>, id: &[u8; 16], upto: i64) -> Result<Option<i64>> {
    tx.first("SELECT n FROM log WHERE id = ?1 AND n <= ?2", params![id, upto], |row| row.get(0))
}

/// The id of the row with a number.
pub fn id_of(tx: &Tx<'_>, n: i64) -> Result<Option<RowId>> {
    tx.first("SELECT id FROM log WHERE n = ?1", [n], |row| Ok(RowId(row.get(0)?)))
}
