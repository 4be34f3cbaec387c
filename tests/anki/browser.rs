//! Choices as a learner has them in Anki: clicked in a real browser.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::arrival;
use crate::desk::{Bank, Card, Desk};

/// What came of working on a card in a page like that of Anki's reviewer.
fn worked_on(desk: &Desk, card: &Card, right: &[&str]) -> Value {
    let [css, front, back] = &card.page;
    let card = json!({ "front": front, "back": back, "right": right }).to_string().replace("</", "<\\/");
    let script = include_str!("browser.js");
    let told = desk.browser(&format!(
        "<!doctype html><meta charset=\"utf-8\"><title></title><style>{css}</style>
        <body class=\"card\"><div id=\"qa\"></div><script>const card = {card};\n{script}</script>"
    ));
    assert_eq!(told["errors"], json!([]));
    assert_eq!(told["loaded"], 0, "something came from elsewhere");
    let lowest = told["contrasts"].as_array().unwrap().iter().map(|ratio| ratio.as_f64().unwrap());
    assert!(lowest.clone().all(|ratio| ratio >= 4.5), "{:?}", lowest.collect::<Vec<_>>());
    told
}

fn card(desk: &Desk, bank: &Bank, guid: &str) -> Card {
    desk.import(bank);
    let step = json!({ "package": desk.package(&[]), "scheduling": false });
    desk.anki("en", &[step], &json!({})).card(guid).clone()
}

#[test]
fn a_choice_is_clicked_marked_and_shuffled_without_network() {
    let desk = Desk::new();
    let card = card(&desk, &arrival::bank(), "choice");
    let told = worked_on(&desk, &card, &["level 1"]);
    let options = json!(["level <0>", "level 1", "level 2"]);
    assert_eq!((&told["plain"], &told["plainIsSeen"]), (&options, &json!(true)));
    assert_eq!(told["roles"], json!(["radio"]));
    assert_eq!((&told["keyIsTaken"], &told["enterIsLeftToAnki"]), (&json!(true), &json!(true)));
    let wrong = told["afterWrong"].as_object().unwrap();
    assert_eq!(wrong.values().filter(|mark| **mark == "wrong").count(), 1, "{wrong:?}");
    assert_eq!(wrong["level 1"], "", "a wrong answer does not give the right one away");
    assert_eq!(told["afterRight"]["level 1"], "right");
    assert_eq!((&told["behind"], &told["marksBehind"]), (&told["first"], &told["afterRight"]));
    assert!(told["again"].as_object().unwrap().values().all(|mark| mark == ""), "{}", told["again"]);
    let orders = told["orders"].as_array().unwrap();
    assert!((3..=6).contains(&orders.len()), "{orders:?}");
    assert!(
        card.answer.text.contains("Level 0 has scripts.") && card.answer.text.contains("Taking level 0.")
    );
}

#[test]
fn several_right_options_are_chosen_and_then_marked_together() {
    let desk = Desk::new();
    let card = card(&desk, &arrival::bank(), "several");
    let told = worked_on(&desk, &card, &["1", "3"]);
    assert_eq!(told["roles"], json!(["checkbox"]));
    assert_eq!(told["afterWrong"], json!({ "1": "", "2": "wrong", "3": "" }));
    assert_eq!(told["afterRight"], json!({ "1": "right", "2": "wrong", "3": "right" }));
}

#[test]
fn options_that_speak_of_one_another_keep_their_order() {
    let desk = Desk::new();
    let bank = Bank::new().row(&[
        ("guid", "kept"),
        ("kind", "choice"),
        ("prompt", "Which?"),
        ("options", "one|two|all of the above"),
        ("answer", "C"),
    ]);
    let card = card(&desk, &bank, "kept");
    let told = worked_on(&desk, &card, &["all of the above"]);
    let orders: BTreeSet<&str> =
        told["orders"].as_array().unwrap().iter().map(|order| order.as_str().unwrap()).collect();
    assert_eq!(orders, BTreeSet::from(["one|two|all of the above"]));
}
