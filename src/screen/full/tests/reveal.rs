//! Cards that the learner judges.

use super::*;

#[test]
fn the_answer_is_seen_before_it_can_be_graded() {
    expect(
        &fact(),
        &[
            ("3", "none", "What is asked?"),
            ("Space", "none", "answer: The answer"),
            ("Enter", "none", "why: because of it"),
            ("Space 1", "save 1 at 1: ", ""),
            ("Space 2", "save 3 at 1: ", ""),
            ("Enter 3", "save 4 at 1: ", ""),
            ("Space 4", "save 5 at 1: ", ""),
            ("Space 5", "none", ""),
            ("Space 0", "none", ""),
            ("Space x", "none", ""),
            ("Space C-3", "none", ""),
            ("Space A-3", "none", ""),
            ("h Space 3", "save 4 at 1 hinted: ", "hint: a nudge"),
        ],
    );
    let mut six = fact();
    six.grading = Grading::Six;
    expect(&six, &[("0", "none", ""), ("Space 0", "save 0 at 1: ", ""), ("Space 5", "save 5 at 1: ", "")]);
}

#[test]
fn the_next_card_comes_when_the_grade_is_saved() {
    let mut app = showing(fact());
    let Effect::Save(answer) = press(&mut app, "Space 3") else { panic!("an answer") };
    assert_eq!(save(&mut app, &answer), Effect::Next);
    assert!(app.notice.starts_with("saved: grade 4 (Good)"), "{}", app.notice);
}

#[test]
fn whoever_does_not_know_sees_the_answer_before_the_next_card() {
    let mut app = showing(fact());
    let effect = press(&mut app, "!");
    assert_eq!(said(&effect), "save 0 at 1: ");
    let Effect::Save(answer) = effect else { panic!("an answer") };
    assert_eq!(save(&mut app, &answer), Effect::None);
    let screen = draw(&mut app, 80, 24);
    assert!(screen.contains("answer: The answer") && screen.contains("You did not know it."), "{screen}");
    assert_eq!(press(&mut app, "Enter"), Effect::Next);
    // who has seen it goes on
    let mut app = showing(fact());
    let Effect::Save(answer) = press(&mut app, "Space !") else { panic!("an answer") };
    assert_eq!(save(&mut app, &answer), Effect::Next);
}

#[test]
fn a_card_without_a_hint_says_so_and_costs_nothing() {
    let mut bare = fact();
    bare.question.hint = None;
    expect(&bare, &[("h", "none", "This card has no hint."), ("h Space 4", "save 5 at 1: ", "")]);
}

#[test]
fn a_hint_is_seen_on_the_smallest_screen() {
    for turn in
        [fact(), choice(&["*one", "two", "three"]), typed("drift"), blanks("It is __1__.", &["a"], &[])]
    {
        let mut app = showing(turn);
        draw(&mut app, 20, 6);
        press(&mut app, "A-h");
        let screen = draw(&mut app, 20, 6);
        assert!(screen.contains("hint: a nudge"), "{screen}");
    }
}

#[test]
fn a_card_that_is_only_shown_takes_no_grade_and_is_not_passed_over_before_its_answer_was_seen() {
    let mut turn = fact();
    turn.stage = Stage::Shown;
    for (keys, does) in [("3", "none"), ("!", "none"), ("h", "none"), ("Enter", "seen"), ("Space", "seen")] {
        assert_eq!(said(&press(&mut showing(turn.clone()), keys)), does, "{keys}");
    }
    assert!(draw(&mut showing(turn.clone()), 80, 24).contains("answer: The answer"));
    let mut app = showing(turn);
    assert!(!draw(&mut app, 20, 6).contains("The answer"));
    assert_eq!(press(&mut app, "Enter"), Effect::None);
    assert!(draw(&mut app, 20, 6).contains("answer: The answer"));
    assert_eq!(press(&mut app, "Enter"), Effect::Seen);
}

#[test]
fn no_interval_is_shown_where_nothing_is_scheduled() {
    for (stage, shown) in [
        (Stage::New, "1 Again · today  2 Hard · today  3 Good · 1 d  4 Easy · 1 d"),
        (Stage::Drill, "1 Again · today  2 Hard · today  3 Good  4 Easy"),
        (Stage::Practice, "1 Again  2 Hard  3 Good  4 Easy"),
        (Stage::Cram, "1 Again · again  2 Hard  3 Good  4 Easy"),
    ] {
        let mut turn = fact();
        turn.stage = stage;
        let mut app = showing(turn);
        press(&mut app, "Space");
        let screen = draw(&mut app, 80, 24);
        assert!(screen.contains(shown), "{shown} is not in\n{screen}");
    }
}

#[test]
fn a_grade_and_its_interval_are_told_apart_at_every_width() {
    let mut turn = fact();
    for (number, days) in [(4, 6), (5, 36_500)] {
        turn.preview[number].interval = days;
    }
    let mut app = showing(turn);
    press(&mut app, "Space");
    for width in 20..=100 {
        for height in [6, 10, 24] {
            let screen = draw(&mut app, width, height);
            let has = |part: &str| screen.contains(part);
            let is_long = has("1 Again · today") && has("3 Good · 6 d") && has("4 Easy · 36500 d");
            let is_short = has("1:today  2:today") && has("3:6d") && has("4:36500d");
            assert!(is_long || is_short || has("1-4 grade"), "{width}x{height}: {screen}");
            assert!(width < 40 || !has("1-4 grade"), "{width}x{height}: {screen}");
        }
    }
}
