//! The one table of keys: what they do where, from which the line at the foot and the help are made.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Show,
    Next,
    Submit,
    Pick,
    Up,
    Down,
    NextGap,
    PreviousGap,
    Yes,
    No,
    Retry,
    Hint,
    DontKnow,
    Undo,
    Mark,
    Bury,
    Suspend,
    Details,
    Commands,
    Back,
    PageUp,
    PageDown,
    Help,
    Quit,
}

/// Where the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before a card that the learner judges.
    Front,
    /// Before its answer, which waits for a grade.
    Back,
    /// Before options, of which so many have a letter.
    Options(usize),
    /// In a text to type.
    Text,
    /// In a gap.
    Gap,
    /// Beside the text or the gap, where letters are commands.
    Beside,
    /// Before a typo.
    Typo,
    /// Before the answer of a card that was marked.
    Answered,
    /// Before an answer that could not be saved.
    Unsaved,
    /// At the end.
    End,
    /// In the help or the details.
    Page,
}

/// A place, whatever it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Front,
    Back,
    Options,
    Text,
    Gap,
    Beside,
    Typo,
    Answered,
    Unsaved,
    End,
    Page,
}

impl Place {
    const fn of(self) -> Of {
        match self {
            Self::Front => Of::Front,
            Self::Back => Of::Back,
            Self::Options(_) => Of::Options,
            Self::Text => Of::Text,
            Self::Gap => Of::Gap,
            Self::Beside => Of::Beside,
            Self::Typo => Of::Typo,
            Self::Answered => Of::Answered,
            Self::Unsaved => Of::Unsaved,
            Self::End => Of::End,
            Self::Page => Of::Page,
        }
    }

    /// Whether a key without Alt writes here instead of doing what the table says.
    fn takes(self, letter: char) -> bool {
        match self {
            Self::Text | Self::Gap => true,
            Self::Options(count) => crate::model::letter_index(letter).is_some_and(|place| place < count),
            _ => false,
        }
    }
}

/// Keys that do something, with the places where they do.
struct Binding {
    action: Action,
    keys: &'static [KeyCode],
    /// What the foot calls the first of them.
    name: &'static str,
    /// What it does, in a word for the foot; empty if it is not shown there.
    label: &'static str,
    /// The same for the help.
    about: &'static str,
    places: &'static [Of],
}

/// Before a card that is not answered yet.
const ASKED: &[Of] = &[Of::Front, Of::Back, Of::Options, Of::Text, Of::Gap, Of::Beside, Of::Typo];
/// The same, as long as its answer is not seen.
const HIDDEN: &[Of] = &[Of::Front, Of::Options, Of::Text, Of::Gap, Of::Beside];
const EVERYWHERE: &[Of] = &[
    Of::Front,
    Of::Back,
    Of::Options,
    Of::Text,
    Of::Gap,
    Of::Beside,
    Of::Typo,
    Of::Answered,
    Of::Unsaved,
    Of::End,
];

