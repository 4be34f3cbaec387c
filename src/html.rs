//! Text as HTML.

/// Plain text as the content of an element: `&`, `<` and `>` escaped, line breaks as `<br>`.
pub fn from_text(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}

/// Plain text as the content of an element that keeps its line breaks.
pub fn escape(text: &str) -> String {
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
        assert_eq!(attribute("\"><script>"), "&quot;&gt;&lt;script&gt;");
    }
}
