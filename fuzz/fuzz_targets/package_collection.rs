//! Any SQLite file as the collection in a package, of the old form or the new one by the first byte.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use matura::anki::package::Package;
use matura::bank::Reading;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fuzz_target!(|bytes: &[u8]| {
    let Some((form, collection)) = bytes.split_first() else { return };
    let package = if form % 2 == 0 {
        zipped("collection.anki2", collection)
    } else {
        zipped("collection.anki21b", &compress_to_vec(collection, CompressionLevel::Uncompressed))
    };
    let Ok(mut package) = Package::open(package) else { return };
    drop(package.notes(&mut Reading::default()));
    drop(package.past());
});

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file(name, options).expect("a file in a zip in memory");
    zip.write_all(bytes).expect("memory takes it");
    zip.finish().expect("memory takes it").into_inner()
}
