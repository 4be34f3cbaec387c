//! SuperMemo: `Q:` and `A:` lines; a blank line ends an item.

use super::blocks::{Item, Refusal};
use super::bodies::fact;
use super::lines::{Line, lines};
use super::{Format, Input, Options, Sink};
use crate::error::Result;
use crate::model::Content;

/// The text with questions and answers that `SuperMemo` writes.
#[derive(Debug)]
pub struct SuperMemo;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Question,
    Answer,
    /// How well the item was known, and its number there.
    Progress,
}

impl Format for SuperMemo {
    fn name(&self) -> &'static str {
        "supermemo"
    }

    fn about(&self) -> &'static str {
        "SuperMemo: Q: and A: lines, a blank line between items"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        if matches!(input.ending().as_str(), "md" | "markdown") {
            return None;
        }
        let (mut begins, mut has_answer) = (true, false);
        for line in lines(&input.text) {
            let part = part(line.text);
            let other_format = line.text.starts_with("C:") || line.text.trim_end() == "---";
            if other_format || (begins && !line.is_blank() && !matches!(part, Some((Part::Question, _)))) {
                return None;
            }
            begins = line.is_blank();
            has_answer |= matches!(part, Some((Part::Answer, _)));
        }
        has_answer.then(|| "every block begins with Q: and has answers behind A:".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let mut pair: Option<Pair> = None;
        for line in lines(&input.text) {
            if line.is_blank() {
                if let Some(whole) = pair.take() {
                    whole.hand_in(options, out);
                }
            } else {
                if let Some(whole) = pair.take_if(|pair| pair.ends_before(&line)) {
                    whole.hand_in(options, out);
                }
                pair.get_or_insert_with(|| Pair::new(&line)).take(&line);
            }
        }
        if let Some(whole) = pair {
            whole.hand_in(options, out);
        }
        Ok(())
    }
}

/// What a line says it is, and the rest of it.
fn part(line: &str) -> Option<(Part, &str)> {
    let (mark, rest) = line.trim_start_matches('\u{feff}').split_once(':')?;
    let part = match mark {
        "Q" | "q" => Part::Question,
        "A" | "a" => Part::Answer,
        "I" | "O" => Part::Progress,
        _ => return None,
    };
    Some((part, rest.trim()))
}

/// A question and its answer.
struct Pair {
    item: Item,
    questions: Vec<String>,
    answers: Vec<String>,
    last: Option<Part>,
}

impl Pair {
    fn new(line: &Line) -> Self {
        Self { item: Item::at(line), questions: Vec::new(), answers: Vec::new(), last: None }
    }

    /// Whether a line begins the next item although no blank line stands before it.
    fn ends_before(&self, line: &Line) -> bool {
        !self.answers.is_empty() && matches!(part(line.text), Some((Part::Question, _)))
    }

    fn take(&mut self, line: &Line) {
        self.item.grow(line);
        let (part, text) = match part(line.text) {
            Some((part, text)) => (Some(part), text),
            // A line that was broken belongs to the one before.
            None => (self.last, line.text.trim_end()),
        };
        match part {
            Some(Part::Question) => self.questions.push(decoded(text)),
            Some(Part::Answer) => self.answers.push(decoded(text)),
            Some(Part::Progress) | None => {}
        }
        self.last = part;
    }

    fn hand_in(self, options: &Options, out: &mut dyn Sink) {
        let content = self.content();
        self.item.hand_in(content, options, out);
    }

    fn content(&self) -> Result<Content, Refusal> {
        let (question, answer) = (self.questions.join("\n"), self.answers.join("\n"));
        if question.trim().is_empty() {
            return Err(Refusal::new("it has no question", "begin the item with a line Q: and its question"));
        }
        if answer.trim().is_empty() {
            let fix = "write a line A: and the answer below the question, without a blank line between";
            return Err(Refusal::new("it has no answer", fix));
        }
        Ok(fact(&question, &answer))
    }
}

