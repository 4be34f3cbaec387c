//! The schedule and the history of cards.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row as SqlRow};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::model::{Body, Content, Day, Ease, Event, Grade, Guid, MAX_INTERVAL, RowId, Slot};

/// What Anki knows of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCard {
    /// Its note.
    pub guid: Guid,
    /// Which card of the note.
    pub slot: Slot,
    /// Whether it is suspended.
    pub suspended: bool,
    /// Its history in order.
    pub rows: Vec<PastRow>,
    /// Where it stands.
    pub standing: Standing,
}

/// An answer that was given in Anki, or a schedule that was set there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRow {
    /// The id by which it is known again, on whichever device it comes in.
    pub id: RowId,
    /// Milliseconds since 1970.
    pub at: i64,
    /// What it says.
    pub entry: PastEntry,
}

/// What a row of a history says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastEntry {
    /// An answer: Again is 1, Hard 3, Good 4, Easy 5. It took so many milliseconds.
    Answered {
        /// Whether it counted for the schedule.
        event: Event,
        /// Its quality.
        grade: Grade,
        /// Milliseconds.
        took_ms: u32,
    },
    /// The card was made new again.
    Forgotten,
    /// It was given an interval in days, and an ease.
    Scheduled(u32, Ease),
}

/// Where a card stands in Anki.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was never answered, or made new again.
    New,
    /// It goes through the first steps, which are minutes or hours apart.
    Learning,
    /// It has a schedule.
    Scheduled(PastSchedule),
}

/// A schedule in Anki.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastSchedule {
    /// Days.
    pub interval: u32,
    /// The ease.
    pub ease: Ease,
    /// How often it was forgotten.
    pub lapses: u32,
    /// When it comes; none for one that is being learnt again, which comes at once.
    pub due: Option<Day>,
}

/// A row of the table of cards.
struct CardRow {
    id: i64,
    note: i64,
    ord: i64,
    kind: i64,
    queue: i64,
    due: i64,
    interval: i64,
    factor: i64,
    lapses: i64,
}

fn card(row: &SqlRow<'_>) -> rusqlite::Result<CardRow> {
    Ok(CardRow {
        id: row.get(0)?,
        note: row.get(1)?,
        ord: row.get(2)?,
        kind: row.get(3)?,
        queue: row.get(4)?,
        due: row.get(5)?,
        interval: row.get(6)?,
        factor: row.get(7)?,
        lapses: row.get(8)?,
    })
}

/// How many answers the collection holds.
pub(super) fn count(connection: &Connection) -> u64 {
    let count =
        connection.query_row("SELECT count(*) FROM revlog WHERE ease > 0", [], |row| row.get::<_, i64>(0));
    count.ok().and_then(|count| count.try_into().ok()).unwrap_or(0)
}

/// What the collection knows of the cards of these notes, by the ids that Anki gives them. Cards that were never touched
/// are left out.
pub(super) fn read(
    connection: &Connection,
    notes: &HashMap<i64, (Guid, Shape)>,
) -> rusqlite::Result<Vec<PastCard>> {
    let beginning = beginning(connection)?;
    let mut statement = connection.prepare("SELECT DISTINCT cid FROM revlog")?;
    let answered: HashSet<i64> =
        statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut cards = Vec::new();
    let mut places: HashMap<i64, usize> = HashMap::new();
    let mut statement = connection.prepare(
        "SELECT id, nid, ord, type, queue, CASE WHEN odid <> 0 THEN odue ELSE due END, ivl, factor, lapses
            FROM cards ORDER BY nid, ord",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let row = card(row)?;
        let is_touched = row.kind != 0 || row.queue == -1 || answered.contains(&row.id);
        if !is_touched {
            continue;
        }
        let Some((guid, shape)) = notes.get(&row.note) else { continue };
        let Some(slot) = shape.slot(row.ord) else { continue };
        places.insert(row.id, cards.len());
        let (guid, suspended) = (guid.clone(), row.queue == -1);
        cards.push(PastCard { guid, slot, suspended, rows: Vec::new(), standing: standing(&row, beginning) });
    }
    let mut statement =
        connection.prepare("SELECT id, cid, ease, time, type, ivl, factor FROM revlog ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Some(card) = places.get(&row.get(1)?).and_then(|place| cards.get_mut(*place)) else { continue };
        let at: i64 = row.get(0)?;
        if let Some(entry) = entry(row)? {
            let id = id(&card.guid, card.slot, at);
            card.rows.push(PastRow { id, at, entry });
        }
    }
    Ok(cards)
}

