//! What a learner sees of the learning, held against figures that are made slowly and plainly.

mod life;
mod page;
mod slow;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use fastrand::Rng;
use serde_json::Value;

use unicode_width::UnicodeWidthStr as _;

use crate::builder::Matura;
use crate::pty::{Pty, Start};
use life::{Life, ZONE};
use slow::Slow;

fn bank() -> String {
    let mut bank = "id,deck,kind,prompt,answer,options,reverse,typed,difficulty,level,tags\n".to_owned();
    for n in 0..14 {
        let deck = if n % 2 == 0 { "Even" } else { "Odd::Below" };
        let (difficulty, level) = (["easy", "medium", "hard", ""][n % 4], ["0", "1", "2", ""][n % 4]);
        let tags = ["", "ops", "ops data::drift", "monitoring"][n % 4];
        let traits = format!("{difficulty},{level},{tags}");
        bank += &format!("f{n},{deck},fact,fact {n},back {n},,yes,,{traits}\n");
        bank += &format!("t{n},{deck},fact,typed {n},exact {n},,,yes,{traits}\n");
        bank += &format!("m{n},{deck},choice,choice {n},A,right|drift|a model|wrong,,,{traits}\n");
        bank += &format!("c{n},{deck},cloze,{{{{c1::one}}}} and {{{{c2::two}}}} {n},,,,,{traits}\n");
    }
    bank
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A learner from one day to another, with a second device after a while, that is merged at the end.
fn lived(seed: u64, from: &str, days: u64) -> Matura {
    let mut matura = Matura::new();
    matura.zone(Some(ZONE.name()));
    matura.now(&format!("{from}T09:00:00Z"));
    matura.import(&bank());
    matura.json(&["config", "new_per_day", "7"]);
    let mut life = Life { random: Rng::with_seed(seed) };
    let here = matura.collection();
    let there = matura.path("other.db");
    for day in 0..days {
        let today = date(from) + chrono::Days::new(day);
        if day == days / 3 {
            matura.now(&format!("{today}T02:00:00Z"));
            matura.json(&["backup", there.to_str().unwrap()]);
        }
        life.day(&here, today);
        if there.exists() {
            life.day(&there, today);
        }
    }
    matura.now(&format!("{}T12:00:00Z", date(from) + chrono::Days::new(days - 1)));
    let merged = matura.json(&["merge", there.to_str().unwrap()]);
    assert!(merged["reviews"].as_u64() > Some(0), "{merged}");
    matura
}

/// The names of groups in their order, and the groups in the order of names.
fn by_name(groups: &Value) -> Value {
    let mut groups = groups.as_array().unwrap().clone();
    groups.sort_by_key(|group| group["name"].as_str().map(str::to_owned));
    groups.into()
}

/// How often each sort of answer stands among those shown.
fn sorts(stats: &Value) -> Vec<u64> {
    let of = |sort: &str| {
        let days = stats["answers"].as_array().unwrap().iter();
        days.map(|day| day[sort].as_u64().unwrap()).sum()
    };
    ["new", "young", "mature", "repeats", "practice", "tests"].map(of).to_vec()
}

fn hold(matura: &Matura, today: &str, deck: &str, days: i64) {
    let (name, days_text) = (deck.to_owned(), days.to_string());
    let mut args = vec!["stats", "--days", &days_text];
    args.extend((!deck.is_empty()).then_some(name.as_str()));
    let stats = matura.json(&args);
    let slow = Slow::of(&matura.collection(), date(today), days, deck, ZONE);
    // limits hold for the whole collection
    let (new, due) = Slow::of(&matura.collection(), date(today), 1, "", ZONE).used();
    let new = (7_usize.saturating_sub(new), 7);
    for (field, expected) in [
        ("study_day", today.into()),
        ("today", slow.today()),
        ("today_retention", slow.today_retention()),
        ("answers", slow.answers()),
        ("calendar", slow.calendar()),
        ("streak", slow.streak()),
        ("retention", slow.retention()),
        ("buttons", slow.buttons()),
        ("hours", slow.hours()),
        ("states", slow.states()),
        ("intervals", slow.intervals()),
        ("eases", slow.eases()),
        ("forecast", slow.forecast(new)),
    ] {
        assert_eq!(stats[field], expected, "{field} of {deck:?} on {today}");
    }
    for group in ["difficulty", "level", "kind", "tag"] {
        assert_eq!(by_name(&stats[group]), by_name(&slow.groups(group)), "{group} of {deck:?} on {today}");
    }
    let hardest = stats["hardest"].as_array().unwrap().iter();
    let hardest: Value = hardest
        .map(|card| serde_json::json!({ "card": card["card"], "retention": card["retention"] }))
        .collect();
    assert_eq!(hardest, slow.hardest(), "hardest of {deck:?} on {today}");
    let (cards, done, minutes) = slow.backlog(new, (200 - due, 200));
    let backlog = &stats["backlog"];
    assert_eq!((&backlog["cards"], &backlog["days"]), (&cards.into(), &done.into()), "{deck:?} on {today}");
    match (backlog["minutes"].as_f64(), minutes) {
        (Some(one), Some(other)) => assert!((one - other).abs() < 1e-6, "{one} {other}"),
        (one, other) => assert_eq!((one, other), (None, None)),
    }
    assert!(slow.decks().len() > 1 || !deck.is_empty());
}

#[test]
fn every_figure_is_what_a_slow_and_plain_reckoning_over_the_same_log_comes_to() {
    let rounds = std::env::var("PROPTEST_CASES").map_or(2, |cases| cases.parse::<u64>().unwrap() / 100);
    // the clocks go forward on 29 March 2026 and back on 25 October
    for (seed, from) in (0..rounds).flat_map(|seed| [(seed, "2026-03-12"), (seed + 100, "2026-10-05")]) {
        let mut matura = lived(seed, from, 30);
        let last = date(from) + chrono::Days::new(29);
        let mut days = BTreeSet::new();
        // before and after the day begins, in the middle of it, and when some time went by
        for (offset, time) in
            [(0, "03:59:59"), (0, "04:00:00"), (0, "23:59:59"), (1, "00:30:00"), (9, "12:00:00")]
        {
            let day = last + chrono::Days::new(offset);
            let local = format!("{day}T{time}").parse::<chrono::NaiveDateTime>().unwrap();
            let now = local.and_local_timezone(ZONE).unwrap();
            matura.now(&now.to_rfc3339());
            let begun = local - chrono::Duration::hours(4);
            days.insert(begun.date());
            for (deck, shown) in [("", 30), ("Odd", 7), ("", 1)] {
                hold(&matura, &begun.date().to_string(), deck, shown);
            }
        }
        assert_eq!(days.len(), 3);
        let many = sorts(&matura.json(&["stats", "--days", "60"]));
        assert!(
            many.iter().all(|count| *count > 2),
            "a life without one of the sorts of answers shows nothing: {many:?}"
        );
        matura.check();
    }
}

/// What is drawn on a terminal of so many columns.
fn drawn(matura: &Matura, columns: u16) -> Option<Vec<String>> {
    let command = format!("{} stats --days 60", env!("CARGO_BIN_EXE_matura"));
    let mut pty = Pty::start(matura, &Start { command: &command, size: (columns, 400), ..Start::default() })?;
    let sent = String::from_utf8(pty.ends(0)).unwrap();
    Some(sent.lines().map(str::to_owned).take_while(|line| !line.starts_with("status ")).collect())
}

const PARTS: [&str; 18] = [
    "Today",
    "Days of study",
    "Remembered by week, young cards",
    "Remembered by week, mature cards",
    "Answers a day",
    "Minutes a day",
    "The next 30 days, reviews",
    "Cards",
    "Intervals, cards",
    "Ease, cards",
    "Grades",
    "Hours of the day, answers",
    "Hours of the day, remembered",
    "Remembered by difficulty",
    "Remembered by level",
    "Remembered by kind",
    "Remembered by tag",
    "The hardest cards",
];

#[test]
fn before_the_first_answer_nothing_is_drawn_of_answers_and_no_shade_is_explained() {
    let matura = Matura::with_bank("id,prompt,answer,tags\n1,q,a,t\n2,r,b,u\n");
    let Some(lines) = drawn(&matura, 80) else { return };
    assert!(lines.iter().any(|line| line == "· none"), "{lines:#?}");
    let below = |title: &str| {
        let place = lines.iter().position(|line| line.starts_with(&format!("{title} ─"))).unwrap();
        lines[place + 1].as_str()
    };
    for title in ["Answers a day", "Minutes a day", "Hours of the day, answers", "Remembered by tag"] {
        assert_eq!(below(title), "nothing yet", "{title}");
    }
    assert_eq!(below("Intervals, cards"), "no card was learnt yet");
}

#[test]
fn at_every_width_each_part_is_drawn_and_no_line_is_longer_than_the_terminal() {
    let mut matura = lived(7, "2026-03-12", 30);
    matura.now("2026-04-10T12:00:00Z");
    for columns in [40, 80, 120, 200] {
        let Some(lines) = drawn(&matura, columns) else { return };
        for line in &lines {
            assert!(line.width() <= columns.into(), "{columns}: {line}");
            assert!(!line.contains('\u{1b}'), "{line}");
        }
        let all = lines.join("\n");
        for part in PARTS {
            assert!(all.contains(&format!("{part} ─")), "{columns} columns without {part}:\n{all}");
        }
        let side_by_side = lines.iter().filter(|line| line.matches(" ─").count() > 1).count();
        assert_eq!(side_by_side > 0, columns >= 120, "{columns}:\n{all}");
    }
}

#[test]
fn in_words_and_in_a_pipe_the_same_is_told_without_drawings() {
    let mut matura = lived(7, "2026-03-12", 30);
    matura.now("2026-04-10T12:00:00Z");
    let words = matura.run(&["stats", "--days", "60"]).out;
    assert_eq!(words, matura.run(&["stats", "--days", "60", "--plain"]).out);
    let stats = matura.json(&["stats", "--days", "60"]);
    assert!(!words.contains(['█', '│', '░']), "{words}");
    let streak = &stats["streak"];
    let hard = &stats["hardest"][0];
    let group = &stats["kind"][0];
    for told in [
        format!("{} in a row, {} at the most", text_of_days(&streak["now"]), streak["longest"]),
        format!("card {}, forgotten", hard["card"]),
        hard["prompt"].as_str().unwrap().to_owned(),
        format!("{}: {} cards, remembered", group["name"].as_str().unwrap(), group["cards"]),
        format!("{} new, {} young", stats["states"]["new"], stats["states"]["young"]),
    ] {
        assert!(words.contains(&told), "{told}\n{words}");
    }
}

fn text_of_days(days: &Value) -> String {
    if *days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

#[test]
fn of_a_hard_card_it_is_told_what_was_answered_instead_and_what_was_right_is_not() {
    let mut matura = Matura::with_bank(
        "id,kind,prompt,answer,options,typed,accept\nc,choice,Which?,A,right|wrong one|wrong two,,\nt,fact,Type it,exact,,yes,same\n",
    );
    let cards: Vec<String> = matura.cards().iter().map(|card| card["card"].to_string()).collect();
    for (day, choice, typed) in [
        (23, vec!["A"], vec!["exact"]),
        (24, vec!["B", "A"], vec!["same"]),
        (25, vec!["B", "C"], vec!["drift", "Drift", "other"]),
        (26, vec!["C", "B"], vec!["x\u{1b}[31m", "drift ", "EXACT"]),
    ] {
        matura.now(&format!("2026-11-{day}T09:00:00Z"));
        for (card, responses) in cards.iter().zip([choice, typed]) {
            let given = responses.iter().flat_map(|response| ["--response", response]);
            matura.json(&[vec!["answer", card], given.collect()].concat());
        }
    }
    let stats = matura.json(&["stats"]);
    let told: Vec<String> = stats["hardest"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| {
            let instead = card["instead"].as_array().unwrap().iter();
            let instead =
                instead.map(|wrong| format!("{} {}", wrong["times"], wrong["answer"].as_str().unwrap()));
            format!("{}: {}", card["prompt"].as_str().unwrap(), instead.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(told, ["Which?: 3 wrong one, 2 wrong two", "Type it: 3 drift, 1 x␛[31m, 1 other"]);
    assert!(!matura.run(&["stats"]).out.contains('\u{1b}'));
}

#[test]
fn what_is_not_there_yet_is_said_and_a_deck_that_is_unknown_is_refused() {
    let matura = Matura::new();
    let ran = matura.run(&["stats"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("nothing answered yet"), "{}", ran.out);
    assert_eq!(matura.json(&["stats"])["streak"]["now"], 0);
    let matura = Matura::with_bank("id,deck,prompt,answer\n1,Ops,q,a\n");
    assert_eq!(matura.run(&["stats", "Opz"]).status, 1);
    assert_eq!(matura.run(&["stats", "--days", "0"]).status, 2);
    assert_eq!(matura.json(&["stats", "ops"])["deck"], "Ops");
}

#[test]
fn copies_of_a_large_log_and_of_many_notes_change_no_figure() {
    let mut matura = Matura::new();
    matura.now("2026-06-01T12:00:00Z");
    let rows = (0..17_000).map(|n| format!("{n},D{},q{n},a,x{}\n", n % 3, n % 7));
    matura.import(&format!("id,deck,prompt,answer,tags\n{}", rows.collect::<String>()));
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    let day = "CAST(julianday('2026-05-31') - 2440587.5 AS INTEGER)";
    connection
        .execute_batch(&format!(
            "INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
                SELECT randomblob(16), guid, 'front', 1, 1780200000000 + id, {day} - id % 9, 'review', id % 6, id, 1, 0 FROM note"
        ))
        .unwrap();
    matura.json(&["check", "--repair"]);
    let copies = || -> (i64, i64) {
        let sql = "SELECT (SELECT count(*) FROM log_copy), (SELECT count(*) FROM note_copy)";
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let without = [matura.json(&["stats"]), matura.json(&["simulate", "D1"])];
    assert_eq!(copies(), (1, 1), "so many are worth them");
    let with = [matura.json(&["stats"]), matura.json(&["simulate", "D1"])];
    assert_eq!(with, without);
    assert_eq!(with[0]["states"]["suspended"], 0);
    let of_deck = matura.json(&["stats", "D2"]);
    // what changes a note is seen at once, and an answer behind the copy of the log, too
    matura.json(&["suspend", "1"]);
    assert_eq!(copies(), (1, 0));
    assert_eq!(matura.json(&["stats"])["states"]["suspended"], 1);
    assert_eq!(copies(), (1, 1));
    matura.json(&["answer", "5", "--grade", "4"]);
    assert_eq!(copies(), (1, 1));
    assert_eq!(matura.json(&["stats"])["today"]["young"], 1);
    matura.json(&["undo"]);
    matura.json(&["resume", "1"]);
    assert_eq!(matura.json(&["stats"]), without[0]);
    connection.execute_batch("DELETE FROM log_copy; DELETE FROM note_copy").unwrap();
    assert_eq!(matura.json(&["stats", "D2"]), of_deck);
}

#[test]
fn a_limit_of_a_deck_holds_in_its_forecast_and_in_that_of_all() {
    let bank: String =
        (0..40).map(|n| format!("{n},{},q{n},a\n", if n % 4 == 0 { "Few" } else { "Many" })).collect();
    let matura = Matura::with_bank(&format!("id,deck,prompt,answer\n{bank}"));
    matura.json(&["config", "new_per_day", "8"]);
    matura.json(&["config", "--deck", "Few", "new_per_day", "2"]);
    let new = |args: &[&str]| -> Vec<u64> {
        let stats = matura.json(args);
        let days = stats["forecast"].as_array().unwrap().iter();
        days.map(|day| day["new"].as_u64().unwrap()).take(6).collect()
    };
    assert_eq!(new(&["stats", "Few"]), [2, 2, 2, 2, 2, 0]);
    assert_eq!(new(&["stats", "Many"]), [8, 8, 8, 6, 0, 0]);
    assert_eq!(new(&["stats"]), [8, 8, 8, 8, 8, 0]);
}

#[test]
fn the_exported_log_has_every_answer_that_stands_and_no_name_unless_one_is_given() {
    let mut matura = lived(7, "2026-03-12", 30);
    matura.now("2026-04-10T12:00:00Z");
    let connection = rusqlite::Connection::open(matura.collection()).unwrap();
    let sql = "SELECT count(*) FROM log WHERE grade IS NOT NULL AND id NOT IN (SELECT target FROM log WHERE target IS NOT NULL)
        AND guid IN (SELECT guid FROM note WHERE removed_at IS NULL)";
    let expected: i64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    let export = |args: &[&str]| -> Vec<BTreeMap<String, String>> {
        let file = matura.path("log.csv");
        let report = matura.json(&[&["export", "--to", "log", "-o", file.to_str().unwrap()], args].concat());
        let mut reader = csv::Reader::from_path(&file).unwrap();
        let lines: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
        assert_eq!(report["answers"], lines.len());
        lines
    };
    let lines = export(&[]);
    assert_eq!(i64::try_from(lines.len()).unwrap(), expected);
    let learners: BTreeSet<&String> = lines.iter().map(|line| &line["learner"]).collect();
    assert_eq!(learners.len(), 1);
    assert_eq!(export(&[])[0]["learner"], lines[0]["learner"]);
    assert_ne!(export(&["--learner", "somebody"])[0]["learner"], lines[0]["learner"]);
    assert_eq!(export(&["--learner", "somebody"])[0]["learner"], "somebody");
    assert!(export(&["Odd"]).len() < lines.len());
    // line by line what the figures count
    let sorts = Slow::of(&matura.collection(), date("2026-04-10"), 60, "", ZONE).sorts();
    for line in &lines {
        let key = (
            line["note"].clone(),
            line["slot"].clone(),
            line["at"].parse::<chrono::DateTime<chrono::Utc>>().unwrap(),
        );
        assert!(sorts.contains(&(key.0, key.1, key.2.timestamp(), line["what"].clone())), "{line:?}");
        assert_eq!(line["interval"].is_empty(), !["new", "young", "mature"].contains(&line["what"].as_str()));
        let responses = &line["responses"];
        assert!(responses.is_empty() || serde_json::from_str::<Vec<String>>(responses).is_ok());
    }
    assert_eq!(matura.run(&["export", "--to", "csv", "-o", "-", "--learner", "x"]).status, 2);
    for name in ["", " ", "a\nb", "\u{1b}[2J"] {
        let refused = matura.run(&["export", "--to", "log", "-o", "-", "--learner", name]);
        assert!(refused.status == 2 && refused.err.contains("text on one line"), "{name:?}: {}", refused.err);
    }
}
