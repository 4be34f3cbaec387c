//! What both screens say alike.

use crate::model::{CardId, Event};
use crate::study::mastery::TestEnd;
use crate::study::{Left, Outlook, Saved, Session, Tally};
use crate::text;

/// `2 due, 1 new, 3 repeats`, without what is none.
pub(super) fn left(left: Left) -> String {
    let parts = [
        (left.due, format!("{} due", left.due)),
        (left.new, format!("{} new", left.new)),
        (left.drill, text::count(left.drill, "repeat")),
        (left.test, text::count(left.test, "question")),
    ];
    let some: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    if some.is_empty() { "nothing".to_owned() } else { some.join(", ") }
}

/// Nothing can be asked: why, and where more is.
pub(super) fn nothing(session: &dyn Session) -> String {
    session.scope().map_or_else(
        || "Nothing is left for today. matura shows the decks, matura config the daily limits.".to_owned(),
        |scope| {
            format!(
                "Nothing is left for today in this session ({scope}). matura shows what else there is, matura config the daily limits."
            )
        },
    )
}

/// An answer is on disk: its grade, and when the card comes again.
pub(super) fn saved(saved: &Saved, of: &str) -> String {
    if saved.leech {
        return format!(
            "saved: grade {}{of}; forgotten {}, so it is tagged leech and suspended until matura resume {}",
            saved.grade,
            text::count(saved.state.lapses, "time"),
            saved.card
        );
    }
    let when = saved.state.due.map_or_else(String::new, |due| {
        let days = due.since(saved.day);
        match u32::try_from(days) {
            Ok(days) if days > 0 => format!("on {due}, in {}", text::count(days, "day")),
            _ => format!("on {due}"),
        }
    });
    let today = if saved.grade.needs_drill() { "again today, then " } else { "again " };
    let repeat = if saved.event == Event::Drill { ", a repeat" } else { "" };
    format!("saved: grade {}{of}{repeat}; {today}{when}", saved.grade)
}

/// A session so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub(super) tally: Tally,
    pub(super) left: Left,
    pub(super) outlook: Outlook,
    pub(super) scope: Option<String>,
    /// Cards that were suspended as leeches, with what they ask.
    pub(super) leeches: Vec<(CardId, String)>,
    /// How the test came out, if it is one.
    pub(super) test: Option<TestEnd>,
}

/// What was done and what comes, a line each.
pub(super) fn summary(sum: &Sum) -> Vec<String> {
    if let Some(end) = &sum.test {
        return super::test::end(end);
    }
    let tally = &sum.tally;
    let mut lines = Vec::new();
    let answered = tally.due + tally.new;
    if answered + tally.drill > 0 {
        lines.push(times(tally, &sum.outlook));
        if tally.leeches > 0 {
            let names: Vec<String> =
                sum.leeches.iter().map(|(card, prompt)| format!("card {card} ({prompt})")).collect();
            let count = text::count_verb(tally.leeches.into(), "leech", "leeches");
            lines.push(format!("Suspended: {count}, {}.", names.join(", ")));
        }
        let all = Left { due: tally.due, new: tally.new, drill: tally.drill, test: 0 };
        let forgotten = match tally.lapsed {
            0 => String::new(),
            lapsed => format!(" ({lapsed} had been learnt before)"),
        };
        let missed = answered - tally.passed;
        lines.push(format!("Answered: {}; {} remembered, {missed} not{forgotten}.", left(all), tally.passed));
    }
    let session = sum.scope.as_ref().map_or_else(String::new, |scope| format!(" in this session ({scope})"));
    lines.push(match sum.left {
        none if none.sum() == 0 => format!("Nothing is left for today{session}."),
        some => format!("Left for today{session}: {}.", left(some)),
    });
    lines
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
    let tomorrow = Left { due: outlook.due_tomorrow, new: outlook.new_tomorrow, ..Left::default() };
    format!("Time: {took}{streak}. Tomorrow: {}.", left(tomorrow))
}
