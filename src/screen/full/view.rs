//! The screen as it is drawn: a line on top, the card, a line of news, the keys.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Paragraph;

use super::app::App;
use super::foot;
use super::pages;
use super::paper::{Paper, Target};
use super::state::{Card, Gaze, Page, Phase};
use super::style::Look;
use crate::screen::{test, words as shared};
use crate::study::Stage;
use crate::text;

/// The smallest screen on which a card is shown.
pub(super) const SMALLEST: (u16, u16) = (20, 6);
/// Lines longer than this are hard to read.
const WIDEST: u16 = 96;

/// What drawing found out.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Where something can be clicked.
    pub(super) targets: Vec<(Rect, Target)>,
    /// The first row that is seen.
    pub(super) scroll: usize,
    /// Rows that can be seen.
    pub(super) height: usize,
    pub(super) is_small: bool,
    /// Whether what matters is seen.
    pub(super) sees_focus: bool,
}

/// Draws the screen.
pub(super) fn draw(frame: &mut Frame<'_>, app: &App) -> Drawn {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let message = format!("too small: {}x{} needed; q quits", SMALLEST.0, SMALLEST.1);
        frame.render_widget(Paragraph::new(message).wrap(ratatui::widgets::Wrap { trim: true }), area);
        return Drawn { is_small: true, ..Drawn::default() };
    }
    let foot = foot::lines(app, area.width, if area.height < 12 { 1 } else { 3 });
    let news = news(app, area.width, if area.height < 12 { 1 } else { 2 });
    let gap = u16::from(area.height >= 16);
    let height = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(1));
    let [top, _, body, _, middle, bottom] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(gap),
        Constraint::Min(1),
        Constraint::Length(gap),
        height(news.len()),
        height(foot.len()),
    ])
    .areas(area);
    frame.render_widget(header(app, top.width), top);
    frame.render_widget(Text::from(news), middle);
    frame.render_widget(Text::from(foot), bottom);
    let margin = u16::from(body.width >= 40) * 2;
    let width = (body.width - 2 * margin).min(WIDEST);
    let inside = Rect { x: body.x + (body.width - width) / 2, width, ..body };
    write(frame, inside, &paper(app, width), app)
}

/// What stands on top: the deck and what the card is asked for, and how much is left.
fn header(app: &App, width: u16) -> Line<'static> {
    let width = usize::from(width);
    let Some(card) = &app.card else {
        return Line::styled(
            text::one_line("matura: the end of the session", width),
            app.palette.style(Look::Quiet),
        );
    };
    let turn = &card.turn;
    let stage = match turn.stage {
        Stage::Drill => "repeat",
        Stage::Practice | Stage::Cram => "practice: the schedule is not changed",
        stage @ (Stage::Due | Stage::New | Stage::Shown | Stage::Match | Stage::Test) => stage.name(),
    };
    let done = app.so_far.answered;
    let time = turn.seconds.map_or_else(String::new, |seconds| format!(" | {}", test::clock(seconds)));
    let long = format!("{done} done | {}{time}", shared::left(turn.left));
    let short = format!("{} left{time}", turn.left.sum());
    let right = if long.len() + 16 <= width { long } else { short };
    let mark = if turn.marked { "* marked " } else { "" };
    let room = width.saturating_sub(right.len() + 2);
    let left = text::one_line(&format!("{mark}{} | {stage}", turn.deck), room);
    let left_width = unicode_width::UnicodeWidthStr::width(left.as_str());
    let between = " ".repeat(width.saturating_sub(left_width + right.len()));
    Line::from(vec![
        Span::styled(left, app.palette.style(Look::Plain)),
        Span::raw(between),
        Span::styled(right, app.palette.style(Look::Quiet)),
    ])
}

/// The line of news: what a key did, and of a marked card the verdict.
fn news(app: &App, width: u16, most: usize) -> Vec<Line<'static>> {
    let verdict = match &app.phase {
        Phase::Marked(verdict, _) if app.page.is_none() => *verdict,
        Phase::Typo(_) if app.page.is_none() => "Count it as right?",
        Phase::Unsaved(_) => "NOT SAVED.",
        _ => "",
    };
    let look = if verdict == "Right." { Look::Right } else { Look::Wrong };
    let notice = if verdict.is_empty() || app.notice.is_empty() {
        app.notice.clone()
    } else {
        format!(" {}", app.notice)
    };
    let mut paper = Paper::new(width, app.palette);
    paper.pieces(
        &[super::paper::Piece::new(verdict, look), super::paper::Piece::new(&notice, Look::Plain)],
        ("", ""),
    );
    let mut lines: Vec<Line<'static>> = paper.rows.into_iter().map(|row| row.line).collect();
    let mut room = usize::from(width) * most;
    while lines.len() > most && room > 1 {
        room -= 1;
        let mut cut = Paper::new(width, app.palette);
        cut.text(&text::one_line(&format!("{verdict}{notice}"), room), Look::Plain);
        lines = cut.rows.into_iter().map(|row| row.line).collect();
    }
    lines
}

