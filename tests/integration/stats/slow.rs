//! The figures once more, as slowly and plainly as they can be made: out of the tables with SQL of its own, SM-2 of its own, and a
//! look at all answers for each figure.

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

    /// Every card that is there: its note, its number, its state, whether it is suspended or buried.
    fn cards(&self) -> impl Iterator<Item = (&Note, (String, String), i64, Card, bool, bool)> {
        self.notes.iter().flat_map(move |(guid, note)| {
            note.cards.iter().map(move |(id, slot, suspended, buried)| {
                let key = (guid.clone(), slot.clone());
                let state = self.states.get(&key).copied().unwrap_or(NEW);
                (note, key, *id, state, *suspended, *buried)
            })
        })
    }

    pub(super) fn states(&self) -> Value {
        let of = |wanted: &str| {
            let name = |card: &Card, suspended| match card.due {
                _ if suspended => "suspended",
                None => "new",
                Some(_) if card.interval < 21 => "young",
                Some(_) => "mature",
            };
            self.cards().filter(|(_, _, _, card, suspended, _)| name(card, *suspended) == wanted).count()
        };
        json!({ "new": of("new"), "young": of("young"), "mature": of("mature"), "suspended": of("suspended") })
    }

    fn buckets(&self, bounds: &[i64], of: fn(&Card) -> i64) -> Value {
        let values: Vec<i64> = self
            .cards()
            .filter(|(_, _, _, card, suspended, _)| !suspended && card.due.is_some())
            .map(|(_, _, _, card, ..)| of(&card))
            .collect();
        let bucket = |place: usize| {
            let (from, next) = (bounds[place], bounds.get(place + 1).copied());
            let cards = values
                .iter()
                .filter(|value| **value >= from && next.is_none_or(|next| **value < next))
                .count();
            json!({ "from": from, "upto": next.map(|next| next - 1), "cards": cards })
        };
        (0..bounds.len()).map(bucket).collect()
    }

    pub(super) fn intervals(&self) -> Value {
        self.buckets(&[1, 2, 7, 14, 21, 30, 60, 90, 180, 365], |card| card.interval.max(1))
    }

    pub(super) fn eases(&self) -> Value {
        self.buckets(&[1300, 1500, 1700, 1900, 2100, 2300, 2500, 2700], |card| card.ease)
    }

    pub(super) fn groups(&self, of: &'static str) -> Value {
        let mut names: BTreeMap<Option<String>, (usize, Vec<&Given>)> = BTreeMap::new();
        for (note, key, ..) in self.cards() {
            let text = note.texts[of].clone();
            let each: Vec<Option<String>> = match text {
                Some(text) if of == "tag" => {
                    text.split_whitespace().map(|tag| Some(tag.to_owned())).collect()
                }
                text => vec![text],
            };
            for name in each {
                let group = names.entry(name).or_default();
                group.0 += 1;
                group.1.extend(self.learnt().filter(|given| given.card == key));
            }
        }
        let group = |(name, (cards, given)): (Option<String>, (usize, Vec<&Given>))| json!({ "name": name, "cards": cards, "retention": rate(given.into_iter()) });
        names.into_iter().map(group).collect()
    }

    /// The numbers of the hardest cards and what was remembered of them.
    pub(super) fn hardest(&self) -> Value {
        let mut cards: Vec<(usize, usize, i64, Value)> = self
            .cards()
            .map(|(_, key, id, ..)| {
                let given = || self.learnt().filter(|given| given.card == key);
                (given().filter(|given| given.grade < 3).count(), given().count(), id, rate(given()))
            })
            .filter(|(forgotten, ..)| *forgotten > 0)
            .collect();
        cards.sort_by_key(|(forgotten, asked, id, _)| (usize::MAX - forgotten, *asked, *id));
        cards.into_iter().take(10).map(|(_, _, id, rate)| json!({ "card": id, "retention": rate })).collect()
    }

    /// How many reviews there are on each day of a year if all is known: due, again, new, new ones again.
    fn ahead(&self, (new_today, new_per_day): (usize, usize)) -> Vec<[usize; 4]> {
        let mut days = vec![[0; 4]; 365];
        let mut come = |mut card: Card, mut day: i64, first: usize, then: usize| {
            let mut place = first;
            while day < self.today + 365 {
                days[usize::try_from(day - self.today).unwrap()][place] += 1;
                card = card.answered(4, day);
                (day, place) = (card.due.unwrap(), then);
            }
        };
        let mut new = 0;
        for (_, _, _, card, suspended, buried) in self.cards().filter(|(_, _, _, _, suspended, _)| !suspended)
        {
            assert!(!suspended);
            match card.due {
                Some(due) => come(card, due.max(self.today + i64::from(buried)), 0, 1),
                None => new += 1,
            }
        }
        let (mut day, mut room) = (self.today, new_today);
        while new > 0 && day < self.today + 365 {
            for _ in 0..room.min(new) {
                come(NEW, day, 2, 3);
            }
            new -= room.min(new);
            (day, room) = (day + 1, new_per_day);
        }
        days
    }

    pub(super) fn forecast(&self, new: (usize, usize)) -> Value {
        let days = self.ahead(new);
        let line = |(place, [due, again, new, new_again]): (usize, &[usize; 4])| {
            let day = date(self.today + i64::try_from(place).unwrap()).to_string();
            json!({ "day": day, "due": due, "again": again, "new": new, "new_again": new_again })
        };
        days.iter().take(30).enumerate().map(line).collect()
    }

    /// Cards and days of the backlog, and its minutes.
    pub(super) fn backlog(
        &self,
        new: (usize, usize),
        (today, later): (usize, usize),
    ) -> (usize, Option<usize>, Option<f64>) {
        let is_behind =
            |card: &Card, suspended: bool| !suspended && card.due.is_some_and(|due| due < self.today);
        let cards = self.cards().filter(|(_, _, _, card, suspended, _)| is_behind(card, *suspended)).count();
        let (mut left, mut done) = (0, None);
        for (place, [due, again, _, new_again]) in self.ahead(new).into_iter().enumerate() {
            let room = if place == 0 { today } else { later };
            left = (left + due + again + new_again).saturating_sub(room);
            if left == 0 {
                done = Some(place + 1);
                break;
            }
        }
        let worked = self.shown().filter(|given| ["young", "mature", "repeats"].contains(&given.sort));
        let ms: i64 = worked.map(|given| given.took.min(60_000)).sum();
        let reviews = self.learnt().count();
        let float = |number: usize| f64::from(u32::try_from(number).unwrap());
        let minutes = (reviews > 0 && ms > 0)
            .then(|| float(cards) * float(usize::try_from(ms).unwrap()) / 60_000.0 / float(reviews));
        (cards, if cards == 0 { Some(0) } else { done }, minutes)
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
