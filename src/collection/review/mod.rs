//! The daily review: the session over a collection.

mod details;
mod load;

use std::collections::HashSet;

use load::Scope;

use super::{Collection, Context, decks, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Answer, CardId, CardKey, DeckId, DeckName, Entry, Event, Grade, Moment, RowId};
use crate::schedule::{not_retracted, preview, replay};
use crate::store::card::{self, Card};
use crate::store::{Tx, log, note};
use crate::study::{
    Details, Left, Outlook, Question, Queue, Saved, Session, Stage, Tally, Turn, Undone, Wanted, so_far,
};

/// A review session.
#[derive(Debug)]
pub struct Review<'c> {
    collection: &'c mut Collection,
    /// The deck that it is of, and those below it.
    deck: Option<DeckName>,
    decks: Option<HashSet<DeckId>>,
    wanted: Wanted,
    queue: Queue,
    /// When it began.
    since_ms: i64,
    /// Whether the time that it may take is up.
    is_over: bool,
    shown: Option<Asked>,
    /// The answers of this session that stand, in order.
    given: Vec<Record>,
    /// The answer whose grade may still be moved.
    last: Option<(RowId, Answer)>,
}

/// The card that is on the screen.
#[derive(Debug)]
struct Asked {
    turn: Turn,
    since_ms: i64,
}

/// An answer of this session.
#[derive(Debug, Clone, Copy)]
struct Record {
    saved: Saved,
    stage: Stage,
    lapses_before: u32,
    /// The time that it counts in figures.
    took_ms: u32,
}

impl Collection {
    /// Starts a review of a deck with the decks below it, or of everything.
    pub fn review(&mut self, deck: Option<&str>) -> Result<Review<'_>> {
        self.review_of(deck, Wanted::default())
    }

    /// Starts a review of those cards of a deck (or of everything) that are wanted.
    pub fn review_of(&mut self, deck: Option<&str>, wanted: Wanted) -> Result<Review<'_>> {
        let (deck, decks, queue, since_ms) = self.read(|tx, context| {
            let name = deck.map(|deck| decks::find(tx, deck)).transpose()?.map(|deck| deck.name);
            let decks = decks::subtree(tx, deck)?;
            let scope = Scope { decks: decks.as_ref(), wanted: &wanted, asked: &[], first: None };
            let queue = load::queue(tx, context, &scope)?;
            Ok((name, decks, queue, context.now.ms))
        })?;
        Ok(Review {
            collection: self,
            deck,
            decks,
            wanted,
            queue,
            since_ms,
            is_over: false,
            shown: None,
            given: Vec::new(),
            last: None,
        })
    }
}

impl Review<'_> {
    /// Has a card repeated, or not any more, as its last answer wants it.
    fn repeat(&mut self, saved: &Saved) {
        self.queue.forget_repeat(saved.card);
        if saved.grade.needs_drill() && !saved.leech {
            self.queue.repeat(saved.card);
        }
    }

    /// Makes the queue anew: more cards may be asked now than before.
    fn reload(&mut self, first: Option<(CardId, Stage)>) -> Result<()> {
        let asked: Vec<(CardId, Stage)> =
            self.given.iter().map(|record| (record.saved.card, record.stage)).collect();
        let scope = Scope { decks: self.decks.as_ref(), wanted: &self.wanted, asked: &asked, first };
        self.queue = self.collection.read(|tx, context| load::queue(tx, context, &scope))?;
        self.shown = None;
        Ok(())
    }

    /// The card on the screen; the session asks nothing else.
    fn asked(&mut self) -> Result<Turn> {
        self.next()?.ok_or_else(|| Error::internal("there is no card to answer"))
    }
}

