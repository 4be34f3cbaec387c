//! Texts of Moodle, each with its own markup.

use crate::html;

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bank) enum Markup {
    /// It is HTML.
    Html,
    /// Text with line breaks, in which Moodle shows tags if there are any.
    Auto,
    /// Text in which nothing has a meaning of its own.
    Plain,
    /// Markdown.
    Markdown,
}

/// A text and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) struct Text {
    pub(in crate::bank) text: String,
    pub(in crate::bank) markup: Markup,
}

impl Text {
    pub(in crate::bank) fn new(text: impl Into<String>, markup: Markup) -> Self {
        Self { text: text.into(), markup }
    }

    /// A text in which nothing has a meaning of its own.
    pub(in crate::bank) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Markup::Plain)
    }

    /// Whether there is nothing to be seen in it.
    pub(in crate::bank) fn is_empty(&self) -> bool {
        let text = self.text.trim();
        text.is_empty() || (self.markup == Markup::Html && is_hollow(text))
    }

    /// Whether something in it is HTML, so that it would read wrong as plain text.
    pub(in crate::bank) fn has_html(&self) -> bool {
        self.markup == Markup::Html && unwrapped(&self.text).contains(['<', '&'])
    }

    /// Whether it has tags, as if it were HTML.
    pub(in crate::bank) fn has_tags(&self) -> bool {
        const TAGS: [&str; 10] =
            ["<br", "<p>", "</p", "<b>", "<i>", "<em", "<strong", "<sub", "<sup", "<img"];
        self.text.contains('<') && {
            let lower = self.text.to_ascii_lowercase();
            TAGS.iter().any(|tag| lower.contains(tag))
        }
    }

    /// The text for a note of HTML or for a plain one. The second needs that nothing in the text is HTML.
    pub(in crate::bank) fn shown(&self, as_html: bool) -> String {
        match (self.markup, as_html) {
            (Markup::Html, true) => unwrapped(&self.text).to_owned(),
            (Markup::Html, false) => single_blanks(unwrapped(&self.text)),
            (_, true) => html::from_text(&lines_as_lf(&self.text)),
            (_, false) => self.text.clone(),
        }
    }
}

/// HTML without a break at its end, and without the marks of a paragraph if it is one.
fn unwrapped(text: &str) -> &str {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix("<p").and_then(|rest| {
        let (attributes, inner) = rest.split_once('>')?;
        let is_paragraph = attributes.is_empty() || attributes.starts_with(' ');
        // where a text runs from right to left, its paragraph says so
        let inner = inner.strip_suffix("</p>").filter(|_| is_paragraph && !attributes.contains("rtl"))?;
        (!inner.contains("<p") && !inner.contains("</p")).then_some(inner)
    });
    let whole = inner.unwrap_or(text);
    let mut rest = whole.trim_end();
    let broken = rest.len();
    while let Some(shorter) = ["<br>", "<br/>", "<br />"].iter().find_map(|end| rest.strip_suffix(end)) {
        rest = shorter.trim_end();
    }
    match inner {
        Some(_) => rest.trim_start(),
        // blanks around a part of a text belong to it
        None if rest.len() == broken => whole,
        None => rest,
    }
}

/// Whether HTML shows nothing: paragraphs and breaks without a text.
fn is_hollow(text: &str) -> bool {
    let mut rest = text;
    loop {
        let before = rest;
        rest = rest.trim_start();
        for hollow in ["<p>", "</p>", "<br>", "<br/>", "<br />", "&nbsp;"] {
            rest = rest.strip_prefix(hollow).unwrap_or(rest);
        }
        if rest.len() == before.len() {
            return rest.is_empty();
        }
    }
}

/// Runs of white space as one blank, those at the ends too.
fn single_blanks(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !single.ends_with(' ') {
            single.push(c);
        }
    }
    single
}

fn lines_as_lf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// HTML whose pictures, sounds or films lie in files of Moodle, with a word in the place of each picture; none if there
/// are no such ones.
pub(super) fn without_media(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        let end = tag_end(tag);
        let (tag, after) = tag.split_at(end);
        let name: String = tag
            .chars()
            .skip(1)
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let is_whole = tag.ends_with('>');
        let inside =
            is_whole && (tag.contains("@@PLUGINFILE@@") || tag.contains("\"data:") || tag.contains("'data:"));
        match name.as_str() {
            "img" if inside => {
                found = true;
                let alt = attribute(tag, "alt=").filter(|alt| !alt.trim().is_empty());
                kept.push_str(&alt.map_or_else(|| "[picture]".to_owned(), |alt| format!("[{}]", alt.trim())));
            }
            "audio" | "video" | "source" | "a" if inside => {
                found = true;
                kept.push_str(tag);
            }
            _ => kept.push_str(tag),
        }
        rest = after;
    }
    kept.push_str(rest);
    found.then_some(kept)
}

/// Where a tag ends: after the first `>` outside of quotes, or behind its `<` if it never does.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (None, '<') => return at,
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// The value of an attribute in quotes.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(name)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_shown_in_the_way_of_its_note() {
        for (text, markup, plain, html) in [
            ("a <b", Markup::Auto, "a <b", "a &lt;b"),
            ("a\nb", Markup::Plain, "a\nb", "a<br>b"),
            ("<p>one</p>", Markup::Html, "one", "one"),
            ("one\n  two", Markup::Html, "one two", "one\n  two"),
        ] {
            let text = Text::new(text, markup);
            assert_eq!((text.shown(false).as_str(), text.shown(true).as_str()), (plain, html));
        }
        assert_eq!(Text::new("<p>a</p><p>b</p>", Markup::Html).shown(true), "<p>a</p><p>b</p>");
        for (text, html) in [
            (r#"<p dir="ltr" style="x">a<br></p>"#, "a"),
            (r#"<p dir="rtl">a</p>"#, r#"<p dir="rtl">a</p>"#),
            ("<pre>a</pre>", "<pre>a</pre>"),
            ("<b>a</b><br /> <br>", "<b>a</b>"),
            (" and ", " and "),
        ] {
            assert_eq!(Text::new(text, Markup::Html).shown(true), html);
        }
        assert!(Text::new("<p><br></p> &nbsp;", Markup::Html).is_empty());
        assert!(!Text::new("<p>a</p>", Markup::Html).has_html());
        assert!(Text::new("a &lt; b", Markup::Html).has_html());
    }

    #[test]
    fn pictures_of_moodle_leave_a_word_behind() {
        for (text, kept) in [
            (r#"a <img src="@@PLUGINFILE@@/x.png" alt="a > fern"> b"#, Some("a [a > fern] b")),
            (r#"<IMG alt="" src='data:image/png;base64,AA'>"#, Some("[picture]")),
            (r#"<a href="@@PLUGINFILE@@/x.pdf">x</a>"#, Some(r#"<a href="@@PLUGINFILE@@/x.pdf">x</a>"#)),
            (r#"<img src="https://a.example/x.png"> < >"#, None),
        ] {
            assert_eq!(without_media(text).as_deref(), kept, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_shown(text in "(<p>|</p>|<img|@@PLUGINFILE@@|[<>\"'a\r\n &é]|alt=){0,30}") {
            for markup in [Markup::Html, Markup::Auto] {
                let text = Text::new(text.clone(), markup);
                drop((text.shown(true), text.shown(false), text.is_empty(), without_media(&text.text)));
            }
        }
    }
}
