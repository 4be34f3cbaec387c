//! `matura review`: the daily review.

use std::io::{self, BufReader, IsTerminal as _};

use clap::Args;

use super::{Context, output};
use crate::collection::{Banks, ImportOptions, Wanted, starter};
use crate::error::{Error, Kind, Result};
use crate::model::Difficulty;
use crate::screen::{self, Mode, Surroundings, full, plain};
use crate::study::Session;
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// Review this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    /// Lines that stay instead of a full screen: for screen readers and scripts
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    wanted: WantedArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Only some of today's cards")]
struct WantedArgs {
    /// Only notes with this tag, or one below it
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only notes of this difficulty
    #[arg(long, value_name = "easy|medium|hard", value_parser = difficulty)]
    difficulty: Option<Difficulty>,
    /// Only notes about this level
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// At most so many new cards in this session; 0 for none
    #[arg(long, value_name = "N")]
    new: Option<u32>,
    /// At most so many cards in this session, each with its repeats
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// End the session after the answer that passes so many minutes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: Option<u32>,
}

impl WantedArgs {
    fn wanted(&self) -> Wanted {
        Wanted {
            tag: self.tag.clone(),
            difficulty: self.difficulty,
            level: self.level.clone(),
            new: self.new,
            limit: self.limit,
            minutes: self.minutes,
        }
    }
}

fn difficulty(text: &str) -> std::result::Result<Difficulty, String> {
    text.parse().map_err(|()| format!("it is {}", Difficulty::ALL.map(Difficulty::name).join(", ")))
}

pub(super) fn run(args: &ReviewArgs, context: &mut Context) -> Result<()> {
    if context.out.json {
        return Err(Error::new(Kind::Usage, "a review is a conversation and has no --json")
            .hint("matura --json reports what is due, matura answer answers one card"));
    }
    let mut collection = context.open()?;
    if collection.is_empty()? {
        let (report, _) = collection.import(Banks::read(vec![starter()], &ImportOptions::default())?)?;
        let notes: u64 = report.files.iter().map(|file| file.added).sum();
        context.out.say(&format!(
            "Your collection is empty, so the starter deck on MLOps maturity was loaded: {}.",
            text::count(notes, "note")
        ));
    }
    let mut session = collection.review_of(args.deck.as_deref(), args.wanted.wanted())?;
    show(&mut session, args.plain, context)
}

/// Shows a session on the screen that fits.
pub(super) fn show(session: &mut dyn Session, plain: bool, context: &Context) -> Result<()> {
    if is_full(plain) { full(session, context) } else { self::plain(session) }
}

/// Whether the session is shown on a full screen.
fn is_full(plain: bool) -> bool {
    let term = std::env::var("TERM").ok();
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    screen::choose(Surroundings { plain, term: term.as_deref(), is_terminal }) == Mode::Full
}

fn full(session: &mut dyn Session, context: &Context) -> Result<()> {
    let Ok((mut terminal, mut tty)) = full::Tty::enter() else {
        return plain(session);
    };
    let ended = full::run(&mut terminal, &mut tty, session);
    drop(tty);
    let ending = ended?;
    // a terminal that hung up takes no last words
    let told = context.out.lines(&ending.lines.join("\n"));
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
