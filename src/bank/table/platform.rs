//! Tables as platforms for quizzes write them: the reader of tables understands them; here they get their names.

use csv::ReaderBuilder;

use super::names::bare;
use crate::bank::{Format, Input, Options, Rejected, Sink};
use crate::error::Result;

/// A platform whose tables are told by their header.
#[derive(Debug)]
pub struct Platform {
    name: &'static str,
    about: &'static str,
    /// Column names, bare, that stand together in its header and in nobody else's.
    header: &'static [&'static str],
}

/// Kahoot.
pub static KAHOOT: Platform = Platform {
    name: "kahoot",
    about: "Kahoot's spreadsheet: Question, Answer 1 to 4, Time limit, Correct answer(s)",
    header: &["question", "answer1", "answer2", "time", "correct"],
};

/// Quizizz, now Wayground.
pub static QUIZIZZ: Platform = Platform {
    name: "quizizz",
    about: "Quizizz or Wayground: Question Text, Question Type, Option 1 to 5, Correct Answer",
    header: &["questiontext", "questiontype", "option1", "option2", "correctanswer"],
};

/// Blooket.
pub static BLOOKET: Platform = Platform {
    name: "blooket",
    about: "Blooket's import template: Question #, Question Text, Answer 1 to 4, Correct Answer(s)",
    header: &["question", "questiontext", "answer1", "answer2", "correctanswer"],
};

/// Gimkit.
pub static GIMKIT: Platform = Platform {
    name: "gimkit",
    about: "Gimkit's template: Question, Correct Answer, Incorrect Answer 1 to 3",
    header: &["question", "correctanswer", "incorrectanswer1"],
};

impl Format for Platform {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let start: String = input.text.chars().take(4000).collect();
        let has_header = |delimiter: u8| {
            let reader = ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(start.as_bytes());
            let rows = reader.into_records().map_while(std::result::Result::ok).take(12);
            rows.map(|row| {
                row.iter().map(|name| bare(name).trim_end_matches('s').to_owned()).collect::<Vec<_>>()
            })
            .any(|names| {
                self.header.iter().all(|name| {
                    names.iter().any(|held| {
                        held == name || (name.len() < 8 && *name != "question" && held.starts_with(name))
                    })
                })
            })
        };
        [b',', b';', b'\t']
            .into_iter()
            .any(has_header)
            .then(|| "its header has the names of that platform".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        // they all count from 1
        let options = Options { index_base: options.index_base.or(Some(1)), ..options.clone() };
        super::read(input, &options, out)
    }

    fn rejected(&self, input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
        super::rejected(input, options, items)
    }

    fn ending(&self, _: &Input) -> String {
        "csv".to_owned()
    }
}
