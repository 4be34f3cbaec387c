//! What was remembered by what notes say of themselves, and which cards are the hardest.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Material;
use super::cards::Standing;
use super::past::{Given, Sort};
use super::rate::Rate;
use crate::model::{Difficulty, Kind};

/// What a note says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits {
    /// Its kind.
    pub kind: Kind,
    /// How hard its author calls it.
    pub difficulty: Option<Difficulty>,
    /// Its level, by its place among the [`Material::texts`].
    pub level: Option<u32>,
    /// Its tags, separated by blanks, likewise.
    pub tags: Option<u32>,
}

/// Cards that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What it is; none where notes do not say it.
    pub name: Option<String>,
    /// Cards, suspended ones too.
    pub cards: u32,
    /// What was remembered of young and mature ones.
    pub retention: Rate,
}

/// The groups by each thing that notes say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Groups {
    /// By difficulty, the easiest first.
    pub difficulty: Vec<Group>,
    /// By level.
    pub level: Vec<Group>,
    /// By kind.
    pub kind: Vec<Group>,
    /// By tag, those with the most answers first. A note with two tags stands in both.
    pub tag: Vec<Group>,
}

/// What was remembered of each card of the log in these answers.
pub(super) fn of_cards<'g>(given: impl Iterator<Item = &'g Given>, logged: usize) -> Vec<Rate> {
    let mut rates = vec![Rate::default(); logged];
    for given in given.filter(|given| matches!(given.sort(), Sort::Young | Sort::Mature)) {
        if let Some(rate) = usize::try_from(given.card).ok().and_then(|card| rates.get_mut(card)) {
            rate.count(given.grade);
        }
    }
    rates
}

pub(super) fn rate_of(card: &Standing, rates: &[Rate]) -> Rate {
    let place = card.logged.and_then(|logged| usize::try_from(logged).ok());
    place.and_then(|place| rates.get(place)).copied().unwrap_or_default()
}

pub(super) fn groups(material: &Material<'_>, rates: &[Rate]) -> Groups {
    let mut difficulty: BTreeMap<(bool, Option<Difficulty>), Group> = BTreeMap::new();
    let mut kind: BTreeMap<&str, Group> = BTreeMap::new();
    let mut level: BTreeMap<Option<u32>, Group> = BTreeMap::new();
    let mut tags: BTreeMap<Option<u32>, Group> = BTreeMap::new();
    for card in &material.cards {
        let Some(traits) = material.notes.get(card.note) else { continue };
        let rate = rate_of(card, rates);
        let stated = traits.difficulty;
        count(difficulty.entry((stated.is_none(), stated)), stated.map(Difficulty::name), rate);
        count(kind.entry(traits.kind.name()), Some(traits.kind.name()), rate);
        count(level.entry(traits.level), text(material, traits.level), rate);
        count(tags.entry(traits.tags), text(material, traits.tags), rate);
    }
    let mut level: Vec<Group> = level.into_values().collect();
    // 2 stands before 10
    let order = |group: &Group| {
        let name = group.name.clone();
        (name.is_none(), name.as_deref().and_then(|name| name.parse::<u32>().ok()).unwrap_or(u32::MAX), name)
    };
    level.sort_by_cached_key(order);
    Groups {
        difficulty: difficulty.into_values().collect(),
        level,
        kind: kind.into_values().collect(),
        tag: each_tag(tags.into_values()),
    }
}

fn text<'m>(material: &Material<'m>, place: Option<u32>) -> Option<&'m str> {
    place
        .and_then(|place| usize::try_from(place).ok())
        .and_then(|place| material.texts.get(place))
        .map(String::as_str)
}

fn count<K: Ord>(entry: std::collections::btree_map::Entry<'_, K, Group>, name: Option<&str>, rate: Rate) {
    let group = entry.or_insert_with(|| Group {
        name: name.map(str::to_owned),
        cards: 0,
        retention: Rate::default(),
    });
    group.cards += 1;
    group.retention.add(rate);
}

/// Of groups by all tags of a note those by each of them.
fn each_tag(lists: impl Iterator<Item = Group>) -> Vec<Group> {
    let mut tags: BTreeMap<Option<String>, Group> = BTreeMap::new();
    for Group { name, cards, retention } in lists {
        let names = name.as_deref().unwrap_or_default().split_whitespace().map(|tag| Some(tag.to_owned()));
        let names: Vec<Option<String>> = if name.is_none() { vec![None] } else { names.collect() };
        for name in names {
            let group = tags.entry(name.clone()).or_insert_with(|| Group {
                name,
                cards: 0,
                retention: Rate::default(),
            });
            group.cards += cards;
            group.retention.add(retention);
        }
    }
    let mut tags: Vec<Group> = tags.into_values().collect();
    // stable: in the order of names among equals
    tags.sort_by_key(|tag| std::cmp::Reverse((tag.retention.asked, tag.cards)));
    tags
}

/// The cards that were forgotten most often, then those of which the greater share was forgotten.
pub(super) fn hardest(cards: &[Standing], rates: &[Rate], most: usize) -> Vec<(Standing, Rate)> {
    let mut hardest: Vec<(Standing, Rate)> = cards
        .iter()
        .map(|card| (*card, rate_of(card, rates)))
        .filter(|(_, rate)| rate.forgotten() > 0)
        .collect();
    hardest.sort_by(|(one, of_one), (other, of_other)| {
        let forgotten = of_other.forgotten().cmp(&of_one.forgotten());
        // as many times forgotten, the fewer times asked
        forgotten.then(of_one.asked.cmp(&of_other.asked)).then(one.card.cmp(&other.card))
    });
    hardest.truncate(most);
    hardest
}
