//! The queue of a session: what is due and what is new, then what has to be repeated; or what is to be practised.

use std::collections::{HashSet, VecDeque};
use std::ops::ControlFlow;

use super::budget::{Budget, Tree};
use super::session::{Left, Stage};
use crate::model::{CardId, CardRef, Day, DeckId, DueOrder, NewCards, NoteId};

/// Picks cards out of candidates: of some decks, one card a note, under the limits.
#[derive(Debug)]
pub struct Pick<'t> {
    tree: &'t Tree,
    decks: Option<&'t HashSet<DeckId>>,
    notes: HashSet<NoteId>,
    budget: Budget,
    /// The decks of which a card may be asked, if that is not every one.
    open: Option<HashSet<DeckId>>,
    limit: usize,
    cards: Vec<CardId>,
}

impl<'t> Pick<'t> {
    /// Picks from these decks (all, if none are given), leaving out notes that wait until tomorrow.
    pub fn new(tree: &'t Tree, decks: Option<&'t HashSet<DeckId>>, waiting: HashSet<NoteId>) -> Self {
        let budget = Budget::new(tree, 0, [], []);
        Self { tree, decks, notes: waiting, budget, open: None, limit: 0, cards: Vec::new() }
    }

    /// Starts a new series of as many cards as the budget allows, and `limit` at most; notes that were picked stay out.
    pub fn up_to(&mut self, budget: Budget, limit: Option<u32>) {
        self.limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        self.open = budget.open(self.tree, self.decks);
        self.budget = budget;
    }

    /// Takes a card that is asked in any case: it counts, and its note stays out.
    pub fn reserve(&mut self, card: CardRef) {
        self.notes.insert(card.note);
        self.budget.take(self.tree, card.deck);
        self.open = self.budget.open(self.tree, self.decks);
        self.limit = self.limit.saturating_sub(1);
    }

