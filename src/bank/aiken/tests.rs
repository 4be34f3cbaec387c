use super::*;
use crate::bank::{Reading, read};
use proptest::prelude::*;

fn choice(text: &str) -> (Content, Choice) {
    let reading = read(&Aiken, text).unwrap();
    assert_eq!(reading.rejected, [], "{text}");
    let content = reading.drafts.into_iter().next().unwrap().content;
    let Body::Choice(choice) = content.body.clone() else { panic!("{text}") };
    (content, choice)
}

#[test]
fn a_question_is_read_in_every_way_people_write_it() {
    let options: &[&str] = &["Mango", "Beet", "Fig"];
    for (bank, prompt, right) in [
        ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B\n", "Root?", vec![1]),
        ("Root?\r\nA) Mango\r\nB) Beet\r\nC) Fig\r\nANSWER:B", "Root?", vec![1]),
        ("Root?\ra. Mango\rb. Beet\rc. Fig\ranswer : b.\r", "Root?", vec![1]),
        (
            "\n\nOne line\nand one more\n\nA. Mango\n\nB. Beet\n\nC. Fig\n\nANSWER: B",
            "One line\nand one more",
            vec![1],
        ),
        ("Fruits?\nA. Mango\nB. Beet\nC. Fig\nANSWER: A, C", "Fruits?", vec![0, 2]),
        ("Fruits?\nA. Mango\nB. Beet\nC. Fig\nANSWER: CA", "Fruits?", vec![0, 2]),
        ("Fruits?\nA. Mango\nB. Beet\nC. Fig\nANSWER: a and c", "Fruits?", vec![0, 2]),
        ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B) beet", "Root?", vec![1]),
        ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B) C)", "Root?", vec![1, 2]),
        ("Root?\nA. Mango\nB. Beet\nC. Fig\nAnswer: B. Beet", "Root?", vec![1]),
        ("Root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: Beet", "Root?", vec![1]),
        ("Root?\nA.Mango\nB)Beet\nC.Fig\nANSWER:B", "Root?", vec![1]),
        ("In\nA.D. 9: root?\nA.Mango\nB)Beet\nC.Fig\nANSWER:B", "In\nA.D. 9: root?", vec![1]),
        ("A. Linn asked: root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B", "A. Linn asked: root?", vec![1]),
        ("Answer: which root?\nA. Mango\nB. Beet\nC. Fig\nANSWER: B", "Answer: which root?", vec![1]),
    ] {
        let (content, choice) = choice(bank);
        assert_eq!((content.prompt.as_str(), choice.right), (prompt, right), "{bank}");
        assert_eq!(choice.options, options, "{bank}");
    }
}

#[test]
fn code_in_a_question_keeps_its_indentation() {
    let (content, choice) =
        choice("  What?\n\n  for a:\n      b\n  A. x\n  B. if c:\n         d\n  ANSWER: A\n");
    assert_eq!(content.prompt, "What?\n\nfor a:\n    b");
    assert_eq!(choice.options[1], "if c:\n       d");
}

#[test]
fn an_option_may_go_on_and_feedback_may_follow() {
    let (content, choice) =
        choice("Q\nA. one\ntwo\nB. three\nfour\nANSWER: A\nFEEDBACK: because\nExplanation: so");
    assert_eq!(choice.options, ["one\ntwo", "three\nfour"]);
    assert_eq!(content.explanation.as_deref(), Some("because\nso"));
}

#[test]
fn what_cannot_be_asked_is_rejected_with_the_line_of_its_question() {
    for (bank, line, part) in [
        ("Q\nA. x\nB. y\n\nNext\nA. x\nB. y\nANSWER: A", 1, "no line ANSWER:"),
        ("Q\nA. x\nB. y\nNext\nA. x\nB. y\nANSWER: A", 1, "no line ANSWER:"),
        ("\nQ\nA. x\nB. y\nANSWER: D", 2, "option D, but the options are A, B"),
        ("Q\nA. x\nB. y\nANSWER:", 1, "nothing stands after"),
        ("Q\nA. x\nB. y\nANSWER: the second", 1, "\"the second\""),
        ("Q\nA. x\nB. y\nANSWER: B) z", 1, "option Z, but"),
        ("Q\nA. x\nANSWER: A", 1, "one option only"),
        ("Q\nANSWER: A", 1, "no option"),
        ("ANSWER: A", 1, "no question"),
        ("Q\nA. x\nB. y\nB. z\nANSWER: A", 1, "two options B"),
        ("Q\nA. x\nB.\nANSWER: A", 1, "option B is empty"),
        ("Q\nA. x\nB. x\nANSWER: A", 1, "the same"),
        ("Q\nA. x\nB. y\nANSWER: A\n\nThat was all", 6, "neither options nor"),
    ] {
        let reading = read(&Aiken, bank).unwrap();
        let problem = reading.problems().next().unwrap_or_else(|| panic!("{bank}"));
        assert!(problem.message.contains(part), "{bank}: {problem}");
        assert_eq!((reading.rejected.len(), problem.line), (1, line), "{bank}: {problem}");
    }
}

#[test]
fn a_bank_is_recognised_by_an_answer_after_options_and_by_nothing_less() {
    let seen = |text: &str| Aiken.recognise(&Input { text: text.to_owned(), ..Input::default() });
    assert_eq!(seen("Q\nA. x\nB. y\nANSWER: B"), Some("line 4 is \"ANSWER: B\" after options".to_owned()));
    for other in ["Q\nA. x\nB. y\nB", "ANSWER: B", "Q\nA. x\nANSWER: B", "question,answer\nx,ANSWER: B", ""] {
        assert_eq!(seen(other), None, "{other}");
    }
}

/// A question, and whether it can be asked.
fn item() -> impl Strategy<Value = (String, bool)> {
    (1_usize..3, 0_usize..4, prop::sample::select(&["", "A", "b", "A, B", "D", "?"])).prop_map(
        |(stem, options, answer)| {
            let mut item: String = (0..stem).map(|n| format!("stem {n}\n")).collect();
            item.extend(('A'..).take(options).map(|letter| format!("{letter}. option {letter}\n")));
            item += &format!("ANSWER: {answer}\n");
            (item, options >= 2 && matches!(answer, "A" | "b" | "A, B"))
        },
    )
}

fn counted(reading: &Reading) -> (usize, usize) {
    (reading.drafts.len(), reading.rejected.len())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "([AaB][.)]|\n[ABC][.)]x|ANSWER|: ?|[ab ,]|\n|\r|é){0,60}") {
        drop(read(&Aiken, &text));
        drop(Aiken.recognise(&Input { text, ..Input::default() }));
    }

    #[test]
    fn every_question_becomes_a_note_or_a_rejection_with_the_line_on_which_it_begins(
        items in prop::collection::vec((item(), 0_usize..3), 0..8),
        line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
    ) {
        let mut bank = String::new();
        let mut lines = (Vec::new(), Vec::new());
        for ((item, good), blank) in &items {
            let line = u64::try_from(bank.matches('\n').count() + 1).unwrap();
            if *good { lines.0.push(line) } else { lines.1.push(line) }
            bank += item;
            bank += &"\n".repeat(*blank);
        }
        let reading = read(&Aiken, &bank.replace('\n', line_end)).unwrap();
        prop_assert_eq!(counted(&reading), (lines.0.len(), lines.1.len()));
        prop_assert_eq!(reading.drafts.iter().map(|draft| draft.line).collect::<Vec<_>>(), lines.0);
        prop_assert_eq!(reading.problems().map(|problem| problem.line).collect::<Vec<_>>(), lines.1);
    }
}
