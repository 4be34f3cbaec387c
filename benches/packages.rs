//! Packages of 100,000 notes, matura and a real Anki side by side: whole processes in turn, several rounds of one run.
//!
//! `cargo bench --bench packages`. `MATURA_ANKI_PYTHON` names a Python that has the `anki` wheel; without it,
//! `target/anki-venv` is taken, which `tests/run` sets up.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark may stop with what it saw"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const NOTES: usize = 100_000;
const ROUNDS: usize = 5;

fn main() {
    let place = tempfile::tempdir().unwrap();
    let place = place.path();
    std::fs::write(place.join("bank.csv"), bank()).unwrap();
    matura(place, "here.db", &["import", "bank.csv"]);
    matura(place, "here.db", &["export", "Bench", "--to", "apkg", "--output", "here.apkg"]);
    anki(place, &["in", "there.anki2", "here.apkg"]);
    anki(place, &["out", "there.anki2", "legacy.apkg", "legacy"]);
    anki(place, &["out", "there.anki2", "new.apkg", "new"]);

    std::fs::write(place.join("theirs.txt"), theirs()).unwrap();
    anki(place, &["text", "theirs.anki2", "theirs.txt"]);
    anki(place, &["out", "theirs.anki2", "basic.apkg", "legacy"]);

    let mut rows = [
        Row::new("package out", "Anki, old format"),
        Row::new("package out", "Anki, new format"),
        Row::new("package in, Anki's old format", "Anki"),
        Row::new("package in, Anki's new format", "Anki"),
        Row::new("package in, matura's", "Anki"),
        Row::new("package in, Anki's Basic notes", "Anki"),
    ];
    for round in 0..ROUNDS {
        let made = format!("made-{round}.apkg");
        rows[0].both(
            || matura(place, "here.db", &["export", "Bench", "--to", "apkg", "--output", &made]),
            || anki(place, &["out", "there.anki2", "a.apkg", "legacy"]),
        );
        rows[1].both(
            || {
                matura(
                    place,
                    "here.db",
                    &["export", "Bench", "--to", "apkg", "--output", &format!("again-{made}")],
                )
            },
            || anki(place, &["out", "there.anki2", "a.apkg", "new"]),
        );
        for (row, package) in rows[2..].iter_mut().zip(["legacy.apkg", "new.apkg", "here.apkg", "basic.apkg"])
        {
            let name = format!("{round}-{package}");
            row.both(
                || matura(place, &format!("{name}.db"), &["import", package, "--with-history"]),
                || anki(place, &["in", &format!("{name}.anki2"), package]),
            );
        }
    }
    println!(
        "{NOTES} notes, medians of {ROUNDS} rounds, seconds of whole processes; in parentheses Anki's work alone"
    );
    for row in &mut rows {
        row.print();
    }
}

/// One piece of work that both programs did, in seconds.
struct Row {
    work: &'static str,
    rival: &'static str,
    here: Vec<f64>,
    there: Vec<f64>,
    there_alone: Vec<f64>,
}

impl Row {
    fn new(work: &'static str, rival: &'static str) -> Self {
        Self { work, rival, here: Vec::new(), there: Vec::new(), there_alone: Vec::new() }
    }

    fn both(&mut self, here: impl FnOnce() -> f64, there: impl FnOnce() -> (f64, f64)) {
        self.here.push(here());
        let (whole, alone) = there();
        self.there.push(whole);
        self.there_alone.push(alone);
    }

    fn print(&mut self) {
        let (here, there, alone) =
            (median(&mut self.here), median(&mut self.there), median(&mut self.there_alone));
        println!(
            "{:<30} {here:.2}  {:<17} {there:.2} ({alone:.2})  ratio {:.2} ({:.2})",
            self.work,
            self.rival,
            here / there,
            here / alone
        );
    }
}

fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// Facts of about 250 bytes in 20 decks, with tags and an explanation.
fn bank() -> String {
    let mut bank = "id,deck,prompt,answer,explanation,tags\n".to_owned();
    for n in 0..NOTES {
        bank += &format!(
            "q{n},Bench::Deck {},Question {n}: which step of the pipeline notices that data has moved away?,\
             Answer {n}: the step that compares both distributions over a window of time,\
             It runs on a schedule and rings when the distance is larger than a bound,topic{}|monitoring\n",
            n % 20,
            n % 50
        );
    }
    bank
}

/// Notes that Anki had first, in its Basic, as a text file for it.
fn theirs() -> String {
    let mut text = "#separator:tab\n#html:true\n#notetype:Basic\n#deck:Theirs\n".to_owned();
    for n in 0..NOTES {
        text += &format!(
            "Question {n}: which step of the pipeline notices that data has moved away?\t\
             Answer {n}: the step that <b>compares</b> both distributions over a window of time\n"
        );
    }
    text
}

/// The seconds of a whole process.
fn matura(place: &Path, collection: &str, arguments: &[&str]) -> f64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matura"));
    command.current_dir(place).env("MATURA_COLLECTION", collection).args(arguments);
    timed(command).0
}

/// The seconds of a whole process, and of its work without the start of Python.
fn anki(place: &Path, arguments: &[&str]) -> (f64, f64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = std::env::var_os("MATURA_ANKI_PYTHON")
        .map_or_else(|| root.join("target/anki-venv/bin/python"), PathBuf::from);
    let mut command = Command::new(python);
    command.current_dir(place).arg(root.join("benches/packages.py")).args(arguments);
    let (whole, said) = timed(command);
    (whole, said.trim().parse().expect("Anki says its seconds"))
}

fn timed(mut command: Command) -> (f64, String) {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    assert!(output.status.success(), "{command:?}");
    (seconds, String::from_utf8_lossy(&output.stdout).into_owned())
}
