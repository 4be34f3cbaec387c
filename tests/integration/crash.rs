//! Whatever kills the program, at whatever moment: what it acknowledged is there, and what it had not finished is not.

use std::process::Stdio;
use std::time::Duration;

use crate::builder::{Matura, facts};
use crate::dialogue::{Dialogue, Prompt};
#[cfg(unix)]
use crate::pty::Pty;
use crate::whole::{Whole, backups_are_sound};

const SIGNALS: [&str; 3] = ["KILL", "TERM", "HUP"];

/// How often things are killed; by hand far more often than in every run of the tests.
fn kills(usually: usize) -> usize {
    std::env::var("MATURA_KILLS").map_or(usually, |kills| kills.parse::<usize>().unwrap() * usually / 240)
}

fn reviews(matura: &Matura) -> usize {
    usize::try_from(matura.check()["reviews"].as_u64().unwrap()).unwrap()
}

#[test]
fn a_review_that_is_killed_at_any_moment_loses_no_acknowledged_answer() {
    let rounds = kills(240);
    let matura = Matura::with_bank(&facts(rounds * 30));
    matura.json(&["config", "new_per_day", "1000000"]);
    let mut random = fastrand::Rng::with_seed(7);
    let mut written = 0;
    for round in 0..rounds {
        let mut review = Dialogue::start(&matura, &[]);
        let mut prompt = review.listen().0;
        let mut acknowledged = written;
        // answers that are sent ahead, so that the signal meets the program at work
        let ahead = random.usize(0..20);
        for _ in 0..random.usize(0..6) {
            assert_eq!(prompt, Prompt::Reveal);
            review.ask("");
            let (next, said) = review.ask("4");
            acknowledged += said.saved();
            prompt = next;
        }
        review.say(&"\n4\n".repeat(ahead));
        if round % 2 == 0 {
            std::thread::sleep(Duration::from_micros(random.u64(0..8000)));
        }
        review.end_by(SIGNALS[round % SIGNALS.len()]);
        let reviews = reviews(&matura);
        assert!((acknowledged..=acknowledged + ahead).contains(&reviews), "{reviews} of {acknowledged}");
        written = reviews;
    }
    assert!(written > rounds * 2, "{written}");
}

#[cfg(unix)]
#[test]
fn a_full_screen_that_is_killed_at_any_moment_loses_no_acknowledged_answer() {
    let rounds = kills(24);
    let matura = Matura::with_bank(&facts(rounds * 30));
    matura.json(&["config", "new_per_day", "1000000"]);
    let mut random = fastrand::Rng::with_seed(8);
    let mut written = 0;
    for round in 0..rounds {
        let Some(mut pty) = Pty::review(&matura) else { return };
        pty.sees(&format!("question {}", written + 1));
        let mut acknowledged = written;
        for _ in 0..random.usize(0..4) {
            acknowledged += 1;
            pty.press(" 3").sees(&format!("question {}", acknowledged + 1));
        }
        let ahead = random.usize(0..10);
        pty.press(&" 3".repeat(ahead));
        std::thread::sleep(Duration::from_micros(random.u64(0..20_000)));
        pty.signal(SIGNALS[round % SIGNALS.len()]);
        pty.sees("status ");
        let reviews = reviews(&matura);
        assert!((acknowledged..=acknowledged + ahead).contains(&reviews), "{reviews} of {acknowledged}");
        written = reviews;
    }
}

/// Runs a command many times and kills it at moments from its beginning to its end: after each the collection is as it was
/// before or as the command leaves it.
fn whole_or_not_at_all(matura: &Matura, args: &[&str], rounds: usize) {
    let whole = Whole::of(matura, args, "");
    let mut random = fastrand::Rng::with_seed(9);
    let mut unfinished = 0;
    for _ in 0..rounds {
        whole.begin_again();
        let mut command = matura.command(args);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.took.mul_f64(random.f64() * 1.2));
        child.kill().unwrap();
        child.wait().unwrap();
        unfinished += usize::from(whole.is_undone());
        // the next start works
        assert_eq!(whole.run().status, 0, "{args:?}");
    }
    assert!(unfinished > 0 || !whole.changes(), "{args:?}: it was never killed in time");
    backups_are_sound(matura);
}

