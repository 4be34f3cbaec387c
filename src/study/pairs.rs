//! Matching: the fronts of a few facts, and for each its back among those of all of them.

use super::Question;
use super::ask::{Ask, Options, Shown};
use crate::model::CardId;
use crate::text::fold;

/// Pairs that are on the table together.
pub const ROUND: usize = 6;

/// Chooses the pairs of rounds.
#[derive(Debug, Default)]
pub struct Rounds {
    chosen: Vec<CardId>,
    /// What stands on the table already.
    texts: Vec<String>,
}

impl Rounds {
    /// Offers a pair; it is taken unless its front or its back stands on the table already, for then two would fit.
    pub fn offer(&mut self, card: CardId, front: &str, back: &str) {
        if self.chosen.len().is_multiple_of(ROUND) {
            self.texts.clear();
        }
        let (front, back) = (fold(front), fold(back));
        if !self.texts.contains(&front) && !self.texts.contains(&back) {
            self.chosen.push(card);
            self.texts.extend([front, back]);
        }
    }

    /// How many were taken.
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Whether none was taken.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Those that were taken, round by round.
    pub fn into_cards(self) -> Vec<CardId> {
        self.chosen
    }
}

/// The cards that are on the table with one of them, in the order in which their backs lie: the same all the round, as
/// `seed` has it. Those that are no longer `left` are gone.
pub fn table(cards: &[CardId], card: CardId, seed: u64, left: impl Fn(CardId) -> bool) -> Vec<CardId> {
    let round = cards.chunks(ROUND).enumerate().find(|(_, round)| round.contains(&card));
    let Some((number, round)) = round else { return vec![card] };
    let mut table = round.to_vec();
    let number = u64::try_from(number).unwrap_or(0);
    fastrand::Rng::with_seed(seed.wrapping_add(number)).shuffle(&mut table);
    table.retain(|other| *other == card || left(*other));
    table
}

/// The question which of the backs on the table belongs to a front; each with whether it does.
pub fn paired(question: Question, backs: Vec<(String, bool)>) -> Question {
    let shown =
        backs.into_iter().enumerate().map(|(stored, (text, right))| Shown { text, stored, right }).collect();
    Question { ask: Ask::Choice(Options { shown, several: false }), hint: None, ..question }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_on_the_table_fits_twice() {
        let mut rounds = Rounds::default();
        for (card, front, back) in
            [(1, "a", "x"), (2, "A ", "y"), (3, "b", "X"), (4, "c", "z"), (5, "x", "w")]
        {
            rounds.offer(card, front, back);
        }
        assert_eq!(rounds.into_cards(), [1, 4]);
        let mut rounds = Rounds::default();
        (0..8).for_each(|card| rounds.offer(card, &format!("f{}", card % 6), &format!("b{card}")));
        assert_eq!(rounds.into_cards(), [0, 1, 2, 3, 4, 5, 6, 7], "another round is another table");
    }

    proptest! {
        #[test]
        fn the_table_only_gets_smaller_and_always_has_the_card(count in 1_i64..20, seed: u64, gone: u64) {
            let cards: Vec<CardId> = (0..count).collect();
            for card in 0..count {
                let whole = table(&cards, card, seed, |_| true);
                let left = table(&cards, card, seed, |other| gone >> other & 1 == 0);
                prop_assert!(left.contains(&card) && whole.len() <= ROUND);
                let kept: Vec<CardId> = whole.iter().copied().filter(|other| left.contains(other)).collect();
                prop_assert_eq!(kept, left);
            }
        }
    }
}
