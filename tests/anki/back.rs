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
    let own = [
        ["--basic-notetype", "Einfach"],
        ["--reversed-notetype", "Einfach (und die umgekehrte Richtung)"],
        ["--typed-notetype", "Einfach (Antwort eintippen)"],
        ["--cloze-notetype", "Lückentext"],
    ];
    let spoken =
        ["en", "de", "ja", "da", "pt-BR", "he", "zh_TW"].map(|code| (code, vec!["--anki-language", code]));
    for (language, names) in spoken.into_iter().chain([("de", own.concat())]) {
        let desk = Desk::new();
        desk.import(&bank());
        let file = desk.export(&names);
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

#[test]
fn the_names_of_stock_notetypes_are_those_of_every_language_of_anki() {
    let desk = Desk::new();
    desk.python(
        "import anki.lang\n\
         kinds = ['basic', 'basic_reversed', 'basic_optional_reversed', 'basic_type_answer', 'cloze', 'image_occlusion']\n\
         with open('stock.tsv', 'w', encoding='utf-8') as out:\n\
         \x20   for name, code in sorted(anki.lang.langs, key=lambda lang: lang[1]):\n\
         \x20       anki.lang.set_lang(code)\n\
         \x20       names = [getattr(anki.lang.tr_legacyglobal, f'notetypes_{kind}_name')() for kind in kinds]\n\
         \x20       print(code, name, *names, sep='\\t', file=out)\n",
    );
    let told = std::fs::read_to_string(desk.path("stock.tsv")).unwrap();
    assert_eq!(include_str!("../../src/anki/stock.tsv"), told);
}
