//! What only the full screen says.

use crate::study::Ask;
use crate::text;

/// A wrong attempt, with which parts of it were right.
pub(super) fn again(parts: &[bool], left: u8, ask: &Ask) -> String {
    let attempts = text::count(left, "attempt");
    let right = parts.iter().filter(|part| **part).count();
    match ask {
        Ask::Choice(options) if options.several => {
            let all = options.shown.iter().filter(|option| option.right).count();
            format!("Wrong: {right} of the {all} right ones, {} wrong; {attempts} left.", parts.len() - right)
        }
        Ask::Blanks(_) if parts.len() > 1 => {
            format!("Wrong: {right} of {} gaps are right; {attempts} left.", parts.len())
        }
        Ask::Reveal(_) | Ask::Typed(_) | Ask::Choice(_) | Ask::Blanks(_) => {
            format!("Wrong; {attempts} left.")
        }
    }
}
