//! Packages and whole collections that Anki wrote, old and new.

mod archive;
mod media;
mod notes;
mod past;
mod protobuf;
mod schema;
mod template;

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use crate::bank::Problem;
use crate::error::{Error, Kind, Result};
use crate::model::Note;
use crate::text;
pub use media::Media;
use notes::Card;
pub use past::{PastCard, PastEntry, PastRow, PastSchedule, Standing};

/// What a package holds.
#[derive(Debug, Default)]
pub struct Unpacked {
    /// Its notes, in the order in which they were made.
    pub notes: Vec<Note>,
    /// What could not be taken, and what the learner should know.
    pub warnings: Vec<Problem>,
    /// What Anki knows of their cards, if it was asked for.
    pub past: Vec<PastCard>,
    /// Answers in the package.
    pub reviews: u64,
    /// The images and sounds that the notes name.
    pub media: Media,
}

/// Whether the bytes of a file are a package of Anki's, or a collection that it exported whole.
pub fn is_package(bytes: &[u8]) -> bool {
    archive::is_package(bytes)
}

/// Takes a package apart. An error is one of the package as a whole.
pub fn read(bytes: Vec<u8>, with_history: bool) -> Result<Unpacked> {
    let mut collection = archive::collection(&bytes)?;
    // a collection in memory has no write-ahead log; one that was exported has nothing in it
    if let Some(versions) = collection.bytes.get_mut(18..20) {
        versions.fill(1);
    }
    let failed = |cause: rusqlite::Error| {
        Error::new(Kind::Input, format!("the collection in the package cannot be read: {cause}"))
            .hint("open it in Anki, run Tools › Check Database, and export it again")
    };
    let connection = open(&collection.bytes).map_err(failed)?;
    let mut unpacked = unpack(&connection, with_history).map_err(failed)?;
    let wanted: HashSet<String> = unpacked.notes.iter().flat_map(files).collect();
    unpacked.media = Media::find(bytes, &collection, &wanted)?;
    let media = &unpacked.media;
    let mut lack = unpacked.notes.iter().filter(|note| files(note).any(|name| !media.has(&name)));
    if let Some(first) = lack.next() {
        let asks = text::one_line(&first.content.readable().prompt, 40);
        let count = text::count_verb(lack.count() + 1, "note names", "notes name");
        let message =
            format!("{count} an image or a sound that is not in the package; the first asks {asks:?}");
        unpacked.warnings.push(Problem::new(1, message, "export it from Anki with media included"));
    }
    Ok(unpacked)
}

/// The images and sounds of a note that are files.
fn files(note: &Note) -> impl Iterator<Item = String> {
    note.content.media().into_iter().filter(|name| !text::is_address(name) && !name.starts_with("data:"))
}

/// The collection in memory, where nothing that stands in it is run.
fn open(bytes: &[u8]) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    // text is compared so in later schemas
    connection.create_collation("unicase", |one, other| one.to_lowercase().cmp(&other.to_lowercase()))?;
    connection.deserialize_read_exact("main", bytes, bytes.len(), true)?;
    connection
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON")?;
    let checked: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if checked == "ok" { Ok(connection) } else { Err(rusqlite::Error::InvalidParameterName(checked)) }
}

fn unpack(connection: &Connection, with_history: bool) -> rusqlite::Result<Unpacked> {
    let schema = schema::read(connection)?;
    let mut cards: HashMap<i64, Vec<Card>> = HashMap::new();
    let mut statement = connection.prepare(
        "SELECT nid, ord, CASE WHEN odid <> 0 THEN odid ELSE did END FROM cards ORDER BY nid, ord",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        cards.entry(row.get(0)?).or_default().push(Card { ord: row.get(1)?, deck: row.get(2)? });
    }
    let mut maker = notes::Maker::new(&schema);
    let mut statement = connection.prepare("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut unpacked = Unpacked::default();
    let mut ids: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        let of_note = cards.remove(&row.get(0)?).unwrap_or_default();
        let (guid, tags, fields): (String, String, String) = (row.get(1)?, row.get(3)?, row.get(4)?);
        if let Some(note) = maker.note(&guid, row.get(2)?, &tags, &fields, &of_note) {
            ids.push(row.get(0)?);
            unpacked.notes.push(note);
        }
    }
    unpacked.warnings = maker.warnings();
    unpacked.reviews = past::count(connection);
    if with_history {
        let notes = ids.into_iter().zip(&unpacked.notes).collect();
        unpacked.past = past::read(connection, &notes)?;
    }
    Ok(unpacked)
}
