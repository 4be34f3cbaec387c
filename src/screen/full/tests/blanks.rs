//! Gaps.

use super::choice::click;
use super::*;
use crate::screen::full::paper::Target;

#[test]
fn gaps_are_typed_into_and_gone_through() {
    expect(
        &blanks("A __1__ and a __2__.", &["drift", "registry"], &[]),
        &[
            ("drift", "none", "A [1:drift ] and a [2:____]."),
            ("drift Tab registry Enter", "save 5 at 1: drift/registry", ""),
            ("Tab registry S-Tab drift Enter", "save 5 at 1: drift/registry", ""),
            ("Down registry Up drift Enter", "save 5 at 1: drift/registry", ""),
            ("Tab Tab drift Tab registry Enter", "save 5 at 1: drift/registry", ""),
            ("drift Enter registry Enter", "save 5 at 1: drift/registry", ""),
            ("Enter", "none", "Fill every gap first."),
            ("drift Enter Enter", "none", "Fill every gap first."),
            ("A-!", "save 0 at 1: ", ""),
            ("Esc !", "save 0 at 1: ", ""),
            ("Esc q", "leave", ""),
            ("q", "none", "[1:q ]"),
        ],
    );
}

#[test]
fn right_gaps_stay_and_the_others_are_asked_again() {
    expect(
        &blanks("A __1__ and a __2__.", &["drift", "registry"], &[]),
        &[
            ("drift Tab x Enter", "none", "A [1:drift] and a [2: ]."),
            ("drift Tab x Enter", "none", "Wrong: 1 of 2 gaps are right; 2 attempts left."),
            ("drift Tab x Enter", "none", "gap 1 is right: drift"),
            ("drift Tab x Enter", "none", "gap 2 is wrong: x"),
            ("drift Tab x Enter Tab Tab S-Tab registry Enter", "save 3 at 2: drift/x | drift/registry", ""),
            ("drift Tab regstry Enter", "none", "almost:"),
            ("drift Tab regstry Enter", "none", "reg{+i+}stry"),
            ("drift Tab regstry Enter y", "save 5 at 1: drift/regstry", ""),
            ("drift Tab regstry Enter n", "none", "Wrong: 1 of 2 gaps are right; 2 attempts left."),
            ("drift Tab regstry Enter n", "none", "gap 2 is wrong: regstry"),
            ("drift Tab regstry Enter n registry Enter", "save 3 at 2: drift/regstry | drift/registry", ""),
        ],
    );
    let mut app = showing(blanks("A __1__ and a __2__.", &["drift", "registry"], &[]));
    press(&mut app, "drift Tab x Enter registry Enter Up");
    let screen = draw(&mut app, 80, 24);
    assert!(screen.contains("A [1:drift] and a [2:registry]."), "{screen}");
    assert!(screen.contains("Right.") && screen.contains("gap 2 was wrong: x"), "{screen}");
    assert!(!screen.contains("is wrong"), "{screen}");
}

#[test]
fn words_are_taken_by_their_number_or_with_a_click() {
    let turn = blanks("A __1__ and a __2__.", &["drift", "registry"], &["registry", "drift", "lineage"]);
    expect(
        &turn,
        &[
            ("", "none", "words: 1 registry   2 drift   3 lineage"),
            ("2", "none", "A [1:drift] and a [2: ]."),
            ("1 S-Tab 2", "none", "A [1:drift] and a [2: ]."),
            ("2 1 Enter", "save 5 at 1: drift/registry", ""),
            ("# 2 Tab # 1 Enter", "save 5 at 1: drift/registry", ""),
            ("drift Tab registry Enter", "save 5 at 1: drift/registry", ""),
            ("2 3 Enter", "none", "[1:drift]"),
            ("2 3 Enter 1 Enter", "save 3 at 2: drift/lineage | drift/registry", ""),
            ("4 Tab 1", "none", "[1:4]"),
            ("# 4 Tab 1 Enter", "none", "There is no word #4."),
        ],
    );
    let mut app = showing(turn);
    assert_eq!(click(&mut app, Target::Gap(1)), Effect::None);
    click(&mut app, Target::Word(0));
    click(&mut app, Target::Gap(0));
    click(&mut app, Target::Word(1));
    assert_eq!(said(&press(&mut app, "Enter")), "save 5 at 1: drift/registry");
}

#[test]
fn in_a_long_bank_a_number_is_typed_whole() {
    let bank: Vec<String> = (1..=12).map(|n| format!("word{}", char::from(b'a' + n))).collect();
    let bank: Vec<&str> = bank.iter().map(String::as_str).collect();
    expect(
        &blanks("A __1__.", &[bank[11]], &bank),
        &[
            ("# 1 2 Enter", "save 5 at 1: wordm", ""),
            ("1 2 Enter", "save 5 at 1: wordm", ""),
            ("# 1 3 Enter", "none", "There is no word #13."),
            ("wordm Enter", "save 5 at 1: wordm", ""),
        ],
    );
}

#[test]
fn a_word_that_is_a_number_is_that_word() {
    expect(
        &blanks("Level __1__.", &["2"], &["0", "1", "2"]),
        &[
            ("2 Enter", "save 5 at 1: 2", ""),
            ("# 3 Enter", "save 5 at 1: 2", ""),
            ("# 1 Enter", "none", "gap 1 is wrong: 0"),
        ],
    );
}

#[test]
fn gaps_in_code_are_filled_where_they_stand() {
    let turn = code(blanks("Fill it.", &["fit", "predict"], &[]), "model.__1__(x)\nmodel.__2__(y)");
    expect(
        &turn,
        &[
            ("fit", "none", "| model.[1:fit ](x)"),
            ("fit Tab predict Enter Up", "none", "| model.[2:predict](y)"),
        ],
    );
}

#[test]
fn the_gap_in_which_one_types_is_seen_on_the_smallest_screen() {
    let prompt =
        "One two three four five six seven eight nine __1__ ten eleven twelve thirteen fourteen __2__.";
    let mut app = showing(blanks(prompt, &["drift", "registry"], &[]));
    draw(&mut app, 20, 6);
    press(&mut app, "drift");
    let screen = draw(&mut app, 20, 6);
    assert!(screen.contains("[1:drift"), "{screen}");
    press(&mut app, "Tab reg");
    let screen = draw(&mut app, 20, 6);
    assert!(screen.contains("[2:reg"), "{screen}");
}

#[test]
fn a_click_into_a_gap_leaves_the_commands() {
    let mut app = showing(blanks("A __1__ and a __2__.", &["drift", "registry"], &[]));
    press(&mut app, "Esc");
    click(&mut app, Target::Gap(1));
    press(&mut app, "q");
    assert!(draw(&mut app, 80, 24).contains("[2:q ]"));
}
