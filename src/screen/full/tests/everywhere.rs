//! What holds on every card.

use super::*;
use crate::model::{Grade, Guid, Slot, Tags};
use crate::screen::full::state::Page;
use crate::study::Details;

fn every_kind() -> [Turn; 4] {
    [
        fact(),
        choice(&["*one", "two", "three"]),
        typed("drift"),
        blanks("A __1__ and a __2__.", &["drift", "registry"], &["registry", "drift", "lineage"]),
    ]
}

fn details() -> Details {
    Details {
        card: CARD,
        note: Guid::new("guid"),
        slot: Slot::Front,
        kind: crate::model::Kind::Fact,
        deck: DeckName::parse("Deck").unwrap(),
        tags: Tags::default(),
        difficulty: None,
        level: None,
        source: None,
        state: State::default(),
        history: Vec::new(),
    }
}

#[test]
fn an_answer_can_be_taken_back_in_every_place() {
    for turn in every_kind() {
        let mut app = showing(turn);
        assert_eq!(press(&mut app, "A-u"), Effect::Undo);
        let Effect::Save(answer) = press(&mut app, "A-!") else { panic!("an answer") };
        app.failed(answer.clone(), "the disk is full".into());
        assert_eq!(press(&mut app, "u"), Effect::Undo);
        save(&mut app, &answer);
        assert_eq!(press(&mut app, "u"), Effect::Undo);
        app.end(crate::screen::words::Sum::default());
        assert_eq!(press(&mut app, "u"), Effect::Undo);
    }
}

#[test]
fn behind_a_marked_answer_the_card_can_be_marked_suspended_and_put_off_while_it_comes_again() {
    for turn in &every_kind()[1..] {
        let mut app = showing(turn.clone());
        let Effect::Save(answer) = press(&mut app, "A-!") else { panic!("an answer") };
        save(&mut app, &answer);
        assert_eq!(press(&mut app, "m"), Effect::Mark(CARD));
        assert_eq!(press(&mut app, "A-s"), Effect::Suspend(CARD));
        assert_eq!(press(&mut app, "b"), Effect::Bury(CARD));
        assert!(draw(&mut app, 80, 24).contains("b bury"));
        let Phase::Marked(_, saved) = app.phase else { panic!("a marked answer") };
        app.regraded(&Saved { again: false, ..saved });
        assert_eq!(press(&mut app, "b"), Effect::None);
        let screen = draw(&mut app, 80, 24);
        assert!(screen.contains("It does not come again today") && !screen.contains("b bury"), "{screen}");
    }
}

#[test]
fn an_answer_that_cannot_be_saved_is_kept_and_tried_again() {
    let mut app = showing(fact());
    let effect = press(&mut app, "h Space 3");
    let Effect::Save(answer) = &effect else { panic!("an answer") };
    app.failed(answer.clone(), "the disk is full".into());
    let screen = draw(&mut app, 80, 24);
    assert!(screen.contains("NOT SAVED. the disk is full") && screen.contains("try again"), "{screen}");
    assert_eq!(press(&mut app, "4"), Effect::None);
    assert_eq!(press(&mut app, "s"), Effect::None);
    assert_eq!(press(&mut app, "Enter"), effect);
    assert_eq!(press(&mut app, "q"), Effect::Leave);
    assert_eq!(save(&mut app, answer), Effect::Next);
}

#[test]
fn help_and_details_lie_over_the_card_and_go_away_again() {
    for turn in every_kind() {
        let mut app = showing(turn);
        let before = draw(&mut app, 80, 24);
        for back in ["Esc", "Enter", "q", "?"] {
            press(&mut app, "F1");
            assert_eq!(app.page, Some(Page::Help));
            assert!(draw(&mut app, 80, 24).contains("Keys"));
            assert_eq!(press(&mut app, back), Effect::None);
            assert_eq!(draw(&mut app, 80, 24), before, "{back}");
        }
        assert_eq!(press(&mut app, "A-i"), Effect::Details(CARD));
        app.open(Page::Details(Box::new(details())));
        let page = draw(&mut app, 80, 24);
        assert!(page.contains("It was never answered.") && page.contains("note: guid"), "{page}");
        // keys of the card do nothing meanwhile
        for key in ["u", "s", "b", "m", "!", "1", "Space", "x", "A-u", "A-!"] {
            assert_eq!(press(&mut app, key), Effect::None, "{key}");
        }
        assert_eq!(press(&mut app, "C-c"), Effect::Leave);
        press(&mut app, "i");
        assert_eq!(draw(&mut app, 80, 24), before);
    }
}

#[test]
fn the_help_names_the_keys_of_the_grades() {
    for (grading, keys) in [(Grading::Four, "1-4"), (Grading::Six, "0-5")] {
        let mut turn = fact();
        turn.grading = grading;
        let mut app = showing(turn);
        press(&mut app, "Space ?");
        let screen = draw(&mut app, 80, 24);
        assert!(screen.contains(keys), "{screen}");
    }
}

#[test]
fn a_paste_is_text_and_never_a_command() {
    let long = "q!us\u{1b}[2J\n".repeat(2000);
    for turn in every_kind() {
        let is_text = matches!(turn.question.ask, Ask::Typed(_) | Ask::Blanks(_));
        let mut app = showing(turn);
        let before = draw(&mut app, 80, 24);
        assert_eq!(app.update(&Event::Paste(long.clone())), Effect::None);
        let screen = draw(&mut app, 80, 24);
        assert_eq!(screen.contains("q!us [2J q!us"), is_text, "{screen}");
        assert!(is_text || screen == before, "{screen}");
        if is_text {
            press(&mut app, "Tab");
            app.update(&Event::Paste(long.clone()));
            press(&mut app, "Enter");
            let answer = app.card.as_ref().unwrap().marker.answer(Grade::WRONG);
            assert!(answer.responses.concat().len() <= 4001, "only so much of it is taken");
            press(&mut app, "Esc");
            let before = draw(&mut app, 80, 24);
            app.update(&Event::Paste("more".into()));
            assert_eq!(draw(&mut app, 80, 24), before);
        }
        app.open(Page::Help);
        assert_eq!(app.update(&Event::Paste("q".into())), Effect::None);
        assert_eq!(app.page, Some(Page::Help));
    }
    let mut app = showing(fact());
    press(&mut app, "Space");
    assert_eq!(app.update(&Event::Paste("3".into())), Effect::None);
    assert_eq!(app.phase, Phase::Judged);
}

