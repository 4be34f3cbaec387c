//! Pages of the file that are lost, as a bad disk leaves them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::builder::{Matura, facts};

const PAGE: usize = 4096;

/// A collection of some pages, all of them in its one file.
fn learner() -> (Matura, Vec<u8>) {
    let matura = Matura::with_bank(&facts(300));
    for card in 1..=30 {
        matura.json(&["answer", &card.to_string(), "--grade", "4"]);
    }
    matura.json(&["edit", "7", "--answer", "mine"]);
    rusqlite::Connection::open(matura.collection())
        .unwrap()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    let bytes = std::fs::read(matura.collection()).unwrap();
    (matura, bytes)
}

/// Puts the file back without what one of its pages holds.
fn lose(matura: &Matura, bytes: &[u8], page: usize) {
    spoil(matura, bytes, |bytes| bytes[page * PAGE..(page + 1) * PAGE].fill(0));
}

/// Puts the file back with something changed in it.
fn spoil(matura: &Matura, bytes: &[u8], change: impl FnOnce(&mut [u8])) {
    let mut bytes = bytes.to_vec();
    change(&mut bytes);
    for ending in ["-wal", "-shm"] {
        drop(std::fs::remove_file(matura.path(&format!("collection.db{ending}"))));
    }
    std::fs::write(matura.collection(), bytes).unwrap();
}

/// What notes say and when they are due, whatever their numbers.
fn known(matura: &Matura) -> BTreeSet<String> {
    let list = matura.json(&["list"]);
    let notes = list.as_array().unwrap().iter().map(|note| {
        let card = &note["cards"][0];
        let parts = [&note["guid"], &note["prompt"], &card["due"], &card["repetitions"], &card["ease"]];
        parts.map(Value::to_string).join(" ")
    });
    notes.collect()
}

#[test]
fn whatever_page_is_lost_a_repair_or_a_restore_brings_everything_back_from_the_rest_and_a_backup() {
    let (matura, bytes) = learner();
    let before = known(&matura);
    let backup = matura.json(&["backup"])["file"].as_str().unwrap().to_owned();
    let pages = bytes.len() / PAGE;
    let mut repaired = 0;
    for page in (1..pages).step_by(if cfg!(debug_assertions) { 3 } else { 1 }) {
        lose(&matura, &bytes, page);
        let found = matura.run(&["check"]);
        if found.status == 0 {
            // nothing was on it any more
            assert_eq!(known(&matura), before, "page {page}");
            continue;
        }
        assert!(found.err.contains("damaged"), "page {page}: {}", found.err);
        let ran = matura.run(&["check", "--repair"]);
        if ran.status == 0 {
            repaired += 1;
        } else {
            // the page says what tables there are
            assert!(ran.err.contains("matura restore"), "page {page}: {}", ran.err);
            matura.json(&["restore", &backup]);
        }
        assert_eq!(known(&matura), before, "page {page}: {}", ran.out);
        assert_eq!(matura.check()["reviews"], 30, "page {page}");
        // and it goes on from there
        let card = matura.cards()[200]["card"].to_string();
        matura.json(&["answer", &card, "--grade", "4"]);
        matura.json(&["undo"]);
    }
    assert!(repaired > pages / 6, "{repaired} of {pages}");
}

#[test]
fn without_a_backup_all_is_there_that_was_on_other_pages_and_what_is_lost_is_told() {
    let (matura, bytes) = learner();
    let before = known(&matura);
    // the first page with texts of notes, and no other
    let is_of_notes = |page: &[u8]| page.windows(12).filter(|part| part == b"question 100").count() > 0;
    let page = (1..bytes.len() / PAGE).find(|page| {
        let page = &bytes[page * PAGE..(page + 1) * PAGE];
        page[0] == 13 && is_of_notes(page)
    });
    drop(std::fs::remove_dir_all(matura.path("collection.db.backups")));
    lose(&matura, &bytes, page.unwrap());
    let repaired = matura.json(&["check", "--repair"]);
    let changed = repaired["changed"].to_string();
    assert!(changed.contains("of the table note could not be read"), "{changed}");
    assert!(changed.contains("there is no sound backup"), "{changed}");
    let after = known(&matura);
    assert!(after.is_subset(&before) && after.len() > 250 && after.len() < 300, "{}", after.len());
    assert_eq!(matura.check()["reviews"], 30, "the log is on other pages");
    // what was lost comes back with the bank, and what was answered with it
    assert_eq!(matura.import(&facts(300))["added"], 300 - after.len());
    assert_eq!(known(&matura), before);
}

#[test]
fn a_page_that_says_it_has_more_rows_than_it_has_is_read_to_its_end() {
    let (matura, bytes) = learner();
    let before = known(&matura);
    matura.json(&["backup"]);
    let leaves = (1..bytes.len() / PAGE).filter(|page| bytes[page * PAGE] == 13);
    let mut repaired = 0;
    for page in leaves.step_by(4) {
        // the count of its rows, with more behind them that are none
        spoil(&matura, &bytes, |bytes| bytes[page * PAGE + 4] = bytes[page * PAGE + 4].wrapping_add(9));
        if matura.run(&["check"]).status == 0 {
            continue;
        }
        let ran = matura.run(&["check", "--repair"]);
        if ran.status != 0 {
            assert!(ran.err.contains("matura restore"), "page {page}: {}", ran.err);
            continue;
        }
        repaired += 1;
        assert_eq!(known(&matura), before, "page {page}");
        assert_eq!(matura.check()["reviews"], 30, "page {page}");
    }
    assert!(repaired > 2, "{repaired}");
}
