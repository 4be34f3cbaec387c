//! `matura export`: decks out of the collection.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Context, place};
use crate::collection::{Earlier, Export, Format, Notetypes};
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Export this deck and those below it [default: everything]
    deck: Option<String>,
    /// The file to write; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// What to export to
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = To::Csv)]
    to: To,
    /// Leave the schedule and the history out of a package
    #[arg(long)]
    no_schedule: bool,
    /// What the learner is called in a log [default: a name made by chance, always the same]
    #[arg(long, value_name = "NAME")]
    learner: Option<String>,
    /// An earlier export for Anki: names the notes that it held and that were moved or removed here since, which Anki does not
    /// do itself [default: the file that is written, if it is one]
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    /// The language of the profile, such as de or pt-BR [default: en]
    #[arg(long, value_name = "LANGUAGE", help_heading = "Names in an Anki profile that is not English")]
    anki_language: Option<String>,
    /// The name of Anki's notetype Basic in your profile, if it is yet another
    #[arg(long, value_name = "NAME", help_heading = "Names in an Anki profile that is not English")]
    basic_notetype: Option<String>,
    /// ... of Basic (and reversed card)
    #[arg(long, value_name = "NAME", help_heading = "Names in an Anki profile that is not English")]
    reversed_notetype: Option<String>,
    /// ... of Basic (type in the answer)
    #[arg(long, value_name = "NAME", help_heading = "Names in an Anki profile that is not English")]
    typed_notetype: Option<String>,
    /// ... of Cloze
    #[arg(long, value_name = "NAME", help_heading = "Names in an Anki profile that is not English")]
    cloze_notetype: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    /// matura's own bank, complete: importing it gives the same notes
    Csv,
    /// The same table for people who open it in a spreadsheet: a text that would be a formula there is none
    Spreadsheet,
    /// A file for Anki's text import
    Anki,
    /// A package for Anki, with the schedule and the history
    Apkg,
    /// The answers, one a line, without the name of whoever gave them
    Log,
}

impl ExportArgs {
    fn names_notetypes(&self) -> bool {
        let names =
            [&self.basic_notetype, &self.reversed_notetype, &self.typed_notetype, &self.cloze_notetype];
        self.anki_language.is_some() || names.into_iter().any(Option::is_some)
    }
}

/// What has to be known of a package with a schedule, and of every package.
const TICK: &str = "In Anki's import dialog tick \"Import any learning progress\", or all cards arrive as new. Cards that are there already keep \
     Anki's own schedule.";
const CHOOSE: &str = "Use packages or text files (--to anki) for one Anki profile, not both: what came as text, a package does not update.";

pub(super) fn run(args: ExportArgs, context: &mut Context) -> Result<()> {
    let to_stdout = args.output.as_os_str() == files::STDIO;
    if to_stdout && context.out.json {
        return Err(Error::new(
            Kind::Usage,
            "--json reports on stdout, so the export cannot go there as well",
        )
        .hint("name a file with -o FILE"));
    }
    if args.no_schedule && !matches!(args.to, To::Apkg) {
        return Err(Error::new(Kind::Usage, "only a package carries a schedule")
            .hint("--no-schedule goes with --to apkg"));
    }
    if !matches!(args.to, To::Anki) && args.names_notetypes() {
        return Err(Error::new(Kind::Usage, "only a text file for Anki states the names of its notetypes")
            .hint(
                "--anki-language and --...-notetype go with --to anki; a package has notetypes of its own",
            ));
    }
    if args.learner.is_some() && !matches!(args.to, To::Log) {
        return Err(Error::new(Kind::Usage, "only a log has a learner").hint("--learner goes with --to log"));
    }
    if args.learner.as_ref().is_some_and(|name| name.trim().is_empty() || name.contains(char::is_control)) {
        return Err(Error::new(Kind::Usage, "the name of a learner is a text on one line")
            .hint("without --learner a name is made by chance"));
    }
    let earlier = earlier(&args)?;
    let format = match args.to {
        To::Csv => Format::Csv,
        To::Spreadsheet => Format::Spreadsheet,
        To::Log => Format::Log { learner: args.learner },
        To::Apkg => Format::Apkg { with_schedule: !args.no_schedule },
        To::Anki => {
            let known = Notetypes::in_language(args.anki_language.as_deref().unwrap_or("en"))?;
            Format::Anki(Notetypes {
                basic: args.basic_notetype.unwrap_or(known.basic),
                reversed: args.reversed_notetype.unwrap_or(known.reversed),
                typed: args.typed_notetype.unwrap_or(known.typed),
                cloze: args.cloze_notetype.unwrap_or(known.cloze),
            })
        }
    };
    let export = context.look()?.export(args.deck.as_deref(), &format, earlier)?;
    if !context.out.json {
        for warning in &export.warnings {
            context.out.say(&format!("note {}: {}", warning.note, warning.message));
        }
    }
    if to_stdout {
        return context.out.bytes(&export.bytes);
    }
    place::must_be_no_collection(&args.output, context.collection.as_deref(), "-o")?;
    files::write(&args.output, &export.bytes)?;
    let file = args.output.display().to_string();
    if !context.out.json {
        if matches!(args.to, To::Apkg) {
            if !args.no_schedule {
                context.out.say(TICK);
            }
            context.out.say(CHOOSE);
        }
        for line in beside(&export, matches!(args.to, To::Apkg)) {
            context.out.say(&line);
        }
        for line in behind(&export) {
            context.out.say(&line);
        }
    }
    let document = json!({
        "file": file,
        "notes": export.notes,
        "answers": export.answers,
        "warnings": export.warnings,
        "media": export.media,
        "lacking": export.lacking,
        "from_anki": export.from_anki,
        "moved": export.moved,
        "gone": export.gone,
    });
    context.out.result(&document, || match export.answers {
        Some(answers) => {
            format!("{file}: {} to {}", text::count(answers, "answer"), text::count(export.notes, "note"))
        }
        None => format!("{file}: {}", text::count(export.notes, "note")),
    })
}

