//! Drawing the questions of a test.

use std::collections::HashSet;

use crate::model::{CardKey, Difficulty};
use crate::study::{Ask, Question};

/// How well a question can be marked by comparing, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Markable {
    /// The program marks it anyway.
    Marked,
    /// The learner judges it in a review, and the answer is a few words that can be typed.
    Short,
    /// The learner judges it in a review, and hardly anyone types the same words.
    Long,
}

/// Words of an answer that one may be expected to type as they stand.
const FEW_WORDS: usize = 4;

impl Markable {
    /// How well a question can be marked.
    pub fn of(question: &Question) -> Self {
        match &question.ask {
            Ask::Typed(_) | Ask::Choice(_) | Ask::Blanks(_) => Self::Marked,
            Ask::Reveal(reveal) if reveal.answer.split_whitespace().count() <= FEW_WORDS => Self::Short,
            Ask::Reveal(_) => Self::Long,
        }
    }
}

/// A card that a test may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub key: CardKey,
    /// The difficulty of its note.
    pub difficulty: Option<Difficulty>,
    /// How well it can be marked.
    pub markable: Markable,
}

/// Draws `count` cards, or as many as there are, in the order of asking: one a note; those that can be marked best
/// first; among these evenly over the three difficulties, and then those without one.
///
/// The same candidates (in whatever order) and the same seed give the same cards on every device.
pub fn draw(mut candidates: Vec<Candidate>, count: usize, seed: u64) -> Vec<Candidate> {
    let mut random = fastrand::Rng::with_seed(seed);
    candidates.sort_by(|one, other| one.key.cmp(&other.key));
    random.shuffle(&mut candidates);
    candidates.sort_by_key(|candidate| candidate.markable);
    let mut notes = HashSet::new();
    candidates.retain(|candidate| notes.insert(candidate.key.guid.clone()));
    // the first gets the question that is left over
    let mut order = Difficulty::ALL;
    random.shuffle(&mut order);
    let mut drawn: Vec<Candidate> = Vec::new();
    for of_a_sort in candidates.chunk_by(|one, other| one.markable == other.markable) {
        let mut rest: Vec<&Candidate> = of_a_sort.iter().collect();
        while drawn.len() < count && !rest.is_empty() {
            let has = |difficulty: &Difficulty| rest.iter().any(|one| one.difficulty == Some(*difficulty));
            let taken = |difficulty: &Difficulty| {
                drawn.iter().filter(|one| one.difficulty == Some(*difficulty)).count()
            };
            let next = order.iter().copied().filter(has).min_by_key(taken);
            let Some(place) = rest.iter().position(|one| one.difficulty == next) else { break };
            drawn.push(rest.remove(place).clone());
        }
    }
    random.shuffle(&mut drawn);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Guid, Slot};
    use proptest::prelude::*;

    fn candidate(note: usize, slot: Slot, difficulty: Option<Difficulty>, markable: Markable) -> Candidate {
        Candidate { key: CardKey { guid: Guid::new(format!("n{note:03}")), slot }, difficulty, markable }
    }

    fn of(drawn: &[Candidate], difficulty: Option<Difficulty>) -> usize {
        drawn.iter().filter(|one| one.difficulty == difficulty).count()
    }

    fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (0_u8..4, 0_u8..3, any::<bool>());
        prop::collection::vec(one, 0..60).prop_map(|notes| {
            let cards = notes.into_iter().enumerate().flat_map(|(note, (difficulty, markable, two))| {
                let difficulty = Difficulty::ALL.get(usize::from(difficulty)).copied();
                let markable = [Markable::Marked, Markable::Short, Markable::Long][usize::from(markable)];
                let slots = if two { vec![Slot::Front, Slot::Back] } else { vec![Slot::Front] };
                slots.into_iter().map(move |slot| candidate(note, slot, difficulty, markable))
            });
            cards.collect()
        })
    }

    proptest! {
        #[test]
        fn the_same_seed_draws_the_same_whatever_order_the_cards_come_in(cards in any_candidates(), seed: u64) {
            let mut other = cards.clone();
            other.reverse();
            prop_assert_eq!(draw(cards, 10, seed), draw(other, 10, seed));
        }

        #[test]
        fn a_draw_is_whole_has_one_card_a_note_and_is_even(cards in any_candidates(), count in 1_usize..30, seed: u64) {
            let notes: HashSet<_> = cards.iter().map(|card| card.key.guid.clone()).collect();
            let drawn = draw(cards.clone(), count, seed);
            prop_assert_eq!(drawn.len(), count.min(notes.len()));
            let drawn_notes: HashSet<_> = drawn.iter().map(|card| card.key.guid.clone()).collect();
            prop_assert_eq!(drawn_notes.len(), drawn.len());
            let left: Vec<&Candidate> = cards.iter().filter(|card| !drawn_notes.contains(&card.key.guid)).collect();
            let worst = drawn.iter().map(|card| card.markable).max();
            // nobody who can be marked better was left out
            prop_assert!(left.iter().all(|card| Some(card.markable) >= worst));
            // a difficulty that still has cards of that sort is no more than one behind any other that took some
            let last: Vec<&Candidate> = left.iter().copied().filter(|card| Some(card.markable) == worst).collect();
            for difficulty in last.iter().filter_map(|card| card.difficulty) {
                let took = drawn.iter().filter(|card| Some(card.markable) == worst);
                for other in took.clone().filter_map(|card| card.difficulty) {
                    prop_assert!(of(&drawn, Some(other)) <= of(&drawn, Some(difficulty)) + 1);
                }
                prop_assert!(took.clone().all(|card| card.difficulty.is_some()));
            }
        }
    }

    #[test]
    fn ten_of_many_are_four_three_and_three_and_none_without_a_difficulty() {
        let all = (0..80).map(|note| {
            candidate(note, Slot::Front, Difficulty::ALL.get(note % 4).copied(), Markable::Marked)
        });
        let drawn = draw(all.collect(), 10, 7);
        let mut counts = Difficulty::ALL.map(|difficulty| of(&drawn, Some(difficulty)));
        counts.sort_unstable();
        assert_eq!((counts, of(&drawn, None)), ([3, 3, 4], 0));
    }

    #[test]
    fn what_the_learner_would_judge_comes_only_when_nothing_else_is_left() {
        let mut all: Vec<Candidate> =
            (0..4).map(|note| candidate(note, Slot::Front, None, Markable::Marked)).collect();
        all.extend((4..9).map(|note| candidate(note, Slot::Front, Some(Difficulty::Hard), Markable::Short)));
        all.extend((9..99).map(|note| candidate(note, Slot::Front, Some(Difficulty::Easy), Markable::Long)));
        let drawn = draw(all, 10, 1);
        let count = |markable| drawn.iter().filter(|one| one.markable == markable).count();
        assert_eq!([Markable::Marked, Markable::Short, Markable::Long].map(count), [4, 5, 1]);
    }
}
