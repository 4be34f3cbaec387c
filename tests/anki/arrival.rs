//! Every kind of note arrives as it is meant.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::json;

use crate::desk::{Bank, Desk, Note, Verdict};

const CODE: &str =
    "    def level(team):\n\tif team < 2 and \"ci\" in tools:\n\n        return '&lt;' + team[\"a\"]  # x";
const LOOP: &str = "for x in rows:\n    if x > __1__:\n        return \"__2__\" + '</code>'\n    y = __1__";

pub fn bank() -> Bank {
    Bank::new()
        .row(&[
            ("guid", "fact"),
            ("deck", "Course::Facts"),
            ("kind", "fact"),
            ("prompt", "What is drift?"),
            ("answer", "A change of data"),
            ("explanation", "The world moves.\nThe model stays."),
            ("difficulty", "hard"),
            ("level", "3"),
            ("tags", "drift monitoring"),
            ("source", "Chapter 4"),
        ])
        .row(&[
            ("guid", "reversed"),
            ("deck", "Course::Facts"),
            ("kind", "fact"),
            ("prompt", "CT"),
            ("answer", "continuous training"),
            ("explanation", "CT retrains without being asked."),
            ("reverse", "yes"),
        ])
        .row(&[
            ("guid", "typed"),
            ("deck", "Course::Facts"),
            ("kind", "fact"),
            ("prompt", "Name level 1"),
            ("answer", "manual & <ad hoc>"),
            ("accept", "by hand"),
            ("explanation", "No shared process"),
            ("typed", "yes"),
        ])
        .row(&[
            ("guid", "typed-reversed"),
            ("deck", "Course::Facts"),
            ("kind", "fact"),
            ("prompt", "CI"),
            ("answer", "continuous integration"),
            ("reverse", "yes"),
            ("typed", "yes"),
        ])
        .row(&[
            ("guid", "cloze"),
            ("deck", "Course::Gaps"),
            ("kind", "cloze"),
            ("prompt", "{{c1::CI}} builds, {{c2::CD::two letters}} ships"),
            ("hint", "Not {{c7::a cloze}}"),
            ("explanation", "Nor {{c8::this}}"),
        ])
        .row(&[
            ("guid", "cloze-code"),
            ("deck", "Course::Gaps"),
            ("kind", "cloze"),
            ("prompt", "What retrains?"),
            ("code", "  if drift:\n      {{c1::retrain::a call}}(a < b)\n"),
            ("language", "python"),
        ])
        .row(&[
            ("guid", "blanks"),
            ("deck", "Course::Gaps"),
            ("kind", "blanks"),
            ("prompt", "Fill __1__ and __2__."),
            ("code", LOOP),
            ("language", "c\"+{{c3::+}}"),
            ("answer", "limit|a<b>"),
            ("accept", "1=bound|2=a < b"),
            ("options", "limit|a<b>|{{c2::no cloze}}"),
            ("hint", "Look at {{c4::the}} loop"),
        ])
        .row(&[
            ("guid", "choice"),
            ("deck", "Course::Choices"),
            ("kind", "choice"),
            ("prompt", "Which level\nhas a pipeline?"),
            ("options", "level <0>|level 1|level 2"),
            ("answer", "B"),
            ("explanation", "Level 0 has scripts."),
            ("mistakes", "Taking level 0."),
            ("check", "A pipeline is code."),
        ])
        .row(&[
            ("guid", "several"),
            ("deck", "Course::Choices"),
            ("kind", "choice"),
            ("prompt", "Which are odd?"),
            ("options", "1|2|3"),
            ("answer", "A|C"),
        ])
        .row(&[
            ("guid", "code"),
            ("deck", "Course::Code"),
            ("kind", "fact"),
            ("prompt", "What does it give?"),
            ("code", CODE),
            ("language", "python"),
            ("answer", "nothing"),
        ])
}

static ARRIVED: LazyLock<Verdict> = LazyLock::new(|| Desk::judged(&bank(), &json!({})));

#[test]
fn every_note_arrives_in_its_deck_with_its_notetype() {
    ARRIVED.assert_all_new(10);
    for (guid, notetype, deck, cards) in [
        ("fact", "Basic", "Course::Facts", 1),
        ("reversed", "Basic (and reversed card)", "Course::Facts", 2),
        ("typed", "Basic (type in the answer)", "Course::Facts", 1),
        ("typed-reversed", "Basic (and reversed card)", "Course::Facts", 2),
        ("cloze", "Cloze", "Course::Gaps", 2),
        ("cloze-code", "Cloze", "Course::Gaps", 1),
        ("blanks", "Cloze", "Course::Gaps", 1),
        ("choice", "Basic", "Course::Choices", 1),
        ("several", "Basic", "Course::Choices", 1),
        ("code", "Basic", "Course::Code", 1),
    ] {
        let note = ARRIVED.note(guid);
        assert_eq!((note.notetype.as_str(), note.cards.len()), (notetype, cards), "{guid}");
        assert!(note.cards.iter().all(|card| card.deck == deck), "{guid}");
    }
}

