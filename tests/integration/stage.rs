//! The real loop of the full screen over a real collection, on a screen in memory, with keys out of a script.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use matura::model::{DayStart, Moment};
use matura::screen::full::{self, Ending, Host};
use matura::{Clock, Collection, FixedClock, Session};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Size};

use crate::builder::Matura;

/// What a learner does.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A key.
    Key(KeyEvent),
    /// The letter under which the option with this text is shown, unless it is picked already.
    Pick(String),
    Paste(String),
    /// The terminal gets another size.
    Size(u16, u16),
    /// The screen is kept under this name, at every size.
    Shot(String),
    /// A signal asks the program to end.
    Signal(i32),
    /// Another program asks this one to stop for a while.
    Stop,
    /// In the editor that the last key opened, the first text becomes the second.
    Edit(String, String),
    /// No key is pressed, and so many milliseconds pass.
    Pass(Time, i64),
}

/// A clock that a script moves.
#[derive(Debug, Clone)]
pub(crate) struct Time(Arc<AtomicI64>);

impl Time {
    /// A clock that begins as the program's.
    pub(crate) fn of(matura: &Matura) -> Self {
        let now: DateTime<Utc> = matura.time().parse().unwrap();
        Self(Arc::new(AtomicI64::new(now.timestamp_millis())))
    }

    pub(crate) fn pass(&self, ms: i64) -> Vec<Step> {
        vec![Step::Pass(self.clone(), ms)]
    }
}

impl Clock for Time {
    fn moment(&self, start: DayStart) -> Moment {
        FixedClock(DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).unwrap()).moment(start)
    }
}

/// The sizes at which screens are kept.
const SIZES: [(u16, u16); 3] = [(80, 24), (40, 10), (20, 6)];

/// Keys: names such as `Enter`, `Esc`, `C-c` and `A-u`, or else letters one by one.
pub(crate) fn keys(keys: &str) -> Vec<Step> {
    keys.split_whitespace()
        .flat_map(|word| named(word).map_or_else(|| typed(word), |key| vec![key]))
        .collect()
}

/// A text letter by letter.
pub(crate) fn typed(text: &str) -> Vec<Step> {
    text.chars().map(|c| key(KeyCode::Char(c), KeyModifiers::NONE)).collect()
}

pub(crate) fn pick(option: &str) -> Vec<Step> {
    vec![Step::Pick(option.into())]
}

pub(crate) fn shot(name: &str) -> Vec<Step> {
    vec![Step::Shot(name.into())]
}