/// The text with characters in place of `&#233;` and `&#xe9;`.
fn decoded(text: &str) -> String {
    let mut pieces = text.split("&#");
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        // No character has a longer number.
        let entity = piece.split_once(';').filter(|(number, _)| number.len() < 9);
        let character = entity.and_then(|(number, rest)| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            code.ok().filter(|code| *code >= 32).and_then(char::from_u32).map(|c| (c, rest))
        });
        if let Some((character, rest)) = character {
            decoded.push(character);
            decoded.push_str(rest);
        } else {
            decoded.push_str("&#");
            decoded.push_str(piece);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;
    use crate::model::Body;
    use proptest::prelude::*;

    #[test]
    fn several_lines_of_a_question_or_an_answer_are_one_text() {
        for (bank, prompt, back) in [
            ("Q: a\nA: b\n", "a", "b"),
            ("Q: a &#33267;&#x41;\nQ: b\nA: 1\nA: 2\nI: REP=8 LAP=0\nO: 36\n", "a 至A\nb", "1\n2"),
            ("Q: a\nbroken\nA: b\n  broken\n", "a\nbroken", "b\n  broken"),
            ("Q: &#; &#99999999; & &#7;\nA: x: y\n", "&#; &#99999999; & &#7;", "x: y"),
        ] {
            let reading = read(&SuperMemo, bank).unwrap();
            let content = &reading.drafts[0].content;
            let Body::Fact(fact) = &content.body else { panic!() };
            assert_eq!((content.prompt.as_str(), fact.answer.as_str()), (prompt, back));
        }
    }

    #[test]
    fn a_question_after_an_answer_is_the_next_one() {
        let reading = read(&SuperMemo, "Q: a\nA: b\nQ: c\nA: d\nI: REP=1\nQ: e\nA: f\n").unwrap();
        let found: Vec<(u64, &str)> =
            reading.drafts.iter().map(|draft| (draft.line, draft.content.prompt.as_str())).collect();
        assert_eq!(found, [(1, "a"), (3, "c"), (6, "e")]);
    }

    #[test]
    fn an_item_without_its_other_half_is_told_with_the_mend() {
        for (bank, message) in [
            ("Q: a\n\n", "it has no answer; write a line A:"),
            ("A: a\n", "it has no question; begin the item with a line Q:"),
            ("text\n", "it has no question"),
            ("Q: a\nA:\n", "it has no answer"),
        ] {
            let reading = read(&SuperMemo, bank).unwrap();
            let told = reading.problems().next().unwrap().to_string();
            assert!(told.contains(message), "{told}");
        }
    }

    #[test]
    fn only_blocks_of_questions_and_answers_are_recognised() {
        for (name, text, is_so) in [
            ("x.txt", "\n\nQ: a\r\nA: b\r\n\r\nQ: c\r\nA: d\r\n", true),
            ("x.md", "Q: a\nA: b\n", false),
            ("x.txt", "Q: a\nA: b\n---\nQ: a\nA: b\n", false),
            ("x.txt", "Q: a\nA: b\n\nC: x [y]\n", false),
            ("x.txt", "Q: a\n\nA: b\n", false),
            ("x.txt", "Q: a\n", false),
            ("x.txt", "Interview\n\nQ: a\nA: b\n", false),
        ] {
            let input = Input { name: name.into(), text: text.into(), is_sheet: false };
            assert_eq!(SuperMemo.recognise(&input).is_some(), is_so, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([\\PC\r\n]|&#|\nQ: |\nA: |\nI:){0,30}") {
            drop(read(&SuperMemo, &text));
            SuperMemo.recognise(&Input { text, ..Input::default() });
        }

        #[test]
        fn every_item_is_a_note_or_a_problem_on_the_line_where_it_begins(
            rows in prop::collection::vec((any::<bool>(), 1_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let (mut bank, mut expected) = (String::new(), Vec::new());
            for (right, blank) in &rows {
                bank += &"\n".repeat(*blank);
                expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
                bank += if *right { "Q: a\nQ: b\nA: c\nO: 1\n" } else { "Q: a\n" };
            }
            let reading = read(&SuperMemo, &bank.replace('\n', line_end)).unwrap();
            let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(reading.problems().map(|problem| problem.line));
            lines.sort_unstable();
            prop_assert_eq!(lines, expected);
        }
    }
}
