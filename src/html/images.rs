//! The images, sounds and films in HTML.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use percent_encoding::percent_decode;

use super::attribute;
use crate::text::is_address;

/// The elements that show a file, which Anki looks for too.
const ELEMENTS: [&str; 4] = ["img", "audio", "video", "source"];

/// Where the images, sounds and films of a piece of HTML are, in order: the names of files as they are, addresses as they are written.
pub fn images(html: &str) -> Vec<String> {
    each(html).filter_map(|tag| source(&tag)).collect()
}

/// The HTML with other names for some of these files.
pub fn with_images<'n>(html: &str, name: impl Fn(&str) -> Option<&'n str>) -> String {
    let mut cuts: Vec<(Range<usize>, String)> = Vec::new();
    for tag in each(html) {
        let Some(new) = source(&tag).and_then(|source| name(&source)) else { continue };
        // a percent sign begins a character there
        let new = new.replace('%', "%25");
        let attributes = tag.attributes.iter().map(|(name, value)| {
            let is_source = name.as_slice() == b"src";
            let value = if is_source { Cow::Borrowed(new.as_str()) } else { String::from_utf8_lossy(value) };
            (name.as_slice(), value)
        });
        cuts.push((tag.span.start..tag.span.end, rewritten(&tag, attributes)));
    }
    cut(html, &cuts).unwrap_or_else(|| html.to_owned())
}

fn each(html: &str) -> impl Iterator<Item = StartTag<usize>> {
    let begins = |at: usize, name: &str| {
        html.get(at + 1..at + 1 + name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    let may_have = html.match_indices('<').any(|(at, _)| ELEMENTS.iter().any(|name| begins(at, name)));
    let tokens = may_have.then(|| Tokenizer::new_with_emitter(html, DefaultEmitter::new_with_span()));
    tokens.into_iter().flatten().filter_map(|Ok(token)| match token {
        Token::StartTag(tag) if ELEMENTS.iter().any(|name| tag.name.as_slice() == name.as_bytes()) => {
            Some(tag)
        }
        _ => None,
    })
}

fn source(tag: &StartTag<usize>) -> Option<String> {
    let value = tag.attributes.get(&b"src"[..])?;
    let text = String::from_utf8_lossy(value).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    if is_address(&text) || text.starts_with("data:") {
        return Some(text);
    }
    Some(unescaped(&text))
}

/// The name of a file as an address writes it.
pub(super) fn unescaped(name: &str) -> String {
    percent_decode(name.as_bytes()).decode_utf8().map_or_else(|_| name.to_owned(), Cow::into_owned)
}

/// The text with its parts replaced; none if they are not in order.
fn cut(html: &str, cuts: &[(Range<usize>, String)]) -> Option<String> {
    let mut safe = String::with_capacity(html.len());
    let mut at = 0;
    for (range, instead) in cuts {
        safe.push_str(html.get(at..range.start)?);
        safe.push_str(instead);
        at = range.end;
    }
    safe.push_str(html.get(at..)?);
    Some(safe)
}

/// The tag with these attributes.
fn rewritten<'t>(
    tag: &StartTag<usize>,
    attributes: impl Iterator<Item = (&'t [u8], Cow<'t, str>)>,
) -> String {
    let attributes = attributes
        .map(|(name, value)| format!(" {}=\"{}\"", String::from_utf8_lossy(name), attribute(&value)));
    let end = if tag.self_closing { " /" } else { "" };
    format!("<{}{}{end}>", String::from_utf8_lossy(&tag.name), attributes.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_of_pictures_are_found_and_nothing_else() {
        let html =
            "<p>a <IMG alt=x SRC=' https://x.org/a&amp;b.png '><img><img src=\"c d.png\"/> &lt;img src=no>";
        assert_eq!(images(html), ["https://x.org/a&b.png", "c d.png"]);
        let html = "<video src=v.mp4></video><audio controls><source src='a b.ogg'></audio>";
        assert_eq!(images(html), ["v.mp4", "a b.ogg"]);
        let renamed = with_images(html, |name| (name == "v.mp4").then_some("w.mp4"));
        assert_eq!(renamed, html.replace("src=v.mp4", "src=\"w.mp4\""));
    }
}
