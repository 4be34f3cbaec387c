//! The full screen: what is seen of every sort of card at three sizes, and what the loop makes of a session.

use matura::Session as _;
use serde_json::json;

use crate::builder::{Matura, facts};
use crate::stage::{Step, drives_a_terminal, edit, keys, open, pick, play, play_session, shot, typed};

/// Plays a script over a bank and compares each screen that it keeps with the one that was reviewed.
fn screens(matura: &Matura, steps: &[Vec<Step>]) {
    let played = play(matura, steps);
    assert!(!played.shots.is_empty());
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, seen) in &played.shots {
            insta::assert_snapshot!(name.as_str(), seen);
        }
    });
}

#[test]
fn a_fact_shows_its_front_then_its_answer_with_all_that_belongs_to_it() {
    let matura = Matura::with_bank(
        "deck,prompt,code,language,answer,hint,explanation,mistakes,check,source\n\
         MLOps::Monitoring,What does this compute?,\"def drift(a, b):\n    return abs(mean(a) - mean(b)) > THRESHOLD  # windows of one day\",python,\
         Whether the mean has moved,Look at the means.,\"1. Both means are taken.\n2. Their distance is compared.\",Taking it for a test of significance,Which unit has THRESHOLD?,Chapter 3\n",
    );
    screens(
        &matura,
        &[
            shot("fact_front"),
            keys("h"),
            shot("fact_hint"),
            keys("m Space"),
            shot("fact_back"),
            keys("i"),
            shot("details"),
        ],
    );
}

#[test]
fn a_cloze_hides_one_part_and_shows_it_in_its_place() {
    let matura = Matura::with_bank(
        "prompt\nThe scheme has {{c1::three::how many?}} levels numbered {{c2::0 to 2}}.\n",
    );
    screens(&matura, &[shot("cloze_front"), keys("Space"), shot("cloze_back")]);
}

#[test]
fn a_choice_tells_in_words_what_is_wrong_and_what_is_right() {
    let matura = Matura::with_bank(
        "prompt,answer,options,explanation\n\
         Which level comes first?,B,managed and repeatable|manual and ad hoc|automated with CI/CD and a very long name that goes on and on|optimised,Nothing is automated there.\n\
         Which belong to a release pattern?,A|C,canary|drift|shadow|lineage,Both send only some traffic.\n",
    );
    screens(
        &matura,
        &[
            shot("choice_single"),
            pick("optimised"),
            shot("choice_single_after_a_wrong_one"),
            pick("manual and ad hoc"),
            shot("choice_single_answered"),
            keys("Enter"),
            pick("canary"),
            pick("drift"),
            shot("choice_several"),
            keys("Enter"),
            shot("choice_several_after_a_wrong_one"),
            pick("shadow"),
            keys("Enter"),
            shot("choice_several_answered"),
        ],
    );
}

#[test]
fn a_typed_answer_shows_what_was_wrong_and_what_is_almost_right() {
    let matura = Matura::with_bank(
        "prompt,answer,typed\nWhich process retrains a model by itself?,continuous training,yes\n",
    );
    screens(
        &matura,
        &[
            shot("typed"),
            typed("drift"),
            keys("Enter"),
            typed("continuous trainin"),
            shot("typed_again"),
            keys("Enter"),
            shot("typed_almost"),
            keys("y"),
            shot("typed_answered"),
            keys("1"),
            shot("typed_regraded"),
        ],
    );
}

#[test]
fn gaps_stand_in_the_text_or_in_the_code() {
    let matura = Matura::with_bank(
        "prompt,code,language,answer,options\n\
         \"The __1__ keeps features, the __2__ keeps models, and both are found by their names.\",,,feature store|model registry,model registry|feature store|message queue\n\
         Fill the gaps.,\"def route(request):\n    if random() < __1__:      # a few percent of all requests\n        return new_model(request)\n    return __2__(request)\",python,0.05|old_model,\n",
    );
    screens(
        &matura,
        &[
            shot("blanks_with_words"),
            typed("message queue"),
            keys("Tab"),
            typed("model registry"),
            keys("Enter"),
            shot("blanks_after_a_wrong_one"),
            typed("feature store"),
            keys("Enter"),
            shot("blanks_answered"),
            keys("Enter"),
            typed("0.05"),
            keys("Tab"),
            typed("old"),
            shot("blanks_in_code"),
            keys("F1"),
            shot("help_in_a_gap"),
        ],
    );
}

