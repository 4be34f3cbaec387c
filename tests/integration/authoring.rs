//! Notes made, changed and taken away at the terminal.

use serde_json::{Value, json};

use crate::builder::{Matura, Ran};

/// A learner who has answered both cards of a bank.
fn learner() -> Matura {
    let matura = Matura::with_bank(BANK);
    for card in ["1", "2"] {
        matura.json(&["answer", card, "--grade", "4"]);
    }
    matura
}

const BANK: &str = "id,deck,prompt,answer,options,hint,tags\n1,MLOps,What is drift?,a change,,,a b\n2,MLOps,Which?,B,one|two,,\n";

fn import(matura: &Matura, bank: &str, more: &[&str]) -> Value {
    let file = matura.file("bank.csv", bank);
    matura.json(&[&["import", file.to_str().unwrap()], more].concat())["files"][0].clone()
}

/// What a note says now.
fn show(matura: &Matura, card: &str) -> Value {
    matura.json(&["show", card])
}

/// A run with an editor that is this script of the shell; `$1` is the file.
fn with_editor(matura: &Matura, args: &[&str], script: &str) -> Ran {
    let editor = matura.file("editor.sh", format!("#!/bin/sh\n{script}\n"));
    let mut command = matura.command(args);
    command.env("PATH", "/usr/bin:/bin").env("EDITOR", format!("sh {}", editor.display()));
    Ran::of(&command.output().unwrap())
}

#[test]
fn a_note_of_every_kind_is_added_and_can_be_answered() {
    let matura = Matura::new();
    for (args, kind, cards) in [
        (&["What is CT?", "continuous training", "--reverse"][..], "fact", 2),
        (&["{{c1::Drift}} is {{c2::change}}", "--hint=-"], "cloze", 2),
        (&["Which?", "B", "--option", "a | b", "--option=-c"], "choice", 1),
        (&["Fill __1__", "x", "--code=-f(__2__)", "--language", "python"], "blanks", 0),
        (&["Fill __1__ and __2__", "x|y", "--accept", "2=z"], "blanks", 1),
    ] {
        let ran = matura.run(&[&["add", "--deck", "My::Deck", "--json"], args].concat());
        if cards == 0 {
            assert!(ran.status == 1 && ran.json()["error"]["hint"].is_string(), "{args:?}: {}", ran.out);
            continue;
        }
        let added = ran.json();
        assert_eq!(
            (added["kind"].as_str(), added["cards"].as_array().map(Vec::len)),
            (Some(kind), Some(cards))
        );
        assert_eq!(added["deck"], "My::Deck");
    }
    assert_eq!(matura.json(&["answer", "5", "--response", "-c", "--final"])["correct"], true);
    assert_eq!(matura.json(&["answer", "6", "--response", "x\nz", "--final"])["correct"], true);
    assert_eq!(matura.check()["notes"], 4);
}

#[test]
fn the_same_note_is_not_added_twice_and_another_answer_is_another_note() {
    let matura = Matura::new();
    let first = matura.json(&["add", "q", "a", "--deck", "D"]);
    assert_eq!((first["new_deck"].clone(), first["came_back"].clone()), (json!(true), json!(false)));
    let again = matura.run(&["add", "q", "a", "--deck", "d"]);
    assert!(again.status == 1 && again.err.contains("in D already, as card 1"), "{}", again.err);
    assert_ne!(matura.json(&["add", "q", "b", "--deck", "D"])["note"], first["note"]);
    matura.json(&["answer", "1", "--grade", "5"]);
    matura.json(&["remove", "1"]);
    let back = matura.json(&["add", "q", "a", "--deck", "D"]);
    assert_eq!((back["note"].clone(), back["came_back"].clone()), (first["note"].clone(), json!(true)));
    assert_eq!(back["cards"][0]["repetitions"], 1, "its history is there");
    // what a bank states under the same deck is this note
    assert_eq!(import(&matura, "deck,prompt,answer\nD,q,a\n", &[])["unchanged"], 1);
}

