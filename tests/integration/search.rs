//! The search finds what a person would who went through the whole list.

use serde_json::Value;

use crate::builder::Matura;

const BANK: &str = "id,deck,kind,prompt,code,answer,options,accept,hint,explanation,difficulty,level,tags,source,reverse,html\n\
    1,MLOps::Drift,fact,What is data  drift?,,A change of inputs,,,,,easy,2,drift::data monitoring,,,\n\
    2,MLOps::Drift,choice,Which one drifts?,,B,the moon|the river_bed,,,Think of WATER.,hard,2,drift,a book,yes_not,\n\
    3,MLOps,cloze,{{c1::Canary}} and {{c2::shadow}} release,,,,,birds,,medium,3,,,,\n\
    4,MLOps,blanks,Fill __1__,train_test_split(__2__),x|y,x|y|options,,,,,none,code,,,\n\
    5,Chess,fact,&Eacute;tude <b>de</b> fin,,partie,,,,,,,ÉTUDE,,yes,yes\n\
    6,Chess::Drift,fact,50*2 = 100,,\"a \"\"quoted\"\" word\",,,,,hard,1,leechlike,,,\n";

/// A collection in which cards stand in every way there is.
fn matura() -> Matura {
    let mut matura = Matura::with_bank(&BANK.replace("yes_not", ""));
    matura.now("2026-10-01T09:00:00Z");
    for (card, grades) in [(1, &[4, 4, 4, 5][..]), (2, &[4, 1, 1, 3]), (3, &[5]), (7, &[4, 4])] {
        for (day, grade) in grades.iter().enumerate() {
            matura
                .now(&format!("2026-1{}-0{}T09:00:00Z", day / 9, day % 9 + 1).replace("2026-10", "2026-10"));
            matura.json(&["answer", &card.to_string(), "--grade", &grade.to_string()]);
        }
    }
    matura.now("2026-11-23T09:00:00Z");
    matura.json(&["answer", "4", "--grade", "4"]);
    matura.json(&["answer", "6", "--grade", "2"]);
    matura.json(&["undo"]);
    matura.json(&["suspend", "2"]);
    matura.json(&["bury", "3"]);
    matura.json(&["mark", "5"]);
    matura
}

/// Whether a card fits, told from what `list --json` and `show --json` say of it.
type Fits = fn(&Value, &Value, &Value) -> bool;

