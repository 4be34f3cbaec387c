//! One session, two screens: the same answers leave the same collection.

use matura::Session as _;
use serde_json::Value;

use crate::builder::Matura;
use crate::dialogue::{Dialogue, Said};
use crate::stage::{Step, keys, open, pick, play, typed};

/// What a learner does, on whichever screen.
#[derive(Debug, Clone)]
enum Act {
    /// Looks at the answer of a card that is not marked.
    Show,
    /// Presses the key of a grade.
    Grade(char),
    Pick(&'static str),
    /// Picks several options together.
    Picks(&'static [&'static str]),
    Type(&'static str),
    /// Fills the gaps that are open.
    Gaps(&'static [&'static str]),
    Hint,
    DontKnow,
    /// Says whether a typo counts.
    Decide(bool),
    /// Gives the answer just marked another grade.
    Regrade(u8),
    Undo,
    Suspend,
    Bury,
    Mark,
    /// Goes on after an answer that was marked.
    Next,
}

use Act::{
    Bury, Decide, DontKnow, Gaps, Grade, Hint, Mark, Next, Pick, Picks, Regrade, Show, Suspend, Type, Undo,
};

const BANK: &str = "id,prompt,code,language,answer,options,hint,reverse,typed\n\
    f1,What does drift mean?,,,production data change,,It is about data.,,\n\
    f2,feature store,,,one place for features,,,yes,\n\
    c1,The scheme has {{c1::three}} levels numbered {{c2::0 to 2}}.,,,,,,,\n\
    m1,Which comes first?,,,B,alpha|beta|gamma|delta,The second.,,\n\
    m2,Which belong together?,,,A|C,one|two|three|four,,,\n\
    t1,Which process retrains by itself?,,,continuous training,,Two words.,,yes\n\
    b1,The __1__ and the __2__.,,,drift|registry,registry|drift|lineage,Not lineage.,,\n\
    b2,Fill the gaps.,\"if random() < __1__:\n    __2__(x)\",python,0.05|old_model,,,,\n";

fn on_full(act: &Act, six: bool) -> Vec<Step> {
    match act {
        Show => keys("Space"),
        Grade(key) => keys(&key.to_string()),
        Pick(option) => pick(option),
        Picks(options) => [options.iter().flat_map(|option| pick(option)).collect(), keys("Enter")].concat(),
        Type(text) => [typed(text), keys("Enter")].concat(),
        Gaps(texts) => {
            let gaps: Vec<Vec<Step>> = texts.iter().map(|text| typed(text)).collect();
            [gaps.join(&keys("Tab")[..]), keys("Enter")].concat()
        }
        Hint => keys("A-h"),
        DontKnow => keys("A-!"),
        Decide(yes) => keys(if *yes { "y" } else { "n" }),
        Regrade(grade) if six => keys(&grade.to_string()),
        Regrade(grade) => keys(["", "1", "", "2", "3", "4"][usize::from(*grade)]),
        Undo => keys("A-u"),
        Suspend => keys("A-s"),
        Bury => keys("A-b"),
        Mark => keys("A-m"),
        Next => keys("Enter"),
    }
}

/// The lines that the plain screen wants for it.
fn on_plain(act: &Act, heard: &Said) -> Vec<String> {
    let one = |line: &str| vec![line.to_owned()];
    match act {
        Show => one(""),
        Grade(key) => one(&key.to_string()),
        Pick(option) => vec![heard.letter(option)],
        Picks(options) => {
            vec![options.iter().map(|option| heard.letter(option)).collect::<Vec<_>>().join(" ")]
        }
        Type(text) => one(text),
        Gaps(texts) => texts.iter().map(ToString::to_string).collect(),
        Hint => one(":?"),
        DontKnow => one(":!"),
        Decide(yes) => one(if *yes { "y" } else { "n" }),
        Regrade(grade) => vec![format!(":={grade}")],
        Undo => one(":u"),
        Suspend => one(":s"),
        Bury => one(":b"),
        Mark => one(":m"),
        Next => Vec::new(),
    }
}

