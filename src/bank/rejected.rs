//! Rejected items in their original form: rows of a table with their reasons in a column in front, others below their
//! reasons and below what says where they belong.

use super::records::Records;
use super::{Input, Rejected};

/// The name of the column in front.
pub(super) const REJECTED_BECAUSE: &str = "rejected because";

/// The rows with their reasons, under the record at `header` (counted without blank ones) if there is one.
pub(super) fn rows(input: &Input, delimiter: u8, header: Option<usize>, items: &[Rejected]) -> String {
    let header = header.and_then(|header| raw_record(input, delimiter, header)).unwrap_or_default();
    let names = if is_of_rejected(input) { without_first_cell(header, delimiter) } else { header };
    rows_under(input, delimiter, names, items)
}

/// The rows with their reasons, under this line of names.
pub(super) fn rows_under(input: &Input, delimiter: u8, names: &str, items: &[Rejected]) -> String {
    let separator = char::from(delimiter);
    let mut text = REJECTED_BECAUSE.to_owned();
    if !names.is_empty() {
        text.push(separator);
        text.push_str(names);
    }
    text.push('\n');
    let is_of_rejected = is_of_rejected(input);
    for item in items {
        let raw = input.text.get(item.original.clone()).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let raw = if is_of_rejected { without_first_cell(raw, delimiter) } else { raw };
        text.push_str(&format!("\"{}\"{separator}{raw}\n", item.reasons().replace('"', "\"\"")));
    }
    text
}

/// Whether the rows have reasons in front already.
fn is_of_rejected(input: &Input) -> bool {
    input.text.trim_start_matches(['"', '\n', '\r']).starts_with(REJECTED_BECAUSE)
}

/// A row without the reasons in front.
fn without_first_cell(raw: &str, delimiter: u8) -> &str {
    let mut is_quoted = false;
    let end = raw.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == delimiter && !is_quoted
    });
    end.and_then(|end| raw.get(end + 1..)).unwrap_or_default()
}

fn raw_record(input: &Input, delimiter: u8, wanted: usize) -> Option<&str> {
    let mut records = Records::new(input, delimiter);
    let mut seen = 0;
    while let Some(place) = records.next() {
        if records.is_hollow() {
            continue;
        }
        if seen == wanted {
            return input.text.get(place.span).map(|raw| raw.trim_end_matches(['\n', '\r']));
        }
        seen += 1;
    }
    None
}

/// The items of a text, each below its reasons as remarks and below what `place` says of it where that changes.
/// `between` parts them.
pub(super) fn items(
    input: &Input,
    remark: (&str, &str),
    between: &str,
    items: &[Rejected],
    place: impl Fn(&Rejected) -> String,
) -> String {
    let (mut text, mut last) = (String::new(), String::new());
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push_str(between);
        }
        let here = place(item);
        if here != last {
            text.push_str(&here);
            last = here;
        }
        for problem in &item.problems {
            let (begin, end) = remark;
            text.push_str(&format!("{begin}{}{end}\n", problem.to_string().replace("--", "- -")));
        }
        text.push_str(input.text.get(item.original.clone()).unwrap_or_default().trim_end());
        text.push_str("\n\n");
    }
    text
}

