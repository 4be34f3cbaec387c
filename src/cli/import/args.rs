//! The arguments of `matura import`.

use std::path::PathBuf;

use clap::Args;

use crate::collection::{ImportOptions, bank};
use crate::model::{DeckName, Tags};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(in crate::cli) struct ImportArgs {
    /// The banks; - is standard input
    #[arg(required_unless_present_any = ["formats", "template"], value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The deck for notes whose bank names none [default: the name of the file]
    #[arg(long, value_name = "DECK", value_parser = deck_name)]
    deck: Option<DeckName>,
    /// Tags for all notes, separated by commas
    #[arg(long, value_name = "TAGS", value_parser = tags)]
    tags: Option<Tags>,
    /// Say what would be done and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Import the good rows and write the others to FILE.rejected.csv (or .gift, .txt, as the file is)
    #[arg(long)]
    skip_bad_rows: bool,
    /// Remove the notes that an earlier version of the bank brought and that this one no longer holds
    #[arg(long)]
    prune: bool,
    /// Take the history and the schedule of an Anki package too
    #[arg(long)]
    with_history: bool,
    /// Bring back notes that you removed and that the bank states, with their history
    #[arg(long)]
    bring_back: bool,
    /// Take a new question that is like a missing one for its new wording: it keeps its history
    #[arg(long, overrides_with = "no_match_reworded")]
    match_reworded: bool,
    /// Take it for another question
    #[arg(long)]
    no_match_reworded: bool,
    /// List the formats that can be read
    #[arg(long)]
    pub(super) formats: bool,
    /// Print a filled example of matura's own bank
    #[arg(long)]
    pub(super) template: bool,
    #[command(flatten)]
    bank: BankArgs,
}

impl ImportArgs {
    /// How to import.
    pub(super) fn options(self) -> ImportOptions {
        let matches = if self.match_reworded { Some(true) } else { self.no_match_reworded.then_some(false) };
        ImportOptions {
            deck: self.deck,
            tags: self.tags.unwrap_or_default(),
            dry_run: self.dry_run,
            skip_bad_rows: self.skip_bad_rows,
            prune: self.prune,
            with_history: self.with_history,
            bring_back: self.bring_back,
            match_reworded: matches,
            bank: self.bank.options(),
        }
    }
}

// What is said of a bank instead of letting it be guessed; a doc comment would be taken for the description of the command.
#[derive(Debug, Args)]
#[command(next_help_heading = "If matura guesses wrong")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(in crate::cli) struct BankArgs {
    /// The format (--formats lists them)
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// What stands between cells: a character, or tab
    #[arg(long, value_name = "TEXT", value_parser = delimiter)]
    delimiter: Option<String>,
    /// The encoding, for example cp1252
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// The sheet of a spreadsheet
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The first row names the columns
    #[arg(long, overrides_with = "no_header")]
    header: bool,
    /// The first row is a question already
    #[arg(long)]
    no_header: bool,
    /// What columns hold, by name or number: prompt=Frage,answer=8,options=4-7
    #[arg(long, value_name = "FIELD=COLUMN,...", value_parser = pair, value_delimiter = ',')]
    map: Vec<(String, String)>,
    /// The number by which answers name the first option: 0 or 1
    #[arg(long, value_name = "N", value_parser = index_base)]
    index_base: Option<usize>,
    /// What stands between several right options
    #[arg(long, value_name = "TEXT")]
    answer_separator: Option<String>,
    /// Cells beyond the last column belong to it
    #[arg(long)]
    join_extra: bool,
    /// Texts are HTML
    #[arg(long)]
    html: bool,
}

impl BankArgs {
    pub(in crate::cli) fn options(self) -> bank::Options {
        let header = if self.header { Some(true) } else { self.no_header.then_some(false) };
        bank::Options {
            format: self.format,
            encoding: self.encoding.map(|encoding| encoding.0),
            sheet: self.sheet,
            delimiter: self.delimiter,
            header,
            map: self.map,
            index_base: self.index_base,
            answer_separator: self.answer_separator,
            join_extra: self.join_extra,
            html: self.html,
        }
    }
}

pub(in crate::cli) fn deck_name(name: &str) -> std::result::Result<DeckName, String> {
    DeckName::parse(name)
}

#[expect(clippy::unnecessary_wraps, reason = "clap asks for this shape")]
fn tags(text: &str) -> std::result::Result<Tags, String> {
    Ok(Tags::parse(text))
}

fn delimiter(text: &str) -> std::result::Result<String, String> {
    match text {
        "" => Err("write a character, or tab".to_owned()),
        "tab" | "\\t" => Ok("\t".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

/// An encoding by its name.
#[derive(Debug, Clone)]
struct Encoding(bank::Encoding);

fn encoding(name: &str) -> std::result::Result<Encoding, String> {
    bank::encoding_named(name)
        .map(Encoding)
        .ok_or_else(|| "no such encoding; try utf-8, cp1252, utf-16, shift_jis, gbk".to_owned())
}

fn pair(text: &str) -> std::result::Result<(String, String), String> {
    text.split_once('=')
        .filter(|(field, column)| !field.trim().is_empty() && !column.trim().is_empty())
        .map(|(field, column)| (field.trim().to_owned(), column.trim().to_owned()))
        .ok_or_else(|| "write FIELD=COLUMN, for example prompt=Frage".to_owned())
}

fn index_base(text: &str) -> std::result::Result<usize, String> {
    text.parse().ok().filter(|base| *base <= 1).ok_or_else(|| "write 0 or 1".to_owned())
}
