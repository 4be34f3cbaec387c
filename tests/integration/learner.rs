//! A learner who does one thing after another, under a clock that may be set wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeZone as _, Utc};
use matura::Collection;
use matura::clock::Clock;
use matura::collection::{BankFile, Banks, Given, ImportOptions, Schedule, Selection, When};
use matura::model::{DayStart, DeckName, Field, Grade, Moment, Setting, Tags, study_day};
use matura::query::{Query, parse};
use matura::study::Session as _;

/// A clock that a test moves, also backwards.
#[derive(Clone)]
pub(crate) struct Time(pub(crate) Arc<AtomicI64>);

impl Clock for Time {
    fn moment(&self, start: DayStart) -> Moment {
        let ms = self.0.load(Ordering::Relaxed);
        Moment { ms, day: study_day(&Utc.timestamp_millis_opt(ms).unwrap(), start) }
    }
}

impl Time {
    /// The morning of a day.
    pub(crate) fn morning() -> Self {
        Self(Arc::new(AtomicI64::new(20_000 * 86_400_000 + 9 * 3_600_000)))
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

fn import(collection: &mut Collection, random: &mut fastrand::Rng) {
    let mut bank = "id,prompt,answer,tags,reverse,deck\n".to_owned();
    for n in 0..random.usize(1..12) {
        let version = random.u8(0..3);
        let deck = ["A", "A::B", "C::D::E"][random.usize(0..3)];
        bank += &format!(
            "q{n},question {n} {version},answer {version},t{version},{},{deck}\n",
            ["", "yes"][n % 2]
        );
    }
    let bank = BankFile { name: "bank.csv".to_owned(), bytes: bank.into_bytes() };
    let options =
        ImportOptions { prune: random.bool(), bring_back: random.bool(), ..ImportOptions::default() };
    collection.import(Banks::read(vec![bank], &options).unwrap()).unwrap();
}

/// One of the things that a learner does; whether it went well does not matter.
pub(crate) fn step(collection: &mut Collection, time: &Time, random: &mut fastrand::Rng) {
    let cards = collection.list(&Query::EVERYTHING).unwrap();
    let cards: Vec<i64> = cards.iter().flat_map(|note| note.cards.iter().map(|card| card.card)).collect();
    let card = if cards.is_empty() { 1 } else { cards[random.usize(0..cards.len())] };
    let one = Selection::of(card);
    let all = Selection { names: Vec::new(), query: Some(parse("tag:t1").unwrap()) };
    let some = if random.bool() { one } else { all };
    let decks: Vec<DeckName> = collection.today().unwrap().decks.into_iter().map(|line| line.deck).collect();
    let deck = decks.first().map_or("A".to_owned(), |_| decks[random.usize(0..decks.len())].to_string());
    let name = DeckName::parse(["A", "B::A", "X", "x::Y", "A::A"][random.usize(0..5)]).unwrap();
    let text = random.u8(0..4).to_string();
    // the clock of a learner may be set wrong
    time.pass(random.i64(-1000..90_000));
    match random.u8(0..18) {
        0..3 => import(collection, random),
        3 => drop(collection.edit(&some, &[(Field::Answer, text)])),
        4 => drop(collection.edit(&some, &[(Field::Deck, name.to_string())])),
        5 => drop(collection.edit(&some, &[(Field::Reverse, ["", "yes"][random.usize(0..2)].to_owned())])),
        6 => drop(collection.remove(&some)),
        7 => {
            let gone: Vec<String> =
                collection.removed().unwrap().iter().map(|note| note.note.clone()).collect();
            drop(collection.bring_back(&gone));
        }
        8 => drop(collection.tag(&some, &Tags::parse(&format!("n{text}")), &Tags::parse("t2"))),
        9 => drop(collection.mark(&some, random.bool())),
        10 => drop(collection.suspend(&some, random.bool())),
        11 => drop(collection.bury(&some, random.bool())),
        12 => drop(collection.reset(&some)),
        13 => {
            let schedule = Schedule { due: Some(When::In(random.u32(0..30))), ..Schedule::default() };
            drop(collection.reschedule(&some, schedule));
        }
        14 => drop(collection.rename_deck(&deck, &name)),
        15 => drop(collection.remove_deck(&deck, random.bool())),
        16 => drop(collection.answer(card, &Given::Grade(Grade::ALL[random.usize(0..6)]))),
        _ => {
            let Ok(mut review) = collection.review(None) else { return };
            if let Some(turn) = review.next().unwrap() {
                match random.u8(0..3) {
                    0 => review.suspend(turn.card).unwrap(),
                    1 => review.bury(turn.card).unwrap(),
                    _ => {
                        review.mark(turn.card).unwrap();
                        return;
                    }
                }
                if random.bool() {
                    drop(review.undo().unwrap());
                }
            }
        }
    }
}

/// A setting or the limit of a deck, which undo knows nothing of.
pub(crate) fn configure(collection: &mut Collection, random: &mut fastrand::Rng) {
    let value = random.u8(1..9).to_string();
    let name = Setting::OF_DECKS[random.usize(0..2)];
    let value = Some(value.as_str()).filter(|_| random.u8(0..4) > 0);
    match (random.bool(), value) {
        (true, Some(value)) => drop(collection.set(name, value)),
        (true, None) => drop(collection.unset(name)),
        (false, value) => {
            let decks = collection.today().unwrap().decks;
            if let Some(deck) = decks.first() {
                drop(collection.set_limit(deck.deck.as_str(), name, value));
            }
        }
    }
}
