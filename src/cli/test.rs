//! `matura test`: the mastery test, and those of the past.

use clap::Args;

use super::table::table;
use super::{Context, session};
use crate::collection::{PastTest, TestOptions};
use crate::error::{Error, Kind, Result};

#[derive(Debug, Args)]
pub(super) struct TestArgs {
    /// Test this deck and those below it: its name, or any end of it that is unambiguous
    deck: Option<String>,
    /// How many questions
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    questions: u32,
    /// What is not answered after so many minutes counts as wrong
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: Option<u32>,
    /// The same number draws the same questions in the same order again [default: the time]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=MOST))]
    seed: Option<u64>,
    /// Lines that stay instead of a full screen: for screen readers and scripts
    #[arg(long)]
    plain: bool,
    /// List the tests that were taken, with their trend
    #[arg(long, conflicts_with_all = ["questions", "minutes", "seed", "plain"])]
    history: bool,
}

/// The greatest seed: every reader of JSON keeps it exactly.
const MOST: u64 = (1 << 53) - 1;

pub(super) fn run(args: &TestArgs, context: &mut Context) -> Result<()> {
    if args.history {
        return history(args, context);
    }
    if context.out.json {
        return Err(Error::new(Kind::Usage, "a test is a conversation and has no --json")
            .hint("matura test --history --json reports the tests that were taken"));
    }
    let mut collection = context.open()?;
    if collection.is_empty()? {
        return Err(Error::new(Kind::NotFound, "your collection is empty, so there is nothing to test")
            .hint("matura import FILE fills it, matura review loads the starter deck"));
    }
    let options = TestOptions { questions: args.questions, minutes: args.minutes, seed: args.seed };
    let mut test = collection.test(args.deck.as_deref(), options)?;
    session::run(&mut test, args.plain, context)
}

fn history(args: &TestArgs, context: &Context) -> Result<()> {
    let tests = context.look()?.tests(args.deck.as_deref())?;
    context.out.result(&tests, || {
        if tests.is_empty() {
            return "There is no test yet; matura test takes one.".to_owned();
        }
        table(&["date", "deck", ">score", ">%", "interval", "verdict", ">trend"], tests.iter().map(row))
    })
}

fn row(test: &PastTest) -> Vec<String> {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let score = &test.score;
    let deck = test.deck.clone().unwrap_or_else(|| "(everything)".to_owned());
    let counts = format!("{}/{}", score.right, score.answered);
    if !test.finished {
        let verdict = format!("unfinished, {} of {}", score.answered, test.questions);
        return vec![test.day.clone(), deck, counts, String::new(), String::new(), verdict, String::new()];
    }
    // not from what is rounded already
    let (low, high) = score.of.interval();
    vec![
        test.day.clone(),
        deck,
        counts,
        percent(score.of.share()),
        format!("{} to {}", percent(low), percent(high)),
        score.verdict.name().to_owned(),
        test.trend.map_or_else(String::new, |trend| format!("{:+.0}", trend * 100.0)),
    ]
}
