//! Packages come from strangers: a bad one is refused and changes nothing.

use std::io::{Cursor, Write as _};

use matura::bank::Reading;
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
    CREATE TABLE notes (id, guid, mid, tags, flds);
    CREATE TABLE cards (id, nid, ord, did, odid, odue, type, queue, due, ivl, factor, lapses);
    CREATE TABLE revlog (id, cid, ease, time, type, ivl, factor);";
/// A card that was answered twice.
const CARD: &str = "INSERT INTO cards VALUES (9, 1, 0, 1, 0, 0, 2, -1, 30, 12, 2100, 1);
    INSERT INTO revlog VALUES (1700000000000, 9, 3, 5000, 1, 4, 2500), (1710000000000, 9, 1, 5000, 1, 12, 2100);";

/// What stands in a collection of one note.
fn sql(version: i64, models: &str, fields: &str) -> String {
    format!(
        "{TABLES} INSERT INTO col VALUES (1, 0, {version}, '{{}}', '{models}', '{{\"1\":{{\"name\":\"D\"}}}}');
         INSERT INTO notes VALUES (1, 'g', 7, ' t ', '{fields}'); {CARD}"
    )
}

/// A package of one note, with this model and these fields.
fn package(version: i64, models: &str, fields: &str) -> Vec<u8> {
    let collection = collection(&sql(version, models, fields));
    zipped(&[("collection.anki2", &collection), ("../../evil", b"x"), ("media", b"{}")])
}

/// A package of one note whose collection has more in it.
fn with(more: &str) -> Vec<u8> {
    let collection = collection(&format!("{}; {more}", sql(11, MODEL, "front\u{1f}back")));
    zipped(&[("collection.anki2", &collection), ("media", b"{}")])
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
        ("future", package(99, MODEL, "a\u{1f}b"), "schema version 99, matura knows 11 to 18"),
        ("other", zipped(&[("readme.txt", b"x")]), "no package of Anki's"),
        ("database", collection(TABLES), "a database and no package"),
        ("view", with("DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n)
            SELECT x AS id, 'g' AS guid, 7 AS mid, '' AS tags, 'a' AS flds FROM n"), "\"notes\" in it is nothing that Anki"),
        ("trigger", with("CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT 1; END"), "\"t\" in it is nothing"),
        ("index", with("CREATE INDEX i ON notes (length(flds))"), "\"i\" in it is nothing"),
        ("generated", with("CREATE TABLE g (x, y AS (zeroblob(100000000)))"), "\"g\" in it is nothing"),
        ("bomb", zipped(&[("collection.anki2", &vec![0; 200 << 20])]), "unpacked it is larger than"),
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

/// A package with images, whose list names the entries of the zip.
pub(crate) fn with_media(fields: &str, list: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let collection = collection(&sql(11, MODEL, fields));
    let first = [("collection.anki2", &collection[..]), ("media", list.as_bytes())];
    zipped(&[&first[..], files].concat())
}

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n one";
const OTHER: &[u8] = b"\x89PNG\r\n\x1a\n two";

/// The files in the folder beside the collection, by their content.
fn media(matura: &Matura) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(matura.collection().with_extension("media")) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())
        })
        .collect();
    files.sort_by(|one, other| one.1.cmp(&other.1));
    files
}

