//! What figures are made of, out of the log, the notes and the cards.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc;
use std::thread;

use crate::error::{Error, Result};
use crate::model::{CardId, Day, DeckId, Logged, NoteId, Slot, State};
use crate::report::learning::{Past, Standing, Traits};
use crate::store::log::copy::{self, Cards, LogCopy};
use crate::store::queries::figures::{NoteRow, cards as each_card, notes as all_notes};
use crate::store::{Tx, note};

/// What was read.
pub(in crate::collection) struct Loaded<T> {
    pub(in crate::collection) done: T,
    pub(in crate::collection) cards: Vec<Standing>,
    pub(in crate::collection) notes: Vec<Traits>,
    pub(in crate::collection) texts: Vec<String>,
}

/// Reads what figures are made of, of these decks or of all, and what `look` makes of the answers; those before a day are only counted.
pub(in crate::collection) fn figures<T: Send>(
    tx: &Tx<'_>,
    (from, today): (Day, Day),
    within: Option<&HashSet<DeckId>>,
    look: impl Fn(&Past) -> T + Sync,
) -> Result<(Loaded<T>, LogCopy)> {
    let (copy, known) = LogCopy::read(tx)?;
    let logged = known.count();
    // the log is followed while SQLite reads notes and cards
    let (past, done, notes, cards, texts) = thread::scope(|scope| {
        // whoever waits for it goes on when it is dropped, too
        let (tell, told) = mpsc::channel::<HashSet<u32>>();
        let (copy, look) = (&copy, &look);
        let is_all = within.is_none();
        let follower = scope.spawn(move || {
            let shown = if is_all { None } else { told.recv().ok() };
            let mut past = Past::new(logged, from);
            copy.each(|row| {
                if shown.as_ref().is_none_or(|shown| shown.contains(&row.card)) {
                    past.take(&row);
                }
            })?;
            let done = past.lost().is_empty().then(|| look(&past));
            Ok::<_, Error>((past, done))
        });
        let (notes, texts) = all_notes(tx)?;
        if let Some(within) = within {
            // nobody listens any more if the log cannot be read, which is told below
            drop(tell.send(logged_within(within, &notes, &known)));
        }
        let cards = cards(tx, today, within, &notes, &known)?;
        let (past, done) =
            follower.join().map_err(|_| Error::internal("the log could not be followed"))??;
        Ok::<_, Error>((past, done, notes, cards, texts))
    })?;
    let past = in_order(tx, &copy, past)?;
    let done = done.unwrap_or_else(|| look(&past));
    let standing = |card: Card| Standing {
        card: card.id,
        note: card.note,
        logged: card.logged,
        state: card.logged.map_or_else(State::default, |logged| past.state(logged)),
        suspended: card.suspended,
        buried: card.buried,
    };
    let cards = cards.into_iter().map(standing).collect();
    let traits = |note: NoteRow| Traits {
        kind: note.kind,
        difficulty: note.difficulty,
        level: note.level,
        tags: note.tags,
    };
    let notes = notes.into_iter().map(traits).collect();
    Ok((Loaded { done, cards, notes, texts }, copy))
}

/// A card, before it is known what the log comes to.
struct Card {
    id: CardId,
    /// The place of its note.
    note: usize,
    logged: Option<u32>,
    suspended: bool,
    buried: bool,
}

fn cards(
    tx: &Tx<'_>,
    today: Day,
    within: Option<&HashSet<DeckId>>,
    notes: &[NoteRow],
    known: &Cards,
) -> Result<Vec<Card>> {
    let buried: HashMap<NoteId, Vec<Slot>> = note::buried_on(tx, today)?.into_iter().collect();
    let mut cards = Vec::with_capacity(notes.len());
    // all three come in the order of notes
    let mut rest = notes.iter().enumerate().peekable();
    let mut logged = known.notes().peekable();
    let mut of_note: Vec<(NoteId, Slot, u32)> = Vec::new();
    each_card(tx, |note, slot, id| {
        while rest.next_if(|(_, row)| row.id < note).is_some() {}
        let Some((place, row)) = rest.peek().filter(|(_, row)| row.id == note) else { return };
        if within.is_some_and(|within| !within.contains(&row.deck)) {
            return;
        }
        if of_note.first().is_none_or(|(of, ..)| *of != note) {
            while logged.next_if(|(of, ..)| *of < note).is_some() {}
            of_note.clear();
            while let Some(card) = logged.next_if(|(of, ..)| *of == note) {
                of_note.push(card);
            }
        }
        cards.push(Card {
            id,
            note: *place,
            logged: of_note.iter().find(|(_, of, _)| *of == slot).map(|(.., place)| *place),
            suspended: row.suspended.as_ref().is_some_and(|slots| slots.contains(&slot)),
            buried: buried.get(&note).is_some_and(|slots| slots.contains(&slot)),
        });
    })?;
    Ok(cards)
}

/// The cards of the log whose notes are in these decks, or were when they were removed.
fn logged_within(within: &HashSet<DeckId>, notes: &[NoteRow], known: &Cards) -> HashSet<u32> {
    let shown: HashSet<NoteId> =
        notes.iter().filter(|note| within.contains(&note.deck)).map(|note| note.id).collect();
    known.notes().filter(|(note, ..)| shown.contains(note)).map(|(.., card)| card).collect()
}

/// The answers, with those of cards whose rows did not come in the order of replay.
fn in_order(tx: &Tx<'_>, copy: &LogCopy, mut past: Past) -> Result<Past> {
    let lost = past.lost();
    if lost.is_empty() {
        return Ok(past);
    }
    let mut rows: Vec<Logged> = Vec::new();
    copy.each(|row| {
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
