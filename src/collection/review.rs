//! The daily review: the session over a collection.

use std::collections::HashSet;

use super::{Collection, Context, decks, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Answer, CardId, CardKey, DeckId, Entry, Event, Grade, Moment, RowId};
use crate::schedule::{not_retracted, preview, replay};
use crate::store::card::{self, Card};
use crate::store::{Tx, log, queries};
use crate::study::{Left, Pick, Question, Queue, Saved, Session, Stage, Tally, Turn, Undone, so_far};

/// A review session.
#[derive(Debug)]
pub struct Review<'c> {
    collection: &'c mut Collection,
    decks: Option<HashSet<DeckId>>,
    queue: Queue,
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
}

impl Collection {
    /// Starts a review of a deck with the decks below it, or of everything.
    pub fn review(&mut self, deck: Option<&str>) -> Result<Review<'_>> {
        let (decks, queue) = self.read(|tx, context| {
            let decks = decks::subtree(tx, deck)?;
            let queue = load(tx, context, decks.as_ref())?;
            Ok((decks, queue))
        })?;
        Ok(Review { collection: self, decks, queue, shown: None, given: Vec::new(), last: None })
    }
}

/// What is due, then what is new, under the limits; then what has to be repeated.
fn load(tx: &Tx<'_>, context: Context, decks: Option<&HashSet<DeckId>>) -> Result<Queue> {
    let day = context.now.day;
    let so_far = so_far(log::of_cards_on(tx, day)?, day);
    let (due_left, new_left) = so_far.limits_left(&context.settings);
    let mut pick = Pick::new(decks, steps::answered(tx, &so_far)?);
    pick.up_to(due_left);
    queries::due(tx, day, |candidate| pick.offer(candidate))?;
    let due = pick.take();
    pick.up_to(new_left);
    queries::new(tx, day, |candidate| pick.offer(candidate))?;
    let new = pick.take();
    let repeats = steps::drills(tx, &so_far)?
        .into_iter()
        .filter(|card| decks.is_none_or(|decks| decks.contains(&card.deck)));
    Ok(Queue::new(due, new, repeats.map(|card| card.id).collect()))
}

impl Review<'_> {
    /// Has a card repeated, or not any more, as its last answer wants it.
    fn repeat(&mut self, saved: &Saved) {
        self.queue.forget_repeat(saved.card);
        if saved.grade.needs_drill() {
            self.queue.repeat(saved.card);
        }
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
        while let Some((card, stage)) = self.queue.front() {
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
        let (saved, row, answer, lapses_before) = self.collection.write(|tx, context| {
            let took_ms = u32::try_from(context.now.ms.saturating_sub(since).max(0)).unwrap_or(u32::MAX);
            let answer = Answer { took_ms, ..answer };
            let (card, key, _) = steps::find(tx, turn.card)?;
            let mut rows = log::of_card(tx, &key)?;
            let reviewed = replay(&mut rows).is_taken(context.now.day);
            // a repeat that waited until the next study day is that day's review
            let event = if reviewed { Event::Drill } else { Event::Review };
            let entry = Entry::Answered(event, answer.clone());
            let (written, state) = steps::record(tx, &key, Some(&card), rows, context.now, [entry])?;
            let row =
                written.first().map(|row| row.id).ok_or_else(|| Error::internal("no row was written"))?;
            let saved =
                Saved { card: card.id, grade: answer.grade, event, day: context.now.day, state, leech: false };
            Ok((saved, row, answer, card.state.lapses))
        })?;
        self.shown = None;
        self.queue.pop();
        self.repeat(&saved);
        let stage = match (saved.event, turn.stage) {
            (Event::Drill, _) => Stage::Drill,
            (_, Stage::Drill) => Stage::Due,
            (_, stage) => stage,
        };
        self.given.push(Record { saved, stage, lapses_before });
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
            let now = Moment { day: record.saved.day, ..context.now };
            let entries = [Entry::Retract(row), Entry::Answered(record.saved.event, answer.clone())];
            let (written, state) = steps::record(tx, &key, Some(&card), rows, now, entries)?;
            let row =
                written.last().map(|row| row.id).ok_or_else(|| Error::internal("no row was written"))?;
            Ok(Some((Saved { grade, state, ..record.saved }, row)))
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
            self.collection.write(|tx, context| steps::undo(tx, context.now, Some(context.now.day)))?
        else {
            return Ok(None);
        };
        self.last = None;
        self.shown = None;
        if self.given.last().is_some_and(|record| Some(record.saved.card) == undone.card) {
            self.given.pop();
        }
        let decks = self.decks.as_ref();
        self.queue = self.collection.read(|tx, context| load(tx, context, decks))?;
        if let Some(card) = undone.card {
            let stage = match undone.event {
                Event::Review if undone.state.is_new() => Stage::New,
                Event::Review => Stage::Due,
                Event::Drill | Event::Practice | Event::Test => Stage::Drill,
            };
            self.queue.put_first(card, stage);
        }
        Ok(Some(undone))
    }

    fn suspend(&mut self) -> Result<()> {
        let turn = self.asked()?;
        self.collection.write(|tx, context| steps::suspend(tx, context.now, turn.card, true))?;
        self.shown = None;
        self.queue.pop();
        self.queue.forget_repeat(turn.card);
        Ok(())
    }

    fn bury(&mut self) -> Result<()> {
        todo!()
    }

    fn mark(&mut self) -> Result<bool> {
        todo!()
    }

    fn details(&mut self, _: CardId) -> Result<crate::study::Details> {
        todo!()
    }

    fn outlook(&mut self) -> Result<crate::study::Outlook> {
        todo!()
    }

    fn left(&self) -> Left {
        self.queue.left()
    }

    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for Record { saved, stage, lapses_before } in &self.given {
            match stage {
                Stage::Due => tally.due += 1,
                Stage::New => tally.new += 1,
                Stage::Drill => tally.drill += 1,
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
    if card.suspended || is_done {
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
        marked: false,
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
