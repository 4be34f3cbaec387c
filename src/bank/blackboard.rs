//! Blackboard: a question a line, its cells separated by tabs, the type first.

use std::collections::BTreeSet;

use super::blocks::{Item, Refusal};
use super::bodies::{MOST_GAPS, choice, fact, matching, ordering, plain, too_many_gaps, true_false, typed};
use super::lines::lines;
use super::{Format, Input, Options, Sink};
use crate::error::Result;
use crate::model::{Blanks, Body, Content, Gap};
use crate::text;

/// The question upload of Blackboard.
#[derive(Debug)]
pub struct Blackboard;

/// The types of questions.
const KINDS: [&str; 14] = [
    "MC",
    "MA",
    "TF",
    "ESS",
    "ORD",
    "MAT",
    "FIB",
    "FIB_PLUS",
    "NUM",
    "FIL",
    "SR",
    "OP",
    "JUMBLED_SENTENCE",
    "QUIZ_BOWL",
];

/// What to do about a choice without a right option.
const MARK: &str = "write correct in the cell behind the right option";

impl Format for Blackboard {
    fn name(&self) -> &'static str {
        "blackboard"
    }

    fn about(&self) -> &'static str {
        "Blackboard upload: a question a line, its cells separated by tabs, the type first"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let (mut all, mut typed) = (0_usize, 0_usize);
        for line in lines(&input.text).filter(|line| !line.is_blank()) {
            let cells: Vec<&str> = line.text.split('\t').map(str::trim).collect();
            let is_typed = cells.first().is_some_and(|kind| KINDS.contains(kind)) && cells.len() > 1;
            // A list of abbreviations has two cells a line too.
            let is_full = is_typed && cells.iter().skip(2).any(|cell| !cell.is_empty());
            if all == 0 && !is_typed {
                return None;
            }
            all += 1;
            typed += usize::from(is_full);
        }
        (typed > 0 && typed * 2 >= all)
            .then(|| "lines begin with a type of question such as MC and a tab".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        for line in lines(&input.text) {
            if line.is_blank() {
                out.skip(1);
                continue;
            }
            let mut cells: Vec<String> = line.text.split('\t').map(unquoted).collect();
            // Only a spreadsheet leaves blank cells at the end.
            let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            cells.truncate(filled);
            Item::at(&line).hand_in(content(&cells), options, out);
        }
        Ok(())
    }
}

/// A cell without the quotes that a spreadsheet puts around it.
fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    let inside = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    match inside.map(|inside| (inside, inside.replace("\"\"", ""))) {
        Some((inside, single)) if !single.contains('"') => inside.replace("\"\"", "\"").trim().to_owned(),
        _ => cell.to_owned(),
    }
}

fn content(cells: &[String]) -> Result<Content, Refusal> {
    let cell = |at: usize| cells.get(at).map(String::as_str).unwrap_or_default();
    let prompt = cell(1);
    let rest = cells.get(2..).unwrap_or_default();
    match cell(0).to_uppercase().as_str() {
        "MC" | "MA" => marked(prompt, rest),
        "TF" => match cell(2).to_lowercase().as_str() {
            "true" => Ok(true_false(prompt, true)),
            "false" => Ok(true_false(prompt, false)),
            other => Err(Refusal::new(
                format!("the answer {:?} is neither true nor false", text::one_line(other, 30)),
                "write true or false in the third cell",
            )),
        },
        "ORD" => ordering(prompt, rest, false),
        "MAT" => pairs(prompt, rest),
        "FIB" if !rest.is_empty() => {
            Ok(typed(prompt, cell(2), &rest.iter().skip(1).map(String::as_str).collect::<Vec<_>>()))
        }
        "FIB_PLUS" => filled(prompt, rest),
        "JUMBLED_SENTENCE" => jumbled(prompt, rest),
        "NUM" if !rest.is_empty() => {
            let tolerance = Some(cell(3)).filter(|tolerance| !tolerance.is_empty());
            let explanation =
                tolerance.map(|tolerance| format!("Answers up to {tolerance} away are right too."));
            Ok(Content { explanation, ..typed(prompt, cell(2), &[]) })
        }
        "ESS" | "SR" if !rest.is_empty() => Ok(fact(prompt, cell(2))),
        "FIB" | "NUM" => {
            Err(Refusal::new("it has no answer that could be asked", "write the answer in the third cell"))
        }
        "ESS" | "SR" => Err(Refusal::new(
            "it is a free text and has no answer that could be asked",
            "write a sample answer in the third cell",
        )),
        "FIL" => Err(Refusal::new(
            "it asks for a file and has no answer that could be asked",
            "make it an ESS with a sample answer, or remove it",
        )),
        "OP" => Err(Refusal::new(
            "it asks for an opinion and has no right answer",
            "make it an MC with one correct answer, or remove it",
        )),
        "QUIZ_BOWL" => Err(Refusal::new(
            "it is a quiz bowl, whose answer is a question put together from parts, and cannot be asked",
            "make it an FIB with the whole answer, or remove it",
        )),
        other => Err(Refusal::new(
            format!("{:?} is no type of question that can be asked", text::one_line(other, 30)),
            "begin the line with MC, MA, TF, ESS, ORD, MAT, FIB, FIB_PLUS or NUM and a tab; a question is one line",
        )),
    }
}

