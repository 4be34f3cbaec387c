//! The review log: the union of two.

use super::Taken;
use crate::error::{Error, Kind, Result};
use crate::store::Tx;
use crate::text;

const COLUMNS: &str =
    "id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted, responses, reason,
    repetitions, ease, interval, lapses, due, target";

/// The columns that are the same wherever a row is.
fn fixed(table: &str) -> String {
    let columns = [
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
        "due IS NULL",
        "target",
    ];
    format!("({})", columns.map(|column| format!("{table}.{column}")).join(", "))
}

/// The others: a row that came from Anki on two devices may have got another place and another day on each.
fn place(table: &str) -> String {
    format!("({table}.seq, {table}.at, {table}.day, coalesce({table}.due, 0))")
}

/// Refuses a log in which a row says something else than here.
pub(super) fn refuse_altered(tx: &Tx<'_>) -> Result<()> {
    let sql = format!(
        "SELECT count(*) FROM main.log JOIN other.log AS o ON o.id = log.id WHERE {} IS NOT {}",
        fixed("o"),
        fixed("log")
    );
    let altered: i64 = tx.first(&sql, [], |row| row.get(0))?.unwrap_or(0);
    if altered == 0 {
        return Ok(());
    }
    let rows = text::count_verb(altered, "row of the other log says", "rows of the other log say");
    Err(Error::new(Kind::Damaged, format!("{rows} something else than here, so one of the two was altered"))
        .hint("matura check on each tells more; nothing was changed"))
}

pub(super) fn take_in(tx: &Tx<'_>, taken: &mut Taken) -> Result<()> {
    let is_new = "NOT EXISTS (SELECT 1 FROM main.log WHERE log.id = o.id)";
    let lesser = format!("{} < {}", place("o"), place("log"));
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
    let rows = format!(
        "INSERT INTO log ({COLUMNS}) SELECT {COLUMNS} FROM other.log AS o WHERE {is_new} ORDER BY o.n"
    );
    taken.log_rows = tx.execute(&rows, [])?;
    Ok(())
}
