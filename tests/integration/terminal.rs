//! The real program in a pseudo-terminal: it leaves the terminal as it found it, whatever happens.

use serde_json::json;

use crate::builder::{Matura, facts};
use crate::pty::{Pty, Start};

/// Grades the card on the screen and waits for the next.
fn answer(pty: &mut Pty<'_>, card: usize) {
    pty.sees(&format!("question {card}")).press(" ").sees(&format!("answer: answer {card}")).press("3");
    pty.sees("saved: grade 4").sees(&format!("question {}", card + 1));
}

fn has(sent: &[u8], sequence: &str) -> bool {
    sent.windows(sequence.len()).any(|window| window == sequence.as_bytes())
}

/// The parameters of every sequence that sets how text looks.
fn looks(sent: &[u8]) -> Vec<String> {
    let sent = String::from_utf8_lossy(sent);
    let look = |rest: &str| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (parameters, rest) = rest.split_at(end);
        rest.starts_with('m').then(|| parameters.to_owned())
    };
    sent.split("\u{1b}[").skip(1).filter_map(look).collect()
}

#[test]
fn the_terminal_is_as_it_was_after_quitting_interrupting_and_the_end() {
    for (keys, left) in
        [("q", "Left for today: 2 new."), ("\u{3}", "Left for today: 2 new."), (" 3 3q", "remembered")]
    {
        let matura = Matura::with_bank(&facts(2));
        let Some(mut pty) = Pty::review(&matura) else { return };
        pty.sees("question 1");
        assert!(pty.terminal().alternate_screen(), "it is drawn on the other screen");
        if keys.starts_with(' ') {
            answer(&mut pty, 1);
            pty.press(" ").sees("answer: answer 2").press("3").sees("Done for today.").press("q");
        } else {
            pty.press(keys);
        }
        pty.sees(left);
        assert!(has(&pty.ends(0), "\u{1b}[?1049l"));
    }
}

#[test]
fn a_signal_ends_it_as_that_signal_does_and_what_was_answered_is_kept_and_told() {
    for (signal, status) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let matura = Matura::with_bank(&facts(3));
        let Some(mut pty) = Pty::review(&matura) else { return };
        answer(&mut pty, 1);
        pty.press(" ").sees("answer: answer 2");
        pty.signal(signal);
        pty.sees("Answered: 1 new; 1 remembered").ends(status);
        assert_eq!(matura.check()["reviews"], 1);
    }
}

#[test]
fn stopped_for_a_while_it_gives_the_terminal_back_and_then_goes_on() {
    let matura = Matura::with_bank(&facts(3));
    for by_key in [true, false] {
        let Some(mut pty) = Pty::review(&matura) else { return };
        let before = pty.settings();
        pty.sees("question 1").press(" ").sees("answer: answer 1");
        if by_key {
            pty.press("\u{1a}");
        } else {
            pty.signal("TSTP");
        }
        pty.until("stopped", Pty::is_stopped);
        pty.until("the normal screen", |pty| !pty.terminal().alternate_screen());
        assert!(!pty.terminal().hide_cursor());
        let stopped = pty.settings();
        pty.signal("CONT");
        pty.until("the other screen", |pty| pty.terminal().alternate_screen()).sees("answer: answer 1");
        let raw = pty.settings();
        assert!(
            raw == "None" || (stopped != raw && (before == stopped || before == raw)),
            "{before}\n{stopped}\n{raw}"
        );
        pty.press("q").ends(0);
    }
    assert_eq!(matura.check()["reviews"], 0);
}

#[test]
fn the_editor_has_the_terminal_to_itself_and_its_ctrl_c_and_ctrl_z_are_its_own() {
    let matura = Matura::with_bank(&facts(2));
    // an editor that shows what it has and waits; Ctrl-C does not end it
    let editor = matura.file(
        "editor.sh",
        "trap : INT; grep '^question' \"$1\"; echo editing; until [ -n \"$line\" ]; do read line; done; sed -i \"s/^question 1/$line/\" \"$1\"\n",
    );
    let editor = format!("sh {}", editor.display());
    let start = Start { env: &[("TERM", "xterm-256color"), ("EDITOR", &editor)], ..Start::default() };
    let Some(mut pty) = Pty::start(&matura, &start) else { return };
    pty.sees("question 1").press("e").sees("editing");
    assert!(!pty.terminal().alternate_screen(), "it is on the normal screen");
    assert!(pty.settings().contains("ICANON"), "lines are lines there");
    pty.press("\u{3}");
    pty.press("\u{1a}");
    pty.until("stopped", Pty::is_stopped);
    pty.goes_on();
    pty.press("what is new\n").sees("The note is changed.").sees("what is new");
    assert!(pty.terminal().alternate_screen());
    // long enough for a signal that was not meant for the session
    std::thread::sleep(std::time::Duration::from_millis(2500));
    pty.press(" ").sees("answer: answer 1").press("3").sees("question 2").press("q").sees("Left for today");
    pty.ends(0);
}

