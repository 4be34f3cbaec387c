//! Schedules and histories that come from Anki, and those that went there before.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desk::{Desk, Verdict};
use crate::package::{dates, learner};

/// The report of an import with the history.
fn import(desk: &Desk, file: &Path) -> Value {
    desk.matura(&["import", "--with-history", file.to_str().unwrap()])["files"][0].clone()
}

/// Takes the package of a learner to Anki, does the steps there, and writes it out again.
fn there(desk: &Desk, steps: &[Value]) -> (PathBuf, Verdict) {
    let (file, back) = (desk.package(&[]), desk.path("back.apkg"));
    let mut all = vec![json!({ "package": file, "scheduling": true })];
    all.extend_from_slice(steps);
    all.push(json!({ "export_package": back, "legacy": false }));
    let verdict = desk.anki("en", &all, &json!({}));
    (back, verdict)
}

/// What a learner sees of all cards.
fn cards(desk: &Desk) -> Vec<Value> {
    let notes = desk.matura(&["list"]);
    notes
        .as_array()
        .unwrap()
        .iter()
        .map(|note| {
            let card = &note["cards"][0];
            json!([note["note"], card["state"], card["due"], card["interval"], card["ease"], card["lapses"]])
        })
        .collect()
}

/// Time and grade of all answers to a note.
fn answers(desk: &Desk, guid: &str) -> Vec<(i64, i64)> {
    let history = desk.matura(&["show", guid])["history"].clone();
    let mut answers: Vec<_> = history
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["retracted"] == false)
        .filter_map(|row| Some((row["at"].as_i64()?, row["grade"].as_i64()?)))
        .collect();
    answers.sort_unstable();
    answers
}

fn sound(desk: &Desk) {
    let report = desk.matura(&["check"]);
    assert_eq!(report["problems"], json!([]), "{report}");
}

#[test]
fn a_package_that_comes_back_as_it_went_changes_nothing_and_adds_no_row_twice() {
    let desk = learner();
    let (back, _) = there(&desk, &[]);
    let before = (cards(&desk), desk.matura(&["check"])["reviews"].clone());
    let report = import(&desk, &back);
    assert_eq!((&report["reviews"], &report["scheduled"]), (&json!(0), &json!(0)), "{report}");
    assert_eq!((cards(&desk), desk.matura(&["check"])["reviews"].clone()), before);
    sound(&desk);
}

#[test]
fn a_new_collection_gets_history_dates_and_suspension_from_a_package() {
    let desk = learner();
    let (back, verdict) = there(&desk, &[]);
    for file in [desk.path("export.apkg"), back] {
        let fresh = Desk::new();
        let report = import(&fresh, &file);
        assert_eq!((&report["added"], &report["reviews"]), (&json!(6), &json!(4)), "{report}");
        assert_eq!(cards(&fresh), cards(&desk));
        assert_eq!(dates(&fresh), dates(&desk));
        for note in &verdict.notes {
            let brief = |answers: Vec<(i64, i64)>| -> Vec<_> {
                answers.iter().map(|(at, grade)| (*at, (*grade).max(1))).collect()
            };
            assert_eq!(answers(&fresh, &note.guid), brief(answers(&desk, &note.guid)), "{}", note.guid);
        }
        sound(&fresh);
        let again = import(&fresh, &file);
        assert_eq!(
            (&again["unchanged"], &again["reviews"], &again["scheduled"]),
            (&json!(6), &json!(0), &json!(0))
        );
    }
}

#[test]
fn what_was_done_in_anki_comes_back_to_the_collection_that_it_came_from() {
    let desk = learner();
    let steps = [
        json!({ "review": "g1", "button": 1 }),
        json!({ "review": "g6", "button": 4 }),
        json!({ "suspend": "g5" }),
        json!({ "set_due": "g2", "days": "30" }),
        json!({ "forget": "g4" }),
    ];
    let before = cards(&desk);
    let (back, verdict) = there(&desk, &steps);
    let report = import(&desk, &back);
    assert_eq!(report["reviews"], 2, "{report}");
    for note in &verdict.notes {
        let [kind, queue, _, interval, ease, _, lapses] = verdict.card(&note.guid).state[..] else {
            panic!()
        };
        let ours = desk.matura(&["show", &note.guid])["cards"][0].clone();
        assert_eq!(ours["state"] == "suspended", queue == -1, "{} {ours}", note.guid);
        if kind == 2 {
            let due = json!(verdict.card(&note.guid).date);
            assert_eq!(
                json!([ours["interval"], ours["ease"], ours["lapses"], ours["due"]]),
                json!([interval, ease, lapses, due]),
                "{}",
                note.guid
            );
        } else if kind == 0 {
            assert_eq!(ours["due"], Value::Null, "{}", note.guid);
        }
    }
    assert_ne!(cards(&desk), before);
    sound(&desk);
    // an answer from elsewhere is not the learner's to take back here
    let after = cards(&desk);
    let again = import(&desk, &back);
    assert_eq!((&again["reviews"], &again["scheduled"]), (&json!(0), &json!(0)), "{again}");
    assert_eq!(cards(&desk), after);
}

