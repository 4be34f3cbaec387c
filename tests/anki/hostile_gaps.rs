//! The same texts around gaps and inside them: the question hides exactly the answer, the answer shows exactly it.

use std::sync::LazyLock;

use serde_json::json;

use crate::desk::{Bank, Desk, Differences, Verdict};
use crate::hostile::texts;

/// Answers that could end a cloze, begin a hint or be taken for another cloze.
const ANSWERS: [&str; 22] = [
    "}}",
    "}",
    "{",
    "{{",
    "a}}b",
    "a}",
    "{{c1::x}}",
    "{{c2::x}}",
    "{{c3::x::y}}",
    "{{c1,2::x}}",
    "c1::x",
    "std::vector",
    "::",
    ":",
    ":x",
    "x:",
    "a::b::c",
    "\\(\\frac{a}{b}}\\)",
    "\\(\\frac{a}{\\sqrt{b}}\\) x }}",
    "\\[{{x}}\\]::y",
    "\\( a }} ::",
    "f\"{d['a']}\" + '}}'",
];

/// Cloze texts, what the card of `c1` hides, and its question and answer.
const CLOZES: [(&str, &[&str], &str, &str); 13] = [
    ("a {{c1::b}} c", &["b"], "a [...] c", "a b c"),
    ("x }} {{c1::a}} }}", &["a"], "x }} [...] }}", "x }} a }}"),
    ("{{c1::a::the hint}}", &["a"], "[the hint]", "a"),
    ("{{c1::a::b::c}}", &["a"], "[b::c]", "a"),
    ("{{c1::a::b}c}}", &["a"], "[b}c]", "a"),
    (
        "{{c1::\\(\\frac{a}{\\sqrt{b}}\\)::root}}",
        &["\\(\\frac{a}{\\sqrt{b}}\\)"],
        "[root]",
        "\\(\\frac{a}{\\sqrt{b}}\\)",
    ),
    ("\\( x + {{c1::y}} \\)", &[], "\\( x + [...] \\)", "\\( x + y \\)"),
    (
        "{{c1::\\[a::b\\]}} and \\(\\frac{a}{\\sqrt{b}}\\)",
        &["\\[a::b\\]"],
        "[...] and \\(\\frac{a}{\\sqrt{b}}\\)",
        "\\[a::b\\] and \\(\\frac{a}{\\sqrt{b}}\\)",
    ),
    (
        "{{c1::<b>&amp;\nx</b>}} <br>\n<i>",
        &["<b>&amp;\nx</b>"],
        "[...] <br>\n<i>",
        "<b>&amp;\nx</b> <br>\n<i>",
    ),
    (
        "{{c1::a {b} c}} {{cloze}} {{c::x}}",
        &["a {b} c"],
        "[...] {{cloze}} {{c::x}}",
        "a {b} c {{cloze}} {{c::x}}",
    ),
    ("{{c1::a}} {{c1,2::b}}", &["a"], "[...] {{c1,2::b}}", "a {{c1,2::b}}"),
    (
        "{{c1::\u{1f469}\u{200d}\u{1f52c}e\u{301}\u{7}}} \u{5e9}",
        &["\u{1f469}\u{200d}\u{1f52c}\u{e9}"],
        "[...] \u{5e9}",
        "\u{1f469}\u{200d}\u{1f52c}\u{e9} \u{5e9}",
    ),
    ("{{c2::out {{c1::in}} out}}", &["in"], "out [...] out", "out in out"),
];

fn cell(answer: &str) -> String {
    answer.replace('|', "\\|")
}

fn answers() -> Vec<String> {
    texts().into_iter().map(|(_, plain)| plain).chain(ANSWERS.map(str::to_owned)).collect()
}

static ARRIVED: LazyLock<Verdict> = LazyLock::new(|| {
    let mut bank = Bank::new();
    let hostile = texts();
    let answers = hostile.iter().map(|(text, _)| text.as_str()).chain(ANSWERS);
    for (place, text) in answers.enumerate() {
        let guid = |kind: &str| format!("#{kind}{place}");
        let around = format!("{text}__1__{text}");
        bank = bank
            .row(&[
                ("guid", &guid("gap")),
                ("kind", "blanks"),
                ("prompt", "a __1__ z"),
                ("answer", &cell(text)),
            ])
            .row(&[
                ("guid", &guid("code")),
                ("kind", "blanks"),
                ("prompt", "code"),
                ("code", "  a\n    __1____1__ z"),
                ("answer", &cell(text)),
            ])
            .row(&[("guid", &guid("around")), ("kind", "blanks"), ("prompt", &around), ("answer", "it")])
            .row(&[
                ("guid", &guid("beside")),
                ("kind", "blanks"),
                ("prompt", text),
                ("code", &around),
                ("answer", &cell(text)),
                ("options", &format!("{}|x", cell(text))),
                ("hint", text),
                ("explanation", text),
            ]);
    }
    for (place, (text, ..)) in CLOZES.iter().enumerate() {
        bank = bank.row(&[("guid", &format!("cloze{place}")), ("kind", "cloze"), ("prompt", text)]);
    }
    Desk::judged(&bank, &json!({}))
});

