//! Fields of Anki notes, as HTML.

use unicode_normalization::UnicodeNormalization;

use crate::html;
use crate::model::{Code, Content};

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
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_control() || matches!(c, '\n' | '\t')).nfc().collect()
}

/// A plain text as HTML.
pub(super) fn plain(text: &str) -> String {
    html::from_text(&clean(text))
}

/// A piece of code whose content is already HTML.
pub(super) fn code_block(code: &Code, content: &str) -> String {
    let class = code
        .language
        .as_ref()
        .map(|language| format!(" class=\"language-{}\"", html::attribute(&clean(language))));
    format!("<pre><code{}>{content}</code></pre>", class.unwrap_or_default())
}

/// The prompt and its code.
pub(super) fn question(content: &Content) -> String {
    let mut question = plain(&content.prompt);
    if let Some(code) = &content.code {
        question.push_str(&code_block(code, &html::escape(&clean(&code.text))));
    }
    question
}

/// The hint, to unfold.
pub(super) fn hint(content: &Content) -> String {
    content.hint.as_ref().map_or_else(String::new, |hint| unfold("Hint", &plain(hint)))
}

/// Something that opens when one clicks on its title.
pub(super) fn unfold(title: &str, content: &str) -> String {
    format!("<details><summary>{title}</summary>{content}</details>")
}

/// What is shown with the answer: `more`, the explanation, the mistakes, the check and the source.
pub(super) fn extras(content: &Content, more: Option<(&str, String)>) -> String {
    let titled =
        [("Why", &content.explanation), ("Common mistakes", &content.mistakes), ("Check", &content.check)];
    let parts = titled.into_iter().filter_map(|(title, text)| text.as_ref().map(|text| (title, plain(text))));
    let mut html: String = more
        .into_iter()
        .chain(parts)
        .map(|(title, text)| format!("<div><b>{title}</b><br>{text}</div>"))
        .collect();
    if let Some(source) = &content.source {
        html.push_str(&format!("<div><small>{}</small></div>", plain(source)));
    }
    html
}

/// An answer with what is shown behind it.
pub(super) fn with_extras(answer: String, extras: &str) -> String {
    if extras.is_empty() { answer } else { format!("{answer}<hr>{extras}") }
}

/// HTML that stands inside a cloze: nothing in it may end the cloze or begin its hint.
///
/// In a formula a blank between braces changes nothing and survives Anki's editor; elsewhere they are written as
/// character references.
pub(super) fn inside_cloze(html: &str) -> String {
    let mut safe = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("\\(").into_iter().chain(rest.find("\\[")).min() {
        let end = if rest.get(start..).is_some_and(|tail| tail.starts_with("\\(")) { "\\)" } else { "\\]" };
        let Some(length) = rest.get(start..).and_then(|formula| formula.find(end)) else { break };
        let (before, tail) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let (formula, after) = tail.split_at_checked(length + end.len()).unwrap_or((tail, ""));
        safe.push_str(&outside_formula(before));
        safe.push_str(&spaced(formula));
        rest = after;
    }
    safe.push_str(&outside_formula(rest));
    safe
}

fn spaced(formula: &str) -> String {
    let mut safe = String::with_capacity(formula.len());
    let mut before = ' ';
    for c in formula.chars() {
        if (before, c) == ('}', '}') || (before, c) == (':', ':') || (before, c) == ('{', '{') {
            safe.push(' ');
        }
        safe.push(c);
        before = c;
    }
    safe
}

fn outside_formula(html: &str) -> String {
    let safe = if html.contains("}}") || html.ends_with('}') {
        html.replace('}', "&#125;")
    } else {
        html.to_owned()
    };
    safe.replace("::", ":&#58;").replace("{{", "{&#123;")
}
