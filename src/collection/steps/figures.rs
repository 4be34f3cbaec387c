//! What figures are made of, out of the log, the notes and the cards.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::mem::replace;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use crate::error::{Error, Result};
use crate::model::{Day, DeckId, Logged, NoteId, Slot, State};
use crate::report::learning::{Past, Standing, Traits};
use crate::store::log::copy::{self, Cards, LogCopy};
use crate::store::queries::figures::copy::NoteCopy;
use crate::store::queries::figures::{CardRow, NoteRow, Notes};
use crate::store::{Tx, note};

/// Rows that are passed from one thread to another at once.
const PASSED: usize = 2048;

/// What was read.
pub(in crate::collection) struct Loaded<T, B> {
    pub(in crate::collection) done: T,
    pub(in crate::collection) beside: B,
    pub(in crate::collection) cards: Vec<Standing>,
    pub(in crate::collection) notes: Vec<Traits>,
    pub(in crate::collection) texts: Vec<String>,
}

/// Copies that make the next reading faster, as far as it is worth keeping them.
pub(in crate::collection) struct Copies {
    /// The state of the collection that they are of.
    version: i64,
    log: LogCopy,
    notes: Option<NoteCopy>,
}

impl Copies {
    pub(in crate::collection) const fn are_worth_keeping(&self) -> bool {
        self.log.is_worth_keeping() || self.notes.is_some()
    }

    /// Keeps them, unless somebody wrote to the collection since they were made.
    pub(in crate::collection) fn keep(&self, tx: &Tx<'_>) -> Result<()> {
        if tx.data_version()? != self.version {
            return Ok(());
        }
        if self.log.is_worth_keeping() {
            self.log.keep(tx)?;
        }
        self.notes.as_ref().map_or(Ok(()), |notes| notes.keep(tx))
    }
}

/// Reads what figures are made of, of these decks or of all, and what `look` makes of the answers; those before a day are only counted.
/// What else is to be read is read `beside`, while the log is followed.
pub(in crate::collection) fn figures<T: Send, B>(
    tx: &Tx<'_>,
    (from, today): (Day, Day),
    within: Option<&HashSet<DeckId>>,
    beside: impl FnOnce() -> Result<B>,
    look: impl Fn(&Past) -> T + Sync,
) -> Result<(Loaded<T, B>, Copies)> {
    let version = tx.data_version()?;
    let (log, known) = LogCopy::read(tx)?;
    // what is shown has to be known before the log is followed; of all decks notes are read while it is
    let (early, shown) = match within {
        Some(within) => {
            let (mut notes, copy) = Notes::read(tx)?;
            let is_shown = |note: &NoteRow| within.contains(&note.deck);
            notes.cards.retain(|card| notes.rows.get(card.note).is_some_and(is_shown));
            let shown = logged_of(notes.rows.iter().filter(|note| is_shown(note)), &known);
            (Some((notes, copy)), Some(shown))
        }
        None => (None, None),
    };
    let (past, notes, copy, places, beside) = thread::scope(|scope| {
        let (log, known, shown) = (&log, &known, &shown);
        let (read, to_unpack) = mpsc::channel::<Cow<'_, [u8]>>();
        let (unpacked, to_follow) = mpsc::sync_channel::<Vec<Logged>>(4);
        // while SQLite reads on, one thread unpacks and another follows
        let unpacking = scope.spawn(move || unpack(log, to_unpack, &unpacked));
        let following = scope.spawn(|| {
            let mut past = Past::new(known.count(), from);
            let is_shown = |row: &&Logged| shown.as_ref().is_none_or(|shown| shown.contains(&row.card));
            for rows in to_follow {
                rows.iter().filter(is_shown).for_each(|row| past.take(row));
            }
            past
        });
        // nobody listens any more if rows cannot be followed, which is told below
        log.rows(tx, |rows| drop(read.send(rows)))?;
        drop(read);
        let (notes, copy) = early.map_or_else(|| Notes::read(tx), Ok)?;
        let places = places(&notes, known);
        let beside = beside()?;
        let lost = |_| Error::internal("the log could not be followed");
        unpacking.join().map_err(lost)??;
        let past = following.join().map_err(lost)?;
        Ok::<_, Error>((past, notes, copy, places, beside))
    })?;
    let past = in_order(tx, &log, past)?;
    let buried = note::buried_on(tx, today)?.into_iter().collect();
    let (done, cards) = thread::scope(|scope| {
        let looking = scope.spawn(|| look(&past));
        let cards = standing(&notes, places, &past, &buried);
        let done = looking.join().map_err(|_| Error::internal("the answers could not be counted"))?;
        Ok::<_, Error>((done, cards))
    })?;
    let traits = |note: &NoteRow| Traits {
        kind: note.kind,
        difficulty: note.difficulty,
        level: note.level,
        tags: note.tags,
    };
    let of_notes = notes.rows.iter().map(traits).collect();
    let loaded = Loaded { done, beside, cards, notes: of_notes, texts: notes.texts };
    Ok((loaded, Copies { version, log, notes: copy }))
}