fn text(note: &Value) -> String {
    let mut all = String::new();
    for field in
        ["prompt", "code", "answer", "hint", "explanation", "mistakes", "check", "source", "options", "gaps"]
    {
        all += &format!(" {}", note[field]).replace("\\\"", "\"").to_lowercase();
    }
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_tag(note: &Value, tag: &str) -> bool {
    note["tags"].as_array().unwrap().iter().any(|own| {
        let own = own.as_str().unwrap().to_lowercase();
        own == tag || own.starts_with(&format!("{tag}::"))
    })
}

fn number(card: &Value, field: &str) -> i64 {
    card[field].as_i64().unwrap()
}

fn deck(line: &Value, name: &str) -> bool {
    let deck = line["deck"].as_str().unwrap();
    deck == name || deck.starts_with(&format!("{name}::"))
}

const QUERIES: &[(&str, Fits)] = &[
    ("", |_, _, _| true),
    ("deck:MLOps", |line, _, _| deck(line, "MLOps")),
    ("deck:chess::drift", |line, _, _| deck(line, "Chess::Drift")),
    ("deck:*drift", |line, _, _| line["deck"].as_str().unwrap().ends_with("Drift")),
    ("-deck:chess", |line, _, _| !deck(line, "Chess")),
    ("tag:drift", |line, _, _| has_tag(line, "drift")),
    ("tag:drift::*", |line, _, _| has_tag(line, "drift::data")),
    ("tag:leech", |_, _, _| false),
    ("tag:étude", |line, _, _| has_tag(line, "étude")),
    ("tag:none", |line, _, _| line["tags"].as_array().unwrap().is_empty()),
    ("is:new", |_, _, card| card["due"].is_null()),
    ("is:learnt -is:suspended", |_, _, card| !card["due"].is_null() && card["state"] != "suspended"),
    ("is:young", |_, _, card| !card["due"].is_null() && number(card, "interval") < 21),
    ("is:mature", |_, _, card| number(card, "interval") >= 21),
    ("is:suspended", |_, _, card| card["state"] == "suspended"),
    ("is:buried", |_, _, card| card["buried"] == true),
    ("is:marked", |line, _, _| line["marked"] == true),
    ("is:due", |_, _, card| {
        card["due"].as_str().is_some_and(|due| due <= "2026-11-23")
            && card["state"] != "suspended"
            && card["buried"] == false
    }),
    ("due<0", |_, _, card| card["due"].as_str().is_some_and(|due| due < "2026-11-23")),
    ("prop:due=1", |_, _, card| card["due"] == "2026-11-24"),
    ("due>=0 due<=7", |_, _, card| {
        card["due"].as_str().is_some_and(|due| ("2026-11-23"..="2026-11-30").contains(&due))
    }),
    ("ease<2.3", |_, _, card| !card["due"].is_null() && number(card, "ease") < 2300),
    ("ease:2.5..", |_, _, card| !card["due"].is_null() && number(card, "ease") >= 2500),
    ("lapses>0", |_, _, card| number(card, "lapses") > 0),
    ("lapses:..0", |_, _, card| number(card, "lapses") == 0),
    ("interval>5 or reps=0", |_, _, card| number(card, "interval") > 5 || number(card, "repetitions") == 0),
    ("difficulty:hard", |_, show, _| show["difficulty"] == "hard"),
    ("difficulty:none", |_, show, _| show["difficulty"].is_null()),
    ("level:2", |_, show, _| show["level"] == "2"),
    ("level:none", |_, show, _| show["level"].is_null() || show["level"] == ""),
    ("kind:choice or kind:blanks", |line, _, _| line["kind"] == "choice" || line["kind"] == "blanks"),
    ("rated:1", |_, _, card| card["card"] == 4),
    ("rated:60", |_, _, card| [1, 2, 3, 4, 7].contains(&number(card, "card"))),
    ("drift", |_, show, _| text(show).contains("drift")),
    ("\"data drift\"", |_, show, _| text(show).contains("data drift")),
    ("\"drift data\"", |_, _, _| false),
    ("water", |_, show, _| text(show).contains("water")),
    ("river\\_bed", |_, show, _| text(show).contains("river_bed")),
    ("river_bed or train\\_test", |_, show, _| {
        text(show).contains("river_bed") || text(show).contains("train_test")
    }),
    ("options", |line, _, _| line["kind"] == "blanks"),
    ("\"canary and shadow\"", |line, _, _| line["kind"] == "cloze"),
    ("\"étude de fin\"", |line, _, _| line["deck"] == "Chess"),
    ("c*y", |_, show, _| text(show).contains("canary")),
    ("50\\*2", |_, show, _| text(show).contains("50*2")),
    ("\\\"quoted\\\"", |_, show, _| show["answer"] == "a \"quoted\" word"),
    ("prompt:drift", |_, show, _| show["prompt"].as_str().unwrap().to_lowercase().contains("drift")),
    ("hint:bird", |line, _, _| line["kind"] == "cloze"),
    ("source:book", |line, _, _| line["kind"] == "choice"),
    ("card:3 or card:5", |_, _, card| [3, 5].contains(&number(card, "card"))),
    ("(drift or canary) -difficulty:easy", |_, show, _| {
        (text(show).contains("drift") || text(show).contains("canary")) && show["difficulty"] != "easy"
    }),
    ("-(is:new or is:suspended)", |_, _, card| !card["due"].is_null() && card["state"] != "suspended"),
];

#[test]
fn a_query_finds_what_going_through_the_list_finds() {
    let matura = matura();
    let everything = matura.json(&["list"]);
    let mut hits = 0;
    let shows: Vec<Value> = everything
        .as_array()
        .unwrap()
        .iter()
        .map(|line| matura.json(&["show", &line["cards"][0]["card"].to_string()]))
        .collect();
    for (query, fits) in QUERIES {
        let mut expected = Vec::new();
        for (line, show) in everything.as_array().unwrap().iter().zip(&shows) {
            expected.extend(
                line["cards"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|card| fits(line, show, card))
                    .map(|card| number(card, "card")),
            );
        }
        let found = matura.json(&["list", query]);
        let found: Vec<i64> = found
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|line| line["cards"].as_array().unwrap().iter().map(|card| number(card, "card")))
            .collect();
        assert_eq!(found, expected, "{query}");
        hits += usize::from(!expected.is_empty() && expected.len() < 8);
    }
    assert!(hits > 40, "{hits} queries that tell cards apart");
}

#[test]
fn one_argument_is_a_query_of_several_each_is_a_condition_and_options_may_follow() {
    let matura = matura();
    let count = |args: &[&str]| matura.json(args).as_array().unwrap().len();
    // one argument is a query as it stands, of several each is a condition
    assert_eq!(count(&["list", "drift data"]), 1);
    assert_eq!(count(&["list", "\"drift data\""]), 0);
    assert_eq!(count(&["list", "drift", "data"]), 1);
    assert_eq!(count(&["list", "kind:fact", "drift data"]), 0);
    assert_eq!(count(&["list", "kind:fact", "data drift"]), 1);
    assert_eq!(count(&["list", "tag:drift::data inputs"]), 1);
    assert_eq!(count(&["list", "-is:new", "-tag:drift"]), 2);
    let ran = matura.run(&["list", "drift", "--json"]);
    assert!(ran.json().is_array());
    let ran = matura.run(&["list", "drift", "--nothing"]);
    assert_eq!((ran.status, ran.err.contains("before the query")), (2, true), "{}", ran.err);
}

#[test]
fn a_word_that_no_note_says_may_be_a_deck_and_a_wrong_one_is_told_the_nearest() {
    let matura = matura();
    let ran = matura.run(&["list", "Chess::Drift"]);
    assert!(ran.out.contains("50*2") && ran.err.contains("this is the deck Chess::Drift"), "{}", ran.err);
    for (query, hint) in [
        ("deck:Chss", "did you mean Chess"),
        ("deck:Drift", "write more of the name"),
        ("is:dues", "did you mean due?"),
        ("tagg:x", "did you mean tag:x?"),
        ("ease<x", "ease:2..5"),
        ("(drift", "conditions stand side by side"),
    ] {
        let ran = matura.run(&["list", query]);
        assert!(ran.status != 0 && ran.err.contains(hint), "{query}: {}", ran.err);
    }
    let guid = matura.json(&["list", "card:1"])[0]["note"].as_str().unwrap().to_owned();
    assert_eq!(matura.json(&["list", &format!("note:{guid}")]).as_array().unwrap().len(), 1);
    assert!(matura.run(&["list", "--help"]).out.contains("tag:drift"));
}
