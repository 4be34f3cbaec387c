//! Cloze notes in Anki: Cloze.

use super::fields::{AnkiNote, Stock, clean, code_block, extras, hint, inside_cloze};
use crate::error::{Error, Kind, Result};
use crate::html;
use crate::model::{Cloze, Content, Piece};

pub(super) fn note(content: &Content) -> Result<AnkiNote> {
    let render = |text: &str, escape: fn(&str) -> String| {
        let cloze = Cloze::parse(&clean(text))
            .map_err(|message| Error::new(Kind::Damaged, message).hint("edit the note"))?;
        Ok::<_, Error>(pieces(cloze.pieces(), escape, false))
    };
    let mut text = render(&content.prompt, html::from_text)?;
    if let Some(code) = &content.code {
        text.push_str(&code_block(code, &render(&code.text, html::escape)?));
    }
    text.push_str(&hint(content));
    Ok(AnkiNote { notetype: Stock::Cloze, fields: [text, extras(content, None)] })
}

fn pieces(parts: &[Piece], escape: fn(&str) -> String, hidden: bool) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) if hidden => inside_cloze(&escape(text)),
        Piece::Text(text) => escape(text),
        Piece::Hidden { number, inside, hint } => {
            let hint =
                hint.as_ref().map(|hint| format!("::{}", inside_cloze(&escape(hint)))).unwrap_or_default();
            format!("{{{{c{number}::{}{hint}}}}}", pieces(inside, escape, true))
        }
    };
    parts.iter().map(part).collect()
}
