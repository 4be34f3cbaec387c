//! The year ahead, as the command tells it.

use serde_json::Value;

use crate::builder::Matura;

fn bank(notes: usize) -> String {
    (0..notes).fold("id,prompt,answer\n".to_owned(), |bank, n| bank + &format!("{n},q{n},a{n}\n"))
}

fn whole(simulated: &Value, plan: usize) -> &Value {
    &simulated["plans"][plan]["whole"]
}

#[test]
fn limits_are_compared_and_the_same_seed_gives_the_same_days() {
    let matura = Matura::with_bank(&bank(300));
    let args = ["simulate", "--new", "2,10", "--reviews", "5,100", "--days", "120"];
    let simulated = matura.json(&args);
    assert_eq!(matura.json(&args), simulated);
    assert_ne!(matura.json(&[&args[..], &["--seed", "2"]].concat())["plans"], simulated["plans"]);
    let limits: Vec<(u64, u64)> = simulated["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| (plan["new_per_day"].as_u64().unwrap(), plan["reviews_per_day"].as_u64().unwrap()))
        .collect();
    assert_eq!(limits, [(2, 5), (2, 100), (10, 5), (10, 100)]);
    assert_eq!(whole(&simulated, 1)["new"], 240);
    assert_eq!(whole(&simulated, 3)["new"], 300);
    assert!(whole(&simulated, 2)["left"].as_u64() > whole(&simulated, 3)["left"].as_u64());
    assert_eq!(whole(&simulated, 3)["left"], 0);
    let table = matura.run(&args).out;
    assert!(table.contains("10 new, 100 due a day"), "{table}");
    assert!(table.contains("There are no answers to go by yet"), "{table}");
    // nothing is written
    assert_eq!(matura.json(&["log"]).as_array().unwrap().len(), 1);
    matura.check();
}

#[test]
fn whoever_knows_everything_sees_the_intervals_of_sm2_and_whoever_forgets_half_sees_it_in_the_retention() {
    let matura = Matura::with_bank(&bank(1));
    let simulated = matura.json(&["simulate", "--recall", "100", "--days", "10"]);
    // new on the first day; its first review may be new or known, then 1 and 6 days
    assert_eq!(whole(&simulated, 0)["reviews"], 2);
    assert_eq!(whole(&simulated, 0)["retention"], 1.0);
    let matura = Matura::with_bank(&bank(400));
    let simulated = matura.json(&["simulate", "--recall", "50", "--days", "365"]);
    let retention = whole(&simulated, 0)["retention"].as_f64().unwrap();
    assert!((0.45..0.55).contains(&retention), "{retention}");
    for wrong in [["--recall", "101"], ["--days", "0"], ["--new", "x"]] {
        assert_eq!(matura.run(&[&["simulate"], &wrong[..]].concat()).status, 2, "{wrong:?}");
    }
}

#[test]
fn the_learners_own_answers_decide_how_the_year_goes_and_a_day_that_was_begun_is_left_out() {
    let mut matura = Matura::with_bank(&bank(60));
    let cards: Vec<String> = matura.cards().iter().map(|card| card["card"].to_string()).collect();
    assert_eq!(matura.json(&["simulate"])["from"], "2026-11-23");
    for (day, grade) in [(23, "4"), (24, "1"), (25, "1")] {
        matura.now(&format!("2026-11-{day}T09:00:00Z"));
        for card in &cards {
            matura.json(&["answer", card, "--grade", grade]);
        }
    }
    let simulated = matura.json(&["simulate"]);
    assert_eq!(simulated["from"], "2026-11-26");
    let stages = simulated["model"]["stages"].as_array().unwrap();
    let of = |name: &str| stages.iter().find(|stage| stage["stage"] == name).unwrap();
    assert_eq!((&of("new")["answers"], &of("new")["remembered"]), (&60.into(), &60.into()));
    assert_eq!((&of("1 day")["answers"], &of("1 day")["remembered"]), (&60.into(), &0.into()));
    // twenty answers of those that learners give on average weigh against the sixty
    let recall = of("1 day")["recall"].as_f64().unwrap();
    assert!((recall - 0.85 * 20.0 / 80.0).abs() < 1e-9, "{recall}");
    assert!(matura.run(&["simulate"]).out.contains("as you did in the last year"));
    // a stated recall changes that of known cards and nothing else
    let stated = matura.json(&["simulate", "--recall", "90"]);
    let stages = stated["model"]["stages"].as_array().unwrap();
    assert_eq!(&stages[0], of("new"));
    assert!(stages[1..].iter().all(|stage| (stage["recall"].as_f64().unwrap() - 0.9).abs() < 1e-9));
    // what a wrong clock dated ahead is not looked at
    matura.now("2026-11-23T20:00:00Z");
    let before = matura.json(&["simulate"]);
    assert_eq!(before["model"]["stages"][2]["answers"], 0);
    let empty = Matura::new().json(&["simulate"]);
    assert_eq!(
        (&empty["plans"][0]["new_per_day"], &empty["plans"][0]["reviews_per_day"]),
        (&20.into(), &200.into())
    );
}
