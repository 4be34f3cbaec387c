//! The session over a collection: the daily review and the other ways of studying.

mod details;
mod done;
mod load;
mod pool;
mod rounds;
mod start;
mod tally;
mod turn;

use std::collections::HashSet;
use std::path::PathBuf;

use done::{Done, Gone};
use load::Scope;
pub use rounds::PastRound;
use tally::Record;

use super::{Collection, Context, Selection, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{
    Act, Answer, CardId, Day, DeckId, DeckName, Entry, Event, Grade, Matched, Moment, RowId, Theme,
};
use crate::schedule::{not_retracted, replay};
use crate::store::{card, log, media, note};
use crate::study::{
    Details, Left, Outlook, Practice, PutAway, Queue, Saved, Session, Stage, TakenBack, Tally, Turn, Undone,
    Wanted, Way,
};

/// A session: the daily review, or another way of studying.
#[derive(Debug)]
pub struct Review<'c> {
    collection: &'c mut Collection,
    way: Way,
    /// The deck that it is of, and those below it.
    deck: Option<DeckName>,
    decks: Option<HashSet<DeckId>>,
    wanted: Wanted,
    queue: Queue,
    /// The cards that are practised, in order.
    chosen: Vec<CardId>,
    /// Whether practice leaves out cards that cannot be asked as it asks.
    leaves_out: bool,
    /// The new cards that were shown.
    seen: HashSet<CardId>,
    theme: Theme,
    /// When it began.
    since_ms: i64,
    /// Whether the time that it may take is up.
    is_over: bool,
    shown: Option<Asked>,
    /// What was done in this session and stands.
    done: Done,
    /// The answer whose grade may still be moved.
    last: Option<(RowId, Answer)>,
    /// What came of matching when all pairs were found, and the best of before.
    round: Option<(Matched, Option<Matched>)>,
}

/// The card that is on the screen.
#[derive(Debug)]
struct Asked {
    turn: Turn,
    since_ms: i64,
}

impl Review<'_> {
    /// Has a card repeated, or not any more, as its last answer wants it.
    fn repeat(&mut self, saved: &Saved) {
        self.queue.forget_repeat(saved.card);
        if saved.again {
            self.queue.repeat(saved.card);
        }
    }

    /// Makes the queue anew: more cards may be asked now than before.
    fn reload(&mut self, first: Option<(CardId, Stage)>) -> Result<()> {
        let asked: Vec<(CardId, Stage, Grade)> = self
            .done
            .answers()
            .map(|Record { saved, stage, .. }| (saved.card, *stage, saved.grade))
            .collect();
        let chosen: Vec<CardId> =
            self.chosen.iter().copied().filter(|card| !self.done.is_away(*card)).collect();
        let scope = Scope {
            asked: &asked,
            first,
            chosen: &chosen,
            seen: Some(&self.seen),
            is_showing: self.queue.is_showing(),
            ..Scope::start(self.way, self.decks.as_ref(), &self.wanted)
        };
        self.queue = self.collection.read(|tx, context| load::queue(tx, context, &scope))?;
        self.shown = None;
        Ok(())
    }

    fn put_away(&mut self, card: CardId, how: PutAway) -> Result<()> {
        let shown = self.shown.as_ref().map(|asked| &asked.turn).filter(|turn| turn.card == card);
        let stage = shown.map(|turn| turn.stage);
        let put_away = self.collection.write(|tx, context| done::put_away(tx, context, card, how))?;
        if let Some(operation) = put_away {
            self.done.put_away(Gone { card, stage, how, operation });
        }
        // another card takes its place under the limits
        self.reload(None)
    }

    /// Takes back the last answer of the study day that stands.
    fn undo_answer(&mut self) -> Result<Option<Undone>> {
        let way = self.way;
        let undone =
            self.collection.write(|tx, context| steps::undo(tx, context, takes_back(way, context)))?;
        let Some(undone) = undone else { return Ok(None) };
        self.last = None;
        self.is_over = false;
        let is_undone =
            |given: &Record| (Some(given.saved.card), given.saved.event) == (undone.card, undone.event);
        if self.done.answers().next_back().is_some_and(is_undone) {
            self.done.forget_answer();
        }
        let stage = match undone.event {
            Event::Review if undone.state.is_new() => Some(Stage::New),
            Event::Review => Some(Stage::Due),
            Event::Drill => Some(Stage::Drill),
            Event::Practice => match way {
                Way::Practice(practice) => Some(practice.stage()),
                Way::Review | Way::Learn => None,
            },
            Event::Test => None,
        };
        self.reload(undone.card.zip(stage))?;
        Ok(Some(undone))
    }

    /// The card on the screen; the session asks nothing else.
    fn asked(&mut self) -> Result<Turn> {
        self.next()?.ok_or_else(|| Error::internal("there is no card to answer"))
    }
}