/// Options, each with `correct` or `incorrect` behind it.
fn marked(prompt: &str, cells: &[String]) -> Result<Content, Refusal> {
    let (mut options, mut right) = (Vec::new(), Vec::new());
    for pair in cells.chunks(2) {
        let (option, mark) = match pair {
            [option, mark] => (option, mark.to_lowercase()),
            [option] => (option, String::new()),
            _ => continue,
        };
        match mark.as_str() {
            "correct" => right.push(options.len()),
            "incorrect" => {}
            _ => {
                let message = format!(
                    "behind the option {:?} stands {:?}, neither correct nor incorrect",
                    text::one_line(option, 40),
                    text::one_line(&mark, 30)
                );
                return Err(Refusal::new(message, "write correct or incorrect behind each option"));
            }
        }
        options.push(option.clone());
    }
    choice(prompt, options, right, MARK)
}

/// Left and right sides in turn.
fn pairs(prompt: &str, cells: &[String]) -> Result<Content, Refusal> {
    let mut pairs = Vec::new();
    for pair in cells.chunks(2) {
        match pair {
            [left, right] => pairs.push((left.clone(), right.clone())),
            [left, ..] => {
                let message = format!("nothing belongs to {:?}", text::one_line(left, 40));
                return Err(Refusal::new(message, "write the two sides of each pair in turn"));
            }
            [] => {}
        }
    }
    matching(prompt, &pairs, &[], false)
}

/// Variables with their answers, a blank cell between them.
fn filled(prompt: &str, cells: &[String]) -> Result<Content, Refusal> {
    let groups: Vec<(&str, &[String])> = cells
        .split(String::is_empty)
        .filter_map(|group| group.split_first().map(|(name, answers)| (name.as_str(), answers)))
        .collect();
    let gap = |(name, answers): &(&str, &[String])| match answers.split_first() {
        Some((answer, accept)) => Ok(Gap { answer: answer.clone(), accept: accept.to_vec() }),
        None => Err(Refusal::new(
            format!("the gap [{}] has no answer", text::one_line(name, 30)),
            "write its answers behind its name, and a blank cell before the next name",
        )),
    };
    let gaps = groups.iter().map(gap).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<&str> = groups.iter().map(|(name, _)| *name).collect();
    Ok(Content::new(numbered(prompt, &names)?, Body::Blanks(Blanks { gaps, bank: Vec::new() })))
}

/// Words to choose from, each with the variable that it belongs to or a blank cell behind it.
fn jumbled(prompt: &str, cells: &[String]) -> Result<Content, Refusal> {
    let (mut names, mut gaps, mut bank) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for pair in cells.chunks(2) {
        let word = pair.first().cloned().unwrap_or_default();
        if let Some(name) = pair.get(1).filter(|name| !name.is_empty()) {
            names.push(name.as_str());
            gaps.push(Gap { answer: word.clone(), accept: Vec::new() });
        }
        if seen.insert(word.clone()) {
            bank.push(word);
        }
    }
    Ok(Content::new(numbered(prompt, &names)?, Body::Blanks(Blanks { gaps, bank })))
}