#[test]
fn tags_difficulty_and_level_arrive_as_tags() {
    assert_eq!(ARRIVED.note("fact").tags, ["difficulty::hard", "drift", "level::3", "monitoring"]);
    assert!(ARRIVED.note("reversed").tags.is_empty());
}

#[test]
fn a_fact_shows_its_answer_then_why_and_whence() {
    let card = ARRIVED.card("fact");
    assert_eq!(card.question.text, "What is drift?");
    assert_eq!(
        lines(&card.answer.text),
        ["A change of data", "Why", "The world moves.", "The model stays.", "Chapter 4"]
    );
}

#[test]
fn the_reverse_of_a_fact_does_not_give_its_front_away() {
    let cards = &ARRIVED.note("reversed").cards;
    assert_eq!(cards[0].question.text, "CT");
    assert!(cards[0].answer.text.contains("CT retrains"));
    let shown = &cards[1].question;
    let folded = shown.folded.concat();
    assert_eq!(shown.text.replace(&folded, "").trim(), "continuous training");
    assert_eq!(cards[1].answer.text.trim(), "CT");
}

#[test]
fn a_typed_fact_has_nothing_but_the_answer_to_type_on_its_back() {
    let note = ARRIVED.note("typed");
    assert_eq!(note.fields[1], "manual &amp; &lt;ad hoc&gt;");
    let question = &note.cards[0].question;
    let folded = question.folded.concat();
    assert!(folded.contains("by hand") && folded.contains("No shared process"), "{folded:?}");
    assert_eq!(question.text.replace(&folded, "").trim(), "Name level 1\n\n\n\n[[type:Back]]");
}

#[test]
fn each_number_of_a_cloze_hides_its_own_part() {
    let [first, second] = ARRIVED.note("cloze").cards.as_slice() else { panic!("two cards") };
    assert_eq!(lines(&first.question.text)[0], "[...] builds, CD ships");
    assert_eq!(lines(&second.question.text)[0], "CI builds, [two letters] ships");
    assert_eq!(second.answer.cloze, ["CD"]);
    assert_eq!(first.question.folded, ["\nHint\nNot {{c7::a cloze}}"]);
    assert!(first.answer.text.contains("Nor {{c8::this}}"));
}

#[test]
fn all_gaps_are_in_one_card_with_the_word_bank() {
    let card = ARRIVED.card("blanks");
    assert_eq!(card.question.cloze, ["[...]"; 5]);
    assert_eq!(card.answer.cloze, ["limit", "a<b>", "limit", "a<b>", "limit"]);
    let shown = lines(&card.question.text);
    assert_eq!(shown[0], "Fill [...] and [...].");
    assert!(shown.contains(&"Words: limit · a<b> · {{c2::no cloze}}"), "{shown:?}");
    assert_eq!(card.question.folded, ["\nHint\nLook at {{c4::the}} loop"]);
    assert!(lines(&card.answer.text).ends_with(&["Also right", "1: bound", "2: a < b"]));
}

#[test]
fn a_choice_has_lettered_options_in_front_and_the_right_one_behind() {
    let card = ARRIVED.card("choice");
    assert_eq!(card.question.item, ["level <0>", "level 1", "level 2"]);
    assert_eq!(card.question.letters, [Some("A".to_owned())]);
    assert_eq!(lines(&card.question.text)[..2], ["Which level", "has a pipeline?"]);
    assert_eq!(
        lines(&card.answer.text),
        [
            "B) level 1",
            "Why",
            "Level 0 has scripts.",
            "Common mistakes",
            "Taking level 0.",
            "Check",
            "A pipeline is code."
        ]
    );
    let several = ARRIVED.card("several");
    assert_eq!(several.answer.bold, ["A) 1", "C) 3"]);
    assert_eq!(lines(&several.question.text).last(), Some(&"Several are right."));
}