    /// Takes the candidate if it may be asked and its note fits; says whether more are wanted.
    ///
    /// Whether a note fits is asked last, for it has to be read for that.
    pub fn offer(&mut self, candidate: CardRef, fits: impl FnOnce(NoteId) -> bool) -> ControlFlow<()> {
        if self.is_full() {
            return ControlFlow::Break(());
        }
        let is_open = self.open.as_ref().is_none_or(|open| open.contains(&candidate.deck));
        if is_open && self.notes.insert(candidate.note) && fits(candidate.note) {
            let spent = self.budget.spent();
            if self.budget.take(self.tree, candidate.deck) {
                self.cards.push(candidate.card);
            }
            if self.budget.spent() != spent {
                self.open = self.budget.open(self.tree, self.decks);
            }
        }
        if self.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// The decks of which cards are still wanted, if those are not all.
    pub fn open(&self) -> Option<&HashSet<DeckId>> {
        self.open.as_ref()
    }

    /// Whether no more are wanted.
    pub fn is_full(&self) -> bool {
        self.cards.len() >= self.limit || self.open.as_ref().is_some_and(HashSet::is_empty)
    }

    /// The cards of the series.
    pub fn take(&mut self) -> Vec<CardId> {
        std::mem::take(&mut self.cards)
    }
}

/// Puts due cards, the oldest first, into the order in which they are asked. A shuffled order is that of the study
/// day: it stays when some of them have been answered.
pub fn arrange(due: &mut [CardId], order: DueOrder, day: Day) {
    match order {
        DueOrder::Oldest => {}
        DueOrder::Shuffled => due.sort_by_cached_key(|card| {
            let day = u64::from(day.number().unsigned_abs());
            fastrand::Rng::with_seed(day.rotate_left(40) ^ card.unsigned_abs()).u64(..)
        }),
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
    /// New cards that are shown before they are asked.
    unseen: VecDeque<CardId>,
    /// Whether a group of them is being shown.
    is_showing: bool,
    practice: VecDeque<CardId>,
    /// What they are asked for.
    practice_stage: Stage,
    place: NewCards,
    /// Due and new cards that the session has asked already.
    asked: (usize, usize),
    /// Due and new cards of the whole session.
    whole: (usize, usize),
}

impl Queue {
    /// A queue of these cards, new ones where the setting has them. `asked` due and new cards went before in the
    /// session, so that a queue made anew goes on where the other was.
    pub fn new(
        due: Vec<CardId>,
        new: Vec<CardId>,
        drill: Vec<CardId>,
        place: NewCards,
        asked: (usize, usize),
    ) -> Self {
        let whole = (asked.0 + due.len(), asked.1 + new.len());
        let (due, new, drill) = (due.into(), new.into(), drill.into());
        Self { due, new, drill, place, asked, whole, ..Self::default() }
    }

    /// A queue of these cards to practise; what they are asked for says whether once or until each was right.
    pub fn of_practice(cards: Vec<CardId>, stage: Stage) -> Self {
        Self { practice: cards.into(), practice_stage: stage, ..Self::default() }
    }

    /// Has new cards shown before they are asked, in groups of [`Queue::GROUP`], but for those that were `seen`. Whether a
    /// group was being shown: then it is filled before it is asked.
    pub fn show_first(&mut self, seen: impl Fn(CardId) -> bool, is_showing: bool) {
        let (seen, unseen): (VecDeque<CardId>, _) = self.new.iter().copied().partition(|card| seen(*card));
        (self.new, self.unseen) = (seen, unseen);
        self.is_showing = is_showing;
    }

    /// Whether a group of new cards is being shown.
    pub const fn is_showing(&self) -> bool {
        self.is_showing
    }

    /// New cards that are shown together, then asked.
    pub const GROUP: usize = 5;

    /// The card to ask, and what it is asked for.
    pub fn front(&self) -> Option<(CardId, Stage)> {
        let (due, new) = (
            self.due.front().map(|card| (*card, Stage::Due)),
            self.new.front().map(|card| (*card, Stage::New)),
        );
        let next = if self.is_new_next() { new.or(due) } else { due.or(new) };
        let unseen = self.unseen.front().map(|card| (*card, Stage::Shown));
        let of_group = unseen.filter(|_| self.is_showing && self.new.len() < Self::GROUP);
        self.first
            .or(of_group)
            .or(next)
            .or_else(|| self.drill.front().map(|card| (*card, Stage::Drill)))
            .or(unseen)
            .or_else(|| self.practice.front().map(|card| (*card, self.practice_stage)))
    }

    /// The learner has looked at the front card, which was only shown: it is asked when its group was seen.
    pub fn seen(&mut self) {
        if let Some((card, Stage::Shown)) = self.front() {
            if self.first.take().is_none() {
                self.unseen.pop_front();
            }
            self.new.push_back(card);
            self.is_showing = true;
        }
    }

    /// Whether a new card comes before a due one. New cards that are mixed cut the due ones into equal parts.
    fn is_new_next(&self) -> bool {
        match self.place {
            NewCards::After => false,
            NewCards::Before => true,
            NewCards::Mixed => {
                let ((asked_due, asked_new), (due, new)) = (self.asked, self.whole);
                // each has its place where it is as far from the one before as from the one behind
                (2 * asked_due + 1) * (new + 1) >= 2 * due * (asked_new + 1)
            }
        }
    }

    /// Takes the front card away.
    pub fn pop(&mut self) {
        let Some((_, stage)) = self.front() else { return };
        // a card that was taken back comes between others and ends no group of them
        if self.first.take().is_none() {
            self.stage(stage).pop_front();
            self.is_showing &= stage == Stage::Shown;
        }
        match stage {
            Stage::Due => self.asked.0 += 1,
            Stage::New => self.asked.1 += 1,
            Stage::Drill | Stage::Shown | Stage::Practice | Stage::Cram | Stage::Match | Stage::Test => {}
        }
    }

    /// Puts a card at the end of those to be repeated, or to be practised.
    pub fn repeat(&mut self, card: CardId) {
        if self.practice_stage == Stage::Cram {
            self.practice.push_back(card);
        } else {
            self.drill.push_back(card);
        }
    }

    /// Puts a card before all others, wherever it is now.
    pub fn put_first(&mut self, card: CardId, stage: Stage) {
        for cards in [&mut self.due, &mut self.new, &mut self.drill, &mut self.unseen, &mut self.practice] {
            cards.retain(|other| *other != card);
        }
        self.first = Some((card, stage));
        let (due, new) = (self.asked.0 + self.due.len(), self.asked.1 + self.new.len());
        self.whole = (
            due + usize::from(stage == Stage::Due),
            new + usize::from(matches!(stage, Stage::New | Stage::Shown)),
        );
    }

    /// Takes a card out of those to be repeated, or to be practised until it was right.
    pub fn forget_repeat(&mut self, card: CardId) {
        self.drill.retain(|other| *other != card);
        self.practice.retain(|other| *other != card);
    }

    /// Leaves the first cards to be asked, so many, and repeats that `keep` has.
    pub fn shorten(&mut self, limit: usize, keep: impl Fn(CardId) -> bool) {
        let mut left = limit.saturating_sub(usize::from(self.first.is_some()));
        let mut kept = (VecDeque::new(), VecDeque::new());
        let asked = self.asked;
        let first = self.first.take();
        while let Some((card, stage)) = self.front().filter(|(_, stage)| left > 0 && *stage != Stage::Drill) {
            self.pop();
            left -= 1;
            if stage == Stage::New { kept.1.push_back(card) } else { kept.0.push_back(card) }
        }
        (self.due, self.new) = kept;
        (self.first, self.asked) = (first, asked);
        self.drill.retain(|card| {
            let is_kept = keep(*card) || left > 0;
            left -= usize::from(is_kept && !keep(*card));
            is_kept
        });
    }

    /// How many cards are left.
    pub fn left(&self) -> Left {
        let count = |cards: &VecDeque<CardId>, stage: Stage| {
            let first = self.first.is_some_and(|(_, of)| of == stage);
            u32::try_from(cards.len()).unwrap_or(u32::MAX).saturating_add(u32::from(first))
        };
        Left {
            due: count(&self.due, Stage::Due),
            new: count(&self.new, Stage::New).saturating_add(count(&self.unseen, Stage::Shown)),
            drill: count(&self.drill, Stage::Drill),
            practice: count(&self.practice, self.practice_stage),
            test: 0,
        }
    }

    fn stage(&mut self, stage: Stage) -> &mut VecDeque<CardId> {
        match stage {
            Stage::Due => &mut self.due,
            Stage::New => &mut self.new,
            Stage::Drill | Stage::Test => &mut self.drill,
            Stage::Shown => &mut self.unseen,
            Stage::Practice | Stage::Cram | Stage::Match => &mut self.practice,
        }
    }
}

#[cfg(test)]
mod tests;
