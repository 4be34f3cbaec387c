//! What commands that ask cards have in common: which cards, and the screen.

use std::io::{self, BufReader, IsTerminal as _};

use clap::Args;

use super::{Context, output};
use crate::collection::{Banks, Collection, ImportOptions, Wanted, starter};
use crate::error::{Error, Kind, Result};
use crate::model::Difficulty;
use crate::screen::{self, Mode, Surroundings, full, plain};
use crate::study::Session;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct SessionArgs {
    /// Lines that stay instead of a full screen: for screen readers and scripts
    #[arg(long)]
    pub(super) plain: bool,
    #[command(flatten)]
    part: PartArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Only some of the cards")]
struct PartArgs {
    /// Only notes with this tag, or one below it
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only notes of this difficulty
    #[arg(long, value_name = "easy|medium|hard", value_parser = difficulty)]
    difficulty: Option<Difficulty>,
    /// Only notes about this level
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// At most so many cards in this session, each with its repeats
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// End the session after the answer that passes so many minutes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: Option<u32>,
}

impl SessionArgs {
    pub(super) fn wanted(&self) -> Wanted {
        let part = &self.part;
        Wanted {
            tag: part.tag.clone(),
            difficulty: part.difficulty,
            level: part.level.clone(),
            new: None,
            limit: part.limit,
            minutes: part.minutes,
        }
    }
}

fn difficulty(text: &str) -> std::result::Result<Difficulty, String> {
    text.parse().map_err(|()| format!("it is {}", Difficulty::ALL.map(Difficulty::name).join(", ")))
}

/// Runs a session on the screen that fits; `is_plain` if the learner wants lines.
pub(super) fn run(session: &mut dyn Session, is_plain: bool, context: &Context) -> Result<()> {
    if is_full(is_plain) { full(session, context) } else { plain(session) }
}

/// A session is a conversation, which no document could be.
pub(super) fn refuse_json(what: &str, context: &Context) -> Result<()> {
    if !context.out.json {
        return Ok(());
    }
    Err(Error::new(Kind::Usage, format!("{what} is a conversation and has no --json"))
        .hint("matura --json reports what is due, matura answer answers one card"))
}

/// Loads the starter deck into a collection that never held a note, and says so.
pub(super) fn start(collection: &mut Collection, context: &Context) -> Result<()> {
    if !collection.is_empty()? {
        return Ok(());
    }
    let (report, _) = collection.import(Banks::read(vec![starter()], &ImportOptions::default())?)?;
    let notes: u64 = report.files.iter().map(|file| file.added).sum();
    context.out.say(&format!(
        "Your collection is empty, so the starter deck on MLOps maturity was loaded: {}.",
        text::count(notes, "note")
    ));
    Ok(())
}

/// Whether the session is shown on a full screen.
fn is_full(is_plain: bool) -> bool {
    let term = std::env::var("TERM").ok();
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    screen::choose(Surroundings { plain: is_plain, term: term.as_deref(), is_terminal }) == Mode::Full
}

fn full(session: &mut dyn Session, context: &Context) -> Result<()> {
    let Ok((mut terminal, mut tty)) = full::Tty::enter() else {
        return plain(session);
    };
    let ended = full::run(&mut terminal, &mut tty, session);
    drop(tty);
    let ending = ended?;
    // a terminal that hung up takes no last words
    let told = context.out.lines(&text::wrap(&ending.lines.join("\n"), "", output::width()));
    if let Some(signal) = ending.signal {
        full::die_of(signal);
    }
    told
}

fn plain(session: &mut dyn Session) -> Result<()> {
    let mut stdout = io::stdout().lock();
    let mut page = plain::Page::new(&mut stdout, output::width());
    let pauses = io::stdin().is_terminal() && output::width().is_some();
    plain::run(session, &mut BufReader::new(io::stdin().lock()), &mut page, pauses)
}
