//! The command line: one file a command. Each reads its arguments, calls the collection and prints.

mod add;
mod answer;
mod backup;
mod backups;
mod bank_report;
mod bury;
mod check;
mod chosen;
mod completions;
mod config;
mod decks;
mod edit;
mod export;
mod import;
mod learn;
mod list;
mod log;
mod man;
mod mark;
mod match_;
mod merge;
mod note;
mod output;
mod page;
mod place;
mod practice;
mod remove;
mod reschedule;
mod reset;
mod restore;
mod review;
mod session;
mod show;
mod simulate;
mod stats;
mod suspend;
mod sync;
mod table;
mod tag;
mod test;
mod today;
mod undo;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::clock::{self, Clock, NOW_VARIABLE};
use crate::collection::Collection;
use crate::error::Result;
use output::Output;

/// Spaced repetition for the terminal.
///
/// Without a command: today at a glance.
#[derive(Debug, Parser)]
#[command(name = "matura", version, about, long_about = None, after_help = AFTER_HELP)]
struct Cli {
    #[arg(long, value_name = "FILE", global = true, help = COLLECTION_HELP)]
    collection: Option<PathBuf>,
    /// Print one JSON document on stdout and nothing else there
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

const COLLECTION_HELP: &str =
    "The collection to work on [default: MATURA_COLLECTION, else matura/collection.db in the data folder]";
const AFTER_HELP: &str =
    "Exit status: 0 done, 1 it could not be done (the message says why and what to do), 2 wrong usage.
MATURA_COLLECTION names the collection, MATURA_NOW (RFC 3339) fixes the clock.";

// a command's own options are built when it is the one that is called
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Review what is due, then new cards, then repeat what was hard
    Review(review::ReviewArgs),
    /// Look at new cards first, then be asked them
    Learn(learn::LearnArgs),
    /// Practise any cards; the schedule is not changed
    #[command(after_help = "A session asks 20 cards, unless --limit says otherwise or --cram asks all.")]
    Practice(practice::PracticeArgs),
    /// Match fronts and backs of facts against the clock
    #[command(after_help = "Six pairs a round, unless --limit says how many pairs there are in all.")]
    Match(match_::MatchArgs),
    /// Take the mastery test: ten questions without help, a verdict, what to study next
    Test(test::TestArgs),
    /// Answer one card from a script
    Answer(answer::AnswerArgs),
    /// See your learning: what was remembered, what was done, what comes
    Stats(stats::StatsArgs),
    /// Play the year ahead, also under other limits
    #[command(
        after_help = "Limits of single decks below the one are not looked at. A day's reviews are answered by chance, as often right as yours were."
    )]
    Simulate(simulate::SimulateArgs),
    /// Take back what was done last: an answer, an import, an edit, a removal
    Undo,
    /// Show what was done, the last first
    Log(log::LogArgs),
    /// Import question banks
    Import(import::ImportArgs),
    /// Judge question banks, before anybody learns from them and after
    BankReport(bank_report::BankReportArgs),
    /// Export a deck, or everything
    Export(export::ExportArgs),
    /// Add a note, by options or in your editor
    Add(add::AddArgs),
    /// Change what notes say, by options or in your editor
    Edit(edit::EditArgs),
    /// Remove notes with their cards, or bring them back
    Remove(remove::RemoveArgs),
    /// List notes and their cards, all or those that a query finds
    List(list::ListArgs),
    /// Show a note with its cards and their history
    Show(show::ShowArgs),
    /// Tag notes; list or rename tags
    Tag(tag::TagArgs),
    /// List decks; rename, move or remove one
    Decks(decks::DecksArgs),
    /// Stop asking cards
    Suspend(chosen::ChosenArgs),
    /// Ask suspended cards again
    Resume(chosen::ChosenArgs),
    /// Mark notes
    Mark(chosen::ChosenArgs),
    /// Take the marks of notes away
    Unmark(chosen::ChosenArgs),
    /// Have cards begin again as new ones; their history stays
    Reset(chosen::ChosenArgs),
    /// Give cards another due day, interval or ease
    Reschedule(reschedule::RescheduleArgs),
    /// Put cards off until the next study day
    Bury(chosen::ChosenArgs),
    /// Ask buried cards today after all, or every one
    Unbury(chosen::AnyArgs),
    /// Check that the collection is sound, or repair it
    Check(check::CheckArgs),
    /// Copy the collection, as it is at this moment
    Backup(backup::BackupArgs),
    /// List the backups beside the collection
    Backups,
    /// Bring a backup back; what is there is backed up first
    Restore(restore::RestoreArgs),
    /// Take in the collection of another device, or a backup
    Merge(merge::MergeArgs),
    /// Keep several devices alike over a folder that a file synchroniser carries
    Sync(sync::SyncArgs),
    /// List the settings, show one, or set one
    Config(config::ConfigArgs),
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the man page
    Man,
}

