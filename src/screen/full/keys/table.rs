//! The keys and the places where each does something.

use ratatui::crossterm::event::KeyCode;

use super::Action;
use super::place::Place;

/// Keys that do something, with the places where they do.
pub(super) struct Binding {
    pub(super) action: Action,
    pub(super) keys: &'static [KeyCode],
    /// What the foot calls the first of them.
    pub(super) name: &'static str,
    /// What it does, in a word for the foot; empty if it is not shown there.
    pub(super) label: &'static str,
    /// The same for the help.
    pub(super) about: &'static str,
    pub(super) places: &'static [Place],
}

/// Before a card that is not answered yet.
const ASKED: &[Place] =
    &[Place::Front, Place::Back, Place::OPTIONS, Place::Text, Place::Gap, Place::Beside, Place::Typo];
/// The same, before one that is only shown, and behind an answer that was marked.
const SEEN: &[Place] = &[
    Place::Shown,
    Place::Front,
    Place::Back,
    Place::OPTIONS,
    Place::Text,
    Place::Gap,
    Place::Beside,
    Place::Typo,
    Place::Answered,
];
/// Before a card that is asked, as long as its answer is not seen.
const HIDDEN: &[Place] = &[Place::Front, Place::OPTIONS, Place::Text, Place::Gap, Place::Beside];
const EVERYWHERE: &[Place] = &[
    Place::Shown,
    Place::Front,
    Place::Back,
    Place::OPTIONS,
    Place::Text,
    Place::Gap,
    Place::Beside,
    Place::Typo,
    Place::Answered,
    Place::Unsaved,
    Place::End,
];

/// All keys, those first that are needed most.
pub(super) const TABLE: &[Binding] = &[
    Binding {
        action: Action::Show,
        keys: &[KeyCode::Char(' '), KeyCode::Enter],
        name: "Space",
        label: "answer",
        about: "show the answer",
        places: &[Place::Front],
    },
    Binding {
        action: Action::Next,
        keys: &[KeyCode::Enter, KeyCode::Char(' ')],
        name: "Enter",
        label: "next",
        about: "go on to the next card",
        places: &[Place::Shown, Place::Answered],
    },
    Binding {
        action: Action::Yes,
        keys: &[KeyCode::Char('y')],
        name: "y",
        label: "yes",
        about: "the typo counts as right",
        places: &[Place::Typo],
    },
    Binding {
        action: Action::No,
        keys: &[KeyCode::Char('n')],
        name: "n",
        label: "no",
        about: "it does not: a wrong attempt",
        places: &[Place::Typo],
    },
    Binding {
        action: Action::Retry,
        keys: &[KeyCode::Enter, KeyCode::Char(' ')],
        name: "Enter",
        label: "try again",
        about: "try to save the answer again",
        places: &[Place::Unsaved],
    },
    Binding {
        action: Action::Pick,
        keys: &[KeyCode::Char(' ')],
        name: "Space",
        label: "pick",
        about: "pick the option (or type its letter, or click it)",
        places: &[Place::OPTIONS],
    },
    Binding {
        action: Action::Submit,
        keys: &[KeyCode::Enter],
        name: "Enter",
        label: "done",
        about: "have the answer marked",
        places: &[Place::OPTIONS, Place::Text, Place::Gap],
    },
    Binding {
        action: Action::NextGap,
        keys: &[KeyCode::Tab, KeyCode::Down],
        name: "Tab",
        label: "next gap",
        about: "go to the next gap",
        places: &[Place::Gap],
    },
    Binding {
        action: Action::PreviousGap,
        keys: &[KeyCode::BackTab, KeyCode::Up],
        name: "Shift-Tab",
        label: "",
        about: "go to the gap before",
        places: &[Place::Gap],
    },
    Binding {
        action: Action::Up,
        keys: &[KeyCode::Up],
        name: "Up",
        label: "",
        about: "up",
        places: &[
            Place::Shown,
            Place::Front,
            Place::Back,
            Place::OPTIONS,
            Place::Answered,
            Place::End,
            Place::Page,
        ],
    },
    Binding {
        action: Action::Down,
        keys: &[KeyCode::Down],
        name: "Down",
        label: "",
        about: "down",
        places: &[
            Place::Shown,
            Place::Front,
            Place::Back,
            Place::OPTIONS,
            Place::Answered,
            Place::End,
            Place::Page,
        ],
    },
    Binding {
        action: Action::Commands,
        keys: &[KeyCode::Esc],
        name: "Esc",
        label: "commands",
        about: "leave the text, so that letters are commands",
        places: &[Place::Text, Place::Gap],
    },
    Binding {
        action: Action::Back,
        keys: &[KeyCode::Tab, KeyCode::Enter, KeyCode::Esc],
        name: "Tab",
        label: "back to the text",
        about: "go back to the text",
        places: &[Place::Beside],
    },
    Binding {
        action: Action::Back,
        keys: &[KeyCode::Esc, KeyCode::Enter, KeyCode::Char('q'), KeyCode::Char('?'), KeyCode::Char('i')],
        name: "Esc",
        label: "back",
        about: "go back to the card",
        places: &[Place::Page],
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
        about: "take back the last answer, suspension or burial, again for the one before; its card comes next",
        places: EVERYWHERE,
    },
    Binding {
        action: Action::Details,
        keys: &[KeyCode::Char('i')],
        name: "i",
        label: "info",
        about: "what is known of the card, with its history",
        places: &[
            Place::Shown,
            Place::Front,
            Place::Back,
            Place::OPTIONS,
            Place::Text,
            Place::Gap,
            Place::Beside,
            Place::Typo,
            Place::Answered,
            Place::Unsaved,
        ],
    },
    Binding {
        action: Action::Mark,
        keys: &[KeyCode::Char('m')],
        name: "m",
        label: "mark",
        about: "mark the note, or take the mark away",
        places: SEEN,
    },
    Binding {
        action: Action::Edit,
        keys: &[KeyCode::Char('e')],
        name: "e",
        label: "",
        about: "edit the note in your editor (EDITOR)",
        places: SEEN,
    },
    Binding {
        action: Action::Bury,
        keys: &[KeyCode::Char('b')],
        name: "b",
        label: "bury",
        about: "put the card off until tomorrow; behind an answer, its repeat",
        places: SEEN,
    },
    Binding {
        action: Action::Suspend,
        keys: &[KeyCode::Char('s')],
        name: "s",
        label: "suspend",
        about: "ask the card no more until it is resumed",
        places: SEEN,
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
        places: &[Place::End],
    },
];

const ALL: &[Place] = &[
    Place::Shown,
    Place::Front,
    Place::Back,
    Place::OPTIONS,
    Place::Text,
    Place::Gap,
    Place::Beside,
    Place::Typo,
    Place::Answered,
    Place::Unsaved,
    Place::End,
    Place::Page,
];
