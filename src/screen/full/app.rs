//! The screen as a value: what is shown, and what each key makes of it. Nothing here touches a terminal or a collection.

use super::ask::{Entry, Shown};
use super::field::request;
use super::keys::{self, Action, Place};
use super::paper::Target;
use super::state::{Card, Effect, Gaze, Page, Phase, SoFar};
use super::style::Palette;
use crate::model::{CardId, Grade};
use crate::screen::test;
use crate::screen::words::{self as shared, Sum};
use crate::study::{Marker, Stage, Turn};
use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The screen.
#[derive(Debug, Clone)]
pub(super) struct App {
    /// How everything looks.
    pub(super) palette: Palette,
    pub(super) card: Option<Card>,
    pub(super) phase: Phase,
    pub(super) page: Option<Page>,
    pub(super) notice: String,
    /// Whether letters are commands although there is a text to type.
    pub(super) is_beside: bool,
    /// The first row that is seen.
    pub(super) scroll: usize,
    /// What has to be seen.
    pub(super) gaze: Gaze,
    /// Whether what matters is seen: nothing is picked unseen.
    pub(super) sees_focus: bool,
    /// Rows that can be seen.
    pub(super) height: usize,
    pub(super) targets: Vec<(ratatui::layout::Rect, Target)>,
    pub(super) so_far: SoFar,
    /// Cards that were suspended as leeches, with what they ask.
    pub(super) leeches: Vec<(CardId, String)>,
    pub(super) sum: Sum,
    /// Whether the terminal is too small to show a card; nothing is graded unseen.
    pub(super) is_small: bool,
}

impl App {
    pub(super) fn new(palette: Palette) -> Self {
        Self {
            palette,
            card: None,
            phase: Phase::Over,
            page: None,
            notice: String::new(),
            is_beside: false,
            scroll: 0,
            gaze: Gaze::Matter,
            sees_focus: true,
            height: 0,
            targets: Vec::new(),
            so_far: SoFar::default(),
            leeches: Vec::new(),
            sum: Sum::default(),
            is_small: false,
        }
    }

    /// Puts a card on the screen.
    pub(super) fn show(&mut self, turn: Turn) {
        let marker = Marker::of(&turn);
        let entry = Entry::new(&turn.question);
        self.phase = if turn.stage == Stage::Shown { Phase::Shown } else { Phase::Asked };
        self.card = Some(Card { turn, marker, entry, is_hinted: false });
        self.page = None;
        self.is_beside = false;
        // the question is read before its options or gaps are looked for
        (self.scroll, self.gaze) = (0, Gaze::Still);
    }

    /// Opens a page over the card.
    pub(super) fn open(&mut self, page: Page) {
        self.page = Some(page);
        self.notice.clear();
        (self.scroll, self.gaze) = (0, Gaze::Matter);
    }

    /// Shows what was done.
    pub(super) fn end(&mut self, sum: Sum) {
        self.card = None;
        self.phase = Phase::Over;
        self.page = None;
        if sum.test.is_some() || sum.matched.is_some() {
            self.notice.clear();
        }
        self.sum = sum;
        (self.scroll, self.gaze) = (0, Gaze::Matter);
    }

    /// Where the learner is.
    pub(super) fn place(&self) -> Place {
        if self.page.is_some() { Place::Page } else { self.beneath() }
    }

    /// Where the learner is beneath a page.
    pub(super) fn beneath(&self) -> Place {
        match (&self.phase, &self.card) {
            (Phase::Asked, Some(card)) => match card.entry.place() {
                Place::Text | Place::Gap if self.is_beside => Place::Beside,
                place => place,
            },
            (Phase::Shown, Some(_)) => Place::Shown,
            (Phase::Judged, Some(_)) => Place::Back,
            (Phase::Typo(_), Some(_)) => Place::Typo,
            (Phase::Marked(..), Some(_)) => Place::Answered,
            (Phase::Unsaved(_), Some(_)) => Place::Unsaved,
            (_, None) | (Phase::Over, _) => Place::End,
        }
    }

