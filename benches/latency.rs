//! From the key of a grade to the next card drawn, in a collection that is there: `latency COLLECTION` gives 1,000 answers and prints
//! what the median and the slowest of a hundred took, in seconds, as JSON. Where the disk is memory there is nothing to wait for.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may stop with what it saw"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use matura::screen::full::{self, Host};
use matura::{Collection, SystemClock};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

const ANSWERS: usize = 1000;

fn main() {
    // `cargo bench` says --bench, and `cargo bench` without a collection means the others
    let Some(path) = std::env::args().skip(1).find(|argument| argument != "--bench") else { return };
    let mut collection = Collection::open(Path::new(&path), Box::new(SystemClock)).unwrap();
    let mut review = collection.review(None).unwrap();
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut learner = Learner { keys: 0, pressed: None, took: Vec::new() };
    full::run(&mut terminal, &mut learner, &mut review).unwrap();
    let mut took = learner.took;
    took.sort_unstable();
    assert_eq!(took.len(), ANSWERS, "the collection has fewer cards that are due");
    let seconds = |place: usize| took[place].as_secs_f64();
    println!("{}", serde_json::json!({ "median": seconds(ANSWERS / 2), "p99": seconds(ANSWERS * 99 / 100) }));
}

/// A learner who finds every card good, as fast as the screen allows.
struct Learner {
    keys: usize,
    pressed: Option<Instant>,
    /// From each grade to the next card on the screen.
    took: Vec<Duration>,
}

impl Host for Learner {
    fn open(&mut self, _: &std::ffi::OsStr) -> matura::Result<()> {
        Ok(())
    }

    fn edit(&mut self, text: &str) -> matura::Result<String> {
        Ok(text.to_owned())
    }

    fn wait(&mut self, _: Duration) -> matura::Result<Option<Event>> {
        self.took.extend(self.pressed.take().map(|pressed| pressed.elapsed()));
        self.keys += 1;
        let key = if self.keys > 2 * ANSWERS {
            KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)
        } else if self.keys.is_multiple_of(2) {
            self.pressed = Some(Instant::now());
            KeyEvent::new(KeyCode::Char('3'), KeyModifiers::NONE)
        } else {
            KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE)
        };
        Ok(Some(Event::Key(key)))
    }

    fn signal(&self) -> Option<i32> {
        None
    }

    fn is_to_stop(&self) -> bool {
        false
    }

    fn stop(&mut self) -> matura::Result<()> {
        Ok(())
    }
}
