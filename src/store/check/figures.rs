//! Times, days and counts from which this program could not count on: no clock and no learner made them.

use crate::error::Result;
use crate::store::Tx;

/// A sentence for each row of the log, note, deck or setting that has one.
pub(super) fn faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    // 285,000 years around 1970 in milliseconds, and two thousand in days
    let (time, day) =
        ("NOT BETWEEN -9007199254740992 AND 9007199254740992", "NOT BETWEEN -800000 AND 800000");
    let sql = format!(
        "SELECT 'row ' || n || ' of the log, of note ' || guid || ', card ' || slot FROM log
            WHERE seq > 1000000000 OR at {time} OR day {day} OR due {day}
                OR repetitions > 1000000 OR lapses > 1000000 OR interval > 1000000
        UNION ALL SELECT 'note ' || guid FROM note WHERE created_at {time} OR edited_at {time} OR placed_at {time}
            OR touched_at {time} OR removed_at {time} OR buried_on {day}
        UNION ALL SELECT 'an earlier version of note ' || guid FROM note_version WHERE edited_at {time}
        UNION ALL SELECT 'the setting ' || name FROM setting WHERE at {time}
        UNION ALL SELECT 'the limit ' || name || ' of a deck' FROM deck_setting WHERE at {time}
        UNION ALL SELECT 'the deck ' || name FROM deck WHERE named_at {time}"
    );
    tx.all(&sql, [], |row| Ok(format!("{} has a time or a figure that cannot be", row.get::<_, String>(0)?)))
}
