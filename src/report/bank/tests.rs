//! What each rule finds, and what it leaves alone.

use super::*;
use crate::model::{Difficulty, Fact};

fn choice(prompt: &str, options: &str, right: &[usize]) -> Content {
    let options = options.split('|').map(str::to_owned).collect();
    let content = Content::new(prompt, Body::Choice(Choice::new(options, right.to_vec()).unwrap()));
    Content { explanation: Some("because".to_owned()), ..content }
}

fn fact(prompt: &str) -> Content {
    let fact = Fact { answer: "an answer".into(), accept: Vec::new(), reversed: false, typed: false };
    Content::new(prompt, Body::Fact(fact))
}

/// The bank of these questions, one on each line behind the header.
fn bank(contents: &[Content]) -> Bank {
    let items = contents.iter().zip(2..).map(|(content, line)| Item::new(line, content)).collect();
    Bank { items, ..Bank::default() }
}

fn findings(bank: &Bank, rule: &str) -> Vec<Finding> {
    let (_, broken) = judge(bank);
    broken
        .into_iter()
        .find(|broken| broken.rule.name == rule)
        .map(|broken| broken.findings)
        .unwrap_or_default()
}

#[test]
fn a_flaw_of_one_question_is_found_in_its_line_and_not_where_it_is_none() {
    let long =
        "The step that compares the distributions of both windows and raises an alarm when they differ";
    let wordy = "word ".repeat(90);
    for (rule, bad, message, good) in [
        (
            "longest-right",
            choice("What?", &format!("A test|{long}|A build"), &[1]),
            "the right option (B) has 93 characters, no other more than 7",
            choice("What?", &format!("A test|{long}|A build"), &[0]),
        ),
        (
            "absolute-words",
            choice("What?", "Data may drift|Data never drift|Data always drift", &[0]),
            "B says \"never\", C says \"always\"; no right option has such a word",
            choice("What?", "Data never drift|Data may drift|Data always drift", &[0]),
        ),
        (
            "all-of-the-above",
            choice("What?", "Code|Data|All of the above", &[2]),
            "C says \"All of the above\", which is right",
            choice("What?", "Code|Data|All of the code", &[2]),
        ),
        (
            "none-of-the-above",
            choice("Was?", "Code|Daten|Keine der genannten", &[0]),
            "C says \"Keine der genannten\", which is wrong",
            choice("Was?", "Code|Daten|Keine Daten", &[0]),
        ),
        (
            "none-of-the-above",
            choice("What?", "Code|Data|None", &[0]),
            "C says \"None\", which is wrong",
            choice("What?", "Code|Data|None at night", &[0]),
        ),
        (
            "negative-stem",
            choice("Which is not a level?", "One|Two", &[0]),
            "the question says \"not\"",
            choice("It is not reproducible. Which is NOT a level, and why isn't it noted?", "One|Two", &[0]),
        ),
        (
            "negative-stem",
            choice("Drift cannot be seen.", "True|False", &[1]),
            "the question says \"cannot\"",
            choice("Drift cannot be seen. What helps?", "One|Two", &[0]),
        ),
        (
            "double-negative",
            choice("Which does NOT hold?", "It cannot be tested|It is tested", &[0]),
            "the question says \"NOT\" and an option \"cannot\"",
            choice("Which holds?", "It cannot be tested|It is tested", &[0]),
        ),
        (
            "reading-length",
            choice(&wordy, "One|Two", &[0]),
            "92 words to read before the answer, about 23 seconds",
            choice("What?", "One|Two", &[0]),
        ),
    ] {
        let around = choice("Who?", "One|Two", &[1]);
        let found = findings(&bank(&[around.clone(), bad, around.clone()]), rule);
        assert_eq!(found, [Finding::new([3], message)], "{rule}");
        assert_eq!(findings(&bank(&[around.clone(), good, around]), rule), [], "{rule}");
    }
}

#[test]
fn the_right_option_is_always_the_first_and_the_longest_and_that_is_told_once() {
    let questions: Vec<Content> =
        (0..24).map(|n| choice(&format!("Question {n}?"), "quite right|wrong|no|none so", &[0])).collect();
    let position = findings(&bank(&questions), "position");
    assert_eq!(position.len(), 1);
    assert_eq!(
        position[0].message,
        "of 24 questions with 4 options and one right one, A is right in 24 (A 24, B 0, C 0, D 0)"
    );
    assert_eq!(position[0].lines, (2..26).collect::<Vec<u64>>());
    assert_eq!(findings(&bank(&questions), "difficulty-mix"), [Finding::new([], "it is said of none")]);
    let longest = findings(&bank(&questions), "longest-right");
    assert_eq!(
        longest[0].message,
        "in 24 of 24 questions the right option is the longest; chance makes it about 6"
    );
    let spread: Vec<Content> =
        (0..24).map(|n| choice(&format!("Question {n}?"), "one|two|three|four", &[n % 4])).collect();
    assert!(
        findings(&bank(&spread), "position").is_empty()
            && findings(&bank(&spread), "longest-right").is_empty()
    );
}

#[test]
fn what_is_missing_in_the_whole_bank_is_named_with_its_lines() {
    let mut questions: Vec<Content> =
        (0..12).map(|n| choice(&format!("Question {n}?"), "one|two", &[0])).collect();
    for (n, question) in questions.iter_mut().enumerate() {
        question.difficulty = (n > 0).then_some(Difficulty::Easy);
        question.level = Some(if n == 5 { "Level 9" } else { "Level 1" }.to_owned());
        question.explanation = question.explanation.take().filter(|_| n != 7);
    }
    questions.push(fact("A fact without anything"));
    let bank = bank(&questions);
    assert_eq!(findings(&bank, "no-explanation"), [Finding::new([9], "1 of 12 choices have none")]);
    assert_eq!(
        findings(&bank, "difficulty-mix"),
        [
            Finding::new([2, 14], "of 2 questions it is not said how hard they are"),
            Finding::new([], "11 of 11 are easy"),
            Finding::new([], "none is medium"),
            Finding::new([], "none is hard"),
        ]
    );
    assert_eq!(
        findings(&bank, "coverage"),
        [
            Finding::new([7], "1 level with one or two questions: Level 9"),
            Finding::new([14], "1 question without a level, where most have one"),
        ]
    );
}

#[test]
fn the_figures_are_those_of_the_questions() {
    let mut tagged = choice("One two three?", "a|b", &[1]);
    tagged.tags = crate::model::Tags::parse("x,y");
    let (figures, _) = judge(&bank(&[tagged, fact("four"), choice("five", "a|b", &[0, 1])]));
    assert_eq!(figures.items, 3);
    let told = |shares: &[Share]| {
        shares.iter().map(|share| format!("{:?} {}", share.of, share.items)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(told(&figures.kinds), r#"Some("choice") 2, Some("fact") 1"#);
    assert_eq!(told(&figures.tags), r#"Some("x") 1, Some("y") 1, None 2"#);
    assert_eq!(figures.places, [Places { options: 2, right: vec![0, 1] }], "of those with one right option");
    assert_eq!(figures.reading, Reading { median: 3, most: 5, line: Some(2) });
    assert_eq!(figures.explained, 2);
}
