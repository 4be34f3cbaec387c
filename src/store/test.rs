//! The tables of tests: which answers of the log belong together.

use rusqlite::params;

use super::Tx;
use super::log::new_id;
use crate::error::Result;
use crate::model::{Day, DeckName, Guid, Row, RowId};

/// A test as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its id.
    pub id: RowId,
    /// When its first answer was given, in milliseconds since 1970.
    pub at: i64,
    /// The study day on which it began.
    pub day: Day,
    /// The name of its deck; none for everything.
    pub deck: Option<String>,
    /// What its questions were drawn with.
    pub seed: u64,
    /// How many were drawn.
    pub questions: u32,
}

/// Writes down that a test has begun with this answer, and gives its id. Its time is that of the answer, which no other
/// has, so tests have an order.
pub fn begin(tx: &Tx<'_>, first: &Row, deck: Option<&DeckName>, seed: u64, questions: u32) -> Result<RowId> {
    let id = new_id(first.at);
    let seed = i64::try_from(seed).unwrap_or(i64::MAX);
    let deck = deck.map(DeckName::as_str);
    tx.execute(
        "INSERT INTO test (id, at, day, deck, seed, questions) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id.0, first.at, first.day.number(), deck, seed, questions],
    )?;
    Ok(id)
}

/// Writes down that an answer of the log belongs to a test.
pub fn add(tx: &Tx<'_>, test: RowId, answer: RowId) -> Result<()> {
    tx.execute("INSERT INTO test_answer (log_id, test_id) VALUES (?1, ?2)", params![answer.0, test.0])
        .map(drop)
}

/// Every test in the order of time.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Drawn>> {
    tx.all("SELECT id, at, day, deck, seed, questions FROM test ORDER BY at, id", [], |row| {
        Ok(Drawn {
            id: RowId(row.get(0)?),
            at: row.get(1)?,
            day: Day::new(row.get(2)?),
            deck: row.get(3)?,
            seed: row.get::<_, i64>(4)?.unsigned_abs(),
            questions: row.get(5)?,
        })
    })
}

/// The answers of a test that stand: the note, and whether it was remembered.
pub fn answers(tx: &Tx<'_>, test: RowId) -> Result<Vec<(Guid, bool)>> {
    let sql = "SELECT guid, grade >= 3 FROM test_answer JOIN log ON log.id = log_id
        WHERE test_id = ?1 AND grade IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) ORDER BY at, log.id";
    tx.all(sql, [test.0], |row| Ok((Guid::new(row.get::<_, String>(0)?), row.get(1)?)))
}
