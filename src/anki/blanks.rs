//! Blanks in Anki: Cloze, with all gaps in one card and the word bank below.

use super::fields::{AnkiNote, Stock, clean, code_block, extras, field, hint, listing, prose, raw};
use super::guard::{inside_cloze, inside_cloze_code, no_cloze, no_stray_formula};
use crate::html;
use crate::model::{Blanks, Code, Content, GapPiece, gap_pieces};

pub(super) fn note(content: &Content, blanks: &Blanks) -> AnkiNote {
    let mut text = text(content, blanks) + &code(content, blanks);
    if !blanks.bank.is_empty() {
        text.push_str(&format!("<div>Words: {}</div>", words(content, blanks)));
    }
    text.push_str(&no_cloze(hint(content)));
    let also = Some(("Also right", also(content, blanks))).filter(|(_, text)| !text.is_empty());
    AnkiNote { notetype: Stock::Cloze, fields: [text, no_cloze(extras(content, also))] }
}

/// The prompt with its gaps.
pub(super) fn text(content: &Content, blanks: &Blanks) -> String {
    if content.html {
        return html::defuse(&fill(&content.prompt, blanks, raw, inside_cloze)).into_owned();
    }
    no_stray_formula(fill(&content.prompt, blanks, prose, inside_cloze))
}

/// The code with its gaps; nothing if there is none.
pub(super) fn code(content: &Content, blanks: &Blanks) -> String {
    let filled = |code: &Code| code_block(code, &fill(&code.text, blanks, listing, inside_cloze_code));
    content.code.as_ref().map(filled).unwrap_or_default()
}

/// The words of the bank.
pub(super) fn words(content: &Content, blanks: &Blanks) -> String {
    let words: Vec<String> = blanks.bank.iter().map(|word| no_cloze(field(content, word))).collect();
    words.join(" · ")
}

/// What else is right in each gap.
pub(super) fn also(content: &Content, blanks: &Blanks) -> String {
    let also: Vec<String> = blanks
        .gaps
        .iter()
        .enumerate()
        .filter(|(_, gap)| !gap.accept.is_empty())
        .map(|(place, gap)| format!("{}: {}", place + 1, field(content, &gap.accept.join(", "))))
        .collect();
    also.join("<br>")
}

fn fill(text: &str, blanks: &Blanks, escape: fn(&str) -> String, inside: fn(&str) -> String) -> String {
    let text = clean(text);
    let piece = |piece: GapPiece<'_>| match piece {
        GapPiece::Text(text) => no_cloze(escape(text)),
        GapPiece::Gap(number) => {
            let answer = number
                .checked_sub(1)
                .and_then(|place| blanks.gaps.get(place))
                .map(|gap| escape(&clean(&gap.answer)));
            format!("{{{{c1::{}}}}}", inside(&answer.unwrap_or_default()))
        }
    };
    gap_pieces(&text).into_iter().map(piece).collect()
}
