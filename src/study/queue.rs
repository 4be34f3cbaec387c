//! The queue of a session: what is due, then what is new, then what has to be repeated.

use std::collections::{HashSet, VecDeque};
use std::ops::ControlFlow;

use super::session::{Left, Stage};
use crate::model::{CardId, CardRef, DeckId, NoteId};

/// Picks cards out of candidates: of some decks, one card a note, up to a limit.
#[derive(Debug)]
pub struct Pick<'d> {
    decks: Option<&'d HashSet<DeckId>>,
    notes: HashSet<NoteId>,
    limit: usize,
    cards: Vec<CardId>,
}

impl<'d> Pick<'d> {
    /// Picks from these decks (all, if none are given), leaving out notes that were answered today.
    pub fn new(decks: Option<&'d HashSet<DeckId>>, answered: HashSet<NoteId>) -> Self {
        Self { decks, notes: answered, limit: 0, cards: Vec::new() }
    }

    /// Starts a new series of at most `limit` cards; notes that were picked stay out.
    pub fn up_to(&mut self, limit: u32) {
        self.limit = usize::try_from(limit).unwrap_or(usize::MAX);
    }

    /// Takes the candidate if it fits; says whether more are wanted.
    pub fn offer(&mut self, candidate: CardRef) -> ControlFlow<()> {
        if self.cards.len() >= self.limit {
            return ControlFlow::Break(());
        }
        if self.decks.is_none_or(|decks| decks.contains(&candidate.deck)) && self.notes.insert(candidate.note)
        {
            self.cards.push(candidate.card);
        }
        if self.cards.len() >= self.limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// The cards of the series.
    pub fn take(&mut self) -> Vec<CardId> {
        std::mem::take(&mut self.cards)
    }
}

/// The cards of a session in the order of asking.
#[derive(Debug, Default)]
pub struct Queue {
    /// A card that comes before all others: the learner took its answer back.
    first: Option<(CardId, Stage)>,
    due: VecDeque<CardId>,
    new: VecDeque<CardId>,
    drill: VecDeque<CardId>,
}

impl Queue {
    /// A queue of these cards.
    pub fn new(due: Vec<CardId>, new: Vec<CardId>, drill: Vec<CardId>) -> Self {
        Self { first: None, due: due.into(), new: new.into(), drill: drill.into() }
    }

    /// The card to ask, and what it is asked for.
    pub fn front(&self) -> Option<(CardId, Stage)> {
        let stages = [(&self.due, Stage::Due), (&self.new, Stage::New), (&self.drill, Stage::Drill)];
        let next = || stages.into_iter().find_map(|(cards, stage)| cards.front().map(|card| (*card, stage)));
        self.first.or_else(next)
    }

    /// Takes the front card away.
    pub fn pop(&mut self) {
        if self.first.take().is_none()
            && let Some((_, stage)) = self.front()
        {
            self.stage(stage).pop_front();
        }
    }

    /// Puts a card at the end of those to be repeated.
    pub fn repeat(&mut self, card: CardId) {
        self.drill.push_back(card);
    }

    /// Puts a card before all others, wherever it is now.
    pub fn put_first(&mut self, card: CardId, stage: Stage) {
        for cards in [&mut self.due, &mut self.new, &mut self.drill] {
            cards.retain(|other| *other != card);
        }
        self.first = Some((card, stage));
    }

    /// Takes a card out of those to be repeated.
    pub fn forget_repeat(&mut self, card: CardId) {
        self.drill.retain(|other| *other != card);
    }

    /// How many cards are left.
    pub fn left(&self) -> Left {
        let count = |cards: &VecDeque<CardId>, stage: Stage| {
            let first = self.first.is_some_and(|(_, of)| of == stage);
            u32::try_from(cards.len()).unwrap_or(u32::MAX).saturating_add(u32::from(first))
        };
        Left {
            due: count(&self.due, Stage::Due),
            new: count(&self.new, Stage::New),
            drill: count(&self.drill, Stage::Drill),
        }
    }

    fn stage(&mut self, stage: Stage) -> &mut VecDeque<CardId> {
        match stage {
            Stage::Due => &mut self.due,
            Stage::New => &mut self.new,
            Stage::Drill => &mut self.drill,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_card_a_note_is_picked_up_to_the_limit_of_the_series() {
        let decks = HashSet::from([1]);
        let mut pick = Pick::new(Some(&decks), HashSet::from([50]));
        let offer = |pick: &mut Pick<'_>, card, note, deck| pick.offer(CardRef { card, note, deck });
        pick.up_to(2);
        assert!(offer(&mut pick, 1, 50, 1).is_continue(), "answered today");
        assert!(offer(&mut pick, 2, 51, 2).is_continue(), "another deck");
        assert!(offer(&mut pick, 3, 52, 1).is_continue());
        assert!(offer(&mut pick, 4, 52, 1).is_continue(), "a sibling");
        assert!(offer(&mut pick, 5, 53, 1).is_break());
        assert_eq!(pick.take(), [3, 5]);
        pick.up_to(1);
        assert!(offer(&mut pick, 6, 53, 1).is_continue(), "a sibling of the series before");
        assert!(offer(&mut pick, 7, 54, 1).is_break());
        assert_eq!(pick.take(), [7]);
        pick.up_to(0);
        assert!(offer(&mut pick, 8, 55, 1).is_break());
        assert!(pick.take().is_empty());
    }

    #[test]
    fn due_cards_come_before_new_ones_and_repeats_come_last() {
        let mut queue = Queue::new(vec![1], vec![2], vec![3]);
        let mut order = Vec::new();
        while let Some((card, stage)) = queue.front() {
            queue.pop();
            order.push((card, stage));
            if card == 1 && stage == Stage::Due {
                queue.repeat(1);
            }
        }
        assert_eq!(order, [(1, Stage::Due), (2, Stage::New), (3, Stage::Drill), (1, Stage::Drill)]);
    }

    #[test]
    fn a_card_that_was_taken_back_comes_next_and_is_counted_where_it_belongs() {
        let mut queue = Queue::new(vec![1], vec![2, 3], vec![]);
        queue.put_first(3, Stage::New);
        assert_eq!(queue.front(), Some((3, Stage::New)));
        assert_eq!(queue.left(), Left { due: 1, new: 2, drill: 0 });
        queue.pop();
        assert_eq!(queue.front(), Some((1, Stage::Due)));
    }
}
