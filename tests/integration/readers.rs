//! Promises of every reader of banks, whatever it is given.

use matura::bank::{self, Options, Reading};
use matura::collection::FORMATS;
use proptest::prelude::*;

/// What the formats are made of.
const PARTS: &[&str] = &[
    "question",
    "answer",
    "Option A",
    "id",
    "level",
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    " ",
    "prompt,answer,options\n",
    "A",
    "B",
    "1",
    "0",
    "true",
    "hard",
    "é",
    "日",
    "\u{feff}",
    "\u{0}",
    "<b>",
    "&amp;",
    "</p>",
    "{",
    "}",
    "=",
    "~",
    "#",
    "::",
    "->",
    "%50%",
    "####",
    "// ",
    "$CATEGORY: a",
    "[html]",
    "{1:MC:",
    "A. x\n",
    "B) y\n",
    "ANSWER: A\n",
    "MC\t",
    "TF\t",
    "correct",
    "NewQuestion,MC\n",
    "QuestionText,q\n",
    "Option,100,a\n",
    "#Q ",
    "^ ",
    "Q: ",
    "A: ",
    "C: [x]",
    "---\n",
    "# ",
    "- ",
    "* ",
    "[*] ",
    "_x_",
    "#flashcards\n",
    "==x==",
    "?\n",
    "{{c1::x}}",
    "#separator:tab\n",
    "#html:true\n",
    "#guid column:1\n",
    "tags: a\n",
    "<quiz>",
    "</quiz>",
    "<question type=\"multichoice\">",
    "</question>",
    "<answer fraction=\"100\">",
    "<text>",
    "</text>",
    "<![CDATA[",
    "]]>",
    " - ",
    "/////",
    "___",
    "__1__",
    "sep=;\n",
    "\\",
];

fn soup() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PARTS), 0..60).prop_map(|parts| parts.concat().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => prop::collection::vec(prop::sample::select(PARTS), 0..60)
            .prop_map(|parts| parts.concat().encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ]
}

fn breaks(text: &str) -> u64 {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.matches('\n').count().try_into().unwrap()
}

proptest! {
    #[test]
    fn every_reader_takes_anything_and_says_truly_where_it_stood(
        bytes in soup(),
        stated in prop::option::of(0..FORMATS.len()),
        ending in prop::sample::select(&["csv", "txt", "md", "gift", "xml"]),
    ) {
        let options = Options { format: stated.map(|place| FORMATS[place].name().to_owned()), ..Options::default() };
        let Ok(bank) = bank::open(&format!("bank.{ending}"), bytes, &options, &FORMATS) else { return Ok(()) };
        let mut reading = Reading::default();
        let read = bank.read(&options, &mut reading);
        let text = bank.input.text.as_str();
        let drafts = reading.drafts.iter().map(|draft| (draft.line, draft.span.clone()));
        let rejected = reading
            .rejected
            .iter()
            .filter_map(|item| Some((item.problems.first()?.line, item.original.clone())));
        for (line, span) in drafts.chain(rejected) {
            let (Some(before), Some(whole)) = (text.get(..span.start), text.get(span.clone())) else {
                panic!("{}: {span:?} is no part of {text:?}", bank.format.name())
            };
            let (first, last) = (1 + breaks(before), 1 + breaks(before) + breaks(whole));
            prop_assert!((first..=last).contains(&line), "{}: line {line} of {first} to {last} in {text:?}", bank.format.name());
        }
        // of a bank that is refused as a whole no rows are handed back
        if read.is_ok() && !reading.rejected.is_empty() {
            prop_assert!(bank.rejected(&options, &reading.rejected).is_ok());
        }
    }
}
