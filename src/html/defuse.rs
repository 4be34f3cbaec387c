//! HTML without what would run.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::{attribute, from_text, to_text};

/// The HTML without what would run or load a page: scripts and frames with what is in them, the tags of objects, the
/// attributes that hold a program, addresses that are one. All else is as it came, byte for byte.
pub fn defuse(html: &str) -> Cow<'_, str> {
    if !html.contains('<') {
        return Cow::Borrowed(html);
    }
    let mut safe = Cow::Borrowed(html);
    // Two readings: whether tags in a style or a title are tags depends on what stands around it. And what is taken
    // out can leave a tag that was none before.
    for _ in 0..MOST_ROUNDS {
        let before = safe.clone();
        for raw_texts in [true, false] {
            if let Some(changed) = without_active(&safe, raw_texts) {
                safe = Cow::Owned(changed);
            }
        }
        if before == safe {
            return safe;
        }
    }
    Cow::Owned(from_text(&to_text(html)))
}

/// After these a text that still changes was made to deceive.
const MOST_ROUNDS: usize = 4;
/// Elements that go with what is in them.
const WHOLE: [&[u8]; 2] = [b"script", b"iframe"];
/// Elements of which only the tags go: what is in them is shown where the object cannot be.
const TAGS: [&[u8]; 5] = [b"object", b"embed", b"applet", b"frame", b"base"];

/// The HTML without its active parts; none if it has none.
fn without_active(html: &str, raw_texts: bool) -> Option<String> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(raw_texts);
    let mut cuts: Vec<(Range<usize>, String)> = Vec::new();
    // the element that is taken out now, and where it begins
    let mut whole: Option<(Vec<u8>, usize)> = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if whole.is_none() => {
                let name = tag.name.as_slice();
                if WHOLE.contains(&name) {
                    whole = Some((name.to_vec(), tag.span.start));
                } else if TAGS.contains(&name) {
                    cuts.push((tag.span.start..tag.span.end, String::new()));
                } else if tag.attributes.iter().any(|(name, value)| is_active(name, value)) {
                    cuts.push((tag.span.start..tag.span.end, without_programs(&tag)));
                }
            }
            Token::EndTag(tag) => match &whole {
                Some((name, start)) if name.as_slice() == tag.name.as_slice() => {
                    cuts.push((*start..tag.span.end, String::new()));
                    whole = None;
                }
                None if TAGS.contains(&tag.name.as_slice()) || WHOLE.contains(&tag.name.as_slice()) => {
                    cuts.push((tag.span.start..tag.span.end, String::new()));
                }
                Some(_) | None => {}
            },
            Token::StartTag(_)
            | Token::String(_)
            | Token::Comment(_)
            | Token::Doctype(_)
            | Token::Error(_) => {}
        }
    }
    if let Some((_, start)) = whole {
        cuts.push((start..html.len(), String::new()));
    }
    if cuts.is_empty() { None } else { Some(cut(html, &cuts).unwrap_or_else(|| from_text(&to_text(html)))) }
}

/// The text with its parts replaced; none if they are not in order.
pub(super) fn cut(html: &str, cuts: &[(Range<usize>, String)]) -> Option<String> {
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

/// Whether an attribute is a program, or an address that is one.
fn is_active(name: &[u8], value: &[u8]) -> bool {
    const SHOWN: [&[u8]; 3] = [b"alt", b"title", b"class"];
    const PICTURES: [&str; 4] = ["data:image/", "data:audio/", "data:video/", "data:font/"];
    if name.starts_with(b"on") || name == b"srcdoc" {
        return true;
    }
    if SHOWN.contains(&name) {
        return false;
    }
    // Browsers pass over these in an address.
    let bare = |byte: &u8| !matches!(byte, 0..=b' ');
    let start: Vec<u8> = value.iter().copied().filter(bare).take(20).collect();
    let start = String::from_utf8_lossy(&start).to_ascii_lowercase();
    start.starts_with("javascript:")
        || start.starts_with("vbscript:")
        || (start.starts_with("data:") && !PICTURES.iter().any(|picture| start.starts_with(picture)))
}

/// The tag written again without them.
fn without_programs(tag: &StartTag<usize>) -> String {
    let kept = tag.attributes.iter().filter(|(name, value)| !is_active(name, value));
    rewritten(tag, kept.map(|(name, value)| (name.as_slice(), String::from_utf8_lossy(value))))
}

/// The tag with these attributes.
pub(super) fn rewritten<'t>(
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
    use proptest::prelude::*;

    #[test]
    fn what_would_run_goes_and_all_else_stays_as_it_is() {
        for (html, safe) in [
            ("a<script>alert('<b>')</script>b", "ab"),
            ("a<SCRIPT src=x></ScRipt >b", "ab"),
            ("a<script>never closed", "a"),
            ("<iframe src=x>old</iframe><embed src=y><object data=z>shown</object>", "shown"),
            ("<p CLASS=a  onclick='x()'>t</p>", "<p class=\"a\">t</p>"),
            ("<img src=a.png onerror=\"alert(1)\"/>", "<img src=\"a.png\" />"),
            ("<a href=' java\tscript:x'>t</a>", "<a>t</a>"),
            ("<a href='&#106;avascript:x'>t</a>", "<a>t</a>"),
            ("<a href='data:text/html,x'>t</a>", "<a>t</a>"),
            ("<img src=\"data:image/png;base64,AA\">", "<img src=\"data:image/png;base64,AA\">"),
            ("<scr<script></script>ipt>x", "<scr<script>ipt>x"),
            ("<svg><style><img src=x onerror=y></style></svg>", "<svg><style><img src=\"x\"></style></svg>"),
            ("<title><img onload=x></title>日", "<title><img></title>日"),
        ] {
            assert_eq!(defuse(html), safe, "{html}");
        }
        for html in [
            "<b style='color:red'>x</b> &nbsp;<IMG SRC=x.png> {{c1::y}} \\(a\\) [sound:x.mp3]",
            "a < b, a<b",
            "<div>on load: javascript:x</div><img alt=\"javascript: the parts\">",
            "é\r\n<br>\u{0}<!-- <script> -->",
        ] {
            assert!(matches!(defuse(html), Cow::Borrowed(same) if same == html), "{html}");
        }
    }

    proptest! {
        #[test]
        fn nothing_active_is_left_of_any_text(html in "(<|>|/|script|iframe|img|style|title|svg| |on(x|load)=|'|\"|href=|javascript:|<!--|-->|é|\r\n|&#106;|a){0,25}") {
            let safe = defuse(&html);
            for raw_texts in [true, false] {
                prop_assert_eq!(without_active(&safe, raw_texts), None, "{}", safe);
            }
        }

        #[test]
        fn any_text_is_defused(html in any::<String>()) {
            defuse(&html);
        }
    }
}
