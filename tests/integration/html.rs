//! Notes in HTML: kept as they are, and read as text.

use crate::builder::Matura;

const BANK: &str = "id,prompt,answer,options,html,typed
1,<p>What is <b>1 &lt; 2</b>?</p>,<i>true</i> &amp; so,,yes,yes
2,<div>Which?</div>,B,<b>x</b>|<i>y</i>,yes,
3,a <b> c,x &amp; y,,,
";

#[test]
fn a_note_in_html_is_stored_as_it_is_and_seen_as_text() {
    let matura = Matura::with_bank(BANK);
    let shown = matura.json(&["show", "1"]);
    assert_eq!(shown["prompt"], "<p>What is <b>1 &lt; 2</b>?</p>");
    assert_eq!(
        (shown["answer"].as_str(), shown["html"].as_bool()),
        (Some("<i>true</i> &amp; so"), Some(true))
    );
    let words = matura.run(&["show", "1"]).out;
    assert!(
        words.contains("What is 1 < 2?") && words.contains("true & so") && !words.contains("<b>"),
        "{words}"
    );
    let list = matura.run(&["list"]).out;
    assert!(list.contains("What is 1 < 2?") && list.contains("a <b> c") && !list.contains("<div>"), "{list}");
    assert_eq!(matura.json(&["show", "3"])["html"], false);
    assert!(matura.run(&["show", "3"]).out.contains("x &amp; y"), "what is plain is not read as HTML");
}

#[test]
fn answers_are_compared_with_the_text_and_options_are_named_by_it() {
    let matura = Matura::with_bank(BANK);
    assert_eq!(matura.json(&["answer", "1", "--response", "True & so"])["correct"], true);
    assert_eq!(matura.json(&["answer", "2", "--response", "y"])["correct"], true);
    matura.check();
}

#[test]
fn a_note_in_html_comes_back_from_an_export() {
    let matura = Matura::with_bank(BANK);
    let file = matura.path("out.csv");
    matura.json(&["export", "-o", file.to_str().unwrap()]);
    let report = matura.json(&["import", file.to_str().unwrap()])["files"][0].clone();
    assert_eq!((report["unchanged"].as_u64(), report["read"].as_u64()), (Some(3), Some(3)));
}
