//! The mastery test: the session over questions that were drawn.

mod history;
mod load;

use std::collections::VecDeque;

pub use history::PastTest;
use load::Drawn;

use super::{Collection, Context, decks, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Answer, CardId, DeckName, Entry, Event, Grade, RowId, State, Theme};
use crate::store::{Tx, card, log, test};
use crate::study::mastery::{Examined, Missed, Scores, TestEnd};
use crate::study::{Details, Left, Outlook, Saved, Session, Stage, TakenBack, Tally, Turn};

/// How a test is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestOptions {
    /// How many questions, if there are so many.
    pub questions: u32,
    /// Minutes after which what is not answered counts as wrong.
    pub minutes: Option<u32>,
    /// What they are drawn with; none takes the time.
    pub seed: Option<u64>,
}

impl Default for TestOptions {
    fn default() -> Self {
        Self { questions: 10, minutes: None, seed: None }
    }
}

/// A mastery test that runs.
#[derive(Debug)]
pub struct Test<'c> {
    collection: &'c mut Collection,
    theme: Theme,
    course: Course,
    /// The questions that are not answered yet.
    left: VecDeque<Drawn>,
    shown: Option<(Turn, i64)>,
    given: Vec<Examined>,
    missed: Vec<Missed>,
    took_ms: u64,
    is_late: bool,
}

/// What holds for the whole test.
#[derive(Debug, Clone)]
struct Course {
    /// Its id, once it has an answer.
    id: Option<RowId>,
    deck: Option<DeckName>,
    seed: u64,
    questions: u32,
    /// When its time is up.
    until_ms: Option<i64>,
}

impl Collection {
    /// Starts a mastery test of a deck with the decks below it, or of everything.
    pub fn test(&mut self, deck: Option<&str>, options: TestOptions) -> Result<Test<'_>> {
        let (left, course, theme) = self.read(|tx, context| {
            let name = deck.map(|deck| decks::find(tx, deck)).transpose()?.map(|deck| deck.name);
            let seed = options.seed.unwrap_or(context.now.ms.unsigned_abs());
            let drawn = load::questions(tx, decks::subtree(tx, deck)?.as_ref(), options.questions, seed)?;
            if drawn.is_empty() {
                return Err(Error::new(Kind::NotFound, "there is no card that a test could ask")
                    .hint("matura decks shows what there is; suspended cards are not asked"));
            }
            let until_ms = options.minutes.map(|minutes| context.now.ms + i64::from(minutes) * 60_000);
            let questions = u32::try_from(drawn.len()).unwrap_or(u32::MAX);
            let course = Course { id: None, deck: name, seed, questions, until_ms };
            Ok((drawn, course, context.settings.theme))
        })?;
        Ok(Test {
            collection: self,
            theme,
            course,
            left,
            shown: None,
            given: Vec::new(),
            missed: Vec::new(),
            took_ms: 0,
            is_late: false,
        })
    }
}

impl Course {
    fn is_over(&self, context: Context) -> bool {
        self.until_ms.is_some_and(|until| context.now.ms >= until)
    }

    /// The seconds that are left.
    fn seconds(&self, context: Context) -> Option<u64> {
        let left = |until: i64| u64::try_from(until - context.now.ms).unwrap_or(0).div_ceil(1000);
        self.until_ms.map(left)
    }

    /// Writes an answer into the log and to the test, which begins with the first of them.
    fn write(&mut self, tx: &Tx<'_>, context: Context, of: &Drawn, answer: Answer) -> Result<State> {
        let (card, rows) = (card::get(tx, of.card)?, log::of_card(tx, &of.key)?);
        let entry = Entry::Answered(Event::Test, answer);
        let recorded = steps::record(tx, &of.key, card.as_ref(), rows, context, [entry])?;
        for row in &recorded.rows {
            let id = match self.id {
                Some(id) => id,
                None => test::begin(tx, row, self.deck.as_ref(), self.seed, self.questions)?,
            };
            self.id = Some(id);
            test::add(tx, id, row.id)?;
        }
        Ok(recorded.state)
    }
}

