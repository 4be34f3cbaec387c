//! Pages beside the cards: the keys, what is known of a card, the end.

use super::app::App;
use super::keys;
use super::paper::{Paper, Piece};
use super::style::Look;
use crate::model::{Difficulty, Event};
use crate::screen::words as shared;
use crate::study::{Details, Past, Way};
use crate::text;

/// The keys of the place beneath.
pub(super) fn help(paper: &mut Paper, app: &App) {
    paper.text("Keys", Look::Prompt);
    paper.blank();
    let place = app.beneath();
    if let Some(card) =
        app.card.as_ref().filter(|_| matches!(place, keys::Place::Back | keys::Place::Answered))
    {
        let what =
            if place == keys::Place::Back { "grade the card" } else { "give the answer another grade" };
        let grades = card.turn.grading.keys();
        let names: Vec<String> =
            grades.iter().map(|(key, grade)| format!("{key} {}", grade.name())).collect();
        let range: Vec<String> =
            [grades.first(), grades.last()].into_iter().flatten().map(|(key, _)| key.to_string()).collect();
        line(paper, &range.join("-"), &format!("{what}: {}", names.join(", ")));
    }
    for (key, about) in keys::help(place, |action| app.can(action)) {
        line(paper, &key, about);
    }
    line(paper, "Ctrl-Z", "stop for a while; fg comes back");
    line(paper, "Ctrl-L", "draw the screen again");
}

fn line(paper: &mut Paper, key: &str, about: &str) {
    let padding = " ".repeat(11_usize.saturating_sub(key.len()).max(1));
    paper.pieces(
        &[Piece::new(key, Look::Key), Piece::new(&padding, Look::Plain), Piece::new(about, Look::Plain)],
        ("", "           "),
    );
}

/// What is known of a card.
pub(super) fn details(paper: &mut Paper, details: &Details) {
    let state = &details.state;
    let due = state.due.map_or_else(|| "new".to_owned(), |due| due.to_string());
    let ease = format!("{}.{:03}", state.ease.get() / 1000, state.ease.get() % 1000);
    let rows = [
        ("card", Some(format!("{} ({})", details.card, details.slot))),
        ("deck", Some(details.deck.to_string())),
        ("kind", Some(details.kind.to_string())),
        ("due", Some(due)),
        ("interval", Some(text::count(state.interval, "day"))),
        ("ease", Some(ease)),
        ("repetitions", Some(state.repetitions.to_string())),
        ("lapses", Some(state.lapses.to_string())),
        ("difficulty", details.difficulty.map(|difficulty| Difficulty::name(difficulty).to_owned())),
        ("level", details.level.clone()),
        ("tags", Some(details.tags.to_string()).filter(|tags| !tags.is_empty())),
        ("source", details.source.clone()),
        ("note", Some(details.note.to_string())),
    ];
    for (label, value) in rows {
        if let Some(value) = value {
            paper.labelled(label, &value, (Look::Quiet, Look::Plain));
        }
    }
    paper.blank();
    paper.text(
        if details.history.is_empty() { "It was never answered." } else { "Answers, the last first" },
        Look::Prompt,
    );
    for past in &details.history {
        paper.text(&answer(past), Look::Plain);
    }
}

fn answer(past: &Past) -> String {
    let event = match past.event {
        Event::Review => "",
        Event::Drill => ", a repeat",
        Event::Practice => ", practice",
        Event::Test => ", a test",
    };
    let answer = &past.answer;
    let hinted = if answer.hinted { ", with the hint" } else { "" };
    let seconds = answer.took_ms / 1000;
    let given = match answer.responses.as_slice() {
        [] => String::new(),
        given => format!(": {}", text::one_line(&given.join(" / "), 60)),
    };
    format!("{}  {}{event}{hinted}, {seconds} s{given}", past.day, answer.grade)
}

/// What was done, and what comes.
pub(super) fn end(paper: &mut Paper, app: &App) {
    let is_done = app.sum.left.sum() == 0;
    paper.text(
        match app.sum.way {
            _ if app.sum.test.is_some() && is_done => "The test is over.",
            _ if app.sum.matched.is_some() => "All pairs are found.",
            Way::Review if is_done && app.sum.scope.is_some() => "This session is done.",
            Way::Review if is_done => "Done for today.",
            Way::Learn if is_done => "Nothing new is left for today.",
            Way::Practice(_) if is_done => "Practice is done.",
            Way::Review | Way::Learn | Way::Practice(_) => "The session is over.",
        },
        if is_done { Look::Right } else { Look::Prompt },
    );
    paper.blank();
    for line in shared::summary(&app.sum) {
        paper.text(&line, Look::Plain);
    }
}