/// All that can be seen of a collection, with every answer that stands.
fn state(matura: &Matura) -> (Value, Vec<Value>, String, Value) {
    let list = matura.json(&["list"]);
    let cards: Vec<i64> = matura.cards().iter().map(|card| card["card"].as_i64().unwrap()).collect();
    let shown =
        cards.iter().map(|card| matura.json(&["show", &card.to_string()])["history"].clone()).collect();
    let mut collection = open(matura);
    let mut review = collection.review(None).unwrap();
    let answers =
        cards.iter().map(|card| format!("{:#?}\n", review.details(*card).unwrap().history)).collect();
    (list, shown, answers, matura.json(&[]))
}

/// Has both screens do the same; says what the log holds of each card: grade, attempts, hinted, responses.
fn same(settings: &[[&str; 2]], acts: &[Act]) -> String {
    let six = settings.contains(&["grading", "six"]);
    let collections = [Matura::with_bank(BANK), Matura::with_bank(BANK)];
    for [name, value] in settings {
        for matura in &collections {
            matura.json(&["config", name, value]);
        }
    }
    let [full, plain] = collections;
    let steps: Vec<Vec<Step>> = acts.iter().map(|act| on_full(act, six)).collect();
    let played = play(&full, &steps);
    let mut dialogue = Dialogue::start(&plain, &["--plain"]);
    let (_, mut heard) = dialogue.listen();
    for act in acts {
        for line in on_plain(act, &heard) {
            heard.lines.extend(dialogue.ask(&line).1.lines);
        }
    }
    assert_eq!(dialogue.hang_up(), 0);
    let (one, other) = (state(&full), state(&plain));
    assert_eq!(one.1, other.1, "{}\n{:#?}", played.screen, heard.lines);
    assert_eq!(one, other, "{}\n{:#?}", played.screen, heard.lines);
    full.check();
    let mut collection = open(&full);
    let mut review = collection.review(None).unwrap();
    let mut log = String::new();
    for card in full.cards() {
        let history = review.details(card["card"].as_i64().unwrap()).unwrap().history;
        let answers = history.iter().rev().map(|past| {
            let answer = &past.answer;
            let hinted = if answer.hinted { " hinted" } else { "" };
            let given: String = answer
                .responses
                .iter()
                .map(|given| format!(" {}", given.replace('\n', "/")))
                .collect::<Vec<_>>()
                .join(" |");
            format!(" {} in {}{hinted}{given}", answer.grade.number(), answer.attempts)
        });
        log += &format!("{}:{}\n", card["card"], answers.collect::<Vec<_>>().join(";"));
    }
    log
}

#[test]
fn both_screens_save_the_same_of_hints_wrong_attempts_typos_and_repeats() {
    let log = same(
        &[],
        &[
            Hint,
            Show,
            Grade('3'),
            Show,
            Grade('4'),
            Show,
            Grade('2'),
            Pick("alpha"),
            Hint,
            Pick("beta"),
            Next,
            Picks(&["one", "two"]),
            Picks(&["three", "one"]),
            Next,
            Type("drift"),
            Type("continuous trainin"),
            Decide(true),
            Next,
            Gaps(&["drift", "lineage"]),
            Gaps(&["registry"]),
            Next,
            Gaps(&["0.05", "old_model"]),
            Next,
            // the repeats
            Show,
            Grade('3'),
            Pick("beta"),
            Next,
            Picks(&["one", "three"]),
            Next,
            Hint,
            Type("continuous training"),
            Next,
            DontKnow,
            Next,
        ],
    );
    assert_eq!(
        log,
        "1: 4 in 1 hinted\n2: 5 in 1\n3:\n4: 3 in 1; 4 in 1\n5:\n\
         6: 3 in 2 hinted alpha | beta; 5 in 1 beta\n7: 3 in 2 one/two | one/three; 5 in 1 one/three\n\
         8: 3 in 2 drift | continuous trainin; 4 in 1 hinted continuous training\n\
         9: 3 in 2 drift/lineage | drift/registry; 0 in 1\n10: 5 in 1 0.05/old_model\n"
    );
}

