//! Any file that is taken for a package of Anki's: read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matura::anki::package::{Package, is_package};
use matura::bank::Reading;

fuzz_target!(|bytes: &[u8]| {
    if is_package(bytes) {
        read(bytes.to_vec());
    }
});

fn read(bytes: Vec<u8>) {
    let Ok(mut package) = Package::open(bytes) else { return };
    drop(package.notes(&mut Reading::default()));
    drop(package.past());
    drop(package.media().each(|_, _| Ok(())));
}
