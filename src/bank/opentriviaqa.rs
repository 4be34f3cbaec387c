//! OpenTriviaQA: `#Q` and the question, `^` and the right option, then the options behind their letters.

use super::blocks::{Item, Refusal};
use super::bodies::{choice, join};
use super::lines::{Line, lines};
use super::{Format, Input, Options, Sink};
use crate::error::Result;
use crate::model::{Content, letter_index};
use crate::text::{self, fold};

/// The text files of OpenTriviaQA.
#[derive(Debug)]
pub struct OpenTriviaQa;

/// What to do about a choice without a right option.
const MARK: &str = "write the right option behind ^ on a line of its own";

impl Format for OpenTriviaQa {
    fn name(&self) -> &'static str {
        "opentriviaqa"
    }

    fn about(&self) -> &'static str {
        "OpenTriviaQA: #Q question, ^ right option, then A option, B option ..."
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        if !input.text.contains("#Q") {
            return None;
        }
        let mut marks = lines(&input.text).map(|line| (stem(line.text).is_some(), key(line.text).is_some()));
        marks.find(|(is_stem, is_key)| *is_stem || *is_key).filter(|(is_stem, _)| *is_stem)?;
        marks.any(|(_, is_key)| is_key).then(|| "questions begin with #Q and right options with ^".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let mut question: Option<Question> = None;
        for line in lines(&input.text) {
            if let Some(stem) = stem(line.text) {
                if let Some(whole) = question.replace(Question::new(&line, stem)) {
                    whole.hand_in(options, out);
                }
            } else if line.is_blank() {
                // Blank lines only part the questions.
            } else if let Some(question) = question.as_mut() {
                question.take(&line);
            } else {
                out.skip(1);
            }
        }
        if let Some(whole) = question {
            whole.hand_in(options, out);
        }
        Ok(())
    }
}

/// What stands behind `#Q`.
fn stem(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("#Q")?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(rest)
}

