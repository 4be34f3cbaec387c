//! Which cards a day asks.

use std::collections::{HashMap, VecDeque};

use super::{Card, Plan};
use crate::model::NoteId;

/// A card by its place among those that were handed over.
pub(super) type Place = usize;

/// The cards of the days ahead. No card is looked at on a day that does not bring it.
#[derive(Debug)]
pub(super) struct Queue {
    /// Those that come due on each day, by its number from the first.
    ahead: Vec<Vec<Place>>,
    /// Those that are due, the oldest first, and of one day in the order of their places.
    due: VecDeque<Place>,
    /// New cards.
    new: VecDeque<Place>,
    /// The note of each card, by its place in `notes`.
    note_of: Vec<usize>,
    notes: Vec<Note>,
}

/// What cards of one note have to do with each other.
#[derive(Debug, Clone, Default)]
struct Note {
    /// Cards of it in [`Queue::due`].
    due: usize,
    /// Whether one was asked today.
    is_asked: bool,
}

impl Queue {
    /// A queue of these cards for so many days.
    pub(super) fn new(plan: &Plan, cards: &[Card], days: u32) -> Self {
        let (note_of, notes) = notes(cards);
        let days = usize::try_from(days).unwrap_or(usize::MAX);
        let mut queue = Self {
            ahead: vec![Vec::new(); days],
            due: VecDeque::new(),
            new: VecDeque::new(),
            note_of,
            notes: vec![Note::default(); notes],
        };
        let mut late = Vec::new();
        for (place, card) in cards.iter().enumerate() {
            match card.state.due {
                None => queue.new.push_back(place),
                Some(due) if due <= plan.start => late.push((due, place)),
                Some(due) => queue.put(place, u32::try_from(due.since(plan.start)).unwrap_or(u32::MAX)),
            }
        }
        late.sort_unstable();
        for (_, place) in late {
            queue.arrive(place);
        }
        queue
    }

    /// Puts a card on a day still to come; beyond the last one it is let go.
    pub(super) fn put(&mut self, place: Place, day: u32) {
        let day = usize::try_from(day).ok().and_then(|day| self.ahead.get_mut(day));
        if let Some(cards) = day {
            cards.push(place);
        }
    }

    /// Begins a day: its cards come behind those that are late.
    pub(super) fn begin(&mut self, day: u32) {
        let day = usize::try_from(day).ok().and_then(|day| self.ahead.get_mut(day));
        let mut cards = day.map(std::mem::take).unwrap_or_default();
        cards.sort_unstable();
        for place in cards {
            self.arrive(place);
        }
    }

    fn arrive(&mut self, place: Place) {
        self.due.push_back(place);
        if let Some(note) = self.note(place) {
            note.due += 1;
        }
    }

    fn note(&mut self, place: Place) -> Option<&mut Note> {
        self.note_of.get(place).and_then(|note| self.notes.get_mut(*note))
    }

    /// Takes the due cards of the day: up to so many, one a note.
    pub(super) fn take_due(&mut self, limit: u32) -> Vec<Place> {
        let mut due = std::mem::take(&mut self.due);
        let taken = take(&mut due, limit, |place| {
            self.note(place).is_some_and(|note| {
                let is_first = !note.is_asked;
                note.is_asked = true;
                note.due -= usize::from(is_first);
                is_first
            })
        });
        self.due = due;
        taken
    }

    /// Takes the new cards of the day behind [`Queue::take_due`]: up to so many, one a note, none of a note with a due card,
    /// whether that was asked or not.
    pub(super) fn take_new(&mut self, limit: u32) -> Vec<Place> {
        let mut new = std::mem::take(&mut self.new);
        let taken = take(&mut new, limit, |place| {
            self.note(place).is_some_and(|note| {
                let is_first = !note.is_asked && note.due == 0;
                note.is_asked |= is_first;
                is_first
            })
        });
        self.new = new;
        taken
    }

    /// Ends a day on which these cards were asked; how many others are still due, but for those that wait for a card
    /// of their note.
    pub(super) fn end(&mut self, asked: &[Place]) -> usize {
        let mut left = self.due.len();
        for place in asked {
            if let Some(note) = self.note(*place) {
                left -= note.due;
                note.is_asked = false;
            }
        }
        left
    }
}

/// Takes up to so many cards that may be asked from the front; the others stay in their order.
fn take(cards: &mut VecDeque<Place>, limit: u32, mut may: impl FnMut(Place) -> bool) -> Vec<Place> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut taken, mut waiting) = (Vec::new(), Vec::new());
    while taken.len() < limit
        && let Some(place) = cards.pop_front()
    {
        if may(place) { taken.push(place) } else { waiting.push(place) }
    }
    waiting.into_iter().rev().for_each(|place| cards.push_front(place));
    taken
}

/// The number of the note of each card, counted from 0, and how many notes there are.
fn notes(cards: &[Card]) -> (Vec<usize>, usize) {
    let mut numbers: HashMap<NoteId, usize> = HashMap::new();
    let note_of = cards.iter().map(|card| {
        let next = numbers.len();
        *numbers.entry(card.note).or_insert(next)
    });
    let note_of = note_of.collect();
    (note_of, numbers.len())
}
