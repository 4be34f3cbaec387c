//! Decks and tags.

use std::collections::BTreeSet;

use serde_json::json;

use crate::desk::{Bank, Desk, Differences};

/// Decks as a bank writes them and as Anki should have them.
const DECKS: [(&str, &str); 20] = [
    ("Plain", "Plain"),
    ("Nested::One::Two", "Nested::One::Two"),
    ("2024", "Deck 2024"),
    ("2024::Week 1", "Deck 2024::Week 1"),
    ("-7", "Deck -7"),
    ("007::008", "Deck 007::008"),
    ("99999999999999999999", "99999999999999999999"),
    ("Topics::2024", "Topics::2024"),
    ("\u{dc}ber::Gr\u{f6}\u{df}e", "\u{dc}ber::Gr\u{f6}\u{df}e"),
    ("Cafe\u{301}", "Caf\u{e9}"),
    (
        "\u{65e5}\u{672c}\u{8a9e}::\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
        "\u{65e5}\u{672c}\u{8a9e}::\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    ),
    ("Say \"hi\", twice; a\tb|c", "Say \"hi\", twice; a b|c"),
    ("Spaced :: out  wide", "Spaced::out wide"),
    ("Week 1: start", "Week 1: start"),
    ("#hash", "#hash"),
    ("tags: a b", "tags: a b"),
    ("<b>&amp;</b>", "<b>&amp;</b>"),
    ("a::b::c::d::e::f::g::h::i::j::k", "a::b::c::d::e::f::g::h::i::j::k"),
    ("\u{1f469}\u{200d}\u{1f52c} lab", "\u{1f469}\u{200d}\u{1f52c} lab"),
    ("a\u{a0}b\u{3000}c::\u{a0}d", "a b c::d"),
];

#[test]
fn every_deck_arrives_once_whatever_its_name() {
    let mut bank = Bank::new();
    // A phantom deck appears with the second row of a deck, so each has three.
    for (place, (written, _)) in DECKS.iter().enumerate() {
        for copy in 0..3 {
            let guid = format!("{place}-{copy}");
            bank = bank.row(&[("guid", &guid), ("deck", written), ("prompt", &guid), ("answer", "x")]);
        }
    }
    let anki = Desk::judged(&bank, &json!({}));
    anki.assert_all_new(DECKS.len() * 3);
    let mut wanted = BTreeSet::from(["Default".to_owned()]);
    for (place, (_, deck)) in DECKS.iter().enumerate() {
        for copy in 0..3 {
            assert_eq!(anki.card(&format!("{place}-{copy}")).deck, *deck);
        }
        let levels: Vec<&str> = deck.split("::").collect();
        wanted.extend((1..=levels.len()).map(|depth| levels[..depth].join("::")));
    }
    assert_eq!(anki.decks.iter().cloned().collect::<BTreeSet<_>>(), wanted);
    assert_eq!(anki.decks.len(), wanted.len());
}

#[test]
fn a_deck_spelled_in_two_cases_is_one_deck() {
    let mut bank = Bank::new();
    let spellings =
        ["MLOps", "mlops", "MLOPS::Levels", "mlops::levels", "\u{c4}rger::x", "\u{e4}rger::X", "DEFAULT"];
    for (place, deck) in spellings.iter().enumerate() {
        let guid = place.to_string();
        bank = bank.row(&[("guid", &guid), ("deck", deck), ("prompt", &guid), ("answer", "x")]);
    }
    let anki = Desk::judged(&bank, &json!({}));
    anki.assert_all_new(spellings.len());
    for (place, deck) in spellings.iter().enumerate() {
        assert_eq!(anki.card(&place.to_string()).deck.to_lowercase(), deck.to_lowercase());
    }
    assert_eq!(anki.decks.len(), 5, "{:?}", anki.decks);
}

#[test]
fn tags_arrive_as_they_are_in_matura() {
    let cases: [(&str, &[&str]); 9] = [
        ("gr\u{f6}\u{df}e \u{65e5}\u{672c}\u{8a9e} \u{5e9}\u{5dc}\u{5d5}\u{5dd}", &[]),
        ("a::b::c a:b c++ x=1 50% -minus *star under_score back\\slash it's", &[]),
        ("two words, three more words", &["two_words", "three_more_words"]),
        ("::lead trail:: x::::y", &["lead", "trail", "x::y"]),
        ("Cafe\u{301}", &["Caf\u{e9}"]),
        ("same Same SAME", &["SAME"]),
        ("a\u{a0}b, c\u{3000}d", &["a_b", "c_d"]),
        ("#hash tags: <b>&amp;</b> {{c1::x}}", &["#hash_tags:_<b>&amp", "</b>_{{c1::x}}"]),
        ("\u{1f469}\u{200d}\u{1f52c} \u{1f1e9}\u{1f1ea} leech marked", &[]),
    ];
    let mut bank = Bank::new();
    for (place, (written, _)) in cases.iter().enumerate() {
        let guid = place.to_string();
        bank = bank.row(&[("guid", &guid), ("prompt", &guid), ("answer", "x"), ("tags", written)]);
    }
    let bank = bank.row(&[
        ("guid", "level"),
        ("prompt", "level"),
        ("answer", "x"),
        ("level", "3: opti\u{301}mised \"a::b\""),
        ("difficulty", "EASY"),
        ("tags", "z"),
    ]);
    let anki = Desk::judged(&bank, &json!({}));
    anki.assert_all_new(cases.len() + 1);
    let mut differences = Differences::default();
    for (place, (written, kept)) in cases.iter().enumerate() {
        let mut kept: Vec<&str> = if kept.is_empty() { written.split(' ').collect() } else { kept.to_vec() };
        let mut tags = anki.note(&place.to_string()).tags.clone();
        kept.sort_unstable();
        tags.sort_unstable();
        differences.compare(written, &tags.join(" "), &kept.join(" "));
    }
    differences.assert_none();
    assert_eq!(anki.note("level").tags, ["difficulty::easy", "level::3:_opt\u{ed}mised_\"a::b\"", "z"]);
}
