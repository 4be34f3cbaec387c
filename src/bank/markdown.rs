//! What the formats written in Markdown share: remarks, code between fences, a header before the text.

use std::borrow::Cow;

use super::lines::{Line, lines};
use crate::model::Code;

/// What stands around a remark.
pub(super) const REMARK: (&str, &str) = ("<!-- ", " -->");

/// A line of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked<'t> {
    /// Where it stands.
    pub(super) line: Line<'t>,
    /// What it says without remarks.
    pub(super) text: Cow<'t, str>,
    /// Whether it is code, or a fence around code.
    pub(super) is_code: bool,
}

impl Marked<'_> {
    /// Whether it parts what stands around it.
    pub(super) fn is_blank(&self) -> bool {
        !self.is_code && self.text.trim().is_empty()
    }

    /// Whether it is a line of hyphens between cards.
    pub(super) fn is_rule(&self) -> bool {
        !self.is_code && self.text.len() >= 3 && self.text.trim_end().bytes().all(|byte| byte == b'-')
    }

    /// Its text if it is no code.
    pub(super) fn prose(&self) -> Option<&str> {
        (!self.is_code).then_some(self.text.as_ref())
    }
}

/// The lines of a text after its header. Lines that are only remarks are left out.
pub(super) fn marked(text: &str) -> impl Iterator<Item = Marked<'_>> {
    // A remark that is never closed is text.
    let last_close = text.rfind("-->").unwrap_or_default();
    let header = header(text).map_or(0, |(_, lines)| lines);
    let (mut fence, mut in_remark): (Option<Fence>, bool) = (None, false);
    lines(text).filter(move |line| line.number > header).filter_map(move |line| {
        if let Some(open) = &fence {
            if open.is_closed_by(line.text) {
                fence = None;
            }
            return Some(Marked { line, text: Cow::Borrowed(line.text), is_code: true });
        }
        let was_remark = in_remark;
        let text = without_remarks(&line, last_close, &mut in_remark);
        if (was_remark || matches!(text, Cow::Owned(_))) && text.trim().is_empty() {
            return None;
        }
        fence = Fence::opened_by(&text);
        Some(Marked { line, is_code: fence.is_some(), text })
    })
}

fn without_remarks<'t>(line: &Line<'t>, last_close: usize, in_remark: &mut bool) -> Cow<'t, str> {
    let (mut kept, mut rest) = (String::new(), line.text);
    let mut changed = false;
    loop {
        if *in_remark {
            changed = true;
            let Some((_, after)) = rest.split_once("-->") else { break };
            *in_remark = false;
            rest = after;
        }
        match rest.split_once("<!--") {
            Some((before, after)) if line.start + (line.text.len() - after.len()) <= last_close => {
                kept.push_str(before);
                *in_remark = true;
                rest = after;
            }
            _ => {
                kept.push_str(rest);
                break;
            }
        }
    }
    if changed || *in_remark { Cow::Owned(kept.trim_end().to_owned()) } else { Cow::Borrowed(line.text) }
}

/// The fence that opens a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fence {
    sign: char,
    length: usize,
    language: Option<String>,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim();
        let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let info = line.trim_start_matches(sign);
        let length = line.len() - info.len();
        let language = info.split_whitespace().next().map(str::to_owned);
        (length >= 3 && !info.contains('`')).then_some(Self { sign, length, language })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.sign)
    }
}

/// What stands in the header of a text, between `---` or `+++`, and how many lines it takes.
pub(super) fn header(text: &str) -> Option<(&str, u64)> {
    let mut all = lines(text);
    let first = all.next()?;
    let rule = first.text.trim_end();
    if !matches!(rule, "---" | "+++") {
        return None;
    }
    for line in all {
        if line.text.trim_end() == rule {
            return Some((text.get(first.next..line.start)?, line.number));
        }
        // What cards begin with stands in no header.
        if ["Q:", "A:", "C:", "# "].iter().any(|mark| line.text.starts_with(mark)) {
            return None;
        }
    }
    None
}

/// The front of a card and the code in it, if it has one piece of code and text beside it.
pub(super) fn split_code(front: &str) -> (String, Option<Code>) {
    let (mut prose, mut code, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let mut fence: Option<Fence> = None;
    for line in lines(front) {
        match &fence {
            Some(open) if open.is_closed_by(line.text) => {
                found.extend(fence.take());
            }
            Some(_) => code.push(line.text),
            None => match Fence::opened_by(line.text) {
                Some(opened) => fence = Some(opened),
                None => prose.push(line.text),
            },
        }
    }
    let prose = prose.join("\n").trim().to_owned();
    let code = code.join("\n");
    match found.pop() {
        Some(one) if found.is_empty() && fence.is_none() && !prose.is_empty() && !code.trim().is_empty() => {
            (prose, Some(Code { text: code, language: one.language }))
        }
        _ => (front.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn remarks_and_a_header_are_left_out_and_code_is_not_read() {
        for (text, expected) in [
            ("a <!-- x --> b\n<!-- y -->\nc\n", &["a  b", "c"][..]),
            ("a <!-- x\ny\n--> b\n", &["a", " b"]),
            ("a <!-- x\ny\n", &["a <!-- x", "y"]),
            ("<!-- a --> <!-- b\n", &["<!-- b"]),
            ("---\nname: x\n---\na\n", &["a"]),
            ("+++\nname = 1\n+++\na\n", &["a"]),
            ("---\nQ: x\n---\na\n", &["---", "Q: x", "---", "a"]),
            ("```c\n<!-- a -->\n```\n", &["```c", "<!-- a -->", "```"]),
        ] {
            let found: Vec<String> = marked(text).map(|line| line.text.trim_end().to_owned()).collect();
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            if text.starts_with("<!-- a") {
                assert_eq!(found.concat().trim(), expected.concat(), "{text:?}");
            } else {
                assert_eq!(found, expected, "{text:?}");
            }
        }
    }

    #[test]
    fn one_piece_of_code_in_a_front_is_the_code_of_the_note() {
        for (front, prose, code) in [
            ("What?\n```rust\n  let x;\n\n```\n", "What?", Some(("  let x;\n", Some("rust")))),
            ("```\nx\n```\nWhat?", "What?", Some(("x", None))),
            ("```\nx\n```", "```\nx\n```", None),
            ("a\n```\nx\n```\n~~~\ny\n~~~", "a\n```\nx\n```\n~~~\ny\n~~~", None),
            ("a\n```\nx", "a\n```\nx", None),
            ("a", "a", None),
        ] {
            let expected = code.map(|(text, language)| Code {
                text: text.to_owned(),
                language: language.map(str::to_owned),
            });
            assert_eq!(split_code(front), (prose.to_owned(), expected));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([a\r\n]|<!--|-->|```|---\n){0,30}") {
            let count = marked(&text).count();
            prop_assert!(count <= lines(&text).count());
            split_code(&text);
        }
    }
}
