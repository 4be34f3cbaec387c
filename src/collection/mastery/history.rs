//! The tests that were taken.

use std::collections::HashMap;

use serde::Serialize;

use crate::collection::{Collection, decks};
use crate::error::Result;
use crate::model::DeckName;
use crate::store::{Tx, note, test};
use crate::study::mastery::{Examined, Mastery, Part, Score, Scores};

/// A test that was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastTest {
    /// Its id.
    pub test: String,
    /// The study day.
    pub day: String,
    /// The deck; none for everything.
    pub deck: Option<String>,
    /// What its questions were drawn with.
    pub seed: u64,
    /// How many were drawn.
    pub questions: u32,
    /// Whether all of them were answered.
    pub finished: bool,
    /// The score of what was answered.
    #[serde(flatten)]
    pub score: Figures,
    /// By how much the share is above that of the finished test of the deck before it.
    pub trend: Option<f64>,
    /// The score of each difficulty that was asked.
    pub difficulties: Vec<Named>,
    /// The score of each level that was asked.
    pub levels: Vec<Named>,
}

/// A score in figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Questions that were answered.
    pub answered: u32,
    /// Right ones.
    pub right: u32,
    /// The share of right ones.
    pub score: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// What it comes to.
    pub verdict: Mastery,
    /// The same as a value.
    #[serde(skip)]
    pub of: Score,
}

/// A score of a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Named {
    /// The difficulty or the level.
    pub name: String,
    /// Its score.
    #[serde(flatten)]
    pub score: Figures,
}

impl Figures {
    fn of(of: Score) -> Self {
        let (low, high) = of.interval();
        Self {
            answered: of.asked,
            right: of.right,
            score: rounded(of.share()),
            low: rounded(low),
            high: rounded(high),
            verdict: of.mastery(),
            of,
        }
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

impl Collection {
    /// The tests of a deck and of those below it, or all, the first one first.
    pub fn tests(&mut self, deck: Option<&str>) -> Result<Vec<PastTest>> {
        self.read(|tx, _| {
            let top = deck.map(|deck| decks::find(tx, deck)).transpose()?.map(|deck| deck.name);
            let is_wanted = |of: Option<&String>| {
                top.as_ref().is_none_or(|top| {
                    let name = of.and_then(|name| DeckName::parse(name).ok());
                    name.is_some_and(|name| name.is_within(top))
                })
            };
            let mut before: HashMap<Option<String>, f64> = HashMap::new();
            let mut tests = Vec::new();
            for drawn in test::all(tx)?.into_iter().filter(|drawn| is_wanted(drawn.deck.as_ref())) {
                let scores = Scores::of(&answers(tx, &drawn)?);
                let score = Figures::of(scores.whole);
                let finished = score.answered == drawn.questions;
                let share = score.of.share();
                let last = finished.then(|| before.insert(drawn.deck.clone(), share)).flatten();
                let named = |of: fn(&Part) -> Option<&str>| {
                    let named = scores.parts.iter().filter_map(|(part, score)| {
                        Some(Named { name: of(part)?.to_owned(), score: Figures::of(*score) })
                    });
                    named.collect()
                };
                tests.push(PastTest {
                    test: drawn.id.to_string(),
                    day: drawn.day.to_string(),
                    seed: drawn.seed,
                    questions: drawn.questions,
                    finished,
                    score,
                    trend: last.map(|last| rounded(share - last)),
                    difficulties: named(|part| match part {
                        Part::Difficulty(difficulty) => Some(difficulty.name()),
                        Part::Level(_) => None,
                    }),
                    levels: named(|part| match part {
                        Part::Level(level) => Some(level),
                        Part::Difficulty(_) => None,
                    }),
                    deck: drawn.deck,
                });
            }
            Ok(tests)
        })
    }
}

/// The answers of a test with what their notes say now, also those that were removed.
fn answers(tx: &Tx<'_>, drawn: &test::Drawn) -> Result<Vec<Examined>> {
    let answer = |(guid, right): &(crate::model::Guid, bool)| {
        let labels = match note::whereabouts(tx, guid)? {
            Some((note, _)) => note::labels(tx, note)?,
            None => crate::model::Labels::default(),
        };
        Ok(Examined { difficulty: labels.difficulty, level: labels.level, right: *right })
    };
    test::answers(tx, drawn.id)?.iter().map(answer).collect()
}
