//! A file is imported again, as it was or after a correction.

use serde_json::json;

use crate::desk::{Bank, Desk, Log};

fn bank(answer: &str) -> Bank {
    let row = |bank: Bank, id: &str, more: &[(&str, &str)]| {
        let cells: Vec<(&str, &str)> =
            [("id", id), ("deck", "Term::Week 1")].iter().chain(more).copied().collect();
        bank.row(&cells)
    };
    let bank = row(Bank::new(), "fact", &[("prompt", "What is drift?"), ("answer", answer)]);
    let bank = row(
        bank,
        "same",
        &[("prompt", "What is drift?"), ("answer", "the same front"), ("tags", "b a \"q\"")],
    );
    let bank = row(bank, "typed", &[("prompt", "Type"), ("answer", "it > that"), ("typed", "yes")]);
    let bank = row(bank, "reversed", &[("prompt", "CT"), ("answer", "training"), ("reverse", "yes")]);
    let bank = row(bank, "cloze", &[("prompt", "{{c1::CI}} and {{c2::\\(\\frac{a}{\\sqrt{b}}\\)::root}}")]);
    let bank = row(
        bank,
        "blanks",
        &[("kind", "blanks"), ("prompt", "f(__1__) {{c1::x}}"), ("answer", "a::b}}|x"), ("code", "__2__")],
    );
    let nasty = "e\u{301}\u{7} \u{a0}\n\u{338}\u{3000} \u{2028}<b>&amp;";
    row(
        bank,
        "choice",
        &[
            ("prompt", nasty),
            ("options", "yes\u{1}|no"),
            ("answer", "A"),
            ("explanation", nasty),
            ("tags", "e\u{301}"),
        ],
    )
}

const NOTES: usize = 7;

#[test]
fn a_second_import_changes_nothing() {
    let desk = Desk::new();
    desk.import(&bank("A change"));
    let file = desk.export(&[]);
    let first = desk.anki("en", &[json!({ "import": file })], &json!({}));
    first.assert_all_new(NOTES);
    let second = desk.anki("en", &[json!({ "import": file })], &json!({}));
    assert_eq!(second.imports, [Log { duplicate: NOTES, ..Log::default() }]);
    assert_eq!(second.notes, first.notes);
    assert_eq!(second.decks, first.decks);
}

#[test]
fn two_exports_of_the_same_notes_are_the_same_file() {
    let desk = Desk::new();
    desk.import(&bank("A change"));
    let first = std::fs::read(desk.export(&[])).unwrap();
    desk.import(&bank("A change"));
    assert_eq!(std::fs::read(desk.export(&[])).unwrap(), first);
}

#[test]
fn a_corrected_note_is_updated_in_place_and_keeps_its_review_state() {
    let desk = Desk::new();
    desk.import(&bank("A change"));
    let file = desk.export(&[]);
    let guid = desk.matura(&["list"])[0]["note"].as_str().unwrap().to_owned();
    let steps = [json!({ "import": file }), json!({ "review": guid, "button": 4 })];
    let before = desk.anki("en", &steps, &json!({}));
    let reviewed = before.note(&guid);
    assert_eq!(reviewed.cards[0].state[..2], [2, 2], "a review card");

    desk.import(&bank("A change of the data"));
    desk.export(&[]);
    let after = desk.anki("en", &[json!({ "import": file })], &json!({}));
    assert_eq!(after.imports, [Log { updated: 1, duplicate: NOTES - 1, ..Log::default() }]);
    assert_eq!(after.notes.len(), NOTES);
    let updated = after.note(&guid);
    assert_eq!(updated.fields[1], "A change of the data");
    assert_eq!((updated.id, &updated.cards[0].state), (reviewed.id, &reviewed.cards[0].state));
    assert_eq!(after.problems, None);
}

#[test]
fn what_another_file_made_anki_remember_does_not_matter() {
    let desk = Desk::new();
    desk.import(&bank("A change"));
    let file = desk.export(&[]);
    let other = desk.path("other.txt");
    let headers = "#separator:tab\n#html:false\n#if matches:keep both\n#match scope:notetype + deck\n";
    std::fs::write(&other, format!("{headers}What is drift?\tsomething\n")).unwrap();
    let steps = [json!({ "import": other }), json!({ "import": file }), json!({ "import": file })];
    let anki = desk.anki("en", &steps, &json!({}));
    assert_eq!(anki.imports[1], Log { new: NOTES, ..Log::default() });
    assert_eq!(anki.imports[2], Log { duplicate: NOTES, ..Log::default() });
}
