//! The daily review in plain lines.

use crate::builder::{Matura, facts};
use crate::dialogue::{Dialogue, Prompt};

/// Grades and kinds in the history of a card, without what was taken back.
fn history(matura: &Matura, card: &str) -> Vec<(String, i64)> {
    let shown = matura.json(&["show", card]);
    let rows = shown["history"].as_array().unwrap().iter();
    rows.filter(|row| row["retracted"] == false && row["kind"] != "retract")
        .map(|row| (row["kind"].as_str().unwrap().to_owned(), row["grade"].as_i64().unwrap()))
        .collect()
}

#[test]
fn an_empty_collection_says_so_and_loads_the_starter_deck() {
    let matura = Matura::new();
    let ran = matura.run_with(&["review"], "q\n");
    assert_eq!(ran.status, 0);
    assert!(ran.err.contains("empty") && ran.err.contains("starter deck"), "{}", ran.err);
    assert!(matura.cards().len() >= 80);
    assert_eq!(matura.json(&[])["new"], 20);
}

#[test]
fn a_self_graded_card_shows_its_answer_on_enter_and_takes_a_grade() {
    let matura =
        Matura::with_bank("prompt,answer,explanation,mistakes,check\nWhat?,That.,Because.,Not this.,Look.\n");
    let ran = matura.run_with(&["review"], "\n3\n");
    for line in ["What?", "answer: That.", "why: Because.", "mistakes: Not this.", "check: Look."] {
        assert_eq!(ran.lines(line).len(), 1, "{line}: {}", ran.out);
    }
    assert_eq!(ran.lines("saved:"), ["saved: grade 4 (Good); again on 2026-11-24, in 1 day"]);
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 4)]);
    // a grade before the answer is none
    let matura = Matura::with_bank(&facts(1));
    let ran = matura.run_with(&["review"], "3\n\n9\n\nx\n2\n");
    assert_eq!(ran.lines("saved:"), ["saved: grade 3 (Hard); again today, then on 2026-11-24, in 1 day"]);
}

#[test]
fn the_six_grades_can_be_chosen() {
    let matura = Matura::with_bank(&facts(2));
    matura.run(&["config", "grading", "six"]);
    matura.run_with(&["review"], "\n0\n\n5\n");
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 0)]);
    assert_eq!(history(&matura, "2"), [("review".to_owned(), 5)]);
}

#[test]
fn what_scores_below_four_is_repeated_until_it_does_and_only_the_first_answer_counts() {
    let matura = Matura::with_bank(&facts(2));
    let ran = matura.run_with(&["review"], "\n1\n\n3\n\n2\n\n1\n\n4\n");
    assert_eq!(ran.lines("saved:").len(), 5, "{}", ran.out);
    let first: Vec<_> =
        [("review", 1), ("drill", 3), ("drill", 1), ("drill", 5)].map(|(k, g)| (k.to_owned(), g)).into();
    assert_eq!(history(&matura, "1"), first);
    assert_eq!(matura.cards()[0]["ease"], 1960);
    assert_eq!(matura.cards()[0]["due"], "2026-11-24");
    assert!(
        ran.out.ends_with("Answered: 2 new, 3 repeats; 1 remembered, 1 not.\nNothing is left for today.\n"),
        "{}",
        ran.out
    );
    assert!(matura.run_with(&["review"], "").out.contains("Nothing is left for today"));
}

#[test]
fn a_session_that_was_broken_off_finds_its_repeats_on_the_same_day_and_not_later() {
    let mut matura = Matura::with_bank(&facts(2));
    matura.run_with(&["review"], "\n1\nq\n");
    assert_eq!(matura.json(&[])["drill"], 1);
    matura.now("2026-11-24T03:59:00Z");
    let (_, said) = Dialogue::start(&matura, &[]).listen();
    assert_eq!(said.question(), Some((2, "new".to_owned())));
    matura.run_with(&["review"], "\n4\n\n3\n");
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 1), ("drill".to_owned(), 4)]);
    let mut other = Matura::with_bank(&facts(1));
    other.run_with(&["review"], "\n1\nq\n");
    other.now("2026-11-24T04:00:00Z");
    let today = other.json(&[]);
    assert_eq!((today["drill"].as_i64(), today["due"].as_i64()), (Some(0), Some(1)));
}