impl Test<'_> {
    /// Counts the answer to the first question that is left.
    fn count(&mut self, answer: &Answer) {
        self.shown = None;
        let Some(asked) = self.left.pop_front() else { return };
        let right = answer.grade.is_pass();
        self.took_ms += u64::from(answer.took_ms);
        if !right {
            self.missed.push(Missed {
                prompt: asked.question.prompt.clone(),
                code: asked.question.code.as_ref().map(|code| code.text.clone()),
                given: answer.responses.last().cloned(),
                answer: asked.question.right_answer(),
                after: asked.after,
            });
        }
        self.given.push(Examined { difficulty: asked.difficulty, level: asked.level, right });
    }

    /// The time is up: what is left counts as wrong.
    fn close(&mut self) -> Result<()> {
        let nothing = Answer::of_grade(Grade::NOTHING);
        let mut course = self.course.clone();
        let left = &self.left;
        self.course = self.collection.write(|tx, context| {
            for asked in left {
                course.write(tx, context, asked, nothing.clone())?;
            }
            Ok(course)
        })?;
        self.is_late = true;
        while !self.left.is_empty() {
            self.count(&nothing);
        }
        Ok(())
    }
}

fn not_in_a_test() -> Error {
    Error::new(Kind::Usage, "a test only takes answers").hint("leave it first")
}

impl Session for Test<'_> {
    fn next(&mut self) -> Result<Option<Turn>> {
        let context = self.collection.read(|_, context| Ok(context))?;
        if self.course.is_over(context) && !self.left.is_empty() {
            self.close()?;
        }
        if let Some((turn, _)) = &self.shown {
            return Ok(Some(turn.clone()));
        }
        let left = self.left();
        let Some(asked) = self.left.front() else { return Ok(None) };
        let turn = Turn {
            card: asked.card,
            deck: asked.deck.clone(),
            stage: Stage::Test,
            question: asked.question.clone(),
            preview: [asked.state; 6],
            left,
            attempts: 1,
            grading: context.settings.grading,
            marked: false,
            seconds: self.course.seconds(context),
        };
        self.shown = Some((turn.clone(), context.now.ms));
        Ok(Some(turn))
    }

    fn answer(&mut self, answer: Answer) -> Result<Saved> {
        let asked = self.left.front().ok_or_else(|| Error::internal("there is no question to answer"))?;
        let since = self.shown.as_ref().map(|(_, since)| *since);
        let mut course = self.course.clone();
        let (course, answer, is_late, saved) = self.collection.write(|tx, context| {
            let now = context.now.ms;
            let took_ms = u32::try_from(now.saturating_sub(since.unwrap_or(now)).max(0)).unwrap_or(u32::MAX);
            // an answer that comes too late is kept, and wrong
            let is_late = course.is_over(context);
            let grade = if is_late { Grade::NOTHING } else { answer.grade };
            let answer = Answer { grade, took_ms, ..answer };
            let state = course.write(tx, context, asked, answer.clone())?;
            let (card, day) = (asked.card, context.now.day);
            Ok((
                course,
                answer,
                is_late,
                Saved { card, grade, event: Event::Test, day, state, leech: false, again: false },
            ))
        })?;
        self.is_late |= is_late;
        self.course = course;
        self.count(&answer);
        Ok(saved)
    }

    fn regrade(&mut self, _: Grade) -> Result<Option<Saved>> {
        Ok(None)
    }

    fn undo(&mut self) -> Result<Option<TakenBack>> {
        Ok(None)
    }

    fn suspend(&mut self, _: CardId) -> Result<()> {
        Err(not_in_a_test())
    }

    fn bury(&mut self, _: CardId) -> Result<()> {
        Err(not_in_a_test())
    }

    fn mark(&mut self, _: CardId) -> Result<bool> {
        Err(not_in_a_test())
    }

    fn details(&mut self, _: CardId) -> Result<Details> {
        Err(not_in_a_test())
    }

    fn outlook(&mut self) -> Result<Outlook> {
        Ok(Outlook::default())
    }

    fn theme(&self) -> Theme {
        self.theme
    }

    fn test(&mut self) -> Result<Option<TestEnd>> {
        Ok(Some(TestEnd {
            deck: self.course.deck.clone(),
            questions: self.course.questions,
            scores: Scores::of(&self.given),
            missed: self.missed.clone(),
            is_late: self.is_late,
        }))
    }

    fn seconds(&mut self) -> Result<Option<u64>> {
        let context = self.collection.read(|_, context| Ok(context))?;
        Ok(self.course.seconds(context))
    }

    fn tally(&self) -> Tally {
        let test = u32::try_from(self.given.len()).unwrap_or(u32::MAX);
        Tally { test, took_ms: self.took_ms, ..Tally::default() }
    }

    fn left(&self) -> Left {
        Left { test: u32::try_from(self.left.len()).unwrap_or(u32::MAX), ..Left::default() }
    }
}

#[cfg(test)]
mod tests;
