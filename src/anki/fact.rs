//! Facts in Anki: Basic, Basic (and reversed card), Basic (type in the answer).

use super::fields::{AnkiNote, Stock, extras, hint, plain, question, unfold, with_extras};
use crate::model::{Content, Fact};

/// A reversed fact keeps both cards, so one that is typed as well is not typed in Anki.
pub(super) fn note(content: &Content, fact: &Fact) -> AnkiNote {
    let also =
        Some(("Also right", fact.accept.iter().map(|text| plain(text)).collect::<Vec<_>>().join("<br>")));
    let extras = extras(content, also.filter(|(_, text)| !text.is_empty()));
    let front = question(content) + &hint(content);
    if fact.typed && !fact.reversed {
        // What is typed is compared with the whole back, so all else has to stand on the front.
        let after = if extras.is_empty() { String::new() } else { unfold("After the answer", &extras) };
        return AnkiNote { notetype: Stock::Typed, fields: [front + &after, plain(&fact.answer)] };
    }
    let notetype = if fact.reversed { Stock::Reversed } else { Stock::Basic };
    AnkiNote { notetype, fields: [front, with_extras(plain(&fact.answer), &extras)] }
}
