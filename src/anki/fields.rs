//! Fields of Anki notes, as HTML.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::guard::{no_cloze, no_formula, no_mark, no_stray_formula};
use crate::html;
use crate::model::{Code, Content};
use crate::text::is_address;

/// The stock notetypes of Anki that matura writes; each takes two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stock {
    Basic,
    Reversed,
    Typed,
    Cloze,
}

/// A note as Anki takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AnkiNote {
    pub(super) notetype: Stock,
    pub(super) fields: [String; 2],
}

/// What a field may hold: Anki composes characters and drops control characters itself, so a second import
/// compares equal only if we do so before.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_dropped = |byte: u8| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t');
    let is_composed = || text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    // without leaving early, which is done many bytes at a time
    let has_dropped = text.bytes().fold(false, |has, byte| has | is_dropped(byte));
    if !has_dropped && is_composed() {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| u8::try_from(*c).map_or(true, |byte| !is_dropped(byte)));
    Cow::Owned(kept.nfc().collect())
}

/// A plain text as HTML.
pub(super) fn plain(text: &str) -> String {
    no_stray_formula(prose(&clean(text)))
}

/// A text of a note as HTML. What is HTML already goes out as it is, without what would run.
pub(super) fn field(content: &Content, text: &str) -> String {
    if content.html { html::defuse(&clean(text)).into_owned() } else { plain(text) }
}

/// A part of a text that is HTML already.
pub(super) fn raw(html: &str) -> String {
    html.to_owned()
}

/// A part of a clean text as HTML.
pub(super) fn prose(text: &str) -> String {
    no_mark(html::from_text(text))
}

/// A part of clean code as HTML.
pub(super) fn listing(text: &str) -> String {
    no_mark(html::escape(text))
}

/// A piece of code whose content is already HTML.
pub(super) fn code_block(code: &Code, content: &str) -> String {
    let class = code
        .language
        .as_ref()
        .map(|language| format!(" class=\"language-{}\"", no_cloze(html::attribute(&clean(language)))));
    // No formula begins in code, whatever its backslashes say.
    left(class.as_deref(), &format!("<pre><code>{}</code></pre>", no_formula(content)))
}

/// A block that begins at the left, for Anki's stock notetypes centre every line, and scrolls where it is too wide.
pub(super) fn left(class: Option<&str>, content: &str) -> String {
    format!("<div{} style=\"text-align:left;overflow-x:auto\">{content}</div>", class.unwrap_or_default())
}

/// The prompt and its code.
pub(super) fn question(content: &Content) -> String {
    let mut question = field(content, &content.prompt);
    if let Some(code) = &content.code {
        question.push_str(&code_block(code, &listing(&clean(&code.text))));
    }
    question
}

/// The hint, to unfold.
pub(super) fn hint(content: &Content) -> String {
    content.hint.as_ref().map_or_else(String::new, |hint| unfold("Hint", &field(content, hint)))
}

/// Something that opens when one clicks on its title.
pub(super) fn unfold(title: &str, content: &str) -> String {
    format!("<details><summary>{title}</summary>{content}</details>")
}

/// What is shown with the answer: `more`, the explanation, the mistakes, the check and the source.
pub(super) fn extras(content: &Content, more: Option<(&str, String)>) -> String {
    let titled =
        [("Why", &content.explanation), ("Common mistakes", &content.mistakes), ("Check", &content.check)];
    let parts = titled
        .into_iter()
        .filter_map(|(title, text)| text.as_ref().map(|text| (title, field(content, text))));
    let mut html: String = more
        .into_iter()
        .chain(parts)
        .map(|(title, text)| format!("<div><b>{title}</b><br>{text}</div>"))
        .collect();
    if let Some(source) = &content.source {
        html.push_str(&format!("<div><small>{}</small></div>", link(&clean(source))));
    }
    if html.is_empty() { html } else { left(None, &html) }
}

/// A source, to click on if it is an address.
pub(super) fn link(source: &str) -> String {
    let shown = plain(source);
    if is_address(source) && !source.contains(char::is_whitespace) {
        format!("<a href=\"{}\">{shown}</a>", html::attribute(source))
    } else {
        shown
    }
}

/// An answer with what is shown behind it.
pub(super) fn with_extras(answer: String, extras: &str) -> String {
    if extras.is_empty() { answer } else { format!("{answer}<hr>{extras}") }
}
