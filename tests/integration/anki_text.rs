//! Text files of Anki, from the file to the collection and back.

use serde_json::Value;

use crate::builder::{Matura, root};

/// What the notes are, whether their texts are HTML or not, in the order of their guids.
fn told(notes: &Value) -> Vec<[String; 5]> {
    let told = |note: &Value| {
        let slots: Vec<&str> =
            note["cards"].as_array().unwrap().iter().map(|card| card["slot"].as_str().unwrap()).collect();
        let [guid, deck, tags, kind] = ["note", "deck", "tags", "kind"].map(|name| note[name].to_string());
        [guid, deck, tags, kind, slots.join(" ")]
    };
    let mut told: Vec<[String; 5]> = notes.as_array().unwrap().iter().map(told).collect();
    told.sort();
    told
}

#[test]
fn what_is_exported_to_anki_comes_back_with_its_guids_decks_tags_and_kinds() {
    let matura = Matura::with_bank(
        "id,deck,prompt,answer,tags,reverse,typed,hint\n\
         a,Sea::Light,#1 < 2?,yes & no,x y,,,\n\
         b,Sea,port,left,,yes,,\n\
         c,Sea,flag,G,z::q,,yes,look up\n\
         d,Sea,A {{c1::bowline::knot}} holds,,x,,,\n",
    );
    matura.json(&["export", "--to", "anki", "-o", "sea.txt"]);
    let file = matura.path("sea.txt");
    let other = Matura::new();
    let report = other.json(&["import", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&report["format"], &report["added"]), (&Value::from("anki"), &Value::from(4)));
    assert_eq!(report["warnings"], Value::Array(vec![]));
    assert_eq!(told(&other.json(&["list"])), told(&matura.json(&["list"])));
    // and what is plain text is the same text
    let notes = other.json(&["list"]);
    assert!(notes.as_array().unwrap().iter().any(|note| note["prompt"] == "#1 < 2?"), "{notes}");
    let again = other.json(&["import", file.to_str().unwrap()]);
    assert_eq!(again["files"][0]["unchanged"], 4);
    other.check();
}

#[test]
fn the_starter_deck_comes_back_from_anki_with_every_guid() {
    let matura = Matura::new();
    matura.json(&["import", root().join("decks/mlops-maturity.csv").to_str().unwrap()]);
    matura.json(&["export", "--to", "anki", "-o", "starter.txt"]);
    let other = Matura::new();
    let report = other.json(&["import", matura.path("starter.txt").to_str().unwrap()])["files"][0].clone();
    assert_eq!((&report["added"], &report["rejected"]), (&report["read"], &Value::from(0)));
    let guids =
        |matura: &Matura| told(&matura.json(&["list"])).into_iter().map(|[guid, deck, ..]| (guid, deck));
    assert!(guids(&matura).eq(guids(&other)));
}

#[test]
fn rejected_rows_go_to_a_file_of_their_own_and_come_in_when_they_are_mended() {
    let matura = Matura::new();
    let bank = "#separator:tab\n#html:true\n#guid column:1\n#deck column:2\ng1\tA\tq\ta\n\n# c\ng2\tA\t\"two\nlines\"\t\ng3\t::\tr\tb\n";
    let file = matura.file("notes.txt", bank);
    let file = file.to_str().unwrap();
    let refused = matura.run(&["import", file]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("notes.txt:8:back: a fact needs an answer"), "{}", refused.err);
    let report =
        matura.json(&["import", file, "--skip-bad-rows", "--deck", "B", "--tags", "x"])["files"][0].clone();
    assert_eq!((&report["read"], &report["rejected"], &report["skipped"]), (&3.into(), &1.into(), &2.into()));
    assert_eq!(report["rejected_file"], format!("{file}.rejected.txt"));
    let decks =
        |notes: Value| notes.as_array().unwrap().iter().map(|note| note["deck"].clone()).collect::<Vec<_>>();
    assert_eq!(decks(matura.json(&["list"])), ["A", "B"]);
    assert_eq!(matura.json(&["list"])[0]["tags"], serde_json::json!(["x"]));
    let rejected = std::fs::read_to_string(format!("{file}.rejected.txt")).unwrap();
    assert!(rejected.starts_with("#separator:tab\n"), "{rejected}");
    assert!(rejected.contains("\n# rejected because: 8:back: a fact needs an answer"), "{rejected}");
    let mended = matura.file("mended.txt", rejected.replace("lines\"\t", "lines\"\ta"));
    let report = matura.json(&["import", mended.to_str().unwrap()])["files"][0].clone();
    assert_eq!((&report["format"], &report["added"]), (&Value::from("anki"), &Value::from(1)));
    assert_eq!(report["warnings"], Value::Array(vec![]));
    assert_eq!(matura.json(&["list"])[2]["note"], "g2");
}
