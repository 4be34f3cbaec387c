//! The native bank: a CSV file with one row a note. Reading and writing are exact inverses.

mod blanks;
mod cells;
mod choice;
mod cloze;
mod draft;
mod fact;
pub mod form;
mod header;
mod merge;
mod read;
mod write;

pub use cells::Cells;
pub use choice::follow_options;
pub use merge::{Merged, merge};
pub use write::{content_cells, write, write_for_spreadsheet};

use super::{Draft, Format, Input, Options, Rejected, Sink};
use crate::error::Result;
use crate::model::Invalid;

/// matura's own bank.
#[derive(Debug)]
pub struct Native;

/// The note that cells state, with what its author should know, or everything that keeps them from being one.
pub fn compose(cells: &Cells) -> Result<(Draft, Option<Invalid>), Vec<Invalid>> {
    draft::draft(1, cells.clone())
}

/// The cell that holds these items as a list, as options are one.
pub fn list_cell<'i>(items: impl IntoIterator<Item = &'i str>) -> String {
    super::list::write(items)
}

impl Format for Native {
    fn name(&self) -> &'static str {
        "native"
    }

    fn about(&self) -> &'static str {
        "matura's own CSV: a header with prompt, answer, options ... (--template prints an example)"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        header::is_native(input).then(|| "a column is named prompt".to_owned())
    }

    fn takes_columns(&self) -> bool {
        false
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        read::read(input, options, out)
    }

    fn rejected(&self, input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
        read::rejected(input, options, items)
    }

    fn ending(&self, _: &Input) -> String {
        "csv".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::read;
    use crate::model::{
        Blanks, Body, Choice, Code, Content, DeckName, Difficulty, Fact, Gap, Guid, Note, Tags,
    };
    use proptest::prelude::*;

    /// Text of the nasty sort, as a cell keeps it: nothing around it.
    fn text() -> impl Strategy<Value = String> {
        let nasty = "[a-z\"'|\\\\,;:#={}<>&\n\té日\u{200d}\u{202e}\u{1b} ]{0,20}";
        nasty.prop_map(|text| text.trim().to_owned()).prop_filter("empty", |text| !text.is_empty())
    }

    fn line() -> impl Strategy<Value = String> {
        text()
            .prop_map(|text| text.replace(|c: char| c.is_control(), " ").trim().to_owned())
            .prop_filter("empty", |t| !t.is_empty())
    }

    fn list(size: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
        prop::collection::btree_set(text(), size).prop_map(|items| items.into_iter().collect())
    }

    /// A prompt, and a body that belongs to it.
    fn prompt_and_body() -> impl Strategy<Value = (String, Body)> {
        let fact = (text(), text(), list(0..3), any::<bool>(), any::<bool>()).prop_map(
            |(prompt, answer, accept, reversed, typed)| {
                let accept = if typed { accept } else { Vec::new() };
                (prompt, Body::Fact(Fact { answer, accept, reversed, typed }))
            },
        );
        let cloze = (text(), "[a-z|\"\n]{1,8}")
            .prop_map(|(text, hidden)| (format!("x {{{{c1::{hidden}}}}} {text}"), Body::Cloze));
        let choice = (text(), list(2..6), any::<prop::sample::Index>(), any::<bool>()).prop_map(
            |(prompt, options, one, all)| {
                let right = if all { (0..options.len()).collect() } else { vec![one.index(options.len())] };
                (prompt, Body::Choice(Choice { options, right }))
            },
        );
        let blanks =
            (text(), list(1..4), list(0..3), any::<bool>()).prop_map(|(text, answers, accept, with_bank)| {
                let prompt = (1..=answers.len())
                    .fold(format!("{text} "), |prompt, n| prompt + &format!("__{n}__ "))
                    .trim()
                    .to_owned();
                let bank = if with_bank { answers.clone() } else { Vec::new() };
                let gap = |answer| Gap { answer, accept: accept.clone() };
                (prompt, Body::Blanks(Blanks { gaps: answers.into_iter().map(gap).collect(), bank }))
            });
        prop_oneof![fact, cloze, choice, blanks]
    }

    fn content() -> impl Strategy<Value = Content> {
        let code = prop::option::of(("  [a-z=][a-z=\"\n ]{0,20}[a-z]", prop::option::of("[a-z]{1,6}")));
        let code = code.prop_map(|code| code.map(|(text, language)| Code { text, language }));
        let words = [prop::option::of(text()), prop::option::of(text()), prop::option::of(text())];
        let lines = [prop::option::of(line()), prop::option::of(line()), prop::option::of(line())];
        let rest = (
            prop::option::of(prop::sample::select(&Difficulty::ALL)),
            prop::collection::vec("[a-zé:]{1,6}", 0..3),
            any::<bool>(),
        );
        (prompt_and_body(), code, words, lines, rest).prop_map(
            |(
                (prompt, body),
                code,
                [hint, explanation, mistakes],
                [check, level, source],
                (difficulty, tags, html),
            )| Content {
                prompt,
                code,
                body,
                html,
                hint,
                explanation,
                mistakes,
                check,
                difficulty,
                level,
                tags: Tags::new(tags.iter().map(String::as_str)),
                source,
            },
        )
    }

    proptest! {
        #[test]
        fn reading_what_was_written_gives_the_same_notes(contents in prop::collection::vec((content(), prop::option::of(line())), 1..5)) {
            let notes: Vec<Note> = contents
                .into_iter()
                .filter(|(content, _)| content.slots().is_ok())
                .enumerate()
                .map(|(n, (content, bank_id))| Note {
                    guid: Guid::new(format!("#{n}")),
                    bank_id,
                    deck: DeckName::parse(&format!("Deck::{n}")).unwrap(),
                    marked: n % 2 == 1,
                    leech: false,
                    content,
                })
                .collect();
            let reading = read(&Native, &String::from_utf8(write(&notes).unwrap()).unwrap()).unwrap();
            prop_assert_eq!(&reading.rejected, &[]);
            let note = |draft: Draft| Note {
                guid: draft.guid.unwrap(),
                bank_id: draft.id,
                deck: draft.deck.unwrap(),
                marked: draft.marked.unwrap(),
                leech: false,
                content: draft.content,
            };
            let again: Vec<Note> = reading.drafts.into_iter().map(note).collect();
            prop_assert_eq!(again, notes);
        }

        #[test]
        fn a_form_that_was_not_changed_is_the_same_note(content in content()) {
            prop_assume!(content.slots().is_ok());
            let cells = content_cells(&content);
            let written = form::write(&cells);
            let read = form::read(&written).unwrap();
            prop_assert_eq!(cells.changes(&read), vec![], "{}", written);
            prop_assert_eq!(compose(&read).unwrap().0.content, content);
        }

        #[test]
        fn any_text_is_a_form_or_refused(text in "(== [a-z]{0,7}\n|[a-z=\\|\n]{0,6}){0,9}") {
            if let Ok(cells) = form::read(&text) {
                drop(compose(&cells));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), header in any::<bool>()) {
            let head = if header { "prompt,answer,options,kind,code\n" } else { "" };
            drop(read(&Native, &format!("{head}{text}")));
        }

        #[test]
        fn the_line_of_a_problem_is_where_the_row_begins(
            rows in prop::collection::vec(("[a-z]{1,5}|\"[a-z]\n[a-z]\"|\"\r\n\"|\"a\r\rb\"", 0_usize..3), 0..8),
            line_end in prop::sample::select(&["\n", "\r\n", "\r"]),
        ) {
            let mut bank = format!("prompt,answer{line_end}");
            for (cell, blank) in &rows {
                bank += &format!("q{cell:?},x{line_end}", cell = cell.len());
                bank += &line_end.repeat(*blank);
                bank += &format!("p,{cell}{line_end}");
            }
            let before = bank.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
            bank += "wrong,";
            let reading = read(&Native, &bank).unwrap();
            let lines: Vec<u64> = reading.problems().map(|problem| problem.line).collect();
            prop_assert_eq!(lines.last().copied(), Some(u64::try_from(before).unwrap() + 1));
        }
    }
}
