//! What both screens say alike.

use crate::model::{CardId, Event, Grade, Matched};
use crate::study::mastery::TestEnd;
use crate::study::{Left, Outlook, Pool, Practice, PutAway, Saved, Session, Stage, TakenBack, Tally, Way};
use crate::text;

/// `2 due, 1 new, 3 repeats`, without what is none.
pub(super) fn left(left: Left) -> String {
    let parts = [
        (left.due, format!("{} due", left.due)),
        (left.new, format!("{} new", left.new)),
        (left.drill, text::count(left.drill, "repeat")),
        (left.practice, text::count(left.practice, "card")),
        (left.test, text::count(left.test, "question")),
    ];
    let some: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    if some.is_empty() { "nothing".to_owned() } else { some.join(", ") }
}

/// What a session begins with: which way of studying it is, and what is to be done.
pub(super) fn heading(session: &dyn Session) -> String {
    let (way, left) = (session.way(), left(session.left()));
    match way {
        Way::Review => format!("{}: {left}.", way.name()),
        Way::Learn => {
            format!("{}: {left}, shown a few at a time and then asked; the first answer counts.", way.name())
        }
        Way::Practice(Practice { pairs: true, .. }) => {
            let scope = session.scope().map_or_else(String::new, |scope| format!(" ({scope})"));
            format!(
                "{}: {left}{scope}. Find the back of each as fast as you can; the schedule is not changed.",
                way.name()
            )
        }
        Way::Practice(_) => {
            let scope = session.scope().map_or_else(String::new, |scope| format!(" ({scope})"));
            format!("{}: {left}{scope}; the schedule is not changed.", way.name())
        }
    }
}

/// What was taken back; an answer's grade `as_named`.
pub(super) fn taken_back(back: &TakenBack, as_named: impl FnOnce(Grade) -> String) -> String {
    let prompt = |prompt: &str| text::one_line(prompt, 40);
    match back {
        TakenBack::Answer(undone) => format!("{} of {:?}", as_named(undone.grade), prompt(&undone.prompt)),
        TakenBack::PutAway { prompt: asks, was, .. } => {
            let what = match was {
                PutAway::Suspended => "the suspension",
                PutAway::Buried => "the burial",
            };
            format!("{what} of {:?}", prompt(asks))
        }
    }
}

/// There is no answer that the session could take back.
pub(super) const fn nothing_to_undo(way: Way) -> &'static str {
    match way {
        Way::Review | Way::Learn => "There is no answer of today to take back.",
        Way::Practice(Practice { pairs: true, .. }) => "What was matched is not taken back.",
        Way::Practice(_) => {
            "The last answer of today is not practice; matura undo takes it back, or the daily review."
        }
    }
}

/// What is answered to whoever wants more than to answer, where nothing else is done.
pub(super) const fn no_help(stage: Stage) -> &'static str {
    match stage {
        Stage::Match => "The clock goes: find the back, give up with !, or leave.",
        _ => super::test::NO_HELP,
    }
}

/// Behind an answer there is no repeat that could be put off.
pub(super) const NOT_AGAIN: &str = "It does not come again today, so there is nothing to put off.";

/// Nothing can be asked: why, and where more is.
pub(super) fn nothing(session: &dyn Session) -> String {
    match session.way() {
        Way::Review => nothing_today(session),
        Way::Learn => {
            let scope =
                session.scope().map_or_else(String::new, |scope| format!(" in this session ({scope})"));
            format!(
                "Nothing new is left for today{scope}. matura shows the decks, matura config the daily limits."
            )
        }
        Way::Practice(practice) => nothing_to_practise(practice, session.scope()),
    }
}

fn nothing_to_practise(practice: Practice, scope: Option<String>) -> String {
    let why = match practice.pool {
        Pool::All => "Suspended and buried cards are left out; matura list shows them.",
        Pool::Weak => "Weak cards are those that were forgotten, or scored below 3 at some time.",
        Pool::MissedToday => "Missed are cards whose last answer of today scored below 3.",
    };
    let scope = scope.map_or_else(String::new, |scope| format!(" ({scope})"));
    format!("There is nothing to practise{scope}. {why}")
}

fn nothing_today(session: &dyn Session) -> String {
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
    if saved.event == Event::Practice {
        let next = if saved.again { "again in this session" } else { "the schedule is not changed" };
        return format!("saved: grade {}{of}; practice, {next}", saved.grade);
    }
    let when = saved.state.due.map_or_else(String::new, |due| {
        let days = due.since(saved.day);
        match u32::try_from(days) {
            Ok(days) if days > 0 => format!("on {due}, in {}", text::count(days, "day")),
            _ => format!("on {due}"),
        }
    });
    let today = if saved.again { "again today, then " } else { "again " };
    let repeat = if saved.event == Event::Drill { ", a repeat" } else { "" };
    format!("saved: grade {}{of}{repeat}; {today}{when}", saved.grade)
}

