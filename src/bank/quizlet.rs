//! Quizlet: a term and its definition, with a separator of the learner's own between them.

use super::blocks::{Item, Refusal, lines};
use super::bodies::fact;
use super::{Format, Guess, Input, Options, Sink};
use crate::error::{Error, Kind, Result};
use crate::text;

/// The export of Quizlet with a separator of several characters; tables have one of a single character.
#[derive(Debug)]
pub struct Quizlet;

/// Separators that people take and nobody writes in a sentence.
const STRONG: [&str; 22] = [
    "/////", "////", "///", "|||", "||", "-----", "----", "---", "=====", "====", "===", "==", ":::", "::",
    ";;;", ";;", "=>", "->", "~~~", "~~", "@@", "##",
];

/// Separators that also stand in sentences.
const WEAK: [&str; 8] = [" - ", " – ", " — ", " : ", " = ", " | ", " / ", "--"];

/// The longest term, in bytes, that is one although a weak separator stands behind it.
const LONGEST_TERM: usize = 100;

/// What stands between cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Lines,
    Semicolons,
    BlankLines,
}

/// A card, with the place where it stands.
type Card<'t> = (Item, &'t str);

impl Format for Quizlet {
    fn name(&self) -> &'static str {
        "quizlet"
    }

    fn about(&self) -> &'static str {
        "Quizlet export with a separator of several characters, such as ///// (--delimiter)"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let is_markdown = matches!(input.ending().as_str(), "md" | "markdown");
        let (separator, _) = separator(&input.text).filter(|_| !is_markdown)?;
        Some(format!("{separator:?} parts every card in two"))
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let stated = options.delimiter.as_deref().filter(|separator| !separator.is_empty());
        let (separator, between) = if let Some(separator) = stated {
            (separator, between(&input.text, separator))
        } else {
            let (separator, between) = separator(&input.text).ok_or_else(|| {
                Error::new(Kind::Input, "no separator of two characters or more parts every card in two")
                    .hint("state what stands between term and definition, as --delimiter \" - \"")
            })?;
            out.guess(Guess::new("delimiter", separator, "it parts every card in two", "--delimiter"));
            (separator, between)
        };
        for (item, card) in cards(&input.text, between) {
            let content = match card.split_once(separator) {
                Some((term, definition)) => Ok(fact(term, definition)),
                None => Err(Refusal::new(
                    format!("there is no {separator:?} in {:?}", text::one_line(card, 40)),
                    format!(
                        "write {separator:?} between the term and its definition, and a card on one line"
                    ),
                )),
            };
            item.hand_in(content, options, out);
        }
        Ok(())
    }
}

/// The separator that parts every card in two, and what stands between the cards.
fn separator(text: &str) -> Option<(&'static str, Between)> {
    let ways = [Between::Lines, Between::Semicolons, Between::BlankLines];
    ways.into_iter().find_map(|between| {
        let mut heads = cards(text, between);
        let (_, first) = heads.next()?;
        // A single card may be any text.
        heads.next()?;
        let mut strong = STRONG.into_iter().filter(|separator| first.contains(separator));
        let mut weak = WEAK.into_iter().filter(|separator| first.contains(separator));
        let found = strong.find(|separator| parts_all(text, separator, between, usize::MAX)).or_else(|| {
            weak.find(|separator| parts_all(text, separator, between, LONGEST_TERM))
                .filter(|_| !is_table(text))
        });
        found.map(|separator| (separator, between))
    })
}

/// Whether there are cards and each has the separator once, between two texts.
fn parts_all(text: &str, separator: &str, between: Between, longest: usize) -> bool {
    let mut count = 0;
    let all = cards(text, between).all(|(_, card)| {
        count += 1;
        card.split_once(separator).is_some_and(|(term, definition)| {
            let is_once = !definition.contains(separator);
            // A longer row of the same sign would be another separator.
            let sign = separator.chars().next().filter(|sign| !sign.is_whitespace());
            let goes_on = sign.is_some_and(|sign| definition.starts_with(sign) && separator.ends_with(sign));
            let is_full = |text: &str| !text.trim().is_empty();
            is_once && !goes_on && is_full(term) && is_full(definition) && term.len() <= longest
        })
    });
    all && count > 1
}

/// Whether each line has as many tabs, commas or semicolons: then it is a table, and what else it has is text.
fn is_table(text: &str) -> bool {
    ['\t', ',', ';'].into_iter().any(|sign| {
        let mut counts =
            lines(text).filter(|line| !line.is_blank()).map(|line| line.text.matches(sign).count());
        let first = counts.next().unwrap_or_default();
        let mut others = 0;
        first > 0 && counts.inspect(|_| others += 1).all(|count| count == first) && others > 0
    })
}

/// What stands between cards whose separator is known.
fn between(text: &str, separator: &str) -> Between {
    let splits = |between: &Between| parts_all(text, separator, *between, usize::MAX);
    let ways = [Between::Lines, Between::Semicolons, Between::BlankLines];
    ways.into_iter().find(splits).unwrap_or(Between::Lines)
}