#[test]
fn a_form_that_is_filled_in_an_editor_becomes_a_note_and_an_empty_one_nothing() {
    let matura = Matura::new();
    let fill = "sed -i 's/^== prompt.*/&\\nWhat is CT?/; s/^== answer.*/&\\ncontinuous\\ntraining/' \"$1\"";
    let ran = with_editor(&matura, &["add", "--deck", "D", "--tags", "x", "--json"], fill);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let shown = show(&matura, "1");
    assert_eq!(
        (shown["prompt"].as_str(), shown["answer"].as_str()),
        (Some("What is CT?"), Some("continuous\ntraining"))
    );
    assert_eq!(shown["tags"], json!(["x"]));
    let ran = with_editor(&matura, &["add"], "true");
    assert!(ran.status == 0 && ran.err.contains("nothing was added"), "{}", ran.err);
    let ran = with_editor(&matura, &["add"], "exit 3");
    assert!(
        ran.status == 1 && ran.err.contains("nothing was changed") && ran.err.contains("EDITOR"),
        "{}",
        ran.err
    );
    let ran = matura.run(&["add"]);
    assert!(ran.status == 2 && ran.err.contains("no terminal for an editor"), "{}", ran.err);
    assert_eq!(matura.check()["notes"], 1);
}

#[test]
fn a_form_with_a_mistake_comes_again_with_the_reason_and_what_was_typed() {
    let matura = learner();
    // the first time the answer goes, the second time a new one is written below what was kept
    let script = "if grep -q '^NOT TAKEN' \"$1\"; then cp \"$1\" seen; sed -i 's/^== answer.*/&\\nnew/' \"$1\"; \
        else sed -i '/^a change$/d; s/^== hint.*/&\\nkept/' \"$1\"; fi";
    let ran = with_editor(&matura, &["edit", "1", "--json"], script);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.json()[0]["fields"], json!(["answer", "hint"]));
    let seen = std::fs::read_to_string(matura.path("seen")).unwrap();
    assert!(
        seen.starts_with("NOT TAKEN: the note cannot be taken: answer:")
            || seen.starts_with("NOT TAKEN: \"What is drift?\""),
        "{seen}"
    );
    assert!(seen.contains("\nkept\n"), "{seen}");
    assert_eq!(show(&matura, "1")["answer"], "new");
    // left as it is although it was refused: the reason, and nothing changed
    let ran = with_editor(&matura, &["edit", "1"], "grep -q '^NOT TAKEN' \"$1\" || sed -i '/^new$/d' \"$1\"");
    assert!(ran.status == 1 && ran.err.contains("answer"), "{}", ran.err);
    let ran = with_editor(&matura, &["edit", "1"], "true");
    assert!(ran.status == 0 && ran.out.contains("Nothing was changed"), "{}", ran.out);
    assert_eq!(show(&matura, "1")["answer"], "new");
}

#[test]
fn what_was_typed_into_a_form_that_is_not_taken_is_kept_and_found() {
    let matura = learner();
    let fill = "sed -i 's/^== hint.*/&\\nlong work/' \"$1\"";
    for (script, why) in [
        (format!("{fill}; exit 1"), "ended with exit status: 1"),
        (format!("{fill}; printf '\\377' >>\"$1\""), "not UTF-8"),
        (format!("grep -q '^NOT TAKEN' \"$1\" || {{ {fill}; sed -i '/^a change$/d' \"$1\"; }}"), "answer"),
        (format!("{fill}; \"$MATURA\" remove 1 >/dev/null"), "was removed"),
    ] {
        let editor = matura.file("editor.sh", &script);
        let mut command = matura.command(&["edit", "1"]);
        command.env("PATH", "/usr/bin:/bin").env("EDITOR", format!("sh {}", editor.display()));
        command.env("MATURA", env!("CARGO_BIN_EXE_matura")).env("TMPDIR", matura.path("."));
        let ran = Ran::of(&command.output().unwrap());
        let err = ran.err.replace('\n', " ");
        assert!(ran.status == 1 && err.contains(why), "{why}: {err}");
        let place = err.split("what you typed is in ").nth(1).unwrap_or_else(|| panic!("{why}: {err}"));
        let kept = std::fs::read(place.split_whitespace().next().unwrap()).unwrap();
        assert!(String::from_utf8_lossy(&kept).contains("long work"), "{why}");
    }
    let ran = with_editor(&matura, &["edit", "2"], "rm \"$1\"");
    assert!(ran.status == 1 && ran.err.contains("left no file"), "{}", ran.err);
    let ran = with_editor(&matura, &["edit", "2"], "exit 1");
    assert!(ran.status == 1 && !ran.err.contains("what you typed"), "{}", ran.err);
}