pub(crate) fn edit(from: &str, to: &str) -> Vec<Step> {
    vec![Step::Edit(from.into(), to.into())]
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Step {
    Step::Key(KeyEvent::new(code, modifiers))
}

fn named(name: &str) -> Option<Step> {
    let code = match name {
        "Space" => KeyCode::Char(' '),
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "F1" => KeyCode::F(1),
        _ => {
            let (modifiers, letter) = name.split_once('-')?;
            let modifiers = match modifiers {
                "C" => KeyModifiers::CONTROL,
                "A" => KeyModifiers::ALT,
                _ => return None,
            };
            return Some(key(KeyCode::Char(letter.chars().next()?), modifiers));
        }
    };
    Some(key(code, KeyModifiers::NONE))
}

/// A screen in memory that the script looks at while the loop draws on it.
#[derive(Debug, Clone)]
struct Glass(Rc<RefCell<TestBackend>>);

impl Backend for Glass {
    type Error = Infallible;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Infallible> {
        self.0.borrow_mut().draw(content)
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.0.borrow_mut().get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.0.borrow_mut().set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.0.borrow_mut().clear()
    }

    fn clear_region(&mut self, kind: ClearType) -> Result<(), Infallible> {
        self.0.borrow_mut().clear_region(kind)
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.0.borrow().size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.0.borrow_mut().window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Glass {
    /// The rows as they are seen, without blanks at their ends.
    fn rows(&self) -> Vec<String> {
        let backend = self.0.borrow();
        let buffer = backend.buffer();
        let mut rows = Vec::new();
        for y in 0..buffer.area.height {
            let (mut row, mut skip) = (String::new(), 0);
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                assert!(!symbol.chars().any(drives_a_terminal), "{symbol:?} at {x}, {y}");
                if skip == 0 {
                    row.push_str(symbol);
                    skip = unicode_width::UnicodeWidthStr::width(symbol).max(1);
                }
                skip -= 1;
            }
            rows.push(row.replace('\u{a0}', " ").trim_end().to_owned());
        }
        rows
    }
}

pub(crate) fn drives_a_terminal(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The hand that presses the keys.
struct Hand {
    glass: Glass,
    steps: VecDeque<Step>,
    signal: Option<i32>,
    stops: bool,
    /// The addresses that were opened.
    opened: Vec<String>,
    /// How often the program was stopped and went on.
    stopped: u32,
    shots: Vec<(String, String)>,
    shooting: Option<Shooting>,
}

/// A shot that is being taken.
struct Shooting {
    name: String,
    /// What is seen so far.
    seen: String,
    /// The sizes to come.
    sizes: VecDeque<(u16, u16)>,
}

impl Hand {
    fn resize(&self, (width, height): (u16, u16)) -> Event {
        self.glass.0.borrow_mut().resize(width, height);
        Event::Resize(width, height)
    }

    /// Keeps the screen at its size and takes the next.
    fn shoot(&mut self) -> Option<Event> {
        let Shooting { name, mut seen, mut sizes } = self.shooting.take()?;
        let size = self.glass.size().unwrap();
        let rows: String = self.glass.rows().iter().map(|row| format!("|{row}\n")).collect();
        seen += &format!("{}x{}\n{rows}\n", size.width, size.height);
        if let Some(next) = sizes.pop_front() {
            self.shooting = Some(Shooting { name, seen, sizes });
            return Some(self.resize(next));
        }
        self.shots.push((name, seen));
        Some(self.resize(SIZES[0]))
    }

    /// The key that picks an option; none if it is picked already.
    fn pressed(&self, option: &str) -> Option<Event> {
        let rows = self.glass.rows();
        let row = rows.iter().find_map(|row| row.split_once(") ").filter(|(_, text)| *text == option));
        let (before, _) = row.unwrap_or_else(|| panic!("there is no option {option}: {rows:#?}"));
        let letter = before.chars().last().filter(|_| !before.contains("[x]"));
        letter.map(|letter| Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)))
    }
}

impl Host for Hand {
    fn wait(&mut self, _: Duration) -> matura::Result<Option<Event>> {
        if let Some(event) = self.shoot() {
            return Ok(Some(event));
        }
        // without more to do the learner leaves
        let leave = Step::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
        Ok(match self.steps.pop_front().unwrap_or(leave) {
            Step::Key(key) => Some(Event::Key(key)),
            Step::Pick(option) => self.pressed(&option),
            Step::Paste(text) => Some(Event::Paste(text)),
            Step::Size(width, height) => Some(self.resize((width, height))),
            Step::Shot(name) => {
                let sizes = SIZES[1..].iter().copied().collect();
                self.shooting = Some(Shooting { name, seen: String::new(), sizes });
                return Ok(self.shoot());
            }
            Step::Signal(signal) => {
                self.signal = Some(signal);
                None
            }
            Step::Edit(..) => panic!("the editor is not open"),
            Step::Stop => {
                self.stops = true;
                None
            }
            Step::Pass(time, ms) => {
                time.0.fetch_add(ms, Ordering::Relaxed);
                None
            }
        })
    }

    fn signal(&self) -> Option<i32> {
        self.signal
    }

    fn is_to_stop(&self) -> bool {
        self.stops
    }

    fn edit(&mut self, text: &str) -> matura::Result<String> {
        // an editor writes over the screen
        self.glass.0.borrow_mut().clear().unwrap();
        let Some(Step::Edit(from, to)) = self.steps.pop_front() else { panic!("no edit is scripted") };
        assert!(text.contains(&from), "{text}");
        Ok(text.replacen(&from, &to, 1))
    }

    fn open(&mut self, place: &std::ffi::OsStr) -> matura::Result<()> {
        self.opened.push(place.to_str().unwrap().to_owned());
        Ok(())
    }

    fn stop(&mut self) -> matura::Result<()> {
        self.stops = false;
        self.stopped += 1;
        // whoever came meanwhile wrote over the screen
        self.glass.0.borrow_mut().clear().unwrap();
        Ok(())
    }
}

/// What a run of the loop left.
pub(crate) struct Played {
    pub(crate) ending: Ending,
    pub(crate) shots: Vec<(String, String)>,
    pub(crate) stopped: u32,
    /// The addresses that were opened.
    pub(crate) opened: Vec<String>,
    /// The last screen.
    pub(crate) screen: String,
}

impl Played {
    /// The screen that was kept under this name, at 80 by 24.
    pub(crate) fn shot(&self, name: &str) -> &str {
        let (_, seen) = self.shots.iter().find(|(shot, _)| shot == name).unwrap();
        seen.split("\n\n").next().unwrap()
    }
}

/// Runs the loop over a session.
pub(crate) fn play_session(session: &mut dyn Session, steps: &[Vec<Step>]) -> Played {
    let glass = Glass(Rc::new(RefCell::new(TestBackend::new(80, 24))));
    let mut terminal = Terminal::new(glass.clone()).unwrap();
    let mut hand = Hand {
        glass: glass.clone(),
        steps: steps.concat().into(),
        signal: None,
        stops: false,
        opened: Vec::new(),
        stopped: 0,
        shots: Vec::new(),
        shooting: None,
    };
    let ending = full::run(&mut terminal, &mut hand, session).unwrap();
    Played {
        ending,
        shots: hand.shots,
        stopped: hand.stopped,
        opened: hand.opened,
        screen: glass.rows().join("\n"),
    }
}

/// The collection of a test, opened here, under the clock that the program is given too.
pub(crate) fn open(matura: &Matura) -> Collection {
    let now: DateTime<Utc> = matura.time().parse().unwrap();
    Collection::open(&matura.collection(), Box::new(FixedClock(now))).unwrap()
}

/// Runs the loop over the review of a collection.
pub(crate) fn play(matura: &Matura, steps: &[Vec<Step>]) -> Played {
    let mut collection = open(matura);
    let mut review = collection.review(None).unwrap();
    play_session(&mut review, steps)
}