/// All keys, those first that are needed most.
const TABLE: &[Binding] = &[
    Binding {
        action: Action::Show,
        keys: &[KeyCode::Char(' '), KeyCode::Enter],
        name: "Space",
        label: "answer",
        about: "show the answer",
        places: &[Of::Front],
    },
    Binding {
        action: Action::Next,
        keys: &[KeyCode::Enter, KeyCode::Char(' ')],
        name: "Enter",
        label: "next",
        about: "go on to the next card",
        places: &[Of::Answered],
    },
    Binding {
        action: Action::Yes,
        keys: &[KeyCode::Char('y')],
        name: "y",
        label: "counts as right",
        about: "the typo counts as right",
        places: &[Of::Typo],
    },
    Binding {
        action: Action::No,
        keys: &[KeyCode::Char('n')],
        name: "n",
        label: "wrong",
        about: "it does not",
        places: &[Of::Typo],
    },
    Binding {
        action: Action::Retry,
        keys: &[KeyCode::Enter, KeyCode::Char(' ')],
        name: "Enter",
        label: "try again",
        about: "try to save the answer again",
        places: &[Of::Unsaved],
    },
    Binding {
        action: Action::Pick,
        keys: &[KeyCode::Char(' ')],
        name: "Space",
        label: "pick",
        about: "pick the option (or type its letter, or click it)",
        places: &[Of::Options],
    },
    Binding {
        action: Action::Submit,
        keys: &[KeyCode::Enter],
        name: "Enter",
        label: "done",
        about: "have the answer marked",
        places: &[Of::Options, Of::Text, Of::Gap],
    },
    Binding {
        action: Action::NextGap,
        keys: &[KeyCode::Tab, KeyCode::Down],
        name: "Tab",
        label: "next gap",
        about: "go to the next gap",
        places: &[Of::Gap],
    },
    Binding {
        action: Action::PreviousGap,
        keys: &[KeyCode::BackTab, KeyCode::Up],
        name: "Shift-Tab",
        label: "",
        about: "go to the gap before",
        places: &[Of::Gap],
    },
    Binding {
        action: Action::Up,
        keys: &[KeyCode::Up],
        name: "Up",
        label: "",
        about: "up",
        places: &[Of::Front, Of::Back, Of::Options, Of::Answered, Of::End, Of::Page],
    },
    Binding {
        action: Action::Down,
        keys: &[KeyCode::Down],
        name: "Down",
        label: "",
        about: "down",
        places: &[Of::Front, Of::Back, Of::Options, Of::Answered, Of::End, Of::Page],
    },
    Binding {
        action: Action::Commands,
        keys: &[KeyCode::Esc],
        name: "Esc",
        label: "commands",
        about: "leave the text, so that letters are commands",
        places: &[Of::Text, Of::Gap],
    },
    Binding {
        action: Action::Back,
        keys: &[KeyCode::Tab, KeyCode::Enter, KeyCode::Esc],
        name: "Tab",
        label: "back to the text",
        about: "go back to the text",
        places: &[Of::Beside],
    },
    Binding {
        action: Action::Back,
        keys: &[KeyCode::Esc, KeyCode::Enter, KeyCode::Char('q'), KeyCode::Char('?'), KeyCode::Char('i')],
        name: "Esc",
        label: "back",
        about: "go back to the card",
        places: &[Of::Page],
    },
    Binding {
        action: Action::Hint,
        keys: &[KeyCode::Char('h')],
        name: "h",
        label: "hint",
        about: "show the hint; right at once is worth 4 then",
        places: HIDDEN,
    },
    Binding {
        action: Action::DontKnow,
        keys: &[KeyCode::Char('!')],
        name: "!",
        label: "don't know",
        about: "say that you don't know, which is grade 0",
        places: ASKED,
    },
    Binding {
        action: Action::Undo,
        keys: &[KeyCode::Char('u')],
        name: "u",
        label: "undo",
        about: "take back the last answer of today, again for the one before; its card comes next",
        places: EVERYWHERE,
    },
    Binding {
        action: Action::Details,
        keys: &[KeyCode::Char('i')],
        name: "i",
        label: "info",
        about: "what is known of the card, with its history",
        places: &[
            Of::Front,
            Of::Back,
            Of::Options,
            Of::Text,
            Of::Gap,
            Of::Beside,
            Of::Typo,
            Of::Answered,
            Of::Unsaved,
        ],
    },
    Binding {
        action: Action::Mark,
        keys: &[KeyCode::Char('m')],
        name: "m",
        label: "mark",
        about: "mark the note, or take the mark away",
        places: ASKED,
    },
    Binding {
        action: Action::Bury,
        keys: &[KeyCode::Char('b')],
        name: "b",
        label: "bury",
        about: "put the card off until tomorrow",
        places: ASKED,
    },
    Binding {
        action: Action::Suspend,
        keys: &[KeyCode::Char('s')],
        name: "s",
        label: "suspend",
        about: "ask the card no more until it is resumed",
        places: ASKED,
    },
    Binding {
        action: Action::PageUp,
        keys: &[KeyCode::PageUp],
        name: "PgUp",
        label: "",
        about: "a page up (or the mouse wheel)",
        places: ALL,
    },
    Binding {
        action: Action::PageDown,
        keys: &[KeyCode::PageDown],
        name: "PgDn",
        label: "",
        about: "a page down",
        places: ALL,
    },
    Binding {
        action: Action::Quit,
        keys: &[KeyCode::Char('q')],
        name: "q",
        label: "quit",
        about: "leave; every answer is saved already (Ctrl-C does the same everywhere)",
        places: EVERYWHERE,
    },
    Binding {
        action: Action::Quit,
        keys: &[KeyCode::Enter, KeyCode::Esc, KeyCode::Char(' ')],
        name: "Enter",
        label: "",
        about: "leave",
        places: &[Of::End],
    },
];

const ALL: &[Of] = &[
    Of::Front,
    Of::Back,
    Of::Options,
    Of::Text,
    Of::Gap,
    Of::Beside,
    Of::Typo,
    Of::Answered,
    Of::Unsaved,
    Of::End,
    Of::Page,
];

