//! A line of text that the learner types into.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::paper::{Piece, Target};
use super::style::Look;

/// Characters of the longest answer that can be typed or pasted.
const LONGEST: usize = 2000;

/// Changes the text; one that is too long already takes nothing more.
pub(super) fn edit(input: &mut Input, request: InputRequest) {
    if matches!(request, InputRequest::InsertChar(_)) && input.value().chars().count() >= LONGEST {
        return;
    }
    input.handle(request);
}

/// The text with the cursor in it.
pub(super) fn pieces(input: &Input) -> Vec<Piece> {
    let text = input.value();
    let at = text.char_indices().nth(input.cursor()).map_or(text.len(), |(at, _)| at);
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut rest = behind.chars();
    // a blank that stays even at the end of a row
    let under = rest.next().map_or_else(|| "\u{a0}".to_owned(), String::from);
    vec![
        Piece::new(before, Look::Plain),
        Piece::new(&under, Look::Current).at(Target::Cursor),
        Piece::new(rest.as_str(), Look::Plain),
    ]
}

/// What a key does to a text.
pub(super) fn request(key: KeyEvent) -> Option<InputRequest> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
        KeyCode::Char('u') if control => InputRequest::DeleteLine,
        KeyCode::Char('k') if control => InputRequest::DeleteTillEnd,
        KeyCode::Char('a') if control => InputRequest::GoToStart,
        KeyCode::Char('e') if control => InputRequest::GoToEnd,
        KeyCode::Char(letter) if !control && !key.modifiers.contains(KeyModifiers::ALT) => {
            InputRequest::InsertChar(letter)
        }
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left if control => InputRequest::GoToPrevWord,
        KeyCode::Right if control => InputRequest::GoToNextWord,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return None,
    })
}