#[test]
fn a_paste_that_begins_with_a_digit_takes_no_word() {
    let mut app = showing(blanks("A __1__ and a __2__.", &["2 drifts", "x"], &["2nd", "b", "c"]));
    app.update(&Event::Paste("2 drifts".into()));
    assert!(draw(&mut app, 80, 24).contains("[1:2 drifts"));
    let mut app = showing(blanks("A __1__ and a __2__.", &["a", "x"], &["a", "b", "c"]));
    app.update(&Event::Paste("2 b".into()));
    assert!(draw(&mut app, 80, 24).contains("[1:2 b"), "{}", draw(&mut app, 80, 24));
}

#[test]
fn a_screen_that_is_too_small_takes_nothing_but_to_leave_or_to_stop() {
    for turn in every_kind() {
        for before in ["", "A-!", "Space"] {
            let mut app = showing(turn.clone());
            let effect = press(&mut app, before);
            if let Effect::Save(answer) = &effect {
                save(&mut app, answer);
            }
            for (width, height) in [(19, 5), (19, 24), (80, 5), (1, 1), (0, 0)] {
                draw(&mut app, width, height);
                assert!(app.is_small);
                for key in ["1", "3", "Space", "Enter", "a", "!", "u", "s", "?", "A-u", "Esc"] {
                    assert_eq!(press(&mut app, key), Effect::None, "{key}");
                }
                app.update(&Event::Paste("drift".into()));
                assert_eq!(press(&mut app, "q"), Effect::Leave);
                assert_eq!(press(&mut app, "C-c"), Effect::Leave);
                assert_eq!(press(&mut app, "C-z"), Effect::Stop);
            }
            draw(&mut app, 20, 6);
            assert!(!app.is_small);
        }
    }
    assert!(draw(&mut showing(fact()), 19, 5).contains("too small"));
}

#[test]
fn a_grade_is_given_only_where_the_answer_is_seen() {
    for turn in every_kind() {
        let mut app = showing(turn);
        for key in ["1", "2", "3", "4"] {
            let effect = press(&mut app, key);
            assert!(!matches!(effect, Effect::Save(_) | Effect::Regrade(_)), "{key}: {effect:?}");
        }
    }
    let mut app = App::new(PALETTE);
    assert_eq!(press(&mut app, "3"), Effect::None);
}

#[test]
fn the_end_says_what_was_done_and_any_usual_key_leaves() {
    let mut app = showing(fact());
    app.end(crate::screen::words::Sum::default());
    for key in ["q", "Enter", "Esc", "Space", "C-c"] {
        assert_eq!(press(&mut app, key), Effect::Leave, "{key}");
    }
    let screen = draw(&mut app, 80, 24);
    assert!(screen.contains("Done for today.") && screen.contains("Nothing is left for today."), "{screen}");
}

#[test]
fn keys_that_are_let_go_do_nothing_and_ctrl_z_stops_everywhere() {
    for turn in every_kind() {
        let mut app = showing(turn);
        let mut key = KeyEvent::new(KeyCode::Char('u'), KeyModifiers::ALT);
        key.kind = ratatui::crossterm::event::KeyEventKind::Release;
        assert_eq!(app.update(&Event::Key(key)), Effect::None);
        assert_eq!(press(&mut app, "C-z"), Effect::Stop);
        assert_eq!(press(&mut app, "F1 C-z"), Effect::Stop);
    }
}

#[test]
fn a_long_card_scrolls_and_says_where_one_is() {
    let mut turn = fact();
    turn.question.prompt = (1..=500).map(|n| format!("line {n}\n")).collect();
    let mut app = showing(turn);
    for (keys, first) in [("", 1), ("PgDn", 17), ("PgUp PgUp", 1), ("Down Down", 3), ("Up", 2)] {
        press(&mut app, keys);
        let screen = draw(&mut app, 80, 24);
        assert!(screen.contains(&format!("-- rows {first}-")), "{keys} {first}: {screen}");
        assert!(screen.contains(&format!("line {first} ")), "{keys}: {screen}");
    }
    for _ in 0..40 {
        press(&mut app, "PgDn");
        draw(&mut app, 80, 24);
    }
    assert!(draw(&mut app, 80, 24).contains("PgUp --"));
    press(&mut app, "Space");
    let screen = draw(&mut app, 80, 24);
    assert!(screen.contains("answer: The answer"), "{screen}");
    assert_eq!(said(&press(&mut app, "3")), "save 4 at 1: ");
}

#[test]
fn a_leech_is_named_once_with_what_it_asks() {
    let mut app = showing(fact());
    let mut saved = Saved {
        card: CARD,
        grade: Grade::WRONG,
        event: Kind::Review,
        day: Day::new(0),
        state: State::default(),
        leech: true,
        again: false,
    };
    app.note_leech(&saved);
    app.note_leech(&saved);
    assert_eq!(app.leeches, [(CARD, "What is asked?".to_owned())]);
    saved.leech = false;
    app.note_leech(&saved);
    assert!(app.leeches.is_empty());
}
