//! The arrows between rooms go one way.

use std::path::{Path, PathBuf};

use crate::builder::root;

/// What each room may use beside itself, and beside what stands below all rooms.
const ARROWS: [(&str, &[&str]); 13] = [
    ("model", &[]),
    ("schedule", &["model"]),
    ("bank", &["model", "schedule"]),
    ("anki", &["model", "schedule", "bank"]),
    ("study", &["model", "schedule"]),
    ("query", &["model"]),
    ("report", &["model", "schedule"]),
    ("store", &["model", "schedule", "query"]),
    ("collection", &["model", "schedule", "bank", "anki", "study", "query", "report", "store", "clock"]),
    ("screen", &["model", "study"]),
    ("cli", &["model", "query", "report", "collection", "screen", "study", "clock"]),
    ("clock", &["model"]),
    ("html", &[]),
];
const BELOW_ALL: [&str; 4] = ["error", "text", "html", "files"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of every file of a room, without its tests.
fn code(room: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let folder = root().join("src").join(room);
    if folder.is_dir() {
        sources(&folder, &mut files);
    } else {
        files.push(folder.with_extension("rs"));
    }
    let without_tests = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let is_test = path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests");
        let code =
            if is_test { String::new() } else { text.split("#[cfg(test)]").next().unwrap().to_owned() };
        (path, code)
    };
    files.into_iter().map(without_tests).collect()
}

#[test]
fn no_room_uses_a_room_above_it() {
    let mut looked_at = 0;
    for (room, allowed) in ARROWS {
        for (path, code) in code(room) {
            for used in code.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                looked_at += 1;
                let is_allowed =
                    used == room || allowed.contains(&used.as_str()) || BELOW_ALL.contains(&used.as_str());
                assert!(is_allowed, "{} uses {used}", path.display());
            }
        }
    }
    assert!(looked_at > 100, "the test has lost sight of the code");
}

#[test]
fn every_room_is_on_the_plan() {
    let planned: Vec<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let room = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            planned.contains(&room) || BELOW_ALL.contains(&room) || ["main", "lib"].contains(&room),
            "{room}"
        );
    }
}

#[test]
fn sql_printing_and_the_clock_have_one_place_each() {
    for (words, rooms) in [
        (
            &["rusqlite::", "SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "PRAGMA"][..],
            &["store", "anki"][..],
        ),
        (&["io::stdout", "io::stderr", "println!"], &["cli", "screen"]),
        (&["Local::now", "Utc::now", "SystemTime", "Instant::now"], &["clock"]),
        (&["fs::"], &["files"]),
    ] {
        for (room, _) in ARROWS.iter().filter(|(room, _)| !rooms.contains(room)) {
            for (path, code) in code(room) {
                let found = words.iter().find(|word| code.contains(**word));
                assert!(found.is_none(), "{} has {found:?}", path.display());
            }
        }
    }
}

#[test]
fn operations_on_a_collection_never_call_each_other() {
    let shared = ["steps", "decks", "FORMATS"];
    for (path, code) in code("collection") {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.ends_with("collection/mod.rs") {
            continue;
        }
        // an operation of several files is a folder; within it they are one
        let is_folder = path.parent().unwrap().file_name().unwrap() != "collection";
        let rest = if is_folder { "use crate::collection::" } else { "use super::" };
        for used in code.split(rest).skip(1) {
            let used = used.split(';').next().unwrap();
            for word in used.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
            {
                let is_type = word.starts_with(char::is_uppercase);
                assert!(is_type || shared.contains(&word), "{name} uses {word}");
            }
        }
    }
}
