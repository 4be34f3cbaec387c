//! Two collections become one: what the other has is taken into this one.
//!
//! The log is a set that only grows. Of a note there are three last words, on what it says, where it stands and whether it is
//! there; of two the greater holds in an order that both sides know, so that devices may meet in any order, any number of
//! times, and come to the same (the words are last-writer-wins registers of a state-based CRDT; Shapiro et al., 2011).

mod earlier;
mod log;
mod notes;
mod rest;

pub use log::Altered;
pub use rest::settle_decks;

use super::Tx;
use crate::error::Result;
use crate::model::Guid;

/// What was taken from the other collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Notes that were not here.
    pub notes_added: usize,
    /// Notes that say what the other has them say.
    pub notes_edited: usize,
    /// Notes that stand where they stand there, or are suspended or marked as there.
    pub notes_placed: usize,
    /// Notes that are gone, or back, as they are there.
    pub notes_removed: usize,
    /// Notes of which the other's words gave way and are in their history now.
    pub notes_kept: usize,
    /// Rows of the log that were not here.
    pub log_rows: usize,
    /// Answers among them that stand.
    pub reviews: usize,
    /// Names of images and sounds that are others there; one of the two holds.
    pub media_differ: Vec<String>,
    /// Rows of the log that say something else there, where neither side is believed rather than the other; they stay as they
    /// are here.
    pub altered: Vec<Altered>,
    /// Everything else.
    pub rest: usize,
}

/// What the other collection is to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// That of another device, or a state of some time.
    Elsewhere,
    /// The same, and where rows of the log say something else there it is believed.
    Believed,
    /// An earlier state of this very collection, which was damaged since: local numbers are the same in both, too.
    Earlier,
}

impl Taken {
    /// Whether the collection is as it was.
    pub fn is_nothing(&self) -> bool {
        let notes = self.notes_added + self.notes_edited + self.notes_placed + self.notes_removed;
        notes + self.notes_kept + self.log_rows + self.rest == 0
    }
}

/// Takes everything in that is in the database `other`, which has the same schema and was found sound. Cards and totals are not
/// made here: [`affected`] says of which notes they have to be.
pub fn take_in(tx: &Tx<'_>, origin: Origin) -> Result<Taken> {
    tx.execute("CREATE TEMP TABLE IF NOT EXISTS merge_affected (guid TEXT PRIMARY KEY) WITHOUT ROWID", [])?;
    tx.execute("DELETE FROM merge_affected", [])?;
    let mut taken = Taken::default();
    let is_earlier = origin == Origin::Earlier;
    if is_earlier {
        taken.rest += earlier::put_right(tx)?;
    }
    let altered = log::altered(tx)?;
    if origin == Origin::Elsewhere {
        taken.altered = altered;
    } else if !altered.is_empty() {
        taken.log_rows += log::believe_other(tx)?;
    }
    rest::decks(tx, &mut taken)?;
    rest::banks(tx)?;
    notes::take_in(tx, is_earlier, &mut taken)?;
    log::take_in(tx, is_earlier, &mut taken)?;
    rest::take_in(tx, &mut taken)?;
    if is_earlier {
        taken.rest += earlier::settle(tx)?;
    }
    Ok(taken)
}

/// The notes of which something was taken in, in the order in which they came.
pub fn affected(tx: &Tx<'_>) -> Result<Vec<Guid>> {
    let sql = "SELECT note.guid FROM merge_affected JOIN note USING (guid) ORDER BY note.id";
    tx.all(sql, [], |row| Ok(Guid::new(row.get::<_, String>(0)?)))
}