impl Session for Review<'_> {
    fn next(&mut self) -> Result<Option<Turn>> {
        if let Some(asked) = &self.shown {
            return Ok(Some(asked.turn.clone()));
        }
        while let Some((card, stage)) = self.queue.front().filter(|_| !self.is_over) {
            let left = self.queue.left();
            let found = self.collection.read(|tx, context| turn(tx, context, card, stage, left))?;
            if let Some((turn, since_ms)) = found {
                self.shown = Some(Asked { turn: turn.clone(), since_ms });
                return Ok(Some(turn));
            }
            // another process has answered, suspended or removed it meanwhile
            self.queue.pop();
        }
        Ok(None)
    }

    fn answer(&mut self, answer: Answer) -> Result<Saved> {
        let turn = self.asked()?;
        let since = self.shown.as_ref().map_or(0, |asked| asked.since_ms);
        let (saved, row, answer, lapses_before, now) = self.collection.write(|tx, context| {
            let took_ms = u32::try_from(context.now.ms.saturating_sub(since).max(0)).unwrap_or(u32::MAX);
            let answer = Answer { took_ms, ..answer };
            let (card, key, _) = steps::find(tx, turn.card)?;
            let mut rows = log::of_card(tx, &key)?;
            let reviewed = replay(&mut rows).is_taken(context.now.day);
            // a repeat that waited until the next study day is that day's review
            let event = if reviewed { Event::Drill } else { Event::Review };
            let entry = Entry::Answered(event, answer.clone());
            let recorded = steps::record(tx, &key, Some(&card), rows, context, [entry])?;
            let row = recorded.rows.first().map(|row| row.id);
            let row = row.ok_or_else(|| Error::internal("no row was written"))?;
            let saved = Saved {
                card: card.id,
                grade: answer.grade,
                event,
                day: context.now.day,
                state: recorded.state,
                leech: recorded.leech == Some(true),
            };
            Ok((saved, row, answer, card.state.lapses, context))
        })?;
        self.shown = None;
        self.queue.pop();
        self.repeat(&saved);
        let stage = match (saved.event, turn.stage) {
            (Event::Drill, _) => Stage::Drill,
            (_, Stage::Drill) => Stage::Due,
            (_, stage) => stage,
        };
        // the log keeps what it took, figures count no longer than anyone thinks about a card
        let took_ms = answer.took_ms.min(now.settings.answer_seconds.saturating_mul(1000));
        self.given.push(Record { saved, stage, lapses_before, took_ms });
        let allowed_ms = self.wanted.minutes.map(|minutes| i64::from(minutes) * 60_000);
        self.is_over = allowed_ms.is_some_and(|allowed| now.now.ms.saturating_sub(self.since_ms) >= allowed);
        self.last = Some((row, answer));
        Ok(saved)
    }

    fn regrade(&mut self, grade: Grade) -> Result<Option<Saved>> {
        let (Some((row, answer)), Some(record)) = (self.last.clone(), self.given.last().copied()) else {
            return Ok(None);
        };
        let answer = Answer { grade, ..answer };
        let moved = self.collection.write(|tx, context| {
            let (card, key, _) = steps::find(tx, record.saved.card)?;
            let rows = log::of_card(tx, &key)?;
            if !not_retracted(&rows).any(|other| other.id == row) {
                return Ok(None);
            }
            // it stays the answer of the day on which it was given
            let context = Context { now: Moment { day: record.saved.day, ..context.now }, ..context };
            let entries = [Entry::Retract(row), Entry::Answered(record.saved.event, answer.clone())];
            let recorded = steps::record(tx, &key, Some(&card), rows, context, entries)?;
            let row = recorded.rows.last().map(|row| row.id);
            let row = row.ok_or_else(|| Error::internal("no row was written"))?;
            let leech = recorded.leech.unwrap_or(record.saved.leech);
            Ok(Some((Saved { grade, state: recorded.state, leech, ..record.saved }, row)))
        })?;
        let Some((saved, row)) = moved else {
            self.last = None;
            return Ok(None);
        };
        self.repeat(&saved);
        // the repeat of this very card may be on the screen
        self.shown = self.shown.take().filter(|asked| asked.turn.card != saved.card);
        if let Some(last) = self.given.last_mut() {
            last.saved = saved;
        }
        self.last = Some((row, answer));
        Ok(Some(saved))
    }

    fn undo(&mut self) -> Result<Option<Undone>> {
        let Some(undone) =
            self.collection.write(|tx, context| steps::undo(tx, context, Some(context.now.day)))?
        else {
            return Ok(None);
        };
        self.last = None;
        self.is_over = false;
        if self.given.last().is_some_and(|record| Some(record.saved.card) == undone.card) {
            self.given.pop();
        }
        let stage = match undone.event {
            Event::Review if undone.state.is_new() => Stage::New,
            Event::Review => Stage::Due,
            Event::Drill | Event::Practice | Event::Test => Stage::Drill,
        };
        self.reload(undone.card.map(|card| (card, stage)))?;
        Ok(Some(undone))
    }

    fn suspend(&mut self) -> Result<()> {
        let turn = self.asked()?;
        self.collection.write(|tx, context| steps::suspend(tx, context.now, turn.card, true))?;
        // another card takes its place under the limits
        self.reload(None)
    }

    fn bury(&mut self) -> Result<()> {
        let turn = self.asked()?;
        self.collection.write(|tx, context| steps::bury(tx, context, turn.card, true))?;
        self.reload(None)
    }

    fn mark(&mut self) -> Result<bool> {
        let turn = self.asked()?;
        let marked = self.collection.write(|tx, context| {
            let (_, _, stored) = steps::find(tx, turn.card)?;
            let marked = !stored.note.marked;
            note::mark(tx, stored.id, marked, context.now)?;
            Ok(marked)
        })?;
        if let Some(asked) = &mut self.shown {
            asked.turn.marked = marked;
        }
        Ok(marked)
    }

    fn details(&mut self, card: CardId) -> Result<Details> {
        self.collection.read(|tx, _| details::details(tx, card))
    }

    fn outlook(&mut self) -> Result<Outlook> {
        self.collection.read(details::outlook)
    }

    fn scope(&self) -> Option<String> {
        let deck = self.deck.as_ref().map(|deck| format!("deck {deck}"));
        let parts: Vec<String> = deck.into_iter().chain(self.wanted.words()).collect();
        Some(parts.join(", ")).filter(|words| !words.is_empty())
    }

    fn left(&self) -> Left {
        self.queue.left()
    }

    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for Record { saved, stage, lapses_before, took_ms } in &self.given {
            tally.took_ms += u64::from(*took_ms);
            tally.leeches += u32::from(saved.leech);
            match stage {
                Stage::Due => tally.due += 1,
                Stage::New => tally.new += 1,
                Stage::Drill | Stage::Test => tally.drill += 1,
            }
            if *stage != Stage::Drill {
                tally.passed += u32::from(saved.grade.is_pass());
                tally.lapsed += saved.state.lapses.saturating_sub(*lapses_before);
            }
        }
        tally
    }
}

