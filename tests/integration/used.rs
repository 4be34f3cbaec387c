//! How the questions of a bank worked, out of learners' collections and exported logs.

use std::fmt::Write as _;

use fastrand::Rng;
use serde_json::Value;

use crate::builder::Matura;
use crate::looked::looks_right;

const QUESTIONS: usize = 12;

fn bank(right: impl Fn(usize) -> &'static str) -> String {
    (0..QUESTIONS).fold("id,kind,prompt,answer,options\n".to_owned(), |bank, n| {
        bank + &format!("q{n},choice,Question {n}?,{},one {n}|two {n}|three {n}|four {n}\n", right(n))
    })
}

fn questions(report: &Value) -> Vec<Value> {
    report[0]["used"]["questions"].as_array().unwrap().clone()
}

#[test]
fn a_collection_and_an_exported_log_tell_the_same_of_a_learner_and_count_once() {
    let mut learner = Matura::with_bank(&bank(|_| "A"));
    let cards: Vec<String> = learner.cards().iter().map(|card| card["card"].to_string()).collect();
    let answer = |learner: &Matura, card: usize, responses: &[&str]| {
        let given = responses.iter().flat_map(|response| ["--response", response]);
        learner.json(&[vec!["answer", cards[card].as_str()], given.collect()].concat());
    };
    answer(&learner, 0, &["A"]);
    answer(&learner, 1, &["C", "A"]);
    answer(&learner, 2, &["B", "C", "D"]);
    learner.now("2026-11-24T09:00:00Z");
    answer(&learner, 0, &["A"]);
    answer(&learner, 1, &["B", "C", "D"]);
    // taken back: it never was
    answer(&learner, 3, &["A"]);
    learner.json(&["undo"]);
    let log = learner.path("log.csv");
    learner.json(&["export", "--to", "log", "-o", log.to_str().unwrap()]);

    let teacher = Matura::new();
    let file = teacher.file("bank.csv", bank(|_| "A"));
    let report = |used: &[&std::path::Path]| {
        let used = used.iter().flat_map(|used| ["--used", used.to_str().unwrap()]);
        teacher.json(&[vec!["bank-report", file.to_str().unwrap()], used.collect()].concat())
    };
    let before = std::fs::read(learner.collection()).unwrap();
    let by_log = report(&[&log]);
    let by_collection = report(&[&learner.collection()]);
    assert_eq!(by_log, by_collection);
    assert_eq!(report(&[&log, &learner.collection(), &log]), by_log);
    assert_eq!(std::fs::read(learner.collection()).unwrap(), before, "a learner's collection stays as it is");
    let used = &by_log[0]["used"];
    assert_eq!((&used["learners"], &used["items"], &used["met"]), (&1.into(), &12.into(), &3.into()));
    let questions = questions(&by_log);
    let told: Vec<String> = questions[..4]
        .iter()
        .map(|question| {
            let chosen = question["options"]
                .as_array()
                .unwrap()
                .iter()
                .map(|option| option["chosen"]["count"].to_string());
            let chosen = chosen.collect::<String>();
            format!(
                "{} {} {} {}/{}",
                question["line"],
                question["difficulty"]["count"],
                chosen,
                question["later"]["count"],
                question["later"]["of"]
            )
        })
        .collect();
    assert_eq!(told, ["2 1 1000 1/1", "3 0 0010 0/1", "4 0 0100 0/0", "5 0 0000 0/0"]);
    assert_eq!(used["broken"], serde_json::json!([]), "of one learner nothing is claimed");
    let words = teacher.run(&["bank-report", file.to_str().unwrap(), "--used", log.to_str().unwrap()]).out;
    assert!(words.contains("After use: 1 learner met 3 of 12 questions"), "{words}");
    assert!(words.contains("fewer than 10 learners"), "{words}");
}

/// The logs of a class: the better a learner, the more often right; of the fourth question the key is wrong.
fn class(matura: &Matura, learners: usize) -> String {
    let notes = matura.json(&["list"]);
    let guids: Vec<&str> =
        notes.as_array().unwrap().iter().map(|note| note["note"].as_str().unwrap()).collect();
    let mut random = Rng::with_seed(5);
    let mut log =
        "learner,note,id,slot,day,at,what,interval,grade,took_ms,attempts,hinted,responses\n".to_owned();
    for learner in 0..learners {
        let skill = 0.25 + 0.65 * random.f64();
        for (question, guid) in guids.iter().enumerate() {
            let knows = random.f64() < skill;
            let truth = if question == 3 { "two 3".to_owned() } else { format!("one {question}") };
            let other = format!("{} {question}", ["three", "four"][random.usize(0..2)]);
            let said = if knows { truth } else { other };
            let right = said == format!("one {question}");
            let grade = if right { 5 } else { 1 };
            let guid = guid.replace('"', "\"\"");
            writeln!(
                log,
                "l{learner},\"{guid}\",,front,2026-11-23,2026-11-23T09:{question:02}:00Z,new,0,{grade},0,1,0,\"[\"\"{said}\"\"]\""
            )
            .unwrap();
        }
    }
    log
}