/// The prompt with `__1__` in place of the first variable and so on.
fn numbered(prompt: &str, names: &[&str]) -> Result<String, Refusal> {
    if names.is_empty() {
        return Err(Refusal::new(
            "it has no gaps with answers",
            "write the name of each gap and its answers",
        ));
    }
    if names.len() > MOST_GAPS {
        return Err(too_many_gaps(names.len()));
    }
    let mut prompt = plain(prompt);
    for (place, name) in names.iter().enumerate() {
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let mark = format!("[{bare}]");
        if bare.is_empty() || !prompt.contains(&mark) {
            let message = format!("the text has no gap {:?}", text::one_line(&mark, 30));
            return Err(Refusal::new(message, "write the name of each gap in brackets in the text"));
        }
        prompt = prompt.replace(&mark, &format!("__{}__", place + 1));
    }
    Ok(prompt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;
    use proptest::prelude::*;

    #[test]
    fn every_type_of_question_is_asked() {
        for (line, prompt, body) in [
            (
                "MC\tLargest?\tMars\tincorrect\tJupiter\tCorrect",
                "Largest?",
                r#"Choice(Choice { options: ["Mars", "Jupiter"], right: [1] })"#,
            ),
            (
                "MA\tEven?\t2\tcorrect\t3\tincorrect\t4\tcorrect\t\t",
                "Even?",
                r#"Choice(Choice { options: ["2", "3", "4"], right: [0, 2] })"#,
            ),
            (
                "TF\t\"Is \"\"it\"\" so?\"\tFALSE",
                "Is \"it\" so?",
                r#"Choice(Choice { options: ["True", "False"], right: [1] })"#,
            ),
            (
                "FIB\tGold is ___.\tAu\taurum",
                "Gold is ___.",
                r#"Fact(Fact { answer: "Au", accept: ["aurum"], reversed: false, typed: true })"#,
            ),
            (
                "ESS\tWhy?\tso",
                "Why?",
                r#"Fact(Fact { answer: "so", accept: [], reversed: false, typed: false })"#,
            ),
            (
                "NUM\tBones?\t206\t2",
                "Bones?",
                r#"Fact(Fact { answer: "206", accept: [], reversed: false, typed: true })"#,
            ),
            (
                "ORD\tBy size\tb\ta",
                "By size\n1. __1__\n2. __2__",
                r#"Blanks(Blanks { gaps: [Gap { answer: "b", accept: [] }, Gap { answer: "a", accept: [] }], bank: ["a", "b"] })"#,
            ),
            (
                "MAT\tMatch\tParis\tFrance\tLyon\tFrance",
                "Match\nParis → __1__\nLyon → __2__",
                r#"Blanks(Blanks { gaps: [Gap { answer: "France", accept: [] }, Gap { answer: "France", accept: [] }], bank: ["France"] })"#,
            ),
            (
                "FIB_PLUS\t[b] by [a]\ta\tBell\tAlexander\t\tb\tphone",
                "__2__ by __1__",
                r#"Blanks(Blanks { gaps: [Gap { answer: "Bell", accept: ["Alexander"] }, Gap { answer: "phone", accept: [] }], bank: [] })"#,
            ),
            (
                "JUMBLED_SENTENCE\tThe [x] barks\tdog\tx\tcat\t",
                "The __1__ barks",
                r#"Blanks(Blanks { gaps: [Gap { answer: "dog", accept: [] }], bank: ["dog", "cat"] })"#,
            ),
        ] {
            let reading = read(&Blackboard, line).unwrap();
            assert!(reading.rejected.is_empty(), "{:?}", reading.rejected);
            assert_eq!(reading.drafts[0].content.prompt, prompt);
            assert_eq!(format!("{:?}", reading.drafts[0].content.body), body);
        }
    }

    #[test]
    fn what_cannot_be_asked_is_told_with_the_mend() {
        for (line, message) in [
            ("ESS\tWhy?", "free text and has no answer that could be asked; write a sample answer"),
            ("SR\tWhy?\t", "free text"),
            ("FIL\tSend it", "asks for a file"),
            ("OP\tNice?", "asks for an opinion"),
            ("QUIZ_BOWL\tx\ty", "quiz bowl"),
            ("MC\tq\ta\tincorrect\tb\tincorrect", "no option is marked as right; write correct"),
            ("MC\tq\ta\tcorrect\tb", "behind the option \"b\" stands \"\""),
            ("MC\tq", "it has no options"),
            ("TF\tq\tperhaps", "\"perhaps\" is neither true nor false"),
            ("NUM\tq", "no answer"),
            ("MAT\tq\ta", "nothing belongs to \"a\""),
            ("ORD\tq\ta", "fewer than two items"),
            ("FIB_PLUS\t[a] b\tc\tx", "the text has no gap \"[c]\""),
            ("FIB_PLUS\t[a] b\ta", "the gap [a] has no answer"),
            ("the rest of a question", "is no type of question"),
        ] {
            let reading = read(&Blackboard, line).unwrap();
            assert!(reading.drafts.is_empty(), "{line}");
            let told = reading.problems().next().unwrap().to_string();
            assert!(told.contains(message), "{told}");
        }
    }

    #[test]
    fn only_lines_with_a_type_of_question_are_recognised() {
        for (text, is_so) in [
            ("MC\tq\ta\tcorrect\tb\tincorrect\n", true),
            ("\nTF\tq\ttrue\r\nESS\tq\r\n", true),
            ("MC\tMaster of ceremonies\nTF\tTransfer\n", false),
            ("question\tanswer\nMC\tq\ta\tcorrect\n", false),
            ("MC q a correct\n", false),
            ("", false),
        ] {
            let input = Input { name: "x.txt".into(), text: text.into(), is_sheet: false };
            assert_eq!(Blackboard.recognise(&input).is_some(), is_so, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(kind in prop::sample::select(&KINDS), text in "[\\PC\r\n\t\"]{0,60}") {
            drop(read(&Blackboard, &format!("{kind}\t{text}")));
            Blackboard.recognise(&Input { text, ..Input::default() });
        }

        #[test]
        fn every_line_is_a_note_or_a_problem_on_its_line(
            rows in prop::collection::vec((any::<bool>(), 0_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let (mut bank, mut expected) = (String::new(), Vec::new());
            for (right, blank) in &rows {
                bank += &"\n".repeat(*blank);
                expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
                bank += if *right { "TF\tq\ttrue\n" } else { "OP\tq\n" };
            }
            let reading = read(&Blackboard, &bank.replace('\n', line_end)).unwrap();
            let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(reading.problems().map(|problem| problem.line));
            lines.sort_unstable();
            prop_assert_eq!(lines, expected);
        }
    }
}
