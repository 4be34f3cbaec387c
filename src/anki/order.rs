//! The order of notes in a text file for Anki.

use std::collections::{HashMap, HashSet};

use crate::model::DeckName;

/// The notes that a text file has earlier than in their order, by their places in it, each behind the place before which it stands
/// instead: the first one of a deck comes before all notes in decks below it. Anki makes a deck for its first row, and one that a
/// deeper row made on the way it makes again, as `Deck+`. `decks` are those of the notes in their order.
pub fn early_notes<'d>(decks: impl Iterator<Item = &'d DeckName> + Clone) -> Vec<(usize, usize)> {
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let mut spellings: HashSet<&DeckName> = HashSet::new();
    let mut runs = Vec::new();
    for (place, deck) in decks.enumerate() {
        if spellings.insert(deck) {
            firsts.entry(deck.folded()).or_insert(place);
            runs.push((place, deck));
        }
    }
    let mut begun: HashSet<String> = HashSet::new();
    let mut early = Vec::new();
    for (place, deck) in runs {
        if !begun.insert(deck.folded()) {
            continue;
        }
        let mut above: Vec<_> = std::iter::successors(deck.parent(), DeckName::parent).collect();
        above.reverse();
        for deck in above {
            let first = firsts.get(&deck.folded()).filter(|_| begun.insert(deck.folded()));
            early.extend(first.map(|first| (place, *first)));
        }
    }
    early
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_begins_before_the_decks_below_it_and_all_else_keeps_its_order() {
        let decks =
            ["A::B::C", "x", "A::B", "a", "A::B::C", "A", "A::D"].map(|deck| DeckName::parse(deck).unwrap());
        assert_eq!(early_notes(decks.iter()), [(0, 3), (0, 2)]);
    }
}