#[test]
fn a_wrong_key_is_found_with_its_line_in_words_as_a_table_and_as_a_page() {
    let matura = Matura::with_bank(&bank(|_| "A"));
    let log = matura.file("class.csv", class(&matura, 200));
    let file = matura.file("bank.csv", bank(|_| "A"));
    let (table, page) = (matura.path("used.csv"), matura.path("used.html"));
    let args = [
        "bank-report",
        file.to_str().unwrap(),
        "--used",
        log.to_str().unwrap(),
        "--csv",
        table.to_str().unwrap(),
        "--page",
        page.to_str().unwrap(),
    ];
    let report = matura.json(&args);
    let broken = report[0]["used"]["broken"].as_array().unwrap();
    let about_key = |rule: &Value| {
        ["negative-discrimination", "chosen-over-key", "below-chance"]
            .contains(&rule["rule"].as_str().unwrap())
    };
    let found: Vec<u64> = broken
        .iter()
        .filter(|rule| about_key(rule))
        .flat_map(|rule| rule["findings"].as_array().unwrap())
        .map(|finding| finding["item"].as_u64().unwrap())
        .collect();
    assert!(!found.is_empty() && found.iter().all(|item| *item == 3), "{broken:?}");
    let words = matura.run(&args).out;
    assert!(words.contains("chosen-over-key") && words.contains("line 5: "), "{words}");
    // what the table says is what the figures say
    let mut reader = csv::Reader::from_path(&table).unwrap();
    let head = reader.headers().unwrap().clone();
    assert_eq!(head.get(1), Some("line"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), QUESTIONS);
    for (row, question) in rows.iter().zip(questions(&report)) {
        let cell = |name: &str| row[head.iter().position(|column| column == name).unwrap()].to_owned();
        assert_eq!(cell("line"), question["line"].to_string());
        assert_eq!(cell("learners"), "200");
        assert_eq!(cell("right"), question["difficulty"]["count"].to_string());
        let share: f64 = cell("difficulty").parse().unwrap();
        assert!((share - question["difficulty"]["share"].as_f64().unwrap()).abs() < 1e-9);
        let sum: u32 = cell("options")
            .split(' ')
            .map(|option| option.split(':').nth(1).unwrap().parse::<u32>().unwrap())
            .sum();
        assert_eq!(sum, 200);
    }
    let page = std::fs::read_to_string(&page).unwrap();
    assert!(page.contains("Questions after use") && page.contains("chosen-over-key"));
    assert!(!page.contains("<script") && !page.contains("l17"), "no learner is named");
}

#[test]
fn what_is_no_log_is_refused_with_its_line_and_a_bank_that_nobody_met_is_told() {
    let matura = Matura::with_bank(&bank(|_| "A"));
    let file = matura.file("bank.csv", bank(|_| "A"));
    let file = file.to_str().unwrap();
    let report =
        |used: &std::path::Path| matura.run(&["bank-report", file, "--used", used.to_str().unwrap()]);
    let ran = report(&matura.file("x.csv", "a,b\n1,2\n"));
    assert_eq!(ran.status, 1);
    assert!(
        ran.err.contains("neither a collection nor a log") && ran.err.contains("export --to log"),
        "{}",
        ran.err
    );
    let broken = class(&matura, 1).replace(",5,0,1,0,", ",nine,0,1,0,").replace(",1,0,1,0,", ",nine,0,1,0,");
    let ran = report(&matura.file("y.csv", broken));
    assert!(ran.status == 1 && ran.err.contains("y.csv, line 2"), "{}", ran.err);
    let other = Matura::with_bank("id,prompt,answer\n1,q,a\n");
    let ran = report(&other.collection());
    assert!(ran.status == 0 && ran.out.contains("nobody met a question"), "{}{}", ran.out, ran.err);
    assert_eq!(report(&matura.path("nothing")).status, 1);
    assert_eq!(matura.run(&["bank-report", file, "--csv", "x.csv"]).status, 2);
}

#[test]
fn the_page_of_a_bank_renders_in_light_dark_and_on_a_phone_and_passes_the_rules_for_accessible_pages() {
    let bank = bank(|_| "A")
        + "h,choice,\"<img src=x onerror=\"\"owned=true\"\">\",A,one 12|</title><script>owned=true</script>|three 12|four 12\n"
        + "open,choice,All of the above?,C,always|never|a much longer answer than all of the others\n";
    let matura = Matura::with_bank(&bank);
    let log = matura.file("class.csv", class(&matura, 200));
    let (file, page) = (matura.file("<b>bank.csv", bank), matura.path("used.html"));
    let other = matura.file("other.csv", self::bank(|_| "B"));
    let [file, other, log, to] = [&file, &other, &log, &page].map(|file| file.to_str().unwrap());
    matura.json(&["bank-report", file, other, "--used", log, "--page", to]);
    looks_right(&matura, &std::fs::read_to_string(&page).unwrap(), 0);
}