/// What the foot says of help, where it can be had.
pub(super) const HELP: (&str, &str) = ("?", "keys");

/// What a key does in a place; none if it does nothing there or writes a text.
pub(super) fn action(key: KeyEvent, place: Place) -> Option<Action> {
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return (key.code == KeyCode::Char('c')).then_some(Action::Quit);
    }
    if key.code == KeyCode::F(1) && place != Place::Page {
        return Some(Action::Help);
    }
    if let KeyCode::Char(letter) = key.code
        && !alt
        && place.takes(letter)
    {
        return None;
    }
    if key.code == KeyCode::Char('?') && place != Place::Page {
        return Some(Action::Help);
    }
    let code = match key.code {
        KeyCode::Char(letter) => KeyCode::Char(letter.to_ascii_lowercase()),
        code => code,
    };
    bound(place).find(|binding| binding.keys.contains(&code)).map(|binding| binding.action)
}

fn bound(place: Place) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |binding| binding.places.contains(&place.of()))
}

/// The key of a binding as it has to be pressed in a place.
fn pressed(binding: &Binding, place: Place) -> String {
    match binding.keys.first() {
        Some(KeyCode::Char(letter)) if letter.is_ascii_graphic() && place.takes(*letter) => {
            format!("Alt-{}", binding.name)
        }
        _ => binding.name.to_owned(),
    }
}

/// The keys of a place with what they do, for the foot; those first that are needed most.
pub(super) fn foot(place: Place) -> Vec<(String, &'static str)> {
    let shown = bound(place).filter(|binding| !binding.label.is_empty());
    // beside a text Escape leads to the commands, which would all need Alt
    let is_text = matches!(place, Place::Text | Place::Gap);
    let shown = shown.filter(|binding| {
        !is_text || matches!(binding.keys, [KeyCode::Enter | KeyCode::Tab | KeyCode::Esc, ..])
    });
    shown.map(|binding| (pressed(binding, place), binding.label)).collect()
}

/// All keys of a place with what they do, for the help.
pub(super) fn help(place: Place) -> Vec<(String, &'static str)> {
    bound(place).map(|binding| (pressed(binding, place), binding.about)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [Place; 12] = [
        Place::Front,
        Place::Back,
        Place::Options(2),
        Place::Options(26),
        Place::Text,
        Place::Gap,
        Place::Beside,
        Place::Typo,
        Place::Answered,
        Place::Unsaved,
        Place::End,
        Place::Page,
    ];

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn a_letter_writes_where_a_text_is_expected_and_picks_where_an_option_has_it() {
        let letter = |c| key(KeyCode::Char(c), KeyModifiers::NONE);
        let alt = |c| key(KeyCode::Char(c), KeyModifiers::ALT);
        for (pressed, place, does) in [
            (letter('u'), Place::Front, Some(Action::Undo)),
            (letter('U'), Place::Front, Some(Action::Undo)),
            (letter('u'), Place::Text, None),
            (alt('u'), Place::Text, Some(Action::Undo)),
            (letter('?'), Place::Gap, None),
            (key(KeyCode::F(1), KeyModifiers::NONE), Place::Gap, Some(Action::Help)),
            (letter('b'), Place::Options(2), None),
            (letter('b'), Place::Options(1), Some(Action::Bury)),
            (alt('b'), Place::Options(2), Some(Action::Bury)),
            (letter(' '), Place::Options(4), Some(Action::Pick)),
            (letter('u'), Place::Beside, Some(Action::Undo)),
            (letter('i'), Place::Page, Some(Action::Back)),
            (letter('x'), Place::Front, None),
        ] {
            assert_eq!(action(pressed, place), does, "{pressed:?} {place:?}");
        }
        for place in PLACES {
            let interrupt = key(KeyCode::Char('c'), KeyModifiers::CONTROL);
            assert_eq!(action(interrupt, place), Some(Action::Quit), "{place:?}");
        }
    }

    #[test]
    fn what_the_foot_and_the_help_name_is_what_the_keys_do() {
        for place in PLACES {
            for binding in bound(place) {
                let code = binding.keys[0];
                let needs_alt = matches!(code, KeyCode::Char(letter) if place.takes(letter));
                let modifiers = if needs_alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
                assert_eq!(action(key(code, modifiers), place), Some(binding.action), "{place:?} {code:?}");
            }
            let listed = help(place);
            assert!(foot(place).iter().all(|(shown, _)| listed.iter().any(|(key, _)| key == shown)));
        }
    }
}
