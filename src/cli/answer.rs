//! `matura answer`: one answer from a script.

use clap::{ArgGroup, Args};

use super::Context;
use crate::collection::{Answered, Given};
use crate::error::{Error, Kind, Result};
use crate::model::{CardId, Grade};
use crate::text;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("given").required(true))]
pub(super) struct AnswerArgs {
    /// The number of the card, as matura list shows it
    card: CardId,
    /// The grade, from 0 (no idea) to 5 (perfect)
    #[arg(long, value_name = "N", group = "given", value_parser = clap::value_parser!(u8).range(0..=5))]
    grade: Option<u8>,
    /// An answer to be marked, one an attempt: a text, a letter of an option as it is stored (several: "A C"),
    /// or one line a gap
    #[arg(long, value_name = "TEXT", group = "given", allow_hyphen_values = true)]
    response: Vec<String>,
    /// Save the answer even if it is wrong and attempts remain
    #[arg(long = "final", requires = "response", conflicts_with = "grade")]
    last: bool,
}

pub(super) fn run(args: AnswerArgs, context: &mut Context) -> Result<()> {
    let given = match args.grade {
        Some(number) => Given::Grade(
            Grade::new(number).ok_or_else(|| Error::new(Kind::Usage, "a grade goes from 0 to 5"))?,
        ),
        None => Given::Responses(args.response, args.last),
    };
    let answered = context.look()?.answer(args.card, &given)?;
    context.out.result(&answered, || words(&answered))
}

fn words(answered: &Answered) -> String {
    let verdict = match answered.correct {
        Some(true) => "right; ",
        Some(false) => "wrong; ",
        None => "",
    };
    match (answered.grade, &answered.due) {
        (Some(grade), _) if answered.leech => format!(
            "{verdict}saved: grade {grade}; card {0} was forgotten again and again, so it is tagged leech and suspended: matura resume {0}",
            answered.card
        ),
        (Some(grade), Some(due)) => {
            format!("{verdict}saved: grade {grade}; card {} comes again on {due}", answered.card)
        }
        (Some(grade), None) => format!("{verdict}saved: grade {grade}"),
        (None, _) => {
            let left = text::count(answered.attempts_left.unwrap_or(0), "attempt");
            format!("{verdict}nothing is saved: {left} left; give all attempts in one call, or --final")
        }
    }
}