#[test]
fn the_schedule_of_a_card_that_was_answered_here_since_stands() {
    let desk = learner();
    let (back, _) = there(&desk, &[json!({ "review": "g6", "button": 4 })]);
    let held = cards(&desk);
    desk.matura(&["answer", "6", "--grade", "5"]);
    let mine = cards(&desk);
    let report = import(&desk, &back);
    // its answer in Anki is older than the one here
    assert_eq!((&report["reviews"], &report["scheduled"]), (&json!(1), &json!(0)), "{report}");
    assert_eq!(cards(&desk), mine);
    assert_ne!(held, mine);
    assert_eq!(answers(&desk, "g6").len(), 2);
    sound(&desk);
}

#[test]
fn without_being_asked_for_a_history_stays_out_and_the_import_says_so() {
    let desk = learner();
    let file = desk.package(&[]);
    let fresh = Desk::new();
    let report = fresh.matura(&["import", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&report["history_left"], &report["reviews"]), (&json!(4), &json!(0)), "{report}");
    assert!(cards(&fresh).iter().all(|card| card[1] == "new"));
    // and can be taken later
    assert_eq!(import(&fresh, &file)["reviews"], 4);
    assert_eq!(cards(&fresh), cards(&desk));
}

#[test]
fn years_of_reviews_in_other_notetypes_come_with_their_dates() {
    let desk = Desk::new();
    let file = desk.path("theirs.colpkg");
    let add = |n: &str| json!({ "add": "Basic", "fields": [n, "back"], "tags": [], "deck": "D" });
    let verdict = desk.anki_in("America/New_York", "en", &[add("one"), add("two"), add("three")], &json!({}));
    let guid = |n: usize| verdict.notes[n].guid.clone();
    let steps = [
        json!({ "review": guid(0), "button": 4 }),
        json!({ "set_due": guid(1), "days": "1000!" }),
        json!({ "review": guid(2), "button": 3 }),
        json!({ "suspend": guid(2) }),
        json!({ "export_collection": file, "legacy": false }),
    ];
    let verdict = desk.anki_in("America/New_York", "en", &steps, &json!({}));
    let report = import(&desk, &file);
    assert_eq!((&report["reviews"], &report["scheduled"]), (&json!(2), &json!(3)), "{report}");
    for n in 0..2 {
        let card = verdict.card(&guid(n));
        let ours = desk.matura(&["show", &guid(n)])["cards"][0].clone();
        assert_eq!(json!([ours["interval"], ours["due"]]), json!([card.state[3], card.date]));
    }
    assert_eq!(desk.matura(&["show", &guid(2)])["cards"][0]["state"], "suspended");
    sound(&desk);
}