/// Which answers a way of studying takes back: those of today. Practice leaves the schedule alone, also when it takes
/// something back.
fn takes_back(way: Way, context: Context) -> impl FnOnce(Day, Event) -> bool {
    let is_match = matches!(way, Way::Practice(Practice { pairs: true, .. }));
    move |day, event| day == context.now.day && !is_match && (way.is_scheduled() || event == Event::Practice)
}

impl Session for Review<'_> {
    fn next(&mut self) -> Result<Option<Turn>> {
        if let Some(asked) = &self.shown {
            return Ok(Some(asked.turn.clone()));
        }
        let way = self.way;
        while let Some(front) = self.queue.front().filter(|_| !self.is_over) {
            let left = self.queue.left();
            let table = self.table(front);
            let found =
                self.collection.read(|tx, context| turn::turn(tx, context, way, front, left, &table))?;
            if let Some((mut turn, since_ms)) = found {
                turn.seconds = self.seconds()?;
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
        if turn.stage == Stage::Shown {
            return Err(Error::internal("the card is only shown"));
        }
        let is_scheduled = self.way.is_scheduled();
        let since = self.shown.as_ref().map_or(0, |asked| asked.since_ms);
        let written = self.collection.write(|tx, context| {
            let took_ms = u32::try_from(context.now.ms.saturating_sub(since).max(0)).unwrap_or(u32::MAX);
            let answer = Answer { took_ms, ..answer };
            let (card, key, _) = steps::find(tx, turn.card)?;
            let mut rows = log::of_card(tx, &key)?;
            let reviewed = replay(&mut rows).is_taken(context.now.day);
            // a repeat that waited until the next study day is that day's review
            let event = match (is_scheduled, reviewed) {
                (false, _) => Event::Practice,
                (true, true) => Event::Drill,
                (true, false) => Event::Review,
            };
            let entry = Entry::Answered(event, answer.clone());
            let recorded = steps::record(tx, &key, Some(&card), rows, context, [entry])?;
            let row = recorded.rows.first().map(|row| row.id);
            let row = row.ok_or_else(|| Error::internal("no row was written"))?;
            let leech = recorded.leech == Some(true);
            let saved = Saved {
                card: card.id,
                grade: answer.grade,
                event,
                day: context.now.day,
                state: recorded.state,
                leech,
                again: turn.stage.comes_again(answer.grade) && !leech,
            };
            Ok((saved, row, answer, card.state.lapses, context))
        });
        if written.as_ref().is_err_and(|error| error.kind == Kind::NotFound) {
            // another process has removed it meanwhile
            self.shown = None;
            self.queue.pop();
        }
        let (saved, row, answer, lapses_before, now) = written?;
        self.shown = None;
        self.queue.pop();
        self.repeat(&saved);
        let stage = match (saved.event, turn.stage) {
            (Event::Practice, stage) => stage,
            (Event::Drill, _) => Stage::Drill,
            (_, Stage::Drill) => Stage::Due,
            (_, stage) => stage,
        };
        // the log keeps what it took, figures count no longer than anyone thinks about a card
        let took_ms = answer.took_ms.min(now.settings.answer_seconds.saturating_mul(1000));
        self.done.answered(Record { saved, stage, lapses_before, took_ms, attempts: answer.attempts });
        let allowed_ms = self.wanted.minutes.map(|minutes| i64::from(minutes) * 60_000);
        self.is_over = allowed_ms.is_some_and(|allowed| now.now.ms.saturating_sub(self.since_ms) >= allowed);
        if stage == Stage::Match {
            self.end_round(now)?;
        } else {
            self.last = Some((row, answer));
        }
        Ok(saved)
    }

    fn seen(&mut self) -> Result<()> {
        let turn = self.asked()?;
        if turn.stage != Stage::Shown {
            return Err(Error::internal("the card is to be answered"));
        }
        self.seen.insert(turn.card);
        self.queue.seen();
        self.shown = None;
        Ok(())
    }

    fn regrade(&mut self, grade: Grade) -> Result<Option<Saved>> {
        let (Some((row, answer)), Some(record)) =
            (self.last.clone(), self.done.answers().next_back().copied())
        else {
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
            let again = record.stage.comes_again(grade) && !leech;
            Ok(Some((Saved { grade, state: recorded.state, leech, again, ..record.saved }, row)))
        })?;
        let Some((saved, row)) = moved else {
            self.last = None;
            return Ok(None);
        };
        self.repeat(&saved);
        // the repeat of this very card may be on the screen
        self.shown = self.shown.take().filter(|asked| asked.turn.card != saved.card);
        if let Some(last) = self.done.last_answer_mut() {
            last.saved = saved;
        }
        self.last = Some((row, answer));
        Ok(Some(saved))
    }

    fn undo(&mut self) -> Result<Option<TakenBack>> {
        while let Some(gone) = self.done.last_put_away() {
            let Gone { card, stage, how, .. } = gone;
            let prompt = self.collection.write(|tx, context| done::take_out(tx, context, gone))?;
            self.done.pop();
            // another process may have taken it back meanwhile
            if let Some(prompt) = prompt {
                self.is_over = false;
                self.reload(stage.map(|stage| (card, stage)))?;
                return Ok(Some(TakenBack::PutAway { card, prompt, was: how }));
            }
        }
        Ok(self.undo_answer()?.map(TakenBack::Answer))
    }

    fn can_undo(&mut self) -> Result<bool> {
        // another process may have taken the last answer back meanwhile: then undo says so
        if self.done.last_put_away().is_some() || self.last.is_some() {
            return Ok(true);
        }
        let way = self.way;
        self.collection.read(|tx, context| Ok(steps::last_answer(tx, takes_back(way, context))?.is_some()))
    }

    fn suspend(&mut self, card: CardId) -> Result<()> {
        self.put_away(card, PutAway::Suspended)
    }

    fn bury(&mut self, card: CardId) -> Result<()> {
        self.put_away(card, PutAway::Buried)
    }

    fn mark(&mut self, card: CardId) -> Result<bool> {
        let shown = self.shown.as_ref().map(|asked| asked.turn.card);
        let (marked, is_shown) = self.collection.write(|tx, context| {
            let (_, _, stored) = steps::find(tx, card)?;
            let marked = !stored.note.marked;
            let act = if marked { Act::Mark } else { Act::Unmark };
            steps::operate(tx, context, act, || note::mark(tx, stored.id, marked, context.now))?;
            let shown = shown.map(|shown| card::get(tx, shown)).transpose()?.flatten();
            Ok((marked, shown.is_some_and(|shown| shown.note == stored.id)))
        })?;
        if let Some(asked) = self.shown.as_mut().filter(|_| is_shown) {
            asked.turn.marked = marked;
        }
        Ok(marked)
    }

    fn form(&mut self, card: CardId) -> Result<String> {
        self.collection.form(&Selection::of(card)).map(|(_, form)| form)
    }

    fn edit(&mut self, card: CardId, before: &str, after: &str) -> Result<Option<Vec<String>>> {
        let (guid, _) = self.collection.form(&Selection::of(card))?;
        let edited = self.collection.edit_form(&guid, before, after)?;
        if edited.is_some() {
            self.shown = None;
        }
        Ok(edited.map(|edited| edited.warnings))
    }

    fn medium(&mut self, name: &str) -> Result<Option<PathBuf>> {
        let Some(folder) = self.collection.media.clone() else { return Ok(None) };
        let medium = self.collection.read(|tx, _| media::get(tx, name))?;
        Ok(medium.filter(|medium| folder.has(medium)).map(|medium| folder.path(&medium)))
    }

    fn details(&mut self, card: CardId) -> Result<Details> {
        self.collection.read(|tx, _| details::details(tx, card))
    }

    fn outlook(&mut self) -> Result<Outlook> {
        self.collection.read(details::outlook)
    }

    fn way(&self) -> Way {
        self.way
    }

    fn theme(&self) -> Theme {
        self.theme
    }

    fn scope(&self) -> Option<String> {
        let deck = self.deck.as_ref().map(|deck| format!("deck {deck}"));
        let way: Vec<String> = match self.way {
            Way::Review | Way::Learn => Vec::new(),
            Way::Practice(practice) => practice.words().map(str::to_owned).collect(),
        };
        let left_out = self.leaves_out.then(|| "cards that are no facts are left out".to_owned());
        let parts: Vec<String> =
            deck.into_iter().chain(way).chain(left_out).chain(self.wanted.words()).collect();
        Some(parts.join(", ")).filter(|words| !words.is_empty())
    }

    fn seconds(&mut self) -> Result<Option<u64>> {
        if !self.is_match() {
            return Ok(None);
        }
        let now = self.collection.read(|_, context| Ok(context.now.ms))?;
        Ok(Some(now.saturating_sub(self.since_ms).unsigned_abs() / 1000))
    }

    fn matched(&mut self) -> Result<Option<(Matched, Option<Matched>)>> {
        Ok(self.round)
    }

    fn left(&self) -> Left {
        self.queue.left()
    }

    fn tally(&self) -> Tally {
        tally::tally(self.done.answers())
    }
}

#[cfg(test)]
mod tests;
