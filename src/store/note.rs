//! The table of notes.

mod change;
mod columns;
mod insert;
mod versions;

use std::ops::ControlFlow;
use std::str::FromStr;

use rusqlite::Row;

pub use change::{
    By, bury, edit, mark, moved_with_decks, place, set_bank, set_bank_says, set_leeches, set_removed,
    set_said_there, set_suspended_there, take_back, take_out,
};
pub(super) use columns::CONTENT;
use columns::{detail, parsed};
pub use insert::{Arrival, Unchanged, insert, unchanged};
pub(super) use versions::unreadable_versions;
pub use versions::versions;

use super::Tx;
use super::fault::value_fault;
use super::log::{bad_value, legible};
use crate::error::Result;
use crate::model::{
    BankId, Blanks, Body, Choice, Code, Content, Day, DeckId, DeckName, Difficulty, Fact, Guid, Kind,
    LEECH_TAG, Labels, Leech, Note, NoteId, Slot, Tags,
};

/// A note as it stands in the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its local number.
    pub id: NoteId,
    /// Its deck's local number.
    pub deck_id: DeckId,
    /// The deck that its bank last stated.
    pub bank_deck: Option<DeckName>,
    /// The bank that brought it.
    pub from_bank: Option<BankId>,
    /// Who removed it, if it was: it has no cards, and nothing shows it.
    pub removed: Option<RemovedBy>,
    /// What its bank says of it if it says something else here, as JSON by field.
    pub bank_says: Option<String>,
    /// When it came, in milliseconds since 1970.
    pub created_at: i64,
    /// When what it says or where it stands was changed last, in milliseconds since 1970.
    pub changed_at: i64,
    /// The slots of its suspended cards.
    pub suspended: Vec<Slot>,
    /// The study day on which cards were buried last, and their slots.
    pub buried: Option<(Day, Vec<Slot>)>,
    /// The cards that were suspended because they were forgotten so often, at each time.
    pub leeches: Vec<Leech>,
    /// The note.
    pub note: Note,
}

/// Who removed a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovedBy {
    /// The learner: a bank that states it does not bring it back.
    Learner,
    /// A bank that no longer held it.
    Bank,
    /// The learner, who took back what had brought it: it is as if it had never come.
    Withdrawal,
}

impl RemovedBy {
    const fn name(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Bank | Self::Withdrawal => "bank",
        }
    }
}

impl Stored {
    /// Whether it was removed.
    pub const fn is_removed(&self) -> bool {
        self.removed.is_some()
    }
}

const SELECT: &str =
    "SELECT note.id, guid, deck_id, deck.name, bank_id, bank_deck, kind, prompt, answer, detail, code,
    language, hint, explanation, mistakes, check_line, difficulty, level, tags, source, suspended, html,
    from_bank, removed_by, created_at, marked, buried_on, buried, leeches, bank_says, max(edited_at, placed_at),
    withdrawn FROM note JOIN deck ON deck.id = deck_id";

/// The note with this guid.
pub fn by_guid(tx: &Tx<'_>, guid: &Guid) -> Result<Option<Stored>> {
    tx.first(&format!("{SELECT} WHERE guid = ?1"), [guid.as_str()], read)
}

