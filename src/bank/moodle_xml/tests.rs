use super::*;
use crate::bank::{Draft, Reading, read};
use crate::model::{Body, Choice, Content, Fact};
use proptest::prelude::*;

fn quiz(inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ferns -->\n<quiz>\n{inside}\n</quiz>\n")
}

/// A question with a text.
fn question(kind: &str, text: &str, rest: &str) -> String {
    format!(
        "<question type=\"{kind}\"><name><text>n</text></name><questiontext format=\"html\"><text>\
         <![CDATA[{text}]]></text></questiontext>{rest}</question>"
    )
}

fn one(question: &str) -> (Draft, Reading) {
    let mut reading = read(&MoodleXml, &quiz(question)).unwrap();
    assert_eq!((reading.drafts.len(), reading.rejected.as_slice()), (1, [].as_slice()), "{question}");
    (reading.drafts.remove(0), reading)
}

fn content(question: &str) -> Content {
    one(question).0.content
}

fn answer(fraction: &str, text: &str) -> String {
    format!("<answer fraction=\"{fraction}\" format=\"html\"><text>{text}</text></answer>")
}

#[test]
fn options_become_a_choice_with_the_right_ones() {
    let answers = |fractions: [&str; 3]| {
        ["a", "b", "c"]
            .iter()
            .zip(fractions)
            .map(|(text, fraction)| answer(fraction, text))
            .collect::<String>()
    };
    for (kind, rest, options, right) in [
        ("multichoice", answers(["0", "100", "50"]), vec!["a", "b", "c"], vec![1]),
        (
            "multichoice",
            answers(["50", "-100", "50"]) + "<single>false</single>",
            vec!["a", "b", "c"],
            vec![0, 2],
        ),
        ("multichoiceset", answers(["100", "0", "100"]), vec!["a", "b", "c"], vec![0, 2]),
        ("truefalse", answer("0", "false") + &answer("100", "true"), vec!["True", "False"], vec![0]),
    ] {
        let content = content(&question(kind, "<p>Q?</p>", &rest));
        let Body::Choice(Choice { options: read, right: places }) = content.body else { panic!("{kind}") };
        assert_eq!((content.prompt.as_str(), content.html), ("Q?", false));
        assert_eq!((read, places), (options.iter().map(ToString::to_string).collect(), right), "{kind}");
    }
}

#[test]
fn what_is_typed_becomes_a_fact() {
    let number = "<answer fraction=\"100\">3.14<tolerance>0.01</tolerance></answer>\
                  <units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>";
    for (kind, rest, answer, accept, typed) in [
        ("shortanswer", answer("100", "fern") + &answer("100", "ferns"), "fern", vec!["ferns"], true),
        ("numerical", number.to_owned(), "3.14", vec!["3.14 m"], true),
        (
            "essay",
            "<graderinfo format=\"html\"><text>Spores</text></graderinfo>".to_owned(),
            "Spores",
            vec![],
            false,
        ),
    ] {
        let content = content(&question(kind, "Q", &rest));
        let accept = accept.into_iter().map(str::to_owned).collect();
        let fact = Fact { answer: answer.into(), accept, reversed: false, typed };
        assert_eq!(content.body, Body::Fact(fact), "{kind}");
    }
}

