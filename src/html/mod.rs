//! Text as HTML, and HTML as text.

mod defuse;
mod images;
mod page;
mod to_text;

pub use defuse::defuse;
pub use images::{images, with_images};
pub use to_text::to_text;

/// Plain text as the content of an element: `&`, `<` and `>` escaped, line breaks as `<br>`.
pub fn from_text(text: &str) -> String {
    let html = escape(text);
    if html.contains('\n') { html.replace('\n', "<br>") } else { html }
}

/// Plain text as the content of an element that keeps its line breaks.
pub fn escape(text: &str) -> String {
    if !text.contains(['&', '<', '>']) {
        return text.to_owned();
    }
    let mut html = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            _ => html.push(c),
        }
    }
    html
}

/// Whether a text has what makes it HTML: a tag, a comment or a character reference.
pub fn is_marked(text: &str) -> bool {
    let tag =
        |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    let reference = |after: &str| {
        let length = after.chars().take(40).take_while(|c| c.is_ascii_alphanumeric() || *c == '#').count();
        length > 0 && after.get(length..).is_some_and(|rest| rest.starts_with(';'))
    };
    text.split('<').skip(1).any(tag) || text.split('&').skip(1).any(reference)
}

/// Whether HTML shows nothing.
pub fn is_empty(html: &str) -> bool {
    // what stands before all markup is seen
    let begins = html.split(['<', '&']).next().is_some_and(|start| !start.trim().is_empty());
    !begins && (html.trim().is_empty() || (is_marked(html) && to_text(html).trim().is_empty()))
}

/// Whether HTML is no more than plain text with its signs escaped.
pub fn is_plain(html: &str) -> bool {
    !is_marked(html) || from_text(&to_text(html)) == html.trim()
}

/// Plain text as the value of an attribute in double quotes.
pub fn attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_nothing_else() {
        assert_eq!(from_text("a < b & c > d\n\"e\" &amp;"), "a &lt; b &amp; c &gt; d<br>\"e\" &amp;amp;");
        assert!(is_marked("a &nbsp; b") && is_marked("a<br>b") && is_marked("&#x27;"));
        assert!(!is_marked("a < b && c &d; e") || is_marked("&d;"));
        assert!(!is_marked("a < b & c; R&D"));
        assert!(is_empty(" \n") && is_empty("<br>&nbsp;<div></div>") && is_empty("<!-- x -->"));
        assert!(!is_empty("<") && !is_empty("<p>a") && !is_empty("<img>"));
        assert_eq!(attribute("\"><script>"), "&quot;&gt;&lt;script&gt;");
    }
}
