//! The parts of daily work, without the start of a process, at 10,000 and 100,000 cards. `cargo bench --bench parts`; compare figures of
//! one run only. Whole processes beside those of other programs: `benches/run`.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark may stop with what it saw"
)]

use divan::Bencher;
use matura::collection::{BankFile, Banks, Export, Format, ImportOptions, Notetypes};
use matura::{Collection, Session as _, SystemClock};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [10_000, 100_000];

/// Facts of about 250 bytes in seven decks.
fn bank(rows: usize) -> Banks {
    let mut bank = "id,deck,prompt,answer,tags\n".to_owned();
    for n in 0..rows {
        let prompt =
            format!("Question {n}: which step of the pipeline notices that production data has moved away?");
        let answer =
            format!("Answer {n}: the monitoring step that compares both distributions over a window of time");
        bank += &format!("q{n},Bench::Deck {},{prompt},{answer},drift monitoring\n", n % 7);
    }
    read("bank.csv", bank)
}

/// A table of another system: six columns with letters as keys.
fn foreign_table(rows: usize) -> Banks {
    let mut bank = "Question,Option A,Option B,Option C,Option D,Answer,Explanation\n".to_owned();
    for (n, key) in (0..rows).zip("ABCD".chars().cycle()) {
        bank += &format!(
            "Question {n}: which of these notices drift?,monitoring {n},serving,training,lineage,{key},because {n}\n"
        );
    }
    read("table.csv", bank)
}

fn read(name: &str, bank: String) -> Banks {
    let file = BankFile { name: name.to_owned(), bytes: bank.into_bytes() };
    Banks::read(vec![file], &ImportOptions::default()).unwrap()
}

/// A collection with nothing in it, and the folder that goes with it.
fn empty() -> (Collection, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let collection = Collection::open(&folder.path().join("collection.db"), Box::new(SystemClock)).unwrap();
    (collection, folder)
}

fn filled(rows: usize) -> (Collection, TempDir) {
    let (mut collection, folder) = empty();
    collection.import(bank(rows)).unwrap();
    (collection, folder)
}

#[divan::bench(args = SIZES)]
fn open(bencher: Bencher<'_, '_>, cards: usize) {
    let (collection, folder) = filled(cards);
    drop(collection);
    let path = folder.path().join("collection.db");
    bencher.bench_local(|| Collection::open(&path, Box::new(SystemClock)).unwrap());
}

#[divan::bench(args = SIZES)]
fn today(bencher: Bencher<'_, '_>, cards: usize) {
    let (mut collection, _folder) = filled(cards);
    bencher.bench_local(|| collection.today().unwrap());
}

#[divan::bench(args = SIZES)]
fn first_card(bencher: Bencher<'_, '_>, cards: usize) {
    let (mut collection, _folder) = filled(cards);
    bencher.bench_local(|| collection.review(None).unwrap().next().unwrap());
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn search_for_a_word(bencher: Bencher<'_, '_>, notes: usize) {
    let (mut collection, _folder) = filled(notes);
    let query = matura::query::parse("quokka").unwrap();
    bencher.bench_local(|| collection.list(&query).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>, rows: usize) {
    bencher.with_inputs(|| (empty(), bank(rows))).bench_local_values(|((mut collection, folder), bank)| {
        collection.import(bank).unwrap();
        (collection, folder)
    });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn import_a_foreign_table(bencher: Bencher<'_, '_>, rows: usize) {
    bencher.with_inputs(|| (empty(), foreign_table(rows))).bench_local_values(
        |((mut collection, folder), bank)| {
            collection.import(bank).unwrap();
            (collection, folder)
        },
    );
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn import_again(bencher: Bencher<'_, '_>, rows: usize) {
    let (mut collection, _folder) = filled(rows);
    bencher.with_inputs(|| bank(rows)).bench_local_values(|bank| collection.import(bank).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn export_to_anki(bencher: Bencher<'_, '_>, notes: usize) {
    let (mut collection, _folder) = filled(notes);
    let format = Format::Anki(Notetypes::in_language("en").unwrap());
    bencher.bench_local(|| -> Export { collection.export(None, &format, None).unwrap() });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, cards: usize) {
    let (mut collection, _folder) = filled(cards);
    bencher.bench_local(|| collection.check().unwrap());
}
