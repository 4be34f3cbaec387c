//! Facts: a front and a back.

use serde::{Deserialize, Serialize};

use super::{Field, Invalid, Slot};

/// What a fact has beside its prompt.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fact {
    /// The back.
    #[serde(skip)]
    pub answer: String,
    /// Other answers that count as right when the answer is typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
    /// Whether a second card asks the back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reversed: bool,
    /// Whether the learner types the answer.
    #[serde(default, skip_serializing_if = "is_false")]
    pub typed: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this shape")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Fact {
    /// A fact with this back.
    pub fn new(answer: String, accept: Vec<String>, reversed: bool, typed: bool) -> Result<Self, Invalid> {
        if answer.is_empty() {
            return Err(Invalid::new(
                Field::Answer,
                "a fact needs an answer",
                "write the back of the card here",
            ));
        }
        if !accept.is_empty() && !typed {
            return Err(Invalid::new(
                Field::Accept,
                "other accepted answers need a typed answer",
                "write yes under typed, or leave accept empty",
            ));
        }
        Ok(Self { answer, accept, reversed, typed })
    }

    /// Its cards.
    pub fn slots(&self) -> Vec<Slot> {
        if self.reversed { vec![Slot::Front, Slot::Back] } else { vec![Slot::Front] }
    }
}
