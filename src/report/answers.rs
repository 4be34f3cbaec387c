//! The exported log: one answer a line, for whoever teaches and for other programs. Who gave it stands there only as a learner of
//! some name.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};

/// An answer that stands, as a line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose it is: the same for all answers of a collection, and of all devices that were merged into it.
    pub learner: String,
    /// The guid of the note.
    pub note: String,
    /// The id that the note's bank gives it, if it has one.
    pub id: String,
    /// Which card of the note.
    pub slot: String,
    /// The study day, as a date.
    pub day: String,
    /// When it was given, as RFC 3339 writes it.
    pub at: String,
    /// What sort of answer it was: `new`, `young` and `mature` are reviews, by the card's interval before.
    pub what: String,
    /// The interval before the answer, in days; of reviews only.
    pub interval: Option<u32>,
    /// 0 to 5.
    pub grade: u8,
    /// Milliseconds; 0 if nobody looked.
    pub took_ms: u32,
    /// Attempts used, at least 1.
    pub attempts: u8,
    /// Whether the hint was shown, 0 or 1.
    pub hinted: u8,
    /// What was answered at each attempt where the program marks, as a JSON array of texts; else empty.
    pub responses: String,
}

/// The table with a head, as CSV in UTF-8.
pub fn write(lines: &[Line]) -> Result<Vec<u8>> {
    let failed = |cause: csv::Error| Error::internal(cause.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.serialize(line).map_err(failed)?;
    }
    writer.into_inner().map_err(|cause| Error::new(Kind::Internal, cause.to_string()))
}

/// Reads such a table; `name` is what the file is called in messages. Columns that it does not know are passed over.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Line>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let is_one = reader.headers().is_ok_and(|head| {
        ["learner", "note", "what", "grade"].iter().all(|column| head.iter().any(|name| name == *column))
    });
    if !is_one {
        let message = format!("{name} is neither a collection nor a log of answers");
        return Err(Error::new(Kind::Input, message)
            .hint("whoever learnt writes one with: matura export --to log -o FILE"));
    }
    let lines = reader.deserialize().map(|line| {
        line.map_err(|cause: csv::Error| {
            let at = cause.position().map_or_else(String::new, |at| format!(", line {}", at.line()));
            Error::new(Kind::Input, format!("{name}{at}: {cause}")).hint("export the log again")
        })
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::learning::Sort;

    #[test]
    fn whatever_stands_in_a_line_comes_back_as_it_was() {
        let line = Line {
            learner: "a, \"b\"".into(),
            note: "g\n=1".into(),
            id: String::new(),
            slot: "front".into(),
            day: "2026-11-23".into(),
            at: "2026-11-23T09:00:00Z".into(),
            what: Sort::Young.name().into(),
            interval: None,
            grade: 3,
            took_ms: 12,
            attempts: 2,
            hinted: 1,
            responses: "[\"a\\nb\"]".into(),
        };
        let other = Line { interval: Some(6), responses: String::new(), ..line.clone() };
        let bytes = write(&[line.clone(), other.clone()]).unwrap();
        let head = bytes.split(|byte| *byte == b'\n').next().unwrap();
        assert_eq!(
            head,
            b"learner,note,id,slot,day,at,what,interval,grade,took_ms,attempts,hinted,responses"
        );
        assert_eq!(read("log.csv", &bytes).unwrap(), [line, other]);
        let wrong = [&bytes[..], b"x,g,,front,2026-11-23,z,young,6,nine,1,1,0,\n"].concat();
        let error = read("log.csv", &wrong).unwrap_err();
        assert!(error.message.contains("log.csv, line 6"), "{}", error.message);
        assert!(read("x.csv", b"a,b\n1,2\n").unwrap_err().message.contains("neither a collection nor a log"));
    }
}
