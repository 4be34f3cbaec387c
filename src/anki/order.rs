//! The order of notes in a text file for Anki.

use std::collections::{HashMap, HashSet};

use crate::model::{DeckName, Note};

/// The notes in their order, but the first one of a deck before all notes in decks below it: Anki makes a deck for its
/// first row, and one that a deeper row made on the way it makes again, as `Deck+`.
pub(super) fn parents_first(notes: &[Note]) -> Vec<&Note> {
    let mut firsts: HashMap<String, &Note> = HashMap::new();
    for note in notes {
        firsts.entry(note.deck.folded()).or_insert(note);
    }
    let mut begun: HashSet<String> = HashSet::new();
    let mut written: HashSet<&str> = HashSet::new();
    let mut ordered = Vec::with_capacity(notes.len());
    for note in notes {
        if begun.insert(note.deck.folded()) {
            let mut above: Vec<_> = std::iter::successors(note.deck.parent(), DeckName::parent).collect();
            above.reverse();
            for deck in above {
                let first = firsts.get(&deck.folded()).filter(|_| begun.insert(deck.folded()));
                ordered.extend(first.filter(|first| written.insert(first.guid.as_str())));
            }
        }
        if written.insert(note.guid.as_str()) {
            ordered.push(note);
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Body, Content, Guid};

    #[test]
    fn a_deck_begins_before_the_decks_below_it_and_all_else_keeps_its_order() {
        let decks = ["A::B::C", "x", "A::B", "a", "A::B::C", "A", "A::D"];
        let note = |(place, deck): (usize, &&str)| Note {
            marked: false,
            leech: false,
            guid: Guid::new(place.to_string()),
            bank_id: None,
            deck: DeckName::parse(deck).unwrap(),
            content: Content::new("{{c1::x}}", Body::Cloze),
        };
        let notes: Vec<Note> = decks.iter().enumerate().map(note).collect();
        let order: Vec<&str> = parents_first(&notes).iter().map(|note| note.guid.as_str()).collect();
        assert_eq!(order, ["3", "2", "0", "1", "4", "5", "6"]);
    }
}
