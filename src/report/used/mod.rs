//! How the questions of a bank worked once learners had answered them: classical item analysis.

mod chance;
mod correlation;
mod item;
mod met;
mod options;
mod proportion;
mod rest;
mod rules;
mod whole;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use correlation::Correlation;
pub use item::{Discrimination, ItemUse, Missing};
pub use met::{Known, learners};
pub use options::OptionUse;
pub use proportion::Proportion;
pub use rules::{Broken, Finding, Rule};
pub use whole::{BankUse, Reliability};

use super::learning::Rate;

/// A question of a bank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The options of a choice in the author's order, as the log keeps them; none for other kinds.
    pub options: Vec<String>,
    /// The places of the right ones, from 0.
    pub right: Vec<usize>,
}

/// What a learner did with a question on meeting it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct First {
    /// Whether the first attempt was right, without help.
    pub right: bool,
    /// What was answered at the first attempt: for a choice the options' texts, several with a line break between them.
    pub response: Option<String>,
}

/// A question that a learner met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// The first time.
    pub first: First,
    /// True retention: the day's first reviews after the first day.
    pub later: Rate,
}

/// What a learner met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learner {
    /// By the place of the question in the bank, from 0.
    pub met: BTreeMap<usize, Met>,
}

/// How a bank worked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// As a whole.
    pub bank: BankUse,
    /// Its questions, all of them, in the order of the bank.
    pub items: Vec<ItemUse>,
    /// The rules that something in it breaks.
    pub broken: Vec<Broken>,
}

/// How a bank worked with those who met questions of it. Of a question that is not in the bank nothing is counted.
pub fn analyse(items: &[Item], learners: &[Learner]) -> Analysis {
    let answers = rest::by_item(items.len(), learners);
    let used: Vec<ItemUse> = items
        .iter()
        .zip(&answers)
        .enumerate()
        .map(|(place, (item, answers))| ItemUse::of(place, item, answers))
        .collect();
    let broken = rules::judge(&used);
    Analysis { bank: BankUse::of(&used, &answers, learners), items: used, broken }
}

/// A count, as large as it can be told.
fn as_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, count) =
        values.into_iter().fold((0.0, 0_u32), |(sum, count), value| (sum + value, count.saturating_add(1)));
    (count > 0).then(|| sum / f64::from(count))
}

/// To four places.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "so serde hands a field over")]
fn rounded<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(to_four_places(*value))
}

/// To four places, if there is one.
#[expect(clippy::ref_option, reason = "so serde hands a field over")]
fn rounded_if_any<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(to_four_places).serialize(serializer)
}

fn to_four_places(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests;