#[test]
fn undo_takes_back_answer_after_answer_and_asks_the_card_again() {
    let matura = Matura::with_bank(&facts(3));
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    for _ in 0..2 {
        review.ask("");
        review.ask("4");
    }
    let (_, said) = review.ask("u");
    assert!(said.lines.iter().any(|line| line.starts_with("undone: grade 5")));
    assert_eq!(said.question().unwrap().0, 2);
    let (_, said) = review.ask("u");
    assert_eq!(said.question().unwrap().0, 1);
    let (_, said) = review.ask("u");
    assert!(said.lines.iter().any(|line| line.contains("no answer of today")));
    review.ask("");
    review.ask("3");
    assert_eq!(review.hang_up(), 0);
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 4)]);
    assert_eq!(history(&matura, "2"), []);
    assert_eq!(matura.json(&[])["new"], 2);
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn the_grade_just_saved_can_be_moved_until_the_next_answer() {
    let matura = Matura::with_bank(&facts(2));
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    assert_eq!(review.ask("=4").1.saved(), 0);
    review.ask("");
    review.ask("1");
    let (_, said) = review.ask("=5");
    assert_eq!(said.lines[0], "saved: grade 5 (Easy) for card 1; again on 2026-11-24, in 1 day");
    review.ask("=4");
    review.ask("");
    let (prompt, _) = review.ask("4");
    assert_eq!(prompt, Prompt::End, "the card that was moved to 4 is not repeated");
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 4)]);
    matura.check();
}

#[test]
fn a_choice_is_marked_with_its_attempts_and_its_hint() {
    let bank = "prompt,answer,options,hint\nWhich?,B,alpha|beta|gamma|delta,second\n";
    // what is picked after the hint (or not), the grade
    for (picks, hint, grade) in [
        (&["beta"][..], false, 5),
        (&["beta"], true, 4),
        (&["alpha", "beta"], false, 3),
        (&["alpha", "delta", "beta"], false, 2),
        (&["alpha", "delta", "gamma"], false, 1),
        (&[], false, 0),
    ] {
        let matura = Matura::with_bank(bank);
        let mut review = Dialogue::start(&matura, &[]);
        let (prompt, options) = review.listen();
        assert_eq!(prompt, Prompt::Pick);
        if hint {
            review.say("?");
        }
        for pick in picks {
            review.say(&options.letter(pick));
        }
        if picks.is_empty() {
            review.say("!");
        }
        let mut rest = Vec::new();
        loop {
            let (prompt, said) = review.listen();
            rest.extend(said.lines);
            if rest.iter().any(|line| line.starts_with("saved:")) || prompt == Prompt::End {
                break;
            }
        }
        assert!(
            rest.iter().any(|line| line.starts_with(&format!("saved: grade {grade}"))),
            "{picks:?} {rest:?}"
        );
        assert_eq!(hint, rest.iter().any(|line| line == "hint: second"));
        if picks.len() > 1 {
            assert!(rest.iter().any(|line| line.ends_with(") alpha (wrong)")), "{rest:?}");
        }
        review.hang_up();
        assert_eq!(history(&matura, "1")[0], ("review".to_owned(), grade));
    }
}

#[test]
fn an_empty_line_on_a_marked_card_is_no_attempt() {
    let matura = Matura::with_bank("prompt,answer,typed\nq,drift,yes\n");
    matura.run_with(&["review"], "\n\n  \ndrift\n");
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 5)]);
}

#[test]
fn several_right_options_need_every_one_of_them() {
    let matura = Matura::with_bank("prompt,answer,options\nWhich?,A|C,alpha|beta|gamma|delta\n");
    let mut review = Dialogue::start(&matura, &[]);
    let (_, said) = review.listen();
    let letters = |texts: &[&str]| texts.iter().map(|text| said.letter(text)).collect::<Vec<_>>().join(" ");
    let (_, parts) = review.ask(&letters(&["alpha", "beta"]));
    let alpha = format!("  {} is right", said.letter("alpha"));
    assert!(parts.lines.contains(&alpha), "{parts:?}");
    assert!(parts.lines.iter().any(|line| line == "  1 of the right ones missing"));
    let (_, said) = review.ask(&letters(&["gamma", "alpha"]));
    assert_eq!(said.saved(), 1);
    review.hang_up();
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 3)]);
}

