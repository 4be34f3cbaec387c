//! The daily commands as whole processes, at 10,000 and 100,000 cards. `cargo bench`; compare figures of one run only.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a benchmark may stop with what it saw"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use divan::Bencher;
use matura::screen::full::{self, Host};
use matura::{Collection, SystemClock};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [10_000, 100_000];

struct Prepared {
    folder: TempDir,
}

impl Prepared {
    /// A folder with a bank of facts, about 250 bytes each.
    fn bank(rows: usize) -> Self {
        Self::bank_in(&std::env::temp_dir(), rows)
    }

    fn bank_in(place: &Path, rows: usize) -> Self {
        let folder = tempfile::tempdir_in(place).unwrap();
        let mut bank = "id,deck,prompt,answer,tags\n".to_owned();
        for n in 0..rows {
            let prompt = format!(
                "Question {n}: which step of the pipeline notices that production data has moved away?"
            );
            let answer = format!(
                "Answer {n}: the monitoring step that compares both distributions over a window of time"
            );
            bank += &format!("q{n},Bench::Deck {},{prompt},{answer},drift monitoring\n", n % 7);
        }
        std::fs::write(folder.path().join("bank.csv"), bank).unwrap();
        Self { folder }
    }

    /// The same, imported.
    fn collection(rows: usize) -> Self {
        let prepared = Self::bank(rows);
        prepared.run(&["import", "bank.csv"]);
        prepared
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("collection.db")
    }

    fn run(&self, args: &[&str]) {
        let status = Command::new(env!("CARGO_BIN_EXE_matura"))
            .args(args)
            .current_dir(self.folder.path())
            .env("MATURA_COLLECTION", self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{args:?}");
    }
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn today(bencher: Bencher<'_, '_>, cards: usize) {
    let prepared = Prepared::collection(cards);
    bencher.bench(|| prepared.run(&[]));
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn review_until_the_first_card(bencher: Bencher<'_, '_>, cards: usize) {
    let prepared = Prepared::collection(cards);
    bencher.bench(|| prepared.run(&["review"]));
}

#[divan::bench(args = SIZES, sample_count = 30)]
fn answer(bencher: Bencher<'_, '_>, cards: usize) {
    let prepared = Prepared::collection(cards);
    bencher.bench(|| prepared.run(&["answer", "1", "--grade", "4"]));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>, rows: usize) {
    bencher.with_inputs(|| Prepared::bank(rows)).bench_values(|prepared| {
        prepared.run(&["import", "bank.csv"]);
        prepared
    });
}

/// The floor: the same file into a bare table, by SQLite's own shell if it is there.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1, ignore = !has_sqlite())]
fn import_into_a_bare_table_by_sqlite3(bencher: Bencher<'_, '_>, rows: usize) {
    let prepared = Prepared::bank(rows);
    let database = prepared.folder.path().join("bare.db");
    bencher.with_inputs(|| drop(std::fs::remove_file(&database))).bench_values(|()| {
        let script = ".mode csv\n.import bank.csv bank\n";
        let mut shell = Command::new("sqlite3")
            .arg(&database)
            .current_dir(prepared.folder.path())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        assert!(shell.wait().unwrap().success());
    });
}

fn has_sqlite() -> bool {
    Command::new("sqlite3").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// A table of another system: six columns with letters as keys.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn import_a_foreign_table(bencher: Bencher<'_, '_>, rows: usize) {
    let prepare = || {
        let folder = tempfile::tempdir().unwrap();
        let mut bank = "Question,Option A,Option B,Option C,Option D,Answer,Explanation\n".to_owned();
        for n in 0..rows {
            let key = ["A", "B", "C", "D"][n % 4];
            bank += &format!(
                "Question {n}: which of these notices drift?,monitoring {n},serving,training,lineage,{key},because {n}\n"
            );
        }
        std::fs::write(folder.path().join("bank.csv"), bank).unwrap();
        Prepared { folder }
    };
    bencher.with_inputs(prepare).bench_values(|prepared| {
        prepared.run(&["import", "bank.csv"]);
        prepared
    });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn import_again(bencher: Bencher<'_, '_>, rows: usize) {
    let prepared = Prepared::collection(rows);
    bencher.bench(|| prepared.run(&["import", "bank.csv"]));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn export_to_anki(bencher: Bencher<'_, '_>, notes: usize) {
    let prepared = Prepared::collection(notes);
    bencher.bench(|| prepared.run(&["export", "--to", "anki", "-o", "anki.csv"]));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, cards: usize) {
    let prepared = Prepared::collection(cards);
    bencher.bench(|| prepared.run(&["check"]));
}

/// A learner who finds every card good, as fast as the screen allows.
struct Learner {
    keys: usize,
    pressed: Option<Instant>,
    /// From each grade to the next card on the screen.
    took: Vec<Duration>,
}

const ANSWERS: usize = 1000;

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

/// From the key of a grade to the next card drawn, with the answer on the disk; in memory the same without waiting for
/// the disk. The time of the whole is that of 1,000 answers; a line above it has the median and the 99th percentile.
#[divan::bench(args = ["disk", "memory"], sample_count = 1, sample_size = 1)]
fn grade_until_the_next_card(bencher: Bencher<'_, '_>, place: &str) {
    let memory = Path::new("/dev/shm");
    if place == "memory" && !memory.is_dir() {
        return;
    }
    let place = if place == "memory" { memory.to_path_buf() } else { std::env::temp_dir() };
    let prepared = Prepared::bank_in(&place, 100_000);
    prepared.run(&["import", "bank.csv"]);
    prepared.run(&["config", "new_per_day", "9999"]);
    bencher.bench_local(|| {
        let mut collection = Collection::open(&prepared.path(), Box::new(SystemClock)).unwrap();
        let mut review = collection.review(None).unwrap();
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut learner = Learner { keys: 0, pressed: None, took: Vec::new() };
        full::run(&mut terminal, &mut learner, &mut review).unwrap();
        let mut took = learner.took;
        took.sort_unstable();
        assert_eq!(took.len(), ANSWERS);
        let (median, late) = (took[ANSWERS / 2], took[ANSWERS * 99 / 100]);
        eprintln!("{}: median {median:?}, 99th percentile {late:?}", place.display());
    });
}