/// The local number and the deck of the note with this guid, also if it was removed.
pub fn whereabouts(tx: &Tx<'_>, guid: &Guid) -> Result<Option<(NoteId, DeckId)>> {
    tx.first("SELECT id, deck_id FROM note WHERE guid = ?1", [guid.as_str()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// By what the cards of a note are chosen.
pub fn labels(tx: &Tx<'_>, id: NoteId) -> Result<Labels> {
    let sql = "SELECT tags, difficulty, level, leeches IS NOT NULL FROM note WHERE id = ?1";
    let labels = tx.first(sql, [id], |row| {
        let tags = row.get_ref(0)?.as_str_or_null()?.map(Tags::kept).unwrap_or_default();
        Ok(Labels {
            tags: if row.get(3)? { tags.with(LEECH_TAG) } else { tags },
            difficulty: row.get_ref(1)?.as_str_or_null()?.map(|_| parsed(row, 1)).transpose()?,
            level: row.get(2)?,
        })
    })?;
    Ok(labels.unwrap_or_default())
}

/// The notes of which cards are buried on a study day, with their slots.
pub fn buried_on(tx: &Tx<'_>, day: Day) -> Result<Vec<(NoteId, Vec<Slot>)>> {
    let sql = "SELECT id, buried FROM note WHERE buried_on = ?1 AND removed_at IS NULL ORDER BY id";
    tx.all(sql, [day.number()], |row| Ok((row.get(0)?, words(row, 1)?)))
}

/// The note with this local number.
pub fn get(tx: &Tx<'_>, id: NoteId) -> Result<Option<Stored>> {
    tx.first(&format!("{SELECT} WHERE note.id = ?1"), [id], read)
}

/// Every note that was removed, the last first; not those whose import was taken back.
pub fn removed(tx: &Tx<'_>) -> Result<Vec<Stored>> {
    tx.all(
        &format!("{SELECT} WHERE removed_at IS NOT NULL AND withdrawn = 0 ORDER BY removed_at DESC, note.id"),
        [],
        read,
    )
}

/// The tags of each note that has some, `leech` too.
pub fn all_tags(tx: &Tx<'_>) -> Result<Vec<Tags>> {
    let sql = "SELECT tags, leeches IS NOT NULL FROM note
        WHERE removed_at IS NULL AND (tags IS NOT NULL OR leeches IS NOT NULL)";
    tx.all(sql, [], |row| {
        let tags = row.get_ref(0)?.as_str_or_null()?.map(Tags::kept).unwrap_or_default();
        Ok(if row.get(1)? { tags.with(LEECH_TAG) } else { tags })
    })
}

/// Hands over every note that stands, in the order in which they came.
pub fn each(tx: &Tx<'_>, mut take: impl FnMut(Stored) -> Result<()>) -> Result<()> {
    let mut taken = Ok(());
    tx.each(&format!("{SELECT} WHERE removed_at IS NULL ORDER BY note.id"), [], |row| {
        taken = take(read(row)?);
        Ok(if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    taken
}

/// Every note that stands with its deck, in the order in which they came.
pub fn places(tx: &Tx<'_>) -> Result<Vec<(NoteId, DeckId)>> {
    let sql = "SELECT id, deck_id FROM note WHERE removed_at IS NULL ORDER BY id";
    tx.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Every note that stands, in the order in which they came.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Stored>> {
    tx.all(&format!("{SELECT} WHERE removed_at IS NULL ORDER BY note.id"), [], read)
}

/// Hands over every note, also those that were removed; of one that cannot be read its number, its guid and why.
pub fn each_readable(
    tx: &Tx<'_>,
    mut take: impl FnMut(Stored) -> Result<()>,
    mut unreadable: impl FnMut(NoteId, String, String),
) -> Result<()> {
    let mut taken = Ok(());
    tx.each(&format!("{SELECT} ORDER BY note.id"), [], |row| {
        match read(row) {
            Ok(stored) => taken = take(stored),
            Err(cause) => {
                unreadable(row.get(0)?, legible(row, 1)?, value_fault(&cause));
            }
        }
        Ok(if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    taken
}

/// Whether there never was a note.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM note LIMIT 1", [], |_| Ok(()))?.is_none())
}

/// Whether there never was a note but those whose import was taken back.
pub fn is_untouched(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM note WHERE withdrawn = 0 LIMIT 1", [], |_| Ok(()))?.is_none())
}

/// How many notes stand.
pub fn count(tx: &Tx<'_>) -> Result<u32> {
    Ok(tx.first("SELECT count(*) FROM note WHERE removed_at IS NULL", [], |row| row.get(0))?.unwrap_or(0))
}

/// The local number that the next note gets.
pub fn next_id(tx: &Tx<'_>) -> Result<NoteId> {
    Ok(tx.first("SELECT coalesce(max(id), 0) + 1 FROM note", [], |row| row.get(0))?.unwrap_or(1))
}

/// The notes of a deck that stand.
pub fn of_deck(tx: &Tx<'_>, deck: DeckId) -> Result<Vec<Stored>> {
    tx.all(&format!("{SELECT} WHERE deck_id = ?1 AND removed_at IS NULL ORDER BY note.id"), [deck], read)
}

/// The cards of a note that were suspended in Anki when its schedule came last; none if it never came.
pub fn suspended_there(tx: &Tx<'_>, id: NoteId) -> Result<Option<Vec<Slot>>> {
    let sql = "SELECT suspended_there FROM note WHERE id = ?1 AND suspended_there IS NOT NULL";
    tx.first(sql, [id], |row| words(row, 0))
}

/// The notes of which cards were suspended in Anki when their schedules came last.
pub fn some_suspended_there(tx: &Tx<'_>) -> Result<Vec<(NoteId, Guid)>> {
    let sql = "SELECT id, guid FROM note WHERE suspended_there <> '' AND removed_at IS NULL ORDER BY id";
    tx.all(sql, [], |row| Ok((row.get(0)?, Guid::new(row.get::<_, String>(1)?))))
}

/// The digest of what Anki said last of a note that went there from here.
pub fn said_there(tx: &Tx<'_>, id: NoteId) -> Result<Option<String>> {
    let sql = "SELECT said_there FROM note WHERE id = ?1 AND said_there IS NOT NULL";
    tx.first(sql, [id], |row| row.get(0))
}

/// The decks that banks state for notes, each with where such notes stand.
pub fn homes(tx: &Tx<'_>) -> Result<Vec<(DeckName, DeckId)>> {
    let sql =
        "SELECT DISTINCT bank_deck, deck_id FROM note WHERE bank_deck IS NOT NULL AND removed_at IS NULL";
    tx.all(sql, [], |row| Ok((DeckName::kept(row.get(0)?), row.get(1)?)))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let body = match parsed::<Kind>(row, 6)? {
        Kind::Fact => {
            let plain = Fact { answer: String::new(), accept: Vec::new(), reversed: false, typed: false };
            let fact = if row.get_ref(9)?.as_str_or_null()?.is_some() { detail::<Fact>(row)? } else { plain };
            Body::Fact(Fact { answer: row.get::<_, Option<String>>(8)?.unwrap_or_default(), ..fact })
        }
        Kind::Cloze => Body::Cloze,
        Kind::Choice => Body::Choice(detail::<Choice>(row)?),
        Kind::Blanks => Body::Blanks(detail::<Blanks>(row)?),
    };
    let language: Option<String> = row.get(11)?;
    let content = Content {
        prompt: row.get(7)?,
        code: row.get::<_, Option<String>>(10)?.map(|text| Code { text, language }),
        body,
        html: row.get(21)?,
        hint: row.get(12)?,
        explanation: row.get(13)?,
        mistakes: row.get(14)?,
        check: row.get(15)?,
        difficulty: row.get_ref(16)?.as_str_or_null()?.map(|_| parsed::<Difficulty>(row, 16)).transpose()?,
        level: row.get(17)?,
        tags: row.get_ref(18)?.as_str_or_null()?.map(Tags::kept).unwrap_or_default(),
        source: row.get(19)?,
    };
    let (buried, slots_buried): (Option<i32>, Vec<Slot>) = (row.get(26)?, words(row, 27)?);
    let leeches: Vec<Leech> = words(row, 28)?;
    let is_withdrawn: bool = row.get(31)?;
    Ok(Stored {
        id: row.get(0)?,
        deck_id: row.get(2)?,
        bank_deck: row.get::<_, Option<String>>(5)?.map(DeckName::kept),
        from_bank: row.get(22)?,
        removed: row.get_ref(23)?.as_str_or_null()?.map(|by| match by {
            "learner" => RemovedBy::Learner,
            _ if is_withdrawn => RemovedBy::Withdrawal,
            _ => RemovedBy::Bank,
        }),
        bank_says: row.get(29)?,
        created_at: row.get(24)?,
        changed_at: row.get(30)?,
        suspended: words(row, 20)?,
        buried: buried.map(|day| (Day::new(day), slots_buried)),
        note: Note {
            guid: Guid::new(row.get::<_, String>(1)?),
            bank_id: row.get(4)?,
            deck: DeckName::kept(row.get(3)?),
            marked: row.get(25)?,
            leech: !leeches.is_empty(),
            content,
        },
        leeches,
    })
}

/// The words of a column that [`joined`] made.
fn words<T: FromStr<Err = String>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<T>> {
    let words = row.get_ref(column)?.as_str_or_null()?.unwrap_or_default().split_whitespace();
    words.map(str::parse).collect::<Result<_, String>>().map_err(|message| bad_value(column, message))
}

#[cfg(test)]
mod tests;