#[test]
fn what_another_process_changed_meanwhile_is_told() {
    let matura = learner();
    let editor = matura.file(
        "editor.sh",
        "\"$MATURA\" edit 1 --answer other --hint theirs >/dev/null; sed -i 's/^a change$/mine/' \"$1\"\n",
    );
    let mut command = matura.command(&["edit", "1", "--json"]);
    command.env("PATH", "/usr/bin:/bin").env("EDITOR", format!("sh {}", editor.display()));
    let ran = Ran::of(&command.env("MATURA", env!("CARGO_BIN_EXE_matura")).output().unwrap());
    let warning = ran.json()[0]["warnings"][0].as_str().unwrap().to_owned();
    assert!(warning.contains("changed meanwhile to \"other\""), "{warning}");
    let shown = show(&matura, "1");
    assert_eq!((shown["answer"].as_str(), shown["hint"].as_str()), (Some("mine"), Some("theirs")));
}

#[test]
fn in_lines_a_note_is_edited_and_asked_as_it_is_then() {
    let matura = learner();
    let editor = matura.file("editor.sh", "sed -i 's/drift/data drift/' \"$1\"\n");
    for (with_editor, told) in [(true, "The note is changed."), (false, "there is no terminal for an editor")]
    {
        let mut command = matura.command(&["practice", "MLOps", "--tag", "a"]);
        command.env("PATH", "/usr/bin:/bin");
        if with_editor {
            command.env("EDITOR", format!("sh {}", editor.display()));
        }
        let input = matura.file("input", "e\n\n3\n");
        let output = command.stdin(std::fs::File::open(input).unwrap()).output().unwrap();
        let ran = Ran::of(&output);
        assert!(ran.out.contains(told), "{}{}", ran.out, ran.err);
        assert_eq!(ran.lines("What is data drift?").len(), 1, "{}", ran.out);
        assert_eq!(ran.lines("saved:").len(), 1, "{}", ran.out);
    }
    matura.check();
}

#[cfg(target_os = "linux")]
#[test]
fn in_lines_an_image_is_opened_by_the_program_of_the_platform() {
    let matura = Matura::with_bank("prompt,answer\nsee [image: https://x.org/a.png],and [image: b.png]\n");
    let (ran, opened) = matura.run_with_opener(&["review"], "o\n\no\n3\n", 2);
    assert_eq!(ran.lines("opened: https://x.org/a.png").len(), 2, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("Not opened: \"b.png\" is not in the collection"), "{}", ran.out);
    assert_eq!(opened, ["https://x.org/a.png"; 2]);
}

#[test]
fn an_edit_keeps_the_schedule_and_a_cloze_that_loses_a_part_keeps_the_others() {
    let matura = Matura::with_bank("prompt\n{{c1::a}} {{c2::b}}\n");
    matura.json(&["answer", "2", "--grade", "4"]);
    let edited = matura.json(&["edit", "1", "--prompt", "{{c2::b}} and {{c3::c}}"]);
    assert!(edited[0]["warnings"][0].as_str().unwrap().contains("card 1 (c1) is gone"), "{edited}");
    let cards = matura.cards();
    let slots: Vec<_> = cards
        .iter()
        .map(|card| (card["slot"].as_str().unwrap(), card["repetitions"].as_i64().unwrap()))
        .collect();
    assert_eq!(slots, [("c2", 1), ("c3", 0)]);
    matura.json(&["edit", "2", "--prompt", "{{c1::a}} {{c2::b}}"]);
    assert_eq!(matura.check()["reviews"], 1);
    let refused = matura.run(&["edit", "2", "--prompt", "nothing hidden"]);
    assert!(
        refused.status == 1 && refused.err.contains("cloze") || refused.err.contains("answer"),
        "{}",
        refused.err
    );
}

