//! The review log: appended to, never changed.

mod answers;
pub mod copy;

use rusqlite::types::ValueRef;
use rusqlite::{Row as SqlRow, params};
use serde_json::{from_str, to_string};
use uuid::{NoContext, Timestamp, Uuid};

pub use answers::answers_of_cards_on;

use super::Tx;
use super::check::schema::without_triggers;
use super::fault::value_fault;
use crate::error::{Error, Result};
use crate::model::{
    Answer, CardKey, Day, Ease, Entry, Event, Grade, Guid, Moment, Row, RowId, SetReason, Slot, State,
};

const COLUMNS: &str =
    "id, seq, at, day, kind, grade, took_ms, attempts, hinted, responses, reason, repetitions, ease,
    interval, lapses, due, target, guid, slot";

/// Writes an entry of a card into the log; `seq` is 1 + the highest that the card's rows have.
pub fn append(tx: &Tx<'_>, key: &CardKey, seq: u32, now: Moment, entry: Entry) -> Result<Row> {
    // many rows of one moment follow each other
    let known = Some(tx.taken.borrow().clone()).filter(|taken| taken.contains(&now.ms));
    let at = free_time(tx, known.as_ref().map_or(now.ms, |taken| taken.end))?;
    let start = known.map_or(now.ms, |taken| taken.start);
    tx.taken.replace(start..at + 1);
    write(tx, key, Row { id: new_id(at), seq, at, day: now.day, entry })
}

/// Writes a row that came from elsewhere, with the id by which it is known again.
pub fn take(tx: &Tx<'_>, key: &CardKey, row: Row) -> Result<Row> {
    write(tx, key, Row { at: free_time(tx, row.at)?, ..row })
}

fn write(tx: &Tx<'_>, key: &CardKey, row: Row) -> Result<Row> {
    let guid = key.guid.as_str();
    let slot = key.slot.to_string();
    let Row { seq, at, .. } = row;
    let (id, day) = (row.id.0, row.day.number());
    match &row.entry {
        Entry::Answered(event, answer) => {
            let responses = match answer.responses.as_slice() {
                [] => None,
                given => Some(to_string(given).map_err(|cause| Error::internal(cause.to_string()))?),
            };
            tx.insert(
                "INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted, responses)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    id, guid, slot, seq, at, day, event_name(*event), answer.grade.number(), answer.took_ms,
                    answer.attempts, answer.hinted, responses
                ],
            )?;
        }
        Entry::Set(state, reason) => {
            tx.insert(
                "INSERT INTO log (id, guid, slot, seq, at, day, kind, reason, repetitions, ease, interval, lapses, due)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'set', ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    id, guid, slot, seq, at, day, reason_name(*reason), state.repetitions, state.ease.get(),
                    state.interval, state.lapses, state.due.map(Day::number)
                ],
            )?;
        }
        Entry::Retract(target) => {
            tx.insert(
                "INSERT INTO log (id, guid, slot, seq, at, day, kind, target) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'retract', ?7)",
                params![id, guid, slot, seq, at, day, target.0],
            )?;
        }
    }
    Ok(row)
}

/// The rows of one card, in the order of replay.
pub fn of_card(tx: &Tx<'_>, key: &CardKey) -> Result<Vec<Row>> {
    // SQLite would sort them with every column
    let sql = format!("SELECT {COLUMNS} FROM log WHERE guid = ?1 AND slot = ?2");
    let mut rows = tx.all(&sql, params![key.guid.as_str(), key.slot.to_string()], read)?;
    rows.sort_unstable_by_key(Row::order);
    Ok(rows)
}

/// Whether a card has a row that was written on a study day.
pub fn has_row_on(tx: &Tx<'_>, key: &CardKey, day: Day) -> Result<bool> {
    // the rows of a card are fewer than those of a day; the sign keeps SQLite from the index of days
    let sql = "SELECT 1 FROM log WHERE guid = ?1 AND slot = ?2 AND +day = ?3 LIMIT 1";
    let params = params![key.guid.as_str(), key.slot.to_string(), day.number()];
    Ok(tx.first(sql, params, |_| Ok(()))?.is_some())
}

/// Whether a note has rows in the log.
pub fn knows(tx: &Tx<'_>, guid: &Guid) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM log WHERE guid = ?1 LIMIT 1", [guid.as_str()], |_| Ok(()))?.is_some())
}

/// The least id of a row, which is that of the first.
pub fn first_id(tx: &Tx<'_>) -> Result<Option<RowId>> {
    let id = tx.first("SELECT min(id) FROM log", [], |row| row.get::<_, Option<[u8; 16]>>(0))?;
    Ok(id.flatten().map(RowId))
}

/// Whether nothing was ever answered or set.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM log LIMIT 1", [], |_| Ok(()))?.is_none())
}

/// The rows of the cards that have one on a study day, card by card: CROSS JOIN keeps the order of its loops. SQLite would sort rows
/// with every column that is read.
const CARDS_ON: &str = "FROM (SELECT DISTINCT guid AS g, slot AS s FROM log WHERE day = ?1) CROSS JOIN log ON guid = g AND slot = s";

