//! Today at a glance, and the study day.

use serde_json::json;

use crate::builder::{Matura, facts};

#[test]
fn the_front_page_counts_what_is_left_under_the_limits_deck_by_deck() {
    let mut matura = Matura::with_bank("deck,prompt,answer\nA,q1,1\nA::B,q2,2\nA::B,q3,3\nC,q4,4\n");
    matura.json(&["answer", "2", "--grade", "4"]);
    matura.json(&["answer", "4", "--grade", "1"]);
    let today = matura.json(&[]);
    assert_eq!(
        today,
        json!({"study_day": "2026-11-23", "due": 0, "new": 2, "drill": 1, "decks": [
            {"deck": "A", "due": 0, "new": 2, "total": 3},
            {"deck": "A::B", "due": 0, "new": 1, "total": 2},
            {"deck": "C", "due": 0, "new": 0, "total": 1}]})
    );
    matura.now("2026-11-24T09:00:00Z");
    matura.json(&["config", "new_per_day", "1"]);
    let today = matura.json(&[]);
    assert_eq!(
        (today["due"].as_i64(), today["new"].as_i64(), today["drill"].as_i64()),
        (Some(2), Some(1), Some(0))
    );
    assert_eq!(today["decks"][0], json!({"deck": "A", "due": 1, "new": 1, "total": 3}));
    assert!(matura.run(&[]).out.contains("2 cards due, 1 new today: matura review"));
}

#[test]
fn the_study_day_is_the_learners_in_any_zone() {
    // zone, now, study day
    for (zone, now, day) in [
        (Some("Europe/Berlin"), "2026-11-23T02:59:59Z", "2026-11-22"),
        (Some("Europe/Berlin"), "2026-11-23T03:00:00Z", "2026-11-23"),
        (Some("Pacific/Kiritimati"), "2026-11-22T14:00:00+00:00", "2026-11-23"),
        (Some("Pacific/Pago_Pago"), "2026-11-23T14:59:59Z", "2026-11-22"),
        (Some("America/New_York"), "2026-03-08T07:59:59Z", "2026-03-07"),
        (Some("America/New_York"), "2026-03-08T08:00:00Z", "2026-03-08"),
        (None, "2026-11-23T03:59:00-11:00", "2026-11-22"),
        (None, "2028-02-29T12:00:00+14:00", "2028-02-29"),
    ] {
        let mut matura = Matura::new();
        matura.now(now).zone(zone);
        assert_eq!(matura.json(&[])["study_day"], day, "{zone:?} {now}");
    }
}

#[test]
fn a_card_comes_on_its_day_from_the_hour_at_which_the_day_begins() {
    let mut matura = Matura::with_bank(&facts(1));
    matura.json(&["answer", "1", "--grade", "4"]);
    assert_eq!(matura.now("2026-11-24T03:59:59Z").json(&[])["due"], 0);
    assert_eq!(matura.now("2026-11-24T04:00:00Z").json(&[])["due"], 1);
    matura.json(&["config", "day_starts_at", "06:30"]);
    assert_eq!(matura.now("2026-11-24T06:29:00Z").json(&[])["due"], 0);
    assert_eq!(matura.now("2026-11-24T06:30:00Z").json(&[])["due"], 1);
}

#[test]
fn looking_makes_no_collection() {
    let matura = Matura::new();
    for args in [&[][..], &["list"], &["decks"], &["config"], &["check"]] {
        matura.json(args);
        assert_eq!(matura.run(args).status, 0);
    }
    assert!(!matura.collection().exists());
}

#[test]
fn the_collection_is_where_it_is_said_to_be_and_belongs_to_its_owner() {
    let matura = Matura::new();
    let mut command = matura.command(&["config", "--path", "--json"]);
    let path = |output: std::process::Output| {
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["collection"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(path(command.output().unwrap()), matura.collection().to_str().unwrap());
    let home = path(command.env_remove("MATURA_COLLECTION").output().unwrap());
    assert!(home.ends_with("collection.db") && home.contains("matura"), "{home}");
    let mut review = matura.command(&["review"]);
    review.env_remove("MATURA_COLLECTION").stdin(std::process::Stdio::null()).output().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let home = std::path::Path::new(&home);
        assert_eq!((mode(home), mode(home.parent().unwrap())), (0o600, 0o700));
    }
}

#[test]
fn settings_are_listed_read_and_set() {
    let matura = Matura::new();
    assert_eq!(matura.json(&["config", "attempts"]), json!({"attempts": 3}));
    assert_eq!(matura.json(&["config", "new-per-day", "5"]), json!({"new_per_day": 5}));
    assert_eq!(matura.json(&["config"])["new_per_day"], 5);
    for (name, value) in [
        ("new_per_day", "many"),
        ("attempts", "0"),
        ("day_starts_at", "24:00"),
        ("grading", "ten"),
        ("leech_lapses", "many"),
        ("answer_seconds", "0"),
        ("due_order", "x"),
        ("new_cards", "x"),
        ("theme", "x"),
    ] {
        let ran = matura.run(&["config", name, value]);
        assert_eq!(ran.status, 2, "{name}");
        assert!(ran.err.contains("hint: it is "), "{}", ran.err);
    }
}
