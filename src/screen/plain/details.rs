//! What is known of a card, in lines.

use super::Page;
use crate::error::Result;
use crate::model::{Difficulty, Event};
use crate::study::{Details, Past};
use crate::text;

/// Answers that are shown.
const MOST: usize = 10;

/// Writes what is known of a card. It tells nothing of its answer.
pub(super) fn write(page: &mut Page<'_>, details: &Details) -> Result<()> {
    page.line(&format!(
        "card {}: {}, {}, deck {}, note {}",
        details.card, details.kind, details.slot, details.deck, details.note
    ))?;
    let labels = [
        ("tags", Some(details.tags.to_string()).filter(|tags| !tags.is_empty())),
        ("difficulty", details.difficulty.map(|difficulty| Difficulty::name(difficulty).to_owned())),
        ("level", details.level.clone()),
        ("source", details.source.clone()),
    ];
    for (label, text) in labels {
        text.map_or(Ok(()), |text| page.labelled(label, &text))?;
    }
    let state = &details.state;
    let (ease, due) = (state.ease.get(), state.due.map(|due| format!(", due on {due}")).unwrap_or_default());
    page.line(&format!(
        "schedule: {}{due}, interval {}, ease {}.{:03}, repetitions {}, lapses {}",
        state.name(),
        text::count(state.interval, "day"),
        ease / 1000,
        ease % 1000,
        state.repetitions,
        state.lapses
    ))?;
    if details.history.is_empty() {
        return page.line("answers: none");
    }
    page.line("answers:")?;
    details.history.iter().take(MOST).try_for_each(|past| page.line(&line(past)))?;
    match details.history.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => page.line(&format!("  and {more} before; matura show {} has them all", details.card)),
    }
}

fn line(past: &Past) -> String {
    let event = match past.event {
        Event::Review => "review",
        Event::Drill => "repeat",
        Event::Practice => "practice",
        Event::Test => "test",
    };
    let answer = &past.answer;
    let attempts =
        if answer.attempts > 1 { format!(", {} attempts", answer.attempts) } else { String::new() };
    let hinted = if answer.hinted { ", with the hint" } else { "" };
    let seconds = text::count(answer.took_ms / 1000, "second");
    let took = if answer.took_ms == 0 { String::new() } else { format!(", {seconds}") };
    format!("  {}, {event}: grade {}{attempts}{hinted}{took}", past.day, answer.grade)
}
