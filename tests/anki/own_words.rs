//! What the learner wrote here stands when Anki states the note again, and what changed there is taken.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desk::{Bank, Desk};

fn import(desk: &Desk, file: &Path) -> Value {
    desk.matura(&["import", file.to_str().unwrap()])["files"][0].clone()
}

/// A note as JSON.
fn shown(desk: &Desk, card: &str) -> Value {
    desk.matura(&["show", card])
}

/// A package or a text file of an Anki in which two notes of its own stand, after these steps.
fn of_anki(anki: &Desk, name: &str, steps: &[Value]) -> PathBuf {
    let file = anki.path(name);
    let export = if name.ends_with("txt") {
        json!({ "export": file })
    } else {
        json!({ "export_package": file, "legacy": false })
    };
    anki.anki("en", &[steps, &[export]].concat(), &json!({}));
    file
}

fn added() -> Vec<Value> {
    let note = |front: &str, back: &str| json!({ "add": "Basic", "fields": [front, back], "tags": ["there"], "deck": "There" });
    vec![note("one", "first"), note("two", "second")]
}

#[test]
fn an_edit_here_of_a_note_from_anki_outlives_its_next_import() {
    for name in ["a.apkg", "a.txt"] {
        let (anki, desk) = (Desk::new(), Desk::new());
        let file = of_anki(&anki, name, &added());
        assert_eq!(import(&desk, &file)["added"], 2);
        desk.matura(&["edit", "1", "--answer", "mine", "--hint", "my hint"]);
        desk.matura(&["tag", "1", "--add", "own"]);
        desk.matura(&["mark", "1"]);
        desk.matura(&["edit", "2", "--deck", "Elsewhere"]);
        let again = import(&desk, &file);
        assert_eq!((&again["updated"], &again["unchanged"]), (&json!(0), &json!(2)), "{name}: {again}");
        let one = shown(&desk, "1");
        assert_eq!((&one["answer"], &one["hint"]), (&json!("mine"), &json!("my hint")), "{name}");
        assert_eq!((&one["tags"], &one["marked"]), (&json!(["own", "there"]), &json!(true)), "{name}");
        assert_eq!(shown(&desk, "2")["deck"], "Elsewhere", "{name}");

        // a change there is taken, beside what was changed here
        let guid = one["note"].as_str().unwrap();
        let edits = [
            json!({ "edit": guid, "field": "Front", "to": "one there" }),
            json!({ "edit": guid, "field": "Back", "to": "theirs" }),
        ];
        let file = of_anki(&anki, name, &edits);
        let changed = import(&desk, &file);
        assert_eq!(changed["updated"], 1, "{name}: {changed}");
        let one = shown(&desk, "1");
        assert_eq!((&one["prompt"], &one["answer"]), (&json!("one there"), &json!("theirs")), "{name}");
        assert_eq!(one["hint"], "my hint", "{name}");
        let told = changed["warnings"].to_string();
        assert!(told.contains("yours was \\\"mine\\\"") && told.contains("\"answer\""), "{name}: {told}");
    }
}

/// A note of every kind of text, as it stands in a bank.
fn bank() -> Bank {
    Bank::new().row(&[
        ("guid", "g"),
        ("deck", "Course"),
        ("prompt", "ask"),
        ("answer", "a < b"),
        ("hint", "a hint"),
        ("explanation", "why"),
    ])
}

#[test]
fn a_package_that_went_out_and_comes_back_undoes_nothing_that_was_changed_here_since() {
    let desk = Desk::new();
    desk.import(&bank());
    let out = json!({ "package": desk.package(&[]), "scheduling": true });
    let back = desk.path("back.apkg");
    let export = json!({ "export_package": back, "legacy": true });
    desk.anki("en", &[out, export.clone()], &json!({}));
    desk.matura(&["edit", "1", "--answer", "mine", "--prompt", "asked better"]);
    desk.matura(&["mark", "1"]);
    desk.matura(&["decks", "rename", "Course", "Class"]);
    let report = import(&desk, &back);
    assert_eq!((&report["updated"], &report["unchanged"]), (&json!(0), &json!(1)), "{report}");
    assert_eq!(report["warnings"], json!([]));

    // there one text is changed that was changed here too, and one that was not
    let edits = [
        json!({ "edit": "g", "field": "Back", "to": "a &lt; b there" }),
        json!({ "edit": "g", "field": "Hint", "to": "another <b>hint</b>" }),
    ];
    desk.anki("en", &[&edits[..], &[export]].concat(), &json!({}));
    let report = import(&desk, &back);
    let note = shown(&desk, "1");
    assert_eq!((&note["prompt"], &note["answer"]), (&json!("asked better"), &json!("a < b there")));
    assert_eq!((&note["hint"], &note["explanation"]), (&json!("another hint"), &json!("why")));
    assert_eq!((&note["deck"], &note["marked"]), (&json!("Class"), &json!(true)));
    let told = report["warnings"].to_string();
    assert!(told.contains("yours was \\\"mine\\\"") && !told.contains("a hint"), "{told}");
}