#[test]
fn only_images_that_notes_name_come_in_and_no_name_becomes_a_path() {
    let matura = Matura::new();
    let list = r#"{"0":"a b.png","1":"unused.png","2":"../../up.png","3":"script.png","4":"gone.png"}"#;
    let fields =
        "<img src=\"a%20b.png\"> <img src=../../up.png> <img src=gone.png>\u{1f}<img src=script.png>";
    let files: [(&str, &[u8]); 4] = [("0", PNG), ("1", OTHER), ("2", OTHER), ("3", b"#!/bin/sh\n")];
    let file = matura.file("p.apkg", with_media(fields, list, &files));
    let plan = matura.json(&["import", "--dry-run", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&plan["media"], media(&matura).len()), (&2.into(), 0), "a dry run writes nothing");
    let report = matura.json(&["import", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!(report["media"], 2, "{report}");
    assert!(report["warnings"].to_string().contains("not in the package"), "{report}");
    let found = media(&matura);
    assert_eq!(found.iter().map(|(_, bytes)| bytes.as_slice()).collect::<Vec<_>>(), [b"#!/bin/sh\n", PNG]);
    let is_digest = |name: &str| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(is_digest(&found[0].0), "what is no image gets no ending: {}", found[0].0);
    assert!(found[1].0.strip_suffix(".png").is_some_and(is_digest), "{}", found[1].0);
    assert!(!matura.path("../../up.png").exists() && !matura.path("../up.png").exists());
    let again = matura.json(&["import", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&again["media"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
    // and what was lost is there again
    std::fs::remove_dir_all(matura.collection().with_extension("media")).unwrap();
    matura.json(&["import", file.to_str().unwrap()]);
    assert_eq!(media(&matura), found);
}

#[test]
fn another_image_of_the_same_name_gets_a_name_of_its_own() {
    let matura = Matura::new();
    let list = r#"{"0":"a.png"}"#;
    let one = matura.file("one.apkg", with_media("<img src=a.png> 1\u{1f}x", list, &[("0", PNG)]));
    let two = with_media("<img src=a.png> 2\u{1f}x", list, &[("0", OTHER)]);
    let two = matura.file("two.apkg", two);
    matura.json(&["import", one.to_str().unwrap()]);
    let report = matura.json(&["import", two.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&report["media"], &report["updated"]), (&1.into(), &1.into()), "{report}");
    let prompt = matura.json(&["list"])[0]["prompt"].as_str().unwrap().to_owned();
    assert!(prompt.starts_with("[image: a-") && prompt.ends_with(".png] 2"), "{prompt}");
    assert_eq!(media(&matura).len(), 2);
    let again = matura.json(&["import", two.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&again["media"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_image_of_a_package_is_opened_and_what_is_none_is_not() {
    let matura = Matura::new();
    let list = r#"{"0":"a.png","1":"b.png"}"#;
    let fields = "<img src=\"a.png\">\u{1f}<img src=b.png>";
    let file = matura.file("p.apkg", with_media(fields, list, &[("0", PNG), ("1", b"#!/bin/sh\n")]));
    matura.json(&["import", file.to_str().unwrap()]);
    let (ran, opened) = matura.run_with_opener(&["review"], "o\n\no\n3\n", 2);
    assert!(ran.out.contains("opened: a.png") && ran.out.contains("no image and no sound"), "{}", ran.out);
    assert_eq!(opened.len(), 2);
    assert!(
        opened.iter().all(|path| std::fs::read(path).unwrap() == PNG && path.contains(".png")),
        "{opened:?}"
    );
}

#[test]
fn what_grows_without_end_when_it_is_unpacked_is_refused() {
    let zeros = vec![0; 300 << 20];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let inner = collection(&sql(11, MODEL, "<img src=a.png>\u{1f}x"));
    for (name, bytes) in
        [("collection.anki2", inner.as_slice()), ("media", br#"{"0":"a.png"}"#), ("0", &zeros)]
    {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 << 20);
    let matura = Matura::with_bank(&facts(1));
    let before = std::fs::read(matura.collection()).unwrap();
    let file = matura.file("bomb.apkg", &bytes);
    let ran = matura.run(&["import", file.to_str().unwrap()]);
    assert!(ran.status == 1 && ran.err.contains("larger than 256 MiB"), "{}", ran.err);
    assert_eq!(std::fs::read(matura.collection()).unwrap(), before);
    assert_eq!(media(&matura), []);
}

#[test]
fn a_million_files_that_no_note_names_cost_no_more_than_their_list() {
    let entries: Vec<String> = (0..20_000).map(|n| format!("\"{n}\":\"{n}.png\"")).collect();
    let list = format!("{{{}}}", entries.join(","));
    let names: Vec<String> = (0..20_000).map(|n| n.to_string()).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let matura = Matura::new();
    let file = matura.file("p.apkg", with_media("<img src=7.png>\u{1f}x", &list, &files));
    assert_eq!(matura.json(&["import", file.to_str().unwrap()])["files"][0]["media"], 1);
}

/// Reads all of a package, or as much of it as can be read.
fn read(bytes: &[u8]) {
    let Ok(mut package) = matura::anki::package::Package::open(bytes.to_vec()) else { return };
    drop(package.notes(&mut Reading::default()));
    drop(package.past());
    drop(package.media().each(|_, _| Ok(())));
}

#[test]
fn what_is_odd_in_a_row_is_left_out_or_taken_as_text_and_the_rest_comes_in() {
    let rows = "UPDATE notes SET tags = x'66ff6f', flds = 'front' || char(0, 27) || char(31) || 'back';
        INSERT INTO notes VALUES (2, 'g', 7, NULL, 'twin' || char(31) || 'b'), (3, 'a' || char(27), 7, '', 'c'),
            (4, 12.5, 7, 3, 'number' || char(31) || 4), (5, NULL, 7, '', 'd')";
    let matura = Matura::new();
    let file = matura.file("odd.apkg", with(rows));
    let report = matura.json(&["import", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&report["added"], &report["left"]), (&2.into(), &3.into()), "{report}");
    assert!(
        report["warnings"].to_string().contains("a guid that another note of the package has"),
        "{report}"
    );
    assert!(report["warnings"].to_string().contains("2 notes without a guid that Anki gives"), "{report}");
    // and the bank of it is complete
    let bank = matura.file("bank.csv", b"");
    matura.run(&["export", "-o", bank.to_str().unwrap()]);
    let again = Matura::new();
    assert_eq!(again.json(&["import", bank.to_str().unwrap()])["files"][0]["added"], 2);
}

#[test]
fn options_that_do_nothing_are_said_and_an_export_tells_what_anki_will_not_take() {
    let matura = Matura::with_bank("prompt,answer\nmine,x\n");
    let bank = matura.file("more.csv", "prompt,answer\nmore,x\n");
    let ran = matura.run(&["import", "--with-history", bank.to_str().unwrap()]);
    assert!(ran.status == 0 && ran.err.contains("no history in it"), "{}", ran.err);
    let file =
        matura.file("theirs.apkg", package(11, MODEL, "<img src=a.png>front\u{1f}<video src=v.mp4></video>"));
    let ran = matura.run(&["import", "--deck", "Other", file.to_str().unwrap()]);
    assert!(ran.status == 0 && ran.err.contains("--deck changes nothing"), "{}", ran.err);
    let out = matura.file("out.apkg", b"");
    let report = matura.json(&["export", "--to", "apkg", "-o", out.to_str().unwrap()]);
    let expected = serde_json::json!([3, 0, ["a.png", "v.mp4"], 1]);
    let told = ["notes", "media", "lacking", "from_anki"].map(|name| report[name].clone());
    assert_eq!(serde_json::json!(told), expected);
    let ran = matura.run(&["export", "--to", "apkg", "-o", out.to_str().unwrap()]);
    assert!(ran.err.contains("1 note came from Anki") && ran.err.contains("a.png, v.mp4"), "{}", ran.err);
    let ran = matura.run(&["export", "--to", "apkg", "--anki-language", "de", "-o", out.to_str().unwrap()]);
    assert!(ran.status == 2 && ran.err.contains("--to anki"), "{}", ran.err);
    // the mark and the schedule are the learner's own
    matura.run(&["mark", "1"]);
    matura.run(&["export", "--to", "apkg", "--no-schedule", "-o", out.to_str().unwrap()]);
    let other = Matura::new();
    other.json(&["import", out.to_str().unwrap()]);
    assert_eq!(other.json(&["list", "is:marked"]).as_array().map(Vec::len), Some(0));
}

#[test]
fn a_history_that_came_with_a_package_is_taken_back_with_it() {
    let matura = Matura::new();
    let file = matura.file("deck.apkg", package(11, MODEL, "front\u{1f}back"));
    let path = file.to_str().unwrap();
    matura.json(&["import", path]);
    let before = matura.cards();
    let report = matura.json(&["import", "--with-history", path])["files"][0].clone();
    assert!(report["reviews"].as_u64() > Some(0) && matura.cards() != before, "{report}");
    let undone = matura.json(&["undo"])["undone"].clone();
    assert_eq!((&undone["what"], undone["rows"].as_u64() > Some(0)), (&"import".into(), true));
    assert_eq!(matura.cards(), before);
    assert_eq!(matura.check()["reviews"], 0);
    let again = matura.json(&["import", "--with-history", path])["files"][0].clone();
    assert_eq!(again["reviews"], report["reviews"], "what was taken back comes again");
    assert_eq!(matura.check()["reviews"], report["reviews"]);
    let third = matura.json(&["import", "--with-history", path])["files"][0].clone();
    assert_eq!((&third["reviews"], &third["scheduled"]), (&0.into(), &0.into()));
}

#[test]
fn absurd_dates_and_eases_become_possible_ones() {
    for (due, crt) in [(i64::from(i32::MAX), 0), (i64::from(i32::MIN), 0), (1, i64::MAX), (1 << 40, 1 << 40)]
    {
        let matura = Matura::new();
        let rows = format!(
            "UPDATE cards SET due = {due}, queue = 2, factor = 9223372036854775807, lapses = 9223372036854775807;
             UPDATE col SET crt = {crt}; UPDATE revlog SET id = 9223372036854775807 WHERE id > 1700000000000"
        );
        let file = matura.file("absurd.apkg", with(&rows));
        let report = matura.json(&["import", "--with-history", file.to_str().unwrap()])["files"][0].clone();
        assert_eq!(report["reviews"], 1, "{report}");
        let card = matura.json(&["show", "1"])["cards"][0].clone();
        let year: i32 = card["due"].as_str().unwrap().split('-').next().unwrap().parse().unwrap();
        assert!((1900..2200).contains(&year), "{card}");
        assert_eq!((&card["ease"], &card["lapses"]), (&10_000.into(), &9_999.into()));
        assert_eq!(matura.json(&["check"])["problems"].as_array().unwrap().len(), 0);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn any_damage_to_a_package_is_read_or_refused(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
        let mut bytes = package(11, MODEL, "front\u{1f}back");
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % (length / 4));
        read(&bytes);
        let mut inner = collection(&sql(11, MODEL, "front\u{1f}back"));
        let length = inner.len();
        inner[at % length] = byte;
        read(&zipped(&[("collection.anki2", &inner)]));
    }
}