/// The earlier export that was named, or else the file that is about to be replaced if it is one.
fn earlier(args: &ExportArgs) -> Result<Option<Earlier>> {
    if matches!(args.to, To::Csv | To::Spreadsheet | To::Log) {
        return match args.since {
            Some(_) => Err(Error::new(Kind::Usage, "--since is about exports for Anki")
                .hint("it goes with --to apkg and --to anki")),
            None => Ok(None),
        };
    }
    if let Some(file) = &args.since {
        return Earlier::read(&file.display().to_string(), files::read(file)?).map(Some);
    }
    if files::size(&args.output).is_none() {
        return Ok(None);
    }
    // whatever else it is, it is replaced
    Ok(files::read(&args.output).and_then(|bytes| Earlier::read("", bytes)).ok())
}

/// What is said of images and sounds, and of notes that Anki had first.
fn beside(export: &Export, is_package: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if export.media > 0 {
        lines.push(format!("{} travel along.", text::count(export.media, "image or sound file")));
    }
    if !export.lacking.is_empty() {
        let few: Vec<&str> = export.lacking.iter().map(String::as_str).take(10).collect();
        let more = if few.len() < export.lacking.len() { ", ..." } else { "" };
        let why = if is_package {
            "are not in the collection's folder of media"
        } else {
            "are named and do not travel in a text file; a package (--to apkg) takes those along that are here"
        };
        let files = text::count(export.lacking.len(), "image or sound file");
        lines.push(format!("{files} {why}: {}{more}", few.join(", ")));
    }
    if export.from_anki > 0 && is_package {
        let notes = text::count_verb(export.from_anki, "note came", "notes came");
        lines.push(format!(
            "{notes} from Anki. In the profile that they came from they stand in other notetypes, and Anki leaves them as they \
             are: change them there. In any other profile they arrive."
        ));
    }
    lines
}

/// More notes of one sort than these are counted and not shown.
const MOST_NOTES: usize = 20;

/// What Anki leaves as the earlier export made it.
fn behind(export: &Export) -> Vec<String> {
    let moved: Vec<String> = export
        .moved
        .iter()
        .map(|note| format!("{}: from {} to {}", note.prompt, note.from, note.to))
        .collect();
    let gone: Vec<String> =
        export.gone.iter().map(|note| format!("{} ({})", note.prompt, note.deck)).collect();
    let moved_how = "moved since the earlier export; Anki leaves them where they are, move them there";
    let gone_how = "removed since the earlier export; Anki keeps them, delete them there";
    let mut lines = Vec::new();
    for (notes, what) in
        [(moved, moved_how), (gone, gone_how)].into_iter().filter(|(notes, _)| !notes.is_empty())
    {
        lines.push(format!("{} {what}:", text::count_verb(notes.len(), "note was", "notes were")));
        lines.extend(notes.iter().take(MOST_NOTES).map(|note| format!("  {note}")));
        if let Some(more) = notes.len().checked_sub(MOST_NOTES).filter(|more| *more > 0) {
            lines.push(format!("  {more} more (--json lists all)"));
        }
    }
    lines
}