pub(crate) fn bank(from: usize, to: usize, answer: &str) -> String {
    let rows = (from..to).map(|n| format!("q{n},question {n},{answer} {n},Deck {}\n", n % 7));
    std::iter::once("id,prompt,answer,deck\n".to_owned()).chain(rows).collect()
}

#[test]
fn an_import_that_is_killed_is_whole_or_not_at_all() {
    let matura = Matura::with_bank(&bank(0, 400, "one"));
    matura.json(&["answer", "1", "--grade", "4"]);
    let other = matura.file("bank.csv", bank(200, 1200, "two"));
    whole_or_not_at_all(&matura, &["import", other.to_str().unwrap(), "--prune"], kills(12));
}

#[test]
fn a_first_import_that_is_killed_is_whole_or_not_at_all() {
    let matura = Matura::new();
    matura.json(&["config", "new_per_day", "9"]);
    let file = matura.file("bank.csv", bank(0, 4000, "one"));
    whole_or_not_at_all(&matura, &["import", file.to_str().unwrap()], kills(12));
}

#[test]
fn a_merge_and_a_sync_that_are_killed_are_whole_or_not_at_all() {
    let matura = Matura::with_bank(&bank(0, 300, "one"));
    let mut other = Matura::with_bank(&bank(100, 900, "one"));
    other.now("2026-11-24T09:00:00Z").json(&["answer", "5", "--grade", "4"]);
    other.json(&["tag", "--add", "new", "--query", "*"]);
    let file = other.collection();
    whole_or_not_at_all(&matura, &["merge", file.to_str().unwrap()], kills(12));
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().to_str().unwrap();
    other.json(&["sync", folder]);
    whole_or_not_at_all(&matura, &["sync", folder], kills(12));
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("matura-") {
            assert_eq!(matura.json(&["check", "--collection", path.to_str().unwrap()])["ok"], true);
        }
    }
}

#[test]
fn a_restore_an_undo_and_a_backup_that_are_killed_are_whole_or_not_at_all() {
    let matura = Matura::with_bank(&bank(0, 900, "one"));
    let old = matura.path("old.db");
    matura.json(&["backup", old.to_str().unwrap()]);
    matura.json(&["import", matura.file("bank.csv", bank(0, 900, "two")).to_str().unwrap()]);
    whole_or_not_at_all(&matura, &["backup"], kills(6));
    whole_or_not_at_all(&matura, &["undo"], kills(12));
    whole_or_not_at_all(&matura, &["restore", old.to_str().unwrap()], kills(12));
}

#[test]
fn a_log_of_writes_that_is_cut_or_changed_anywhere_opens_to_what_was_written_up_to_there() {
    let rounds = kills(60);
    let matura = Matura::with_bank(&facts(60));
    matura.json(&["config", "new_per_day", "100"]);
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    for _ in 0..40 {
        review.ask("");
        review.ask("4");
    }
    review.kill();
    let (file, wal) = (matura.collection(), matura.path("collection.db-wal"));
    let (original, written) = (std::fs::read(&file).unwrap(), std::fs::read(&wal).unwrap());
    assert!(written.len() > 100_000, "{}", written.len());
    let mut random = fastrand::Rng::with_seed(10);
    let mut seen = Vec::new();
    for round in 0..rounds {
        let mut bytes = written.clone();
        let at = random.usize(0..bytes.len());
        match round % 3 {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << random.u8(0..8),
            _ => bytes[at..].fill(0),
        }
        drop(std::fs::remove_file(matura.path("collection.db-shm")));
        std::fs::write(&file, &original).unwrap();
        std::fs::write(&wal, &bytes).unwrap();
        let count = reviews(&matura);
        // the first so many answers, and none behind a gap
        let cards = matura.cards();
        assert!(cards.iter().take(count).all(|card| card["repetitions"] == 1), "{count}");
        assert!(cards.iter().skip(count).all(|card| card["repetitions"] == 0), "{count}");
        seen.push(count);
    }
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 10 && seen.last() <= Some(&40), "{seen:?}");
}
