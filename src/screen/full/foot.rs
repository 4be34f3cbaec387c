//! The keys at the foot of the screen, as many as there is room for; those that are needed most first.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::app::App;
use super::keys::{self, HELP, Place};
use super::state::{Card, Phase};
use super::style::{Look, Palette};
use crate::model::Grade;
use crate::study::Stage;

/// A key with what it does.
#[derive(Debug, Clone)]
struct Item {
    key: String,
    /// What it does, with what stands between.
    does: String,
}

impl Item {
    fn new(key: impl Into<String>, does: &str) -> Self {
        Self { key: key.into(), does: format!(" {does}") }
    }
}

/// The lines at the foot, at most so many.
pub(super) fn lines(app: &App, width: u16, most: usize) -> Vec<Line<'static>> {
    let place = app.place();
    let width = usize::from(width);
    let mut lines: Vec<Vec<Item>> = Vec::new();
    // behind a saved answer the way on comes before another grade
    let is_graded = place == Place::Back || (place == Place::Answered && most > 1);
    if let Some(card) = app.card.as_ref().filter(|_| is_graded) {
        let room = most.saturating_sub(1).max(1);
        let of = |is_short| grades(card, &app.phase, is_short);
        let menu = all(&of(false), width, room).or_else(|| all(&of(true), width, room));
        let brief = || all(&[range(card), help(place)], width, room).unwrap_or_default();
        lines.extend(menu.unwrap_or_else(brief));
    }
    if lines.len() < most {
        let mut items: Vec<Item> = keys::foot(place, |action| app.can(action))
            .into_iter()
            .map(|(key, label)| Item::new(key, label))
            .collect();
        if place != Place::Page {
            items.push(help(place));
        }
        let room = most - lines.len();
        lines.extend(all(&items, width, room).unwrap_or_else(|| some(&items, width, room)));
    }
    lines.iter().map(|items| line(items, app.palette)).collect()
}

/// The key that leads to all the others.
fn help(place: Place) -> Item {
    let key = if matches!(place, Place::Text | Place::Gap) { "F1" } else { HELP.0 };
    Item::new(key, HELP.1)
}

/// The keys of the grades where there is no room for more.
fn range(card: &Card) -> Item {
    let keys = card.turn.grading.keys();
    let range: Vec<String> =
        [keys.first(), keys.last()].into_iter().flatten().map(|(key, _)| key.to_string()).collect();
    Item::new(range.join("-"), "grade")
}

/// The grades with the interval that each gives: `3 Good · 6 d`, in short `3:6d`, so that no number stands alone.
fn grades(card: &Card, phase: &Phase, is_short: bool) -> Vec<Item> {
    let item = |(key, grade): &(char, Grade)| {
        let days = interval(card, *grade, phase);
        let name = grade.name();
        match (is_short, days) {
            (true, Some(days)) => Item { key: key.to_string(), does: format!(":{}", days.replace(' ', "")) },
            (false, Some(days)) => Item::new(*key, &format!("{name} · {days}")),
            (_, None) => Item::new(*key, name),
        }
    };
    card.turn.grading.keys().iter().map(item).collect()
}

/// When the card would come again; nothing for a repeat, which changes no schedule.
fn interval(card: &Card, grade: Grade, phase: &Phase) -> Option<String> {
    if matches!(phase, Phase::Marked(..)) {
        return None;
    }
    if card.turn.stage.comes_again(grade) {
        return Some(if card.turn.stage == Stage::Cram { "again" } else { "today" }.to_owned());
    }
    let state = card.turn.preview.get(usize::from(grade.number()))?;
    card.turn.stage.is_scheduled().then(|| format!("{} d", state.interval))
}

fn width_of(item: &Item) -> usize {
    item.key.width() + item.does.width()
}

const BETWEEN: usize = 2;

/// All items in at most `most` lines; none if they do not fit.
fn all(items: &[Item], width: usize, most: usize) -> Option<Vec<Vec<Item>>> {
    let mut lines: Vec<Vec<Item>> = vec![Vec::new()];
    let mut used = 0;
    for item in items {
        let own = width_of(item);
        let is_first = lines.last().is_none_or(Vec::is_empty);
        if !is_first && used + BETWEEN + own > width {
            lines.push(Vec::new());
            used = 0;
        }
        used += own + if lines.last().is_none_or(Vec::is_empty) { 0 } else { BETWEEN };
        if own > width {
            return None;
        }
        if let Some(line) = lines.last_mut() {
            line.push(item.clone());
        }
    }
    (lines.len() <= most).then_some(lines)
}

/// The first items and the last, which leads to the others.
fn some(items: &[Item], width: usize, most: usize) -> Vec<Vec<Item>> {
    let Some((last, rest)) = items.split_last() else { return Vec::new() };
    for count in (0..=rest.len()).rev() {
        let shown: Vec<Item> = rest.iter().take(count).chain([last]).cloned().collect();
        if let Some(lines) = all(&shown, width, most) {
            return lines;
        }
    }
    Vec::new()
}

fn line(items: &[Item], palette: Palette) -> Line<'static> {
    let mut line = Line::default();
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            line.push_span(Span::raw(" ".repeat(BETWEEN)));
        }
        line.push_span(Span::styled(item.key.clone(), palette.style(Look::Key)));
        line.push_span(Span::styled(item.does.clone(), palette.style(Look::Quiet)));
    }
    line
}