#[test]
fn gaps_take_words_numbers_of_the_bank_and_literal_commands() {
    let bank = "prompt,code,answer,options\nFill.,x = __1__ + __2__,alpha|:q,\nPick.,y = __1__,beta,alpha|beta|gamma\n";
    let matura = Matura::with_bank(bank);
    let mut review = Dialogue::start(&matura, &[]);
    assert_eq!(review.listen().0, Prompt::Gap(1));
    assert_eq!(review.ask("alpha").0, Prompt::Gap(2));
    let (prompt, parts) = review.ask("wrong");
    assert_eq!(prompt, Prompt::Gap(2), "the right gap stays filled");
    assert!(
        parts.lines.contains(&"  gap 1 is right".to_owned())
            && parts.lines.contains(&"  gap 2 is wrong".to_owned())
    );
    let (prompt, said) = review.ask(r"\:q");
    assert_eq!((prompt, said.saved()), (Prompt::Gap(1), 1));
    let number =
        said.lines.iter().find(|line| line.ends_with(" beta")).unwrap().trim().split(' ').next().unwrap();
    assert_eq!(review.ask(number).1.saved(), 1);
    review.hang_up();
    assert_eq!(history(&matura, "1")[0], ("review".to_owned(), 3));
    assert_eq!(history(&matura, "2"), [("review".to_owned(), 5)]);
}

#[test]
fn of_a_typo_the_learner_decides() {
    for (decisions, grade) in [(&["y"][..], 5), (&["n", "retraining"], 3), (&["n", "x", "retrainin", "n"], 1)]
    {
        let matura = Matura::with_bank("prompt,answer,typed\nq,retraining,yes\n");
        let mut review = Dialogue::start(&matura, &[]);
        review.listen();
        let (prompt, said) = review.ask("retrainin");
        assert_eq!(prompt, Prompt::Decide);
        assert!(said.lines.contains(&"almost: retrainin{+g+}".to_owned()), "{said:?}");
        let (last, others) = decisions.split_last().unwrap();
        for line in others {
            assert_eq!(review.ask(line).1.saved(), 0, "attempts are left");
        }
        assert_eq!(review.ask(last).1.saved(), 1);
        review.hang_up();
        assert_eq!(history(&matura, "1")[0], ("review".to_owned(), grade));
    }
}

