//! The copy of the log that figures are read from: what they look at, in few large values. It is there for speed alone: what it does
//! not have yet is read from the log itself, and without it everything is.

mod cards;
mod draft;
mod part;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use rusqlite::params;

pub use cards::Cards;

use crate::error::Result;
use crate::model::{Day, Logged, RowId};
use crate::store::Tx;
use crate::store::packed::unpack;
use draft::Drafts;
use part::{Head, Packed, Part, Taken};

/// From so many rows on what is not in the copy is worth being put there.
const WORTH_KEEPING: usize = 16_384;

/// The whole log as figures look at it.
#[derive(Debug)]
pub struct LogCopy {
    /// The parts that stand in the table, each by the last row that it knows.
    stored: Vec<i64>,
    /// Those that were read from the log itself.
    parts: Vec<Part>,
    /// How many rows these are.
    behind: usize,
    /// The rows that were taken back, by their numbers, in order.
    taken: Vec<i64>,
}

impl LogCopy {
    /// Reads what has to be known before any of its rows, and the cards that it knows.
    pub fn read(tx: &Tx<'_>) -> Result<(Self, Cards)> {
        let heads = heads(tx)?;
        let mut drafts = Drafts::behind(tx, &heads)?;
        let behind = drafts.read(i64::MAX)?;
        let (parts, cards) = drafts.finish();
        let mut taken = Vec::new();
        for head in heads.iter().chain(parts.iter().map(|part| &part.head)) {
            let of_part: Taken = unpack(&head.taken)?;
            taken.extend(of_part.known);
            for id in of_part.unknown {
                taken.extend(number(tx, &id, i64::MAX)?);
            }
        }
        taken.sort_unstable();
        let stored = heads.iter().map(|head| head.upto).collect();
        Ok((Self { stored, parts, behind, taken }, cards))
    }

    /// Hands over the rows in bytes, for [`Self::unpack`], part by part in the order of writing.
    pub fn rows<'s>(&'s self, tx: &Tx<'_>, mut take: impl FnMut(Cow<'s, [u8]>)) -> Result<()> {
        for upto in &self.stored {
            take(Cow::Owned(tx.bytes("log_copy", "rows", *upto)?));
        }
        self.parts.iter().for_each(|part| take(Cow::Borrowed(&part.rows)));
        Ok(())
    }

    /// Hands over every answer and every schedule set by hand of a part that stands.
    pub fn unpack(&self, mut rows: &[u8], mut take: impl FnMut(Logged)) -> Result<()> {
        let mut taken = self.taken.iter().copied().peekable();
        let (mut n, mut at, mut day) = (0, 0, 0);
        while !rows.is_empty() {
            let packed = Packed::next(&mut rows)?;
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
        Ok(())
    }

    /// The same of all parts.
    pub fn each(&self, tx: &Tx<'_>, mut take: impl FnMut(Logged)) -> Result<()> {
        let mut done = Ok(());
        self.rows(tx, |rows| {
            if done.is_ok() {
                done = self.unpack(&rows, &mut take);
            }
        })?;
        done
    }

    /// Whether so much of the log is not in the table that it is worth being put there.
    pub const fn is_worth_keeping(&self) -> bool {
        self.behind >= WORTH_KEEPING
    }

    /// Puts what is not in the table there, unless somebody else did meanwhile.
    pub fn keep(&self, tx: &Tx<'_>) -> Result<()> {
        if upto(tx)? != self.stored.last().copied().unwrap_or_default() {
            return Ok(());
        }
        self.parts.iter().try_for_each(|Part { head, rows }| {
            let sql = "INSERT INTO log_copy (upto, cards, taken, rows) VALUES (?1, ?2, ?3, ?4)";
            tx.insert(sql, params![head.upto, head.cards, head.taken, rows]).map(drop)
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
    let mut drafts = Drafts::behind(tx, &[])?;
    for head in heads(tx)? {
        drafts.read(head.upto)?;
        let rows = tx.bytes("log_copy", "rows", head.upto)?;
        // where a part ends depends on when it was made
        let is_same = match drafts.last() {
            Some(made) => made.is_same(&Part { head, rows }, tx)?,
            None => false,
        };
        if !is_same {
            return Ok(true);
        }
    }
    Ok(false)
}

fn heads(tx: &Tx<'_>) -> Result<Vec<Head>> {
    tx.all("SELECT upto, cards, taken FROM log_copy ORDER BY upto", [], |row| {
        Ok(Head { upto: row.get(0)?, cards: row.get(1)?, taken: row.get(2)? })
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
