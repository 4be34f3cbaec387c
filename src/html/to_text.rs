//! HTML as a person reads it.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::images::unescaped;
use super::page::Page;

/// The text that a browser would show of a piece of HTML, for a terminal: blocks and `<br>` break lines, lists have
/// marks, table cells are separated by ` | `, a picture is `[image: name]`, a sound `[sound: name]`. There is at most one blank line in a row
/// outside `<pre>`.
pub fn to_text(html: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    // What stands in a script is no HTML.
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => reader.open(&tag),
            Token::EndTag(tag) => reader.close(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.page.finish()
}

/// Elements whose content is not shown.
const UNSEEN: [&[u8]; 6] = [b"script", b"style", b"rp", b"iframe", b"noscript", b"noembed"];
/// Elements that stand on lines of their own.
const BLOCKS: [&[u8]; 27] = [
    b"address",
    b"article",
    b"aside",
    b"caption",
    b"center",
    b"dd",
    b"details",
    b"div",
    b"dl",
    b"dt",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"header",
    b"legend",
    b"main",
    b"nav",
    b"ol",
    b"option",
    b"pre",
    b"section",
    b"summary",
    b"table",
    b"tr",
    b"ul",
];
/// Blocks with a blank line around them.
const PARAGRAPHS: [&[u8]; 9] = [b"p", b"h1", b"h2", b"h3", b"h4", b"h5", b"h6", b"blockquote", b"hr"];
/// Levels of a list that are shown as such.
const MOST_INDENTS: usize = 8;

/// A list that is open.
#[derive(Debug)]
enum List {
    Dashes,
    /// The number of the next item.
    Numbers(u32),
    /// The same, as capital letters.
    Letters(u32),
}

#[derive(Debug, Default)]
struct Reader {
    page: Page,
    /// The element that is left out now.
    unseen: Option<Vec<u8>>,
    lists: Vec<List>,
    /// Open `<pre>`s, and whether one begins just now.
    pre: usize,
    pre_begins: bool,
    /// Cells of this row so far, and whether one is open: it is on one line.
    cells: usize,
    in_cell: bool,
    /// Open `<sub>`s and `<sup>`s, and where the outermost begins.
    raised: usize,
    raised_at: usize,
}

impl Reader {
    fn open(&mut self, tag: &StartTag<()>) {
        if self.unseen.is_some() {
            return;
        }
        let name = tag.name.as_slice();
        if UNSEEN.contains(&name) && !tag.self_closing {
            self.unseen = Some(name.to_vec());
            return;
        }
        self.block(name);
        match name {
            b"br" if self.in_cell => self.page.soft_blank(),
            b"br" if self.pre > 0 => self.page.verbatim("\n"),
            b"br" => self.page.line_end(),
            b"pre" => {
                self.pre += 1;
                self.pre_begins = true;
            }
            b"ul" => self.lists.push(List::Dashes),
            b"ol" => self.lists.push(numbered(tag)),
            b"li" => self.item(),
            b"tr" => (self.cells, self.in_cell) = (0, false),
            b"td" | b"th" => self.cell(),
            b"sub" => self.raise('_'),
            b"sup" => self.raise('^'),
            b"rt" => self.page.character('('),
            b"img" => self.shown(tag, "image", true),
            b"video" => self.shown(tag, "video", false),
            b"audio" | b"source" => self.shown(tag, "sound", false),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some(unseen) = &self.unseen {
            if unseen == name {
                self.unseen = None;
            }
            return;
        }
        match name {
            b"td" | b"th" => self.in_cell = false,
            b"tr" | b"table" => (self.cells, self.in_cell) = (0, false),
            b"ul" | b"ol" => drop(self.lists.pop()),
            b"pre" => self.pre = self.pre.saturating_sub(1),
            b"sub" | b"sup" => self.lower(),
            b"rt" => self.page.character(')'),
            // a browser makes a break of it
            b"br" => self.page.line_end(),
            _ => {}
        }
        self.block(name);
    }

    fn text(&mut self, text: &str) {
        if self.unseen.is_some() {
            return;
        }
        if self.pre > 0 && !self.in_cell {
            let text = text.replace("\r\n", "\n").replace(['\r', '\u{a0}'], " ");
            let begins = std::mem::take(&mut self.pre_begins);
            return self.page.verbatim(if begins { text.strip_prefix('\n').unwrap_or(&text) } else { &text });
        }
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.page.soft_blank(),
                '\u{a0}' => self.page.hard_blank(),
                _ => self.page.character(c),
            }
        }
    }

    /// Breaks the line around a block. A row of a table stays on one, and the items of a list stay together.
    fn block(&mut self, name: &[u8]) {
        let breaks = match name {
            _ if PARAGRAPHS.contains(&name) => {
                if self.lists.is_empty() {
                    2
                } else {
                    1
                }
            }
            b"li" => 1,
            _ if BLOCKS.contains(&name) => 1,
            _ => return,
        };
        if self.in_cell { self.page.soft_blank() } else { self.page.block(breaks) }
    }

    fn item(&mut self) {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(MOST_INDENTS));
        let mark = match self.lists.last_mut() {
            Some(List::Numbers(next)) => {
                *next = next.saturating_add(1);
                format!("{}. ", *next - 1)
            }
            Some(List::Letters(next)) if *next < 26 => {
                *next += 1;
                format!("{}. ", char::from_u32(u32::from('A') + *next - 1).unwrap_or('?'))
            }
            Some(List::Dashes | List::Letters(_)) | None => "- ".to_owned(),
        };
        if self.in_cell { self.page.soft_blank() } else { self.page.mark(&(indent + &mark)) }
    }

    fn cell(&mut self) {
        if self.cells > 0 {
            self.page.soft_blank();
            self.page.character('|');
            self.page.soft_blank();
        }
        self.cells += 1;
        self.in_cell = true;
    }

    /// `x^2`, and `x^(n+1)` where it is not clear how far it goes.
    fn raise(&mut self, mark: char) {
        if self.raised == 0 {
            self.raised_at = self.page.here();
        }
        self.raised += 1;
        self.page.character(mark);
    }

    fn lower(&mut self) {
        if self.raised != 1 {
            self.raised = self.raised.saturating_sub(1);
            return;
        }
        self.raised = 0;
        let inside = self.raised_at + 1;
        let raised = self.page.since(inside);
        if raised.trim().is_empty() {
            self.page.take_back(self.raised_at);
        } else if !raised.chars().all(char::is_alphanumeric) && raised.chars().count() > 1 {
            self.page.insert(inside, '(');
            self.page.character(')');
        }
    }

    /// A mark for a picture, a film or a sound, where one without a name is said too.
    fn shown(&mut self, tag: &StartTag<()>, what: &str, without_name: bool) {
        let attribute = |name: &[u8]| {
            let value = tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
            value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let source = attribute(b"src").filter(|source| !source.starts_with("data:"));
        let file = source.and_then(|source| source.rsplit(['/', '\\']).next().map(unescaped));
        let name = attribute(b"alt").or(file).map(|name| format!(": {name}"));
        if name.is_some() || without_name {
            self.text_of_mark(&format!("[{what}{}]", name.unwrap_or_default()));
        }
    }

    fn text_of_mark(&mut self, mark: &str) {
        mark.split_whitespace().enumerate().for_each(|(place, word)| {
            if place > 0 {
                self.page.soft_blank();
            }
            word.chars().for_each(|c| self.page.character(c));
        });
    }
}