/// The day from which due days count: the local date on which the collection was made.
fn beginning(connection: &Connection) -> rusqlite::Result<Day> {
    const DAY: i64 = 86_400;
    let (created, version): (i64, i64) =
        connection.query_row("SELECT crt, ver FROM col", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let json: Option<Value> = if version < 15 {
        let conf: String = connection.query_row("SELECT conf FROM col", [], |row| row.get(0))?;
        serde_json::from_str::<Value>(&conf).ok().and_then(|conf| conf.get("creationOffset").cloned())
    } else {
        let value = connection.query_row("SELECT val FROM config WHERE key = 'creationOffset'", [], |row| {
            row.get::<_, Vec<u8>>(0)
        });
        value.ok().and_then(|value| serde_json::from_slice(&value).ok())
    };
    let days = match json.and_then(|offset| offset.as_i64()) {
        Some(west) => created.saturating_sub(west.saturating_mul(60)).div_euclid(DAY),
        // it was made at four in the morning of its zone
        None => created.saturating_sub(4 * 3600).saturating_add(DAY / 2).div_euclid(DAY),
    };
    Ok(Day::new(i32::try_from(days).unwrap_or(0)))
}

/// Which cards a note has.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    One(Slot),
    Both,
    Clozes,
}

impl Shape {
    pub(super) fn of(content: &Content) -> Self {
        match &content.body {
            Body::Fact(fact) if fact.reversed => Self::Both,
            Body::Fact(_) | Body::Choice(_) => Self::One(Slot::Front),
            Body::Cloze => Self::Clozes,
            Body::Blanks(_) => Self::One(Slot::Blanks),
        }
    }

    fn slot(self, ord: i64) -> Option<Slot> {
        match (self, ord) {
            (Self::One(slot), 0) => Some(slot),
            (Self::Both, 0) => Some(Slot::Front),
            (Self::Both, 1) => Some(Slot::Back),
            (Self::Clozes, _) => u16::try_from(ord.checked_add(1)?).ok().map(Slot::Cloze),
            (Self::One(_) | Self::Both, _) => None,
        }
    }
}

fn standing(row: &CardRow, beginning: Day) -> Standing {
    let is_again = match row.kind {
        0 => return Standing::New,
        2 => false,
        3 => true,
        _ => return Standing::Learning,
    };
    let due = i32::try_from(row.due)
        .ok()
        .filter(|_| !is_again)
        .map(|days| Day::new(beginning.number().saturating_add(days)));
    Standing::Scheduled(PastSchedule {
        interval: interval(row.interval),
        ease: ease(row.factor),
        lapses: number(row.lapses).min(9_999),
        due,
    })
}

fn number(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// Days; Anki has seconds below zero.
fn interval(days: i64) -> u32 {
    number(days).clamp(1, MAX_INTERVAL)
}

/// Thousandths beyond which no scheduler of Anki's goes.
const HIGHEST: u32 = 10_000;

/// Thousandths, of which FSRS uses those below 1.3 for the difficulty of a card.
fn ease(thousandths: i64) -> Ease {
    let thousandths = number(thousandths);
    if thousandths < Ease::LOWEST.get() {
        Ease::default()
    } else {
        Ease::thousandths(thousandths.min(HIGHEST))
    }
}

fn entry(row: &SqlRow<'_>) -> rusqlite::Result<Option<PastEntry>> {
    let (button, took, kind): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
    let grade = match button {
        0 if kind >= 4 => {
            let days: i64 = row.get(5)?;
            let set = if days == 0 {
                PastEntry::Forgotten
            } else {
                PastEntry::Scheduled(interval(days), ease(row.get(6)?))
            };
            return Ok(Some(set));
        }
        1 => 1,
        2 => 3,
        3 => 4,
        4 => 5,
        _ => return Ok(None),
    };
    // a filtered deck that leaves the schedule alone
    let event = if kind <= 2 { Event::Review } else { Event::Practice };
    Ok(Grade::new(grade).map(|grade| PastEntry::Answered { event, grade, took_ms: number(took) }))
}

/// The id of a row that came from Anki: the same wherever it comes in. Its version says that it is no time.
fn id(guid: &Guid, slot: Slot, anki: i64) -> RowId {
    let digest = Sha256::digest(format!("matura1 anki\u{1f}{guid}\u{1f}{slot}\u{1f}{anki}"));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(byte, hashed)| *byte = *hashed);
    RowId(uuid::Builder::from_custom_bytes(bytes).into_uuid().into_bytes())
}