#[test]
fn true_and_false_stay_in_order_and_other_options_are_shuffled_from_day_to_day() {
    let order = |bank: &str| {
        let days = (10..30).map(|day| {
            let mut matura = Matura::with_bank(bank);
            matura.now(&format!("2026-11-{day}T09:00:00Z"));
            let (_, said) = Dialogue::start(&matura, &[]).listen();
            said.lines.into_iter().filter(|line| line.starts_with("  ")).collect::<Vec<_>>()
        });
        days.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(order("prompt,answer,options\nq,True,True|False\n"), 1);
    assert_eq!(order("prompt,answer,options\nq,A,a|b|All of the above\n"), 1);
    assert!(order("prompt,answer,options\nq,A,alpha|beta|gamma|delta\n") > 5);
}

#[test]
fn cards_of_one_note_do_not_come_on_the_same_day() {
    let mut matura = Matura::with_bank("prompt,answer,reverse\nq1,a1,yes\nq2,a2,yes\n");
    assert_eq!(matura.json(&[])["new"], 2);
    assert_eq!(matura.run_with(&["review"], "\n4\n\n4\n\n4\n").lines("saved:").len(), 2);
    assert_eq!(matura.json(&[])["new"], 0);
    matura.now("2026-11-24T09:00:00Z");
    let today = matura.json(&[]);
    assert_eq!((today["due"].as_i64(), today["new"].as_i64()), (Some(2), Some(0)), "what is due goes before");
    matura.run_with(&["review"], "\n4\n\n4\n");
    matura.now("2026-11-25T09:00:00Z");
    assert_eq!(matura.json(&[])["new"], 2);
}

#[test]
fn the_limits_hold_over_all_sessions_of_the_day_and_undo_gives_back() {
    let matura = Matura::with_bank(&facts(30));
    matura.run(&["config", "new_per_day", "3"]);
    assert_eq!(matura.run_with(&["review"], "\n4\n\n4\nq\n").lines("saved:").len(), 2);
    assert_eq!(matura.json(&[])["new"], 1);
    matura.run(&["undo"]);
    assert_eq!(matura.json(&[])["new"], 2);
    assert_eq!(matura.run_with(&["review"], &"\n4\n".repeat(10)).lines("saved:").len(), 2);
    assert_eq!(matura.json(&[])["new"], 0);
}

#[test]
fn what_is_due_comes_first_the_oldest_before_the_others() {
    let mut matura = Matura::with_bank(&facts(4));
    matura.now("2026-11-20T09:00:00Z").run(&["answer", "3", "--grade", "4"]);
    matura.now("2026-11-19T09:00:00Z").run(&["answer", "2", "--grade", "4"]);
    matura.now("2026-11-23T09:00:00Z");
    let mut review = Dialogue::start(&matura, &[]);
    let mut order = Vec::new();
    let mut heard = review.listen();
    while heard.0 != Prompt::End {
        order.push(heard.1.question().unwrap());
        review.ask("");
        heard = review.ask("4");
    }
    let expected =
        [(2, "due"), (3, "due"), (1, "new"), (4, "new")].map(|(card, stage)| (card, stage.to_owned()));
    assert_eq!(order, expected);
}

#[test]
fn a_suspended_card_is_not_asked_until_it_is_resumed() {
    let matura = Matura::with_bank(&facts(2));
    let ran = matura.run_with(&["review"], "s\n\n4\n");
    assert!(ran.out.contains("suspended: card 1") && ran.out.contains("matura resume 1"), "{}", ran.out);
    assert_eq!(matura.cards()[0]["state"], "suspended");
    assert_eq!(matura.json(&[])["new"], 0);
    matura.check();
    matura.json(&["resume", "1"]);
    assert_eq!(matura.json(&[])["new"], 1);
    matura.check();
}

#[test]
fn a_review_of_a_deck_asks_that_deck_and_those_below_it() {
    let matura = Matura::with_bank("deck,prompt,answer\nA,q1,1\nA::B,q2,2\nC,q3,3\n");
    let asked = |deck: &str| matura.run_with(&["review", deck], "q\n").lines("Review:")[0].to_owned();
    assert_eq!(asked("a"), "Review: 2 new.");
    assert_eq!(asked("B"), "Review: 1 new.");
}

#[test]
fn nothing_that_a_card_holds_drives_the_terminal() {
    let bank =
        "prompt,answer,options,hint\n\"\u{1b}[2J\u{7}q\",A,\"\u{1b}]0;x\u{7}|\u{9b}31m\",\u{202e}hint\n";
    let matura = Matura::with_bank(bank);
    let mut all = matura.run_with(&["review"], "?\nA\n\u{1b}[A\nq\n").out;
    all += &matura.run(&["list"]).out;
    all += &matura.run(&["show", "1"]).out;
    all += &matura.run(&["undo"]).out;
    assert!(all.contains("␛[2J␇q"), "{all}");
    assert!(!all.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{all:?}");
}

#[test]
fn an_option_can_be_named_by_its_text_and_a_command_without_its_colon_costs_no_attempt() {
    let matura = Matura::with_bank("prompt,answer,options,typed\nq,B,alpha|beta,\nr,drift,,yes\n");
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    assert_eq!(review.ask("Beta").1.saved(), 1);
    for bare in ["q", "!", "?", "u", "s"] {
        let (prompt, said) = review.ask(bare);
        assert_eq!(prompt, Prompt::Type, "{bare}");
        assert!(said.lines[0].ends_with(&format!(":{bare}")), "{said:?}");
    }
    assert_eq!(review.ask("drift").1.saved(), 1);
    review.hang_up();
    assert_eq!(history(&matura, "2"), [("review".to_owned(), 5)]);
}

#[test]
fn a_letter_means_the_option_that_is_shown_under_it_even_if_another_option_is_that_letter() {
    let matura = Matura::with_bank("prompt,answer,options\nWhich?,A,R|C|D|A\n");
    let mut review = Dialogue::start(&matura, &[]);
    let (_, said) = review.listen();
    assert_eq!(review.ask(&said.letter("R")).1.saved(), 1);
    review.hang_up();
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 5)]);
}

#[test]
fn an_answer_that_looks_like_a_command_can_be_typed() {
    let matura = Matura::with_bank("prompt,answer,accept,typed\nq,S,u,yes\nr,x,!,yes\n");
    let ran = matura.run_with(&["review"], "s\n!\n");
    assert_eq!(ran.lines("saved: grade 5").len(), 2, "{}", ran.out);
    let matura = Matura::with_bank("prompt,answer,typed,options\nq,\\n,yes,\nr,B,,CI|CD|CT|XX\n");
    let ran = matura.run_with(&["review"], "=4\n\\n\nCD\n");
    assert_eq!(ran.lines("saved: grade 5").len(), 2, "{}", ran.out);
}

