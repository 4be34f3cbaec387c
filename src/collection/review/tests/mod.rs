//! Sessions over a collection that is in no file, under a clock that the test moves.

mod agree;
mod behind;
mod daily;
mod effort;
mod learn;
mod leech;
mod narrowed;
mod practice;
mod undo;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeZone as _, Utc};

use crate::clock::Clock;
use crate::collection::{BankFile, Banks, CardLine, Collection, ImportOptions, Review, Today};
use crate::error::Result;
use crate::model::{Answer, CardId, DayStart, Grade, Moment, Setting, study_day};
use crate::query::Query;
use crate::study::{Saved, Session, Stage};

/// A clock that stands still until it is moved.
#[derive(Clone)]
struct Time(Arc<AtomicI64>);

impl Clock for Time {
    fn moment(&self, start: DayStart) -> Moment {
        let ms = self.0.load(Ordering::Relaxed);
        Moment { ms, day: study_day(&Utc.timestamp_millis_opt(ms).unwrap(), start) }
    }
}

struct Study {
    collection: Collection,
    time: Time,
}

impl Study {
    /// A collection into which this bank was imported; it is a morning.
    fn with_bank(csv: &str) -> Self {
        let time = Time(Arc::new(AtomicI64::new(20_000 * 86_400_000 + 9 * 3_600_000)));
        let mut collection =
            Collection::look(Path::new("/there is no such file"), Box::new(time.clone())).unwrap();
        let bank = BankFile { name: "bank.csv".to_owned(), bytes: csv.into() };
        let (report, _) =
            collection.import(Banks::read(vec![bank], &ImportOptions::default()).unwrap()).unwrap();
        assert_eq!(report.files[0].problems, []);
        Self { collection, time }
    }

    fn facts(count: usize) -> Self {
        let rows: String = (1..=count).map(|n| format!("q{n},question {n},answer {n}\n")).collect();
        Self::with_bank(&format!("id,prompt,answer\n{rows}"))
    }

    fn pass_ms(&self, ms: i64) {
        self.time.0.fetch_add(ms, Ordering::Relaxed);
    }

    fn pass_days(&self, days: i64) {
        self.pass_ms(days * 86_400_000);
    }

    fn set(&mut self, setting: Setting, value: &str) {
        self.collection.set(setting, value).unwrap();
    }

    fn today(&mut self) -> Today {
        self.collection.today().unwrap()
    }

    fn review(&mut self) -> Review<'_> {
        self.collection.review(None).unwrap()
    }

    /// The cards as the list has them, by their numbers.
    fn cards(&mut self) -> Vec<CardLine> {
        let notes = self.collection.list(&Query::EVERYTHING).unwrap();
        let mut cards: Vec<CardLine> = notes.into_iter().flat_map(|note| note.cards).collect();
        cards.sort_by_key(|card| card.card);
        cards
    }

    fn tags(&mut self, card: CardId) -> Vec<String> {
        self.collection.show(&card.to_string()).unwrap().line.tags
    }

    fn check(&mut self) {
        assert_eq!(self.collection.check().unwrap().problems, Vec::<String>::new());
    }
}

fn grade(number: u8) -> Answer {
    Answer::of_grade(Grade::new(number).unwrap())
}

/// The card that comes next.
fn front(session: &mut dyn Session) -> CardId {
    session.next().unwrap().unwrap().card
}

/// Suspends the card that comes next.
fn suspend(session: &mut dyn Session) -> Result<()> {
    let card = front(session);
    session.suspend(card)
}

/// Buries the card that comes next.
fn bury(session: &mut dyn Session) -> Result<()> {
    let card = front(session);
    session.bury(card)
}

/// Marks the note of the card that comes next, or takes the mark away.
fn mark(session: &mut dyn Session) -> Result<bool> {
    let card = front(session);
    session.mark(card)
}

/// Answers the card that comes next.
fn answer(session: &mut dyn Session, number: u8) -> Saved {
    session.next().unwrap().unwrap();
    session.answer(grade(number)).unwrap()
}

/// The cards that a session asks to its end when each is known, and what for.
fn asked(session: &mut dyn Session) -> Vec<(CardId, Stage)> {
    let mut asked = Vec::new();
    while let Some(turn) = session.next().unwrap() {
        asked.push((turn.card, turn.stage));
        session.answer(grade(5)).unwrap();
    }
    asked
}

fn numbers(asked: &[(CardId, Stage)]) -> Vec<CardId> {
    asked.iter().map(|(card, _)| *card).collect()
}