#[test]
fn code_keeps_every_character_and_its_indentation() {
    let note = ARRIVED.note("code");
    assert_eq!(note.cards[0].question.code, [CODE]);
    assert!(note.fields[0].contains("<pre><code>    def"), "{}", note.fields[0]);
    let gaps = ARRIVED.card("blanks");
    assert_eq!(gaps.question.code, [LOOP.replace("__1__", "[...]").replace("__2__", "[...]")]);
    assert_eq!(gaps.answer.code, [LOOP.replace("__1__", "limit").replace("__2__", "a<b>")]);
    let cloze = ARRIVED.card("cloze-code");
    assert_eq!(cloze.question.code, ["  if drift:\n      [a call](a < b)"]);
    assert_eq!(cloze.answer.code, ["  if drift:\n      retrain(a < b)"]);
}

#[test]
fn the_starter_deck_arrives_whole() {
    let desk = Desk::new();
    desk.import_file(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("decks/mlops-maturity.csv"));
    let own = desk.matura(&["list"]);
    let own = own.as_array().unwrap();
    let file = desk.export(&[]);
    let anki = desk.anki("en", &[json!({ "import": file })], &json!({}));
    assert!(own.len() >= 20, "{}", own.len());
    anki.assert_all_new(own.len());
    for note in own {
        let theirs = anki.note(note["note"].as_str().unwrap());
        assert_eq!(theirs.cards.len(), note["cards"].as_array().unwrap().len(), "{note}");
        assert!(theirs.cards.iter().all(|card| card.deck == note["deck"].as_str().unwrap()), "{note}");
        let tags: BTreeSet<&str> = theirs.tags.iter().map(String::as_str).collect();
        assert!(note["tags"].as_array().unwrap().iter().all(|tag| tags.contains(tag.as_str().unwrap())));
        let kinds: &[&str] = match note["kind"].as_str().unwrap() {
            "fact" => &["basic", "reversed", "typed"],
            "choice" => &["basic"],
            _ => &["cloze"],
        };
        assert!(kinds.contains(&theirs.stock.as_deref().unwrap()), "{note}");
    }
}

#[test]
fn a_german_profile_takes_the_notes_with_its_own_names() {
    let desk = Desk::new();
    desk.import(&bank());
    let names = desk.anki("de", &[], &json!({})).notetypes;
    assert_ne!(names["basic"], "Basic");
    let options = ["basic", "reversed", "typed", "cloze"].map(|stock| format!("--{stock}-notetype"));
    let more = options.iter().zip(["basic", "reversed", "typed", "cloze"]);
    let more: Vec<&str> = more.flat_map(|(option, stock)| [option.as_str(), &names[stock]]).collect();
    let file = desk.export(&more);
    let german = desk.anki("de", &[json!({ "import": file })], &json!({}));
    german.assert_all_new(10);
    let what = |note: &Note| (note.guid.clone(), note.stock.clone(), note.fields.clone());
    assert!(german.notes.iter().map(what).eq(ARRIVED.notes.iter().map(what)));
}

/// The lines of a text that are not blank.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_note_in_html_arrives_as_it_was() {
    let fact = "<p class=\"x\">What&nbsp;is <b style='color:red'>this</b>?</p> {{c1::no cloze}} \\(a_1\\)<br><img src=\"a b.png\"> [sound:x.mp3]";
    let cloze = "<div>{{c1::<i>CI</i> &amp; more::two <u>words</u>}} <a href=\"https://x.y/?a=1&amp;b=2\">builds</a></div>";
    let bank = Bank::new()
        .row(&[
            ("guid", "f"),
            ("prompt", fact),
            ("answer", "<ul><li>a</li></ul>"),
            ("kind", "fact"),
            ("html", "yes"),
        ])
        .row(&[("guid", "c"), ("prompt", cloze), ("explanation", "<i>why</i> {{c2::x}}"), ("html", "yes")])
        .row(&[
            ("guid", "o"),
            ("prompt", "<i>q</i>"),
            ("options", "<b>x</b>|&lt;y"),
            ("answer", "B"),
            ("html", "yes"),
        ])
        .row(&[
            ("guid", "a"),
            ("prompt", "a<script>x()</script>"),
            ("answer", "<i onclick=x()>b</i>"),
            ("html", "yes"),
        ]);
    let anki = Desk::judged(&bank, &json!({}));
    anki.assert_all_new(4);
    assert_eq!(anki.note("f").fields, [fact, "<ul><li>a</li></ul>"]);
    let arrived = anki.note("c");
    assert_eq!((arrived.fields[0].as_str(), arrived.cards.len()), (cloze, 1));
    assert!(arrived.fields[1].contains("<i>why</i>"));
    let choice = anki.note("o");
    assert!(choice.fields[0].starts_with("<i>q</i>") && choice.fields[0].contains("<li>&lt;y</li>"));
    assert_eq!(choice.fields[1], "<b>B) &lt;y</b>");
    assert_eq!(anki.note("a").fields, ["a", "<i>b</i>"]);
}
