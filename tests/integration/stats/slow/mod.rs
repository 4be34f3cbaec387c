//! The figures once more, as slowly and plainly as they can be made: out of the tables with SQL of its own, SM-2 of its own, and a
//! look at all answers for each figure.

mod cards;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use chrono::{Datelike as _, Duration, NaiveDate, TimeZone as _, Timelike as _};
use chrono_tz::Tz;
use rusqlite::Connection;
use serde_json::{Value, json};

/// SM-2's state of a card.
#[derive(Debug, Clone, Copy)]
struct Card {
    repetitions: i64,
    ease: i64,
    interval: i64,
    due: Option<i64>,
}

const NEW: Card = Card { repetitions: 0, ease: 2500, interval: 0, due: None };

impl Card {
    fn answered(self, grade: i64, day: i64) -> Self {
        let interval = match (grade < 3, self.repetitions) {
            (true, _) | (false, 0) => 1,
            (false, 1) => 6,
            (false, _) => ((self.interval * self.ease + 500) / 1000).clamp(1, 36_500),
        };
        let miss = 5 - grade;
        Self {
            repetitions: if grade < 3 { 0 } else { self.repetitions + 1 },
            ease: (self.ease + 100 - miss * (80 + miss * 20)).max(1300),
            interval,
            due: Some(day + interval),
        }
    }
}

struct Row {
    id: Vec<u8>,
    card: (String, String),
    seq: i64,
    at: i64,
    day: i64,
    kind: String,
    grade: i64,
    took: i64,
    set: Card,
}

/// An answer that stands.
struct Given {
    card: (String, String),
    at: i64,
    day: i64,
    grade: i64,
    took: i64,
    sort: &'static str,
}

struct Note {
    deck: String,
    texts: BTreeMap<&'static str, Option<String>>,
    cards: Vec<(i64, String, bool, bool)>,
}

pub(super) struct Slow {
    given: Vec<Given>,
    states: BTreeMap<(String, String), Card>,
    notes: BTreeMap<String, Note>,
    today: i64,
    from: i64,
    zone: Tz,
}

fn date(day: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + Duration::days(day)
}

/// How many of these are what they are asked to be.
fn rate<'g>(given: impl Iterator<Item = &'g Given>) -> Value {
    let all: Vec<&Given> = given.collect();
    let right = all.iter().filter(|given| given.grade >= 3).count();
    let share = if all.is_empty() {
        Value::Null
    } else {
        let ten_thousandths = (20_000 * right + all.len()) / (2 * all.len());
        json!(f64::from(u32::try_from(ten_thousandths).unwrap()) / 10_000.0)
    };
    json!({ "asked": all.len(), "remembered": right, "share": share })
}

