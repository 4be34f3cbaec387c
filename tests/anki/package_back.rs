//! Packages that Anki and others wrote, read by matura.

use serde_json::{Value, json};

use crate::desk::{Bank, Desk};
use crate::{arrival, hostile};

/// All notes of a desk as a complete bank.
fn bank_of(desk: &Desk) -> String {
    let file = desk.path("all.csv");
    desk.matura(&["export", "-o", file.to_str().unwrap()]);
    std::fs::read_to_string(file).unwrap()
}

/// A new matura into which a package is imported, with what the import reports.
fn imported(package: &std::path::Path) -> (Desk, Value) {
    let desk = Desk::new();
    let report = desk.matura(&["import", package.to_str().unwrap()])["files"][0].clone();
    (desk, report)
}

fn prompts(desk: &Desk) -> Vec<(String, String, usize)> {
    let notes = desk.matura(&["list"]);
    let mut prompts: Vec<_> = notes
        .as_array()
        .unwrap()
        .iter()
        .map(|note| {
            let text = |name: &str| note[name].as_str().unwrap().to_owned();
            (text("kind"), text("prompt"), note["cards"].as_array().unwrap().len())
        })
        .collect();
    prompts.sort();
    prompts
}

#[test]
fn notes_come_back_from_anki_as_they_went_in_every_format_of_packages() {
    let texts = hostile::texts();
    let desk = Desk::new();
    desk.import(&arrival::bank());
    let hostile = texts.iter().enumerate().fold(Bank::new(), |bank, (n, (text, _))| {
        let (guid, id) = (format!("t{n}"), format!("id {n}"));
        let front = format!("{n} {text}");
        let more = [("accept", text.as_str()), ("typed", if n % 2 == 0 { "yes" } else { "" })];
        bank.row(
            &[
                &[
                    ("guid", guid.as_str()),
                    ("id", &id),
                    ("deck", "H::x"),
                    ("kind", "fact"),
                    ("prompt", &front),
                    ("answer", text),
                    ("hint", text),
                    ("tags", "a::b c"),
                    ("difficulty", "easy"),
                ][..],
                if n % 2 == 0 { &more[..] } else { &[][..] },
            ]
            .concat(),
        )
    });
    desk.import(&hostile);
    desk.matura(&["mark", "1"]);
    let package = desk.package(&[]);
    let files: Vec<_> =
        ["new.apkg", "old.apkg", "new.colpkg", "old.colpkg"].iter().map(|name| desk.path(name)).collect();
    let export = |what: &str, file: usize, legacy: bool| json!({ (what): files[file], "legacy": legacy });
    desk.anki(
        "de",
        &[
            json!({ "package": package, "scheduling": true }),
            export("export_package", 0, false),
            export("export_package", 1, true),
            export("export_collection", 2, false),
            export("export_collection", 3, true),
        ],
        &json!({}),
    );
    let before = bank_of(&desk);
    for file in files.iter().chain([&package]) {
        let (back, report) = imported(file);
        assert_eq!(
            (report["format"].as_str(), report["warnings"].as_array().map(Vec::len)),
            (Some("apkg"), Some(0)),
            "{report}"
        );
        assert_eq!(bank_of(&back), before, "{}", file.display());
        let again = back.matura(&["import", file.to_str().unwrap()])["files"][0].clone();
        assert_eq!(again["unchanged"], again["read"]);
    }
}