/// Unpacks rows and passes them on, so many at a time as stay in the cache of a processor.
fn unpack(log: &LogCopy, parts: Receiver<Cow<'_, [u8]>>, done: &SyncSender<Vec<Logged>>) -> Result<()> {
    let mut rows = Vec::with_capacity(PASSED);
    for part in parts {
        log.unpack(&part, |row| {
            rows.push(row);
            if rows.len() == PASSED {
                drop(done.send(replace(&mut rows, Vec::with_capacity(PASSED))));
            }
        })?;
    }
    drop(done.send(rows));
    Ok(())
}

/// The place of each card among those of the log, if it is there.
fn places(notes: &Notes, known: &Cards) -> Vec<Option<u32>> {
    // both come in the order of notes
    let mut rest = known.notes().peekable();
    let mut of_note: Vec<(NoteId, Slot, u32)> = Vec::new();
    let place = |card: &CardRow| {
        let note = notes.rows.get(card.note)?.id;
        if of_note.first().is_none_or(|(of, ..)| *of != note) {
            while rest.next_if(|(of, ..)| *of < note).is_some() {}
            of_note.clear();
            while let Some(of) = rest.next_if(|(of, ..)| *of == note) {
                of_note.push(of);
            }
        }
        of_note.iter().find(|(_, slot, _)| *slot == card.slot).map(|(.., place)| *place)
    };
    notes.cards.iter().map(place).collect()
}

/// The cards of the log that belong to these notes, or did when they were removed.
fn logged_of<'n>(notes: impl Iterator<Item = &'n NoteRow>, known: &Cards) -> HashSet<u32> {
    let notes: HashSet<NoteId> = notes.map(|note| note.id).collect();
    known.notes().filter(|(note, ..)| notes.contains(note)).map(|(.., card)| card).collect()
}

/// The cards as they stand.
fn standing(
    notes: &Notes,
    places: Vec<Option<u32>>,
    past: &Past,
    buried: &HashMap<NoteId, Vec<Slot>>,
) -> Vec<Standing> {
    let is_buried = |card: &CardRow| {
        let note = notes.rows.get(card.note).filter(|_| !buried.is_empty());
        note.and_then(|note| buried.get(&note.id)).is_some_and(|slots| slots.contains(&card.slot))
    };
    let standing = |(card, logged): (&CardRow, Option<u32>)| Standing {
        card: card.id,
        note: card.note,
        logged,
        state: logged.map_or_else(State::default, |logged| past.state(logged)),
        suspended: card.suspended,
        buried: is_buried(card),
    };
    notes.cards.iter().zip(places).map(standing).collect()
}

/// The answers, with those of cards whose rows did not come in the order of replay.
fn in_order(tx: &Tx<'_>, log: &LogCopy, mut past: Past) -> Result<Past> {
    let lost = past.lost();
    if lost.is_empty() {
        return Ok(past);
    }
    let mut rows: Vec<Logged> = Vec::new();
    log.each(tx, |row| {
        if lost.contains(&row.card) {
            rows.push(row);
        }
    })?;
    let order = |row: &Logged| (row.card, row.seq, row.at);
    rows.sort_by_key(order);
    let mut failed = None;
    for tied in rows.chunk_by_mut(|one, next| order(one) == order(next)).filter(|tied| tied.len() > 1) {
        tied.sort_by_cached_key(|row| {
            copy::id_of(tx, row.n).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
    }
    if let Some(error) = failed {
        return Err(error);
    }
    past.replayed(&rows);
    Ok(past)
}
