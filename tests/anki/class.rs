//! A class: an instructor's bank in two versions, and students who have the first one in Anki.

use serde_json::{Value, json};

use crate::desk::{Bank, Desk, Log};

/// The bank, in which the second version corrects, adds, moves and leaves out a note.
fn version(number: u8) -> Bank {
    let later = number > 1;
    let deck = if later { "Class::Late" } else { "Class::Early" };
    let row = |bank: Bank, guid: &str, deck: &str, prompt: &str, answer: &str| {
        bank.row(&[("id", guid), ("deck", deck), ("prompt", prompt), ("answer", answer)])
    };
    let bank = row(Bank::new(), "kept", "Class", "kept?", "yes");
    let bank = row(bank, "wrong", "Class", "wrong?", if later { "mended" } else { "wrong" });
    let bank = row(bank, "moved", deck, "moved?", "yes");
    if later { row(bank, "new", "Class", "new?", "yes") } else { row(bank, "gone", "Class", "gone?", "yes") }
}

fn guid(desk: &Desk, prompt: &str) -> String {
    desk.matura(&["list", prompt])[0]["note"].as_str().unwrap().to_owned()
}

#[test]
fn students_get_corrections_and_keep_their_schedules_and_what_anki_will_not_do_is_named() {
    for (to, more) in [("apkg", &["--no-schedule"][..]), ("anki", &[])] {
        let instructor = Desk::new();
        instructor.import(&version(1));
        let names: Vec<String> =
            ["kept?", "wrong?", "moved?", "gone?"].iter().map(|prompt| guid(&instructor, prompt)).collect();
        let export = |name: &str| -> (std::path::PathBuf, Value) {
            let file = instructor.path(name);
            let args = [&["export", "Class", "--to", to, "-o", file.to_str().unwrap()], more].concat();
            let report = instructor.matura(&args);
            (file, report)
        };
        let (first, report) = export("class");
        assert_eq!((&report["moved"], &report["gone"]), (&json!([]), &json!([])));
        let kept = instructor.path("first");
        std::fs::copy(&first, &kept).unwrap();
        // Anki counts changes in seconds
        std::thread::sleep(std::time::Duration::from_millis(1100));
        let bank = instructor.path("bank.csv");
        version(2).write(&bank);
        instructor.matura(&["import", "--prune", bank.to_str().unwrap()]);
        // the earlier export is the file that is replaced, or one that is since
        let (second, report) = export("class");
        let moved =
            json!([{ "note": names[2], "prompt": "moved?", "from": "Class::Early", "to": "Class::Late" }]);
        let gone = json!([{ "note": names[3], "prompt": "gone?", "deck": "Class" }]);
        assert_eq!((&report["moved"], &report["gone"]), (&moved, &gone), "{to}");
        let other = instructor.path("other");
        let since =
            ["export", "Class", "--to", to, "-o", other.to_str().unwrap(), "--since", kept.to_str().unwrap()];
        let report = instructor.matura(&since);
        assert_eq!((&report["moved"], &report["gone"]), (&moved, &gone), "{to}");

        let student = Desk::new();
        let import = |file: &std::path::Path| match to {
            "apkg" => json!({ "package": file, "scheduling": true }),
            _ => json!({ "import": file }),
        };
        let studied = [
            import(&kept),
            json!({ "review": names[1], "button": 4 }),
            json!({ "review": names[3], "button": 4 }),
        ];
        let before = student.anki("en", &studied, &json!({}));
        let after = student.anki("en", &[import(&second), import(&second)], &json!({}));
        // in a package a note that was moved is a later one
        let updated = if to == "apkg" { 2 } else { 1 };
        let expected = Log { new: 1, updated, duplicate: 3 - updated, ..Log::default() };
        assert_eq!(after.imports, [expected, Log { duplicate: 4, ..Log::default() }], "{to}");
        assert_eq!(after.note(&names[1]).fields[1], "mended");
        for name in &names {
            let (one, two) = (before.card(name), after.card(name));
            assert_eq!(
                (&one.state, &one.date, &one.reviews),
                (&two.state, &two.date, &two.reviews),
                "{to} {name}"
            );
            assert_eq!(one.deck, two.deck, "Anki moved it after all");
        }
        assert_eq!(after.problems, None);
    }
}