impl Slow {
    /// Of a collection on a day, for so many days, of the decks of which the names begin so.
    pub(super) fn of(path: &Path, today: NaiveDate, days: i64, deck: &str, zone: Tz) -> Self {
        let connection = Connection::open(path).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT id, guid, slot, seq, at, day, kind, coalesce(grade, 0), coalesce(took_ms, 0), repetitions, ease,
                    interval, due, target FROM log",
            )
            .unwrap();
        let mut taken_back = HashSet::new();
        let mut rows = Vec::new();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            if let Some(target) = row.get::<_, Option<Vec<u8>>>(13).unwrap() {
                taken_back.insert(target);
                continue;
            }
            rows.push(Row {
                id: row.get(0).unwrap(),
                card: (row.get(1).unwrap(), row.get(2).unwrap()),
                seq: row.get(3).unwrap(),
                at: row.get(4).unwrap(),
                day: row.get(5).unwrap(),
                kind: row.get(6).unwrap(),
                grade: row.get(7).unwrap(),
                took: row.get(8).unwrap(),
                set: Card {
                    repetitions: row.get::<_, Option<i64>>(9).unwrap().unwrap_or(0),
                    ease: row.get::<_, Option<i64>>(10).unwrap().unwrap_or(0),
                    interval: row.get::<_, Option<i64>>(11).unwrap().unwrap_or(0),
                    due: row.get(12).unwrap(),
                },
            });
        }
        rows.retain(|row| !taken_back.contains(&row.id));
        let today = today.signed_duration_since(date(0)).num_days();
        let mut slow = Self {
            given: Vec::new(),
            states: BTreeMap::new(),
            notes: notes(&connection, today, deck),
            today,
            from: today - days + 1,
            zone,
        };
        let cards: BTreeSet<(String, String)> = rows.iter().map(|row| row.card.clone()).collect();
        for card in cards.into_iter().filter(|card| slow.notes.contains_key(&card.0)) {
            let mut of_card: Vec<&Row> = rows.iter().filter(|row| row.card == card).collect();
            of_card.sort_by_key(|row| (row.seq, row.at, row.id.clone()));
            let (mut state, mut taken) = (NEW, BTreeSet::new());
            for row in of_card {
                let counts = row.kind == "review" && !taken.contains(&row.day);
                let sort = match row.kind.as_str() {
                    "set" => {
                        (state, taken) = (row.set, BTreeSet::new());
                        continue;
                    }
                    "review" if counts && state.due.is_none() => "new",
                    "review" if counts && state.interval < 21 => "young",
                    "review" if counts => "mature",
                    "review" | "drill" => "repeats",
                    "practice" => "practice",
                    _ => "tests",
                };
                if counts {
                    taken.insert(row.day);
                    state = state.answered(row.grade, row.day);
                }
                let Row { at, day, grade, took, .. } = *row;
                slow.given.push(Given { card: card.clone(), at, day, grade, took, sort });
            }
            slow.states.insert(card, state);
        }
        slow
    }

    fn shown(&self) -> impl Iterator<Item = &Given> {
        self.given.iter().filter(|given| given.day >= self.from && given.day <= self.today)
    }

    fn learnt(&self) -> impl Iterator<Item = &Given> {
        self.shown().filter(|given| given.sort == "young" || given.sort == "mature")
    }

    fn on(&self, day: i64) -> Value {
        let of =
            |sort: &str| self.given.iter().filter(|given| given.day == day && given.sort == sort).count();
        let took: i64 =
            self.given.iter().filter(|given| given.day == day).map(|given| given.took.min(60_000)).sum();
        json!({ "new": of("new"), "young": of("young"), "mature": of("mature"), "repeats": of("repeats"),
            "practice": of("practice"), "tests": of("tests"), "took_ms": took })
    }

    fn count(&self, day: i64) -> usize {
        self.given.iter().filter(|given| given.day == day).count()
    }

    pub(super) fn today(&self) -> Value {
        self.on(self.today)
    }

    pub(super) fn today_retention(&self) -> Value {
        rate(self.learnt().filter(|given| given.day == self.today))
    }

    pub(super) fn answers(&self) -> Value {
        let day = |day| {
            let mut line = self.on(day);
            line["day"] = date(day).to_string().into();
            line
        };
        (self.from..=self.today).map(day).collect()
    }

    fn first_of_calendar(&self) -> i64 {
        let back = i64::from(date(self.today).weekday().num_days_from_monday());
        self.today - back - 52 * 7
    }

    pub(super) fn calendar(&self) -> Value {
        let day = |day| json!({ "day": date(day).to_string(), "answers": self.count(day) });
        (self.first_of_calendar()..=self.today).map(day).collect()
    }

    pub(super) fn streak(&self) -> Value {
        let back_from = |day: i64| (0..100_000).take_while(|back| self.count(day - back) > 0).count();
        let now = if self.count(self.today) > 0 { self.today } else { self.today - 1 };
        let days = self.given.iter().map(|given| given.day).filter(|day| *day <= self.today);
        let longest = days.map(back_from).max().unwrap_or(0);
        let year = self.first_of_calendar()..=self.today;
        let studied = year.clone().filter(|day| self.count(*day) > 0).count();
        json!({ "now": back_from(now), "longest": longest, "studied": studied, "of": year.count() })
    }

    pub(super) fn retention(&self) -> Value {
        let mondays =
            (self.from - 6..=self.today).filter(|day| date(*day).weekday().num_days_from_monday() == 0);
        let week = |monday: i64| {
            let of = |sort| {
                rate(
                    self.shown()
                        .filter(|given| given.sort == sort && (monday..monday + 7).contains(&given.day)),
                )
            };
            json!({ "week": date(monday).to_string(), "young": of("young"), "mature": of("mature") })
        };
        mondays.map(week).collect()
    }

    pub(super) fn buttons(&self) -> Value {
        let of = |sort: &str| -> Vec<usize> {
            let given =
                |grade| self.shown().filter(|given| given.sort == sort && given.grade == grade).count();
            (0..=5).map(given).collect()
        };
        json!({ "new": of("new"), "young": of("young"), "mature": of("mature") })
    }

    pub(super) fn hours(&self) -> Value {
        let hour_of = |given: &&Given| self.zone.timestamp_millis_opt(given.at).unwrap().hour();
        let hour = |hour| {
            let answers = self.shown().filter(|given| hour_of(given) == hour).count();
            json!({ "hour": hour, "answers": answers, "retention": rate(self.learnt().filter(|given| hour_of(given) == hour)) })
        };
        (0..24).map(hour).collect()
    }

    /// New cards and due ones of which the review is given today.
    pub(super) fn used(&self) -> (usize, usize) {
        let of = |sorts: &[&str]| {
            let today = self.given.iter().filter(|given| given.day == self.today);
            today.filter(|given| sorts.contains(&given.sort)).count()
        };
        (of(&["new"]), of(&["young", "mature"]))
    }

    /// The note, the slot, the second and the sort of every answer.
    pub(super) fn sorts(&self) -> BTreeSet<(String, String, i64, String)> {
        let name = |sort: &str| match sort {
            "repeats" => "repeat".to_owned(),
            "tests" => "test".to_owned(),
            sort => sort.to_owned(),
        };
        let line = |given: &Given| {
            (given.card.0.clone(), given.card.1.clone(), given.at.div_euclid(1000), name(given.sort))
        };
        self.given.iter().map(line).collect()
    }

    pub(super) fn decks(&self) -> BTreeSet<&str> {
        self.notes.values().map(|note| note.deck.as_str()).collect()
    }
}

