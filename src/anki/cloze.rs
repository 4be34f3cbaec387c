//! Cloze notes in Anki: Cloze.

use super::fields::{AnkiNote, Stock, clean, code_block, extras, field, hint, listing, prose, raw};
use super::guard::{inside_cloze, inside_cloze_code, no_cloze, no_stray_formula};
use crate::error::{Error, Kind, Result};
use crate::html;
use crate::model::{Cloze, Content, Piece};

/// How a text becomes HTML, and that HTML the inside of a cloze.
#[derive(Clone, Copy)]
struct Writer {
    escape: fn(&str) -> String,
    inside: fn(&str) -> String,
    /// What becomes of a mark outside all clozes that looks like one.
    outside: fn(String) -> String,
}

const PROSE: Writer = Writer { escape: prose, inside: inside_cloze, outside: no_cloze };
const CODE: Writer = Writer { escape: listing, inside: inside_cloze_code, outside: no_cloze };
/// HTML keeps its marks: what is none to matura is none to Anki.
const HTML: Writer = Writer { escape: raw, inside: inside_cloze, outside: |html| html };

pub(super) fn note(content: &Content) -> Result<AnkiNote> {
    let mut text = text(content)?;
    text.push_str(&code(content)?);
    text.push_str(&no_cloze(hint(content)));
    // what stands alone behind a cloze is as good without a title
    let has_more = content.mistakes.is_some() || content.check.is_some() || content.source.is_some();
    let behind = match &content.explanation {
        Some(explanation) if !has_more => field(content, explanation),
        _ => extras(content, None),
    };
    Ok(AnkiNote { notetype: Stock::Cloze, fields: [text, no_cloze(behind)] })
}

/// The text with its clozes.
pub(super) fn text(content: &Content) -> Result<String> {
    if content.html {
        return Ok(html::defuse(&render(&content.prompt, HTML)?).into_owned());
    }
    Ok(no_stray_formula(render(&content.prompt, PROSE)?))
}

/// The code with its clozes; nothing if there is none.
pub(super) fn code(content: &Content) -> Result<String> {
    let Some(code) = &content.code else { return Ok(String::new()) };
    Ok(code_block(code, &render(&code.text, CODE)?))
}

fn render(text: &str, writer: Writer) -> Result<String> {
    let cloze = Cloze::parse(&clean(text))
        .map_err(|message| Error::new(Kind::Damaged, message).hint("edit the note"))?;
    Ok(pieces(cloze.pieces(), writer, false))
}

fn pieces(parts: &[Piece], writer: Writer, hidden: bool) -> String {
    let inside = |text: &str| (writer.inside)(&(writer.escape)(text));
    let part = |piece: &Piece| match piece {
        Piece::Text(text) if hidden => inside(text),
        Piece::Text(text) => (writer.outside)((writer.escape)(text)),
        Piece::Hidden { number, inside: parts, hint } => {
            let hint = hint.as_ref().map(|hint| format!("::{}", inside(hint))).unwrap_or_default();
            format!("{{{{c{number}::{}{hint}}}}}", pieces(parts, writer, true))
        }
    };
    parts.iter().map(part).collect()
}
