//! The end of a session in lines.

use super::{Plain, left};
use crate::error::Result;
use crate::study::{Left, Outlook, Tally};
use crate::text;

pub(super) fn write(plain: &mut Plain<'_, '_, '_, '_>) -> Result<()> {
    let tally = plain.session.tally();
    plain.page.line("")?;
    let answered = tally.due + tally.new;
    if answered + tally.drill > 0 {
        let outlook = plain.session.outlook()?;
        plain.page.line(&times(&tally, &outlook))?;
        if tally.leeches > 0 {
            let names: Vec<String> =
                plain.leeches.iter().map(|(card, prompt)| format!("card {card} ({prompt})")).collect();
            let count = text::count_verb(tally.leeches.into(), "leech", "leeches");
            plain.page.line(&format!("Suspended: {count}, {}.", names.join(", ")))?;
        }
        let all = Left { due: tally.due, new: tally.new, drill: tally.drill };
        let forgotten = match tally.lapsed {
            0 => String::new(),
            lapsed => format!(" ({lapsed} had been learnt before)"),
        };
        let missed = answered - tally.passed;
        plain.page.line(&format!(
            "Answered: {}; {} remembered, {missed} not{forgotten}.",
            left(all),
            tally.passed
        ))?;
    }
    let session =
        plain.session.scope().map_or_else(String::new, |scope| format!(" in this session ({scope})"));
    match plain.session.left() {
        none if none.sum() == 0 => plain.page.line(&format!("Nothing is left for today{session}.")),
        some => plain.page.line(&format!("Left for today{session}: {}.", left(some))),
    }
}

/// How long it took, for how many days it goes on, and what comes tomorrow.
fn times(tally: &Tally, outlook: &Outlook) -> String {
    let took = match tally.took_ms / 60_000 {
        0 => "less than a minute".to_owned(),
        minutes => text::count(minutes, "minute"),
    };
    let streak = match outlook.streak {
        days @ 2.. => format!("; {days} study days in a row"),
        _ => String::new(),
    };
    let tomorrow = Left { due: outlook.due_tomorrow, new: outlook.new_tomorrow, drill: 0 };
    format!("Time: {took}{streak}. Tomorrow: {}.", left(tomorrow))
}
