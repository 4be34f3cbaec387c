//! What figures are made of, out of the log, the notes and the cards.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc;
use std::thread;

use crate::error::{Error, Result};
use crate::model::{Day, DeckId, Logged, NoteId, Slot, State};
use crate::report::learning::{Past, Standing, Traits};
use crate::store::log::copy::{self, Cards, LogCopy};
use crate::store::queries::figures::copy::NoteCopy;
use crate::store::queries::figures::{CardRow, NoteRow, Notes};
use crate::store::{Tx, note};

/// What was read.
pub(in crate::collection) struct Loaded<T> {
    pub(in crate::collection) done: T,
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
pub(in crate::collection) fn figures<T: Send>(
    tx: &Tx<'_>,
    (from, today): (Day, Day),
    within: Option<&HashSet<DeckId>>,
    look: impl Fn(&Past) -> T + Sync,
) -> Result<(Loaded<T>, Copies)> {
    let version = tx.data_version()?;
    let (log, known) = LogCopy::read(tx)?;
    let (mut notes, copy) = Notes::read(tx)?;
    let shown = within.map(|within| {
        let is_shown = |note: &NoteRow| within.contains(&note.deck);
        notes.cards.retain(|card| notes.rows.get(card.note).is_some_and(is_shown));
        logged_of(notes.rows.iter().filter(|note| is_shown(note)), &known)
    });
    let (past, done, places) = thread::scope(|scope| {
        // a thread follows the log while SQLite reads on
        let (hand, handed) = mpsc::sync_channel::<Cow<'_, [u8]>>(2);
        let follower = scope.spawn(|| {
            let mut past = Past::new(known.count(), from);
            for rows in handed {
                log.unpack(&rows, |row| {
                    if shown.as_ref().is_none_or(|shown| shown.contains(&row.card)) {
                        past.take(&row);
                    }
                })?;
            }
            let done = past.lost().is_empty().then(|| look(&past));
            Ok::<_, Error>((past, done))
        });
        // nobody listens any more if rows cannot be followed, which is told below
        log.rows(tx, |rows| drop(hand.send(rows)))?;
        drop(hand);
        let places = places(&notes, &known);
        let (past, done) =
            follower.join().map_err(|_| Error::internal("the log could not be followed"))??;
        Ok::<_, Error>((past, done, places))
    })?;
    let past = in_order(tx, &log, past)?;
    let done = done.unwrap_or_else(|| look(&past));
    let buried: HashMap<NoteId, Vec<Slot>> = note::buried_on(tx, today)?.into_iter().collect();
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
    let cards = notes.cards.iter().zip(places).map(standing).collect();
    let traits = |note: &NoteRow| Traits {
        kind: note.kind,
        difficulty: note.difficulty,
        level: note.level,
        tags: note.tags,
    };
    let of_notes = notes.rows.iter().map(traits).collect();
    let loaded = Loaded { done, cards, notes: of_notes, texts: notes.texts };
    Ok((loaded, Copies { version, log, notes: copy }))
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