fn notes(connection: &Connection, today: i64, deck: &str) -> BTreeMap<String, Note> {
    let sql = "SELECT guid, deck.name, kind, difficulty, level, tags, note.id, coalesce(buried_on, 0), coalesce(buried, '')
        FROM note JOIN deck ON deck.id = deck_id";
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut notes = BTreeMap::new();
    while let Some(row) = rows.next().unwrap() {
        let name: String = row.get(1).unwrap();
        if !name.starts_with(deck) {
            continue;
        }
        let mut cards =
            connection.prepare("SELECT id, slot, suspended FROM card WHERE note_id = ?1").unwrap();
        let buried: String = row.get(8).unwrap();
        let is_buried = |slot: &str| {
            row.get::<_, i64>(7).unwrap() == today && buried.split(' ').any(|other| other == slot)
        };
        let cards = cards
            .query_map([row.get::<_, i64>(6).unwrap()], |card| {
                let slot: String = card.get(1)?;
                Ok((card.get(0)?, slot.clone(), card.get(2)?, is_buried(&slot)))
            })
            .unwrap();
        let texts = [("kind", 2), ("difficulty", 3), ("level", 4), ("tag", 5)];
        let note = Note {
            deck: name,
            texts: texts.into_iter().map(|(name, column)| (name, row.get(column).unwrap())).collect(),
            cards: cards.map(Result::unwrap).collect(),
        };
        notes.insert(row.get(0).unwrap(), note);
    }
    notes
}
