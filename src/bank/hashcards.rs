//! hashcards: Markdown with `Q:` and `A:`, and with `C:` before a text whose hidden parts stand in brackets.

use super::blocks::{Item, Refusal};
use super::bodies::{fact, hidden};
use super::lines::lines;
use super::markdown::{Marked, REMARK, header, marked, split_code};
use super::rejected::items;
use super::{Format, Input, Options, Rejected, Sink};
use crate::error::Result;
use crate::model::{Body, Content, DeckName};

/// The cards of hashcards.
#[derive(Debug)]
pub struct Hashcards;

impl Format for Hashcards {
    fn name(&self) -> &'static str {
        "hashcards"
    }

    fn about(&self) -> &'static str {
        "hashcards: Markdown with Q: and A:, or C: and [hidden parts]"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let mut counts = [0_usize; 3];
        let (mut begins, mut is_typical) = (true, matches!(input.ending().as_str(), "md" | "markdown"));
        for line in marked(&input.text).filter(|line| !line.is_blank()) {
            let mark = mark(&line);
            if std::mem::take(&mut begins) && !matches!(mark, Some((Mark::Question | Mark::Cloze, _))) {
                return None;
            }
            if let Some(count) = mark.and_then(|(mark, _)| counts.get_mut(mark as usize)) {
                *count += 1;
            }
            is_typical |= line.is_rule();
        }
        let [questions, answers, clozes] = counts;
        match (questions, clozes) {
            (0, 0) => None,
            (0, _) => {
                brackets(&input.text).map(|_| "texts begin with C: and hide parts in brackets".to_owned())
            }
            _ => (answers > 0 && (questions == answers || is_typical))
                .then(|| "cards begin with Q: and go on with A:".to_owned()),
        }
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let deck = header(&input.text).and_then(|(header, _)| deck(header));
        let mut card: Option<Card> = None;
        for line in marked(&input.text) {
            if line.is_rule() {
                if let Some(whole) = card.take() {
                    whole.hand_in(options, out);
                }
                continue;
            }
            match (mark(&line), &mut card) {
                (Some((Mark::Answer, text)), Some(card)) if card.mark == Mark::Question => {
                    card.item.grow(&line.line);
                    card.answer.get_or_insert_default().push(text.to_owned());
                }
                (Some((mark, text)), _) => {
                    let mut next = Card { item: Item::at(&line.line), mark, front: Vec::new(), answer: None };
                    next.item.deck.clone_from(&deck);
                    next.front.push(text.to_owned());
                    if let Some(whole) = card.replace(next) {
                        whole.hand_in(options, out);
                    }
                }
                (None, Some(card)) => {
                    if !line.is_blank() {
                        card.item.grow(&line.line);
                    }
                    card.answer.as_mut().unwrap_or(&mut card.front).push(line.text.into_owned());
                }
                (None, None) => out.skip(u64::from(!line.is_blank())),
            }
        }
        if let Some(whole) = card {
            whole.hand_in(options, out);
        }
        Ok(())
    }

    fn remark(&self) -> Option<(&'static str, &'static str)> {
        Some(REMARK)
    }

    /// Below the header, which names the deck.
    fn rejected(&self, input: &Input, _: &Options, rejected: &[Rejected]) -> Result<String> {
        let count = header(&input.text).map_or(0, |(_, count)| count);
        let end =
            lines(&input.text).take_while(|line| line.number <= count).last().map_or(0, |line| line.next);
        let head = input.text.get(..end).unwrap_or_default().trim_end();
        let head = if head.is_empty() { String::new() } else { format!("{head}\n\n") };
        Ok(head + &items(input, REMARK, "", rejected, |_| String::new()))
    }
}

/// What a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Question,
    Answer,
    Cloze,
}

fn mark<'l>(line: &'l Marked) -> Option<(Mark, &'l str)> {
    let (mark, rest) = line.prose()?.trim_start_matches('\u{feff}').split_once(':')?;
    let mark = match mark {
        "Q" => Mark::Question,
        "A" => Mark::Answer,
        "C" => Mark::Cloze,
        _ => return None,
    };
    Some((mark, rest.trim_start()))
}

