//! The fields of a note as options of the command line, for `matura add` and `matura edit`.

use clap::Args;

use crate::collection::bank::native::list_cell;
use crate::model::{Difficulty, Field, Kind};

/// What the help says of a prompt and of an answer.
pub(super) const PROMPT: &str = "The question, the front, or a text with {{c1::hidden}} parts or gaps __1__";
pub(super) const ANSWER: &str = "The back; of a choice the letter or the text of the right option, of several A|C; of gaps a text each, x|y";

#[derive(Debug, Args)]
#[command(next_help_heading = "What the note says")]
pub(super) struct NoteArgs {
    /// Its deck; :: makes levels
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,
    /// fact, cloze, choice or blanks [default: as the other fields have it]
    #[arg(long, value_name = "KIND", value_parser = Kind::ALL.map(Kind::name))]
    kind: Option<String>,
    /// A piece of code that belongs to the prompt
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    code: Option<String>,
    /// The language of the code
    #[arg(long, value_name = "NAME")]
    language: Option<String>,
    /// An option of a choice or a word for gaps; once for each
    #[arg(long = "option", value_name = "TEXT", allow_negative_numbers = true)]
    options: Vec<String>,
    /// Another right answer; once for each
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    accept: Vec<String>,
    /// A nudge
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    hint: Option<String>,
    /// Why the answer is right
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    explanation: Option<String>,
    /// Common mistakes
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    mistakes: Option<String>,
    /// One line by which to check the answer
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    check: Option<String>,
    /// easy, medium or hard; nothing takes it away
    #[arg(long, value_name = "easy|medium|hard", value_parser = difficulty)]
    difficulty: Option<String>,
    /// The maturity level that it is about
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// Its tags, separated by commas or blanks
    #[arg(long, value_name = "TAGS")]
    tags: Option<String>,
    /// Where it comes from
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    source: Option<String>,
    /// Whether the back of a fact is asked too
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = ["yes", "no"])]
    reverse: Option<String>,
    /// Whether the answer of a fact is typed
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = ["yes", "no"])]
    typed: Option<String>,
    /// Whether the texts are HTML
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = ["yes", "no"])]
    html: Option<String>,
}

fn difficulty(text: &str) -> Result<String, String> {
    let known: Result<Difficulty, ()> = text.parse();
    if text.is_empty() || known.is_ok() {
        return Ok(text.to_owned());
    }
    Err(format!("it is {}", Difficulty::ALL.map(Difficulty::name).join(", ")))
}

impl NoteArgs {
    /// The fields that are stated, with their texts.
    pub(super) fn fields(&self) -> Vec<(Field, String)> {
        let list = |items: &Vec<String>| {
            let items = items.iter().map(String::as_str);
            (items.len() > 0).then(|| list_cell(items.filter(|item| !item.is_empty())))
        };
        let stated = [
            (Field::Deck, self.deck.clone()),
            (Field::Kind, self.kind.clone()),
            (Field::Code, self.code.clone()),
            (Field::Language, self.language.clone()),
            (Field::Options, list(&self.options)),
            (Field::Accept, list(&self.accept)),
            (Field::Hint, self.hint.clone()),
            (Field::Explanation, self.explanation.clone()),
            (Field::Mistakes, self.mistakes.clone()),
            (Field::Check, self.check.clone()),
            (Field::Difficulty, self.difficulty.clone()),
            (Field::Level, self.level.clone()),
            (Field::Tags, self.tags.clone()),
            (Field::Source, self.source.clone()),
            (Field::Reverse, self.reverse.clone()),
            (Field::Typed, self.typed.clone()),
            (Field::Html, self.html.clone()),
        ];
        stated.into_iter().filter_map(|(field, text)| Some((field, text?))).collect()
    }
}
