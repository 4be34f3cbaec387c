//! Answers that are typed.

use super::*;

#[test]
fn letters_are_text_and_not_commands_until_escape() {
    expect(
        &typed("quit"),
        &[
            ("q", "none", "your answer: q"),
            ("qui t Enter", "save 5 at 1: quit", ""),
            ("? h ! u", "none", "your answer: ?h!u"),
            ("QUIT Enter", "save 5 at 1: QUIT", ""),
            ("Enter", "none", "There is nothing to mark yet."),
            ("Space Enter", "none", "There is nothing to mark yet."),
            ("uit Home q Enter", "save 5 at 1: quit", ""),
            ("quix Backspace t Enter", "save 5 at 1: quit", ""),
            ("some words C-u quit Enter", "save 5 at 1: quit", ""),
            ("A-!", "save 0 at 1: ", ""),
            ("A-h quit Enter", "save 4 at 1 hinted: quit", ""),
            ("A-u", "undo", ""),
            ("F1", "none", "Keys"),
            ("Esc q", "leave", ""),
            ("Esc u", "undo", ""),
            ("Esc s", "suspend", ""),
            ("Esc b", "bury", ""),
            ("Esc m", "mark", ""),
            ("Esc h", "none", "hint: a nudge"),
            ("Esc !", "save 0 at 1: ", ""),
            ("Esc x", "none", "your answer:"),
            ("q Esc Esc u", "none", "your answer: qu"),
            ("q Esc Tab u", "none", "your answer: qu"),
            ("q Esc ? Esc Enter u", "none", "your answer: qu"),
        ],
    );
}

#[test]
fn a_near_miss_is_shown_and_the_learner_decides() {
    let turn = typed("retraining");
    expect(
        &turn,
        &[
            ("retrainin Enter", "none", "Count it as right?"),
            ("retrainin Enter", "none", "almost: retrainin{+g+}"),
            ("retrainin Enter y", "save 5 at 1: retrainin", ""),
            ("retrainin Enter Y", "save 5 at 1: retrainin", ""),
            ("retrainin Enter n", "none", "Wrong; 2 attempts left."),
            ("retrainin Enter n", "none", "wrong: retrainin"),
            ("retrainin Enter n retraining Enter", "save 3 at 2: retrainin | retraining", ""),
            ("no Enter retrainin Enter n retraining Enter", "save 2 at 3: no | retrainin | retraining", ""),
            ("no Enter no Enter retrainin Enter n", "save 1 at 3: no | no | retrainin", ""),
            ("retrainin Enter x", "none", "Count it as right?"),
            ("retrainin Enter Enter", "none", "Count it as right?"),
            ("retrainin Enter 3", "none", "Count it as right?"),
            ("retrainin Enter !", "save 0 at 1: retrainin", ""),
            ("retrainin Enter u", "undo", ""),
            ("A-h retrainin Enter y", "save 4 at 1 hinted: retrainin", ""),
            ("no Enter retrainin Enter y", "save 3 at 2: no | retrainin", ""),
        ],
    );
    let mut app = showing(turn);
    press(&mut app, "retrainin Enter");
    assert!(!draw(&mut app, 80, 24).contains("answer: retraining"), "not before the learner has decided");
}

#[test]
fn what_was_typed_is_called_wrong_only_if_it_was() {
    let turn = typed("retraining");
    let after = |keys: &str| {
        let mut app = showing(turn.clone());
        press(&mut app, &format!("{keys} Up"));
        draw(&mut app, 80, 24)
    };
    let right = after("retraining Enter");
    assert!(right.contains("Right.") && right.contains("answer: retraining"), "{right}");
    assert!(!right.contains("wrong"), "{right}");
    let near = after("retrainin Enter y");
    assert!(near.contains("Right.") && near.contains("typed: retrainin"), "{near}");
    assert!(!near.contains("wrong"), "{near}");
    let second = after("drift Enter retraining Enter");
    assert!(second.contains("wrong: drift") && !second.contains("wrong: retraining"), "{second}");
    let refused = after("a Enter b Enter retrainin Enter n");
    assert!(refused.contains("Wrong.") && refused.contains("wrong: retrainin"), "{refused}");
    let spent = after("a Enter b Enter c Enter");
    for part in ["wrong: a", "wrong: b", "wrong: c", "Wrong.", "answer: retraining"] {
        assert!(spent.contains(part), "{part}: {spent}");
    }
}

#[test]
fn what_is_typed_is_seen_on_the_smallest_screen_after_wrong_attempts() {
    let mut app = showing(typed("retraining"));
    draw(&mut app, 20, 6);
    press(&mut app, "one Enter two Enter thr");
    let screen = draw(&mut app, 20, 6);
    assert!(screen.contains("your answer: thr"), "{screen}");
}

#[test]
fn after_a_very_long_wrong_answer_the_right_one_is_seen_beside_it_at_every_size() {
    let long = "drift ".repeat(330);
    for (turn, right) in [
        (typed("retraining"), "answer: retraining"),
        (blanks("A __1__ and a __2__.", &["drift", "registry"], &[]), "2: registry"),
    ] {
        for attempts in [1, 3] {
            for (width, height) in [(80, 24), (40, 10), (20, 6)] {
                let mut app = showing(Turn { attempts, ..turn.clone() });
                draw(&mut app, width, height);
                let mut effect = Effect::None;
                for _ in 0..attempts {
                    app.update(&Event::Paste(long.clone()));
                    press(&mut app, "Tab");
                    app.update(&Event::Paste(long.clone()));
                    effect = press(&mut app, "Enter");
                }
                let Effect::Save(answer) = effect else { panic!("an answer") };
                save(&mut app, &answer);
                let screen = draw(&mut app, width, height);
                assert!(screen.contains(right), "{width}x{height}: {screen}");
                let is_seen = screen.contains("wrong: drift drift") && screen.contains('…');
                assert!(is_seen || width < 40, "{width}x{height}: {screen}");
                assert!(answer.responses.concat().len() > 1900, "all of it is kept");
            }
        }
    }
}
