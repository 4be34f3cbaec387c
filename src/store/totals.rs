//! The totals that stand beside decks: changed with the rows, in the same transaction.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Tx, card};
use crate::error::Result;
use crate::model::{Day, DeckId, Standing};

/// What a deck itself holds, without the decks below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeckTotals {
    /// Cards.
    pub cards: u32,
    /// Notes with a card due on the day or before.
    pub due: u32,
    /// Notes with a new card and none due.
    pub new: u32,
}

/// Every figure that stands beside a deck: its own two (cards, fresh) under no day, and two (notes, with new) a day.
pub(super) type Figures = BTreeMap<(DeckId, Option<i32>), (i64, i64)>;

/// Changes of totals that are not yet written.
#[derive(Debug, Default)]
pub(super) struct Changes {
    decks: BTreeMap<DeckId, (i64, i64)>,
    days: BTreeMap<(DeckId, i32), (i64, i64)>,
}

impl Changes {
    fn add(&mut self, deck: DeckId, standing: Standing, sign: i64) {
        let (cards, fresh) = self.decks.entry(deck).or_default();
        *cards += sign * i64::from(standing.cards);
        match standing.due {
            Some(day) => {
                let (notes, with_new) = self.days.entry((deck, day.number())).or_default();
                *notes += sign;
                *with_new += sign * i64::from(standing.new);
            }
            None => *fresh += sign * i64::from(standing.new),
        }
    }

    pub(super) fn write(self, tx: &Tx<'_>) -> Result<()> {
        for (deck, (cards, fresh)) in self.decks {
            if (cards, fresh) != (0, 0) {
                tx.execute(
                    "UPDATE deck SET cards = cards + ?2, fresh = fresh + ?3 WHERE id = ?1",
                    params![deck, cards, fresh],
                )?;
            }
        }
        for ((deck, day), (notes, with_new)) in self.days {
            if (notes, with_new) != (0, 0) {
                tx.execute(
                    "INSERT OR IGNORE INTO deck_day (deck_id, day, notes, with_new) VALUES (?1, ?2, 0, 0)",
                    params![deck, day],
                )?;
                tx.execute(
                    "UPDATE deck_day SET notes = notes + ?3, with_new = with_new + ?4 WHERE deck_id = ?1 AND day = ?2",
                    params![deck, day, notes, with_new],
                )?;
                tx.execute(
                    "DELETE FROM deck_day WHERE deck_id = ?1 AND day = ?2 AND notes = 0",
                    params![deck, day],
                )?;
            }
        }
        Ok(())
    }
}

/// Only the days up to the one and those with new cards are read.
const TOTALS: &str = "SELECT id, cards,
        coalesce((SELECT sum(notes) FROM deck_day WHERE deck_id = deck.id AND day <= ?1), 0),
        fresh + coalesce((SELECT sum(with_new) FROM deck_day WHERE deck_id = deck.id AND day > ?1 AND with_new > 0), 0)
    FROM deck";

impl Tx<'_> {
    /// A note came into a deck.
    pub fn count_in(&self, deck: DeckId, standing: Standing) {
        self.changes.borrow_mut().add(deck, standing, 1);
    }

    /// A note left a deck.
    pub fn count_out(&self, deck: DeckId, standing: Standing) {
        self.changes.borrow_mut().add(deck, standing, -1);
    }

    /// The totals of every deck on a study day.
    pub fn totals(&self, day: Day) -> Result<BTreeMap<DeckId, DeckTotals>> {
        let rows = self.all(TOTALS, [day.number()], |row| {
            Ok((row.get(0)?, DeckTotals { cards: row.get(1)?, due: row.get(2)?, new: row.get(3)? }))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Makes the figures anew from the cards.
    pub fn count_anew(&self) -> Result<()> {
        self.changes.take();
        self.execute("DELETE FROM deck_day", [])?;
        self.execute("UPDATE deck SET cards = 0, fresh = 0", [])?;
        let cards = card::all(self)?;
        for of_note in cards.chunk_by(|one, other| (one.note, one.deck) == (other.note, other.deck)) {
            if let Some(first) = of_note.first() {
                self.count_in(first.deck, card::standing(of_note));
            }
        }
        self.settle()
    }

    /// The figures as they stand.
    pub(super) fn stored_totals(&self) -> Result<Figures> {
        let sql = "SELECT id, NULL, cards, fresh FROM deck UNION ALL SELECT deck_id, day, notes, with_new FROM deck_day";
        let rows = self.all(sql, [], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?))))?;
        Ok(rows.into_iter().collect())
    }
}

/// The figures that ought to stand beside decks whose notes have these standings.
pub(super) fn expected(
    decks: impl IntoIterator<Item = DeckId>,
    notes: impl IntoIterator<Item = (DeckId, Standing)>,
) -> Figures {
    let mut sums = Changes::default();
    for deck in decks {
        sums.add(deck, Standing::default(), 1);
    }
    for (deck, standing) in notes {
        sums.add(deck, standing, 1);
    }
    let own = sums.decks.into_iter().map(|(deck, figures)| ((deck, None), figures));
    own.chain(sums.days.into_iter().map(|((deck, day), figures)| ((deck, Some(day)), figures))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, effort};

    #[test]
    fn of_the_many_days_after_a_day_only_those_with_new_cards_are_read() {
        let plan = Store::in_memory().unwrap().read(|tx| Ok(effort::plan(tx, TOTALS))).unwrap();
        for step in [
            "SEARCH deck_day USING PRIMARY KEY (deck_id=? AND day<?)",
            "SEARCH deck_day USING COVERING INDEX deck_day_new (deck_id=? AND day>?)",
        ] {
            assert!(plan.iter().any(|other| other == step), "{plan:?}");
        }
    }
}