/// The card that was answered is not there any more.
pub(super) const GONE: &str = "The card was removed meanwhile, so its answer is not kept.";

/// What became of a note that was edited, with what its author should know; none if nothing did.
pub(super) fn edited(warnings: Option<&[String]>) -> String {
    let Some(warnings) = warnings else { return "Nothing was changed.".to_owned() };
    let more: String = warnings.iter().map(|warning| format!(" Note: {warning}.")).collect();
    format!("The note is changed.{more}")
}

/// A pair was found, or given up.
pub(super) const fn found(grade: Grade) -> &'static str {
    if grade.number() == 0 { "Given up." } else { "Found." }
}

/// A session so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub(super) way: Way,
    pub(super) tally: Tally,
    pub(super) left: Left,
    pub(super) outlook: Outlook,
    pub(super) scope: Option<String>,
    /// Cards that were suspended as leeches, with what they ask.
    pub(super) leeches: Vec<(CardId, String)>,
    /// How the test came out, if it is one.
    pub(super) test: Option<TestEnd>,
    /// What came of matching when all pairs were found, and the best of before.
    pub(super) matched: Option<(Matched, Option<Matched>)>,
}

/// What was done and what comes, a line each.
pub(super) fn summary(sum: &Sum) -> Vec<String> {
    if let Some(end) = &sum.test {
        return super::test::end(end);
    }
    if let Some((matched, best)) = sum.matched {
        return vec![told_matched(matched, best)];
    }
    let tally = &sum.tally;
    let mut lines = Vec::new();
    let answered = tally.due + tally.new;
    if tally.answers() > 0 {
        lines.push(times(tally, &sum.outlook));
        if tally.leeches > 0 {
            let names: Vec<String> =
                sum.leeches.iter().map(|(card, prompt)| format!("card {card} ({prompt})")).collect();
            let count = text::count_verb(tally.leeches, "leech", "leeches");
            lines.push(format!("Suspended: {count}, {}.", names.join(", ")));
        }
        if tally.practice > 0 {
            lines.push(practised(tally));
        }
    }
    if answered + tally.drill > 0 {
        let all = Left { due: tally.due, new: tally.new, drill: tally.drill, practice: 0, test: 0 };
        let forgotten = match tally.lapsed {
            0 => String::new(),
            lapsed => format!(" ({lapsed} had been learnt before)"),
        };
        let missed = answered - tally.passed;
        lines.push(format!("Answered: {}; {} remembered, {missed} not{forgotten}.", left(all), tally.passed));
    }
    let session = sum.scope.as_ref().map_or_else(String::new, |scope| format!(" in this session ({scope})"));
    let (none, some) = match sum.way {
        Way::Review => ("Nothing is left for today", "Left for today"),
        Way::Learn => ("Nothing new is left for today", "Left for today"),
        Way::Practice(_) => ("Nothing is left to practise", "Left to practise"),
    };
    lines.push(match sum.left {
        left if left.sum() == 0 => format!("{none}{session}."),
        rest => format!("{some}{session}: {}.", left(rest)),
    });
    lines
}

/// What came of matching, and how it compares.
fn told_matched(matched: Matched, best: Option<Matched>) -> String {
    let time = |matched: Matched| format!("{}.{} s", matched.took_ms / 1000, matched.took_ms % 1000 / 100);
    let pairs = text::count(matched.pairs, "pair");
    let wrong = match matched.wrong {
        0 => "no wrong pick".to_owned(),
        wrong => text::count(wrong, "wrong pick"),
    };
    let compared = match best {
        None => format!("Your first round of {pairs}."),
        Some(best) if best.took_ms > matched.took_ms => {
            format!("Your best of {pairs}; {} before.", time(best))
        }
        Some(best) => format!("Your best of {pairs}: {}.", time(best)),
    };
    format!("{pairs} in {}, {wrong}. {compared} The schedule is not changed.", time(matched))
}

/// What was practised.
fn practised(tally: &Tally) -> String {
    let (cards, missed) = (text::count(tally.practised, "card"), tally.practised - tally.known);
    let repeats = match tally.practice - tally.practised {
        0 => String::new(),
        repeats => format!(", {}", text::count(repeats, "repeat")),
    };
    format!(
        "Practised: {cards}{repeats}; {} known at once, {missed} not. The schedule is not changed.",
        tally.known
    )
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
