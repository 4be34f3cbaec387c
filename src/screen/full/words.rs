//! What the screen says.

use crate::model::Event;
use super::app::Sum;
use crate::study::{Ask, Left, Saved};
use crate::text;

/// An answer is on disk: when its card comes again.
pub(super) fn saved(saved: &Saved) -> String {
    if saved.leech {
        return format!("saved: {}; forgotten so often that it is suspended now, as a leech", saved.grade.name());
    }
    let when = saved.state.due.map_or_else(String::new, |due| {
        match u32::try_from(due.since(saved.day)) {
            Ok(days) if days > 0 => format!("in {}, on {due}", text::count(days, "day")),
            _ => format!("on {due}"),
        }
    });
    let today = if saved.grade.needs_drill() { "again today, then " } else { "again " };
    let repeat = if saved.event == Event::Drill { " (a repeat)" } else { "" };
    format!("saved: {}{repeat}; {today}{when}", saved.grade.name())
}

/// A wrong attempt, with which parts of it were right.
pub(super) fn again(parts: &[bool], left: u8, ask: &Ask) -> String {
    let attempts = text::count(left, "attempt");
    let right = parts.iter().filter(|part| **part).count();
    match ask {
        Ask::Choice(options) if options.several => {
            let all = options.shown.iter().filter(|option| option.right).count();
            format!("Wrong: {right} of the {all} right ones, {} wrong; {attempts} left.", parts.len() - right)
        }
        Ask::Blanks(_) if parts.len() > 1 => {
            format!("Wrong: {right} of {} gaps are right; {attempts} left.", parts.len())
        }
        Ask::Reveal(_) | Ask::Typed(_) | Ask::Choice(_) | Ask::Blanks(_) => {
            format!("Wrong; {attempts} left.")
        }
    }
}

/// `12 due, 5 new, 2 again`, without what is none.
pub(super) fn left(left: Left) -> String {
    let parts = [(left.due, "due"), (left.new, "new"), (left.drill, "again")];
    let some: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if some.is_empty() { "nothing left".to_owned() } else { some.join(", ") }
}

/// What was done and what comes, a line each.
pub(super) fn summary(sum: &Sum) -> Vec<String> {
    let Sum { tally, left, outlook } = sum;
    let answered = tally.due + tally.new;
    let mut lines = Vec::new();
    if answered + tally.drill > 0 {
        let all = Left { due: tally.due, new: tally.new, drill: tally.drill };
        lines.push(format!("Answered: {} in {}.", self::left(all), minutes(tally.took_ms)));
    }
    if answered > 0 {
        let share = tally.passed * 100 / answered;
        let lapsed = match tally.lapsed {
            0 => String::new(),
            lapsed => format!("; {lapsed} had been learnt before"),
        };
        lines.push(format!("Remembered: {} of {answered} ({share} %){lapsed}.", tally.passed));
    }
    if tally.leeches > 0 {
        let leeches = text::count_verb(u64::from(tally.leeches), "card was", "cards were");
        lines.push(format!(
            "{leeches} forgotten so often that they are suspended now (matura list shows the tag leech)."
        ));
    }
    lines.push(match left.sum() {
        0 => "Nothing is left for today.".to_owned(),
        _ => format!("Left for today: {}.", self::left(*left)),
    });
    lines.push(format!("Tomorrow: {} due, {} new.", outlook.due_tomorrow, outlook.new_tomorrow));
    if outlook.streak > 0 {
        lines.push(format!("{} in a row.", text::count(outlook.streak, "day")));
    }
    lines
}

fn minutes(ms: u64) -> String {
    let seconds = ms / 1000;
    if seconds < 60 { text::count(seconds, "second") } else { format!("{}:{:02} minutes", seconds / 60, seconds % 60) }
}
