//! Facts in Anki: Basic, Basic (and reversed card), Basic (type in the answer).

use super::fields::{AnkiNote, Stock, extras, field, hint, question, unfold, with_extras};
use crate::model::{Content, Fact};

/// A reversed fact keeps both cards, so one that is typed as well is not typed in Anki.
pub(super) fn note(content: &Content, fact: &Fact) -> AnkiNote {
    let also = Some((
        "Also right",
        fact.accept.iter().map(|text| field(content, text)).collect::<Vec<_>>().join("<br>"),
    ));
    let extras = extras(content, also.filter(|(_, text)| !text.is_empty()));
    let front = question(content) + &hint(content);
    let back = field(content, &fact.answer);
    let after = || if extras.is_empty() { String::new() } else { unfold("After the answer", &extras) };
    if fact.reversed {
        // The back is a question too, which must not tell what is in front.
        return AnkiNote { notetype: Stock::Reversed, fields: [front, back + &after()] };
    }
    if fact.typed {
        // What is typed is compared with the whole back, so all else has to stand on the front.
        return AnkiNote { notetype: Stock::Typed, fields: [front + &after(), back] };
    }
    AnkiNote { notetype: Stock::Basic, fields: [front, with_extras(back, &extras)] }
}