/// What stands in the middle, as long as it is.
fn paper(app: &App, width: u16) -> Paper {
    let mut paper = Paper::new(width, app.palette);
    match (&app.page, &app.card) {
        (Some(Page::Help), _) => pages::help(&mut paper, app),
        (Some(Page::Details(details)), _) => pages::details(&mut paper, details),
        (None, None) => pages::end(&mut paper, app),
        (None, Some(card)) => asked(&mut paper, app, card),
    }
    paper
}

fn asked(paper: &mut Paper, app: &App, card: &Card) {
    let question = &card.turn.question;
    card.entry.write(paper, question, &card.marker, app.shown());
    if let Phase::Typo(difference) = &app.phase {
        paper.blank();
        let start = paper.rows.len();
        paper.labelled("almost", difference, (Look::Hint, Look::Plain));
        paper.focus_from(start);
    }
    if card.is_hinted
        && let Some(hint) = &question.hint
    {
        paper.blank();
        let start = paper.rows.len();
        paper.labelled("hint", hint, (Look::Hint, Look::Plain));
        if app.gaze == Gaze::Hint {
            paper.focus_from(start);
        }
    }
    // where one types has to be seen before anything else
    let cursor = paper.rows.iter().position(|row| row.targets.iter().any(|(_, at)| *at == Target::Cursor));
    if let Some(row) = cursor.filter(|_| app.phase == Phase::Asked && app.gaze != Gaze::Hint) {
        paper.focus = Some(row..row + 1);
    }
}

/// Shows as many rows as there is room for, and says that there are more.
fn write(frame: &mut Frame<'_>, area: Rect, paper: &Paper, app: &App) -> Drawn {
    let rows = paper.rows.len();
    let room = usize::from(area.height);
    let overflows = rows > room;
    let height = if overflows && room > 1 { room - 1 } else { room };
    let last = rows.saturating_sub(height);
    let mut scroll = app.scroll.min(last);
    if app.gaze != Gaze::Still
        && let Some(focus) = &paper.focus
    {
        if focus.end > scroll + height {
            scroll = focus.end.saturating_sub(height).min(focus.start);
        }
        scroll = scroll.min(focus.start).min(last);
        if let Some(core) = paper.core.as_ref().filter(|core| core.end > scroll + height) {
            scroll = core.end.saturating_sub(height).min(core.start);
        }
    }
    let seen = scroll..scroll + height;
    let matter = paper.core.as_ref().or(paper.focus.as_ref());
    let sees_focus = matter.is_none_or(|rows| seen.contains(&rows.start));
    let mut drawn = Drawn { scroll, height, sees_focus, ..Drawn::default() };
    for (number, row) in paper.rows.iter().skip(scroll).take(height).enumerate() {
        let y = area.y + u16::try_from(number).unwrap_or(0);
        frame.render_widget(row.line.clone(), Rect { y, height: 1, ..area });
        for (columns, target) in &row.targets {
            let x = area.x + columns.start.min(area.width);
            let place = Rect { x, y, width: columns.len().try_into().unwrap_or(0), height: 1 };
            if *target == Target::Cursor && app.page.is_none() {
                frame.set_cursor_position((x.min(area.right().saturating_sub(1)), y));
            }
            drawn.targets.push((place, *target));
        }
    }
    if overflows && room > 1 {
        let (first, end) = (scroll + 1, (scroll + height).min(rows));
        let keys = match (first > 1, end < rows) {
            (true, true) => "PgUp/PgDn",
            (_, true) => "PgDn",
            _ => "PgUp",
        };
        let fits = |said: &String| said.len() <= usize::from(area.width);
        let said = Some(format!("-- rows {first}-{end} of {rows}, {keys} --")).filter(fits);
        let said = said.or_else(|| Some(format!("{first}-{end}/{rows} {keys}")).filter(fits));
        let said = said.unwrap_or_else(|| format!("{first}-{end}/{rows}"));
        let y = area.bottom() - 1;
        frame
            .render_widget(Line::styled(said, app.palette.style(Look::Quiet)), Rect { y, height: 1, ..area });
    }
    drawn
}
