//! Packages: every note, its schedule and its history arrive in the real Anki.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::{Bank, Desk, Differences, Log, Verdict};
use crate::{arrival, hostile};

fn package(desk: &Desk, zone: &str, language: &str, scheduling: bool) -> Verdict {
    let file = desk.package(&[]);
    desk.anki_in(zone, language, &[json!({ "package": file, "scheduling": scheduling })], &json!({}))
}

#[test]
fn every_kind_arrives_in_a_notetype_of_its_own_with_its_cards() {
    let desk = Desk::new();
    desk.import(&arrival::bank());
    let verdict = package(&desk, "UTC", "en", true);
    verdict.assert_all_new(10);
    for (guid, notetype, deck, cards) in [
        ("fact", "matura Basic", "Course::Facts", 1),
        ("reversed", "matura Basic (and reversed card)", "Course::Facts", 2),
        ("typed", "matura Basic (type in the answer)", "Course::Facts", 1),
        ("typed-reversed", "matura Basic (typed, and reversed card)", "Course::Facts", 2),
        ("cloze", "matura Cloze", "Course::Gaps", 2),
        ("cloze-code", "matura Cloze", "Course::Gaps", 1),
        ("blanks", "matura Blanks", "Course::Gaps", 1),
        ("choice", "matura Choice", "Course::Choices", 1),
        ("several", "matura Choice", "Course::Choices", 1),
        ("code", "matura Basic", "Course::Code", 1),
    ] {
        let note = verdict.note(guid);
        assert_eq!((note.notetype.as_str(), note.cards.len()), (notetype, cards), "{guid}");
        assert!(note.cards.iter().all(|card| card.deck == deck), "{guid}");
        assert_eq!(note.stock, None);
    }
    let text = |guid: &str, card: usize| {
        let card = &verdict.note(guid).cards[card];
        (card.question.text.clone(), card.answer.text.clone())
    };
    for (guid, card, front, back) in [
        ("fact", 0, "What is drift?", "A change of data"),
        ("reversed", 0, "CT", "continuous training"),
        ("reversed", 1, "continuous training", "CT"),
        ("cloze", 0, "[...] builds, CD ships", "CI"),
        ("cloze", 1, "CI builds, [two letters] ships", "CD"),
        ("cloze-code", 0, "[a call](a < b)", "retrain"),
        ("blanks", 0, "Fill [...] and [...].", "limit"),
        ("choice", 0, "level <0>", "level 1"),
        ("several", 0, "Several are right.", "3"),
        ("code", 0, "        return '&lt;' + team[\"a\"]  # x", "nothing"),
    ] {
        let (question, answer) = text(guid, card);
        assert!(question.contains(front) && answer.contains(back), "{guid} {card}: {question} / {answer}");
    }
    // what tells the answer is not in front
    for (guid, secret) in
        [("choice", "Level 0 has scripts."), ("typed", "No shared process"), ("reversed", "CT retrains")]
    {
        let card = &verdict.note(guid).cards[0];
        assert!(!card.question.text.contains(secret) && card.answer.text.contains(secret), "{guid}");
    }
    assert_eq!(verdict.note("choice").cards[0].question.letters, [Some("A".to_owned())]);
    assert_eq!(verdict.note("fact").tags, ["difficulty::hard", "drift", "level::3", "monitoring"]);
}

/// A learner with cards in every state.
pub fn learner() -> Desk {
    let desk = Desk::new();
    let bank = (1..=6).fold(Bank::new(), |bank, n| {
        let (guid, prompt) = (format!("g{n}"), format!("question {n}"));
        bank.row(&[("guid", &guid), ("deck", "D"), ("prompt", &prompt), ("answer", "a")])
    });
    desk.import(&bank);
    for (card, grade) in [(1, "5"), (2, "1"), (2, "3"), (4, "4"), (5, "4")] {
        desk.matura(&["answer", &card.to_string(), "--grade", grade]);
    }
    desk.matura(&["undo"]);
    desk.matura(&["reschedule", "4", "--interval", "12", "--ease", "1.9"]);
    desk.matura(&["suspend", "4", "3"]);
    desk.matura(&["reschedule", "5", "--due", "2020-02-29"]);
    desk
}

