//! Texts that tools along the way like to damage, in facts and choices.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::desk::{Bank, Desk, Differences, Verdict};

/// Texts as banks have them and as they must arrive; only what Anki itself never keeps may go.
pub fn texts() -> Vec<(String, String)> {
    let kept = [
        "#first of all",
        "comma, semicolon; bar | colon: tab\tend",
        "say \"hi\" and \"\" and ' and ` and \\ and \\\"",
        "one\ntwo\n\nfour",
        "#separator:tab\n#html:false\n# comment",
        "#separator:semicolon",
        "tags: a b c",
        "#deck:Elsewhere",
        "a < b > c & d &amp; &#123; &lt;b&gt; &nbsp; &unknown;",
        "<b>bold</b><br><script>alert(1)</script><!-- x --><img src=x onerror=y>",
        "</div></details></li></ol></code></pre><hr id=answer>",
        "{{Front}} {{FrontSide}} {{cloze:Text}} {{type:Back}} {{#Back}}x{{/Back}} {{c1::no::cloze}} }}",
        "\\(\\frac{a}{\\sqrt{b}}\\) and \\[x_{1_{2}}\\] and $$y^{2^{3}}$$",
        "an open \\( formula and a closed \\] one",
        "a regex \\[, then \\(x\\)",
        "\\) \\] close, \\( and \\[ open",
        "std::vector<T>::iterator ::",
        ":colon first, {brace first, ends in }",
        "}} {{ }}}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{202b}x\u{202c} \u{200f}abc \u{2067}d\u{2069}\u{200e}.",
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{1f1e9}\u{1f1ea} \u{1f44d}\u{1f3fd} \u{2764}\u{fe0f} 1\u{20e3}",
        "\u{65e5}\u{672c}\u{8a9e} z\u{335}\u{489} \u{b5} \u{fb01} \u{ff21}",
        "a\u{a0}b\u{2028}c\u{2029}d\u{3000}e\u{feff}f\u{200b}g\u{ad}h\u{fffd}i\u{fdd0}j\u{85}k\u{9b}l",
        "=1+1 @x -y +z",
        "[sound:x.mp3] and [anki:play:q:0] and [[type:Back]]",
        "[LaTeX]x[/latex] [$]y[/$] [$$]z[/$$]",
        "https://example.org/a_(b)?q=1&copy=2#frag %20",
        "a|b||c|",
    ];
    let mut texts: Vec<(String, String)> =
        kept.into_iter().map(|text| (text.to_owned(), text.to_owned())).collect();
    let changed = [
        ("Cafe\u{301} A\u{30a} \u{1112}\u{1161}\u{11ab} \u{212b}", "Caf\u{e9} \u{c5} \u{d55c} \u{c5}"),
        ("bell\u{7} esc\u{1b}[31m del\u{7f} ff\u{c} us\u{1f}.", "bell esc[31m del ff us."),
        ("e\u{1}\u{301}", "\u{e9}"),
        ("line\r\nline\rline", "line\nline\nline"),
        ("a\n\u{338}b", "a\n\u{338}b"),
        ("\u{338}\u{301}mark first", "\u{338}\u{301}mark first"),
    ];
    texts.extend(changed.map(|(written, arrives)| (written.to_owned(), arrives.to_owned())));
    let long = "A long text, \"quoted\" & <marked>.\n".repeat(6000).trim_end().to_owned();
    texts.push((long.clone(), long));
    texts
}

/// Plain text as HTML: nothing but this may be done to it.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

/// Texts that Anki would not show as they are, were they not written otherwise.
const WRITTEN: [(&str, &str); 8] = [
    ("[sound:", "&#91;sound:"),
    ("[anki:", "&#91;anki:"),
    ("[[type:", "&#91;[type:"),
    ("[LaTeX]x[/latex] [$]y[/$] [$$]z", "&#91;LaTeX]x[/latex] &#91;$]y[/$] &#91;$$]z"),
    ("open \\( formula", "open &#92;( formula"),
    ("\\[, then", "&#92;[, then"),
    ("\\( and \\[ open", "&#92;( and &#92;[ open"),
    ("\u{338}", "&#824;"),
];

