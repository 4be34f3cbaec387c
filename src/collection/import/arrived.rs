//! Which notes of the collection a bank stated.

use std::collections::{BTreeSet, HashMap};

use crate::bank::{Base, Draft};
use crate::model::{BankId, DeckId, NoteId};
use crate::store::note;

/// Which notes a bank stated.
#[derive(Debug, Default)]
pub(super) struct Arrived {
    /// The bank as the collection knows it, once it brought a note.
    pub(super) bank: Option<BankId>,
    /// The lines of the notes that are new, from the first local number on.
    pub(super) first_new: NoteId,
    pub(super) lines: Vec<u64>,
    /// The notes that were there before, as bits by their local number.
    seen: Vec<u64>,
    /// Whether one of them had been removed.
    has_removed: bool,
    /// Those of them that were not counted as unchanged.
    pub(super) counted: HashMap<NoteId, Counted>,
    /// How many of them each bank brought.
    pub(super) from: HashMap<BankId, u64>,
    /// The decks of those for which no bank names one.
    pub(super) homes: BTreeSet<DeckId>,
    /// Those of which nobody knows which bank brought them.
    pub(super) strays: Vec<NoteId>,
}

/// As what a note was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Added,
    Updated,
    Unchanged,
}

impl Arrived {
    /// Nothing yet, where the next new note gets this local number.
    pub(super) fn from(first_new: NoteId) -> Self {
        Self { first_new, ..Self::default() }
    }

    pub(super) fn see(&mut self, stored: &note::Stored, draft: &Draft) {
        if stored.bank_deck.is_none() {
            self.homes.insert(stored.deck_id);
        }
        self.has_removed |= stored.is_removed();
        if !self.tick(stored.id) {
            return;
        }
        match stored.from_bank {
            Some(bank) => *self.from.entry(bank).or_default() += 1,
            // one that went out from here is not that bank's
            None if matches!(draft.base, Base::Went(_)) => {}
            None => self.strays.push(stored.id),
        }
    }

    /// Sees a note of which the bank says what it said before.
    pub(super) fn see_unchanged(&mut self, note: note::Unchanged, has_deck: bool) {
        if !has_deck {
            self.homes.insert(note.deck);
        }
        if !self.tick(note.id) {
            return;
        }
        match note.from_bank {
            Some(bank) => *self.from.entry(bank).or_default() += 1,
            None => self.strays.push(note.id),
        }
    }

    /// Notes that a note was seen; says whether it was not before.
    fn tick(&mut self, note: NoteId) -> bool {
        let Ok(place) = usize::try_from(note) else { return false };
        let word = place / 64;
        if self.seen.len() <= word {
            self.seen.resize(word + 1, 0);
        }
        let Some(bits) = self.seen.get_mut(word) else { return false };
        let before = *bits;
        *bits |= 1 << (place % 64);
        before != *bits
    }

    /// How many notes of a bank the bank states that stand, new ones too; none if some of them had been removed.
    pub(super) fn standing(&self, bank: BankId) -> Option<u64> {
        let new = u64::try_from(self.lines.len()).unwrap_or(u64::MAX);
        (!self.has_removed).then(|| self.from.get(&bank).copied().unwrap_or(0) + new)
    }

    /// Whether the bank stated a note that was there before.
    pub(super) fn has_seen(&self, note: NoteId) -> bool {
        let place = usize::try_from(note).unwrap_or(usize::MAX);
        self.seen.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// As what a note was counted that the bank states.
    pub(super) fn counted(&self, note: NoteId) -> Counted {
        match self.line_of(note) {
            Some(_) => Counted::Added,
            None => self.counted.get(&note).copied().unwrap_or(Counted::Unchanged),
        }
    }

    /// The line on which the bank states a note that is new.
    pub(super) fn line_of(&self, note: NoteId) -> Option<u64> {
        let place = usize::try_from(note.checked_sub(self.first_new)?).ok()?;
        self.lines.get(place).copied()
    }
}
