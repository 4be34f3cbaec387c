//! Quizlet: a term and its definition, with a separator of the learner's own between them.

use super::blocks::{Item, Refusal};
use super::bodies::fact;
use super::lines::{count_breaks, lines};
use super::quotes::quote_fault;
use super::{Format, Guess, Input, Options, Sink, table};
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

/// What Quizlet writes between term and definition if nobody changes it. Tables have it too.
const TAB: &str = "\t";

/// The longest term, in bytes, that is one although a weak separator stands behind it.
const LONGEST_TERM: usize = 100;

/// What stands between cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// A separator of its own, so that cards may have several lines.
    Marks(&'static str),
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
        let ending = input.ending();
        let found = separator(&input.text).filter(|_| !matches!(ending.as_str(), "md" | "markdown"))?;
        // A table may have any text in its cells.
        let is_table = match ending.as_str() {
            "csv" | "tsv" | "tab" => in_every_line(&input.text, &['\t', ',', ';']),
            _ if found.separator == TAB => false,
            _ if found.separator.len() > 2 => is_table(&input.text, &['\t']),
            _ => is_table(&input.text, &['\t', ',', ';']),
        };
        if is_table {
            return None;
        }
        Some(format!("{:?} {}", found.separator, found.reason()))
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let stated = options.delimiter.as_deref().filter(|separator| !separator.is_empty());
        let (separator, between) = if let Some(separator) = stated {
            (separator, between(&input.text, separator))
        } else {
            let found = separator(&input.text).ok_or_else(|| {
                Error::new(Kind::Input, "no separator of two characters or more parts every card in two")
                    .hint("state what stands between term and definition, as --delimiter \" - \"")
            })?;
            let name = if found.separator == TAB { "tab" } else { found.separator };
            out.guess(Guess::new("delimiter", name, found.reason(), "--delimiter"));
            (found.separator, found.between)
        };
        for (item, card) in cards(&input.text, between) {
            let content = match card.split_once(separator) {
                Some((_, definition)) if stated.is_none() && definition.contains(separator) => {
                    Err(Refusal::new(
                        format!("{separator:?} stands more than once in {:?}", text::one_line(card, 40)),
                        "write it once, between the term and its definition",
                    ))
                }
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

/// How a text comes apart.
#[derive(Debug, Clone, Copy)]
struct Found {
    separator: &'static str,
    between: Between,
    /// Whether some cards lack the separator, or have it twice.
    has_faults: bool,
}

impl Found {
    fn reason(&self) -> &'static str {
        match (self.separator, self.has_faults) {
            (TAB, _) => "stands once in every card, whose quotes are text",
            (_, true) => "parts most cards in two",
            (_, false) => "parts every card in two",
        }
    }
}

/// The separator that parts every card in two, and what stands between the cards.
fn separator(text: &str) -> Option<Found> {
    let marks = STRONG.into_iter().filter(|mark| text.contains(mark)).map(Between::Marks);
    let mut ways = marks.chain([Between::Lines, Between::Semicolons, Between::BlankLines]);
    let whole = |separator, between| Found { separator, between, has_faults: false };
    ways.find_map(|between| {
        let mut heads = cards(text, between);
        let (_, first) = heads.next()?;
        // A single card may be any text, but for a separator that nobody else writes.
        let shortest = match heads.next() {
            Some(_) => 0,
            None if between == Between::Lines => 3,
            None => return None,
        };
        let is_other = |separator: &&str| match between {
            Between::Marks(mark) => !separator.contains(mark) && !mark.contains(*separator),
            _ => true,
        };
        let candidates = |separator: &&'static str| {
            separator.len() >= shortest && first.contains(*separator) && is_other(separator)
        };
        let mut strong = STRONG.into_iter().filter(candidates);
        let mut weak = WEAK.into_iter().filter(candidates);
        let is_tab = || match between {
            Between::Lines => has_loose_quotes(text),
            Between::Marks(_) => true,
            // Several lines with tabs are a table.
            Between::Semicolons => lines(text).nth(1).is_none(),
            Between::BlankLines => false,
        };
        let parts = |separator: &&str, longest| parts_all(text, separator, between, longest);
        strong
            .find(|separator| parts(separator, usize::MAX))
            .or_else(|| weak.find(|separator| shortest == 0 && parts(separator, LONGEST_TERM)))
            .or_else(|| Some(TAB).filter(|tab| is_tab() && parts(tab, usize::MAX)))
            .map(|separator| whole(separator, between))
    })
    .or_else(|| most_lines(text))
}

/// The separator that nearly all lines have: somebody forgot it in the others.
fn most_lines(text: &str) -> Option<Found> {
    let mut long = STRONG.into_iter().filter(|separator| separator.len() > 2 && text.contains(separator));
    let separator = long.find(|separator| {
        let (mut good, mut all) = (0_usize, 0_usize);
        for (_, card) in cards(text, Between::Lines) {
            all += 1;
            good += usize::from(is_parted(card, separator, Between::Lines, usize::MAX));
        }
        good >= 3 && good * 4 >= all * 3
    })?;
    Some(Found { separator, between: Between::Lines, has_faults: true })
}

/// Whether every line has one tab, and quotes that a table would not have.
fn has_loose_quotes(text: &str) -> bool {
    let filled = || lines(text).filter(|line| !line.is_blank());
    let names = filled().next().map(|line| line.text.split('\t').all(table::understands));
    text.contains('"')
        && filled().all(|line| line.text.matches('\t').count() == 1)
        && filled().any(|line| quote_fault(line.text, b'\t').is_some())
        && names == Some(false)
}

/// Whether there are cards and each has the separator once, between two texts.
fn parts_all(text: &str, separator: &str, between: Between, longest: usize) -> bool {
    let mut all = cards(text, between).map(|(_, card)| is_parted(card, separator, between, longest));
    let is_one = all.next().unwrap_or_default();
    is_one && all.all(|is_parted| is_parted)
}

fn is_parted(card: &str, separator: &str, between: Between, longest: usize) -> bool {
    card.split_once(separator).is_some_and(|(term, definition)| {
        let is_once = !definition.contains(separator);
        // A longer row of the same sign would be another separator.
        let sign = separator.chars().next().filter(|sign| !sign.is_whitespace());
        let goes_on = sign.is_some_and(|sign| definition.starts_with(sign) && separator.ends_with(sign));
        let is_full = |text: &str| !text.trim().is_empty();
        // Two lines before a separator are a card without one and another card.
        let is_term = !matches!(between, Between::Marks(_)) || !term.trim().contains(['\n', '\r']);
        is_once && !goes_on && is_full(term) && is_term && is_full(definition) && term.len() <= longest
    })
}

/// Whether each line has as many of one of the signs: then it is a table, and what else it has is text.
fn is_table(text: &str, signs: &[char]) -> bool {
    signs.iter().any(|sign| {
        let mut counts =
            lines(text).filter(|line| !line.is_blank()).map(|line| line.text.matches(*sign).count());
        let first = counts.next().unwrap_or_default();
        let mut others = 0;
        first > 0 && counts.inspect(|_| others += 1).all(|count| count == first) && others > 0
    })
}

/// Whether one of the signs stands in every line.
fn in_every_line(text: &str, signs: &[char]) -> bool {
    signs.iter().any(|sign| lines(text).filter(|line| !line.is_blank()).all(|line| line.text.contains(*sign)))
}

/// What stands between cards whose separator is known.
fn between(text: &str, separator: &str) -> Between {
    let several = |between: &Between| cards(text, *between).nth(1).is_some();
    let splits = |between: &Between| several(between) && parts_all(text, separator, *between, usize::MAX);
    let ways = [Between::Lines, Between::Semicolons, Between::BlankLines];
    ways.into_iter().find(splits).unwrap_or(Between::Lines)
}

/// The cards of a text, without blanks around them and without blank ones.
fn cards(text: &str, between: Between) -> Box<dyn Iterator<Item = Card<'_>> + '_> {
    let filled = |(_, card): &Card<'_>| !card.is_empty();
    match between {
        Between::Marks(mark) => {
            let (mut start, mut line) = (0, 1);
            Box::new(
                text.split(mark)
                    .map(move |card| {
                        let begin = start + (card.len() - card.trim_start().len());
                        let number = line + count_breaks(text.get(start..begin).unwrap_or_default());
                        let item = Item::new(number, begin..begin + card.trim().len());
                        line += count_breaks(card);
                        start += card.len() + mark.len();
                        (item, card.trim())
                    })
                    .filter(filled),
            )
        }
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
            ("a /// b\nline ;;;\nc /// d ;;;\n", "///", [(1, "a", "b\nline"), (3, "c", "d")]),
            ("a\tb\nline||c\td", "tab", [(1, "a", "b\nline"), (2, "c", "d")]),
            ("a\tb;c\td\n", "tab", [(1, "a", "b"), (1, "c", "d")]),
            ("un\t\"one\ndeux \"x\"\ttwo", "tab", [(1, "un", "\"one"), (2, "deux \"x\"", "two")]),
        ] {
            let reading = read(&Quizlet, text).unwrap();
            assert_eq!(reading.guesses[0].value, separator);
            let cards =
                cards.map(|(line, term, back): (u64, &str, &str)| (line, term.to_owned(), back.to_owned()));
            assert_eq!(pairs(&reading), cards, "{text:?}");
        }
    }

    #[test]
    fn a_card_whose_separator_was_forgotten_is_told_and_the_others_are_read() {
        let reading =
            read(&Quizlet, "a /// b\nc d\ne /// f\ng /// h /// i\nj /// k\nl /// m\nn /// o\np /// q\n")
                .unwrap();
        assert_eq!(pairs(&reading).iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [1, 3, 5, 6, 7, 8]);
        let told: Vec<String> = reading.problems().map(ToString::to_string).collect();
        assert!(told[0].starts_with("2: there is no \"///\" in \"c d\""), "{told:?}");
        assert!(told[1].starts_with("4: \"///\" stands more than once in"), "{told:?}");
        assert_eq!(pairs(&read(&Quizlet, "a ///// b\n").unwrap()), [(1, "a".to_owned(), "b".to_owned())]);
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
            ("x.csv", "std::map,\"tree, sorted\"\nstd::set,unique\n"),
            ("x.txt", "std::map\ttree\nstd::set\tunique\n"),
            ("x.txt", "std::map;tree\nstd::set;unique\n"),
            ("x.tsv", "front\tback\n\"a\" b\tc\n"),
            ("x.txt", "a\tb;c\td\ne\tf;g\th\n"),
            ("x.txt", "a\tb\n\nc\td\n"),
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
        fn any_text_is_read_or_refused(text in "([\\PC\r\n]| - |/////|;|;;;|\t|\"){0,30}", stated in prop::option::of("[-/;\n ]{0,3}")) {
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