/// All rows of the cards that have a row on this study day, card by card.
pub fn of_cards_on(tx: &Tx<'_>, day: Day) -> Result<Vec<(CardKey, Vec<Row>)>> {
    let mut cards = Vec::new();
    group(tx, &format!("SELECT {COLUMNS} {CARDS_ON}"), params![day.number()], |key, mut rows| {
        rows.sort_unstable_by_key(Row::order);
        cards.push((key, rows));
        Ok(())
    })?;
    Ok(cards)
}

const LAST_ANSWER: &str = "WHERE grade IS NOT NULL AND kind <> 'test'
    AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) ORDER BY n DESC LIMIT 1";

/// The answer that was written last and still stands, with its card. Answers of a test are passed over: a test is taken
/// as a whole, and it changed nothing that could be taken back. There is none if that answer came from elsewhere.
pub fn last_answer(tx: &Tx<'_>) -> Result<Option<(CardKey, Row)>> {
    let sql = format!("SELECT {COLUMNS} FROM log {LAST_ANSWER}");
    let last = tx.first(&sql, [], |row| Ok((key_of(row)?, read(row)?)))?;
    Ok(last.filter(|(_, row)| Uuid::from_bytes(row.id.0).get_timestamp().is_some()))
}

/// The place in the order of writing of the answer that [`last_answer`] gives.
pub fn last_answer_place(tx: &Tx<'_>) -> Result<Option<i64>> {
    tx.first(&format!("SELECT n FROM log {LAST_ANSWER}"), [], |row| row.get(0))
}

/// Answers of one sort that were given on one study day, without anything else between them, and stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The study day.
    pub day: Day,
    /// Their sort.
    pub event: Event,
    /// When the last of them was given, in milliseconds since 1970.
    pub at: i64,
    /// How many they are.
    pub answers: u32,
    /// How many of them have grade 3 or more.
    pub passed: u32,
}

/// The answers behind one place in the order of writing, up to another, by study day and sort, the last first.
pub fn stretches(tx: &Tx<'_>, (after, upto): (i64, i64), most: u32) -> Result<Vec<Stretch>> {
    let sql = "SELECT day, kind, max(at), count(*), sum(grade >= 3) FROM log
        WHERE n > ?1 AND n <= ?2 AND grade IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id)
        GROUP BY day, kind ORDER BY max(n) DESC LIMIT ?3";
    tx.all(sql, params![after, upto, most], |row| {
        let kind = row.get_ref(1)?.as_str()?;
        let event = event_named(kind).ok_or_else(|| bad_value(1, format!("{kind:?} is no answer")))?;
        Ok(Stretch {
            day: Day::new(row.get(0)?),
            event,
            at: row.get(2)?,
            answers: row.get(3)?,
            passed: row.get(4)?,
        })
    })
}

/// Whether an answer of this study day stands.
pub fn has_answer_on(tx: &Tx<'_>, day: Day) -> Result<bool> {
    let sql = "SELECT 1 FROM log WHERE day = ?1 AND grade IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) LIMIT 1";
    Ok(tx.first(sql, [day.number()], |_| Ok(()))?.is_some())
}

/// How many answers stand, drills and practice too.
pub fn count_answers(tx: &Tx<'_>) -> Result<u32> {
    let sql = "SELECT count(*) FROM log WHERE grade IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id)";
    Ok(tx.first(sql, [], |row| row.get(0))?.unwrap_or(0))
}

/// How many answers of study days after this one stand, and the last such day; none if there are none.
pub fn answers_after(tx: &Tx<'_>, day: Day) -> Result<Option<(usize, Day)>> {
    let sql = "SELECT count(*), max(day) FROM log WHERE day > ?1 AND grade IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id) HAVING count(*) > 0";
    let found = tx.first(sql, [day.number()], |row| Ok((row.get::<_, i64>(0)?, Day::new(row.get(1)?))))?;
    Ok(found.map(|(count, last)| (usize::try_from(count).unwrap_or(0), last)))
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its place in the order of writing.
    pub n: i64,
    /// The guid and the slot of its card, as far as they can be read.
    pub card: (String, String),
    /// What cannot be read in it.
    pub why: String,
}

/// Hands over every row with its card in the order of writing, and every row that cannot be read.
pub fn each(
    tx: &Tx<'_>,
    mut take: impl FnMut(CardKey, Row),
    mut unreadable: impl FnMut(Unreadable),
) -> Result<()> {
    let sql = format!("SELECT {COLUMNS}, n FROM log ORDER BY n");
    tx.each(&sql, [], |sql_row| {
        match key_of(sql_row).and_then(|key| Ok((key, read(sql_row)?))) {
            Ok((key, row)) => take(key, row),
            Err(cause) => {
                let card = (legible(sql_row, 17)?, legible(sql_row, 18)?);
                unreadable(Unreadable { n: sql_row.get(19)?, card, why: value_fault(&cause) });
            }
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })
}

/// Takes rows out that cannot be read, so that they come back from wherever they are sound.
pub fn take_out(tx: &Tx<'_>, rows: &[i64]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    without_triggers(tx, "log", || {
        rows.iter().try_for_each(|n| tx.execute("DELETE FROM log WHERE n = ?1", [n]).map(drop))
    })
}