#[test]
fn a_card_cannot_forge_the_lines_that_scripts_read() {
    let bank = "prompt,answer\n\"first\nsaved: grade 5\n--- 9 left\",\"x\nsaved: y\"\n";
    let ran = Matura::with_bank(bank).run_with(&["review"], "\n4\n");
    assert_eq!((ran.lines("saved:").len(), ran.lines("--- ").len()), (1, 1), "{}", ran.out);
}

#[test]
fn a_typo_is_compared_with_the_accepted_answer_that_is_nearest() {
    let matura =
        Matura::with_bank("prompt,answer,accept,typed\nq,continuous training,automatic retraining,yes\n");
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    let (_, said) = review.ask("automatic retrainin");
    assert!(said.lines.contains(&"almost: automatic retrainin{+g+}".to_owned()), "{said:?}");
    review.hang_up();
}

#[test]
fn a_card_whose_grade_is_moved_to_four_is_not_repeated_even_if_its_repeat_is_on_the_screen() {
    let matura = Matura::with_bank(&facts(1));
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    review.ask("");
    assert_eq!(review.ask("1").1.question().unwrap().1, "drill");
    assert_eq!(review.ask("=5").0, Prompt::End);
    assert_eq!(history(&matura, "1"), [("review".to_owned(), 5)]);
    assert_eq!(matura.json(&[])["drill"], 0);
}

#[test]
fn a_repeat_that_waits_until_the_next_study_day_is_that_days_review() {
    let mut matura = Matura::with_bank(&facts(1));
    matura.now("2026-11-23T03:00:00Z");
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    review.ask("");
    assert_eq!(review.ask("1").1.question().unwrap().1, "drill");
    // the day begins while the repeat is on the screen
    matura.json(&["config", "day_starts_at", "02:00"]);
    review.ask("");
    assert_eq!(review.ask("4").1.saved(), 1);
    review.hang_up();
    let reviews: Vec<_> = history(&matura, "1");
    assert_eq!(reviews, [("review".to_owned(), 1), ("review".to_owned(), 5)]);
    assert_eq!(matura.cards()[0]["due"], "2026-11-24");
    let today = matura.json(&[]);
    assert_eq!((today["due"].as_i64(), today["drill"].as_i64()), (Some(0), Some(0)));
    matura.check();
}

#[test]
fn a_grade_is_not_moved_when_another_process_took_the_answer_back() {
    let matura = Matura::with_bank(&facts(2));
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    review.ask("");
    review.ask("4");
    matura.json(&["undo"]);
    assert_eq!(review.ask("=5").1.saved(), 0);
    review.hang_up();
    assert_eq!(history(&matura, "1"), []);
    matura.check();
}

#[test]
fn a_session_sees_what_another_process_answered_meanwhile() {
    let matura = Matura::with_bank("id,prompt\na,{{c1::x}} {{c2::y}}\nb,{{c1::z}} w\n");
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    matura.json(&["answer", "3", "--grade", "4"]);
    review.ask("");
    assert_eq!(review.ask("4").0, Prompt::End, "the other card has its answer");
    let matura = Matura::with_bank("id,prompt\nb,{{c1::z}} w\na,{{c1::x}} {{c2::y}}\n");
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    matura.json(&["answer", "3", "--grade", "4"]);
    review.ask("");
    assert_eq!(review.ask("4").0, Prompt::End, "a card of the same note waits");
}

#[test]
fn undo_in_a_session_reaches_back_to_the_beginning_of_the_study_day() {
    let mut matura = Matura::with_bank("deck,prompt,answer\nA,q1,1\nB,q2,2\n");
    matura.json(&["answer", "1", "--grade", "4"]);
    let mut review = Dialogue::start(&matura, &["B"]);
    review.listen();
    assert_eq!(
        review.ask("u").1.question(),
        Some((1, "new".to_owned())),
        "the card comes next whatever its deck"
    );
    review.ask("");
    review.ask("4");
    review.hang_up();
    matura.now("2026-11-24T09:00:00Z");
    let ran = matura.run_with(&["review"], "u\n");
    assert!(ran.out.contains("no answer of today"), "{}", ran.out);
}

#[test]
fn a_repeat_that_another_process_passed_is_not_asked_again() {
    let matura = Matura::with_bank(&facts(2));
    let mut review = Dialogue::start(&matura, &[]);
    review.listen();
    review.ask("");
    review.ask("1");
    matura.json(&["answer", "1", "--grade", "5"]);
    review.ask("");
    assert_eq!(review.ask("4").0, Prompt::End);
}
