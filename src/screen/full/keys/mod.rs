//! The one table of keys: what they do where, from which the line at the foot and the help are made.

mod place;
mod table;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub(in crate::screen::full) use place::Place;
use table::{Binding, TABLE};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::screen::full) enum Action {
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
    Edit,
    Image,
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

impl Action {
    /// Whether it helps or changes something beside the answer: a test does neither.
    pub(in crate::screen::full) const fn is_help(self) -> bool {
        matches!(
            self,
            Self::Hint | Self::Undo | Self::Mark | Self::Edit | Self::Bury | Self::Suspend | Self::Details
        )
    }
}

/// What the foot says of help, where it can be had.
pub(in crate::screen::full) const HELP: (&str, &str) = ("?", "keys");

/// What a key does in a place; none if it does nothing there or writes a text.
pub(in crate::screen::full) fn action(key: KeyEvent, place: Place) -> Option<Action> {
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
    TABLE.iter().filter(move |binding| binding.places.iter().any(|of| place.is_like(*of)))
}

/// The keys of a place whose action `can` be done now.
fn offered(place: Place, can: impl Fn(Action) -> bool) -> impl Iterator<Item = &'static Binding> {
    bound(place).filter(move |binding| can(binding.action))
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
pub(in crate::screen::full) fn foot(
    place: Place,
    can: impl Fn(Action) -> bool,
) -> Vec<(String, &'static str)> {
    let shown = offered(place, can).filter(|binding| !binding.label.is_empty());
    // beside a text Escape leads to the commands, which would all need Alt
    let is_text = matches!(place, Place::Text | Place::Gap);
    let shown = shown.filter(|binding| {
        !is_text || matches!(binding.keys, [KeyCode::Enter | KeyCode::Tab | KeyCode::Esc, ..])
    });
    shown.map(|binding| (pressed(binding, place), binding.label)).collect()
}

/// All keys of a place with what they do, for the help.
pub(in crate::screen::full) fn help(
    place: Place,
    can: impl Fn(Action) -> bool,
) -> Vec<(String, &'static str)> {
    offered(place, can).map(|binding| (pressed(binding, place), binding.about)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [Place; 13] = [
        Place::Shown,
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
            let listed = help(place, |_| true);
            assert!(
                foot(place, |_| true).iter().all(|(shown, _)| listed.iter().any(|(key, _)| key == shown))
            );
        }
    }
}