#[test]
fn the_help_lists_the_keys_of_the_place() {
    let matura = Matura::with_bank(&facts(2));
    screens(
        &matura,
        &[keys("?"), shot("help_before_a_card"), keys("Esc Space ?"), shot("help_before_an_answer")],
    );
}

#[test]
fn the_end_tells_what_was_done_and_what_comes() {
    let matura = Matura::with_bank(&facts(2));
    screens(&matura, &[keys("Space 1 Space 3 Space 3"), shot("end")]);
    let played = play(&matura, &[]);
    assert!(played.ending.lines[0].starts_with("Nothing is left for today"), "{:?}", played.ending);
}

#[test]
fn the_history_of_a_card_is_in_its_details() {
    let mut matura = Matura::with_bank("prompt,answer,options,tags\nWhich?,B,alpha|beta|gamma,a b::c\n");
    for (day, answers) in [("23", "A B"), ("24", "B"), ("30", "A C")] {
        matura.now(&format!("2026-11-{day}T09:00:00Z"));
        let answers: Vec<&str> = answers.split(' ').collect();
        for (place, answer) in answers.iter().enumerate() {
            let last = if place + 1 == answers.len() { &["--final"][..] } else { &[] };
            matura.json(&[&["answer", "1", "--response", answer], last].concat());
        }
    }
    matura.now("2026-12-01T09:00:00Z");
    screens(&matura, &[keys("i"), shot("details_with_history")]);
}

#[test]
fn a_long_card_says_which_rows_are_seen() {
    let lines: String = (1..=500).map(|n| format!("line {n} of a long card\n")).collect();
    let matura = Matura::with_bank(&format!("prompt,answer\n\"{lines}\",the end\n"));
    screens(
        &matura,
        &[
            shot("long_card"),
            keys("PgDn PgDn Down"),
            shot("long_card_scrolled"),
            keys("Space"),
            shot("long_card_answered"),
        ],
    );
}

#[test]
fn every_script_keeps_its_columns() {
    let matura = Matura::with_bank(
        "prompt,answer,options\n\
         どのレベルが最初ですか？日本語のとても長い質問で、空白なしに一行よりも長く続きます。,A,手動でその場しのぎ|自動化された|管理された\n\
         Family 👩\u{200d}👩\u{200d}👧\u{200d}👦 flag 🇨🇭 warning ⚠\u{fe0f}⚠\u{fe0f}⚠\u{fe0f} thumbs 👍🏽 end,A,👩\u{200d}🔬 scientist|⚠\u{fe0f} warning\n\
         מה בא קודם: training או serving?,A,אימון (training)|הגשה\n\
         Cafe\u{301} no\u{308}tig Z\u{335}\u{321}a\u{334}l\u{337}g\u{338}o\u{334}: e\u{301}\u{301}\u{301},A,e\u{301}te\u{301}|n\u{303}\n",
    );
    screens(
        &matura,
        &[
            shot("script_cjk"),
            pick("手動でその場しのぎ"),
            keys("Enter"),
            shot("script_emoji"),
            keys("A-b"),
            shot("script_right_to_left"),
            keys("A-b"),
            shot("script_combining_marks"),
        ],
    );
}

