//! The collection in a package: Anki's schema 11, which every Anki reads. Built in memory.

use rusqlite::{Connection, params};
use serde_json::{Map, json};

use super::history::CREATED;
use super::notetype::Notetype;
use super::rows::{Rows, Whole};
use crate::error::{Error, Result};
use crate::model::DeckName;

const SCHEMA: &str = "
    CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
        ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
        models text not null, decks text not null, dconf text not null, tags text not null);
    CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
        usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
        flags integer not null, data text not null);
    CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
        mod integer not null, usn integer not null, type integer not null, queue integer not null,
        due integer not null, ivl integer not null, factor integer not null, reps integer not null,
        lapses integer not null, left integer not null, odue integer not null, odid integer not null,
        flags integer not null, data text not null);
    CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
        ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
        type integer not null);
    CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);";

/// The number of changes that no server has seen.
const UNSYNCED: i64 = -1;

/// A collection in the making.
pub(super) struct Database(Connection);

fn failed(cause: &rusqlite::Error) -> Error {
    Error::internal(format!("the collection for Anki cannot be written: {cause}"))
}

impl Database {
    pub(super) fn new() -> Result<Self> {
        let connection = Connection::open_in_memory().map_err(|cause| failed(&cause))?;
        connection
            .execute_batch(&format!("PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN"))
            .map_err(|cause| failed(&cause))?;
        Ok(Self(connection))
    }

    /// Writes some rows.
    pub(super) fn add(&self, rows: &Rows) -> Result<()> {
        self.insert(rows).map_err(|cause| failed(&cause))
    }

    fn insert(&self, rows: &Rows) -> rusqlite::Result<()> {
        let mut insert =
            // Anki itself works out what a note is sorted by, and its checksum
            self.0.prepare_cached("INSERT INTO notes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', 0, 0, '')")?;
        for note in &rows.notes {
            insert.execute(params![
                note.id,
                rows.get(&note.guid),
                note.notetype.id(),
                note.modified,
                UNSYNCED,
                rows.get(&note.tags),
                rows.get(&note.fields)
            ])?;
        }
        let mut insert = self.0.prepare_cached(
            "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, 0, 0, 0, ?14)",
        )?;
        for card in &rows.cards {
            let schedule = &card.schedule;
            let data = schedule.reviewed.map_or_else(String::new, |at| format!("{{\"lrt\":{at}}}"));
            insert.execute(params![
                card.id,
                card.note,
                card.deck,
                card.ord,
                card.modified,
                UNSYNCED,
                schedule.kind,
                schedule.queue,
                card.due,
                schedule.interval,
                schedule.ease,
                schedule.reviews,
                schedule.lapses,
                data
            ])?;
        }
        let mut insert =
            self.0.prepare_cached("INSERT INTO revlog VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        for row in &rows.reviews {
            let review = &row.review;
            insert.execute(params![
                row.id,
                row.card,
                UNSYNCED,
                review.button,
                review.interval,
                review.before,
                review.ease,
                review.took_ms,
                review.kind
            ])?;
        }
        Ok(())
    }

    /// Hands over the bytes of the file.
    pub(super) fn finish<T>(self, whole: &Whole, take: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        let seconds = whole.modified / 1000;
        let deck = |(id, name): (&i64, &DeckName)| {
            let deck = json!({ "id": id, "name": name.as_str(), "mod": seconds, "usn": UNSYNCED, "dyn": 0, "conf": 1,
                "collapsed": false, "browserCollapsed": false, "desc": "", "extendNew": 0, "extendRev": 0,
                "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0] });
            (id.to_string(), deck)
        };
        let decks: Map<_, _> = whole.decks.iter().map(deck).collect();
        let models: Map<_, _> =
            Notetype::ALL.iter().map(|notetype| (notetype.id().to_string(), notetype.model())).collect();
        // as if made in Greenwich, whose time the beginning is in
        let conf = json!({ "schedVer": 2, "rollover": 4, "creationOffset": 0, "nextPos": whole.new + 1 });
        let close = || {
            self.0.execute(
                "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, '{}', '{}')",
                params![
                    CREATED,
                    whole.modified,
                    conf.to_string(),
                    json!(models).to_string(),
                    json!(decks).to_string()
                ],
            )?;
            self.0.execute_batch("COMMIT")?;
            self.0.serialize("main")
        };
        take(&close().map_err(|cause| failed(&cause))?)
    }
}
