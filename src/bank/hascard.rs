//! hascard: Markdown whose cards begin with `# ` and are parted by `---`.

use super::blocks::{Item, Refusal};
use super::bodies::{choice, fact, ordering, plain};
use super::markdown::{Marked, REMARK, marked, split_code};
use super::rejected::items;
use super::{Format, Input, Options, Rejected, Sink};
use crate::error::Result;
use crate::model::{Blanks, Body, Content, Gap};

/// The cards of hascard.
#[derive(Debug)]
pub struct Hascard;

impl Format for Hascard {
    fn name(&self) -> &'static str {
        "hascard"
    }

    fn about(&self) -> &'static str {
        "hascard: Markdown cards that begin with # and are parted by ---"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let first = marked(&input.text).find(|line| !line.is_blank() && !line.is_rule())?;
        first.prose().and_then(stem)?;
        let (mut good, mut bad, mut is_marked) = (0_usize, 0_usize, false);
        for card in cards(&input.text) {
            let heads =
                card.lines.iter().filter(|line| line.prose().is_some_and(|text| text.starts_with('#')));
            if card.stem().is_none() || heads.count() > 1 || card.body().iter().all(Marked::is_blank) {
                bad += 1;
                continue;
            }
            good += 1;
            is_marked |= has_options(card.body());
        }
        // A heading with text, a list or words between underscores below it is any text.
        let is_so = if is_marked { good >= bad } else { good > 1 && bad == 0 };
        is_so.then(|| "cards begin with # and are parted by ---".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        for card in cards(&input.text) {
            let content = card.content();
            card.item.hand_in(content, options, out);
        }
        Ok(())
    }

    fn remark(&self) -> Option<(&'static str, &'static str)> {
        Some(REMARK)
    }

    fn rejected(&self, input: &Input, _: &Options, rejected: &[Rejected]) -> Result<String> {
        Ok(items(input, REMARK, "---\n\n", rejected, |_| String::new()))
    }
}

/// The question on a line that begins a card.
fn stem(line: &str) -> Option<&str> {
    line.trim_start_matches('\u{feff}').strip_prefix("# ").map(str::trim)
}

/// The lines of a card from the first that is not blank.
struct Card<'t> {
    item: Item,
    lines: Vec<Marked<'t>>,
}

/// The cards of a text.
fn cards(text: &str) -> impl Iterator<Item = Card<'_>> {
    let mut lines = marked(text);
    std::iter::from_fn(move || {
        let first = lines.find(|line| !line.is_blank() && !line.is_rule())?;
        let mut card = Card { item: Item::at(&first.line), lines: vec![first] };
        for line in lines.by_ref().take_while(|line| !line.is_rule()) {
            if !line.is_blank() {
                card.item.grow(&line.line);
            }
            card.lines.push(line);
        }
        Some(card)
    })
}

/// What the body of a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    /// `- wrong`, `* right`.
    Single,
    /// `[ ] wrong`, `[*] right`.
    Several,
    /// `1. first`.
    Order,
    /// `_gap|other_`.
    Gaps,
}

impl Shape {
    fn of(body: &[Marked]) -> Self {
        let Some(first) = body.iter().find(|line| !line.is_blank()) else { return Self::Text };
        let prose = || body.iter().filter_map(Marked::prose);
        match first.prose() {
            Some(text) if box_mark(text).is_some() => Self::Several,
            Some(text) if list_mark(text).is_some() => {
                let marks: Vec<bool> = prose().filter_map(list_mark).map(|(is_right, _)| is_right).collect();
                // A list of one sign is a list.
                if marks.contains(&true) && marks.contains(&false) { Self::Single } else { Self::Text }
            }
            Some(text) if number_mark(text).is_some() => {
                if prose().filter_map(number_mark).count() > 1 {
                    Self::Order
                } else {
                    Self::Text
                }
            }
            _ if prose().any(|text| gaps(text).next().is_some()) => Self::Gaps,
            _ => Self::Text,
        }
    }
}

/// Whether a body has options as nobody else writes them.
fn has_options(body: &[Marked]) -> bool {
    let right =
        || body.iter().filter_map(Marked::prose).filter_map(list_mark).filter(|(is_right, _)| *is_right);
    match Shape::of(body) {
        Shape::Several => true,
        Shape::Single => right().count() == 1,
        Shape::Text | Shape::Order | Shape::Gaps => false,
    }
}

fn list_mark(line: &str) -> Option<(bool, &str)> {
    let right = line.strip_prefix("* ").map(|rest| (true, rest));
    right.or_else(|| line.strip_prefix("- ").map(|rest| (false, rest)))
}