#[test]
fn what_was_changed_in_anki_comes_back_and_what_cannot_is_said() {
    let desk = Desk::new();
    desk.import(&arrival::bank());
    let package = desk.package(&[]);
    let back = desk.path("back.apkg");
    desk.anki(
        "en",
        &[
            json!({ "package": package, "scheduling": true }),
            json!({ "edit": "fact", "field": "Back", "to": "A change of <b>data</b> &amp; labels" }),
            json!({ "edit": "choice", "field": "Hint", "to": "look<br>twice" }),
            json!({ "edit": "cloze", "field": "Text", "to": "{{c1::CI}} builds" }),
            json!({ "edit": "several", "field": "Options", "to": "<ol><li>1</li></ol>" }),
            json!({ "export_package": back, "legacy": false }),
        ],
        &json!({}),
    );
    // by the package, and by Anki's plain text
    let text = desk.path("back.txt");
    desk.anki("en", &[json!({ "export": text })], &json!({}));
    for back in [back, text] {
        let desk = Desk::new();
        desk.import(&arrival::bank());
        let report = desk.matura(&["import", back.to_str().unwrap()])["files"][0].clone();
        assert_eq!(report["updated"], 3, "{report}");
        let show = |guid: &str| desk.matura(&["show", guid]);
        let fact = show("fact");
        assert_eq!(fact["answer"], "A change of <b>data</b> &amp; labels");
        assert_eq!(
            (&fact["html"], &fact["explanation"]),
            (&json!(true), &json!("The world moves.<br>The model stays."))
        );
        assert_eq!(show("choice")["hint"], "look\ntwice");
        assert_eq!(show("cloze")["cards"].as_array().unwrap().len(), 1);
        assert_eq!(show("several")["options"], json!(["1", "2", "3"]));
        let warning = report["warnings"][0]["message"].as_str().unwrap();
        assert!(warning.contains("changed in Anki in options"), "{warning}");
    }
}

#[test]
fn notes_of_other_notetypes_become_facts_and_clozes_and_what_cannot_is_named() {
    let desk = Desk::new();
    let file = desk.path("theirs.apkg");
    let add = |notetype: &str, fields: &[&str]| json!({ "add": notetype, "fields": fields, "tags": ["x", "marked"], "deck": "Their::Deck" });
    desk.anki(
        "en",
        &[
            add("Basic", &["plain &lt;T&gt;", "back<br>two"]),
            add("Basic", &["<img src=\"a.png\"> what?", "<b>this</b>"]),
            add("Basic (and reversed card)", &["CT", "training"]),
            add("Basic (optional reversed card)", &["one", "way", ""]),
            add("Basic (optional reversed card)", &["both", "ways", "y"]),
            add("Basic (type in the answer)", &["type", "it"]),
            add("Cloze", &["{{c1::a}} and {{c2::b::hint}}", "more"]),
            add("Basic", &["no back", ""]),
            json!({ "export_package": file, "legacy": false }),
        ],
        &json!({}),
    );
    let (desk, report) = imported(&file);
    let found = prompts(&desk);
    let found: Vec<(&str, &str, usize)> =
        found.iter().map(|(kind, prompt, cards)| (kind.as_str(), prompt.as_str(), *cards)).collect();
    assert_eq!(
        found,
        [
            ("cloze", "{{c1::a}} and {{c2::b::hint}}", 2),
            ("fact", "CT", 2),
            ("fact", "[image: a.png] what?", 1),
            ("fact", "both", 2),
            ("fact", "one", 1),
            ("fact", "plain <T>", 1),
            ("fact", "type", 1),
        ]
    );
    let told = report["warnings"].to_string();
    assert!(told.contains("with nothing behind") && told.contains("\\\"no back\\\""), "{told}");
    assert!(told.contains("1 note with an image or a sound"), "{told}");
    let notes = desk.matura(&["list"]);
    assert!(
        notes.as_array().unwrap().iter().all(|note| note["deck"] == "Their::Deck"
            && note["tags"] == json!(["x"])
            && note["marked"] == true)
    );
    let cloze = desk.matura(&["list", "kind:cloze"])[0]["note"].as_str().unwrap().to_owned();
    assert_eq!(desk.matura(&["show", &cloze])["explanation"], "more");
}