#[test]
fn several_notes_are_edited_together_or_not_at_all() {
    let matura = learner();
    let ran = matura.run(&["edit", "1", "2", "--option", "only", "--hint", "h"]);
    assert_eq!(ran.status, 1);
    assert_eq!(show(&matura, "1")["hint"], Value::Null);
    let edited =
        matura.json(&["edit", "--query", "deck:MLOps", "--deck", "Else::Where", "--difficulty", "hard"]);
    assert_eq!(edited.as_array().unwrap().len(), 2);
    let decks = matura.json(&["decks"]);
    let totals: Vec<_> = decks
        .as_array()
        .unwrap()
        .iter()
        .map(|deck| (deck["deck"].as_str().unwrap(), deck["total"].as_i64().unwrap()))
        .collect();
    assert_eq!(totals, [("Else", 2), ("Else::Where", 2), ("MLOps", 0)]);
    assert_eq!(show(&matura, "1")["cards"][0]["repetitions"], 1);
    // where the learner put it it stays, for the bank did not move it
    assert_eq!(import(&matura, BANK, &[])["unchanged"], 2);
    matura.check();
}

#[test]
fn the_learners_own_words_outlive_the_bank_and_what_the_bank_mends_comes_all_the_same() {
    let matura = learner();
    matura.json(&["edit", "1", "--hint", "mine", "--answer", "my words"]);
    matura.json(&["tag", "1", "--add", "exam", "--remove", "a"]);
    let report = import(&matura, BANK, &[]);
    assert_eq!(
        (report["unchanged"].as_i64(), report["updated"].as_i64()),
        (Some(2), Some(0)),
        "nothing new in the bank"
    );
    let second = BANK.replace("What is drift?", "What is data drift?").replace("a b", "a b c");
    let report = import(&matura, &second, &[]);
    assert_eq!(
        (report["updated"].as_i64(), report["warnings"].as_array().unwrap().len()),
        (Some(1), 0),
        "{report}"
    );
    let shown = show(&matura, "1");
    assert_eq!(
        (shown["prompt"].as_str(), shown["hint"].as_str(), shown["answer"].as_str()),
        (Some("What is data drift?"), Some("mine"), Some("my words"))
    );
    assert_eq!(shown["tags"], json!(["b", "c", "exam"]));
    // both changed the answer: the bank's holds, and the learner is told what is lost
    let third = second.replace("a change", "a change of data");
    let report = import(&matura, &third, &[]);
    let warning = report["warnings"][0]["message"].as_str().unwrap();
    assert!(warning.contains("my words"), "{warning}");
    let shown = show(&matura, "1");
    assert_eq!((shown["answer"].as_str(), shown["hint"].as_str()), (Some("a change of data"), Some("mine")));
    assert_eq!(import(&matura, &third, &[])["unchanged"], 2);
    assert_eq!(shown["cards"][0]["repetitions"], 1);
    matura.check();
}

#[test]
fn a_note_that_the_learner_removed_stays_removed_until_it_is_brought_back_with_its_history() {
    let matura = learner();
    let removed = matura.json(&["remove", "1"]);
    let guid = removed[0]["note"].as_str().unwrap().to_owned();
    let report = import(&matura, BANK, &[]);
    assert_eq!((report["unchanged"].as_i64(), report["added"].as_i64()), (Some(2), Some(0)));
    assert_eq!(report["removed_earlier"][0]["prompt"], "What is drift?");
    assert_eq!(matura.cards().len(), 1);
    let told = matura.run(&["import", "bank.csv"]);
    assert!(
        told.out.contains("removed by you earlier: What is drift?") && told.out.contains("--bring-back"),
        "{}",
        told.out
    );
    assert_eq!(matura.json(&["remove", "--list"])[0]["note"], guid.as_str());
    assert!(matura.run(&["edit", &guid, "--hint", "x"]).err.contains("was removed"));
    let report = import(&matura, BANK, &["--bring-back"]);
    assert_eq!(
        (report["added"].as_i64(), report["brought_back"][0]["note"].as_str()),
        (Some(1), Some(guid.as_str()))
    );
    assert_eq!(matura.cards().iter().filter(|card| card["repetitions"] == 1).count(), 2);
    matura.json(&["remove", "--query", "drift"]);
    let back = matura.json(&["remove", "--bring-back", &guid]);
    assert_eq!(back[0]["cards"][0]["repetitions"], 1);
    assert!(matura.run(&["remove", "--bring-back", "never"]).err.contains("there never was"));
    assert_eq!(matura.check()["reviews"], 2);
}