/// The card as it is asked, and the time; none if it is not to be asked any more.
fn turn(tx: &Tx<'_>, context: Context, id: CardId, stage: Stage, left: Left) -> Result<Option<(Turn, i64)>> {
    let (card, key, stored) = match steps::find(tx, id) {
        Ok(found) => found,
        Err(error) if error.kind == Kind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let is_done = if stage == Stage::Drill {
        is_passed(tx, &key, context)?
    } else {
        is_answered(tx, &card, &key, context)?
    };
    let day = context.now.day;
    // the other cards of a note wait with the one that is buried
    let is_buried = match stage {
        Stage::Drill => steps::is_buried(&stored, card.slot, day),
        Stage::Due | Stage::New | Stage::Test => stored.buried.as_ref().is_some_and(|(on, _)| *on == day),
    };
    if card.suspended || is_buried || is_done {
        return Ok(None);
    }
    let seed = context.now.ms.unsigned_abs() ^ id.unsigned_abs().rotate_left(40);
    let question = Question::new(&stored.note.content, card.slot, seed)?;
    let preview = if stage == Stage::Drill { [card.state; 6] } else { preview(card.state, context.now.day) };
    let turn = Turn {
        card: id,
        deck: stored.note.deck,
        stage,
        question,
        preview,
        left,
        attempts: context.settings.attempts,
        grading: context.settings.grading,
        marked: stored.note.marked,
        seconds: None,
    };
    Ok(Some((turn, context.now.ms)))
}

/// Whether a card of the note had its answer of the day.
fn is_answered(tx: &Tx<'_>, card: &Card, key: &CardKey, context: Context) -> Result<bool> {
    for sibling in card::of_note(tx, card.note)?.iter().filter(|sibling| !sibling.state.is_new()) {
        let key = CardKey { slot: sibling.slot, ..key.clone() };
        if replay(&mut log::of_card(tx, &key)?).is_taken(context.now.day) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the card had its answer of the day and needs no repeat any more.
fn is_passed(tx: &Tx<'_>, key: &CardKey, context: Context) -> Result<bool> {
    let so_far = so_far([(key.clone(), log::of_card(tx, key)?)], context.now.day);
    Ok(!so_far.answered.is_empty() && so_far.drills.is_empty())
}

#[cfg(test)]
mod tests;
