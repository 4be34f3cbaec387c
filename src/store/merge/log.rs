//! The review log: the union of two.

use super::Taken;
use crate::error::Result;
use crate::model::CardId;
use crate::store::Tx;
use crate::store::check::schema::without_triggers;
use crate::store::log::copy;

const COLUMNS: &str =
    "id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted, responses, reason,
    repetitions, ease, interval, lapses, due, target";

/// The columns that are the same wherever a row is.
const FIXED: [&str; 14] = [
    "guid",
    "slot",
    "kind",
    "grade",
    "took_ms",
    "attempts",
    "hinted",
    "responses",
    "reason",
    "repetitions",
    "ease",
    "interval",
    "lapses",
    "target",
];

/// That a row `o` of the other log says something else than the row of that id here.
fn differs() -> String {
    let of = |table: &str| {
        let fixed = FIXED.map(|column| format!("{table}.{column}")).join(", ");
        format!("({fixed}, {table}.due IS NULL)")
    };
    format!("({} IS NOT {} OR ({IS_OURS} AND {} IS NOT {}))", of("o"), of("log"), place("o"), place("log"))
}

/// That a row was written by this program, as the version of its id tells (UUID version 7, RFC 9562): its place never changes.
const IS_OURS: &str = "substr(hex(log.id), 13, 1) = '7'";

/// The others: a row that came from Anki on two devices may have got another place and another day on each.
fn place(table: &str) -> String {
    format!("({table}.seq, {table}.at, {table}.day, coalesce({table}.due, 0))")
}

/// A row of the log that says something else in the other log, so that one of the two was altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// The note of its card.
    pub guid: String,
    /// The local number of its card, if it is there.
    pub card: Option<CardId>,
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
    /// The grade here; none if it is no answer.
    pub here: Option<u8>,
    /// The grade there.
    pub there: Option<u8>,
}

/// The rows that say something else there than here.
pub(super) fn altered(tx: &Tx<'_>) -> Result<Vec<Altered>> {
    let sql = format!(
        "SELECT log.guid, (SELECT card.id FROM card JOIN note ON note.id = note_id WHERE note.guid = log.guid AND card.slot = log.slot),
            log.at, log.grade, o.grade
            FROM main.log JOIN other.log AS o ON o.id = log.id WHERE {} ORDER BY log.n",
        differs()
    );
    tx.all(&sql, [], |row| {
        Ok(Altered {
            guid: row.get(0)?,
            card: row.get(1)?,
            at: row.get(2)?,
            here: row.get(3)?,
            there: row.get(4)?,
        })
    })
}

/// Has these rows say what they say there.
pub(super) fn believe_other(tx: &Tx<'_>) -> Result<usize> {
    let altered = differs();
    for guid in ["o.guid", "log.guid"] {
        let sql = format!(
            "INSERT OR IGNORE INTO merge_affected SELECT {guid} FROM main.log JOIN other.log AS o ON o.id = log.id WHERE {altered}"
        );
        tx.execute(&sql, [])?;
    }
    let fixed = FIXED.map(|column| format!("{column} = o.{column}")).join(", ");
    let sql = format!(
        "UPDATE log SET {fixed}, seq = o.seq, at = o.at, day = o.day, due = o.due FROM other.log AS o WHERE o.id = log.id AND {altered}"
    );
    without_triggers(tx, "log", || tx.execute(&sql, []))
}

/// Takes the rows in that are not here; under their own numbers, if these are of this collection and nothing else has them.
pub(super) fn take_in(tx: &Tx<'_>, by_number: bool, taken: &mut Taken) -> Result<()> {
    let is_new = "NOT EXISTS (SELECT 1 FROM main.log WHERE log.id = o.id)";
    let lesser = format!("NOT {IS_OURS} AND {} < {}", place("o"), place("log"));
    let affected = format!(
        "INSERT OR IGNORE INTO merge_affected SELECT o.guid FROM other.log AS o WHERE {is_new}
            UNION SELECT o.guid FROM other.log AS o JOIN main.log ON log.id = o.id WHERE {lesser}"
    );
    tx.execute(&affected, [])?;
    let moved = format!(
        "UPDATE log SET seq = o.seq, at = o.at, day = o.day, due = o.due FROM other.log AS o
            WHERE o.id = log.id AND {lesser}"
    );
    taken.rest += tx.execute(&moved, [])?;
    let reviews = format!(
        "SELECT count(*) FROM other.log AS o WHERE {is_new} AND grade IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM main.log AS later WHERE later.target = o.id)
            AND NOT EXISTS (SELECT 1 FROM other.log AS later WHERE later.target = o.id)"
    );
    let reviews: i64 = tx.first(&reviews, [], |row| row.get(0))?.unwrap_or(0);
    taken.reviews = usize::try_from(reviews).unwrap_or(0);
    let insert = |number: &str, which: &str| {
        let sql = format!(
            "INSERT INTO log (n, {COLUMNS}) SELECT {number}, {COLUMNS} FROM other.log AS o WHERE {which} ORDER BY o.n"
        );
        tx.execute(&sql, [])
    };
    if by_number {
        // they may come in among those that the copy knows
        copy::forget(tx)?;
        taken.log_rows += insert("o.n", &format!("{is_new} AND o.n NOT IN (SELECT n FROM main.log)"))?;
    }
    taken.log_rows += insert("NULL", is_new)?;
    Ok(())
}
