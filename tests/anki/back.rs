//! What Anki exports as notes in plain text comes back into matura.

use serde_json::{Value, json};

use crate::desk::{Bank, Desk};

fn bank() -> Bank {
    Bank::new()
        .row(&[
            ("guid", "#1,\"fact"),
            ("deck", "Sea::Light"),
            ("prompt", "Is 1 < 2 & \"so\"?"),
            ("answer", "yes\nand <b>"),
            ("tags", "x y::z"),
        ])
        .row(&[
            ("guid", "reversed"),
            ("deck", "Sea"),
            ("prompt", "port"),
            ("answer", "left"),
            ("reverse", "yes"),
        ])
        .row(&[("guid", "typed"), ("deck", "Sea"), ("prompt", "flag"), ("answer", "G"), ("typed", "yes")])
        .row(&[("guid", "cloze"), ("deck", "Knots"), ("prompt", "A {{c1::bowline::knot}} and {{c2::more}}")])
        .row(&[
            ("guid", "html"),
            ("deck", "Knots"),
            ("prompt", "<i>Tie</i>\nit"),
            ("answer", "a\tb"),
            ("html", "yes"),
        ])
}

#[test]
fn a_way_through_anki_in_any_language_changes_no_note() {
    let english = ["Basic", "Basic (and reversed card)", "Basic (type in the answer)", "Cloze"];
    let german =
        ["Einfach", "Einfach (und die umgekehrte Richtung)", "Einfach (Antwort eintippen)", "Lückentext"];
    for (language, [basic, reversed, typed, cloze]) in [("en", english), ("de", german)] {
        let desk = Desk::new();
        desk.import(&bank());
        let names = [
            ["--basic-notetype", basic],
            ["--reversed-notetype", reversed],
            ["--typed-notetype", typed],
            ["--cloze-notetype", cloze],
        ];
        let file = desk.export(&names.concat());
        let exported = desk.path("notes.txt");
        let steps = [json!({ "import": file }), json!({ "export": exported })];
        desk.anki(language, &steps, &json!({})).assert_all_new(5);
        let other = Desk::new();
        let report = other.matura(&["import", exported.to_str().unwrap()])["files"][0].clone();
        assert_eq!((&report["format"], &report["added"]), (&json!("anki"), &json!(5)), "{report}");
        assert_eq!(report["warnings"], json!([]));
        let told = |desk: &Desk| {
            let mut notes = desk.matura(&["list"]).as_array().unwrap().clone();
            notes.sort_by_key(|note| note["note"].to_string());
            let names = ["note", "deck", "kind", "prompt", "tags"];
            let slots = |note: &Value| {
                let cards = note["cards"].as_array().unwrap();
                cards.iter().map(|card| card["slot"].clone()).collect::<Vec<_>>()
            };
            let told = notes.iter().map(|note| (names.map(|name| note[name].clone()), slots(note)));
            told.collect::<Vec<_>>()
        };
        assert_eq!(told(&other), told(&desk), "{language}");
    }
}