#[test]
fn a_reset_card_is_new_and_keeps_its_history_and_a_rescheduled_one_goes_on_from_there() {
    let mut matura = learner();
    assert_eq!(matura.json(&["reset", "1"]), json!({ "card": 1, "state": "new", "changed": true }));
    let shown = show(&matura, "1");
    assert_eq!(
        (shown["cards"][0]["state"].as_str(), shown["history"].as_array().unwrap().len()),
        (Some("new"), 2)
    );
    assert_eq!(
        matura.json(&["answer", "1", "--grade", "5"])["repetitions"],
        1,
        "it can be learnt the same day"
    );
    assert_eq!(matura.json(&["reschedule", "2", "--interval", "10"])["due"], "2026-12-03");
    let state = matura.cards()[1].clone();
    assert_eq!((state["interval"].as_i64(), state["repetitions"].as_i64()), (Some(10), Some(2)));
    matura.json(&["reschedule", "2", "--due", "tomorrow", "--ease", "2.0"]);
    let history = show(&matura, "2")["history"].clone();
    assert_eq!(
        (history[2]["reason"].as_str(), history[2]["due"].as_str(), history[2]["ease"].as_i64()),
        (Some("reschedule"), Some("2026-11-24"), Some(2000))
    );
    matura.now("2026-11-24T09:00:00Z");
    assert_eq!(matura.json(&["answer", "2", "--grade", "4"])["interval"], 20);
    for (args, told) in [
        (&["reschedule", "1", "--due", "someday"][..], "write a date"),
        (&["reschedule", "1", "--ease", "1.2"], "1.3"),
        (&["reschedule", "1"], "required"),
        (&["reschedule", "99", "--due", "1"], "there is no card 99"),
        (&["reset"], "required"),
    ] {
        let ran = matura.run(args);
        assert!(ran.status != 0 && ran.err.contains(told), "{args:?}: {}", ran.err);
    }
    matura.check();
}

#[test]
fn tags_are_listed_given_taken_and_renamed() {
    let matura = learner();
    matura.json(&["tag", "--query", "deck:MLOps", "--add", "term::one, x"]);
    let tags = matura.json(&["tag"]);
    let tags: Vec<_> = tags
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| (tag["tag"].as_str().unwrap(), tag["notes"].as_i64().unwrap()))
        .collect();
    assert_eq!(tags, [("a", 1), ("b", 1), ("term::one", 2), ("x", 2)]);
    assert_eq!(matura.json(&["tag", "--rename", "term", "year::2"])["notes"], 2);
    assert_eq!(matura.json(&["tag", "1", "2", "--remove", "X,a"]).as_array().unwrap().len(), 2);
    assert_eq!(show(&matura, "1")["tags"], json!(["b", "year::2::one"]));
    assert!(matura.json(&["tag", "1", "--remove", "nothing"]).as_array().unwrap().is_empty());
    matura.check();
}

