//! What single cells state, in any table.

use crate::model::DeckName;
use crate::text;

/// The name of a deck; the error is what is wrong with it, and the mend.
pub(super) fn deck(text: &str) -> Result<DeckName, (String, String)> {
    DeckName::parse(text).map_err(|message| (message, "write the levels as Topic::Part".to_owned()))
}

/// Yes or no; the error is what is wrong with it, and the mend.
pub(super) fn flag(text: &str) -> Result<bool, (String, String)> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" => Ok(true),
        "no" | "n" | "false" | "0" | "-" => Ok(false),
        _ => Err((
            format!("{:?} is neither yes nor no", text::one_line(text, 30)),
            "write yes, no, or nothing".to_owned(),
        )),
    }
}
