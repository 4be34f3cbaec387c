//! Blanks in Anki: Cloze, with all gaps in one card and the word bank below.

use super::fields::{AnkiNote, Stock, clean, code_block, extras, hint, inside_cloze, plain};
use crate::html;
use crate::model::{Blanks, Content, GapPiece, gap_pieces};

pub(super) fn note(content: &Content, blanks: &Blanks) -> AnkiNote {
    let mut text = fill(&content.prompt, blanks, html::from_text);
    if let Some(code) = &content.code {
        text.push_str(&code_block(code, &fill(&code.text, blanks, html::escape)));
    }
    if !blanks.bank.is_empty() {
        let words: Vec<String> = blanks.bank.iter().map(|word| guard(plain(word))).collect();
        text.push_str(&format!("<div>Words: {}</div>", words.join(" · ")));
    }
    text.push_str(&guard(hint(content)));
    let also: Vec<String> = blanks
        .gaps
        .iter()
        .enumerate()
        .filter(|(_, gap)| !gap.accept.is_empty())
        .map(|(place, gap)| format!("{}: {}", place + 1, plain(&gap.accept.join(", "))))
        .collect();
    let also = Some(("Also right", also.join("<br>"))).filter(|(_, text)| !text.is_empty());
    AnkiNote { notetype: Stock::Cloze, fields: [text, extras(content, also)] }
}

fn fill(text: &str, blanks: &Blanks, escape: fn(&str) -> String) -> String {
    let text = clean(text);
    let piece = |piece: GapPiece<'_>| match piece {
        GapPiece::Text(text) => guard(escape(text)),
        GapPiece::Gap(number) => {
            let answer = number
                .checked_sub(1)
                .and_then(|place| blanks.gaps.get(place))
                .map(|gap| escape(&clean(&gap.answer)));
            format!("{{{{c1::{}}}}}", inside_cloze(&answer.unwrap_or_default()))
        }
    };
    gap_pieces(&text).into_iter().map(piece).collect()
}

/// Text that looks like a cloze mark is none here.
fn guard(html: String) -> String {
    if html.contains("{{c") { html.replace("{{c", "{&#123;c") } else { html }
}