#[test]
fn both_screens_save_the_same_of_moved_grades_and_of_what_is_taken_back_put_off_or_not_known() {
    let log = same(
        &[],
        &[
            DontKnow,
            Next,
            Show,
            Undo,
            Show,
            Grade('3'),
            Mark,
            Show,
            DontKnow,
            Suspend,
            Show,
            Grade('4'),
            Pick("beta"),
            Regrade(1),
            Next,
            Bury,
            Type("continuous trainin"),
            Decide(false),
            Type("continuous trainig"),
            Decide(false),
            Type("drift"),
            Regrade(5),
            Next,
            Hint,
            DontKnow,
            Next,
            Gaps(&["1", "2"]),
            Gaps(&["3", "4"]),
            Gaps(&["5", "6"]),
            Next,
            // the repeats
            Show,
            Grade('1'),
            Pick("alpha"),
            Pick("gamma"),
            Pick("delta"),
            Undo,
            Pick("gamma"),
            Undo,
            Undo,
            Gaps(&["0.05", "old_model"]),
            Next,
        ],
    );
    let rows: Vec<&str> = log.lines().collect();
    assert_eq!(rows[0], "1: 4 in 1", "{log}");
    assert_eq!(rows[3], "4:", "suspended: {log}");
    assert_eq!(rows[6], "7:", "buried: {log}");
    assert_eq!(rows[7], "8: 5 in 3 continuous trainin | continuous trainig | drift", "{log}");
    assert_eq!(rows[9], "10: 5 in 1 0.05/old_model", "{log}");
}

#[test]
fn both_screens_keep_to_the_settings_of_grades_and_attempts() {
    let log = same(
        &[["grading", "six"], ["attempts", "2"]],
        &[
            Show,
            Grade('0'),
            Show,
            Grade('5'),
            Show,
            Grade('2'),
            Pick("alpha"),
            Pick("gamma"),
            Regrade(2),
            Next,
            Picks(&["two"]),
            Picks(&["one"]),
            Next,
            Type("no"),
            Type("never"),
            Regrade(0),
            Next,
            Gaps(&["lineage", "lineage"]),
            Gaps(&["drift", "lineage"]),
            Regrade(3),
            Regrade(4),
            Next,
            Undo,
            Gaps(&["drift", "registry"]),
            Next,
            // a typo that is refused leaves the other attempt
            Gaps(&["0.05", "old_modl"]),
            Decide(false),
            Gaps(&["old_model"]),
            Next,
        ],
    );
    assert!(log.contains("10: 3 in 2 0.05/old_modl | 0.05/old_model"), "{log}");
    assert!(log.starts_with("1: 0 in 1\n2: 5 in 1\n3:\n4: 2 in 1\n5:\n6: 2 in 2 alpha | gamma\n"), "{log}");
}

#[test]
fn both_screens_take_back_answers_suspensions_and_burials_the_last_first() {
    let log = same(
        &[],
        &[
            Suspend,
            Show,
            Grade('4'),
            Bury,
            Undo,
            Undo,
            Undo,
            Show,
            Grade('3'),
            Show,
            Grade('3'),
            // a marked answer, and its card behind it
            Show,
            Grade('3'),
            Pick("alpha"),
            Pick("gamma"),
            Pick("delta"),
            Next,
            Suspend,
            Undo,
            Picks(&["one", "three"]),
            Next,
        ],
    );
    assert!(
        log.starts_with("1: 4 in 1\n2: 4 in 1\n3:\n4: 4 in 1\n5:\n6: 1 in 3 alpha | gamma | delta\n"),
        "{log}"
    );
    assert!(log.contains("7: 5 in 1 one/three\n8:\n"), "{log}");
}
