//! The collection in a package: Anki's schema 11, which every Anki reads. Built in memory.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, params};
use serde_json::{Map, json};
use sha2::{Digest as _, Sha256};

use super::Packed;
use super::history::{CREATED, Scheduled, reviews, scheduled};
use super::notetype::Notetype;
use crate::anki::tags;
use crate::error::{Error, Result};
use crate::model::{DeckName, Slot, State};

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
pub(super) struct Database {
    connection: Connection,
    with_schedule: bool,
    /// The last ids that were given: they are times, and no two are alike.
    note: i64,
    card: i64,
    reviews: HashSet<i64>,
    decks: BTreeMap<i64, DeckName>,
    /// New cards so far: each has its place in line.
    new: i64,
    modified: i64,
}

/// The place of a card in its note, from 0.
const fn ord(slot: Slot) -> u16 {
    match slot {
        Slot::Front | Slot::Blanks => 0,
        Slot::Back => 1,
        Slot::Cloze(number) => number.saturating_sub(1),
    }
}

fn failed(cause: &rusqlite::Error) -> Error {
    Error::internal(format!("the collection for Anki cannot be written: {cause}"))
}

impl Database {
    pub(super) fn new(with_schedule: bool) -> Result<Self> {
        let connection = Connection::open_in_memory().map_err(|cause| failed(&cause))?;
        connection
            .execute_batch(&format!("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA} BEGIN"))
            .map_err(|cause| failed(&cause))?;
        Ok(Self {
            connection,
            with_schedule,
            note: 0,
            card: 0,
            reviews: HashSet::new(),
            decks: BTreeMap::new(),
            new: 0,
            modified: 0,
        })
    }

    /// Adds a note with its cards and their history.
    pub(super) fn add(&mut self, packed: &Packed, notetype: Notetype, fields: &[String]) -> Result<()> {
        self.note = packed.made_at.max(self.note + 1);
        let modified = packed.changed_at / 1000;
        self.modified = self.modified.max(packed.changed_at);
        let tags = format!(" {} ", tags::write(&packed.note));
        let sort_field = fields.first().map(String::as_str).unwrap_or_default();
        self.connection
            .prepare_cached("INSERT INTO notes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, '')")
            .and_then(|mut insert| {
                insert.execute(params![
                    self.note,
                    packed.note.guid.as_str(),
                    notetype.id(),
                    modified,
                    UNSYNCED,
                    if tags.trim().is_empty() { "" } else { &tags },
                    fields.join("\u{1f}"),
                    sort_field
                ])
            })
            .map_err(|cause| failed(&cause))?;
        let deck = self.deck(&packed.note.deck);
        for card in &packed.cards {
            self.card = self.note.max(self.card + 1);
            let mut rows = card.rows.clone();
            let history = if self.with_schedule { reviews(&mut rows) } else { Vec::new() };
            let state = if self.with_schedule { card.state } else { State::default() };
            let card_row = scheduled(state, card.suspended && self.with_schedule, &history);
            self.card(&card_row, ord(card.slot), deck, modified)?;
            for review in history {
                self.review(&review)?;
            }
        }
        Ok(())
    }

    fn card(&mut self, card: &Scheduled, ord: u16, deck: i64, modified: i64) -> Result<()> {
        if card.due.is_none() {
            self.new += 1;
        }
        let due = card.due.map_or(self.new, i64::from);
        let data = card.reviewed.map_or_else(String::new, |at| format!("{{\"lrt\":{at}}}"));
        self.connection
            .prepare_cached(
                "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, 0, 0, 0, ?14)",
            )
            .and_then(|mut insert| {
                insert.execute(params![
                    self.card,
                    self.note,
                    deck,
                    ord,
                    modified,
                    UNSYNCED,
                    card.kind,
                    card.queue,
                    due,
                    card.interval,
                    card.ease,
                    card.reviews,
                    card.lapses,
                    data
                ])
            })
            .map(drop)
            .map_err(|cause| failed(&cause))
    }

    fn review(&mut self, review: &super::history::Review) -> Result<()> {
        // Anki leaves out a review whose time another has
        let mut id = review.at;
        while !self.reviews.insert(id) {
            id += 1;
        }
        self.connection
            .prepare_cached("INSERT INTO revlog VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
            .and_then(|mut insert| {
                insert.execute(params![
                    id,
                    self.card,
                    UNSYNCED,
                    review.button,
                    review.interval,
                    review.before,
                    review.ease,
                    review.took_ms,
                    review.kind
                ])
            })
            .map(drop)
            .map_err(|cause| failed(&cause))
    }

    /// The id of a deck, the same in every package.
    fn deck(&mut self, name: &DeckName) -> i64 {
        let digest = Sha256::digest(format!("matura deck {}", name.folded()));
        let number = digest.iter().take(5).fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
        // Anki's ids are times; these are of the years before matura
        let id = 1_400_000_000_000 + number % 300_000_000_000;
        self.decks.entry(id).or_insert_with(|| name.clone());
        if let Some(parent) = name.parent() {
            self.deck(&parent);
        }
        id
    }

    /// The bytes of the file.
    pub(super) fn finish(self) -> Result<Vec<u8>> {
        let seconds = self.modified / 1000;
        let deck = |(id, name): (&i64, &DeckName)| {
            let deck = json!({ "id": id, "name": name.as_str(), "mod": seconds, "usn": UNSYNCED, "dyn": 0, "conf": 1,
                "collapsed": false, "browserCollapsed": false, "desc": "", "extendNew": 0, "extendRev": 0,
                "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0] });
            (id.to_string(), deck)
        };
        let decks: Map<_, _> = self.decks.iter().map(deck).collect();
        let models: Map<_, _> =
            Notetype::ALL.iter().map(|notetype| (notetype.id().to_string(), notetype.model())).collect();
        // as if made in Greenwich, whose time the beginning is in
        let conf = json!({ "schedVer": 2, "rollover": 4, "creationOffset": 0, "nextPos": self.new + 1 });
        let close = |connection: &Connection| -> rusqlite::Result<Vec<u8>> {
            connection.execute(
                "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, '{}', '{}')",
                params![
                    CREATED,
                    self.modified,
                    conf.to_string(),
                    json!(models).to_string(),
                    json!(decks).to_string()
                ],
            )?;
            connection.execute_batch("COMMIT")?;
            Ok(connection.serialize("main")?.to_vec())
        };
        close(&self.connection).map_err(|cause| failed(&cause))
    }
}
