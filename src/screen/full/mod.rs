//! The full screen: a calm one, over the session alone. The loop draws, waits for a key, and has the session do what
//! comes of it; an answer is on disk before the next card is drawn.

mod answering;
mod app;
mod ask;
mod card;
mod field;
mod foot;
mod highlight;
mod host;
mod keys;
mod pages;
mod paper;
mod state;
mod style;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::time::Duration;

use ratatui::backend::Backend;
use ratatui::crossterm::event::Event;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};

use crate::error::{Error, Kind, Result};
use crate::model::CardId;
use crate::screen::words::{self as shared, Sum};
use crate::screen::{editor, media};
use crate::study::{Session, TakenBack, Way};
use app::App;
pub use host::{Full, Host, Tty, die_of};
use state::{Effect, Page, Phase, SoFar};
use style::Palette;

/// What a full screen leaves on the normal one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ending {
    /// What was done, a line each.
    pub lines: Vec<String>,
    /// The signal that ended it.
    pub signal: Option<i32>,
}

/// How long the loop waits for a key before it looks for signals.
const TICK: Duration = Duration::from_millis(200);

/// Runs a session on a screen until it is done, the learner leaves or a signal ends it.
///
/// # Errors
/// The session fails at anything but saving an answer (which can be tried again), or the terminal is gone.
pub fn run<B: Backend<Error: std::fmt::Display>>(
    terminal: &mut Terminal<B>,
    host: &mut dyn Host,
    session: &mut dyn Session,
) -> Result<Ending> {
    if session.left().sum() == 0 {
        return Ok(Ending { lines: vec![shared::nothing(session)], signal: None });
    }
    let palette = Palette::new(session.theme(), host.has_colour());
    let mut screen = Screen { session, app: App::new(palette) };
    let mut is_dirty = true;
    if screen.session.way() != Way::Review {
        screen.app.notice = shared::heading(screen.session);
    }
    screen.next()?;
    screen.count()?;
    let signal = loop {
        is_dirty |= screen.tick()?;
        if is_dirty {
            draw(terminal, &mut screen.app)?;
        }
        if let Some(signal) = host.signal() {
            break Some(signal);
        }
        if host.is_to_stop() {
            host.stop()?;
            forget(terminal)?;
            is_dirty = true;
            continue;
        }
        let Some(event) = host.wait(TICK)? else {
            is_dirty = false;
            continue;
        };
        is_dirty = !matches!(event, Event::FocusGained | Event::FocusLost);
        if let Event::Resize(width @ 1.., height @ 1..) = event {
            // a terminal that said no size at first says one now
            terminal.resize(Rect::new(0, 0, width, height)).map_err(failed)?;
        }
        match screen.app.update(&event) {
            Effect::Leave => break None,
            Effect::Stop => {
                host.stop()?;
                forget(terminal)?;
            }
            Effect::Redraw => forget(terminal)?,
            Effect::Open(images) => screen.open(host, &images),
            Effect::Edit(card) => {
                screen.edit(host, card)?;
                screen.count()?;
                forget(terminal)?;
            }
            Effect::None => {}
            effect => {
                screen.perform(effect)?;
                screen.count()?;
            }
        }
    };
    let lines = screen.summary()?;
    Ok(Ending { lines, signal })
}

fn draw<B: Backend<Error: std::fmt::Display>>(terminal: &mut Terminal<B>, app: &mut App) -> Result<()> {
    let mut drawn = view::Drawn::default();
    let render = |frame: &mut Frame<'_>| drawn = view::draw(frame, app);
    terminal.draw(render).map_err(failed)?;
    app.targets = drawn.targets;
    app.scroll = drawn.scroll;
    app.height = drawn.height;
    app.is_small = drawn.is_small;
    app.sees_focus = drawn.sees_focus;
    Ok(())
}

/// Has the whole screen drawn again. (`Terminal::clear` would ask the terminal where its cursor is, and wait.)
fn forget<B: Backend<Error: std::fmt::Display>>(terminal: &mut Terminal<B>) -> Result<()> {
    let area = terminal.get_frame().area();
    terminal.resize(area).map_err(failed)
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::new(Kind::Io, format!("the terminal cannot be written to: {cause}"))
}

struct Screen<'s> {
    session: &'s mut dyn Session,
    app: App,
}