#[test]
fn another_size_is_drawn_for_and_one_that_is_too_small_grades_nothing() {
    let matura = Matura::with_bank(&facts(2));
    let Some(mut pty) = Pty::review(&matura) else { return };
    pty.sees("question 1").press(" ").sees("answer: answer 1");
    pty.resize((20, 6)).sees("1-4 grade");
    pty.resize((19, 5)).sees("too small");
    pty.resize((80, 24)).sees("answer: answer 1").sees("1 Again");
    pty.resize((19, 5)).sees("too small").press("3 q").ends(0);
    assert_eq!(matura.check()["reviews"], 0);
}

#[test]
fn a_terminal_that_says_no_size_is_drawn_for_as_80_by_24_until_it_says_one() {
    let matura = Matura::with_bank(&facts(2));
    let Some(mut pty) = Pty::start(&matura, &Start { size: (0, 0), ..Start::default() }) else { return };
    answer(&mut pty, 1);
    pty.press(" ").sees("1 Again").resize((40, 10)).sees("1:today  2:today");
    assert!(pty.screen().lines().all(|line| line.chars().count() <= 40), "{}", pty.screen());
    pty.press("q").ends(0);
    assert_eq!(matura.check()["reviews"], 1);
}

/// Not a test: what the next one runs in a terminal.
#[test]
#[ignore = "run by the test below"]
fn panics_on_the_full_screen() {
    if std::env::var_os("MATURA_PANICS").is_none() {
        return;
    }
    let _screen = matura::screen::full::Tty::enter().unwrap();
    panic!("on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_says_why() {
    let matura = Matura::new();
    let this = std::env::current_exe().unwrap();
    let command =
        format!("{} --ignored --exact --nocapture terminal::panics_on_the_full_screen", this.display());
    let env = [("TERM", "xterm"), ("MATURA_PANICS", "yes"), ("RUST_BACKTRACE", "0")];
    let Some(mut pty) = Pty::start(&matura, &Start { command: &command, env: &env, ..Start::default() })
    else {
        return;
    };
    pty.sees("on purpose");
    let sent = String::from_utf8_lossy(&pty.ends(101)).into_owned();
    assert!(
        sent.contains("\u{1b}[?1049h") && sent.find("\u{1b}[?1049l") < sent.find("on purpose"),
        "{sent:?}"
    );
}

#[test]
fn without_colours_nothing_is_coloured_and_bold_stays() {
    let matura = Matura::with_bank("prompt,answer,typed\nWhat?,drift,yes\n");
    let colourless = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
    for (env, is_coloured) in [(&colourless[..], false), (&colourless[..1], true)] {
        let Some(mut pty) = Pty::start(&matura, &Start { env, ..Start::default() }) else { return };
        pty.sees("What?").press("x\r").sees("wrong: x");
        let row = pty.screen().lines().position(|line| line.contains("Enter done")).unwrap();
        let cell = pty.terminal().cell(row.try_into().unwrap(), 0).unwrap();
        assert!(cell.bold(), "the key is bold: {}", pty.screen());
        pty.press("\u{3}");
        let looks = looks(&pty.ends(0));
        let is_colour = |look: &String| {
            look.split(';')
                .any(|part| part.parse().is_ok_and(|code: u8| code >= 30 && !matches!(code, 39 | 49)))
        };
        assert_eq!(looks.iter().any(is_colour), is_coloured, "{looks:?}");
    }
}

#[test]
fn the_theme_of_the_collection_decides_the_colours_and_no_color_is_above_it() {
    let terminal = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
    for (theme, env, wrong) in [
        ("dark", &terminal[..1], "38;5;210"),
        ("light", &terminal[..1], "38;5;124"),
        ("plain", &terminal[..1], ""),
        ("light", &terminal[..], ""),
    ] {
        let matura = Matura::with_bank("prompt,answer,typed\nWhat?,drift,yes\n");
        matura.json(&["config", "theme", theme]);
        let Some(mut pty) = Pty::start(&matura, &Start { env, ..Start::default() }) else { return };
        pty.sees("What?").press("x\r").sees("wrong: x").press("\u{3}");
        let looks = looks(&pty.ends(0));
        let has = |part: &str| looks.iter().any(|look| look.contains(part));
        assert!(if wrong.is_empty() { !has("38;") } else { has(wrong) }, "{theme}: {looks:?}");
    }
}

#[test]
fn a_terminal_that_cannot_draw_gets_lines() {
    let matura = Matura::with_bank(&facts(2));
    for env in [&[("TERM", "dumb")][..], &[]] {
        let Some(mut pty) = Pty::start(&matura, &Start { env, ..Start::default() }) else { return };
        pty.sees("Enter shows the answer").press("q\n").sees("Left for today: 2 new.");
        let sent = pty.ends(0);
        assert!(!sent.contains(&0x1b), "{}", String::from_utf8_lossy(&sent));
    }
    let command = concat!(env!("CARGO_BIN_EXE_matura"), " review </dev/null");
    let Some(mut pty) = Pty::start(&matura, &Start { command, ..Start::default() }) else { return };
    pty.sees("Enter shows the answer");
    let sent = pty.ends(0);
    assert!(!sent.contains(&0x1b), "{}", String::from_utf8_lossy(&sent));
}

#[test]
fn no_escape_sequence_of_a_card_reaches_the_terminal() {
    let nasty = "\u{1b}]52;c;aGk=\u{7}\u{1b}[6n\u{1b}c\u{9b}5n\u{202e}x";
    let bank = format!("prompt,answer,hint,explanation,code\nQ{nasty},A{nasty},H{nasty},E{nasty},C{nasty}\n");
    let matura = Matura::with_bank(&bank);
    let Some(mut pty) = Pty::review(&matura) else { return };
    pty.sees("Q␛]52")
        .press("h")
        .sees("hint: H␛]52")
        .press(" ")
        .sees("answer: A␛]52")
        .press("3")
        .sees("Done")
        .press("q");
    let sent = pty.ends(0);
    for sequence in ["\u{1b}]52", "\u{7}", "\u{1b}[6n", "\u{1b}c", "\u{9b}", "\u{202e}"] {
        assert!(!has(&sent, sequence), "{sequence:?}");
    }
}

#[test]
fn what_was_confirmed_is_kept_when_the_program_is_killed() {
    let matura = Matura::with_bank(&facts(5));
    let Some(mut pty) = Pty::review(&matura) else { return };
    for card in 1..=3 {
        answer(&mut pty, card);
    }
    pty.signal("KILL");
    pty.sees("status 137");
    assert_eq!(matura.check()["reviews"], 3);
}

#[test]
fn a_terminal_that_goes_away_takes_the_program_with_it_and_no_answer() {
    let matura = Matura::with_bank(&facts(3));
    let Some(mut pty) = Pty::review(&matura) else { return };
    pty.sees("question 1").press(" ").sees("answer: answer 1").press("3").sees("question 2");
    pty.goes_away();
    assert_eq!(matura.check()["reviews"], 1);
}

#[test]
fn a_card_that_another_process_answers_meanwhile_keeps_both_answers() {
    let matura = Matura::with_bank(&facts(3));
    let Some(mut pty) = Pty::review(&matura) else { return };
    pty.sees("question 1").press(" ").sees("answer: answer 1");
    assert_eq!(matura.json(&["answer", "1", "--grade", "5"])["grade"], 5);
    pty.press("1").sees("saved: grade 1 (Again), a repeat").sees("question 2");
    assert_eq!(matura.json(&["answer", "2", "--grade", "5"])["grade"], 5);
    assert_eq!(matura.json(&["suspend", "3"])["card"], 3);
    pty.press(" ").sees("answer: answer 2").press("4").sees("question 1").press("q").ends(0);
    let shown = matura.json(&["show", "1"]);
    let rows: Vec<_> =
        shown["history"].as_array().unwrap().iter().map(|row| (&row["kind"], &row["grade"])).collect();
    assert_eq!(rows, [(&json!("review"), &json!(5)), (&json!("drill"), &json!(1))]);
    assert_eq!(matura.check()["reviews"], 4);
}

/// A review whose files can only grow so far, up to the answer that cannot be saved; with how many were.
fn until_the_disk_is_full(matura: &Matura) -> Option<(Pty<'_>, usize)> {
    // a signal that nobody catches would kill it before it hears that the disk is full
    let before = "trap \"\" XFSZ; ulimit -S -f 128;";
    let mut pty = Pty::start(matura, &Start { before, ..Start::default() })?;
    for card in 1.. {
        let next = format!("question {}", card + 1);
        pty.sees(&format!("question {card}")).press(" ").sees(&format!("answer: answer {card}")).press("3");
        pty.until("saved or not", |pty| pty.screen().contains(&next) || pty.screen().contains("NOT SAVED."));
        if pty.screen().contains("NOT SAVED.") {
            return Some((pty, card - 1));
        }
    }
    None
}

#[test]
fn a_full_disk_is_told_loses_nothing_that_was_confirmed_and_can_be_left() {
    let matura = Matura::with_bank(&facts(99));
    matura.json(&["config", "new_per_day", "99"]);
    let Some((mut pty, saved)) = until_the_disk_is_full(&matura) else { return };
    assert!(saved > 0 && pty.screen().contains("try again"), "{}", pty.screen());
    pty.press("\r").press("q").sees("Left for today").ends(0);
    assert_eq!(matura.check()["reviews"], saved);
}

#[test]
fn an_answer_that_found_no_room_is_saved_when_there_is_some() {
    let matura = Matura::with_bank(&facts(99));
    matura.json(&["config", "new_per_day", "99"]);
    let Some((mut pty, saved)) = until_the_disk_is_full(&matura) else { return };
    let lifted =
        std::process::Command::new("prlimit").args(["--pid", &pty.pid(), "--fsize=unlimited:"]).status();
    if !lifted.is_ok_and(|status| status.success()) {
        println!("not run: there is no prlimit");
        return;
    }
    pty.press("\r").sees("saved: grade 4").sees(&format!("question {}", saved + 2)).press("q").ends(0);
    assert_eq!(matura.check()["reviews"], saved + 1);
}
