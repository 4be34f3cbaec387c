//! Weeks of a learner with two devices: sessions at odd hours, answers taken back, practice, tests, schedules set by hand.

use std::path::Path;

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone as _};
use chrono_tz::Tz;
use fastrand::Rng;
use matura::collection::{Collection, Pool, Practice, Schedule, Selection, TestOptions, Wanted, When};
use matura::model::{Answer, Grade};
use matura::{FixedClock, Session};

pub(super) const ZONE: Tz = Tz::Europe__Berlin;

/// Where a study day ends and the next begins, around it, in the hour that comes twice or never, and in between.
const TIMES: [(u32, u32); 8] = [(0, 5), (2, 30), (3, 59), (4, 0), (9, 10), (13, 47), (21, 15), (23, 59)];

pub(super) struct Life {
    pub(super) random: Rng,
}

impl Life {
    /// A day with this collection: one session or two, or none.
    pub(super) fn day(&mut self, path: &Path, date: NaiveDate) {
        if self.random.u8(0..8) == 0 {
            return;
        }
        let mut places: Vec<usize> =
            (0..self.random.usize(1..3)).map(|_| self.random.usize(0..TIMES.len())).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let (hour, minute) = TIMES[place];
            let time = date.and_time(NaiveTime::from_hms_opt(hour, minute, 7).unwrap());
            // an hour that does not exist is the one after it
            let now = ZONE.from_local_datetime(&time).earliest().unwrap_or_else(|| {
                ZONE.from_local_datetime(&(time + Duration::hours(1))).earliest().unwrap()
            });
            let mut collection = Collection::open(path, Box::new(FixedClock(now))).unwrap();
            self.sessions(&mut collection);
        }
    }

    fn sessions(&mut self, collection: &mut Collection) {
        let deck = [None, None, Some("Odd")][self.random.usize(0..3)];
        let many = self.random.usize(0..25);
        self.session(&mut collection.review(deck).unwrap(), many);
        match self.random.u8(0..8) {
            0 => {
                let practice = Practice { pool: Pool::Weak, ..Practice::default() };
                if let Ok(mut session) = collection.practice(deck, practice, Wanted::default()) {
                    self.session(&mut session, 5);
                }
            }
            1 => {
                let options = TestOptions { questions: 4, minutes: None, seed: Some(self.random.u64(..)) };
                if let Ok(mut session) = collection.test(None, options) {
                    self.session(&mut session, 4);
                }
            }
            2 | 3 => (0..4).for_each(|_| self.by_hand(collection)),
            _ => {}
        }
    }

    fn session(&mut self, session: &mut dyn Session, many: usize) {
        for _ in 0..many {
            let Some(turn) = session.next().unwrap() else { break };
            let grade = Grade::new([0, 1, 2, 3, 4, 4, 4, 5, 5, 5][self.random.usize(0..10)]).unwrap();
            let took_ms = [0, 900, 4_321, 12_000, 75_000, 3_600_000][self.random.usize(0..6)];
            let wrong = ["drift", "a model", "Drift "][self.random.usize(0..3)].to_owned();
            let responses =
                if turn.question.is_marked() && !grade.is_pass() { vec![wrong] } else { Vec::new() };
            let answer = Answer { took_ms, responses, ..Answer::of_grade(grade) };
            session.answer(answer).unwrap();
            if turn.is_test() {
                continue;
            }
            match self.random.u8(0..25) {
                0 | 1 => drop(session.undo().unwrap()),
                2 => drop(session.regrade(Grade::new(self.random.u8(0..=5)).unwrap()).unwrap()),
                put_away @ (3 | 4) => {
                    if let Some(turn) = session.next().unwrap() {
                        if put_away == 3 { session.bury(turn.card) } else { session.suspend(turn.card) }
                            .unwrap();
                    }
                }
                _ => {}
            }
        }
    }

    fn by_hand(&mut self, collection: &mut Collection) {
        let cards: Vec<i64> = collection
            .list(&matura::query::Query::EVERYTHING)
            .unwrap()
            .iter()
            .flat_map(|note| note.cards.iter().map(|card| card.card))
            .collect();
        let card = Selection::of(cards[self.random.usize(0..cards.len())]);
        match self.random.u8(0..12) {
            0 => drop(collection.reset(&card).unwrap()),
            2.. => {
                let (due, interval) = (self.random.u32(0..9), self.random.u32(1..60));
                let schedule =
                    Schedule { due: Some(When::In(due)), interval: Some(interval), ..Schedule::default() };
                drop(collection.reschedule(&card, schedule));
            }
            1 => drop(collection.remove(&card)),
        }
    }
}
