//! The fuzzer's seeds and their neighbours, without the fuzzer: read or refused.

use std::path::{Path, PathBuf};

use crate::builder::{Matura, facts, root};

#[path = "../../fuzz/src/targets.rs"]
#[allow(unreachable_pub, reason = "it is the fuzzer's")]
mod targets;

/// The seeds of a target.
fn seeds(name: &str) -> Vec<PathBuf> {
    let folder =
        if name == "bank" { Path::new("tests/banks").to_owned() } else { Path::new("fuzz/seeds").join(name) };
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Bytes that differ in a few places, or end early.
fn neighbour(seed: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..random.usize(1..6) {
        if bytes.is_empty() {
            break;
        }
        let at = random.usize(0..bytes.len());
        match random.u8(0..6) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, random.u8(..)),
            2 => {
                let end = (at + random.usize(1..20)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = random.usize(0..bytes.len());
                bytes.splice(to..to, part);
            }
            3 => drop(bytes.remove(at)),
            _ => bytes[at] = random.u8(..),
        }
    }
    bytes
}

#[test]
fn what_the_fuzzer_begins_with_and_its_neighbours_are_read_or_refused() {
    let more = std::env::var("MATURA_KILLS").map_or(1, |kills| kills.parse::<usize>().unwrap() / 10);
    for (name, target) in targets::ALL {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name}");
        let mut random = fastrand::Rng::with_seed(11);
        // those that work on files are slow
        let neighbours = more * if name == "sync_file" { 30 } else { 600 / seeds.len() };
        for seed in seeds {
            let bytes = std::fs::read(&seed).unwrap();
            target(&bytes);
            for _ in 0..neighbours {
                target(&neighbour(&bytes, &mut random));
            }
        }
    }
}

#[test]
fn the_seeds_of_other_devices_are_of_this_schema_and_are_taken_in() {
    for seed in seeds("sync_file") {
        let matura = Matura::with_bank(&facts(1));
        let merged = matura.json(&["merge", seed.to_str().unwrap()]);
        assert!(merged["reviews"].as_u64() > Some(0), "{}: {merged}", seed.display());
    }
}
