//! Notes as the rows of Anki's tables, made on one thread and written on another: few pieces of memory change hands.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use sha2::{Digest as _, Sha256};

use super::Packed;
use super::history::{Review, Scheduled, reviews, scheduled};
use super::notetype::Notetype;
use crate::anki::tags;
use crate::model::{DeckName, Slot, State};

/// Some rows, whose texts stand in one.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) text: String,
    pub(super) notes: Vec<NoteRow>,
    pub(super) cards: Vec<CardRow>,
    pub(super) reviews: Vec<ReviewRow>,
}

/// A row of the table of notes.
#[derive(Debug)]
pub(super) struct NoteRow {
    pub(super) id: i64,
    pub(super) notetype: Notetype,
    /// Seconds since 1970.
    pub(super) modified: i64,
    pub(super) guid: Range<usize>,
    pub(super) tags: Range<usize>,
    pub(super) fields: Range<usize>,
}

/// A row of the table of cards.
#[derive(Debug)]
pub(super) struct CardRow {
    pub(super) id: i64,
    pub(super) note: i64,
    pub(super) deck: i64,
    pub(super) ord: u16,
    /// Seconds since 1970.
    pub(super) modified: i64,
    /// Its place in line, or its day.
    pub(super) due: i64,
    pub(super) schedule: Scheduled,
}

/// A row of the history.
#[derive(Debug)]
pub(super) struct ReviewRow {
    pub(super) id: i64,
    pub(super) card: i64,
    pub(super) review: Review,
}

impl Rows {
    /// A text of a row.
    pub(super) fn get(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }
}

/// Makes rows, and gives them their ids.
#[derive(Debug, Default)]
pub(super) struct Composer {
    pub(super) rows: Rows,
    with_schedule: bool,
    /// The last ids that were given: they are times, and no two are alike.
    note: i64,
    card: i64,
    reviews: HashSet<i64>,
    deck_ids: HashMap<DeckName, i64>,
    /// What the collection itself says in the end.
    pub(super) whole: Whole,
}

/// What a collection says beside its rows.
#[derive(Debug, Default)]
pub(super) struct Whole {
    pub(super) decks: BTreeMap<i64, DeckName>,
    /// New cards: each has its place in line.
    pub(super) new: i64,
    /// Milliseconds since 1970.
    pub(super) modified: i64,
}

impl Composer {
    pub(super) fn new(with_schedule: bool) -> Self {
        Self { with_schedule, ..Self::default() }
    }

    /// Adds a note with its cards and their history.
    pub(super) fn add(&mut self, packed: &mut Packed, notetype: Notetype, fields: &[String]) {
        self.note = packed.made_at.max(self.note + 1);
        let modified = packed.changed_at / 1000;
        self.whole.modified = self.whole.modified.max(packed.changed_at);
        let deck = self.deck(&packed.note.deck);
        let tags = tags::write(&packed.note, self.with_schedule);
        let rows = &mut self.rows;
        let guid = rows.push(packed.note.guid.as_str());
        let tags = if tags.is_empty() { 0..0 } else { rows.push(&format!(" {tags} ")) };
        let start = rows.text.len();
        for (place, field) in fields.iter().enumerate() {
            if place > 0 {
                rows.text.push('\u{1f}');
            }
            rows.text.push_str(field);
        }
        let fields = start..rows.text.len();
        rows.notes.push(NoteRow { id: self.note, notetype, modified, guid, tags, fields });
        for card in &mut packed.cards {
            self.card = self.note.max(self.card + 1);
            let history = if self.with_schedule { reviews(&mut card.rows) } else { Vec::new() };
            let state = if self.with_schedule { card.state } else { State::default() };
            let schedule = scheduled(state, card.suspended && self.with_schedule, &history);
            if schedule.due.is_none() {
                self.whole.new += 1;
            }
            let due = schedule.due.map_or(self.whole.new, i64::from);
            let (id, note, ord) = (self.card, self.note, ord(card.slot));
            self.rows.cards.push(CardRow { id, note, deck, ord, modified, due, schedule });
            for review in history {
                // Anki leaves out a review whose time another has
                let mut id = review.at;
                while !self.reviews.insert(id) {
                    id += 1;
                }
                self.rows.reviews.push(ReviewRow { id, card: self.card, review });
            }
        }
    }

    /// The id of a deck, the same in every package.
    fn deck(&mut self, name: &DeckName) -> i64 {
        if let Some(id) = self.deck_ids.get(name) {
            return *id;
        }
        let digest = Sha256::digest(format!("matura deck {}", name.folded()));
        let number = digest.iter().take(5).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
        // Anki's ids are times; these are of the years before matura
        let id = 1_400_000_000_000 + number % 300_000_000_000;
        self.whole.decks.entry(id).or_insert_with(|| name.clone());
        self.deck_ids.insert(name.clone(), id);
        if let Some(parent) = name.parent() {
            self.deck(&parent);
        }
        id
    }
}

/// The place of a card in its note, from 0.
const fn ord(slot: Slot) -> u16 {
    match slot {
        Slot::Front | Slot::Blanks => 0,
        Slot::Back => 1,
        Slot::Cloze(number) => number.saturating_sub(1),
    }
}