#[test]
fn decks_are_renamed_moved_and_removed_with_what_is_below_them() {
    let matura = Matura::with_bank("deck,prompt,answer\nA,q1,a\nA::B,q2,a\nC,q3,a\n");
    matura.json(&["config", "--deck", "B", "new_per_day", "5"]);
    matura.json(&["decks", "rename", "A", "A::A"]);
    let names = || -> Vec<String> {
        matura
            .json(&["decks"])
            .as_array()
            .unwrap()
            .iter()
            .map(|deck| format!("{} {}", deck["deck"].as_str().unwrap(), deck["total"]))
            .collect()
    };
    assert_eq!(names(), ["A 2", "A::A 2", "A::A::B 1", "C 1"]);
    matura.json(&["decks", "move", "A::A", "C"]);
    assert_eq!(names(), ["A 0", "C 3", "C::A 2", "C::A::B 1"]);
    assert_eq!(matura.json(&["config", "--deck", "B"])["new_per_day"], 5, "its limits go with it");
    matura.json(&["decks", "move", "C::A::B", "--top"]);
    for (args, told) in [
        (&["decks", "rename", "B", "C"][..], "there is a deck C already"),
        (&["decks", "move", "C", "C::A"], "is a part of it"),
        (&["decks", "rename", "B", "C::"], "without a name"),
        (&["decks", "remove", "B"], "holds 1 note"),
        (&["decks", "remove", "nothing"], "no deck"),
        (&["decks", "move", "B"], "required"),
    ] {
        let ran = matura.run(args);
        assert!(ran.status != 0 && ran.err.contains(told), "{args:?}: {}", ran.err);
    }
    matura.json(&["decks", "remove", "A"]);
    let removed = matura.json(&["decks", "remove", "B", "--with-notes"]);
    assert_eq!(removed, json!([{ "deck": "B", "notes": 1 }]));
    assert_eq!(names(), ["C 2", "C::A 1"]);
    let guid = matura.json(&["remove", "--list"])[0]["note"].as_str().unwrap().to_owned();
    // another deck takes the name, and what was removed with the old one comes back to it
    matura.json(&["decks", "rename", "C::A", "b"]);
    assert_eq!(matura.json(&["remove", "--bring-back", &guid])[0]["deck"], "b");
    assert_eq!(names(), ["b 2", "C 1"]);
    matura.json(&["decks", "remove", "b", "--with-notes"]);
    matura.json(&["remove", "--bring-back", &guid]);
    assert_eq!(names(), ["b 1", "C 1"], "its deck is there again");
    matura.check();
}

#[test]
fn cards_are_suspended_marked_and_buried_by_number_by_note_and_by_query() {
    let matura = Matura::with_bank("prompt,answer,reverse,tags\nq1,a,yes,x\nq2,b,,\n");
    let guid = matura.json(&["list"])[0]["note"].as_str().unwrap().to_owned();
    let changed =
        |value: &Value| value.as_array().unwrap().iter().filter(|card| card["changed"] == true).count();
    assert_eq!(changed(&matura.json(&["suspend", &guid])), 2);
    assert_eq!(matura.json(&["suspend", "1"])["changed"], false);
    assert_eq!(changed(&matura.json(&["resume", "--query", "is:suspended", "3"])), 2);
    assert_eq!(changed(&matura.json(&["bury", "1", "3"])), 2);
    assert_eq!(changed(&matura.json(&["mark", "--query", "tag:x"])), 2);
    assert_eq!(matura.json(&["list", "is:marked"])[0]["cards"].as_array().unwrap().len(), 2);
    assert_eq!(matura.json(&["unmark", "3"])["changed"], false);
    assert_eq!(changed(&matura.json(&["unbury", "--query", "is:buried"])), 2);
    assert!(matura.run(&["suspend", "--query", "zzz"]).out.contains("No card fits"));
    for command in ["suspend", "remove", "reset"] {
        let ran = matura.run(&[command, "--query", " "]);
        assert!(ran.status == 2 && ran.err.contains("would be every card"), "{command}: {}", ran.err);
    }
    assert_eq!(matura.run(&["suspend", "9"]).status, 1);
    matura.check();
}

#[test]
fn an_import_into_another_deck_says_that_it_moves_the_notes() {
    let matura = Matura::new();
    let bank = "prompt,answer\nq,a\n";
    import(&matura, bank, &["--deck", "Top::One"]);
    let report = import(&matura, bank, &["--deck", "Top::Two"]);
    let warning = report["warnings"][0]["message"].as_str().unwrap_or_default().to_owned();
    assert_eq!(report["updated"], 1);
    assert!(warning.contains("1 note moved from Top::One to Top::Two"), "{report}");
}
