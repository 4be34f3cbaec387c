//! Devices that are kept alike, merged and brought back to earlier states, in any order.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use matura::Collection;
use rusqlite::{Connection, OpenFlags};

use crate::learner::{Time, step};
use crate::merge::{SAYS, open, same};

/// Every row of the log in a file, and all that notes say there or said.
fn rows(path: &Path) -> BTreeSet<String> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = format!(
        "SELECT hex(id) FROM log UNION ALL SELECT guid || says FROM note_version
            UNION ALL SELECT guid || {SAYS} FROM note AS n WHERE withdrawn = 0"
    );
    let mut statement = connection.prepare(&sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn backups(device: &Path) -> Vec<PathBuf> {
    let folder = device.with_extension("db.backups");
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn whatever_is_brought_back_all_that_was_there_is_in_a_collection_or_a_backup_and_devices_still_agree() {
    let rounds = std::env::var("PROPTEST_CASES").map_or(12, |cases| cases.parse::<u64>().unwrap() / 40);
    for seed in 0..rounds {
        let mut random = fastrand::Rng::with_seed(seed);
        let folder = tempfile::tempdir().unwrap();
        let shared = folder.path().join("shared");
        std::fs::create_dir(&shared).unwrap();
        let time = Time::morning();
        let devices: Vec<PathBuf> = ["a", "b", "c"]
            .map(|name| {
                let own = folder.path().join(name);
                std::fs::create_dir(&own).unwrap();
                own.join("c.db")
            })
            .into();
        let mut known: Vec<BTreeSet<String>> = vec![BTreeSet::new(); 3];
        for turn in 0..40 {
            let place = random.usize(0..3);
            let device = &devices[place];
            // what is young is not thinned
            time.0.fetch_add(1000, Ordering::Relaxed);
            let mut collection = open(device, &time);
            let did = match random.u8(0..10) {
                0..5 => {
                    step(&mut collection, &time, &mut random);
                    "step"
                }
                5 | 6 => {
                    let synced = collection.sync(&shared).unwrap();
                    assert_eq!(synced.problems, [], "seed {seed}, turn {turn}");
                    "sync"
                }
                7 => {
                    collection.back_up(None, false).unwrap();
                    "backup"
                }
                8 => {
                    let other = &devices[random.usize(0..3)];
                    if other != device && other.exists() {
                        collection.merge(other).unwrap();
                    }
                    "merge"
                }
                _ => {
                    drop(collection);
                    let there = backups(device);
                    if !there.is_empty() {
                        let backup = &there[random.usize(0..there.len())];
                        Collection::restore(device, backup, &time).unwrap();
                    }
                    collection = open(device, &time);
                    "restore"
                }
            };
            drop(collection);
            known[place].extend(rows(device));
            let kept: BTreeSet<String> =
                backups(device).iter().chain([device]).flat_map(|file| rows(file)).collect();
            let lost: Vec<&String> = known[place].difference(&kept).collect();
            assert!(lost.is_empty(), "seed {seed}, turn {turn}, {did}: {lost:?}");
        }
        let there: Vec<&PathBuf> = devices.iter().filter(|device| device.exists()).collect();
        let all: BTreeSet<String> = there.iter().flat_map(|device| rows(device)).collect();
        for device in there.iter().chain(&there).chain(&there) {
            let mut collection = open(device, &time);
            collection.sync(&shared).unwrap();
            assert_eq!(collection.check().unwrap().problems, [""; 0], "seed {seed}");
        }
        for device in &there {
            let lost: Vec<String> = all.difference(&rows(device)).cloned().collect();
            assert!(lost.is_empty(), "seed {seed}: {lost:?}");
            same(there[0], device, &format!("seed {seed}"));
        }
    }
}
