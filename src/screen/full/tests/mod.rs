//! Keys on the screen as a value: no terminal and no collection.

mod blanks;
mod choice;
mod everywhere;
mod reveal;
mod typed;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::app::App;
use super::state::{Effect, Phase};
use super::style::Palette;
use crate::model::{Answer, CardId, Code, Day, DeckName, Event as Kind, Grading, State, Theme};
use crate::study::{After, Ask, Gaps, Left, Options, Question, Reveal, Saved, Shown, Stage, Turn, Typed};

const CARD: CardId = 7;
const PALETTE: Palette = Palette::new(Theme::Terminal, true);

/// A card that asks this, with a hint and an explanation.
fn asking(prompt: &str, ask: Ask) -> Turn {
    let after = After { explanation: Some("because of it".into()), ..After::default() };
    let question = Question {
        prompt: prompt.into(),
        code: None,
        ask,
        hint: Some("a nudge".into()),
        images: Vec::new(),
        after,
    };
    Turn {
        card: CARD,
        deck: DeckName::parse("Deck").unwrap(),
        stage: Stage::New,
        question,
        preview: [State { interval: 1, due: Some(Day::new(1)), ..State::default() }; 6],
        left: Left { new: 3, ..Left::default() },
        attempts: 3,
        grading: Grading::Four,
        marked: false,
        seconds: None,
    }
}

fn fact() -> Turn {
    asking("What is asked?", Ask::Reveal(Reveal { answer: "The answer".into(), text: None, code: None }))
}

/// Options in this order; `*` stands before those that are right.
fn choice(options: &[&str]) -> Turn {
    let shown = |(stored, text): (usize, &&str)| Shown {
        text: text.trim_start_matches('*').into(),
        stored,
        right: text.starts_with('*'),
    };
    let shown: Vec<Shown> = options.iter().enumerate().map(shown).collect();
    let several = shown.iter().filter(|option| option.right).count() > 1;
    asking("Which?", Ask::Choice(Options { shown, several }))
}

fn typed(answer: &str) -> Turn {
    asking("What is typed?", Ask::Typed(Typed { answer: answer.into(), accept: Vec::new() }))
}

/// Gaps for these answers, with a bank of words if there is one.
fn blanks(prompt: &str, answers: &[&str], bank: &[&str]) -> Turn {
    let answers =
        answers.iter().map(|answer| Typed { answer: (*answer).into(), accept: Vec::new() }).collect();
    asking(prompt, Ask::Blanks(Gaps { answers, bank: bank.iter().map(ToString::to_string).collect() }))
}

fn code(mut turn: Turn, text: &str) -> Turn {
    turn.question.code = Some(Code { text: text.into(), language: Some("python".into()) });
    turn
}

/// A screen that shows a card.
fn showing(turn: Turn) -> App {
    let mut app = App::new(PALETTE);
    app.show(turn);
    draw(&mut app, 80, 24);
    app
}

/// Draws the screen at this size and gives its text.
fn draw(app: &mut App, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    super::draw(&mut terminal, app).unwrap();
    if width == 0 {
        return String::new();
    }
    terminal.backend().to_string().replace('\u{a0}', " ")
}

/// The event of a named key, such as `Enter`, `C-c` or `A-u`; none if it is no name.
fn named(name: &str) -> Option<KeyEvent> {
    let plain = |code| Some(KeyEvent::new(code, KeyModifiers::NONE));
    match name {
        "Space" => plain(KeyCode::Char(' ')),
        "Enter" => plain(KeyCode::Enter),
        "Esc" => plain(KeyCode::Esc),
        "Tab" => plain(KeyCode::Tab),
        "S-Tab" => plain(KeyCode::BackTab),
        "Up" => plain(KeyCode::Up),
        "Down" => plain(KeyCode::Down),
        "Left" => plain(KeyCode::Left),
        "Home" => plain(KeyCode::Home),
        "Backspace" => plain(KeyCode::Backspace),
        "PgUp" => plain(KeyCode::PageUp),
        "PgDn" => plain(KeyCode::PageDown),
        "F1" => plain(KeyCode::F(1)),
        name => {
            let (modifiers, letter) = name.split_once('-')?;
            let letter = letter.chars().next()?;
            let modifiers = match modifiers {
                "C" => KeyModifiers::CONTROL,
                "A" => KeyModifiers::ALT,
                _ => return None,
            };
            Some(KeyEvent::new(KeyCode::Char(letter), modifiers))
        }
    }
}

/// Presses keys: names, or else letters one by one. Answers before the last key are saved.
fn press(app: &mut App, keys: &str) -> Effect {
    let letters = |word: &str| -> Vec<KeyEvent> {
        named(word).map_or_else(
            || word.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)).collect(),
            |key| vec![key],
        )
    };
    let mut effect = Effect::None;
    for key in keys.split_whitespace().flat_map(letters) {
        if let Effect::Save(answer) = &effect {
            save(app, answer);
        }
        effect = app.update(&Event::Key(key));
    }
    effect
}

/// What the session does with an answer.
fn save(app: &mut App, answer: &Answer) -> Effect {
    app.saved(&Saved {
        card: CARD,
        grade: answer.grade,
        event: Kind::Review,
        day: Day::new(0),
        state: State { interval: 1, due: Some(Day::new(1)), ..State::default() },
        leech: false,
        again: answer.grade.needs_drill(),
    })
}

/// An effect in short: `save 3 at 2: wrong | right`, `save 4 at 1 hinted: right`.
fn said(effect: &Effect) -> String {
    match effect {
        Effect::Save(answer) => {
            let hinted = if answer.hinted { " hinted" } else { "" };
            let given = answer.responses.join(" | ").replace('\n', "/");
            format!("save {} at {}{hinted}: {given}", answer.grade.number(), answer.attempts)
        }
        Effect::Regrade(grade) => format!("regrade {}", grade.number()),
        Effect::Suspend(_) => "suspend".to_owned(),
        Effect::Bury(_) => "bury".to_owned(),
        Effect::Mark(_) => "mark".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// Keys on a card with what comes of the last of them and a part of the news or of the screen.
fn expect(turn: &Turn, table: &[(&str, &str, &str)]) {
    for (keys, does, shows) in table {
        let mut app = showing(turn.clone());
        let effect = press(&mut app, keys);
        assert_eq!(said(&effect), *does, "{keys}");
        let screen = draw(&mut app, 80, 24);
        assert!(screen.contains(shows), "{keys}: {shows} is not in\n{screen}");
    }
}

fn is_marked(app: &App) -> bool {
    matches!(app.phase, Phase::Marked(..))
}