#[test]
fn a_card_full_of_escape_sequences_shows_them_and_sends_none() {
    let nasty = "\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{9b}31m\u{202e}desrever\u{2066}\u{7f}";
    let bank = format!(
        "deck,prompt,code,language,answer,options,hint,explanation,tags\n\
         D{nasty},Q{nasty},c{nasty},python,A,a{nasty}|b{nasty}|c,h{nasty},e{nasty},t\n\
         D{nasty},Q{nasty},,,a{nasty},,h{nasty},e{nasty},t\n"
    );
    let matura = Matura::with_bank(&bank);
    // every cell is looked at when a screen is kept
    screens(
        &matura,
        &[
            keys("A-h"),
            shot("escapes"),
            keys("A-!"),
            shot("escapes_answered"),
            keys("i"),
            shot("escapes_details"),
            keys("Esc Enter Space"),
            shot("escapes_back"),
        ],
    );
    let typed_bank = Matura::with_bank("prompt,answer,typed\nq,a,yes\n");
    let played = play(&typed_bank, &[vec![Step::Paste(nasty.into())], keys("Enter"), shot("x")]);
    assert!(
        played.shot("x").contains("wrong: ]52;c;aGk=  [2J 31m<U+202E>desrever<U+2066>"),
        "{}",
        played.shot("x")
    );
    assert!(!played.ending.lines.concat().chars().any(drives_a_terminal));
}

#[test]
fn a_screen_that_is_too_small_says_so_and_comes_back_when_it_grows() {
    let matura = Matura::with_bank(&facts(1));
    let small = |width, height| vec![Step::Size(width, height)];
    let played =
        play(&matura, &[keys("Space"), small(19, 5), keys("3 Space Enter u s"), small(80, 24), shot("x")]);
    assert!(played.shot("x").contains("answer: answer 1"), "{}", played.shot("x"));
    assert_eq!(matura.check()["reviews"], 0);
    let played = play(&matura, &[small(19, 5), keys("q")]);
    assert!(played.screen.contains("too small"), "{}", played.screen);
    let played = play(&matura, &[small(0, 0), small(1, 1), keys("3"), small(40, 10), keys("Space 3")]);
    assert!(played.screen.contains("Done for today."), "{}", played.screen);
}

