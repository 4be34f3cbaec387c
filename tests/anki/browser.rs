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

/// HTML that tries to run `ran`, in ways of its own.
const PROGRAMS: [&str; 14] = [
    "<img src=x onerror=ran(1)//",
    "<img src=x onerror=\"ran(2)\" ",
    "<noframes><p title=\"</noframes><img src=x onerror=ran(3)>\">e",
    "<img a=b\"c onerror=ran(4) src=x d=\"e>>more\"",
    "<img a=b\"c src=x onerror=ran(5) d=\"e> tail",
    "<b>x</b><script>ran(6)//",
    "<svg onload=ran(7)//",
    "<noscript><p title=\"</noscript><img src=x onerror=ran(8)>\">e",
    "<svg><style><img src=x onerror=ran(9)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=ran(10)&gt;\">",
    "<iframe srcdoc=\"<script>parent.ran(11)</script>\"></iframe>",
    "<p title=\"{{c1::x}}<img src=x onerror=ran(12)>\">y</p> {{c1::z}}",
    "{{c1::<!--}}<img src=x onerror=ran(13)>--> {{c1::z}}",
    "{{c1::<b style=\"a::b\">x</b>}} \" onmouseover=ran(14) autofocus tabindex=0 onfocus=ran(14) \"",
];

#[test]
fn nothing_of_a_strangers_html_runs_in_anki_by_either_door() {
    let desk = Desk::new();
    let mut bank = Bank::new();
    for (number, program) in PROGRAMS.iter().enumerate() {
        let cloze =
            if program.contains("{{c1") { (*program).to_owned() } else { format!("{program} {{{{c1::z}}}}") };
        let (fact, gap) = (format!("f{number}"), format!("c{number}"));
        let asked = format!("{number} {program}");
        let more = [("explanation", *program), ("hint", *program), ("html", "yes")];
        bank = bank.row(
            &[
                &[("guid", fact.as_str()), ("kind", "fact"), ("prompt", &asked), ("answer", program)],
                &more[..],
            ]
            .concat(),
        );
        bank =
            bank.row(&[&[("guid", gap.as_str()), ("kind", "cloze"), ("prompt", &cloze)], &more[..]].concat());
    }
    desk.import(&bank);
    for step in
        [json!({ "package": desk.package(&[]), "scheduling": false }), json!({ "import": desk.export(&[]) })]
    {
        let anki = Desk::new();
        let verdict = anki.anki("en", &[step], &json!({}));
        assert_eq!(verdict.notes.len(), 2 * PROGRAMS.len());
        let cards = verdict.notes.iter().flat_map(|note| &note.cards);
        let sides: Vec<&String> = cards.flat_map(|card| &card.page[1..]).collect();
        let sides = json!(sides).to_string().replace("</", "<\\/").replace("<!--", "<\\!--");
        let told = anki.browser(&format!(
            "<!doctype html><meta charset=\"utf-8\"><title></title><body><script>
            const found = new Set(); window.ran = (number) => found.add(number); window.onerror = () => true;
            for (const html of {sides}) {{
              const area = document.createElement('div');
              document.body.append(area);
              area.innerHTML = html;
              for (const dead of area.querySelectorAll('script')) {{
                const script = document.createElement('script');
                script.textContent = dead.textContent;
                dead.replaceWith(script);
              }}
              for (const element of area.querySelectorAll('*')) {{ element.dispatchEvent(new Event('mouseover')); }}
            }}
            window.onload = () => setTimeout(() => {{ document.title = JSON.stringify([...found]); }}, 300);
            document.title = '[\"too early\"]';</script>"
        ));
        assert_eq!(told, json!([]));
    }
}
