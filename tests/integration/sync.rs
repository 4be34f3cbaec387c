//! Several devices over a folder that a file synchroniser carries.

use std::path::PathBuf;

use serde_json::Value;

use crate::builder::{Matura, facts};

/// A folder that is the same on all devices.
struct Shared(tempfile::TempDir);

impl Shared {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn sync(&self, matura: &Matura) -> Value {
        matura.json(&["sync", self.0.path().to_str().unwrap()])
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

#[test]
fn three_devices_come_to_the_same_and_then_nothing_is_written_any_more() {
    let shared = Shared::new();
    let mut one = Matura::with_bank(&facts(6));
    shared.sync(&one);
    // a new device begins with what the others have
    let mut two = Matura::new();
    let mut three = Matura::new();
    assert_eq!(shared.sync(&two)["taken"][0]["notes_added"], 6);
    shared.sync(&three);
    one.now("2026-11-24T08:00:00Z").json(&["answer", "1", "--grade", "4"]);
    two.now("2026-11-24T09:00:00Z").json(&["answer", "2", "--grade", "1"]);
    two.json(&["config", "new_per_day", "7"]);
    three.now("2026-11-24T10:00:00Z").json(&["edit", "3", "--answer", "new", "--deck", "Other"]);
    three.json(&["remove", "4"]);
    for device in [&one, &two, &three, &one, &two] {
        shared.sync(device);
    }
    one.now("2026-11-24T12:00:00Z");
    two.now("2026-11-24T12:00:00Z");
    three.now("2026-11-24T12:00:00Z");
    let list = one.json(&["list"]);
    for device in [&two, &three] {
        assert_eq!(device.json(&["list"]), list);
        assert_eq!(device.json(&["config", "new_per_day"])["new_per_day"], 7);
        assert_eq!(device.check()["reviews"], 2);
    }
    shared.sync(&three);
    let before: Vec<Vec<u8>> = shared.files().iter().map(|file| std::fs::read(file).unwrap()).collect();
    assert_eq!(before.len(), 3, "a file for each device and nothing else");
    for device in [&one, &two, &three] {
        shared.sync(device);
    }
    for device in [&one, &two, &three] {
        let synced = shared.sync(device);
        assert_eq!((&synced["written"], &synced["known"]), (&false.into(), &2.into()), "{synced}");
    }
    let after: Vec<Vec<u8>> = shared.files().iter().map(|file| std::fs::read(file).unwrap()).collect();
    assert!(before == after, "a state that all have is not written again");
}

#[test]
fn a_collection_that_was_copied_or_brought_back_gets_a_file_of_its_own() {
    let shared = Shared::new();
    let one = Matura::with_bank(&facts(3));
    let first = shared.sync(&one)["file"].clone();
    let copied = Matura::new();
    std::fs::copy(one.collection(), copied.collection()).unwrap();
    one.json(&["answer", "1", "--grade", "4"]);
    assert_eq!(shared.sync(&one)["file"], first);
    copied.json(&["answer", "2", "--grade", "4"]);
    let second = shared.sync(&copied)["file"].clone();
    assert_ne!(second, first);
    assert_eq!(copied.check()["reviews"], 2);
    // what a backup has not any more comes back from the others
    let backup = one.json(&["backup"])["file"].as_str().unwrap().to_owned();
    one.json(&["answer", "3", "--grade", "4"]);
    shared.sync(&one);
    one.json(&["restore", &backup]);
    assert_eq!(one.check()["reviews"], 1);
    let third = shared.sync(&one)["file"].clone();
    assert!(third != first && third != second);
    assert_eq!(one.check()["reviews"], 3);
}

#[test]
fn whoever_brings_the_file_of_another_device_back_does_not_write_under_its_name() {
    let shared = Shared::new();
    let (one, two) = (Matura::with_bank(&facts(3)), Matura::new());
    let first = shared.sync(&one)["file"].as_str().unwrap().to_owned();
    for target in [&two, &Matura::with_bank(&facts(1))] {
        assert_eq!(target.json(&["restore", &first])["synced"], false);
        assert_ne!(shared.sync(target)["file"], first);
    }
    let restored = two.json(&["restore", two.json(&["backup"])["file"].as_str().unwrap()]);
    assert_eq!(restored["synced"], true, "the next sync brings back what was left");
}

#[test]
fn a_file_that_cannot_be_taken_in_is_named_and_keeps_nobody_from_the_rest() {
    let shared = Shared::new();
    let (one, two) = (Matura::with_bank(&facts(3)), Matura::new());
    shared.sync(&one);
    let folder = shared.0.path();
    let own = shared.files()[0].clone();
    let bytes = std::fs::read(&own).unwrap();
    std::fs::write(folder.join("matura-broken.db"), &bytes[..bytes.len() / 2]).unwrap();
    std::fs::write(folder.join("matura-text.db"), "a text that is long enough to be looked at as a database")
        .unwrap();
    std::fs::write(folder.join("notes.txt"), "mine").unwrap();
    // the copy that a synchroniser keeps of a file of which it had two versions
    std::fs::write(folder.join("matura-x (conflicted copy).db"), &bytes).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.join("matura-link.db")).unwrap();
    let ran = two.run(&["sync", folder.to_str().unwrap()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("matura-broken.db") && ran.err.contains("matura-text.db"), "{}", ran.err);
    assert!(!ran.err.contains("matura-link"), "{}", ran.err);
    assert_eq!(two.check()["notes"], 3);
    assert_eq!(std::fs::read(folder.join("notes.txt")).unwrap(), b"mine");
    assert_eq!(shared.sync(&two)["problems"].as_array().unwrap().len(), 2);
    assert!(shared.files().iter().all(|file| !file.to_str().unwrap().contains("-wal")));
}

#[test]
fn a_folder_that_is_not_there_and_one_that_holds_the_collection_are_refused() {
    let matura = Matura::with_bank(&facts(1));
    let ran = matura.run(&["sync", matura.path("none").to_str().unwrap()]);
    assert!(ran.status == 1 && ran.err.contains("there is no folder"), "{}", ran.err);
    let ran = matura.run(&["sync", matura.path("").to_str().unwrap()]);
    assert!(ran.status == 2 && ran.err.contains("the collection itself is in"), "{}", ran.err);
}

#[test]
fn a_deck_that_has_its_name_again_keeps_it_and_limits_of_one_that_is_gone_are_in_nobodys_way() {
    let (mut one, mut other) = (Matura::new(), Matura::new());
    let folder = one.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let folder = folder.to_str().unwrap();
    one.json(&["add", "asks", "says", "--deck", "D0"]);
    one.json(&["config", "--deck", "D0", "new_per_day", "12"]);
    one.json(&["sync", folder]);
    other.json(&["sync", folder]);
    one.json(&["decks", "rename", "D0", "d0"]);
    one.json(&["sync", folder]);
    one.json(&["undo"]);
    one.json(&["sync", folder]);
    other.json(&["sync", folder]);
    for device in [&one, &other] {
        assert_eq!(device.json(&["decks"])[0]["deck"], "D0");
    }
    other.now("2026-11-23T10:00:00Z").json(&["config", "--deck", "D0", "new_per_day", "13"]);
    other.json(&["sync", folder]);
    one.now("2026-11-23T11:00:00Z").json(&["decks", "rename", "D0", "Z"]);
    one.json(&["sync", folder]);
    one.check();
    // a new deck of that name has no limit that nobody gave it
    one.json(&["add", "asks more", "says more", "--deck", "D0"]);
    assert_eq!(one.json(&["config", "--deck", "D0"])["new_per_day"], serde_json::Value::Null);
    one.json(&["undo"]);
    one.json(&["decks", "rename", "Z", "D0"]);
    one.json(&["sync", folder]);
    other.json(&["sync", folder]);
    one.check();
    other.check();
}
