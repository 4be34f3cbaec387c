//! The year ahead under other limits.

use serde::Serialize;

use super::{Collection, decks, steps};
use crate::error::Result;
use crate::model::DeckName;
use crate::report::learning::{Given, Past, Sort, Standing};
use crate::report::simulate::{Basis, Card, Counts, Limits, Model, Plan, Summary, simulate};

/// The answers of so many days say how the learner answers.
const OBSERVED_DAYS: u32 = 365;
/// The days of a span.
const SPAN: u32 = 30;

/// What is to be simulated.
#[derive(Debug, Clone, Default)]
pub struct Forecast {
    /// The deck, with those below it; none for all.
    pub deck: Option<String>,
    /// How many days.
    pub days: u32,
    /// New cards a day, each in turn; those of the settings if there are none.
    pub new_per_day: Vec<u32>,
    /// Due cards a day, likewise.
    pub reviews_per_day: Vec<u32>,
    /// The share of known cards that is remembered, 0 to 1; none takes what was observed.
    pub recall: Option<f64>,
    /// What chance is made from.
    pub seed: u64,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Simulated {
    /// The deck, with those below it; none for all.
    pub deck: Option<DeckName>,
    /// The first day: today, or tomorrow if something was studied today.
    pub from: String,
    /// How many days.
    pub days: u32,
    /// What chance was made from.
    pub seed: u64,
    /// On what it rests.
    pub model: Basis,
    /// The days under each of the limits.
    pub plans: Vec<Planned>,
}

/// The days under limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Planned {
    /// New cards a day.
    pub new_per_day: u32,
    /// Due cards a day.
    pub reviews_per_day: u32,
    /// The figures.
    #[serde(flatten)]
    pub summary: Summary,
}

impl Collection {
    /// Plays the days ahead under SM-2. Limits of decks below the one are not looked at.
    pub fn simulate(&mut self, forecast: &Forecast) -> Result<Simulated> {
        self.read(|tx, context| {
            let today = context.now.day;
            let deck = forecast.deck.as_deref().map(|name| decks::find(tx, name)).transpose()?;
            let within = decks::subtree(tx, deck.as_ref().map(|deck| deck.name.as_str()))?;
            let seconds = context.settings.answer_seconds;
            let year = (today.minus(OBSERVED_DAYS - 1), today);
            let of_today = || {
                let so_far = steps::study_day(tx, context)?;
                let capacity = steps::capacity(tx, context, &so_far, deck.as_ref().map(|deck| deck.id))?;
                Ok((so_far, capacity))
            };
            let look = |past: &Past| counts(past.given().iter().filter(|given| given.day <= today), seconds);
            let (loaded, _) = steps::figures(tx, year, within.as_ref(), of_today, look)?;
            let (so_far, [_, (reviews, new)]) = loaded.beside;
            let observed = Model::observed(&loaded.done);
            let model = forecast.recall.map_or(observed, |recall| observed.with_recall(recall));
            let start = if so_far.is_begun { today.plus(1) } else { today };
            let cards: Vec<Card> = loaded.cards.iter().filter(|card| !card.suspended).map(card).collect();
            let or = |stated: &[u32], set: u32| if stated.is_empty() { vec![set] } else { stated.to_vec() };
            let mut plans = Vec::new();
            for new_per_day in or(&forecast.new_per_day, new) {
                for reviews_per_day in or(&forecast.reviews_per_day, reviews) {
                    let plan = Plan {
                        start,
                        days: forecast.days,
                        limits: Limits { new_per_day, reviews_per_day },
                        leech_lapses: context.settings.leech_lapses,
                        seed: forecast.seed,
                    };
                    let summary = Summary::of(&simulate(&plan, &cards, &model), SPAN);
                    plans.push(Planned { new_per_day, reviews_per_day, summary });
                }
            }
            Ok(Simulated {
                deck: deck.map(|deck| deck.name),
                from: start.to_string(),
                days: forecast.days,
                seed: forecast.seed,
                model: model.basis(),
                plans,
            })
        })
    }
}

fn counts<'g>(given: impl Iterator<Item = &'g Given>, answer_seconds: u32) -> Counts {
    let mut counts = Counts::default();
    for given in given {
        let took_ms = given.took_ms.min(answer_seconds.saturating_mul(1000));
        match (given.found, given.sort()) {
            (Some(found), _) => counts.review(found, given.grade, took_ms),
            (None, Sort::Repeat) => counts.drill(given.grade, took_ms),
            (None, _) => {}
        }
    }
    counts
}

fn card(card: &Standing) -> Card {
    Card { note: i64::try_from(card.note).unwrap_or(i64::MAX), state: card.state }
}