/// Due dates by guid, as matura has them.
pub fn dates(desk: &Desk) -> Vec<(String, Value)> {
    let notes = desk.matura(&["list"]);
    notes
        .as_array()
        .unwrap()
        .iter()
        .map(|note| (note["note"].as_str().unwrap().to_owned(), note["cards"][0]["due"].clone()))
        .collect()
}

#[test]
fn due_days_are_the_same_dates_in_every_time_zone() {
    for (zone, language) in [
        ("UTC", "en"),
        ("Asia/Tokyo", "de"),
        ("Pacific/Kiritimati", "en"),
        ("America/Los_Angeles", "ja"),
        ("Pacific/Pago_Pago", "en"),
    ] {
        let desk = learner();
        let verdict = package(&desk, zone, language, true);
        verdict.assert_all_new(6);
        for (guid, due) in dates(&desk) {
            let card = verdict.card(&guid);
            assert_eq!(json!(card.date), due, "{zone} {guid}: {:?}", card.state);
        }
    }
}

#[test]
fn ease_interval_suspension_and_history_travel() {
    let desk = learner();
    let verdict = package(&desk, "UTC", "en", true);
    let shown = desk.matura(&["list"]);
    for note in shown.as_array().unwrap() {
        let (guid, ours) = (note["note"].as_str().unwrap(), &note["cards"][0]);
        let [kind, queue, _, interval, ease, reviews, lapses] = verdict.card(guid).state[..] else {
            panic!()
        };
        let is_new = ours["due"].is_null();
        assert_eq!(kind, if is_new { 0 } else { 2 }, "{guid}");
        assert_eq!(queue, if ours["state"] == "suspended" { -1 } else { kind }, "{guid}");
        assert_eq!(json!([interval, lapses]), json!([ours["interval"], ours["lapses"]]), "{guid}");
        assert_eq!(json!(ease), if is_new { json!(0) } else { ours["ease"].clone() }, "{guid}");
        let history = desk.matura(&["show", guid])["history"].clone();
        let rows: Vec<&Value> = history
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["kind"] != "retract" && row["retracted"] == false)
            .collect();
        let theirs = &verdict.card(guid).reviews;
        assert_eq!(theirs.len(), rows.len(), "{guid}");
        assert_eq!(
            reviews,
            i64::try_from(rows.iter().filter(|row| !row["grade"].is_null()).count()).unwrap(),
            "{guid}"
        );
        for (row, [at, button, _, _, factor, _, kind]) in rows.iter().zip(theirs) {
            assert_eq!(row["at"], *at, "{guid}");
            let expected = match row["grade"].as_u64() {
                None => 0,
                Some(0..=2) => 1,
                Some(3) => 2,
                Some(4) => 3,
                Some(_) => 4,
            };
            assert_eq!(*button, expected, "{guid} {row}");
            match row["kind"].as_str().unwrap() {
                "review" => assert!((*kind == 0 || *kind == 1) && *factor >= 1300, "{guid} {row}"),
                "set" => assert_eq!((*kind, *factor), (5, row["ease"].as_i64().unwrap()), "{guid} {row}"),
                _ => assert_eq!((*kind, *factor), (3, 0), "{guid} {row}"),
            }
        }
    }
    assert_eq!(verdict.problems, None);
}

#[test]
fn without_learning_progress_everything_arrives_as_new() {
    let desk = learner();
    let verdict = package(&desk, "UTC", "en", false);
    assert!(verdict.notes.iter().all(|note| note.cards.iter().all(|card| card.state[0] == 0)));
    let desk = learner();
    let file = desk.package(&["--no-schedule"]);
    let verdict = desk.anki("en", &[json!({ "package": file, "scheduling": true })], &json!({}));
    verdict.assert_all_new(6);
    assert!(verdict.notes.iter().all(|note| {
        note.cards
            .iter()
            .all(|card| card.state == [0, 0, card.state[2], 0, 0, 0, 0] && card.reviews.is_empty())
    }));
}

