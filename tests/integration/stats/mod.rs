//! What a learner sees of the learning, held against figures that are made slowly and plainly.

mod life;
mod slow;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use fastrand::Rng;
use serde_json::Value;

use crate::builder::Matura;
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
        matura.check();
    }
}
