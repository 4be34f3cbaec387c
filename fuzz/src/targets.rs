//! What is fuzzed: each takes any bytes, and reads them or refuses them.

use std::cell::RefCell;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use matura::anki::package::{Package, is_package};
use matura::bank::native::{compose, form};
use matura::bank::{Options, Reading};
use matura::clock::SystemClock;
use matura::collection::{BankFile, Banks, FORMATS, ImportOptions};
use matura::model::Cloze;
use matura::query::parse;
use matura::{Collection, bank, html};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Takes any bytes.
type Target = fn(&[u8]);

/// All of them, by the names of their seeds.
pub const ALL: [(&str, Target); 8] = [
    ("bank", bank_file),
    ("query", query),
    ("cloze", cloze),
    ("markup", markup),
    ("note_form", note_form),
    ("package", package),
    ("package_collection", package_collection),
    ("sync_file", sync_file),
];

/// Any file as a bank, under a name with the ending that its length gives, by its looks and by each format.
pub fn bank_file(bytes: &[u8]) {
    const ENDINGS: [&str; 8] = ["csv", "tsv", "txt", "gift", "xml", "md", "xlsx", "json"];
    let name = format!("bank.{}", ENDINGS[bytes.len() % ENDINGS.len()]);
    let format = FORMATS.get(bytes.len() / ENDINGS.len() % FORMATS.len());
    for format in [None, format.map(|format| format.name().to_owned())] {
        let options = Options { format, ..Options::default() };
        let Ok(bank) = bank::open(&name, bytes.to_vec(), &options, &FORMATS) else { continue };
        let mut reading = Reading::default();
        if bank.read(&options, &mut reading).is_ok() {
            drop(bank.rejected(&options, &reading.rejected));
        }
    }
}

/// Any text as a query, and what it finds.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(query) = parse(text) else { return };
    thread_local! {
        static EMPTY: RefCell<Collection> = RefCell::new(
            Collection::look("/there is no such file".as_ref(), Box::new(SystemClock)).expect("memory"),
        );
    }
    EMPTY.with_borrow_mut(|collection| drop(collection.list(&query)));
}

/// Any text with marks of clozes.
pub fn cloze(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(cloze) = Cloze::parse(text) else { return };
    for number in cloze.numbers() {
        drop((cloze.question(number), cloze.answer(number), cloze.hidden(number)));
    }
}

/// Any text as HTML: what people see of it, and what goes to Anki.
pub fn markup(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let shown = html::to_text(text);
    drop((html::to_text(&html::from_text(&shown)), html::defuse(text), html::images(text)));
}

/// Any text as a note in an editor.
pub fn note_form(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(cells) = form::read(text) {
        drop(compose(&cells));
    }
}

/// Any file that is taken for a package of Anki's.
pub fn package(bytes: &[u8]) {
    if is_package(bytes) {
        read_package(bytes.to_vec());
    }
}

/// Any SQLite file as the collection in a package, of the old form or the new one by the first byte.
pub fn package_collection(bytes: &[u8]) {
    let Some((form, collection)) = bytes.split_first() else { return };
    read_package(if form % 2 == 0 {
        zipped("collection.anki2", collection)
    } else {
        zipped("collection.anki21b", &compress_to_vec(collection, CompressionLevel::Uncompressed))
    });
}

fn read_package(bytes: Vec<u8>) {
    let Ok(mut package) = Package::open(bytes) else { return };
    drop(package.notes(&mut Reading::default()));
    drop(package.past());
    drop(package.media().each(|_, _| Ok(())));
}

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file(name, options).expect("a file in a zip in memory");
    zip.write_all(bytes).expect("memory takes it");
    zip.finish().expect("memory takes it").into_inner()
}

/// Any file of another device in a folder that is kept alike. Whatever it is, the collection here is sound afterwards and lacks
/// nothing.
pub fn sync_file(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own.db");
    std::fs::write(&own, &*OWN).expect("a file");
    let shared = folder.path().join("shared");
    std::fs::create_dir(&shared).expect("a folder");
    std::fs::write(shared.join("matura-other.db"), bytes).expect("a file");
    let mut collection = Collection::open(&own, Box::new(SystemClock)).expect("a collection");
    drop(collection.sync(&shared));
    let report = collection.check().expect("a report");
    assert!(report.ok && report.notes + u32::from(removes(&mut collection)) >= 1, "{report:?}");
}

/// Whether the other device removed notes: that is its right.
fn removes(collection: &mut Collection) -> bool {
    collection.removed().is_ok_and(|removed| !removed.is_empty())
}

/// A collection of one note.
static OWN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.db");
    let mut collection = Collection::open(&path, Box::new(SystemClock)).expect("a collection");
    let bank = BankFile { name: "bank.csv".to_owned(), bytes: b"prompt,answer\nq,a\n".to_vec() };
    let banks = Banks::read(vec![bank], &ImportOptions::default()).expect("a bank");
    collection.import(banks).expect("notes");
    drop(collection);
    std::fs::read(&path).expect("the file")
});