/// What stands last in `marks` before an item; their places come in order.
pub(super) fn last_before<'m, T>(marks: &'m [(usize, T)], item: &Rejected) -> Option<&'m T> {
    let count = marks.partition_point(|(start, _)| *start <= item.original.start);
    count.checked_sub(1).and_then(|last| marks.get(last)).map(|(_, mark)| mark)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::bank::{
        Aiken, Blackboard, D2l, Draft, Format, Gift, Hascard, Hashcards, Input, MoodleXml, Obsidian,
        OpenTriviaQa, Options, Quizlet, Reading, SuperMemo,
    };
    use crate::model::DeckName;

    /// A format: what its banks begin and end with, a good item, a bad one, and its mend. `%` is a number.
    struct Case {
        format: &'static dyn Format,
        ends: [&'static str; 2],
        good: &'static str,
        bad: &'static str,
        mend: [&'static str; 2],
        has_deck: bool,
    }

    const CASES: [Case; 11] = [
        Case {
            format: &Gift,
            ends: ["$CATEGORY: a/b\n\n", ""],
            good: "Good % {T}\n\n",
            bad: "// [tag:x]\nBad N {~x ~y}\n\n",
            mend: ["{~x", "{=x"],
            has_deck: true,
        },
        Case {
            format: &MoodleXml,
            ends: [
                "<quiz>\n<question type=\"category\"><category><text>top/a/b</text></category></question>\n",
                "</quiz>",
            ],
            good: "<question type=\"shortanswer\"><questiontext><text>Good %</text></questiontext><answer fraction=\"100\"><text>x</text></answer></question>\n",
            bad: "<question type=\"shortanswer\"><questiontext><text>Bad %</text></questiontext><answer fraction=\"0\"><text>x</text></answer></question>\n",
            mend: ["fraction=\"0\"", "fraction=\"100\""],
            has_deck: true,
        },
        Case {
            format: &D2l,
            ends: ["", ""],
            good: "NewQuestion,TF,\nQuestionText,Good %,\nTRUE,100,\n",
            bad: "NewQuestion,TF,\nQuestionText,Bad %,\nTRUE,x,\n",
            mend: ["TRUE,x", "TRUE,100"],
            has_deck: false,
        },
        Case {
            format: &Aiken,
            ends: ["", ""],
            good: "Good %\nA. x\nB. y\nANSWER: A\n\n",
            bad: "Bad %\nA. x\nB. y\nANSWER: C\n\n",
            mend: ["ANSWER: C", "ANSWER: B"],
            has_deck: false,
        },
        Case {
            format: &Blackboard,
            ends: ["", ""],
            good: "TF\tGood N\ttrue\n",
            bad: "TF\tBad N\tx\n",
            mend: ["\tx", "\tfalse"],
            has_deck: false,
        },
        Case {
            format: &OpenTriviaQa,
            ends: ["", ""],
            good: "#Q Good %\n^ a\nA a\nB b\n\n",
            bad: "#Q Bad %\n^ c\nA a\nB b\n\n",
            mend: ["^ c", "^ b"],
            has_deck: false,
        },
        Case {
            format: &SuperMemo,
            ends: ["", ""],
            good: "Q: Good %\nA: a\n\n",
            bad: "Q: Bad %\nA:\n\n",
            mend: ["A:\n", "A: b\n"],
            has_deck: false,
        },
        Case {
            format: &Quizlet,
            ends: ["a /// b\nc /// d\n", ""],
            good: "Good % /// x\n",
            bad: "Bad %\n",
            mend: ["Bad", "x /// Bad"],
            has_deck: false,
        },
        Case {
            format: &Hashcards,
            ends: ["---\nname = \"a::b\"\n---\n", ""],
            good: "C: [Good] %\n\n",
            bad: "C: Bad %\n",
            mend: ["Bad", "[Bad]"],
            has_deck: true,
        },
        Case {
            format: &Hascard,
            ends: ["", ""],
            good: "# Good %\n[*] a\n[ ] b\n---\n",
            bad: "# Bad %\n[ ] a\n[ ] b\n---\n",
            mend: ["[ ] a", "[*] a"],
            has_deck: false,
        },
        Case {
            format: &Obsidian,
            ends: ["#flashcards/a/b\n\n", ""],
            good: "Good %::x\n\n",
            bad: "Bad %::\n",
            mend: ["::\n", "::x\n"],
            has_deck: true,
        },
    ];

    fn read(case: &Case, text: &str) -> (Input, Reading) {
        let input = Input { name: "bank".to_owned(), text: text.to_owned(), is_sheet: false };
        // too few good cards among the bad ones would not tell it
        let delimiter = (case.format.name() == "quizlet").then(|| " /// ".to_owned());
        let mut reading = Reading::default();
        case.format.read(&input, &Options { delimiter, ..Options::default() }, &mut reading).unwrap();
        (input, reading)
    }

    proptest! {
        #[test]
        fn every_rejected_item_can_be_mended_where_it_was_written_to_and_read_from_there(
            case in 0..CASES.len(),
            items in prop::collection::vec(any::<bool>(), 1..6),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let case = &CASES[case];
            let mut bank = case.ends[0].to_owned();
            for (number, is_good) in items.iter().enumerate() {
                bank += &(if *is_good { case.good } else { case.bad }).replace('%', &number.to_string());
            }
            bank += case.ends[1];
            let (input, reading) = read(case, &bank.replace('\n', line_end));
            let bad = items.iter().filter(|is_good| !**is_good).count();
            prop_assert_eq!(reading.rejected.len(), bad, "{}", bank);
            if bad == 0 {
                return Ok(());
            }
            let written = case.format.rejected(&input, &Options::default(), &reading.rejected).unwrap();
            let mended = written.replace("\r\n", "\n").replace('\r', "\n").replace(case.mend[0], case.mend[1]);
            let (input, reading) = read(case, &mended);
            prop_assert!(case.format.recognise(&input).is_some(), "{}", mended);
            prop_assert_eq!((reading.drafts.len(), reading.rejected.as_slice()), (bad, [].as_slice()), "{}", mended);
            let deck = |draft: &Draft| draft.deck.as_ref().map(|deck| DeckName::as_str(deck).to_owned());
            for draft in &reading.drafts {
                let found = deck(draft);
                prop_assert_eq!(found.as_deref(), case.has_deck.then_some("a::b"), "{}", mended);
            }
        }
    }
}