#[test]
fn a_second_import_changes_nothing_and_a_correction_updates_its_note_alone() {
    let desk = learner();
    let file = desk.package(&[]);
    let later = desk.path("later.apkg");
    std::fs::copy(&file, &later).unwrap();
    // Anki counts changes in seconds
    std::thread::sleep(std::time::Duration::from_millis(1100));
    desk.matura(&["edit", "1", "--answer", "another"]);
    desk.matura(&["mark", "2"]);
    let second = desk.package(&[]);
    let verdict = desk.anki(
        "en",
        &[
            json!({ "package": later, "scheduling": true }),
            json!({ "package": later, "scheduling": true }),
            json!({ "package": second, "scheduling": true }),
        ],
        &json!({}),
    );
    let log = |new, updated, duplicate| Log { new, updated, duplicate, ..Log::default() };
    assert_eq!(verdict.imports, [log(6, 0, 0), log(0, 0, 6), log(0, 2, 4)]);
    assert_eq!(verdict.note("g1").fields[1], "another");
    assert_eq!(verdict.note("g2").tags, ["marked"]);
    assert_eq!(verdict.card("g1").reviews.len(), 1, "no review comes twice");
    assert_eq!(verdict.problems, None);
}

#[test]
fn a_package_leaves_notes_that_came_as_text_alone_and_says_so() {
    let desk = learner();
    let text = desk.export(&[]);
    let file = desk.package(&[]);
    let verdict = desk.anki(
        "en",
        &[json!({ "import": text }), json!({ "package": file, "scheduling": true })],
        &json!({}),
    );
    assert_eq!(verdict.imports[1], Log { conflicting: 6, ..Log::default() });
}

#[test]
fn hostile_texts_arrive_as_they_are_in_every_field() {
    let texts = hostile::texts();
    let guids: Vec<String> = (0..texts.len()).map(|n| format!("t{n}")).collect();
    let bank = texts.iter().zip(&guids).fold(Bank::new(), |bank, ((text, _), guid)| {
        let front = format!("{guid} {text}");
        bank.row(&[
            ("guid", guid),
            ("deck", "D"),
            ("kind", "fact"),
            ("prompt", &front),
            ("answer", text),
            ("hint", text),
            ("explanation", text),
            ("check", "x"),
        ])
    });
    let desk = Desk::new();
    desk.import(&bank);
    let verdict = package(&desk, "UTC", "en", true);
    verdict.assert_all_new(texts.len());
    let mut differences = Differences::default();
    for ((_, meant), guid) in texts.iter().zip(&guids) {
        let card = verdict.card(guid);
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let meant = flat(meant);
        let answer = flat(&card.answer.text);
        let found = answer.matches(meant.as_str()).count();
        if found < 2 {
            differences.compare(guid, &answer, &format!("twice {meant}"));
        }
        let question = flat(&card.question.text);
        if !question.starts_with(&flat(&format!("{guid} {meant}"))) {
            differences.compare(guid, &question, &meant);
        }
    }
    differences.assert_none();
}

#[test]
fn decks_that_only_hold_others_and_names_that_are_numbers_keep_their_names() {
    let desk = Desk::new();
    desk.import(&Bank::new().row(&[("deck", "2024"), ("prompt", "q1"), ("answer", "a")]).row(&[
        ("deck", "A::B::C"),
        ("prompt", "q2"),
        ("answer", "a"),
    ]));
    let verdict = package(&desk, "UTC", "en", true);
    let decks: BTreeSet<&str> = verdict.decks.iter().map(String::as_str).collect();
    assert!(["2024", "A", "A::B", "A::B::C"].iter().all(|deck| decks.contains(deck)), "{decks:?}");
}
