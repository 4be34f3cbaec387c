//! `matura simulate`: the year ahead under other limits.

use clap::Args;

use super::Context;
use super::table::table;
use crate::collection::{Forecast, Planned, Simulated};
use crate::error::Result;
use crate::report::simulate::{Basis, Span, StageBasis};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct SimulateArgs {
    /// Only this deck and those below it [default: everything]
    deck: Option<String>,
    /// So many days
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// New cards a day; several, as 5,10,20, are compared [default: the setting]
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    new: Vec<u32>,
    /// Due cards a day; several are compared [default: the setting]
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    reviews: Vec<u32>,
    /// So many of a hundred reviews of known cards are remembered [default: as many as in the last year]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    recall: Option<u8>,
    /// Another seed is other luck; the same gives the same days
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(args: SimulateArgs, context: &mut Context) -> Result<()> {
    let forecast = Forecast {
        deck: args.deck,
        days: args.days,
        new_per_day: args.new,
        reviews_per_day: args.reviews,
        recall: args.recall.map(|percent| f64::from(percent) / 100.0),
        seed: args.seed,
    };
    let simulated = context.look()?.simulate(&forecast)?;
    context.out.result(&simulated, || words(&simulated, args.recall))
}

fn words(simulated: &Simulated, recall: Option<u8>) -> String {
    let deck = simulated.deck.as_ref().map_or("All decks", |deck| deck.as_str());
    let mut parts = vec![format!("{deck}, {} from {}", text::count(simulated.days, "day"), simulated.from)];
    parts.push(match simulated.plans.as_slice() {
        [plan] => {
            let whole = plan.summary.whole.iter().map(|span| line("in all", span));
            let spans = plan.summary.spans.iter().map(|span| line(&span.from.to_string(), span));
            format!("{}\n\n{}", limits(plan), table(&titles("from"), spans.chain(whole)))
        }
        plans => {
            let of_plan = |plan: &Planned| plan.summary.whole.as_ref().map(|span| line(&limits(plan), span));
            table(&titles("limits"), plans.iter().filter_map(of_plan))
        }
    });
    parts.push(rests_on(&simulated.model, recall));
    parts.join("\n\n")
}

fn limits(plan: &Planned) -> String {
    format!("{} new, {} due a day", plan.new_per_day, plan.reviews_per_day)
}

const fn titles(first: &'static str) -> [&'static str; 9] {
    [
        first,
        ">cards a day",
        ">at most",
        ">minutes a day",
        ">at most",
        ">remembered",
        ">left over",
        ">known",
        ">mature",
    ]
}

fn line(name: &str, span: &Span) -> Vec<String> {
    vec![
        name.to_owned(),
        format!("{:.0}", span.cards_per_day),
        span.most_cards.to_string(),
        format!("{:.0}", span.minutes_per_day),
        format!("{:.0}", span.most_minutes),
        span.retention.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0)),
        span.left.to_string(),
        span.known_cards.to_string(),
        span.mature_cards.to_string(),
    ]
}

/// On what the forecast rests.
fn rests_on(model: &Basis, recall: Option<u8>) -> String {
    let observed: u32 = model.stages.iter().map(|stage| stage.answers).sum();
    let how = match (recall, observed) {
        (Some(recall), _) => format!("It takes {recall} of 100 reviews of known cards to be remembered; new cards, repeats and times are as in the last year."),
        (None, 0) => "There are no answers to go by yet: it takes what learners do on average.".to_owned(),
        (None, _) => "It takes you to answer as you did in the last year; of what you answered seldom it takes partly what learners do on average.".to_owned(),
    };
    let row = |StageBasis { stage, answers, recall, ms, .. }: &StageBasis| {
        vec![
            stage.name().to_owned(),
            format!("{:.0} %", recall * 100.0),
            format!("{:.1}", f64::from(*ms) / 1000.0),
            answers.to_string(),
        ]
    };
    let drills = &model.drills;
    let repeats = vec![
        "repeats".to_owned(),
        format!("{:.0} %", drills.success * 100.0),
        format!("{:.1}", f64::from(drills.ms) / 1000.0),
        drills.answers.to_string(),
    ];
    let rows = model.stages.iter().map(row).chain([repeats]);
    format!("{how}\n\n{}", table(&["cards by interval", ">remembered", ">seconds", ">answers seen"], rows))
}