#[test]
fn a_signal_ends_the_session_with_what_was_done() {
    let matura = Matura::with_bank(&facts(3));
    let played = play(&matura, &[keys("Space 3 Space"), vec![Step::Signal(15)]]);
    assert_eq!(played.ending.signal, Some(15));
    assert!(played.ending.lines.concat().contains("Answered: 1 new; 1 remembered"), "{:?}", played.ending);
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn after_a_stop_the_whole_screen_is_drawn_again() {
    let matura = Matura::with_bank(&facts(1));
    for stop in [keys("C-z"), vec![Step::Stop]] {
        let played = play(&matura, &[keys("Space"), shot("before"), stop, shot("after")]);
        assert_eq!(played.stopped, 1);
        assert_eq!(played.shot("before"), played.shot("after"));
    }
}

#[test]
fn a_note_is_edited_from_the_session_and_asked_as_it_is_then() {
    let matura =
        Matura::with_bank("prompt,answer,options\nWich one?,A,one|two|three|four|five\nSecond?,b,\n");
    let played = play(
        &matura,
        &[
            keys("A-e"),
            edit("Wich", "Which"),
            shot("edited"),
            pick("one"),
            keys("e"),
            edit("five", "six"),
            shot("answered"),
            keys("Enter e"),
            edit("\nb\n", "\n\n"),
            edit("NOT TAKEN", "NOT TAKEN"),
            shot("refused"),
            keys("e"),
            edit("== hint", "== hint"),
            shot("unchanged"),
        ],
    );
    for (name, parts) in [
        ("edited", &["Which one?", "The note is changed."][..]),
        ("answered", &["Right.", "The note is changed."]),
        ("refused", &["Second?", "answer: "]),
        ("unchanged", &["Second?", "Nothing was changed."]),
    ] {
        let shot = played.shot(name);
        assert!(parts.iter().all(|part| shot.contains(part)), "{name}: {shot}");
    }
    let shown = matura.json(&["show", "1"]);
    assert_eq!(shown["options"], json!(["one", "two", "three", "four", "six"]));
    assert_eq!(shown["cards"][0]["repetitions"], 1, "its answer stands");
    matura.check();
}

#[test]
fn an_image_is_opened_where_it_is_seen_and_nothing_that_is_none() {
    let matura = Matura::with_bank(
        "prompt,answer,html\n<img src=\"https://x.org/a.png\">what?,<img src=https://x.org/b.png> this,yes\n\
         [image: drift.png] which?,that,\nno image,here,\n",
    );
    let played = play(
        &matura,
        &[
            keys("o"),
            shot("question"),
            keys("Space o"),
            shot("answer"),
            keys("3 o"),
            shot("file"),
            keys("Space 3 o"),
            shot("none"),
        ],
    );
    assert_eq!(played.opened, ["https://x.org/a.png", "https://x.org/a.png", "https://x.org/b.png"]);
    for (name, part) in [
        ("question", "opened: https://x.org/a.png"),
        ("answer", "opened: https://x.org/b.png"),
        ("file", "\"drift.png\" is not in the collection"),
        ("none", "There is no image here."),
    ] {
        assert!(played.shot(name).contains(part), "{name}: {}", played.shot(name));
    }
    assert!(
        played.shot("question").contains("o open image") && !played.shot("none").contains("o open image")
    );
}

#[test]
fn a_card_that_is_removed_while_it_is_asked_is_passed_over() {
    let matura = Matura::with_bank(&facts(3));
    let mut collection = open(&matura);
    let mut review = collection.review(None).unwrap();
    review.next().unwrap();
    matura.json(&["remove", "1"]);
    let played = play_session(&mut review, &[keys("Space 3"), shot("gone"), keys("Space 3")]);
    let gone = played.shot("gone");
    assert!(gone.contains("The card was removed meanwhile") && gone.contains("question 2"), "{gone}");
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn undo_brings_back_card_after_card_and_what_was_done_is_counted_right() {
    let matura = Matura::with_bank(&facts(3));
    let played = play(
        &matura,
        &[
            keys("Space 1 Space 3"),
            shot("two"),
            keys("u"),
            shot("one"),
            keys("u u"),
            shot("none"),
            keys("Space 3 Space 3 Space 3 u"),
            shot("again"),
        ],
    );
    for (name, parts) in [
        ("two", &["question 3", "2 done | 1 new, 1 repeat"][..]),
        ("one", &["question 2", "1 done | 2 new, 1 repeat", "taken back: Good of \"question 2\""]),
        ("none", &["question 1", "0 done | 3 new", "There is no answer of today to take back."]),
        ("again", &["question 3", "2 done | 1 new"]),
    ] {
        let shot = played.shot(name);
        assert!(parts.iter().all(|part| shot.contains(part)), "{name}: {shot}");
    }
    assert_eq!(matura.check()["reviews"], 2);
}

#[test]
fn an_answer_that_could_not_be_saved_waits_until_it_can_be() {
    let matura = Matura::with_bank(&facts(2));
    let mut collection = open(&matura);
    let mut review = collection.review(None).unwrap();
    let mut flaky = crate::flaky::Flaky { session: &mut review, failures: 2 };
    let played = play_session(
        &mut flaky,
        &[keys("Space 3"), shot("failed"), keys("4 Enter"), shot("again"), keys("Enter"), shot("saved")],
    );
    drop(review);
    drop(collection);
    for name in ["failed", "again"] {
        let shot = played.shot(name);
        assert!(shot.contains("NOT SAVED.") && shot.contains("answer: answer 1"), "{shot}");
    }
    assert!(played.shot("saved").contains("saved: grade 4") && played.shot("saved").contains("question 2"));
    assert_eq!(matura.json(&["show", "1"])["history"][0]["grade"], json!(4));
    assert_eq!(matura.check()["reviews"], 1);
}