/// The field of a text.
fn stored(plain: &str) -> String {
    WRITTEN.iter().fold(html(plain), |field, (text, written)| field.replace(text, written))
}

/// Anki compares what is typed in quadratic time.
const COMPARED: usize = 2000;

/// Guids that a text file could lose.
const GUIDS: [&str; 8] =
    ["#a,b\"c", "\"", "tags: x", "a  b\u{a0}c", "e\u{301}", "\u{65e5}\u{2028}x", "12", "<b>&amp;"];

static ARRIVED: LazyLock<Verdict> = LazyLock::new(|| {
    let mut bank = Bank::new();
    let mut typed = serde_json::Map::new();
    for (place, (text, plain)) in texts().iter().enumerate() {
        let guid = |kind: &str| format!("#{kind}{place}");
        let option = text.replace('|', "\\|");
        bank = bank
            .row(&[("guid", &guid("fact")), ("kind", "fact"), ("prompt", text), ("answer", text)])
            .row(&[
                ("guid", &guid("typed")),
                ("kind", "fact"),
                ("prompt", text),
                ("answer", text),
                ("typed", "yes"),
            ])
            .row(&[
                ("guid", &guid("choice")),
                ("kind", "choice"),
                ("prompt", text),
                ("options", &format!("{option}|other")),
                ("answer", "A"),
            ]);
        if plain.len() < COMPARED {
            // Anki's box has one line.
            let line: Vec<&str> = plain.split('\n').filter(|line| !line.is_empty()).collect();
            typed.insert(guid("typed"), Value::from(line.join(" ")));
        }
    }
    for guid in GUIDS {
        bank = bank.row(&[("guid", guid), ("kind", "fact"), ("prompt", guid), ("answer", guid)]);
    }
    Desk::judged(&bank, &json!(typed))
});

#[test]
fn every_text_of_a_fact_arrives_byte_for_byte() {
    ARRIVED.assert_all_new(texts().len() * 3 + GUIDS.len());
    let mut differences = Differences::default();
    for (place, (_, plain)) in texts().iter().enumerate() {
        let fields = &ARRIVED.note(&format!("#fact{place}")).fields;
        differences.compare("front", &fields[0], &stored(plain));
        differences.compare("back", &fields[1], &stored(plain));
    }
    differences.assert_none();
}

#[test]
fn every_text_of_a_fact_is_shown_as_it_is() {
    let mut differences = Differences::default();
    for (place, (_, plain)) in texts().iter().enumerate() {
        let card = ARRIVED.card(&format!("#fact{place}"));
        differences.compare("question", &card.question.text, plain);
        differences.compare("answer", card.answer.text.trim_start_matches('\n'), plain);
    }
    differences.assert_none();
}

#[test]
fn the_answer_that_is_typed_is_compared_with_the_plain_answer() {
    let mut differences = Differences::default();
    for (place, (_, plain)) in texts().iter().enumerate() {
        let guid = format!("#typed{place}");
        differences.compare("back", &ARRIVED.note(&guid).fields[1], &stored(plain));
        let Some(said) = ARRIVED.typed.get(&guid) else { continue };
        let wrong = said.contains("typeBad") || said.contains("typeMissed") || !said.contains("typeGood");
        differences.compare("typed", if wrong { said } else { plain }, plain);
    }
    differences.assert_none();
}

#[test]
fn every_option_of_a_choice_arrives_as_it_is() {
    let mut differences = Differences::default();
    for (place, (_, plain)) in texts().iter().enumerate() {
        let card = ARRIVED.card(&format!("#choice{place}"));
        differences.compare("options", &card.question.item.join(" / "), &format!("{plain} / other"));
        differences.compare("right", &card.answer.bold.join(" / "), &format!("A) {plain}"));
    }
    differences.assert_none();
}

#[test]
fn every_guid_arrives_byte_for_byte() {
    for guid in GUIDS {
        assert_eq!(ARRIVED.note(guid).fields[1], html(guid).replace("e\u{301}", "\u{e9}"));
    }
}
