//! Rows on which this program could not count: texts that are none, and times, days and counts that no clock and no learner made.
//!
//! Cards follow from the rest, and operations have a check of their own.

use super::schema;
use crate::error::Result;
use crate::store::Tx;

/// 285,000 years around 1970 in milliseconds.
const TIME: &str = "BETWEEN -9007199254740992 AND 9007199254740992";
/// Two thousand years around 1970 in days.
const DAY: &str = "BETWEEN -800000 AND 800000";

/// What is to be done about a row.
#[derive(Clone, Copy)]
enum Remedy {
    /// It goes; without it a default holds, or what follows from the rest is found again.
    Drop,
    /// It goes, and is to come back from wherever it is sound.
    Fetch,
    /// It stays, with this assigned in SQL.
    Keep(fn() -> String),
    /// The same where the collection is mended as a whole; whose words they are in another one nobody knows.
    KeepOwn(fn() -> String),
}

/// A table, and when a row of it cannot be counted on.
struct Table {
    name: &'static str,
    /// What a row is called, in SQL.
    called: &'static str,
    /// The texts that no other reader of the check sees.
    texts: &'static [&'static str],
    /// Those that one sees.
    read: &'static [&'static [&'static str]],
    times: &'static [&'static str],
    days: &'static [&'static str],
    /// What is never more than a million, in SQL.
    counts: &'static [&'static str],
    /// What is 0 or 1.
    flags: &'static [&'static str],
    remedy: Remedy,
}

const PLAIN: Table = Table {
    name: "",
    called: "",
    texts: &[],
    read: &[],
    times: &[],
    days: &[],
    counts: &[],
    flags: &[],
    remedy: Remedy::Fetch,
};

const TABLES: [Table; 16] = [
    Table {
        name: "bank",
        called: "'the bank ' || mended_text(name)",
        texts: &["name", "format"],
        remedy: Remedy::Keep(|| {
            "name = mended_text(name), format = iif(is_text(format), format, NULL)".to_owned()
        }),
        ..PLAIN
    },
    Table {
        name: "deck",
        called: "'the deck ' || mended_text(name)",
        texts: &["name", "key"],
        times: &["named_at"],
        remedy: Remedy::Keep(|| {
            format!(
                "name = mended_text(name), key = mended_text(key), named_at = iif(named_at {TIME}, named_at, 0)"
            )
        }),
        ..PLAIN
    },
    Table {
        name: "deck_setting",
        called: "'the limit ' || mended_text(name) || ' of a deck'",
        texts: &["name", "value"],
        times: &["at"],
        remedy: Remedy::Drop,
        ..PLAIN
    },
    Table {
        name: "former_card",
        called: "'the number of a card that is gone'",
        texts: &["slot"],
        remedy: Remedy::Drop,
        ..PLAIN
    },
    Table {
        name: "log",
        called: "'row ' || n || ' of the log, of note ' || mended_text(guid) || ', card ' || mended_text(slot)",
        read: &[&["responses"]],
        counts: &["took_ms / 4000", "attempts / 4000"],
        flags: &["hinted"],
        // what counts is the grade
        remedy: Remedy::KeepOwn(|| {
            "took_ms = iif(took_ms BETWEEN 0 AND 4000000000, took_ms, 0), hinted = hinted & 1,
                attempts = iif(attempts BETWEEN 1 AND 4000000000, attempts, 1), responses = iif(is_text(responses), responses, NULL)"
                .to_owned()
        }),
        ..PLAIN
    },
    Table {
        name: "log",
        called: "'row ' || n || ' of the log, of note ' || mended_text(guid) || ', card ' || mended_text(slot)",
        times: &["at"],
        days: &["day", "due"],
        counts: &["seq / 1000", "repetitions", "lapses", "interval"],
        ..PLAIN
    },
    Table {
        name: "match_round",
        called: "'a round of matching'",
        texts: &["deck"],
        times: &["at"],
        days: &["day"],
        counts: &["pairs", "wrong", "took_ms / 4000"],
        ..PLAIN
    },
    Table {
        name: "media",
        called: "'the image or sound ' || mended_text(name)",
        texts: &["name", "ending"],
        counts: &["size / 1000000000"],
        ..PLAIN
    },
    Table {
        name: "note",
        called: "'note ' || mended_text(guid)",
        texts: &["said_there", "suspended_there", "removed_by"],
        read: &[&TEXTS_OF_NOTE, &WORDS_OF_NOTE],
        times: &["created_at", "edited_at", "placed_at", "touched_at", "removed_at"],
        days: &["buried_on"],
        flags: &FLAGS_OF_NOTE,
        remedy: Remedy::KeepOwn(kept_of_note),
        ..PLAIN
    },
    Table {
        name: "note_version",
        called: "'an earlier version of note ' || mended_text(guid)",
        texts: &["guid"],
        times: &["edited_at"],
        ..PLAIN
    },
    Table {
        name: "reworded",
        called: "'a rewording of note ' || mended_text(guid)",
        texts: &["guid"],
        ..PLAIN
    },
    Table {
        name: "scope",
        called: "'a former name of the deck ' || mended_text(now)",
        texts: &["was", "now"],
        ..PLAIN
    },
    Table {
        name: "setting",
        called: "'the setting ' || mended_text(name)",
        texts: &["name", "value"],
        times: &["at"],
        remedy: Remedy::Drop,
        ..PLAIN
    },
    Table {
        name: "sync_device",
        called: "'the name of this device among others'",
        texts: &["id", "stamp"],
        remedy: Remedy::Drop,
        ..PLAIN
    },
    Table {
        name: "sync_seen",
        called: "'what was taken in last from another device'",
        texts: &["id", "stamp"],
        remedy: Remedy::Drop,
        ..PLAIN
    },
    Table {
        name: "test",
        called: "'the test ' || lower(hex(id))",
        texts: &["deck"],
        times: &["at"],
        days: &["day"],
        counts: &["questions"],
        ..PLAIN
    },
];

