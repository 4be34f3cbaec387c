//! What a file is that is no text.

use crate::error::{Error, Kind, Result};
use crate::files::DATABASE;

/// Files that are told by how they begin.
const BEGINNINGS: [(&[u8], &str); 10] = [
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (DATABASE, "a SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text of a word processor (RTF)"),
    (b"bplist", "a property list"),
];

/// Zip files that are told by a name in them, and what to do with each.
const ZIPS: [(&[u8], &str, &str); 6] = [
    (b"collection.anki2", "a broken Anki package", "export it from Anki again"),
    (
        b"imsmanifest.xml",
        "a QTI package, as Canvas and Respondus make it",
        "export the questions as CSV, GIFT or Moodle XML where they come from, or import the package into Moodle and export it there",
    ),
    (b"word/document.xml", "a Word document", "copy its table into a spreadsheet, or save it as plain text"),
    (b"ppt/presentation.xml", "a presentation", "put the questions into a spreadsheet"),
    (b"content.xml", "an OpenDocument file", "save it as xlsx or as CSV (UTF-8)"),
    (b"META-INF/container.xml", "an e-book", "put the questions into a spreadsheet"),
];

/// What the bytes of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A text, as far as one sees.
    Text,
    /// A spreadsheet.
    Sheet,
}

/// Says what the file is; what can't be a bank is refused by its name.
pub(super) fn look(bytes: &[u8]) -> Result<Container> {
    if bytes.is_empty() {
        return Err(Error::new(Kind::Input, "the file is empty").hint("export the bank again"));
    }
    let is_ole = bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        if names(bytes, b"xl/workbook") {
            return Ok(Container::Sheet);
        }
        let known = ZIPS.iter().find(|(name, _, _)| names(bytes, name));
        return Err(known.map_or_else(
            || refuse("a zip file", "unpack it and import the banks in it"),
            |(_, what, fix)| refuse(what, fix),
        ));
    }
    if is_ole {
        return Err(refuse(
            "an old file of an office program (xls, doc)",
            "save it as xlsx or as CSV (UTF-8)",
        ));
    }
    if is_json(bytes) {
        return Err(refuse("JSON", "save the questions as CSV, with a column for each part"));
    }
    if is_web_page(bytes) {
        return Err(refuse(
            "a web page (HTML)",
            "open it in a spreadsheet and save its table as CSV (UTF-8)",
        ));
    }
    match BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        Some((_, what @ ("a gzip file" | "a zstd file" | "a 7z archive" | "a RAR archive"))) => {
            Err(refuse(what, "unpack it and import the bank in it"))
        }
        Some((_, what)) => Err(refuse(what, "open it where it comes from and save the questions as CSV")),
        None => Ok(Container::Text),
    }
}

/// Whether the file begins as web pages do, and the tables that some programs call spreadsheets.
fn is_web_page(bytes: &[u8]) -> bool {
    const TAGS: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<table"];
    let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    TAGS.iter().any(|tag| begin.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag)))
}

/// Whether the whole file is a list or an object of JSON.
fn is_json(bytes: &[u8]) -> bool {
    let begin = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let is_value = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    // or one in each line
    let mut lines =
        bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let is_object = |line: Option<&[u8]>| line.is_some_and(|line| line.starts_with(b"{") && is_value(line));
    matches!(begin, Some(b'[' | b'{'))
        && (is_value(bytes) || (is_object(lines.next()) && is_object(lines.next())))
}

fn refuse(what: &str, fix: &str) -> Error {
    Error::new(Kind::Input, format!("the file is {what}, not a bank")).hint(fix)
}

/// Whether a zip file has this name in its directory, which stands at its end, or at its beginning.
fn names(bytes: &[u8], name: &[u8]) -> bool {
    const LOOKED_AT: usize = 256 * 1024;
    let begin = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    let end = bytes.get(bytes.len().saturating_sub(LOOKED_AT)..).unwrap_or_default();
    [begin, end].iter().any(|part| part.windows(name.len()).any(|window| window == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_for_what_it_is() {
        for (bytes, what) in [
            (&b"PK\x03\x04....imsmanifest.xml"[..], "QTI"),
            (b"PK\x03\x04....notes.txt", "zip"),
            (b"PK\x03\x04....collection.anki2", "broken Anki package"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"SQLite format 3\0....", "SQLite"),
            (b" [{\"question\": \"a\"}]\n", "JSON"),
            (b"{\"question\": \"a\"}\n{\"question\": \"b\"}\n", "JSON"),
            (b"\n<!DOCTYPE HTML><html>", "HTML"),
            (b"\xef\xbb\xbf<table border=1>", "HTML"),
            (b"", "empty"),
        ] {
            assert!(look(bytes).unwrap_err().message.contains(what), "{what}");
        }
        assert_eq!(look(b"PK\x03\x04....xl/workbook.xml").unwrap(), Container::Sheet);
        for text in [&b"question,answer\n"[..], b"[x](y),z\n", b"{1:SA:=x} y\n"] {
            assert_eq!(look(text).unwrap(), Container::Text);
        }
    }
}
