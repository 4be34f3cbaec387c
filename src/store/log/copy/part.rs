//! A part of the copy, in bytes.

use serde::{Deserialize, Serialize};

use super::cards::names;
use crate::error::Result;
use crate::model::{Day, Ease, Event, Grade, State, What};
use crate::store::Tx;
use crate::store::packed::{damaged, of_code, short_number, signed, take};

/// The events in the order of their codes, which the file keeps.
pub(super) const EVENTS: [Event; 4] = [Event::Review, Event::Drill, Event::Practice, Event::Test];
const GRADES: u8 = 6;

/// What has to be known of every part before the rows of any are read.
#[derive(Debug)]
pub(super) struct Head {
    /// The last row of the log that it knows.
    pub(super) upto: i64,
    /// The cards that no part before has: [`super::cards::Stated`].
    pub(super) cards: Vec<u8>,
    /// A [`Taken`].
    pub(super) taken: Vec<u8>,
}

/// A part as the table holds it.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) head: Head,
    /// Each a [`Packed`].
    pub(super) rows: Vec<u8>,
}

impl Part {
    /// Whether another says the same. A note that came after the one was made may be known to the other.
    pub(super) fn is_same(&self, other: &Self, tx: &Tx<'_>) -> Result<bool> {
        let (one, another) = (&self.head, &other.head);
        let is_same = (one.upto, &one.taken, &self.rows) == (another.upto, &another.taken, &other.rows);
        Ok(is_same && names(tx, &one.cards)? == names(tx, &another.cards)?)
    }
}

/// A row, its number and times counted from the row before it in the part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Packed {
    pub(super) n: i64,
    pub(super) card: u32,
    pub(super) seq: u32,
    pub(super) at: i64,
    pub(super) day: i32,
    pub(super) what: PackedWhat,
}

impl Packed {
    /// Takes a row off the front.
    #[inline]
    pub(super) fn next(bytes: &mut &[u8]) -> Result<Self> {
        let mut rest = *bytes;
        if let Some(packed) = Self::answer(&mut rest) {
            *bytes = rest;
            return Ok(packed);
        }
        take(bytes)
    }

    /// Takes an answer like most off the front, in less time than it takes to read whatever may be there; none of another.
    #[expect(
        clippy::inline_always,
        reason = "what is handed over in memory is waited for: a third of the time"
    )]
    #[inline(always)]
    fn answer(bytes: &mut &[u8]) -> Option<Self> {
        let n = i64::from(signed(short_number(bytes)?));
        let (card, seq) = (short_number(bytes)?, short_number(bytes)?);
        let at = i64::from(signed(short_number(bytes)?));
        let day = signed(short_number(bytes)?);
        let (&[0, code], rest) = bytes.split_first_chunk()? else { return None };
        *bytes = rest;
        let took_ms = short_number(bytes)?;
        Some(Self { n, card, seq, at, day, what: PackedWhat::Answered(code, took_ms) })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum PackedWhat {
    /// The place of the event in [`EVENTS`] and the grade as one number, and milliseconds.
    Answered(u8, u32),
    Set {
        repetitions: u32,
        ease: u32,
        interval: u32,
        lapses: u32,
        due: Option<i32>,
    },
}

impl PackedWhat {
    /// An answer with the event at this place.
    pub(super) const fn answered(event: u8, grade: Grade, took_ms: u32) -> Self {
        Self::Answered(event * GRADES + grade.number(), took_ms)
    }

    #[inline]
    pub(super) fn unpacked(self) -> Result<What> {
        Ok(match self {
            Self::Answered(code, took_ms) => {
                let event = of_code(&EVENTS, code / GRADES)?;
                What::Answered(event, Grade::new(code % GRADES).ok_or_else(damaged)?, took_ms)
            }
            Self::Set { repetitions, ease, interval, lapses, due } => What::Set(State {
                repetitions,
                ease: Ease::thousandths(ease),
                interval,
                lapses,
                due: due.map(Day::new),
            }),
        })
    }
}

/// What rows of a part take back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Taken {
    /// The rows, by their numbers.
    pub(super) known: Vec<i64>,
    /// Those that were not there yet.
    pub(super) unknown: Vec<[u8; 16]>,
}