impl Screen<'_> {
    /// Has the session do what a key asks for.
    fn perform(&mut self, effect: Effect) -> Result<()> {
        match effect {
            Effect::None
            | Effect::Leave
            | Effect::Stop
            | Effect::Redraw
            | Effect::Edit(_)
            | Effect::Open(_) => Ok(()),
            Effect::Next => self.next(),
            Effect::Seen => {
                self.session.seen()?;
                self.next()
            }
            Effect::Save(answer) => match self.session.answer(answer.clone()) {
                Ok(saved) => {
                    let effect = self.app.saved(&saved);
                    if let Some(card) = &mut self.app.card {
                        card.turn.left = self.session.left();
                    }
                    self.perform(effect)
                }
                Err(error) if error.kind == Kind::NotFound => {
                    self.next()?;
                    shared::GONE.clone_into(&mut self.app.notice);
                    Ok(())
                }
                Err(error) => {
                    self.app.failed(answer, told(&error));
                    Ok(())
                }
            },
            Effect::Regrade(grade) => {
                let moved = self.session.regrade(grade);
                if let Some(moved) = self.heard(moved) {
                    self.app.notice = match moved {
                        Some(saved) => {
                            self.app.regraded(&saved);
                            shared::saved(&saved, "")
                        }
                        None => "There is no answer whose grade could be moved.".to_owned(),
                    };
                }
                Ok(())
            }
            Effect::Undo => {
                let undone = self.session.undo();
                let Some(undone) = self.heard(undone) else { return Ok(()) };
                let Some(undone) = undone else {
                    shared::nothing_to_undo(self.session.way()).clone_into(&mut self.app.notice);
                    return Ok(());
                };
                if let TakenBack::Answer(undone) = &undone {
                    self.app.leeches.retain(|(card, _)| Some(*card) != undone.card);
                }
                self.next()?;
                self.app.notice =
                    format!("taken back: {}", shared::taken_back(&undone, |grade| grade.name().to_owned()));
                Ok(())
            }
            Effect::Suspend(card) => {
                let done = self.session.suspend(card);
                self.gone(done, "suspended: it is not asked any more until matura resume")
            }
            Effect::Bury(card) => {
                let done = self.session.bury(card);
                self.gone(done, "buried until tomorrow")
            }
            Effect::Mark(card) => {
                let is_marked = self.session.mark(card);
                if let Some(is_marked) = self.heard(is_marked) {
                    let notice = if is_marked { "marked" } else { "no longer marked" };
                    notice.clone_into(&mut self.app.notice);
                    if let Some(card) = &mut self.app.card {
                        card.turn.marked = is_marked;
                    }
                }
                Ok(())
            }
            Effect::Details(card) => {
                let details = self.session.details(card);
                if let Some(details) = self.heard(details) {
                    self.app.open(Page::Details(Box::new(details)));
                }
                Ok(())
            }
        }
    }

    /// Opens images, and says which, or why not.
    fn open(&mut self, host: &mut dyn Host, images: &[String]) {
        for source in images.iter().take(media::MOST) {
            let opened = media::place(self.session, source).and_then(|place| host.open(&place));
            if self.heard(opened).is_some() {
                self.app.notice = media::opened(source);
            }
        }
    }

    /// Has the note of a card edited. The card to ask is asked as it is then.
    fn edit(&mut self, host: &mut dyn Host, card: CardId) -> Result<()> {
        let form = self.session.form(card);
        let Some(form) = self.heard(form) else { return Ok(()) };
        let session = &mut *self.session;
        let edited = editor::revise(&form, |text| host.edit(text), |after| session.edit(card, &form, after));
        let Some(edited) = self.heard(edited) else { return Ok(()) };
        if edited.is_some() && !matches!(self.app.phase, Phase::Marked(..) | Phase::Unsaved(_)) {
            self.next()?;
        }
        self.app.notice = shared::edited(edited.as_deref());
        Ok(())
    }

    /// Has the clock of a limited test go on, and ends the test when its time is over; says whether something is seen of it.
    fn tick(&mut self) -> Result<bool> {
        let asked = self.app.card.as_mut().filter(|card| card.turn.seconds.is_some());
        // an answer that waits to be saved goes first
        let Some(card) = asked.filter(|_| self.app.phase == Phase::Asked) else { return Ok(false) };
        let before = card.turn.seconds;
        let now = self.session.seconds()?;
        card.turn.seconds = now;
        if card.turn.is_test() && now == Some(0) {
            let ended = self.session.next();
            if self.heard(ended).is_some() {
                self.next()?;
                self.count()?;
            }
        }
        Ok(now != before)
    }

    /// What the session did; where it could not, the learner is told why and may try again.
    fn heard<T>(&mut self, done: Result<T>) -> Option<T> {
        done.map_err(|error| self.app.notice = told(&error)).ok()
    }

    /// The card is not asked any more; the next one is.
    fn gone(&mut self, done: Result<()>, notice: &str) -> Result<()> {
        if self.heard(done).is_some() {
            self.next()?;
            notice.clone_into(&mut self.app.notice);
        }
        Ok(())
    }

    fn next(&mut self) -> Result<()> {
        if let Some(turn) = self.session.next()? {
            self.app.show(turn);
        } else {
            let sum = self.sum()?;
            self.app.end(sum);
        }
        Ok(())
    }

    /// What was done so far, and whether some of it can be taken back.
    fn count(&mut self) -> Result<()> {
        self.app.so_far =
            SoFar { answered: self.session.tally().answers(), can_undo: self.session.can_undo()? };
        Ok(())
    }

    fn sum(&mut self) -> Result<Sum> {
        Ok(Sum {
            way: self.session.way(),
            tally: self.session.tally(),
            left: self.session.left(),
            outlook: self.session.outlook()?,
            scope: self.session.scope(),
            leeches: self.app.leeches.clone(),
            test: self.session.test()?,
            matched: self.session.matched()?,
        })
    }

    fn summary(&mut self) -> Result<Vec<String>> {
        Ok(shared::summary(&self.sum()?))
    }
}

/// An error on one line.
fn told(error: &Error) -> String {
    match &error.hint {
        Some(hint) => format!("{}; {hint}", error.message),
        None => error.message.clone(),
    }
}