fn box_mark(line: &str) -> Option<(bool, &str)> {
    let (mark, rest) = line.strip_prefix('[')?.split_once(']')?;
    match mark {
        "*" | "x" | "X" => Some((true, rest)),
        " " | "" => Some((false, rest)),
        _ => None,
    }
}

fn number_mark(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.split_once(". ")?;
    Some((number.parse().ok()?, rest))
}

/// The gaps of a line: where each begins and ends, its underscores among it.
fn gaps(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    std::iter::from_fn(move || {
        loop {
            let start = from + line.get(from..)?.find('_')?;
            let inside = line.get(start + 1..)?;
            let end = start + 1 + inside.find('_')?;
            let inside = line.get(start + 1..end)?;
            let stands_free =
                !line.get(..start)?.ends_with(is_word) && !line.get(end + 1..)?.starts_with(is_word);
            if stands_free && !inside.is_empty() && inside.trim() == inside {
                from = end + 1;
                return Some((start, end + 1));
            }
            from = end;
        }
    })
}

impl Card<'_> {
    /// The question behind `#`.
    fn stem(&self) -> Option<&str> {
        self.lines.first()?.prose().and_then(stem)
    }

    fn body(&self) -> &[Marked<'_>] {
        self.lines.get(1..).unwrap_or_default()
    }

    fn content(&self) -> Result<Content, Refusal> {
        let Some(stem) = self.stem() else {
            return Err(Refusal::new("the card does not begin with #", "begin it with # and the question"));
        };
        let body = self.body();
        match Shape::of(body) {
            Shape::Text => {
                let answer: Vec<&str> = body.iter().map(|line| line.text.as_ref()).collect();
                let answer = answer.join("\n");
                if answer.trim().is_empty() {
                    return Err(Refusal::new(
                        "the card has no answer",
                        "write the answer below the question",
                    ));
                }
                Ok(fact(stem, &answer))
            }
            Shape::Single => options(stem, body, list_mark, "write * and not - before the right option"),
            Shape::Several => options(stem, body, box_mark, "write [*] before each right option"),
            Shape::Order => {
                let mut items: Vec<(u32, String)> = entries(body, number_mark);
                items.sort_by_key(|(number, _)| *number);
                ordering(stem, &items.into_iter().map(|(_, item)| item).collect::<Vec<_>>(), false)
            }
            Shape::Gaps => Ok(with_gaps(stem, body)),
        }
    }
}

/// The entries of a list; lines without a mark go on with the entry before.
fn entries<T>(body: &[Marked], mark: impl Fn(&str) -> Option<(T, &str)>) -> Vec<(T, String)> {
    let mut entries: Vec<(T, String)> = Vec::new();
    for line in body {
        match (line.prose().and_then(&mark), entries.last_mut()) {
            (Some((mark, text)), _) => entries.push((mark, text.trim().to_owned())),
            (None, Some((_, last))) if !line.is_blank() => {
                last.push('\n');
                last.push_str(line.text.trim_end());
            }
            _ => {}
        }
    }
    entries
}

fn options(
    stem: &str,
    body: &[Marked],
    mark: impl Fn(&str) -> Option<(bool, &str)>,
    fix: &str,
) -> Result<Content, Refusal> {
    let (right, options): (Vec<bool>, Vec<String>) = entries(body, mark).into_iter().unzip();
    let right = right.iter().enumerate().filter(|(_, right)| **right).map(|(place, _)| place).collect();
    choice(stem, options, right, fix)
}