/// Outside code, the exporter puts blanks between the braces and colons of a formula that is inside a gap; they mean
/// nothing there.
fn unspaced(text: &str) -> String {
    if text.contains("\\(") || text.contains("\\[") { text.replace(' ', "") } else { text.to_owned() }
}

#[test]
fn every_note_with_gaps_arrives_as_one_card() {
    ARRIVED.assert_all_new(answers().len() * 4 + CLOZES.len());
    let mut differences = Differences::default();
    for note in ARRIVED.notes.iter().filter(|note| note.guid.starts_with('#')) {
        differences.compare(&note.fields[0], &note.cards.len().to_string(), "1");
    }
    differences.assert_none();
}

#[test]
fn a_gap_hides_exactly_its_answer_and_then_shows_it() {
    let mut differences = Differences::default();
    for (place, answer) in answers().iter().enumerate() {
        let card = ARRIVED.card(&format!("#gap{place}"));
        differences.compare(answer, &card.question.text, "a [...] z");
        let (shown, meant) = (card.answer.text.trim_end(), format!("a {answer} z"));
        differences.compare("answer", &unspaced(shown), &unspaced(&meant));
        differences.compare("gap", &unspaced(&card.answer.cloze.join(" / ")), &unspaced(answer));
    }
    differences.assert_none();
}

#[test]
fn a_gap_in_code_hides_exactly_its_answer_and_then_shows_it() {
    let mut differences = Differences::default();
    for (place, answer) in answers().iter().enumerate() {
        let card = ARRIVED.card(&format!("#code{place}"));
        differences.compare(answer, &card.question.code.join(" / "), "  a\n    [...][...] z");
        differences.compare("answer", &card.answer.code.join(" / "), &format!("  a\n    {answer}{answer} z"));
        differences.compare("gaps", &card.answer.cloze.join(" / "), &format!("{answer} / {answer}"));
    }
    differences.assert_none();
}

#[test]
fn text_around_a_gap_is_shown_as_it_is() {
    let mut differences = Differences::default();
    for (place, text) in answers().iter().enumerate() {
        let card = ARRIVED.card(&format!("#around{place}"));
        differences.compare("question", &card.question.text, &format!("{text}[...]{text}"));
        differences.compare("answer", card.answer.text.trim_end_matches('\n'), &format!("{text}it{text}"));
    }
    differences.assert_none();
}

#[test]
fn text_beside_code_with_a_gap_is_shown_as_it_is() {
    let mut differences = Differences::default();
    for (place, text) in answers().iter().enumerate() {
        let card = ARRIVED.card(&format!("#beside{place}"));
        let question = format!("{text}\n\n{text}[...]{text}\n\n\nWords: {text} · x\n\n\nHint\n{text}\n");
        differences.compare("question", &card.question.text, &question);
        let answer = question.replace("[...]", text) + "\n\n\n\nWhy\n" + text + "\n\n";
        differences.compare("answer", &card.answer.text, &answer);
        differences.compare("code", &card.answer.code.join(" / "), &format!("{text}{text}{text}"));
    }
    differences.assert_none();
}

#[test]
fn a_cloze_hides_exactly_what_it_should_and_then_shows_it() {
    let mut differences = Differences::default();
    for (place, (text, hidden, question, answer)) in CLOZES.iter().enumerate() {
        let cards = &ARRIVED.note(&format!("cloze{place}")).cards;
        differences.compare(text, &cards.len().to_string(), if text.contains("{{c2") { "2" } else { "1" });
        differences.compare(text, &unspaced(&cards[0].question.text), &unspaced(question));
        differences.compare(text, &unspaced(cards[0].answer.text.trim_end()), &unspaced(answer));
        differences.compare(
            text,
            &unspaced(&cards[0].answer.cloze.join(" / ")),
            &unspaced(&hidden.join(" / ")),
        );
    }
    differences.assert_none();
}
