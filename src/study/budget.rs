//! The limits of a study day: the collection's, and those of decks, which bind the decks below them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{DeckId, DeckName};

/// Which deck stands in which.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    parents: HashMap<DeckId, DeckId>,
    /// Every deck, those below before those above.
    upwards: Vec<DeckId>,
}

impl Tree {
    /// The decks of these names.
    pub fn new<'d>(decks: impl IntoIterator<Item = (DeckId, &'d DeckName)>) -> Self {
        let decks: Vec<(DeckId, &DeckName)> = decks.into_iter().collect();
        let by_name: HashMap<String, DeckId> = decks.iter().map(|(id, name)| (name.folded(), *id)).collect();
        let above = |name: &DeckName| {
            let names = std::iter::successors(name.parent(), DeckName::parent);
            names.map(|name| name.folded()).find_map(|name| by_name.get(&name).copied())
        };
        let parents = decks.iter().filter_map(|(id, name)| above(name).map(|parent| (*id, parent))).collect();
        let mut upwards: Vec<(usize, DeckId)> =
            decks.iter().map(|(id, name)| (name.levels().count(), *id)).collect();
        upwards.sort_unstable_by_key(|(levels, id)| (std::cmp::Reverse(*levels), *id));
        Self { parents, upwards: upwards.into_iter().map(|(_, id)| id).collect() }
    }

    /// A deck and those above it.
    fn chain(&self, deck: DeckId) -> impl Iterator<Item = DeckId> {
        std::iter::successors(Some(deck), |deck| self.parents.get(deck).copied())
    }

    /// The sum of a figure over each deck and those below it, where `own` is what decks hold themselves and `bound` is
    /// what a sum is cut down to before it counts for the deck above.
    pub fn sums(
        &self,
        own: &BTreeMap<DeckId, u32>,
        bound: impl Fn(DeckId, u32) -> u32,
    ) -> HashMap<DeckId, u32> {
        let mut sums: HashMap<DeckId, u32> = own.iter().map(|(deck, figure)| (*deck, *figure)).collect();
        for deck in &self.upwards {
            let sum = bound(*deck, sums.get(deck).copied().unwrap_or(0));
            sums.insert(*deck, sum);
            if let Some(parent) = self.parents.get(deck) {
                let above = sums.entry(*parent).or_default();
                *above = above.saturating_add(sum);
            }
        }
        sums
    }

    fn tops(&self) -> impl Iterator<Item = DeckId> {
        self.upwards.iter().copied().filter(|deck| !self.parents.contains_key(deck))
    }
}

/// How many cards of one sort may still be asked today.
#[derive(Debug, Clone)]
pub struct Budget {
    all: u32,
    decks: HashMap<DeckId, u32>,
}

impl Budget {
    /// What is left of the collection's limit and of those of decks when cards of these decks are used up (none
    /// stands for a card whose deck nobody knows any more).
    pub fn new(
        tree: &Tree,
        all: u32,
        decks: impl IntoIterator<Item = (DeckId, u32)>,
        used: impl IntoIterator<Item = Option<DeckId>>,
    ) -> Self {
        let mut budget = Self { all, decks: decks.into_iter().collect() };
        for deck in used {
            budget.all = budget.all.saturating_sub(1);
            if let Some(deck) = deck {
                budget.spend(tree, deck);
            }
        }
        budget
    }

    /// Takes one card of the deck out of it; says whether it allowed that.
    pub fn take(&mut self, tree: &Tree, deck: DeckId) -> bool {
        let allows = self.all > 0 && self.allows(tree, deck);
        if allows {
            self.all -= 1;
            self.spend(tree, deck);
        }
        allows
    }

    fn spend(&mut self, tree: &Tree, deck: DeckId) {
        if !self.decks.is_empty() {
            for deck in tree.chain(deck) {
                self.decks.entry(deck).and_modify(|left| *left = left.saturating_sub(1));
            }
        }
    }

    fn allows(&self, tree: &Tree, deck: DeckId) -> bool {
        self.decks.is_empty() || tree.chain(deck).all(|deck| self.decks.get(&deck) != Some(&0))
    }

    /// How many limits are used up.
    pub fn spent(&self) -> usize {
        usize::from(self.all == 0) + self.decks.values().filter(|left| **left == 0).count()
    }

