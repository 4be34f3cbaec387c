//! Backslashes in GIFT, and what begins a text.

use crate::bank::moodle::{Markup, Text};

/// A text without its escapes. A backslash before anything but GIFT's own signs is itself, for there is LaTeX.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.as_str().chars().next() {
            Some(sign @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\')) => plain.push(sign),
            Some('n') => plain.push('\n'),
            _ => {
                plain.push('\\');
                continue;
            }
        }
        chars.next();
    }
    plain
}

/// Takes `[html]` and its like from the beginning of a text; without it the markup is `inherited`.
pub(super) fn markup(text: &str, inherited: Markup) -> (Markup, &str) {
    let trimmed = text.trim_start();
    for (mark, markup) in [
        ("[html]", Markup::Html),
        ("[plain]", Markup::Plain),
        ("[markdown]", Markup::Markdown),
        ("[moodle]", Markup::Auto),
    ] {
        let head = trimmed.get(..mark.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(mark)) {
            return (markup, trimmed.get(mark.len()..).unwrap_or_default());
        }
    }
    (inherited, text)
}

/// A text as it is meant.
pub(super) fn text(written: &str, inherited: Markup) -> Text {
    let (markup, rest) = markup(written, inherited);
    Text::new(unescaped(rest.trim()), markup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_and_other_backslashes_kept() {
        for (written, meant) in [
            (r"\~\=\#\{\}\:\\", r"~=#{}:\"),
            (r"one\ntwo", "one\ntwo"),
            (r"\frac\{a\}\{b\} \", r"\frac{a}{b} \"),
            (r"\\n", r"\n"),
        ] {
            assert_eq!(unescaped(written), meant);
        }
        assert_eq!(text(" [HTML]<p>x</p>", Markup::Auto), Text::new("<p>x</p>", Markup::Html));
        assert_eq!(text("[x] y", Markup::Plain), Text::new("[x] y", Markup::Plain));
    }
}