/// What every command works with.
struct Context {
    collection: Option<PathBuf>,
    out: Output,
}

impl Context {
    /// The collection; it is made if there is none.
    fn open(&self) -> Result<Collection> {
        let path = place::collection(self.collection.as_deref())?;
        Ok(self.with_backups(Collection::open(&path, environment_clock()?)?))
    }

    /// The collection, to look into; nothing is made if there is none.
    fn look(&self) -> Result<Collection> {
        if let Some(named) = self.collection.as_ref().filter(|named| crate::files::is_free(named)) {
            self.out.say(&format!("There is no collection {} yet.", named.display()));
        }
        self.peek()
    }

    /// The same where it does not matter whether there is one.
    fn peek(&self) -> Result<Collection> {
        let path = place::collection(self.collection.as_deref())?;
        Ok(self.with_backups(Collection::look(&path, environment_clock()?)?))
    }

    /// A collection of which a backup is made every day on which it changes.
    fn with_backups(&self, mut collection: Collection) -> Collection {
        let out = self.out;
        collection.back_up_daily(move |error| {
            out.say(&format!("warning: today's backup was not made: {}", error.message));
        });
        collection
    }
}

fn environment_clock() -> Result<Box<dyn Clock>> {
    let now = std::env::var_os(NOW_VARIABLE).filter(|now| !now.is_empty());
    let now = now.map(|now| now.to_string_lossy().into_owned());
    clock::from_environment(now.as_deref(), std::env::var_os("TZ").is_some_and(|zone| !zone.is_empty()))
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return output::usage(&error, args.iter().any(|arg| arg == "--json")),
    };
    let mut context = Context { collection: cli.collection, out: Output::new(cli.json) };
    match dispatch(cli.command, &mut context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => context.out.fail(&error),
    }
}

fn dispatch(command: Option<Command>, context: &mut Context) -> Result<()> {
    match command {
        None => today::run(context),
        Some(Command::Review(args)) => review::run(&args, context),
        Some(Command::Learn(args)) => learn::run(&args, context),
        Some(Command::Practice(args)) => practice::run(&args, context),
        Some(Command::Match(args)) => match_::run(&args, context),
        Some(Command::Test(args)) => test::run(&args, context),
        Some(Command::Answer(args)) => answer::run(args, context),
        Some(Command::Stats(args)) => stats::run(&args, context),
        Some(Command::Simulate(args)) => simulate::run(args, context),
        Some(Command::Undo) => undo::run(context),
        Some(Command::Log(args)) => log::run(&args, context),
        Some(Command::Import(args)) => import::run(args, context),
        Some(Command::BankReport(args)) => bank_report::run(args, context),
        Some(Command::Export(args)) => export::run(args, context),
        Some(Command::Add(args)) => add::run(&args, context),
        Some(Command::Edit(args)) => edit::run(&args, context),
        Some(Command::Remove(args)) => remove::run(&args, context),
        Some(Command::List(args)) => list::run(&args, context),
        Some(Command::Show(args)) => show::run(&args, context),
        Some(Command::Tag(args)) => tag::run(&args, context),
        Some(Command::Decks(args)) => decks::run(&args, context),
        Some(Command::Suspend(args)) => suspend::run(&args, true, context),
        Some(Command::Resume(args)) => suspend::run(&args, false, context),
        Some(Command::Mark(args)) => mark::run(&args, true, context),
        Some(Command::Unmark(args)) => mark::run(&args, false, context),
        Some(Command::Reset(args)) => reset::run(&args, context),
        Some(Command::Reschedule(args)) => reschedule::run(&args, context),
        Some(Command::Bury(args)) => bury::run(&args, context),
        Some(Command::Unbury(args)) => bury::run_unbury(&args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Backup(args)) => backup::run(&args, context),
        Some(Command::Backups) => backups::run(context),
        Some(Command::Restore(args)) => restore::run(&args, context),
        Some(Command::Merge(args)) => merge::run(&args, context),
        Some(Command::Sync(args)) => sync::run(&args, context),
        Some(Command::Config(args)) => config::run(&args, context),
        Some(Command::Completions(args)) => completions::run(&args, context),
        Some(Command::Man) => man::run(context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }
}
