//! Packages and whole collections that Anki wrote, old and new.

mod archive;
mod foreign;
mod media;
mod notes;
mod past;
mod protobuf;
mod schema;
mod sqlite;
mod template;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::Connection;

use crate::bank::Sink;
use crate::error::Result;
use crate::model::{Guid, media_of_html};
pub use media::Media;
pub use past::{PastCard, PastEntry, PastRow, PastSchedule, Standing};
use schema::{Card, Schema};
use sqlite::{failed, text};

/// A package that is open. Its notes are read first, then what Anki knows of their cards.
#[derive(Debug)]
pub struct Package {
    connection: Connection,
    schema: Schema,
    media: Arc<Media>,
    /// The notes that were read, by the ids that Anki gives them.
    notes: HashMap<i64, (Guid, past::Shape)>,
}

/// Whether the bytes of a file are a package of Anki's, or a collection that it exported whole.
pub fn is_package(bytes: &[u8]) -> bool {
    archive::is_package(bytes)
}

impl Package {
    /// Opens a package. An error is one of the package as a whole.
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        let mut collection = archive::collection(&bytes)?;
        // a collection in memory has no write-ahead log; one that was exported has nothing in it
        if let Some(versions) = collection.bytes.get_mut(18..20) {
            versions.fill(1);
        }
        let connection = sqlite::open(&collection.bytes)?;
        drop(collection.bytes);
        let schema = schema::read(&connection)?;
        let mut media = Media::find(bytes, collection.is_newest)?;
        if !media.is_empty() {
            media.keep(&named(&connection).map_err(|cause| failed(&cause))?);
        }
        Ok(Self { connection, schema, media: Arc::new(media), notes: HashMap::new() })
    }

    /// Answers in it.
    pub fn reviews(&self) -> u64 {
        past::count(&self.connection)
    }

    /// The images and sounds that its notes name.
    pub fn media(&self) -> Arc<Media> {
        Arc::clone(&self.media)
    }

    /// Hands over its notes, in the order in which they were made, and then what the learner should know.
    pub fn notes(&mut self, out: &mut dyn Sink) -> Result<()> {
        self.read(out).map_err(|cause| failed(&cause))
    }

    /// The guids of the notes that were read.
    pub fn guids(&self) -> HashSet<Guid> {
        self.notes.values().map(|(guid, _)| guid.clone()).collect()
    }

    /// What Anki knows of the cards of the notes that were read. Cards that were never touched are left out.
    pub fn past(&self) -> Result<Vec<PastCard>> {
        past::read(&self.connection, &self.notes).map_err(|cause| failed(&cause))
    }

    fn read(&mut self, out: &mut dyn Sink) -> rusqlite::Result<()> {
        let mut cards = self.connection.prepare(
            "SELECT nid, ord, CASE WHEN odid <> 0 THEN odid ELSE did END FROM cards ORDER BY nid, ord",
        )?;
        let mut cards = cards
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, Card { ord: row.get(1)?, deck: row.get(2)? })))?;
        let mut next = cards.next().transpose()?;
        let mut maker = notes::Maker::new(&self.schema, &self.media);
        let mut rows = self.connection.prepare("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id")?;
        let mut rows = rows.query([])?;
        let mut of_note = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            of_note.clear();
            // both come note by note
            while let Some((note, card)) = next.take_if(|(note, _)| *note <= id) {
                of_note.extend((note == id).then_some(card));
                next = cards.next().transpose()?;
            }
            let (guid, tags, fields) = (text(row, 1)?, text(row, 3)?, text(row, 4)?);
            let guid = Guid::new(guid);
            match maker.note(guid.clone(), row.get(2)?, &tags, &fields, &of_note) {
                Some(draft) => {
                    self.notes.insert(id, (guid, past::Shape::of(&draft.content)));
                    out.draft(draft);
                }
                None => out.leave(guid),
            }
        }
        maker.warnings().into_iter().for_each(|warning| out.warn(warning));
        Ok(())
    }
}

/// The images and sounds that the fields of notes name.
fn named(connection: &Connection) -> rusqlite::Result<HashSet<String>> {
    let mut statement =
        connection.prepare("SELECT flds FROM notes WHERE instr(flds, '<') OR instr(flds, '[sound:')")?;
    let mut rows = statement.query([])?;
    let mut named = HashSet::new();
    while let Some(row) = rows.next()? {
        named.extend(media_of_html(&text(row, 0)?));
    }
    Ok(named)
}