    /// Takes a key, a click or a paste.
    pub(super) fn update(&mut self, event: &Event) -> Effect {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(*key),
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Paste(text) => {
                self.paste(text);
                Effect::None
            }
            Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => Effect::None,
        }
    }

    fn key(&mut self, key: KeyEvent) -> Effect {
        let is_control =
            |letter| key.code == KeyCode::Char(letter) && key.modifiers.contains(KeyModifiers::CONTROL);
        if is_control('z') {
            return Effect::Stop;
        }
        if is_control('l') {
            return Effect::Redraw;
        }
        if is_control('c') || (self.is_small && key.code == KeyCode::Char('q')) {
            return Effect::Leave;
        }
        if self.is_small {
            return Effect::None;
        }
        if self.gaze == Gaze::Hint {
            self.gaze = Gaze::Matter;
        }
        if let KeyCode::Char(letter) = key.code
            && key.modifiers.difference(KeyModifiers::SHIFT).is_empty()
            && let Some(grade) = self.grade(letter)
        {
            return match self.phase {
                Phase::Judged => self.save(grade),
                _ => Effect::Regrade(grade),
            };
        }
        match keys::action(key, self.place()) {
            Some(action) => self.act(action),
            None => request(key).map_or(Effect::None, |request| self.edit(request)),
        }
    }

    /// The grade of a key, where one can be given.
    fn grade(&self, letter: char) -> Option<Grade> {
        let grading = self.card.as_ref()?.turn.grading;
        let is_wanted = matches!(self.place(), Place::Back | Place::Answered);
        is_wanted.then(|| grading.grade(letter)).flatten()
    }

    /// Whether a test runs, or has ended.
    pub(super) fn is_test(&self) -> bool {
        self.sum.test.is_some() || self.card.as_ref().is_some_and(|card| card.turn.is_test())
    }

    /// Why there is nothing to do but to answer, or nothing at all any more; none if there is more to do.
    fn refuses_help(&self) -> Option<&'static str> {
        match &self.card {
            Some(card) => (!card.turn.gives_help()).then(|| shared::no_help(card.turn.stage)),
            None if self.sum.test.is_some() => Some(test::OVER),
            None => self.sum.matched.map(|_| shared::nothing_to_undo(self.sum.way)),
        }
    }

    fn act(&mut self, action: Action) -> Effect {
        match action {
            help if help.is_help() && self.refuses_help().is_some() => {
                self.refuses_help().unwrap_or_default().clone_into(&mut self.notice);
            }
            Action::Help => self.open(Page::Help),
            Action::Back if self.page.is_some() => {
                self.page = None;
                (self.scroll, self.gaze) = (0, Gaze::Matter);
            }
            Action::Back => self.is_beside = false,
            Action::Commands => self.is_beside = true,
            Action::Quit => return Effect::Leave,
            Action::PageUp => self.scroll_by(-self.page_height()),
            Action::PageDown => self.scroll_by(self.page_height()),
            Action::Undo => return Effect::Undo,
            Action::Bury if !self.can(action) => shared::NOT_AGAIN.clone_into(&mut self.notice),
            Action::Suspend => return self.of_card(Effect::Suspend),
            Action::Bury => return self.of_card(Effect::Bury),
            Action::Mark => return self.of_card(Effect::Mark),
            Action::Edit => return self.of_card(Effect::Edit),
            Action::Image if !self.can(action) => "There is no image here.".clone_into(&mut self.notice),
            Action::Image => return Effect::Open(self.images()),
            Action::Details => return self.of_card(Effect::Details),
            // a new card is not passed over before its answer was seen
            Action::Next if self.phase == Phase::Shown && !self.sees_focus => self.gaze = Gaze::Matter,
            Action::Next if self.phase == Phase::Shown => {
                self.notice.clear();
                return Effect::Seen;
            }
            Action::Next => return Effect::Next,
            Action::Retry => {
                if let Phase::Unsaved(answer) = &self.phase {
                    return Effect::Save(answer.clone());
                }
            }
            Action::Show => {
                self.phase = Phase::Judged;
                self.notice.clear();
                self.gaze = Gaze::Matter;
            }
            Action::Hint => self.hint(),
            Action::DontKnow => return self.save(Grade::NOTHING),
            Action::Yes => return self.save_of(Marker::grade),
            Action::No => {
                self.phase = Phase::Asked;
                if let Some(verdict) = self.card.as_ref().map(|card| card.marker.refuse()) {
                    return self.judge(verdict);
                }
            }
            Action::Up | Action::Down if !matches!(self.place(), Place::Options(_)) => {
                self.scroll_by(if action == Action::Up { -1 } else { 1 });
            }
            Action::Up | Action::Down | Action::Pick | Action::Submit
                if !self.sees_focus && matches!(self.place(), Place::Options(_)) =>
            {
                self.gaze = Gaze::Matter;
            }
            Action::Up
            | Action::Down
            | Action::Pick
            | Action::Submit
            | Action::NextGap
            | Action::PreviousGap => {
                return self.react(|card| card.entry.act(action, &card.turn.question, &card.marker));
            }
        }
        Effect::None
    }

    /// Where the images are that are seen now.
    fn images(&self) -> Vec<String> {
        let Some(card) = &self.card else { return Vec::new() };
        let question = &card.turn.question;
        let is_seen = self.shown() != Shown::Question;
        let after = question.after.images.iter().filter(|_| is_seen);
        question.images.iter().chain(after).cloned().collect()
    }

    fn of_card(&self, effect: fn(CardId) -> Effect) -> Effect {
        self.card.as_ref().map_or(Effect::None, |card| effect(card.turn.card))
    }

    /// Whether an action would do something now.
    pub(super) fn can(&self, action: Action) -> bool {
        match action {
            help if help.is_help() && self.refuses_help().is_some() => false,
            Action::Hint => self.card.as_ref().is_some_and(|card| card.turn.question.hint.is_some()),
            Action::Undo => self.so_far.can_undo,
            Action::Image => !self.images().is_empty(),
            // of a card that was answered it is the repeat that is put off
            Action::Bury => !matches!(&self.phase, Phase::Marked(_, saved) if !saved.can_be_buried()),
            _ => true,
        }
    }

    fn hint(&mut self) {
        let Some(card) = &mut self.card else { return };
        if card.turn.question.hint.is_some() {
            card.marker.show_hint();
            card.is_hinted = true;
            self.gaze = Gaze::Hint;
            self.notice.clear();
        } else {
            "This card has no hint.".clone_into(&mut self.notice);
        }
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Effect {
        if self.is_small {
            return Effect::None;
        }
        match mouse.kind {
            MouseEventKind::ScrollUp => self.scroll_by(-3),
            MouseEventKind::ScrollDown => self.scroll_by(3),
            MouseEventKind::Down(MouseButton::Left)
                if matches!(self.place(), Place::Options(_) | Place::Gap | Place::Beside) =>
            {
                let at = ratatui::layout::Position::new(mouse.column, mouse.row);
                let hit = self.targets.iter().find(|(area, _)| area.contains(at)).map(|(_, target)| *target);
                if let Some(target) = hit {
                    self.is_beside = false;
                    return self.react(|card| card.entry.click(target, &card.turn.question, &card.marker));
                }
            }
            _ => {}
        }
        Effect::None
    }

    /// A paste is a text: it goes where one is expected, its line breaks as blanks.
    fn paste(&mut self, text: &str) {
        if self.is_small || !matches!(self.place(), Place::Text | Place::Gap) {
            return;
        }
        for c in text.chars().take(LONGEST_PASTE) {
            let c = if c.is_control() { ' ' } else { c };
            self.react(|card| card.entry.paste(c));
        }
    }

    fn page_height(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    fn scroll_by(&mut self, rows: isize) {
        self.scroll = self.scroll.saturating_add_signed(rows);
        self.gaze = Gaze::Still;
    }

    /// How much of the answer may be seen.
    pub(super) fn shown(&self) -> Shown {
        match self.phase {
            Phase::Unsaved(_) if self.is_test() => Shown::Question,
            Phase::Shown | Phase::Judged | Phase::Marked(..) | Phase::Unsaved(_) => Shown::Answer,
            Phase::Asked | Phase::Typo(_) | Phase::Over => Shown::Question,
        }
    }
}

/// As many characters of a paste are taken.
const LONGEST_PASTE: usize = 2000;
