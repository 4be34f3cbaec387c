//! Options.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::*;
use crate::screen::full::paper::Target;

/// A click on the middle of what is at a target.
pub(super) fn click(app: &mut App, target: Target) -> Effect {
    draw(app, 80, 24);
    let area = app.targets.iter().find(|(_, other)| *other == target).map(|(area, _)| *area);
    let area = area.unwrap_or_else(|| panic!("{target:?} is not on the screen"));
    let (column, row) = (area.x + area.width / 2, area.y);
    let kind = MouseEventKind::Down(MouseButton::Left);
    app.update(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

#[test]
fn one_option_is_taken_by_arrows_by_its_letter_or_with_a_click() {
    let turn = choice(&["alpha", "*beta", "gamma", "delta"]);
    expect(
        &turn,
        &[
            ("", "none", "> A) alpha"),
            ("Down", "none", "> B) beta"),
            ("Up", "none", "> D) delta"),
            ("Down Enter", "save 5 at 1: beta", ""),
            ("Down Space", "save 5 at 1: beta", ""),
            ("b", "save 5 at 1: beta", ""),
            ("B", "save 5 at 1: beta", ""),
            ("h b", "save 4 at 1 hinted: beta", ""),
            ("x", "none", "> A) alpha"),
            ("A-b", "bury", ""),
            ("!", "save 0 at 1: ", ""),
        ],
    );
    let mut app = showing(turn);
    assert_eq!(said(&click(&mut app, Target::Option(1))), "save 5 at 1: beta");
}

#[test]
fn a_wrong_option_is_crossed_out_skipped_and_costs_one_attempt_only() {
    let turn = choice(&["alpha", "*beta", "gamma", "delta"]);
    expect(
        &turn,
        &[
            ("a", "none", "A) alpha  (wrong)"),
            ("a", "none", "> B) beta"),
            ("a", "none", "Wrong; 2 attempts left."),
            ("a a", "none", "Option A is wrong, as you know already."),
            ("a Up", "none", "> D) delta"),
            ("a Up Down", "none", "> B) beta"),
            ("a Enter", "save 3 at 2: alpha | beta", ""),
            ("a d b", "save 2 at 3: alpha | delta | beta", ""),
            ("a d c", "save 1 at 3: alpha | delta | gamma", ""),
            ("a !", "save 0 at 1: alpha", ""),
        ],
    );
    let mut app = showing(turn);
    press(&mut app, "a");
    click(&mut app, Target::Option(0));
    assert_eq!(app.notice, "Option A is wrong, as you know already.");
    press(&mut app, "d");
    assert!(draw(&mut app, 80, 24).contains("D) delta  (wrong)"));
}

#[test]
fn several_options_are_picked_put_back_and_marked_together() {
    let turn = choice(&["*one", "two", "*three", "four"]);
    expect(
        &turn,
        &[
            ("Space", "none", "> [x] A) one"),
            ("Space Space", "none", "> [ ] A) one"),
            ("c", "none", "> [x] C) three"),
            ("a c", "none", "  [x] A) one"),
            ("Enter", "none", "Pick the right ones"),
            ("Space Down Down Space Enter", "save 5 at 1: one/three", ""),
            ("c a Enter", "save 5 at 1: one/three", ""),
            ("a Enter", "none", "Wrong: 1 of the 2 right ones, 0 wrong; 1 attempt left."),
            ("a b Enter", "none", "Wrong: 1 of the 2 right ones, 1 wrong; 1 attempt left."),
            ("a b Enter", "none", "[x] A) one"),
            ("a b Enter", "none", "[ ] B) two  (wrong)"),
            ("a b Enter b", "none", "Option B is wrong, as you know already."),
            ("a b Enter c Enter", "save 3 at 2: one/two | one/three", ""),
            ("b d Enter", "none", "Wrong: 0 of the 2 right ones, 2 wrong"),
        ],
    );
    let mut app = showing(turn);
    assert_eq!(click(&mut app, Target::Option(2)), Effect::None);
    assert_eq!(click(&mut app, Target::Option(0)), Effect::None);
    assert_eq!(said(&press(&mut app, "Enter")), "save 5 at 1: one/three");
}

#[test]
fn the_answer_says_in_words_what_was_right_and_what_was_picked() {
    let mut app = showing(choice(&["alpha", "*beta", "gamma"]));
    press(&mut app, "a b Up");
    assert!(is_marked(&app));
    let screen = draw(&mut app, 80, 24);
    for part in ["A) alpha  (wrong)", "B) beta  (right)", "C) gamma ", "Right.", "saved: grade 3"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
}

#[test]
fn an_option_that_is_not_seen_is_not_taken_with_space() {
    for key in ["Space", "Enter", "Down"] {
        let mut app = showing(choice(&["*one", "two", "three"]));
        app.card.as_mut().unwrap().turn.question.prompt = "a long question ".repeat(20);
        let screen = draw(&mut app, 20, 6);
        assert!(screen.contains("a long question") && !screen.contains("A) one"), "{screen}");
        assert_eq!(press(&mut app, key), Effect::None, "{key}");
        let screen = draw(&mut app, 20, 6);
        assert!(screen.contains("> A) one"), "{screen}");
        assert_eq!(said(&press(&mut app, "Space")), "save 5 at 1: one");
    }
}

#[test]
fn a_grade_is_moved_after_the_answer_and_not_before() {
    let turn = choice(&["alpha", "*beta", "gamma"]);
    expect(
        &turn,
        &[
            ("1", "none", ""),
            ("b 1", "regrade 1", ""),
            ("b 3", "regrade 4", ""),
            ("b 5", "none", ""),
            ("b ? 1", "none", "Keys"),
            ("b Enter", "next", ""),
            ("b Space", "next", ""),
            ("b b", "none", "It does not come again today"),
            ("b s", "suspend", "Right."),
            ("b m", "mark", "Right."),
            ("b u", "undo", ""),
            ("b i", "details(7)", ""),
        ],
    );
}

#[test]
fn the_right_option_is_seen_behind_the_answer_however_many_there_are() {
    let options: Vec<String> =
        (0..24).map(|n| format!("{}option {n}", if n == 20 { "*" } else { "" })).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    for (width, height) in [(80, 24), (40, 10), (20, 6)] {
        let mut app = showing(choice(&options));
        let Effect::Save(answer) = press(&mut app, "A-!") else { panic!("an answer") };
        save(&mut app, &answer);
        let screen = draw(&mut app, width, height);
        assert!(screen.contains("option 20"), "{width}x{height}: {screen}");
    }
}