/// The states of cards by what they ask.
fn states(desk: &Desk) -> Vec<(String, String)> {
    let list = desk.matura(&["list"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.as_array()
        .unwrap()
        .iter()
        .map(|note| (text(&note["prompt"]), text(&note["cards"][0]["state"])))
        .collect()
}

#[test]
fn suspension_follows_anki_where_it_was_changed_there_and_the_learner_elsewhere() {
    let (anki, desk) = (Desk::new(), Desk::new());
    let file = anki.path("theirs.apkg");
    let names = ["answered", "changed", "here", "new"];
    let adds: Vec<Value> = names
        .iter()
        .map(|name| json!({ "add": "Basic", "fields": [name, "back"], "tags": [], "deck": "D" }))
        .collect();
    let verdict = anki.anki("en", &adds, &json!({}));
    let guid = |name: &str| {
        let note = verdict.notes.iter().find(|note| note.fields[0] == name);
        note.unwrap().guid.clone()
    };
    let export = json!({ "export_package": file, "legacy": false });
    let in_anki = |steps: &[Value]| {
        anki.anki("en", &[steps, std::slice::from_ref(&export)].concat(), &json!({}));
        import(&desk, &file)
    };
    let each = |what: &str, names: &[&str]| -> Vec<Value> {
        names.iter().map(|name| json!({ what: guid(name) })).collect()
    };
    let answered: Vec<Value> = ["answered", "changed", "here"]
        .iter()
        .map(|name| json!({ "review": guid(name), "button": 4 }))
        .collect();
    let report = in_anki(&[&answered[..], &each("suspend", &["changed"])].concat());
    assert_eq!(
        (&report["reviews"], &report["suspended"], &report["resumed"]),
        (&json!(3), &json!(1), &json!(0))
    );
    // a card that was answered there, one that is suspended here, one that was never touched
    desk.matura(&["suspend", &guid("here")]);
    let report = in_anki(&[each("suspend", &["answered", "new"]), each("unsuspend", &["changed"])].concat());
    assert_eq!((&report["suspended"], &report["resumed"]), (&json!(2), &json!(1)), "{report}");
    let now = |name: &str| states(&desk).into_iter().find(|(asked, _)| asked == name).unwrap().1;
    assert_eq!(["answered", "new", "here"].map(now), ["suspended", "suspended", "suspended"]);
    assert_ne!(now("changed"), "suspended");
    // what did not change there since does not undo what is done here
    desk.matura(&["resume", &guid("answered")]);
    let report = in_anki(&[]);
    assert_eq!((&report["suspended"], &report["resumed"]), (&json!(0), &json!(0)), "{report}");
    assert_ne!(now("answered"), "suspended");
    let report = in_anki(&each("unsuspend", &["new"]));
    assert_eq!((now("new"), &report["resumed"]), ("new".to_owned(), &json!(1)), "{report}");
    sound(&desk);
}

#[test]
fn a_card_that_is_being_learnt_in_anki_is_due_at_once_and_has_lost_no_ease() {
    let (anki, desk) = (Desk::new(), Desk::new());
    let file = anki.path("theirs.apkg");
    let add = json!({ "add": "Basic", "fields": ["q", "a"], "tags": [], "deck": "D" });
    let verdict = anki.anki("en", &[add], &json!({}));
    let guid = &verdict.notes[0].guid;
    let again = json!({ "review": guid, "button": 1 });
    anki.anki("en", &[again, json!({ "export_package": file, "legacy": false })], &json!({}));
    assert_eq!(import(&desk, &file)["scheduled"], 1);
    let card = desk.matura(&["show", guid])["cards"][0].clone();
    assert_eq!(card["ease"], 2500, "{card}");
    assert_eq!(desk.matura(&["list", "is:due"]).as_array().map(Vec::len), Some(1), "{card}");
    let again = import(&desk, &file);
    assert_eq!((&again["reviews"], &again["scheduled"]), (&json!(0), &json!(0)), "{again}");
    assert_eq!(desk.matura(&["show", guid])["cards"][0], card);
    sound(&desk);
}

#[test]
fn notes_that_went_as_text_come_back_by_either_door_as_what_they_are() {
    let desk = Desk::new();
    desk.import(&crate::arrival::bank());
    let notes = || -> Vec<Value> {
        let list = desk.matura(&["list"]);
        list.as_array()
            .unwrap()
            .iter()
            .map(|note| desk.matura(&["show", note["note"].as_str().unwrap()]))
            .collect()
    };
    let before = notes();
    let (file, package, text) = (desk.export(&[]), desk.path("back.apkg"), desk.path("back.txt"));
    let out = [json!({ "export_package": package, "legacy": false }), json!({ "export": text })];
    desk.anki("en", &[&[json!({ "import": file })][..], &out].concat(), &json!({}));
    for back in [&package, &text] {
        let report = desk.matura(&["import", back.to_str().unwrap()])["files"][0].clone();
        assert_eq!((&report["added"], &report["updated"]), (&json!(0), &json!(0)), "{report}");
        assert_eq!(notes(), before);
    }
    // a change that can be told apart is taken, any other is named
    let changes = [
        json!({ "edit": "reversed", "field": "Front", "to": "CT &amp; co" }),
        json!({ "edit": "choice", "field": "Back", "to": "something else" }),
    ];
    desk.anki("en", &[&changes[..], &out].concat(), &json!({}));
    for (back, updated) in [(&package, 1), (&text, 0)] {
        let report = desk.matura(&["import", back.to_str().unwrap()])["files"][0].clone();
        assert_eq!(report["updated"], updated, "{report}");
        assert!(report["warnings"].to_string().contains("1 note was changed where"), "{report}");
    }
    let otherwise: Vec<Value> =
        before.iter().zip(notes()).filter(|(one, two)| *one != two).map(|(_, two)| two).collect();
    assert_eq!(otherwise.len(), 1);
    assert_eq!(otherwise[0]["prompt"], "CT & co");
}
