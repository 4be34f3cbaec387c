//! Packages come from strangers: a bad one is refused and changes nothing.

use std::io::{Cursor, Write as _};

use rusqlite::Connection;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::builder::{Matura, facts};

/// A zip with these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A collection of Anki's made by these statements.
fn collection(sql: &str) -> Vec<u8> {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize("main").unwrap().to_vec()
}

const TABLES: &str = "CREATE TABLE col (id, crt, ver, conf, models, decks);
    CREATE TABLE notes (id, guid, mid, tags, flds); CREATE TABLE cards (nid, ord, did, odid);";

/// A package of one note, with this model and these fields.
fn package(version: i64, models: &str, fields: &str) -> Vec<u8> {
    let sql = format!(
        "{TABLES} INSERT INTO col VALUES (1, 0, {version}, '{{}}', '{models}', '{{\"1\":{{\"name\":\"D\"}}}}');
         INSERT INTO notes VALUES (1, 'g', 7, ' t ', '{fields}'); INSERT INTO cards VALUES (1, 0, 1, 0);"
    );
    zipped(&[("collection.anki2", &collection(&sql)), ("../../evil", b"x"), ("media", b"{}")])
}

const MODEL: &str = r#"{"7":{"name":"M","type":0,"flds":[{"name":"F","ord":0},{"name":"B","ord":1}],
    "tmpls":[{"ord":0,"qfmt":"{{F}}","afmt":"{{FrontSide}}{{B}}"}]}}"#;

#[test]
fn a_bad_package_is_refused_by_what_is_wrong_and_changes_nothing() {
    let good = package(11, MODEL, "front\u{1f}back");
    let mut damaged = collection(TABLES);
    damaged[100..200].fill(0xff);
    for (name, bytes, told) in [
        ("truncated", good[..good.len() / 2].to_vec(), "broken"),
        ("empty", zipped(&[("collection.anki2", b"")]), "cannot be read"),
        ("garbage", zipped(&[("collection.anki2", &[7; 5000])]), "cannot be read"),
        ("damaged", zipped(&[("collection.anki2", &damaged)]), "cannot be read"),
        ("tables", zipped(&[("collection.anki2", &collection("CREATE TABLE x (y)"))]), "no such table"),
        ("zstd", zipped(&[("collection.anki21b", b"not zstd at all")]), "broken"),
        ("future", package(99, MODEL, "a\u{1f}b"), "cannot be read"),
        ("other", zipped(&[("readme.txt", b"x")]), "a zip file"),
    ] {
        let matura = Matura::with_bank(&facts(1));
        let before = std::fs::read(matura.collection()).unwrap();
        let file = matura.file(&format!("{name}.apkg"), &bytes);
        let ran = matura.run(&["import", file.to_str().unwrap()]);
        assert!(
            ran.status == 1 && ran.err.contains(told) && ran.err.contains("hint: "),
            "{name}: {}",
            ran.err
        );
        assert!(!ran.err.contains("panicked") && !ran.err.contains("defect"), "{name}: {}", ran.err);
        assert_eq!(std::fs::read(matura.collection()).unwrap(), before, "{name}");
    }
}

#[test]
fn what_is_missing_in_a_package_is_named_and_the_rest_is_taken() {
    let matura = Matura::new();
    for (models, fields, added) in [
        (MODEL, "front <b>x</b>\u{1f}back", 1),
        (MODEL, "front", 0),
        ("{}", "front\u{1f}back", 0),
        ("not json", "front\u{1f}back", 0),
        (r#"{"7":{"name":"M","flds":[],"tmpls":[]}}"#, "front\u{1f}back", 0),
        (
            r#"{"7":{"name":"matura Basic","type":0,"flds":[{"name":"Data","ord":0}],"tmpls":[]}}"#,
            "{\"x\":1}",
            0,
        ),
    ] {
        let matura = Matura::new();
        let file = matura.file("p.apkg", package(11, models, fields));
        let report = matura.json(&["import", file.to_str().unwrap()])["files"][0].clone();
        assert_eq!(report["added"], added, "{models} {fields}: {report}");
        assert_eq!(report["warnings"].as_array().unwrap().len(), usize::from(added == 0), "{report}");
    }
    assert!(!matura.path("../../evil").exists());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn any_damage_to_a_package_is_read_or_refused(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
        let mut bytes = package(11, MODEL, "front\u{1f}back");
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % (length / 4));
        drop(matura::anki::package::read(&bytes, true));
        let sql = format!("{TABLES} INSERT INTO col VALUES (1, 0, 11, '{{}}', '{MODEL}', '{{}}');");
        let mut inner = collection(&sql);
        let length = inner.len();
        inner[at % length] = byte;
        drop(matura::anki::package::read(&zipped(&[("collection.anki2", &inner)]), true));
    }
}
