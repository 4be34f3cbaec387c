//! A line of text that the learner types into.

use tui_input::{Input, InputRequest};

use super::paper::{Piece, Target};
use super::style::{CURRENT, PLAIN};

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
    let under = rest.next().map_or_else(|| " ".to_owned(), String::from);
    vec![
        Piece::new(before, PLAIN),
        Piece::new(&under, CURRENT).at(Target::Cursor),
        Piece::new(rest.as_str(), PLAIN),
    ]
}
