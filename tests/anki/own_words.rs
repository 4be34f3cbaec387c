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
        json!({ "edit": "g", "field": "Hint", "to": "another hint" }),
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

/// Imports a package of matura's notes into its Anki, does these steps there and writes it out again.
fn round(desk: &Desk, steps: &[Value]) -> PathBuf {
    let back = desk.path("back.apkg");
    let export = json!({ "export_package": back, "legacy": false });
    desk.anki("en", &[steps, &[export]].concat(), &json!({}));
    back
}

#[test]
fn markup_and_pictures_that_anki_added_stay_and_do_not_undo_what_was_changed_here() {
    let desk = Desk::new();
    desk.import(&bank());
    let out = json!({ "package": desk.package(&[]), "scheduling": true });
    let picture = json!({ "media": "z.png", "bytes": "89504e470d0a1a0a" });
    let marked = "a &lt; <b>b</b><table><tr><td>1</td></tr></table> <img src=\"z.png\">";
    let edit = json!({ "edit": "g", "field": "Back", "to": marked });
    let back = round(&desk, &[out, picture, edit]);
    // to Anki the later second is the later edit
    std::thread::sleep(std::time::Duration::from_millis(1100));
    desk.matura(&["edit", "1", "--explanation", "mine: a < b\nand more"]);
    let report = import(&desk, &back);
    assert_eq!((&report["updated"], &report["warnings"]), (&json!(1), &json!([])), "{report}");
    let note = shown(&desk, "1");
    assert_eq!((&note["answer"], &note["html"]), (&json!(marked), &json!(true)));
    assert_eq!(note["explanation"], "mine: a &lt; b<br>and more");
    assert_eq!(import(&desk, &back)["unchanged"], 1);
    // and in Anki nothing is lost when it goes there again
    let step = json!({ "package": desk.package(&[]), "scheduling": true });
    let verdict = desk.anki("en", &[step], &json!({}));
    let fields = &verdict.note("g").fields;
    assert_eq!(fields[1], marked);
    assert!(fields.contains(&"mine: a &lt; b<br>and more".to_owned()), "{fields:?}");
}

#[test]
fn markup_that_changes_in_another_text_of_a_note_from_anki_undoes_nothing_and_is_taken() {
    let (anki, desk) = (Desk::new(), Desk::new());
    let add = json!({ "add": "Basic", "fields": ["R &amp; D", "<b>m</b>"], "tags": [], "deck": "There" });
    import(&desk, &of_anki(&anki, "a.apkg", &[add]));
    desk.matura(&["edit", "1", "--prompt", "R &amp; D, mine", "--hint", "x &lt; y"]);
    let guid = shown(&desk, "1")["note"].as_str().unwrap().to_owned();
    for (text, prompt) in [("m2", "R & D, mine"), ("<i>m2</i>", "R &amp; D, mine"), ("m2", "R & D, mine")] {
        let edit = json!({ "edit": guid, "field": "Back", "to": text });
        let report = import(&desk, &of_anki(&anki, "a.apkg", &[edit]));
        assert_eq!((&report["updated"], &report["warnings"]), (&json!(1), &json!([])), "{report}");
        let note = shown(&desk, "1");
        assert_eq!((&note["prompt"], &note["answer"]), (&json!(prompt), &json!(text)));
    }
}

#[test]
fn a_package_that_says_nothing_new_does_not_undo_what_a_bank_corrected() {
    let desk = Desk::new();
    let version = |answer: &str| format!("id,deck,prompt,answer\nq,Course,ask,{answer}\n");
    let csv = desk.path("bank.csv");
    std::fs::write(&csv, version("first")).unwrap();
    desk.import_file(&csv);
    let guid = shown(&desk, "1")["note"].as_str().unwrap().to_owned();
    let out = json!({ "package": desk.package(&[]), "scheduling": true });
    let edit = json!({ "edit": guid, "field": "Back", "to": "in Anki" });
    let back = round(&desk, &[out, edit]);
    assert_eq!(import(&desk, &back)["updated"], 1);
    std::fs::write(&csv, version("corrected")).unwrap();
    assert_eq!(import(&desk, &csv)["updated"], 1);
    let again = import(&desk, &back);
    assert_eq!((&again["unchanged"], &again["warnings"]), (&json!(1), &json!([])), "{again}");
    assert_eq!(shown(&desk, "1")["answer"], "corrected");
}

#[test]
fn a_deck_that_was_renamed_here_takes_the_new_notes_of_its_deck_in_anki() {
    let (anki, desk) = (Desk::new(), Desk::new());
    import(&desk, &of_anki(&anki, "a.apkg", &added()));
    desk.matura(&["decks", "rename", "There", "Here::A"]);
    let three = json!({ "add": "Basic", "fields": ["three", "third"], "tags": [], "deck": "There" });
    let report = import(&desk, &of_anki(&anki, "a.apkg", &[three]));
    assert_eq!((&report["added"], &report["updated"]), (&json!(1), &json!(0)), "{report}");
    assert_eq!(desk.matura(&["list", "deck:Here::A"]).as_array().map(Vec::len), Some(3));
    // a text file of the same notes holds less of them
    let report = import(&desk, &of_anki(&anki, "a.txt", &[]));
    assert_eq!(report["unchanged"], 3, "{report}");
    assert!(report["warnings"].to_string().contains("3 notes came in a package before"), "{report}");
}