/// The deck that a header names, as in `name = "Chemistry"`.
fn deck(header: &str) -> Option<DeckName> {
    let name = header.lines().find_map(|line| {
        let (key, value) = line.split_once(['=', ':'])?;
        (key.trim() == "name").then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    DeckName::parse(name).ok()
}

/// The lines of a card.
struct Card {
    item: Item,
    mark: Mark,
    front: Vec<String>,
    answer: Option<Vec<String>>,
}

impl Card {
    fn hand_in(self, options: &Options, out: &mut dyn Sink) {
        let content = self.content();
        self.item.hand_in(content, options, out);
    }

    fn content(&self) -> Result<Content, Refusal> {
        let front = self.front.join("\n");
        match (self.mark, &self.answer) {
            (Mark::Question, Some(answer)) => {
                let (prompt, code) = split_code(&front);
                Ok(Content { code, ..fact(&prompt, &answer.join("\n")) })
            }
            (Mark::Question, None) => {
                Err(Refusal::new("it has no answer", "write A: and the answer below the question"))
            }
            (Mark::Answer, _) => {
                Err(Refusal::new("it has an answer but no question", "write Q: and the question above it"))
            }
            (Mark::Cloze, _) => {
                let Some(text) = brackets(&front) else {
                    return Err(Refusal::new("it hides nothing", "put what to hide into [brackets]"));
                };
                let (prompt, code) = split_code(&text);
                Ok(Content { code, ..Content::new(prompt, Body::Cloze) })
            }
        }
    }
}

/// The text with its brackets as hidden parts; none if it has no brackets. Pictures and `\[` are text.
fn brackets(text: &str) -> Option<String> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    let mut before = ' ';
    for (at, sign) in text.char_indices() {
        match sign {
            '\\' if before == '\\' => {
                before = ' ';
                continue;
            }
            '[' if before != '\\' => open.push((at, before == '!')),
            ']' if before != '\\' => {
                pairs.extend(open.pop().map(|(start, is_picture)| (start, at, is_picture)));
            }
            _ => {}
        }
        before = sign;
    }
    pairs.sort_unstable();
    let (mut cloze, mut number, mut from) = (String::new(), 0, 0);
    let literal = |text: &str| text.replace("\\[", "[").replace("\\]", "]");
    for (start, end, is_picture) in pairs {
        let inside = text.get(start + 1..end).unwrap_or_default();
        if start < from || is_picture || inside.trim().is_empty() {
            continue;
        }
        number += 1;
        cloze.push_str(&literal(text.get(from..start).unwrap_or_default()));
        cloze.push_str(&hidden(number, &literal(inside)));
        from = end + 1;
    }
    cloze.push_str(&literal(text.get(from..).unwrap_or_default()));
    (number > 0).then_some(cloze)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;
    use crate::model::Fact;
    use proptest::prelude::*;

    #[test]
    fn questions_and_texts_with_brackets_are_cards() {
        for (bank, prompt, answer) in [
            ("Q: a\nb\nA: c\n\nd\n\n---\n", "a\nb", "c\n\nd"),
            ("Q: a\n\nA: b\n<!-- remark -->\n", "a", "b"),
            ("Q: a\nA: b\nA: c\n", "a", "b\nc"),
            ("C: The [order] of [its\nparts].\n", "The {{c1::order}} of {{c2::its\nparts}}.", ""),
            ("C: ![x](y) \\[a\\] [b [c]] [] [d\n", "![x](y) [a] {{c1::b [c]}} [] [d", ""),
        ] {
            let reading = read(&Hashcards, bank).unwrap();
            assert!(reading.rejected.is_empty(), "{:?}", reading.rejected);
            let content = &reading.drafts[0].content;
            assert_eq!(content.prompt, prompt);
            match &content.body {
                Body::Fact(Fact { answer: back, .. }) => assert_eq!(back, answer),
                body => assert_eq!((body, answer), (&Body::Cloze, "")),
            }
        }
    }

    #[test]
    fn a_header_names_the_deck_and_code_in_a_question_is_code() {
        let bank = "---\nname = \"Lang::Rust\"\n---\n\nQ: What?\n```rust\nQ: 1\n---\n```\nA: b\n";
        let reading = read(&Hashcards, bank).unwrap();
        let draft = &reading.drafts[0];
        assert_eq!((draft.line, draft.deck.as_ref().unwrap().as_str()), (5, "Lang::Rust"));
        let code = draft.content.code.as_ref().unwrap();
        assert_eq!((code.text.as_str(), code.language.as_deref()), ("Q: 1\n---", Some("rust")));
    }

    #[test]
    fn half_a_card_is_told_with_the_mend() {
        for (bank, message) in [
            ("Q: a\n", "it has no answer; write A:"),
            ("A: a\n", "it has an answer but no question"),
            ("C: a\n", "it hides nothing; put what to hide into [brackets]"),
            ("Q: a\nA:\n", "a fact needs an answer"),
        ] {
            let reading = read(&Hashcards, bank).unwrap();
            let told = reading.problems().next().unwrap().to_string();
            assert!(told.contains(message), "{told}");
        }
    }

    #[test]
    fn only_texts_of_cards_are_recognised() {
        for (name, text, is_so) in [
            ("x.md", "Q: a\nA: b\n", true),
            ("x.txt", "Q: a\n\nA: b\n", true),
            ("x.txt", "C: a [b]\n", true),
            ("x.md", "---\nname = \"x\"\n---\nC: a [b]\n\nQ: a\nA: b\n", true),
            ("x.md", "# Title\n\nQ: a\nA: b\n", false),
            ("x.md", "Q: a\n", false),
            ("x.txt", "C: drive\n", false),
            ("x.md", "Some text [link](x).\n", false),
            ("x.md", "", false),
        ] {
            let input = Input { name: name.into(), text: text.into(), is_sheet: false };
            assert_eq!(Hashcards.recognise(&input).is_some(), is_so, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([\\PC\r\n]|\nQ: |\nA: |\nC: |\\[|\\]|\n---\n|\n```\n){0,30}") {
            drop(read(&Hashcards, &text));
            Hashcards.recognise(&Input { text, ..Input::default() });
        }

        #[test]
        fn every_card_is_a_note_or_a_problem_on_the_line_where_it_begins(
            rows in prop::collection::vec((0_usize..4, 0_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let kinds = ["Q: a\nb\nA: c\n", "Q: a\n", "C: a\n", "C: [a]\nb\n---\n"];
            let (mut bank, mut expected) = ("preamble\n".to_owned(), Vec::new());
            for (kind, blank) in &rows {
                bank += &"\n".repeat(*blank);
                expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
                bank += kinds[*kind];
            }
            let reading = read(&Hashcards, &bank.replace('\n', line_end)).unwrap();
            let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(reading.problems().map(|problem| problem.line));
            lines.sort_unstable();
            prop_assert_eq!(lines, expected);
        }
    }
}
