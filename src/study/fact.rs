//! Asking facts.

use super::ask::{Ask, Reveal, Typed};
use crate::model::{Code, Content, Fact};

pub(super) fn front(content: &Content, fact: &Fact) -> (String, Option<Code>, Ask) {
    let ask = if fact.typed {
        Ask::Typed(Typed { answer: fact.answer.clone(), accept: fact.accept.clone() })
    } else {
        Ask::Reveal(Reveal { answer: fact.answer.clone(), text: None, code: None })
    };
    (content.prompt.clone(), content.code.clone(), ask)
}

/// The back asks for the front. The code belongs to the front, so it comes with the answer.
pub(super) fn back(content: &Content, fact: &Fact) -> (String, Option<Code>, Ask) {
    let ask = if fact.typed {
        Ask::Typed(Typed { answer: content.prompt.clone(), accept: Vec::new() })
    } else {
        Ask::Reveal(Reveal { answer: content.prompt.clone(), text: None, code: content.code.clone() })
    };
    (fact.answer.clone(), None, ask)
}
