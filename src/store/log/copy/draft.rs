//! Parts that are made of rows of the log.

use std::collections::HashMap;
use std::mem::take;
use std::ops::ControlFlow;

use foldhash::fast::RandomState;
use rusqlite::Row as SqlRow;

use super::cards::{Cards, Stated, note_of};
use super::number;
use super::part::{EVENTS, Head, Packed, PackedWhat, Part, Taken};
use crate::error::Result;
use crate::model::{Grade, NoteId, Slot};
use crate::store::log::{bad_value, event_named, parse};
use crate::store::packed::{pack, push};
use crate::store::{Tx, map};

/// Rows of a part.
const PART: usize = 65_536;
/// Of more notes all are read: that takes as long as to look up so many one by one among 100,000.
const MANY: usize = 8192;

/// The parts that follow others.
pub(super) struct Drafts<'t, 'c> {
    tx: &'t Tx<'c>,
    /// The last row that the parts know.
    upto: i64,
    parts: Vec<Part>,
    cards: Cards,
    notes: HashMap<Box<str>, Option<NoteId>, RandomState>,
    has_all_notes: bool,
    draft: Draft,
}

/// A part that is being made.
#[derive(Default)]
struct Draft {
    upto: i64,
    count: usize,
    cards: Vec<u8>,
    rows: Vec<u8>,
    /// The number and the times of the last row.
    before: (i64, i64, i32),
    targets: Vec<[u8; 16]>,
}

const SELECT: &str = "SELECT n, guid, slot, seq, at, day, kind, grade, took_ms, repetitions, ease, interval, lapses, due, target
    FROM log WHERE n > ?1 AND n <= ?2 ORDER BY n";

/// What a row is to figures.
enum Found {
    Row(u32, i64, i32, PackedWhat),
    Target([u8; 16]),
}

impl<'t, 'c> Drafts<'t, 'c> {
    /// What follows these.
    pub(super) fn behind(tx: &'t Tx<'c>, others: &[Head]) -> Result<Self> {
        let upto = others.last().map_or(0, |head| head.upto);
        let (cards, parts) = (Cards::of(tx, others)?, Vec::new());
        let (notes, draft) = (HashMap::default(), Draft::default());
        Ok(Self { tx, upto, parts, cards, notes, has_all_notes: false, draft })
    }

    /// Makes parts of the rows behind the last one, up to a row; says how many these are.
    pub(super) fn read(&mut self, upto: i64) -> Result<usize> {
        let (mut count, mut failed) = (0, None);
        self.tx.each(SELECT, [self.upto, upto], |row| {
            count += 1;
            if let Err(error) = self.row(row) {
                failed = Some(error);
                return Ok(ControlFlow::Break(()));
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        if self.draft.count > 0 {
            self.end()?;
        }
        Ok(count)
    }

    pub(super) fn last(&self) -> Option<&Part> {
        self.parts.last()
    }

    pub(super) fn finish(mut self) -> (Vec<Part>, Cards) {
        self.cards.settle();
        (self.parts, self.cards)
    }

    fn row(&mut self, row: &SqlRow<'_>) -> Result<()> {
        let failed = |cause: rusqlite::Error| map(&cause);
        let n = row.get(0).map_err(failed)?;
        match found(row).map_err(failed)? {
            Found::Target(target) => self.draft.targets.push(target),
            Found::Row(seq, at, day, what) => {
                let guid = row.get_ref(1).and_then(|guid| Ok(guid.as_str()?)).map_err(failed)?;
                let card = self.card(guid, parse(row, 2).map_err(failed)?)?;
                let draft = &mut self.draft;
                let before = std::mem::replace(&mut draft.before, (n, at, day));
                // a hostile log may hold any numbers
                let (n, at) = (n.wrapping_sub(before.0), at.wrapping_sub(before.1));
                let packed = Packed { n, card, seq, at, day: day.wrapping_sub(before.2), what };
                push(&mut draft.rows, &packed)?;
            }
        }
        (self.draft.upto, self.draft.count) = (n, self.draft.count + 1);
        if self.draft.count >= PART { self.end() } else { Ok(()) }
    }

    /// The place of a card; one that was not met before gets the next.
    fn card(&mut self, guid: &str, slot: Slot) -> Result<u32> {
        let note = self.note(guid)?;
        if let Some(place) = self.cards.place(note, guid, slot) {
            return Ok(place);
        }
        push(&mut self.draft.cards, &Stated::new(note, guid, slot))?;
        self.cards.add(note, guid, slot)
    }

    fn note(&mut self, guid: &str) -> Result<Option<NoteId>> {
        if let Some(known) = self.notes.get(guid) {
            return Ok(*known);
        }
        if self.notes.len() >= MANY && !self.has_all_notes {
            self.has_all_notes = true;
            let mut all = self.tx.all("SELECT guid, id FROM note", [], |row| {
                Ok((row.get_ref(0)?.as_str()?.into(), Some(row.get(1)?)))
            })?;
            self.notes.extend(all.drain(..));
            return self.note(guid);
        }
        let note = if self.has_all_notes { None } else { note_of(self.tx, guid)? };
        self.notes.insert(guid.into(), note);
        Ok(note)
    }

    fn end(&mut self) -> Result<()> {
        let draft = take(&mut self.draft);
        let mut taken = Taken::default();
        for id in &draft.targets {
            match number(self.tx, id, draft.upto)? {
                Some(n) => taken.known.push(n),
                None => taken.unknown.push(*id),
            }
        }
        let Draft { upto, cards, rows, .. } = draft;
        self.upto = upto;
        self.parts.push(Part { head: Head { upto, cards, taken: pack(&taken)? }, rows });
        Ok(())
    }
}

fn found(row: &SqlRow<'_>) -> rusqlite::Result<Found> {
    let kind = row.get_ref(6)?.as_str()?;
    let what = match event_named(kind)
        .and_then(|event| EVENTS.iter().zip(0_u8..).find(|(known, _)| **known == event))
    {
        Some((_, place)) => {
            let grade = Grade::try_from(row.get::<_, u8>(7)?).map_err(|message| bad_value(7, message))?;
            PackedWhat::answered(place, grade, row.get(8)?)
        }
        None if kind == "set" => PackedWhat::Set {
            repetitions: row.get(9)?,
            ease: row.get(10)?,
            interval: row.get(11)?,
            lapses: row.get(12)?,
            due: row.get(13)?,
        },
        None if kind == "retract" => return Ok(Found::Target(row.get(14)?)),
        None => return Err(bad_value(6, format!("{kind:?} is no kind of log row"))),
    };
    Ok(Found::Row(row.get(3)?, row.get(4)?, row.get(5)?, what))
}