fn numbered(tag: &StartTag<()>) -> List {
    let value =
        |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let start = value(b"start").and_then(|start| start.trim().parse::<u32>().ok()).unwrap_or(1);
    match value(b"type").as_deref() {
        Some("A" | "a") => List::Letters(start.saturating_sub(1)),
        _ => List::Numbers(start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::from_text;
    use proptest::prelude::*;

    #[test]
    fn html_reads_as_a_browser_shows_it() {
        for (html, text) in [
            ("a<br>b<br/>c", "a\nb\nc"),
            ("a<br><br><br><br>b", "a\n\nb"),
            ("<div>a</div><div>b<br></div><div>c</div>", "a\nb\nc"),
            ("a<div><br></div><div>b</div>", "a\n\nb"),
            ("a<div>&nbsp;</div><div>b</div>", "a\n\nb"),
            ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
            ("  a \n  b&nbsp;c &nbsp;", "a b c"),
            ("1 &lt; 2 &amp;&amp; &quot;x&quot; &#39;&eacute;&hearts;", "1 < 2 && \"x\" '\u{e9}\u{2665}"),
            (
                "to do:<ul><li>a</li><li>b<ul><li><p>c</p></li></ul></li></ul>end",
                "to do:\n- a\n- b\n  - c\nend",
            ),
            ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
            ("<ol start=3><li>a</ol><ol type=A><li>x<li>y</ol>", "3. a\nA. x\nB. y"),
            (
                "<img src=\"pics/a%20b.png\"> <img alt='a  cat' src=c.png><img src='data:image/png;base64,AA'>",
                "[image: a b.png] [image: a cat][image]",
            ),
            ("H<sub>2</sub>O x<sup>n+1</sup> 1<sup>st</sup><sup></sup>", "H_2O x^(n+1) 1^st"),
            ("<table><tr><th>a</th><th><div>b</div></th></tr><tr><td>1<br>2<td></table>x", "a | b\n1 2 |\nx"),
            ("code:<pre>\n  if x:\n\n\n    y</pre>end", "code:\n  if x:\n\n\n    y\nend"),
            ("a<script>if (a<b) {}</script><style>p{}</style><!-- c -->b", "ab"),
            (
                r"\( \frac{a}{b} \) and [sound:a b.mp3] {{c1::<b>x</b>::hint}}",
                r"\( \frac{a}{b} \) and [sound:a b.mp3] {{c1::x::hint}}",
            ),
            ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
            ("a < b and c > d", "a < b and c > d"),
            ("<b>bold</b>, <a href=x>link</a><span>!</span>", "bold, link!"),
            ("", ""),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    #[test]
    fn much_nesting_takes_no_longer_than_much_text() {
        for part in
            ["<ul><li>", "<sup>x", "<pre>a", "<table><tr><td>", "<div>&nbsp;", "<img ", "</p>", "<!--"]
        {
            assert!(to_text(&part.repeat(50_000)).len() < 2_000_000, "{part}");
        }
    }

    fn element() -> impl Strategy<Value = String> {
        const NAMES: [&str; 13] =
            ["b", "div", "p", "ul", "ol", "li", "pre", "sup", "td", "tr", "table", "script", "h1"];
        "[a-z \n]{0,6}".prop_recursive(4, 20, 4, |inner| {
            (prop::sample::select(&NAMES), prop::collection::vec(inner, 0..4))
                .prop_map(|(name, inner)| format!("<{name} class=\"x\">{}</{name}>", inner.concat()))
        })
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in any::<String>(), nasty in "(<[a-z/!]{0,5}|[<>&;\"'= \n-]|&#x?[0-9]{1,8};?|\u{a0}|[a-z]|</?(p|li|pre|sup|td)>){0,40}") {
            to_text(&html);
            to_text(&nasty);
        }

        #[test]
        fn no_tag_is_left_and_nothing_stands_around_the_text(html in element()) {
            let text = to_text(&html);
            prop_assert!(!text.contains(['<', '>']), "{}", text);
            prop_assert_eq!(text.trim_end(), text.as_str());
        }

        #[test]
        fn plain_text_comes_back_from_html(lines in prop::collection::vec("([a-zé日<>&;#\"'(){}\\\\*_-]{1,5} ?){0,4}", 0..6)) {
            let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
            let mut text = lines.join("\n").trim().to_owned();
            while text.contains("\n\n\n") {
                text = text.replace("\n\n\n", "\n\n");
            }
            prop_assert_eq!(to_text(&from_text(&text)), text);
        }
    }
}
