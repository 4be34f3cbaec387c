//! Folders of banks with a manifest that says what a good importer makes of each: `tests/banks`, and any other named by
//! `MATURA_BANKS`. `tests/run --banks FOLDER` prints the table.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::builder::{Matura, root};

/// What was made of a bank.
struct Found {
    items: Option<i64>,
    rejected: Option<i64>,
    kinds: String,
    said: String,
}

fn found(file: &Path) -> Found {
    let matura = Matura::new();
    let ran = matura.run(&["import", file.to_str().unwrap(), "--skip-bad-rows", "--dry-run", "--json"]);
    let report = ran.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if ran.status != 0 {
        let error = &report["error"];
        return Found {
            items: None,
            rejected: None,
            kinds: String::new(),
            said: format!("refused: {}; {}", text(&error["message"]), text(&error["hint"])),
        };
    }
    let report = &report["files"][0];
    let count = |name: &str| report[name].as_i64().unwrap();
    let copy = matura.file(file.file_name().unwrap().to_str().unwrap(), std::fs::read(file).unwrap());
    matura.json(&["import", copy.to_str().unwrap(), "--skip-bad-rows"]);
    let notes = matura.json(&["list"]);
    let kinds: BTreeSet<String> = notes.as_array().unwrap().iter().map(|note| text(&note["kind"])).collect();
    Found {
        items: Some(count("read") - count("rejected")),
        rejected: Some(count("rejected")),
        kinds: kinds.into_iter().collect::<Vec<_>>().join(" "),
        said: report["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| format!("line {}", problem["line"]))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .take(6)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Prints what was expected and what was found for each file, and gives those that differ.
fn compare(folder: &Path) -> Vec<String> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut lines = manifest.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut differing = Vec::new();
    println!("{:44} {:>9} {:>9} {:>9}  conclusion", "file", "expected", "found", "rejected");
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            names
                .iter()
                .position(|held| *held == name)
                .and_then(|place| cells.get(place))
                .copied()
                .unwrap_or_default()
        };
        let found = found(&folder.join(cell("file")));
        let expected = cell("expected_items").parse::<i64>().ok();
        let conclusion = cell("what_a_good_importer_concludes");
        let is_refused = found.items.is_none();
        let agrees = match conclusion.strip_prefix("refused: ") {
            Some(reason) => is_refused && found.said.contains(reason),
            None => found.items.or(Some(0)) == expected,
        };
        let agrees = agrees
            && cell("expected_rejected")
                .parse::<i64>()
                .ok()
                .is_none_or(|rejected| found.rejected == Some(rejected))
            && (cell("expected_kinds").is_empty() || cell("expected_kinds") == found.kinds);
        let number = |number: Option<i64>| number.map_or("refused".to_owned(), |number| number.to_string());
        let said: String = found.said.chars().take(150).collect();
        println!(
            "{:44} {:>9} {:>9} {:>9}  {} {said}",
            cell("file"),
            cell("expected_items"),
            number(found.items),
            number(found.rejected),
            if agrees { "=" } else { "DIFFERS:" }
        );
        if !agrees {
            differing.push(format!("{}: {} {}", cell("file"), number(found.items), found.said));
        }
    }
    differing
}

#[test]
fn every_bank_of_the_manifest_is_what_it_says() {
    assert_eq!(compare(&root().join("tests/banks")), Vec::<String>::new());
}

/// For a folder of real banks: the table is what one wants, and differences are judged by eye.
#[test]
#[ignore = "wants a folder: tests/run --banks FOLDER"]
fn a_folder_of_banks_is_compared_with_its_manifest() {
    let folder = PathBuf::from(
        std::env::var("MATURA_BANKS").expect("MATURA_BANKS names a folder with a manifest.tsv"),
    );
    let differing = compare(&folder);
    println!("{} differ", differing.len());
}