/// The cards of a text, without blanks around them and without blank ones.
fn cards(text: &str, between: Between) -> Box<dyn Iterator<Item = Card<'_>> + '_> {
    let filled = |(_, card): &Card<'_>| !card.is_empty();
    match between {
        Between::Lines => {
            Box::new(lines(text).map(|line| (Item::at(&line), line.text.trim())).filter(filled))
        }
        Between::Semicolons => Box::new(
            lines(text)
                .flat_map(|line| {
                    let mut start = line.start;
                    line.text.split(';').map(move |card| {
                        let item = Item::new(line.number, start..start + card.len());
                        start += card.len() + 1;
                        (item, card.trim())
                    })
                })
                .filter(filled),
        ),
        Between::BlankLines => {
            let mut lines = lines(text);
            Box::new(std::iter::from_fn(move || {
                let first = lines.find(|line| !line.is_blank())?;
                let mut item = Item::at(&first);
                for line in lines.by_ref().take_while(|line| !line.is_blank()) {
                    item.grow(&line);
                }
                let card = text.get(item.span.clone()).unwrap_or_default().trim();
                Some((item, card))
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Reading, read};
    use crate::model::Body;
    use proptest::prelude::*;

    fn pairs(reading: &Reading) -> Vec<(u64, String, String)> {
        let pair = |draft: &crate::bank::Draft| {
            let Body::Fact(fact) = &draft.content.body else { panic!() };
            (draft.line, draft.content.prompt.clone(), fact.answer.clone())
        };
        reading.drafts.iter().map(pair).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_parts_every_card_in_two() {
        for (text, separator, cards) in [
            ("a/////b\nc / d/////e\n", "/////", [(1, "a", "b"), (2, "c / d", "e")]),
            ("a - b\r\n\r\nc-d - e\r\n", " - ", [(1, "a", "b"), (3, "c-d", "e")]),
            ("a - b; c - d; ", " - ", [(1, "a", "b"), (1, "c", "d")]),
            ("a||b\nc||d", "||", [(1, "a", "b"), (2, "c", "d")]),
            ("a---b\rc---d", "---", [(1, "a", "b"), (2, "c", "d")]),
            ("a::b\nline\n\nc::d\n", "::", [(1, "a", "b\nline"), (4, "c", "d")]),
        ] {
            let reading = read(&Quizlet, text).unwrap();
            assert_eq!(reading.guesses[0].value, separator);
            let cards =
                cards.map(|(line, term, back): (u64, &str, &str)| (line, term.to_owned(), back.to_owned()));
            assert_eq!(pairs(&reading), cards, "{text:?}");
        }
    }

    #[test]
    fn a_stated_separator_counts_even_where_a_card_lacks_it() {
        let text = "a ** b ** c\nno card\nd ** e\n";
        let input = Input { text: text.into(), ..Input::default() };
        let options = Options { delimiter: Some("**".into()), ..Options::default() };
        let mut reading = Reading::default();
        Quizlet.read(&input, &options, &mut reading).unwrap();
        let expected = [(1, "a".to_owned(), "b ** c".to_owned()), (3, "d".to_owned(), "e".to_owned())];
        assert_eq!(pairs(&reading), expected);
        let told = reading.problems().next().unwrap().to_string();
        assert!(told.contains("2: there is no \"**\" in \"no card\"; write \"**\""), "{told}");
        assert!(Quizlet.read(&input, &Options::default(), &mut reading).is_err());
    }

    #[test]
    fn prose_and_tables_are_not_recognised() {
        for (name, text) in [
            ("x.csv", "question,answer\na - b,c\n"),
            ("x.csv", "a - b,c\nd - e,f\n"),
            ("x.csv", "a\tb - c\nd\te - f\n"),
            ("x.txt", "One line - with a dash.\n"),
            ("x.txt", "A sentence.\nAnother - with a dash.\n"),
            ("x.txt", "a - b - c\nd - e\n"),
            ("x.txt", "a////b\nc/////d\n"),
            ("x.txt", "/////b\nc/////d\n"),
            ("x.txt", "Which?\n\nA. x\nB. y\n"),
            ("x.md", "a - b\nc - d\n"),
            ("x.txt", ""),
        ] {
            let input = Input { name: name.into(), text: text.into(), is_sheet: false };
            assert_eq!(Quizlet.recognise(&input), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([\\PC\r\n]| - |/////|;){0,30}", stated in prop::option::of("[-/;\n ]{0,3}")) {
            let input = Input { text, ..Input::default() };
            Quizlet.recognise(&input);
            let options = Options { delimiter: stated, ..Options::default() };
            drop(Quizlet.read(&input, &options, &mut Reading::default()));
        }

        #[test]
        fn every_card_is_a_note_or_a_problem_on_its_line(
            rows in prop::collection::vec(any::<bool>(), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let (mut bank, mut expected) = ("\n".to_owned(), Vec::new());
            for right in &rows {
                expected.push(u64::try_from(bank.matches('\n').count()).unwrap() + 1);
                bank += if *right { "a ;; b\n" } else { "a\n" };
            }
            let input = Input { text: bank.replace('\n', line_end), ..Input::default() };
            let options = Options { delimiter: Some(";;".into()), ..Options::default() };
            let mut reading = Reading::default();
            Quizlet.read(&input, &options, &mut reading).unwrap();
            let mut lines: Vec<u64> = reading.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(reading.problems().map(|problem| problem.line));
            lines.sort_unstable();
            prop_assert_eq!(lines, expected);
        }
    }
}