#[test]
fn templates_are_read_with_their_words_and_cards_that_ask_something_else_are_named() {
    let desk = Desk::new();
    desk.python(
        "import genanki\n\
         def model(id, fields, templates, kind=0):\n\
         \x20 return genanki.Model(id, 'M%d' % id, fields=[{'name': f} for f in fields], model_type=kind,\n\
         \x20   templates=[{'name': str(i), 'qfmt': q, 'afmt': a} for i, (q, a) in enumerate(templates)])\n\
         deck = genanki.Deck(5, 'Theirs')\n\
         def add(model, *fields): deck.add_note(genanki.Note(model=model, fields=list(fields)))\n\
         add(model(11, ['Country', 'Capital', 'Flag', 'Tip'], [\n\
         \x20 ('What is the capital of <b>{{Country}}</b>? {{hint:Tip}}', '{{FrontSide}}<hr>{{Capital}}'),\n\
         \x20 ('Which country has this flag? {{Flag}}', '{{Country}}')]), 'France', 'Paris', 'three stripes', 'on a river')\n\
         add(model(12, ['Inf', 'Present', 'Past'], [\n\
         \x20 ('{{Inf}}', '{{Present}}'), ('{{Inf}}, past', '{{Past}}')]), 'gehen', 'geht', 'ging')\n\
         add(model(13, ['A', 'B'], [('<div>{{A}}</div>', '{{FrontSide}}{{B}}'), ('<div>{{B}}</div>', '{{A}}')]), 'CT', 'training')\n\
         add(model(14, ['Text', 'Source', 'More'], [('<b>{{Source}}</b>: {{cloze:Text}} {{cloze:More}}', '{{cloze:Text}}')], 1),\n\
         \x20 'a {{c1::b}}', 'Bio 1', 'c {{c2::d}}')\n\
         genanki.Package(deck).write_to_file('gen.apkg')\n",
    );
    let (back, report) = imported(&desk.path("gen.apkg"));
    assert_eq!(report["added"], 4, "{report}");
    let note = |query: &str| {
        let list = back.matura(&["list", query]);
        back.matura(&["show", list[0]["note"].as_str().unwrap()])
    };
    let cards = |note: &Value| note["cards"].as_array().unwrap().len();
    let france = note("France");
    assert_eq!(france["prompt"], "What is the capital of France?");
    assert_eq!((&france["answer"], &france["hint"]), (&json!("Paris"), &json!("on a river")));
    assert_eq!((&france["explanation"], cards(&france)), (&json!("Flag: three stripes"), 1));
    let verb = note("gehen");
    assert_eq!(
        (&verb["answer"], &verb["explanation"], cards(&verb)),
        (&json!("geht"), &json!("Past: ging"), 1)
    );
    assert_eq!((cards(&note("CT")), &note("CT")["prompt"]), (2, &json!("CT")));
    let cloze = note("kind:cloze");
    assert_eq!((&cloze["prompt"], cards(&cloze)), (&json!("Bio 1\na {{c1::b}}\nc {{c2::d}}"), 2));
    let told = report["warnings"].to_string();
    assert!(told.contains("2 notes with cards that ask something else") && told.contains("gehen"), "{told}");
}

#[test]
fn packages_that_genanki_writes_are_read() {
    let desk = Desk::new();
    desk.python(
        "import genanki\n\
         model = genanki.Model(1607392319, 'Simple', fields=[{'name': 'Question'}, {'name': 'Answer'}, {'name': 'Extra'}],\n\
           templates=[{'name': 'Card 1', 'qfmt': '{{Question}}', 'afmt': '{{FrontSide}}<hr id=\"answer\">{{Answer}}<br>{{Extra}}'}])\n\
         deck = genanki.Deck(2059400110, 'Country Capitals')\n\
         deck.add_note(genanki.Note(model=model, fields=['Capital of Argentina', 'Buenos Aires', 'a port'], tags=['geo']))\n\
         deck.add_note(genanki.Note(model=genanki.CLOZE_MODEL, fields=['{{c1::Rome}} is in {{c2::Italy}}', '']))\n\
         deck.add_note(genanki.Note(model=genanki.BASIC_AND_REVERSED_CARD_MODEL, fields=['AC', 'BD']))\n\
         genanki.Package(deck).write_to_file('gen.apkg')\n",
    );
    let (back, report) = imported(&desk.path("gen.apkg"));
    assert_eq!(
        (report["added"].as_i64(), report["warnings"].as_array().map(Vec::len)),
        (Some(3), Some(0)),
        "{report}"
    );
    let kinds: Vec<_> = prompts(&back).into_iter().map(|(kind, _, cards)| (kind, cards)).collect();
    assert_eq!(kinds, [("cloze".to_owned(), 2), ("fact".to_owned(), 2), ("fact".to_owned(), 1)]);
    assert_eq!(back.matura(&["list", "Argentina"])[0]["deck"], "Country Capitals");
}
