//! The copy of what figures look at of notes and cards, in few large values. It is there for speed alone: without it they are walked
//! through.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{CardRow, NoteRow, Notes};
use crate::error::Result;
use crate::model::{CardId, DeckId, Difficulty, Kind, NoteId};
use crate::store::Tx;
use crate::store::packed::{code, damaged, each, of_code, push, slot, slot_code};

/// So many notes are worth a copy.
const WORTH_A_COPY: usize = 16_384;

/// The kinds and difficulties in the order of their codes, which the file keeps.
const KINDS: [Kind; 4] = [Kind::Fact, Kind::Cloze, Kind::Choice, Kind::Blanks];
const DIFFICULTIES: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

/// All notes and cards as the table holds them.
#[derive(Debug, PartialEq, Eq)]
pub struct NoteCopy {
    /// Each a [`PackedNote`].
    notes: Vec<u8>,
    /// Each a [`PackedCard`].
    cards: Vec<u8>,
    /// Each a text.
    texts: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct PackedNote {
    /// Counted from the note before.
    id: NoteId,
    deck: DeckId,
    kind: u8,
    difficulty: Option<u8>,
    level: Option<u32>,
    tags: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct PackedCard {
    /// Both counted from the card before.
    id: CardId,
    note: usize,
    slot: u32,
    suspended: bool,
}

impl Notes {
    pub(super) const fn is_worth_a_copy(&self) -> bool {
        self.rows.len() >= WORTH_A_COPY
    }
}

impl NoteCopy {
    /// Makes it.
    pub(super) fn of(all: &Notes) -> Result<Self> {
        let (mut notes, mut cards, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        let mut before = 0;
        for note in &all.rows {
            let packed = PackedNote {
                // a hostile collection may number them as it likes
                id: note.id.wrapping_sub(before),
                deck: note.deck,
                kind: code(&KINDS, note.kind)?,
                difficulty: note.difficulty.map(|one| code(&DIFFICULTIES, one)).transpose()?,
                level: note.level,
                tags: note.tags,
            };
            push(&mut notes, &packed)?;
            before = note.id;
        }
        let mut before = (0, 0);
        for card in &all.cards {
            let packed = PackedCard {
                id: card.id.wrapping_sub(before.0),
                note: card.note.wrapping_sub(before.1),
                slot: slot_code(card.slot),
                suspended: card.suspended,
            };
            push(&mut cards, &packed)?;
            before = (card.id, card.note);
        }
        all.texts.iter().try_for_each(|text| push(&mut texts, text))?;
        Ok(Self { notes, cards, texts })
    }

    /// What it says.
    pub(super) fn unpacked(&self) -> Result<Notes> {
        let mut all = Notes::default();
        // a note takes six bytes or more, a card four
        all.rows.reserve(self.notes.len() / 6);
        all.cards.reserve(self.cards.len() / 4);
        let mut before: NoteId = 0;
        for packed in each(&self.notes) {
            let packed: PackedNote = packed?;
            before = before.wrapping_add(packed.id);
            let difficulty = packed.difficulty.map(|code| of_code(&DIFFICULTIES, code)).transpose()?;
            all.rows.push(NoteRow {
                id: before,
                deck: packed.deck,
                kind: of_code(&KINDS, packed.kind)?,
                difficulty,
                level: packed.level,
                tags: packed.tags,
            });
        }
        let mut before: (CardId, usize) = (0, 0);
        for packed in each(&self.cards) {
            let packed: PackedCard = packed?;
            before = (before.0.wrapping_add(packed.id), before.1.wrapping_add(packed.note));
            if before.1 >= all.rows.len() {
                return Err(damaged());
            }
            let slot = slot(packed.slot)?;
            all.cards.push(CardRow { id: before.0, note: before.1, slot, suspended: packed.suspended });
        }
        all.texts = each(&self.texts).collect::<Result<_>>()?;
        Ok(all)
    }

    pub(super) fn stored(tx: &Tx<'_>) -> Result<Option<Self>> {
        tx.first("SELECT notes, cards, texts FROM note_copy", [], |row| {
            Ok(Self { notes: row.get(0)?, cards: row.get(1)?, texts: row.get(2)? })
        })
    }

    /// Puts it in the table.
    pub fn keep(&self, tx: &Tx<'_>) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO note_copy (only, notes, cards, texts) VALUES (1, ?1, ?2, ?3)";
        tx.execute(sql, params![self.notes, self.cards, self.texts]).map(drop)
    }
}

/// Throws the copy away.
pub fn forget(tx: &Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM note_copy", []).map(drop)
}

/// Whether the copy says something else than the notes and cards.
pub fn is_wrong(tx: &Tx<'_>) -> Result<bool> {
    let Some(stored) = NoteCopy::stored(tx)? else { return Ok(false) };
    Ok(stored != NoteCopy::of(&Notes::walk(tx)?)?)
}
