//! `matura import`: banks into the collection.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::Context;
use super::output::error_document;
use crate::collection::{
    BankFile, Banks, FORMATS, FileReport, ImportOptions, ImportReport, Problem, RejectedRows, bank,
};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::model::{DeckName, Tags};
use crate::text;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct ImportArgs {
    /// The banks; - is standard input
    #[arg(required_unless_present_any = ["formats", "template"], value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The deck for notes whose bank names none [default: the name of the file]
    #[arg(long, value_name = "DECK", value_parser = deck_name)]
    deck: Option<DeckName>,
    /// Tags for all notes, separated by commas
    #[arg(long, value_name = "TAGS", value_parser = tags)]
    tags: Option<Tags>,
    /// Say what would be done and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Import the good rows and write the others to FILE.rejected.csv
    #[arg(long)]
    skip_bad_rows: bool,
    /// List the formats that can be read
    #[arg(long)]
    formats: bool,
    /// Print a filled example of matura's own bank
    #[arg(long)]
    template: bool,
    #[command(flatten)]
    bank: BankArgs,
}

/// What is said of a bank instead of letting it be guessed.
#[derive(Debug, Args)]
#[command(next_help_heading = "If matura guesses wrong")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct BankArgs {
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
    fn options(self) -> bank::Options {
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

fn deck_name(name: &str) -> std::result::Result<DeckName, String> {
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

/// More problems of one sort than these are counted and not shown.
const MOST_SHOWN: usize = 5;
/// More changes of a dry run are counted and not shown.
const MOST_CHANGES: usize = 20;
/// The format that says everything itself.
const NATIVE: &str = "native";

pub(super) fn run(args: ImportArgs, context: &mut Context) -> Result<()> {
    if args.formats {
        return formats(context);
    }
    if args.template {
        return context.out.bytes(TEMPLATE);
    }
    let dry_run = args.dry_run;
    let files = args
        .files
        .iter()
        .map(|path| Ok(BankFile { name: path.display().to_string(), bytes: read(path, context)? }))
        .collect::<Result<Vec<_>>>()?;
    let options = ImportOptions {
        deck: args.deck,
        tags: args.tags.unwrap_or_default(),
        dry_run,
        skip_bad_rows: args.skip_bad_rows,
        bank: args.bank.options(),
    };
    let banks = Banks::read(&files, &options)?;
    // An import that will not happen makes no collection.
    let mut collection = if dry_run || !banks.are_sound() { context.look()? } else { context.open()? };
    let (mut report, left_out) = collection.import(banks)?;
    for rows in left_out {
        if let Some(file) = report.files.get_mut(rows.file) {
            file.rejected_file = Some(keep(&file.file, &rows)?);
        }
    }
    let skips = args.skip_bad_rows;
    if !skips && report.files.iter().any(|file| !file.problems.is_empty()) {
        return refuse(&report, dry_run, context);
    }
    if !context.out.json {
        report.files.iter().for_each(|file| tell(file, context));
    }
    context.out.result(&report, || lines(&report, dry_run))
}

/// The outcome file by file, with the plan of a dry run.
fn lines(report: &ImportReport, dry_run: bool) -> String {
    let told = report.files.iter().flat_map(|file| [line(file, dry_run), plan(file)]);
    told.filter(|lines| !lines.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A filled example of the native bank.
const TEMPLATE: &[u8] = include_bytes!("template.csv");

fn formats(context: &Context) -> Result<()> {
    let value: Vec<_> =
        FORMATS.iter().map(|format| json!({ "format": format.name(), "about": format.about() })).collect();
    context.out.result(&value, || {
        let width = FORMATS.iter().map(|format| format.name().len()).max().unwrap_or(0);
        FORMATS
            .iter()
            .map(|format| format!("{:width$}  {}", format.name(), format.about()))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn read(path: &std::path::Path, context: &Context) -> Result<Vec<u8>> {
    if path.as_os_str() == files::STDIO && std::io::stdin().is_terminal() {
        context.out.say("Reading a bank from the keyboard; Ctrl-D ends it.");
    }
    files::read(path)
}

/// What a dry run found beside the counts: what would change, and how cards would look.
fn plan(file: &FileReport) -> String {
    let mut lines = Vec::new();
    for change in file.changes.iter().take(MOST_CHANGES) {
        lines.push(format!(
            "  changed, line {}: {} ({})",
            change.line,
            change.prompt,
            change.fields.join(", ")
        ));
    }
    if file.changes.len() > MOST_CHANGES {
        lines.push(format!("  changed: {} more (--json lists all)", file.changes.len() - MOST_CHANGES));
    }
    for sample in &file.samples {
        lines.push(format!("  a card, line {}:", sample.line));
        lines.push(text::indent(&sample.question, "    "));
        lines.push(text::indent(&sample.answer, "    = "));
    }
    lines.join("\n")
}

/// Writes rejected rows beside their bank, over nothing that is there, and gives the name.
fn keep(bank: &str, rows: &RejectedRows) -> Result<String> {
    let bank = if bank == files::STDIO { "stdin" } else { bank };
    let names = (1_u32..).map(|number| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        format!("{bank}.rejected{number}.{}", rows.ending)
    });
    let name = names.into_iter().find(|name| !Path::new(name).exists()).unwrap_or_default();
    files::write(Path::new(&name), rows.text.as_bytes())?;
    Ok(name)
}

/// Nothing was imported: what has to be mended.
fn refuse(report: &ImportReport, dry_run: bool, context: &Context) -> Result<()> {
    let count: usize = report.files.iter().map(|file| file.problems.len()).sum();
    let verb = if count == 1 { "is" } else { "are" };
    let message = format!("nothing was imported: there {verb} {} to mend", text::count(count, "problem"));
    let error = Error::new(Kind::Input, message)
        .hint("mend the lines and import again, or leave them out with --skip-bad-rows");
    if context.out.json {
        let more = serde_json::to_value(report).map_err(|cause| Error::internal(cause.to_string()))?;
        context.out.json(&error_document(&error, Some(more)))?;
        return Err(Error { kind: Kind::Reported, ..error });
    }
    report.files.iter().for_each(|file| tell(file, context));
    if dry_run {
        context.out.lines(&lines(report, dry_run))?;
    }
    Err(error)
}

/// Problems and warnings of a file.
fn tell(file: &FileReport, context: &Context) {
    if file.format != NATIVE && !file.guesses.is_empty() {
        context.out.say(&format!("{} is read so:", file.file));
        for guess in &file.guesses {
            let value = text::one_line(&guess.value, 400);
            context.out.say(&format!("  {}: {value}; {} ({})", guess.what, guess.reason, guess.option));
        }
    }
    for (what, problems) in [("", &file.problems), ("note: ", &file.warnings)] {
        for group in groups(problems) {
            group
                .iter()
                .take(MOST_SHOWN)
                .for_each(|problem| context.out.say(&format!("{what}{}:{problem}", file.file)));
            if let Some(rest) = group.get(MOST_SHOWN..).filter(|rest| !rest.is_empty()) {
                let lines: Vec<String> =
                    rest.iter().take(8).map(|problem| problem.line.to_string()).collect();
                let more = if rest.len() > lines.len() { " ..." } else { "" };
                context.out.say(&format!(
                    "{what}{}: {} more like this, lines {}{more} (--json lists all)",
                    file.file,
                    rest.len(),
                    lines.join(", ")
                ));
            }
        }
    }
}

/// Problems of one sort together: their messages differ in values and numbers only. Sorts as they come, lines in order.
fn groups(problems: &[Problem]) -> Vec<Vec<&Problem>> {
    let mut places: HashMap<(String, Option<&str>), usize> = HashMap::new();
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        let outside_quotes: String = problem.message.split('"').step_by(2).collect();
        let sort: String = outside_quotes.chars().filter(|c| !c.is_ascii_digit()).collect();
        let place = *places.entry((sort, problem.column.as_deref())).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
}

fn line(file: &FileReport, dry_run: bool) -> String {
    let counts = [
        (file.added, "added"),
        (file.updated, "updated"),
        (file.unchanged, "unchanged"),
        (file.duplicates, "duplicates"),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if file.rejected > 0 {
        let place = file.rejected_file.as_ref().map(|name| format!(" (in {name})")).unwrap_or_default();
        parts.push(format!("{} rejected{place}", file.rejected));
    }
    if file.skipped > 0 {
        parts.push(format!("{} without a question", text::count(file.skipped, "row")));
    }
    if parts.is_empty() {
        parts.push("no notes in it".to_owned());
    }
    let would = if dry_run { " (nothing was done)" } else { "" };
    format!("{}: {}{would}", file.file, parts.join(", "))
}