/// The texts of a note that can be read with a mark where a letter is lost.
pub(in crate::store) const TEXTS_OF_NOTE: [&str; 15] = [
    "prompt",
    "answer",
    "detail",
    "code",
    "language",
    "hint",
    "explanation",
    "mistakes",
    "check_line",
    "level",
    "tags",
    "source",
    "bank_id",
    "bank_deck",
    "bank_says",
];

/// What says how cards of a note stand, and which of few words holds: as good as none where it cannot be read.
const WORDS_OF_NOTE: [&str; 7] =
    ["difficulty", "suspended", "buried", "leeches", "removed_by", "said_there", "suspended_there"];

/// What is 0 or 1: of a byte in which a bit was changed the last bit is the likeliest to be right.
const FLAGS_OF_NOTE: [&str; 5] = ["html", "marked", "withdrawn", "edited", "placed"];

/// What cannot be read of what a note says is marked. A time that cannot be is the latest of those that can.
fn kept_of_note() -> String {
    let times = ["created_at", "edited_at", "placed_at", "touched_at", "removed_at"];
    let latest = times.map(|time| format!("iif({time} {TIME}, {time}, 0)")).join(", ");
    let texts = TEXTS_OF_NOTE.iter().map(|column| format!("{column} = mended_text({column})"));
    let words =
        WORDS_OF_NOTE.iter().map(|column| format!("{column} = iif(is_text({column}), {column}, NULL)"));
    let times = times.iter().map(|time| {
        // a removal holds if it is later than all else
        let later = i32::from(*time == "removed_at");
        let can_be = format!("iif({time} IS NULL OR {time} {TIME}, {time}, max({latest}) + {later})");
        format!("{time} = {can_be}")
    });
    let flags = FLAGS_OF_NOTE.map(|column| format!("{column} = {column} & 1"));
    let rest = [flags.join(", "), format!("buried_on = iif(buried_on {DAY}, buried_on, NULL)")];
    texts.chain(words).chain(times).chain(rest).collect::<Vec<_>>().join(", ")
}

impl Table {
    /// That a row of it cannot be counted on, where these texts of it are judged.
    fn is_unreliable(&self, texts: &[&str]) -> String {
        let text = (!texts.is_empty()).then(|| format!("NOT is_text({})", texts.join(", ")));
        let times = self.times.iter().map(|column| format!("{column} NOT {TIME}"));
        let days = self.days.iter().map(|column| format!("{column} NOT {DAY}"));
        let counts = self.counts.iter().map(|column| format!("{column} > 1000000 OR {column} < 0"));
        let flags = self.flags.iter().map(|column| format!("{column} NOT IN (0, 1)"));
        text.into_iter().chain(times).chain(days).chain(counts).chain(flags).collect::<Vec<_>>().join(" OR ")
    }

