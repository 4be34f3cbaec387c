//! Where the cards stand, and what comes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Card, Given, NEW, Note, Slow, date, rate};

impl Slow {
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

    pub(in crate::stats) fn states(&self) -> Value {
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

    pub(in crate::stats) fn intervals(&self) -> Value {
        self.buckets(&[1, 2, 7, 14, 21, 30, 60, 90, 180, 365], |card| card.interval.max(1))
    }

    pub(in crate::stats) fn eases(&self) -> Value {
        self.buckets(&[1300, 1500, 1700, 1900, 2100, 2300, 2500, 2700], |card| card.ease)
    }

    pub(in crate::stats) fn groups(&self, of: &'static str) -> Value {
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
    pub(in crate::stats) fn hardest(&self) -> Value {
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

    pub(in crate::stats) fn forecast(&self, new: (usize, usize)) -> Value {
        let days = self.ahead(new);
        let line = |(place, [due, again, new, new_again]): (usize, &[usize; 4])| {
            let day = date(self.today + i64::try_from(place).unwrap()).to_string();
            json!({ "day": day, "due": due, "again": again, "new": new, "new_again": new_again })
        };
        days.iter().take(30).enumerate().map(line).collect()
    }

    /// Cards and days of the backlog, and its minutes.
    pub(in crate::stats) fn backlog(
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
}