    /// The decks out of `among` (of all, if none are given) of which a card may be asked; none if that is every one.
    pub fn open(&self, tree: &Tree, among: Option<&HashSet<DeckId>>) -> Option<HashSet<DeckId>> {
        if self.all == 0 {
            return Some(HashSet::new());
        }
        if self.decks.values().all(|left| *left > 0) {
            return among.cloned();
        }
        let is_among = |deck: &&DeckId| among.is_none_or(|among| among.contains(deck));
        Some(tree.upwards.iter().filter(is_among).copied().filter(|deck| self.allows(tree, *deck)).collect())
    }

    /// How many of so many cards that decks hold themselves it allows in all, and in a review of each deck with those
    /// below it.
    pub fn allowed(&self, tree: &Tree, own: &BTreeMap<DeckId, u32>) -> (u32, HashMap<DeckId, u32>) {
        let bound = |deck, sum: u32| self.decks.get(&deck).map_or(sum, |left| sum.min(*left));
        let mut sums = tree.sums(own, bound);
        let all =
            tree.tops().filter_map(|deck| sums.get(&deck)).fold(0, |sum: u32, one| sum.saturating_add(*one));
        for (deck, sum) in &mut sums {
            *sum = tree.chain(*deck).fold(*sum, |sum, above| bound(above, sum)).min(self.all);
        }
        (all.min(self.all), sums)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree() -> Tree {
        let names = ["A", "A::B", "A::B::C", "A::D", "E", "E::F::G"];
        let names: Vec<DeckName> = names.iter().map(|name| DeckName::parse(name).unwrap()).collect();
        Tree::new((1..).zip(&names))
    }

    #[test]
    fn a_limit_of_a_deck_binds_the_decks_below_it_and_no_others() {
        let tree = tree();
        let mut budget = Budget::new(&tree, 10, [(1, 2), (3, 1)], []);
        assert!(budget.take(&tree, 3));
        assert!(!budget.take(&tree, 3), "its own limit");
        assert!(budget.take(&tree, 2));
        assert!(!budget.take(&tree, 4), "the limit above");
        assert!(budget.take(&tree, 6), "a deck whose parent is no deck of its own");
        assert_eq!(budget.open(&tree, None), Some(HashSet::from([5, 6])));
        assert_eq!(budget.open(&tree, Some(&HashSet::from([2, 3]))), Some(HashSet::new()));
    }

    #[test]
    fn what_was_asked_today_is_used_up_in_its_deck_and_above() {
        let tree = tree();
        let own = BTreeMap::from([(1, 5), (2, 5), (3, 5), (5, 5)]);
        let budget = Budget::new(&tree, 9, [(1, 4), (2, 3), (5, 9)], [Some(2), Some(3), Some(4), None]);
        let (all, decks) = budget.allowed(&tree, &own);
        assert_eq!(all, 5, "nine less four");
        for (deck, left) in [(1, 1), (2, 1), (3, 1), (4, 0), (5, 5), (6, 0)] {
            assert_eq!(decks.get(&deck), Some(&left), "{deck}");
        }
    }

    proptest! {
        /// The figures of the front page are those of a session, whatever order its cards come in.
        #[test]
        fn as_many_are_allowed_as_can_be_taken(
            own in prop::collection::btree_map(1_i64..=6, 0_u32..6, 0..6),
            limits in prop::collection::btree_map(1_i64..=6, 0_u32..8, 0..4),
            used in prop::collection::vec(prop::option::of(1_i64..=6), 0..4),
            all in 0_u32..20,
            seed in any::<u64>(),
        ) {
            let tree = tree();
            let budget = Budget::new(&tree, all, limits, used);
            let (sum, decks) = budget.allowed(&tree, &own);
            let mut cards: Vec<DeckId> =
                own.iter().flat_map(|(deck, count)| std::iter::repeat_n(*deck, usize::try_from(*count).unwrap())).collect();
            fastrand::Rng::with_seed(seed).shuffle(&mut cards);
            for (scope, expected) in decks.iter().map(|(deck, left)| (Some(*deck), *left)).chain([(None, sum)]) {
                let mut budget = budget.clone();
                let within = |deck: DeckId| scope.is_none_or(|scope| tree.chain(deck).any(|above| above == scope));
                let taken = cards.iter().filter(|deck| within(**deck)).filter(|deck| budget.take(&tree, **deck)).count();
                prop_assert_eq!(u32::try_from(taken).unwrap(), expected, "{:?}", scope);
            }
        }
    }
}
