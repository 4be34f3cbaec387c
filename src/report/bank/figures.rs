//! What a bank is made of.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Bank, Item};
use crate::model::{Difficulty, letter};

/// What a bank is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Questions.
    pub items: usize,
    /// How many of each kind.
    pub kinds: Vec<Share>,
    /// How many of each difficulty, and of none.
    pub difficulties: Vec<Share>,
    /// How many are about each maturity level, and about none that is named.
    pub levels: Vec<Share>,
    /// How many have each tag, and none.
    pub tags: Vec<Share>,
    /// How many have an explanation.
    pub explained: usize,
    /// Where the right option stands, by the number of options; of questions with one right option.
    pub places: Vec<Places>,
    /// What is read before a question can be answered.
    pub reading: Reading,
}

/// Questions that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// What; none for those of which it is not stated.
    pub of: Option<String>,
    /// How many.
    pub items: usize,
}

/// The places of right options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Places {
    /// Options that each of the questions has.
    pub options: usize,
    /// In how many of them the first is right, the second, and so on.
    pub right: Vec<usize>,
}

impl Places {
    /// `A 12, B 3, C 5`.
    pub fn told(&self) -> String {
        let told = self.right.iter().enumerate().map(|(place, items)| format!("{} {items}", letter(place)));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// Words that are read: the prompt, the code and the options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Half of the questions have no more.
    pub median: usize,
    /// The most.
    pub most: usize,
    /// The line of the question that has them.
    pub line: Option<u64>,
}

impl Figures {
    pub(super) fn of(bank: &Bank) -> Self {
        let items = &bank.items;
        let difficulty =
            |item: &Item| vec![item.content.difficulty.map(|it| Difficulty::name(it).to_owned())];
        let tags = |item: &Item| {
            let tags: Vec<_> = item.content.tags.iter().map(|tag| Some(tag.to_owned())).collect();
            if tags.is_empty() { vec![None] } else { tags }
        };
        Self {
            items: items.len(),
            kinds: shares(items, |item| vec![Some(item.content.kind().name().to_owned())]),
            difficulties: shares(items, difficulty),
            levels: shares(items, |item| vec![item.content.level.clone()]),
            tags: shares(items, tags),
            explained: items.iter().filter(|item| item.content.explanation.is_some()).count(),
            places: places(items),
            reading: reading(items),
        }
    }
}

/// Those that have most in common first, what is not stated last.
fn shares(items: &[Item], of: impl Fn(&Item) -> Vec<Option<String>>) -> Vec<Share> {
    let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
    items.iter().flat_map(of).for_each(|of| *counts.entry(of).or_default() += 1);
    let mut shares: Vec<Share> = counts.into_iter().map(|(of, items)| Share { of, items }).collect();
    shares.sort_by_key(|share| (share.of.is_none(), std::cmp::Reverse(share.items)));
    shares
}

/// The places of right options, by the number of options.
pub(super) fn places(items: &[Item]) -> Vec<Places> {
    let mut by_options: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (options, right) in items.iter().filter_map(Item::single) {
        let counts = by_options.entry(options.len()).or_insert_with(|| vec![0; options.len()]);
        if let Some(count) = counts.get_mut(right) {
            *count += 1;
        }
    }
    by_options.into_iter().map(|(options, right)| Places { options, right }).collect()
}

pub(super) fn reading(items: &[Item]) -> Reading {
    let mut words: Vec<usize> = items.iter().map(Item::words).collect();
    let longest = items.iter().rev().max_by_key(|item| item.words());
    words.sort_unstable();
    Reading {
        median: words.get(words.len().saturating_sub(1) / 2).copied().unwrap_or(0),
        most: words.last().copied().unwrap_or(0),
        line: longest.map(|item| item.line),
    }
}
