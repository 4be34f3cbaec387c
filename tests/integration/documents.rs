//! What the documents say is true.

use crate::builder::{Matura, root};

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|block| block.split("\n```").next().unwrap().to_owned() + "\n").collect()
}

#[test]
fn the_banks_in_the_readme_can_be_imported_as_they_stand() {
    let banks = blocks(&readme(), "csv");
    assert_eq!(banks.len(), 2);
    for bank in banks {
        let matura = Matura::new();
        let report = matura.import(&bank);
        assert_eq!(report["added"], report["read"], "{report}");
        assert_eq!(report["warnings"].as_array().unwrap().len(), 0, "{report}");
    }
}

#[test]
fn the_readme_has_a_worked_example_of_every_kind() {
    let matura = Matura::with_bank(&blocks(&readme(), "csv")[1]);
    let notes = matura.json(&["list"]);
    for kind in ["fact", "cloze", "choice", "blanks"] {
        assert!(notes.as_array().unwrap().iter().any(|note| note["kind"] == kind), "{kind}");
    }
}

#[test]
fn every_command_is_in_the_readme_and_in_the_man_page() {
    let matura = Matura::new();
    let help = matura.run(&["--help"]).out;
    let commands: Vec<&str> = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .lines()
        .map_while(|line| line.strip_prefix("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() > 12, "{commands:?}");
    let (readme, man) = (readme(), matura.run(&["man"]).out);
    for command in commands {
        assert!(readme.contains(&format!("matura {command}")), "README: {command}");
        assert!(man.contains(&format!("MATURA {}", command.to_uppercase())), "man page: {command}");
    }
}

#[test]
fn the_help_of_each_command_begins_with_what_the_list_of_commands_says_of_it() {
    let matura = Matura::new();
    let help = matura.run(&["--help"]).out;
    let commands =
        help.split("Commands:\n").nth(1).unwrap().lines().map_while(|line| line.strip_prefix("  "));
    let mut told = 0;
    for (command, about) in commands.filter_map(|line| line.trim().split_once("  ")) {
        if command != "help" {
            assert_eq!(matura.run(&[command, "--help"]).out.lines().next(), Some(about.trim()), "{command}");
            told += 1;
        }
    }
    assert!(told > 30, "{told}");
}

#[test]
fn every_setting_and_column_is_in_the_readme() {
    let readme = readme();
    let settings = Matura::new().json(&["config"]);
    for setting in settings.as_object().unwrap().keys() {
        assert!(readme.contains(&format!("`{setting}`")), "{setting}");
    }
    let matura = Matura::with_bank("prompt,answer\nq,a\n");
    let csv = matura.run(&["export", "-o", "-"]).out;
    for column in csv.lines().next().unwrap().split(',') {
        assert!(readme.contains(&format!("`{column}`")), "{column}");
    }
}

#[test]
fn the_starter_deck_is_what_it_promises() {
    let matura = Matura::new();
    let deck = root().join("decks/mlops-maturity.csv");
    let report = matura.json(&["import", deck.to_str().unwrap()])["files"][0].clone();
    assert!(report["added"].as_i64().unwrap() >= 80);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 0, "{report}");
    let mut kinds = std::collections::BTreeMap::new();
    for note in matura.json(&["list"]).as_array().unwrap() {
        *kinds.entry(note["kind"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        let shown = matura.json(&["show", &note["cards"][0]["card"].to_string()]);
        for difficulty in ["easy", "medium", "hard"] {
            if shown["difficulty"] == difficulty {
                *kinds.entry(difficulty.to_owned()).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    assert!(kinds.values().all(|count| *count >= 10), "{kinds:?}");
    let mut reader = csv::Reader::from_path(&deck).unwrap();
    let columns = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell =
        |row: &csv::StringRecord, name: &str| row[columns.iter().position(|c| c == name).unwrap()].to_owned();
    let gaps = ["gap-first-level", "gap-repeatable", "gap-automation", "gap-highest", "gap-mapping"];
    let choices = [
        "choice-first-level",
        "choice-level-3",
        "choice-rare-monitoring",
        "choice-realtime-error",
        "choice-2-to-3",
    ];
    for id in gaps.iter().chain(&choices) {
        let row = rows.iter().find(|row| cell(row, "id") == *id).unwrap_or_else(|| panic!("{id}"));
        for field in ["hint", "explanation", "mistakes", "check"] {
            assert!(!cell(row, field).is_empty(), "{id} has no {field}");
        }
        assert_eq!(cell(row, "options").split('|').count(), 4, "{id}");
        assert_eq!(gaps.contains(id), cell(row, "kind") == "blanks" && !cell(row, "code").is_empty(), "{id}");
    }
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    let promises = std::fs::read_to_string(root().join("tests/promises.md")).unwrap();
    let names: Vec<&str> =
        promises.split('`').filter(|name| name.contains("::") && !name.contains(' ')).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let (module, test) = name.rsplit_once("::").unwrap();
        let places = [
            format!("tests/integration/{}.rs", module.replace("::", "/")),
            format!("tests/integration/{}/mod.rs", module.replace("::", "/")),
            format!("src/{}.rs", module.trim_end_matches("::tests").replace("::", "/")),
            format!("src/{}.rs", module.replace("::", "/")),
        ];
        let is_there = places.iter().any(|place| {
            std::fs::read_to_string(root().join(place))
                .is_ok_and(|text| text.contains(&format!("fn {test}(")))
        });
        assert!(is_there, "{name}");
    }
}