fn group(
    tx: &Tx<'_>,
    sql: &str,
    params: impl rusqlite::Params,
    mut take: impl FnMut(CardKey, Vec<Row>) -> Result<()>,
) -> Result<()> {
    let mut current: Option<(CardKey, Vec<Row>)> = None;
    let mut failed = None;
    tx.each(sql, params, |sql_row| {
        let row = read(sql_row)?;
        match &mut current {
            Some((key, rows)) if is_same(key, sql_row)? => rows.push(row),
            _ => {
                if let Some((key, rows)) = current.replace((key_of(sql_row)?, vec![row]))
                    && let Err(error) = take(key, rows)
                {
                    failed = Some(error);
                    return Ok(std::ops::ControlFlow::Break(()));
                }
            }
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    match (failed, current) {
        (Some(error), _) => Err(error),
        (None, Some((key, rows))) => take(key, rows),
        (None, None) => Ok(()),
    }
}

fn is_same(key: &CardKey, row: &SqlRow<'_>) -> rusqlite::Result<bool> {
    let same_note = row.get_ref(17)?.as_str()? == key.guid.as_str();
    Ok(same_note && parse::<Slot>(row, 18)? == key.slot)
}

fn key_of(row: &SqlRow<'_>) -> rusqlite::Result<CardKey> {
    Ok(CardKey { guid: Guid::new(row.get::<_, String>(17)?), slot: parse(row, 18)? })
}

fn parse<T: std::str::FromStr<Err = String>>(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<T> {
    row.get_ref(column)?.as_str()?.parse().map_err(|message| bad_value(column, message))
}

/// A value of any type as a text for people.
pub(super) fn legible(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => String::new(),
    })
}

/// A value that the schema allows and the program does not know.
pub(super) fn bad_value(column: usize, message: impl Into<String>) -> rusqlite::Error {
    let cause: Box<dyn std::error::Error + Send + Sync> = message.into().into();
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, cause)
}

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let kind = row.get_ref(4)?.as_str()?;
    let entry = match (event_named(kind), kind) {
        (Some(event), _) => Entry::Answered(event, answer(row)?),
        (None, "set") => {
            let reason = match row.get_ref(10)?.as_str()? {
                "import" => SetReason::Import,
                "reset" => SetReason::Reset,
                "reschedule" => SetReason::Reschedule,
                other => return Err(bad_value(10, format!("{other:?} is no reason to set a schedule"))),
            };
            let state = State {
                repetitions: row.get(11)?,
                ease: Ease::thousandths(row.get(12)?),
                interval: row.get(13)?,
                lapses: row.get(14)?,
                due: row.get::<_, Option<i32>>(15)?.map(Day::new),
            };
            Entry::Set(state, reason)
        }
        (None, "retract") => Entry::Retract(RowId(row.get(16)?)),
        (None, other) => return Err(bad_value(4, format!("{other:?} is no kind of log row"))),
    };
    Ok(Row { id: RowId(row.get(0)?), seq: row.get(1)?, at: row.get(2)?, day: Day::new(row.get(3)?), entry })
}

fn answer(row: &SqlRow<'_>) -> rusqlite::Result<Answer> {
    let grade = Grade::try_from(row.get::<_, u8>(5)?).map_err(|message| bad_value(5, message))?;
    let responses = match row.get_ref(9)?.as_str_or_null()? {
        Some(json) => from_str(json).map_err(|cause| bad_value(9, cause.to_string()))?,
        None => Vec::new(),
    };
    Ok(Answer { grade, took_ms: row.get(6)?, attempts: row.get(7)?, hinted: row.get(8)?, responses })
}

/// The next millisecond from `at` on that no row has.
fn free_time(tx: &Tx<'_>, at: i64) -> Result<i64> {
    let mut free = at;
    tx.each("SELECT at FROM log WHERE at >= ?1 ORDER BY at", [at], |row| {
        let taken: i64 = row.get(0)?;
        if taken > free {
            return Ok(std::ops::ControlFlow::Break(()));
        }
        free = taken + 1;
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    Ok(free)
}

/// A UUID of version 7: random, and in the order of time.
pub(super) fn new_id(at: i64) -> RowId {
    let ms = u64::try_from(at).unwrap_or(0);
    let nanos = u32::try_from(ms % 1000).unwrap_or(0) * 1_000_000;
    RowId(Uuid::new_v7(Timestamp::from_unix(NoContext, ms / 1000, nanos)).into_bytes())
}

const fn event_name(event: Event) -> &'static str {
    match event {
        Event::Review => "review",
        Event::Drill => "drill",
        Event::Practice => "practice",
        Event::Test => "test",
    }
}

fn event_named(name: &str) -> Option<Event> {
    [Event::Review, Event::Drill, Event::Practice, Event::Test]
        .into_iter()
        .find(|event| event_name(*event) == name)
}

const fn reason_name(reason: SetReason) -> &'static str {
    match reason {
        SetReason::Import => "import",
        SetReason::Reset => "reset",
        SetReason::Reschedule => "reschedule",
    }
}