fn with_gaps(stem: &str, body: &[Marked]) -> Content {
    let (mut lines, mut found) = (vec![plain(stem)], Vec::new());
    for line in body {
        let Some(text) = line.prose() else {
            lines.push(plain(&line.text));
            continue;
        };
        let (mut shown, mut from) = (String::new(), 0);
        for (start, end) in gaps(text) {
            shown.push_str(&plain(text.get(from..start).unwrap_or_default()));
            let mut answers = text.get(start + 1..end - 1).unwrap_or_default().split('|').map(str::to_owned);
            found.push(Gap { answer: answers.next().unwrap_or_default(), accept: answers.collect() });
            shown.push_str(&format!("__{}__", found.len()));
            from = end;
        }
        shown.push_str(&plain(text.get(from..).unwrap_or_default()));
        lines.push(shown);
    }
    let (prompt, code) = split_code(&lines.join("\n"));
    Content { code, ..Content::new(prompt, Body::Blanks(Blanks { gaps: found, bank: Vec::new() })) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;
    use proptest::prelude::*;

    #[test]
    fn every_shape_of_card_is_asked() {
        for (bank, prompt, body) in [
            (
                "# Word\n\nA definition\n- with a list\n",
                "Word",
                r#"Fact(Fact { answer: "A definition\n- with a list", accept: [], reversed: false, typed: false })"#,
            ),
            (
                "# q\n- no\n\n* yes\nmore\n- never\n",
                "q",
                r#"Choice(Choice { options: ["no", "yes\nmore", "never"], right: [1] })"#,
            ),
            (
                "# q\n[*] a\n[ ] b\n[*] c\n",
                "q",
                r#"Choice(Choice { options: ["a", "b", "c"], right: [0, 2] })"#,
            ),
            (
                "# q\n2. b\n1. a\n",
                "q\n1. __1__\n2. __2__",
                r#"Blanks(Blanks { gaps: [Gap { answer: "a", accept: [] }, Gap { answer: "b", accept: [] }], bank: ["a", "b"] })"#,
            ),
            (
                "# q __1__\nAn _old|ancient_ snake_case and _x_.\n",
                "q ___\nAn __1__ snake_case and __2__.",
                r#"Blanks(Blanks { gaps: [Gap { answer: "old", accept: ["ancient"] }, Gap { answer: "x", accept: [] }], bank: [] })"#,
            ),
            (
                "# q\n* a\n* b\n",
                "q",
                r#"Fact(Fact { answer: "* a\n* b", accept: [], reversed: false, typed: false })"#,
            ),
            (
                "# q\n```\n---\n_a_\n```\n",
                "q",
                r#"Fact(Fact { answer: "```\n---\n_a_\n```", accept: [], reversed: false, typed: false })"#,
            ),
        ] {
            let reading = read(&Hascard, bank).unwrap();
            assert!(reading.rejected.is_empty(), "{:?}", reading.rejected);
            assert_eq!(reading.drafts[0].content.prompt, prompt);
            assert_eq!(format!("{:?}", reading.drafts[0].content.body), body);
        }
    }

    #[test]
    fn a_card_that_cannot_be_asked_is_told_with_the_mend() {
        for (bank, message) in [
            ("# q\n", "the card has no answer; write the answer below"),
            ("text\n", "the card does not begin with #"),
            ("# q\n[ ] a\n[ ] b\n", "no option is marked as right; write [*]"),
            ("# q\n[*] a\n", "only one option"),
        ] {
            let reading = read(&Hascard, bank).unwrap();
            let told = reading.problems().next().unwrap().to_string();
            assert!(told.contains(message), "{told}");
        }
    }

    #[test]
    fn only_cards_are_recognised() {
        for (text, is_so) in [
            ("# a\nb\n---\n# c\nd\n", true),
            ("<!-- x -->\n# q\n- no\n* yes\n", true),
            ("# Title\n\nText of any sort.\n", false),
            ("# a\nb\n---\nc\n", false),
            ("# a\n## b\nc\n---\n# d\ne\n", false),
            ("#flashcards\n\na::b\n---\n", false),
            ("# a\n---\n# b\n", false),
            ("# Notes\n\nThis is _important_.\n", false),
            ("# Steps\n\n1. one\n2. two\n", false),
            ("# List\n* one\n* two\n- three\n", false),
            ("# q\n- no\n* yes\n---\n# only a title\n", true),
            ("#Q a\n^ b\n", false),
            ("", false),
        ] {
            let input = Input { text: text.into(), ..Input::default() };
            assert_eq!(Hascard.recognise(&input).is_some(), is_so, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([\\PC\r\n]|\n# |\n- |\n\\* |_|\\||\n1. |\n---\n|\n```\n){0,30}") {
            drop(read(&Hascard, &text));
            Hascard.recognise(&Input { text, ..Input::default() });
        }

        #[test]
        fn every_card_is_a_note_or_a_problem_on_the_line_where_it_begins(
            rows in prop::collection::vec((0_usize..4, 0_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let kinds = ["# a\nb\n\nc\n", "# a\n", "# a\n[ ] b\n", "# a\n* b\n- c\n"];
            let (mut bank, mut expected) = (String::new(), Vec::new());
            for (kind, blank) in &rows {
                bank += &"\n".repeat(*blank);
                expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
                bank += kinds[*kind];
                bank += "---\n";
            }
            let reading = read(&Hascard, &bank.replace('\n', line_end)).unwrap();
            let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(reading.problems().map(|problem| problem.line));
            lines.sort_unstable();
            prop_assert_eq!(lines, expected);
        }
    }
}