#[test]
fn pairs_and_gaps_become_blanks() {
    let pair = |left: &str, right: &str| {
        format!(
            "<subquestion format=\"html\"><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        )
    };
    let matching = pair("Paris", "France") + &pair("", "Peru") + &pair("Rome", "Italy");
    for (kind, text, rest, prompt, bank) in [
        (
            "matching",
            "Match",
            matching.as_str(),
            "Match\nParis → __1__\nRome → __2__",
            vec!["France", "Peru", "Italy"],
        ),
        ("cloze", r"A {1:SA:=fr\}ond} and {2:NM:=3:1}", "", "A __1__ and __2__", vec![]),
    ] {
        let content = content(&question(kind, text, rest));
        let Body::Blanks(blanks) = content.body else { panic!("{kind}") };
        assert_eq!((content.prompt.as_str(), blanks.gaps.len()), (prompt, 2));
        assert_eq!(blanks.bank, bank);
    }
}

#[test]
fn slots_are_gaps_and_an_ordering_is_put_in_order() {
    let choices = "<selectoption><text>fern</text><group>1</group></selectoption>\
         <selectoption><text>moss</text><group>1</group></selectoption>\
         <selectoption><text>red</text><group>2</group></selectoption>";
    let items = answer("2", "second") + &answer("1", "first");
    for (kind, text, rest, prompt, answers, bank) in [
        (
            "gapselect",
            "[[2]] [x] [[1]].",
            choices,
            "__1__ [x] __2__.",
            ["moss", "fern"],
            vec!["fern", "moss"],
        ),
        ("ddwtos", "[[1]] [[3]]", choices, "__1__ (fern / moss) __2__ (red)", ["fern", "red"], vec![]),
        ("ordering", "Q", &items, "Q\n1. __1__\n2. __2__", ["first", "second"], vec!["first", "second"]),
    ] {
        let content = content(&question(kind, text, rest));
        let Body::Blanks(blanks) = content.body else { panic!("{kind}") };
        let gaps: Vec<&str> = blanks.gaps.iter().map(|gap| gap.answer.as_str()).collect();
        assert_eq!(
            (content.prompt.as_str(), gaps.as_slice(), blanks.bank),
            (prompt, &answers[..], bank.iter().map(ToString::to_string).collect())
        );
    }
    let one = content(&question("gapselect", "It is a [[2]].", choices));
    assert!(
        matches!(one.body, Body::Choice(choice) if choice.right == [1] && choice.options == ["fern", "moss"])
    );
}

#[test]
fn html_that_is_not_marked_as_text_is_kept() {
    let text =
        "<question type=\"shortanswer\"><questiontext><text>a &lt; <b>b<i/></b><br/> c</text></questiontext>"
            .to_owned()
            + &answer("100", "x")
            + "</question>";
    let content = content(&text);
    assert_eq!((content.prompt.as_str(), content.html), ("a &lt; <b>b<i/></b><br/> c", true));
}

#[test]
fn the_feedback_of_an_essay_without_an_answer_is_its_answer_and_a_file_without_questions_is_told() {
    let feedback =
        "<generalfeedback><text>Spores</text></generalfeedback><graderinfo><text></text></graderinfo>";
    let (draft, reading) = one(&question("essay", "Q", feedback));
    assert!(matches!(draft.content.body, Body::Fact(fact) if fact.answer == "Spores"));
    assert!(reading.warnings[0].message.contains("general feedback"), "{}", reading.warnings[0]);
    assert!(read(&MoodleXml, "<quiz><x/></quiz>").unwrap().warnings[0].message.contains("no <question>"));
}

#[test]
fn what_belongs_to_a_question_stays_with_it() {
    let category = "<question type=\"category\"><category><text>$course$/top/Botany/Ferns</text></category></question>\n";
    let rest = "<generalfeedback format=\"html\"><text>Look &lt;b&gt;up&lt;/b&gt;</text></generalfeedback>\
         <idnumber>f1</idnumber><hint format=\"html\"><text>Green</text></hint>\
         <answer fraction=\"100\"><text>a &amp;lt; b</text><feedback><text>Yes</text></feedback></answer>\
         <answer fraction=\"0\" format=\"plain_text\"><text>a &gt; b</text></answer>\
         <tags><tag><text>spore bearing</text></tag><tag><text>b</text></tag></tags>";
    let (draft, _) = one(&format!("{category}{}", question("multichoice", "Q<br>?", rest)));
    assert_eq!((draft.line, draft.id.as_deref()), (5, Some("f1")));
    assert_eq!(draft.deck.unwrap().as_str(), "Botany::Ferns");
    let content = draft.content;
    assert!(content.html);
    assert_eq!(content.explanation.as_deref(), Some("Look <b>up</b><br>a &lt; b: Yes"));
    assert_eq!(
        (content.hint.as_deref(), content.tags.to_string().as_str()),
        (Some("Green"), "b spore_bearing")
    );
    assert!(matches!(content.body, Body::Choice(choice) if choice.options == ["a &lt; b", "a &gt; b"]));
}

#[test]
fn pictures_are_told_and_their_bytes_are_not_text() {
    let text = "<img src=\"@@PLUGINFILE@@/f.png\" alt=\"a fern\"> Q";
    let rest = format!("<file name=\"f.png\" encoding=\"base64\">AAAA</file>{}", answer("100", "x"));
    let (draft, reading) = one(&question("shortanswer", text, &rest));
    assert_eq!(draft.content.prompt, "[a fern] Q");
    assert!(reading.warnings[0].message.contains("pictures or sounds"), "{}", reading.warnings[0]);
}

#[test]
fn what_cannot_be_asked_is_rejected_with_its_reason() {
    for (kind, text, rest, part) in [
        ("essay", "Q", "", "an essay has no answer"),
        ("ddmarker", "Q", "", "\"ddmarker\""),
        ("gapselect", "Q", "", "no gap"),
        ("ddwtos", "Q [[2]]", "<dragbox><text>a</text></dragbox>", "the gap [[2]] has no"),
        ("ordering", "Q", "<answer fraction=\"1\"><text>a</text></answer>", "fewer than two"),
        ("", "Q", "", "no type"),
        ("multichoice", "Q", "<answer fraction=\"x\"><text>a</text></answer>", "\"x\" is no number"),
        ("multichoice", "Q", "<answer fraction=\"50\"><text>a</text></answer>", "no answer is marked"),
        ("multichoice", "Q", "<answer fraction=\"100\"><text>a</text></answer>", "two options or more"),
        ("truefalse", "Q", "<answer fraction=\"100\"><text>x</text></answer>", "neither true nor false"),
        ("numerical", "Q", "<answer fraction=\"100\"><text>x</text></answer>", "should be a number"),
        ("matching", "Q", "", "no pair"),
        ("cloze", "Q", "", "no gap"),
        ("shortanswer", "<p></p>", "<answer fraction=\"100\"><text>x</text></answer>", "the prompt is empty"),
    ] {
        let reading = read(&MoodleXml, &quiz(&question(kind, text, rest))).unwrap();
        let problem = reading.problems().next().unwrap_or_else(|| panic!("{kind}"));
        assert!(problem.message.contains(part), "{kind}: {problem}");
        assert_eq!((reading.rejected.len(), problem.line), (1, 4));
    }
    let reading = read(&MoodleXml, &quiz(&question("description", "Read this", ""))).unwrap();
    assert_eq!((reading.skipped, reading.warnings.len(), reading.warnings[0].line), (1, 1, 4));
}

#[test]
fn a_broken_file_is_refused_with_the_line_of_the_break() {
    let deep = "<question>".to_owned() + &"<a>".repeat(100_000);
    for (text, part) in [
        ("<quiz>\n<question>\n</quiz>", "line 3: "),
        ("<quiz>\n\n<question type=\"x\">", "line 3: <question> is never closed"),
        ("<quiz>\n", "line 1: <quiz> is never closed"),
        ("<quiz>\n<a\n", "line 2: "),
        ("<quiz>\n<question><![CDATA[", "line 2: "),
        ("hello", "no element <quiz>"),
        (&format!("<quiz>\n{deep}"), "line 2: elements are nested"),
    ] {
        let error = read(&MoodleXml, text).unwrap_err();
        assert!(error.message.contains(part), "{error}");
        assert!(error.hint.is_some());
    }
}

#[test]
fn entities_are_letters_and_never_other_files() {
    let doctype = "<!DOCTYPE quiz [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"&x;&x;\">]>";
    let asked = "<question type=\"shortanswer\"><questiontext format=\"html\"><text>a &y; &#233;&nbsp;& b</text></questiontext>"
        .to_owned() + &answer("100", "x") + "</question>";
    let reading = read(&MoodleXml, &format!("{doctype}<quiz>{asked}</quiz>")).unwrap();
    assert_eq!(reading.drafts[0].content.prompt, "a &y; é&nbsp;& b");
}

#[test]
fn a_bank_is_recognised_by_its_first_element() {
    let seen = |text: &str| MoodleXml.recognise(&Input { text: text.into(), ..Input::default() }).is_some();
    assert!(seen(&quiz("")));
    assert!(seen("<quiz/>"));
    for other in ["", "<html><quiz></html>", "quiz <quiz>", "<quizzes>", "a,<quiz>"] {
        assert!(!seen(other), "{other}");
    }
}

/// A question, and whether it can be asked.
fn item() -> impl Strategy<Value = (String, bool)> {
    let (right, wrong) = (answer("100", "a"), answer("0", "b"));
    prop::sample::select(vec![
        (question("multichoice", "Q\n\nR", &format!("{right}\n{wrong}")), true),
        (question("shortanswer", "Q", &right), true),
        (question("cloze", "Q {1:SA:=a}", ""), true),
        (question("multichoice", "Q", &format!("{wrong}\n")), false),
        (question("essay", "Q\n", ""), false),
        (question("ddmarker", "Q", "<file>\n\n</file>"), false),
    ])
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(<quiz>|<question|</question>|</quiz>| type=\"cloze\">|<text>|</text>|<!\\[CDATA\\[|\\]\\]>|<!--|&|;|[#<>{}a1é\r\n ]){0,40}") {
        drop(read(&MoodleXml, &text));
        drop(read(&MoodleXml, &quiz(&text)));
        drop(MoodleXml.recognise(&Input { text, ..Input::default() }));
    }

    #[test]
    fn every_question_becomes_a_note_or_a_rejection_with_the_line_on_which_it_begins(
        items in prop::collection::vec((item(), 0_usize..3), 0..8),
        line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
    ) {
        let mut inside = String::new();
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for ((item, is_good), blank) in &items {
            let line = u64::try_from(inside.matches('\n').count() + 4).unwrap();
            if *is_good { good.push(line) } else { bad.push(line) }
            inside += item;
            inside += &"\n".repeat(*blank);
        }
        let bank = quiz(&inside).replace('\n', line_end);
        let reading = read(&MoodleXml, &bank).unwrap();
        prop_assert_eq!(reading.drafts.iter().map(|draft| draft.line).collect::<Vec<_>>(), good);
        prop_assert_eq!(reading.problems().map(|problem| problem.line).collect::<Vec<_>>(), bad);
        for rejected in &reading.rejected {
            let original = bank.get(rejected.original.clone()).unwrap();
            prop_assert!(original.starts_with("<question") && original.ends_with("</question>"));
        }
    }
}
