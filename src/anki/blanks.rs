//! Blanks in Anki: Cloze, with all gaps in one card and the word bank below.

use super::fields::{AnkiNote, Stock, clean, code_block, extras, field, hint, listing, prose, raw};
use super::guard::{inside_cloze, inside_cloze_code, no_cloze, no_stray_formula};
use crate::html;
use crate::model::{Blanks, Content, GapPiece, gap_pieces};

pub(super) fn note(content: &Content, blanks: &Blanks) -> AnkiNote {
    let mut text = if content.html {
        html::defuse(&fill(&content.prompt, blanks, raw, inside_cloze)).into_owned()
    } else {
        no_stray_formula(&fill(&content.prompt, blanks, prose, inside_cloze))
    };
    if let Some(code) = &content.code {
        text.push_str(&code_block(code, &fill(&code.text, blanks, listing, inside_cloze_code)));
    }
    if !blanks.bank.is_empty() {
        let words: Vec<String> = blanks.bank.iter().map(|word| no_cloze(field(content, word))).collect();
        text.push_str(&format!("<div>Words: {}</div>", words.join(" · ")));
    }
    text.push_str(&no_cloze(hint(content)));
    let also: Vec<String> = blanks
        .gaps
        .iter()
        .enumerate()
        .filter(|(_, gap)| !gap.accept.is_empty())
        .map(|(place, gap)| format!("{}: {}", place + 1, field(content, &gap.accept.join(", "))))
        .collect();
    let also = Some(("Also right", also.join("<br>"))).filter(|(_, text)| !text.is_empty());
    AnkiNote { notetype: Stock::Cloze, fields: [text, no_cloze(extras(content, also))] }
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