    fn faults(&self, tx: &Tx<'_>, texts: &[&str]) -> Result<Vec<String>> {
        let sql = format!("SELECT {} FROM {} WHERE {}", self.called, self.name, self.is_unreliable(texts));
        tx.all(&sql, [], |row| {
            Ok(format!("{} has a text or a figure that cannot be", row.get::<_, String>(0)?))
        })
    }

    /// Whether rows were taken out that are to come back.
    fn mend(&self, tx: &Tx<'_>, whole: bool, told: &mut Vec<String>) -> Result<bool> {
        let is_lossy = matches!(self.remedy, Remedy::Fetch);
        if !whole && (is_lossy || matches!(self.remedy, Remedy::KeepOwn(_))) {
            return Ok(false);
        }
        let texts = &[self.texts, &self.read.concat()].concat();
        let faults = self.faults(tx, texts)?;
        if faults.is_empty() {
            return Ok(false);
        }
        let (sql, how) = match self.remedy {
            Remedy::Drop => (format!("DELETE FROM {}", self.name), "it was taken away"),
            Remedy::Fetch => (format!("DELETE FROM {}", self.name), "it was taken out"),
            Remedy::Keep(assigned) | Remedy::KeepOwn(assigned) => {
                (format!("UPDATE {} SET {}", self.name, assigned()), "it was put right")
            }
        };
        let is_unreliable = self.is_unreliable(texts);
        schema::without_triggers(tx, self.name, || tx.execute(&format!("{sql} WHERE {is_unreliable}"), []))?;
        told.extend(faults.into_iter().map(|fault| format!("{fault}: {how}")));
        Ok(is_lossy)
    }
}

/// A sentence for each row on which this program cannot count.
pub(super) fn faults(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for table in &TABLES {
        faults.append(&mut table.faults(tx, table.texts)?);
    }
    Ok(faults)
}

/// Puts them right, or takes them away, and tells which. Only if the collection is mended as a `whole` also those that are to
/// come back from elsewhere; says whether there were such.
pub(super) fn mend(tx: &Tx<'_>, whole: bool, told: &mut Vec<String>) -> Result<bool> {
    let mut is_lossy = false;
    for table in &TABLES {
        is_lossy |= table.mend(tx, whole, told)?;
    }
    Ok(is_lossy)
}

/// Has the same words from elsewhere, where they can be read, hold against those in which something is marked.
pub fn yield_marked(tx: &Tx<'_>) -> Result<()> {
    let marked = TEXTS_OF_NOTE.map(|column| format!("instr({column}, char(0xfffd)) > 0")).join(" OR ");
    tx.execute(&format!("UPDATE note SET edited_at = edited_at - 1 WHERE {marked}"), []).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn every_text_time_and_day_of_every_table_is_judged_by_somebody() {
        let mut store = Store::in_memory().unwrap();
        let sql = "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                AND (c.type = 'TEXT' OR c.name LIKE '%at' OR c.name IN ('day', 'due'))";
        let columns = store
            .read(|tx| tx.all(sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))))
            .unwrap();
        assert!(columns.len() > 50, "{columns:?}");
        // cards are made anew, totals counted anew, operations forgotten; the readers of notes, versions and the log see the rest
        let readers: &[(&str, &[&str])] = &[
            ("log", &["guid", "slot", "kind", "reason", "responses"]),
            ("note_version", &["says"]),
            ("note", &["guid", "kind"]),
        ];
        for (table, column) in &columns {
            if ["card", "deck_day", "operation", "operation_was"].contains(&table.as_str()) {
                continue;
            }
            let judged = TABLES.iter().filter(|known| known.name == table);
            let is_judged = judged
                .flat_map(|known| [known.texts, &known.read.concat(), known.times, known.days].concat());
            let read = readers.iter().filter(|(known, _)| known == table).flat_map(|(_, columns)| *columns);
            let known: Vec<&str> = is_judged.chain(read.copied()).collect();
            assert!(known.contains(&column.as_str()), "{table}.{column}");
            // and what is judged by its text is mended by it
            let mut mended = TEXTS_OF_NOTE.into_iter().chain(WORDS_OF_NOTE).filter(|_| table == "note");
            assert!(mended.all(|text| known.contains(&text)), "{table}.{column}");
        }
    }
}
