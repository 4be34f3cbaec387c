//! HTML without what would run.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// The HTML without what would run or load a page. What is made of nothing but simple tags stays as it came, byte for
/// byte; all else is read as a browser reads it and written again with what is known to be harmless.
pub fn defuse(html: &str) -> Cow<'_, str> {
    if is_simple(html) { Cow::Borrowed(html) } else { Cow::Owned(CLEANER.clean(html).to_string()) }
}

/// Elements that do nothing by themselves.
const ELEMENTS: [&str; 76] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
];
const ATTRIBUTES: [&str; 31] = [
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "cite",
    "class",
    "color",
    "colspan",
    "controls",
    "dir",
    "face",
    "height",
    "href",
    "lang",
    "loop",
    "muted",
    "open",
    "reversed",
    "rowspan",
    "size",
    "span",
    "src",
    "start",
    "style",
    "title",
    "type",
    "valign",
    "value",
    "width",
];
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

static CLEANER: LazyLock<Builder<'_>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    let schemes = SCHEMES.into_iter().chain(["data"]).collect();
    cleaner
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::new())
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .generic_attribute_prefixes(HashSet::from(["data-"]))
        .clean_content_tags(HashSet::from([
            "script", "style", "iframe", "noframes", "noembed", "title", "template",
        ]))
        .url_schemes(schemes)
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|_, _, value| is_harmless(value).then_some(Cow::Borrowed(value)));
    cleaner
});

/// Whether the value of an attribute does nothing, wherever Anki puts it: it takes marks of clozes to pieces without
/// looking where they stand.
fn is_harmless(value: &str) -> bool {
    const PICTURES: [&str; 4] = ["data:image/", "data:audio/", "data:video/", "data:font/"];
    let breaks_out = ["{{", "}}", "::", "<", ">"].iter().any(|mark| value.contains(mark));
    // Browsers pass over these in an address.
    let bare: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(20).collect();
    let bare = bare.to_ascii_lowercase();
    let is_page = bare.starts_with("data:") && !PICTURES.iter().any(|picture| bare.starts_with(picture));
    !breaks_out && !is_page
}

/// Whether HTML is text with whole tags of these elements and attributes in it, so that every browser reads it alike.
fn is_simple(html: &str) -> bool {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        match after.chars().next() {
            // no tag; at the end, what comes behind the text could make one of it
            Some(c) if c.is_ascii_whitespace() || c.is_ascii_digit() || c == '=' => rest = after,
            Some(_) => match after_tag(after) {
                Some(behind) => rest = behind,
                None => return false,
            },
            None => return false,
        }
    }
    true
}

/// What stands behind a tag, of which the first `<` is gone; none if it is no simple one.
fn after_tag(tag: &str) -> Option<&str> {
    if let Some(end) = tag.strip_prefix('/') {
        let (name, behind) = end.split_once('>')?;
        return is_one_of(name, &ELEMENTS).then_some(behind);
    }
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let mut rest = tag.strip_prefix(name).filter(|_| is_one_of(name, &ELEMENTS))?;
    loop {
        let inner = rest.trim_start_matches([' ', '\n', '\t']);
        if let Some(behind) = inner.strip_prefix('>').or_else(|| inner.strip_prefix("/>")) {
            return Some(behind);
        }
        if inner.len() == rest.len() {
            return None;
        }
        let (name, value) = inner.split_once('=')?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, behind) = value.get(1..)?.split_once(quote)?;
        if !is_one_of(name, &ATTRIBUTES) || !is_plain(name, value) {
            return None;
        }
        rest = behind;
    }
}

/// Whether a value is harmless, with nothing in it that is read as something else.
fn is_plain(name: &str, value: &str) -> bool {
    let is_address = ["href", "src", "cite"].iter().any(|address| name.eq_ignore_ascii_case(address));
    // what could be a scheme, before anything that cannot be one
    let head = value.split(['/', '?', '#']).next().unwrap_or_default();
    let has_scheme = head.contains([':', '&']) || head.contains(|c: char| c.is_control());
    let is_known = SCHEMES.iter().any(|scheme| {
        head.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && head.get(scheme.len()..).is_some_and(|rest| rest == ":")
    });
    is_harmless(value) && (!is_address || !has_scheme || is_known)
}

fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn simple_html_stays_as_it_is() {
        for html in [
            "<b style='color:red'>x</b> &nbsp;<IMG SRC=\"x.png\"> {{c1::y}} \\(a\\) [sound:x.mp3]",
            "a < b = c <= d",
            "<div>on load: javascript:x</div><img alt=\"javascript: the parts\"/>",
            "<a href=\"https://x.org/a?b=1&amp;c=2\">t</a>é\r\n<br />",
            "<table border=\"1\"><tr><td colspan='2'>x</td></tr></table>",
        ] {
            assert!(matches!(defuse(html), Cow::Borrowed(same) if same == html), "{html}");
        }
    }

    #[test]
    fn what_would_run_goes_and_what_is_shown_stays() {
        for (html, safe) in [
            ("a<script>alert('<b>')</script>b", "ab"),
            ("a<SCRIPT src=x></ScRipt >b", "ab"),
            ("a<script>never closed", "a"),
            ("<iframe src=x>old</iframe><embed src=y><object data=z>shown</object>", "shown"),
            ("<p CLASS=a  onclick='x()'>t</p>", "<p class=\"a\">t</p>"),
            ("<img src=a.png onerror=\"alert(1)\"/>", "<img src=\"a.png\">"),
            ("<a href=' java\tscript:x'>t</a>", "<a>t</a>"),
            ("<a href='&#106;avascript:x'>t</a>", "<a>t</a>"),
            ("<a href='data:text/html,x'>t</a>", "<a>t</a>"),
            ("<img src=\"data:image/png;base64,AA\">", "<img src=\"data:image/png;base64,AA\">"),
            ("<meta http-equiv=refresh content=\"0;url=https://x.org\">a", "a"),
            ("a<b", "a"),
            ("a <", "a &lt;"),
            ("<!-- <script> -->b", "b"),
        ] {
            assert_eq!(defuse(html), safe, "{html}");
        }
    }

    #[test]
    fn nothing_breaks_out_where_anki_takes_texts_to_pieces() {
        for (html, safe) in [
            // the template goes on behind the field
            ("x<img src=x onerror=p(1)//", "x"),
            ("<img a=b\"c src=x onerror=P(3) d=\"e>>", ""),
            ("<noframes><p title=\"</noframes><img src=x onerror=P(2)>\">", "<img src=\"x\">\"&gt;"),
            // marks of clozes become tags
            ("<p title=\"{{c1::x}}<img src=x onerror=P(4)>\">y</p>", "<p>y</p>"),
            ("{{c1::<!--}}<img src=x onerror=P(5)>-->", "{{c1::"),
            ("{{c1::<a href=\"http::x\">y</a>}}", "{{c1::<a>y</a>}}"),
            ("{{c1::<b style=\"a::b\">x</b>}}\" onclick=p", "{{c1::<b>x</b>}}\" onclick=p"),
            ("<b title=\"{{c1::\">x}}<i title=\" onerror=p \">", "<b>x}}<i title=\" onerror=p \"></i></b>"),
        ] {
            let defused = defuse(html);
            assert!(!defused.contains("onerror=P"), "{html}: {defused}");
            assert_eq!(defused, safe, "{html}");
        }
    }

    proptest! {
        #[test]
        fn what_is_left_alone_is_what_a_browser_reads_as_harmless(html in "(<|>|/|<b|<p |<img|<a |script|style|title|svg| |on(x|load)=|'|\"|=|href=|src=|javascript:|https://x|<!--|-->|é|\r\n|&#106;|a|\\{\\{c1::|\\}\\}){0,25}") {
            let safe = defuse(&html);
            let again = CLEANER.clean(&safe).to_string();
            // but for how it is written
            let twice = CLEANER.clean(&again).to_string();
            prop_assert_eq!(super::super::to_text(&safe), super::super::to_text(&again), "{}", safe);
            prop_assert_eq!(again, twice, "{}", safe);
        }

        #[test]
        fn any_text_is_defused(html in any::<String>()) {
            defuse(&html);
        }
    }
}