/// What stands behind `^`.
fn key(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('^')?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// The lines of a question.
struct Question {
    item: Item,
    stem: Vec<String>,
    key: Option<String>,
    options: Vec<String>,
}

impl Question {
    fn new(line: &Line, stem: &str) -> Self {
        Self { item: Item::at(line), stem: vec![stem.trim().to_owned()], key: None, options: Vec::new() }
    }

    fn take(&mut self, line: &Line) {
        self.item.grow(line);
        if let Some(key) = key(line.text).filter(|_| self.key.is_none()) {
            self.key = Some(key.to_owned());
        } else if self.key.is_none() {
            self.stem.push(line.text.trim_end().to_owned());
        } else if let Some(option) = self.next_option(line.text) {
            self.options.push(option);
        } else if let Some(last) = self.options.last_mut().or(self.key.as_mut()) {
            last.push('\n');
            last.push_str(line.text.trim());
        }
    }

    /// The option on a line that begins with the letter whose turn it is.
    fn next_option(&self, line: &str) -> Option<String> {
        let mut chars = line.chars();
        let place = chars.next().filter(char::is_ascii_uppercase).and_then(letter_index)?;
        let rest = chars.as_str();
        let is_option =
            place == self.options.len() && (rest.is_empty() || rest.starts_with(char::is_whitespace));
        is_option.then(|| rest.trim().to_owned())
    }

    fn hand_in(self, options: &Options, out: &mut dyn Sink) {
        let content = self.content();
        self.item.hand_in(content, options, out);
    }

    fn content(&self) -> Result<Content, Refusal> {
        let Some(key) = &self.key else {
            return Err(Refusal::new("no option is marked as right", MARK));
        };
        if self.options.is_empty() {
            let fix = "write the options below ^, each on a line of its own: A first, B second";
            return Err(Refusal::new("it has no options below ^", fix));
        }
        let exact = self.options.iter().position(|option| option == key);
        let near = || self.options.iter().position(|option| fold(option) == fold(key));
        let right = exact.or_else(near);
        if right.is_none() {
            let message = format!("{:?} behind ^ is none of the options", text::one_line(key, 40));
            return Err(Refusal::new(message, "write the right option behind ^ as it stands below"));
        }
        choice(&join(self.stem.clone(), false), self.options.clone(), right.into_iter().collect(), MARK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;
    use crate::model::Body;
    use proptest::prelude::*;

    #[test]
    fn a_question_has_its_options_and_the_right_one() {
        for (bank, prompt, options, right) in [
            (
                "#Q Largest?\n^ Jupiter\nA Mars\nB Jupiter\nC Venus\n",
                "Largest?",
                &["Mars", "Jupiter", "Venus"][..],
                1,
            ),
            ("#Q Is it\nB so?\n^ true\nA True\nB False\n", "Is it\nB so?", &["True", "False"], 0),
            ("#Q q\n\n^ a\nA b\nB a\nA c\n", "q", &["b", "a\nA c"], 9),
            ("#Q q\n^ A\nA A\nB B\n", "q", &["A", "B"], 0),
        ] {
            let reading = read(&OpenTriviaQa, bank).unwrap();
            if right == 9 {
                assert!(reading.problems().next().unwrap().message.contains("\"a\" behind ^"));
                continue;
            }
            let content = &reading.drafts[0].content;
            let Body::Choice(choice) = &content.body else { panic!() };
            assert_eq!(
                (content.prompt.as_str(), choice.options.as_slice(), choice.right[0]),
                (prompt, &options.iter().map(ToString::to_string).collect::<Vec<_>>()[..], right)
            );
        }
    }

    #[test]
    fn a_question_that_cannot_be_asked_is_told_with_the_mend() {
        for (bank, message) in [
            ("#Q q\nA a\nB b\n", "no option is marked as right; write the right option behind ^"),
            ("#Q q\n^ c\nA a\nB b\n", "\"c\" behind ^ is none of the options"),
            ("#Q q\n^ c\n", "it has no options below ^; write the options below ^"),
            ("#Q q\nA c\nB d\n^ c\n", "it has no options below ^"),
            ("#Q q\n^ a\nA a\nB a\n", "options A and B are the same"),
            ("#Q\n^ a\nA a\nB b\n", "the prompt is empty"),
        ] {
            let reading = read(&OpenTriviaQa, bank).unwrap();
            let told = reading.problems().next().unwrap().to_string();
            assert!(told.contains(message), "{told}");
        }
    }

    #[test]
    fn only_texts_with_both_marks_are_recognised() {
        for (text, is_so) in [
            ("#Q a\n^ b\nA b\n", true),
            ("Trivia\r\n\r\n#Q a\r\n^ b\r\n", true),
            ("#Q a\nA b\n", false),
            ("#Queue\n^ b\n", false),
            ("^ b\n#Q a\n", false),
            ("# Q\ntext\n", false),
        ] {
            let input = Input { text: text.into(), ..Input::default() };
            assert_eq!(OpenTriviaQa.recognise(&input).is_some(), is_so, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([\\PC\r\n]|#Q |\n\\^ |\nA ){0,30}") {
            drop(read(&OpenTriviaQa, &text));
            OpenTriviaQa.recognise(&Input { text, ..Input::default() });
        }

        #[test]
        fn every_question_is_a_note_or_a_problem_on_the_line_where_it_begins(
            rows in prop::collection::vec((any::<bool>(), 0_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let (mut bank, mut expected) = ("preamble\n".to_owned(), Vec::new());
            for (right, blank) in &rows {
                bank += &"\n".repeat(*blank);
                expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
                bank += if *right { "#Q two\nlines\n^ a\nA a\nB b\n" } else { "#Q q\n^ x\nA a\nB b\n" };
            }
            let reading = read(&OpenTriviaQa, &bank.replace('\n', line_end)).unwrap();
            let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(reading.problems().map(|problem| problem.line));
            lines.sort_unstable();
            prop_assert_eq!(lines, expected);
        }
    }
}
