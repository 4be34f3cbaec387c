//! Text on its way to a person: what may reach a terminal, how wide it is, where it breaks, what is near to it.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text in NFC, its case folded, runs of white space as one blank, none at the ends: what two texts share that
/// say the same. Guids are made from it, so it must not change.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

/// Adds a text to another as [`fold`] gives it.
pub fn fold_onto(folded: &mut String, text: &str) {
    if text.is_ascii() {
        let start = folded.len();
        for (place, word) in text.split_whitespace().enumerate() {
            if place > 0 {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        if let Some(added) = folded.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let composed: String = words.nfc().collect();
    folded.extend(UniCase::unicode(composed).to_folded_case().nfc());
}

/// Whether two texts say the same: whether [`fold`] makes them equal.
pub fn is_same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        let (mut one, mut other) = (one.split_whitespace(), other.split_whitespace());
        loop {
            match (one.next(), other.next()) {
                (None, None) => return true,
                (Some(one), Some(other)) if one.eq_ignore_ascii_case(other) => {}
                _ => return false,
            }
        }
    }
    fold(one) == fold(other)
}

/// The text with everything that would drive a terminal made visible instead: control characters but line
/// breaks and tabs, and the marks that turn the direction of what follows.
pub fn scrub(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match u32::from(c) {
            // Unicode has a picture for each of these.
            code @ 0..=0x1f if is_unsafe(c) => safe.push(char::from_u32(0x2400 + code).unwrap_or('?')),
            0x7f => safe.push('\u{2421}'),
            code if is_unsafe(c) => {
                let _: std::fmt::Result = write!(safe, "<U+{code:04X}>");
            }
            _ => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// A JSON document in which what would drive a terminal is written as an escape; it means the same.
pub fn escape_json(document: &str) -> Cow<'_, str> {
    // Between its strings a document has no such character but line breaks.
    if !document.chars().any(is_unsafe) {
        return Cow::Borrowed(document);
    }
    let escape = |c: char| if is_unsafe(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(document.chars().map(escape).collect())
}

/// A message in which values were quoted with `{:?}`, which writes marks that belong to the letter before as escapes:
/// with the marks themselves.
pub fn legible(message: String) -> String {
    if !message.contains("\\u{") {
        return message;
    }
    let mut legible = String::with_capacity(message.len());
    let mut rest = message.as_str();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        legible.push_str(before);
        let code = escape.strip_prefix("\\u{").and_then(|code| code.split_once('}'));
        let mark = code.and_then(|(code, _)| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let mark = mark.filter(|mark| !mark.is_ascii() && !is_unsafe(*mark));
        let length = if let (Some(mark), Some((code, _))) = (mark, code) {
            legible.push(mark);
            code.len() + 4
        } else {
            // a backslash and what it escapes
            let length = 1 + escape.chars().nth(1).map_or(0, char::len_utf8);
            legible.push_str(escape.get(..length).unwrap_or_default());
            length
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    legible.push_str(rest);
    legible
}

fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// The text on one line of at most `width` columns, scrubbed; `…` says that it goes on.
pub fn one_line(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = scrub(&line);
    if line.width() <= width {
        return line.into_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for c in line.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        cut.push(c);
    }
    cut.push('…');
    cut
}

/// The text broken into lines of at most `width` columns, each after `indent`; no width, no breaking.
pub fn wrap(text: &str, indent: &str, width: Option<usize>) -> String {
    let safe = scrub(text);
    match width {
        Some(width) => {
            let options =
                textwrap::Options::new(width.max(20)).initial_indent(indent).subsequent_indent(indent);
            safe.split('\n').flat_map(|line| textwrap::wrap(line, &options)).collect::<Vec<_>>().join("\n")
        }
        None => safe.split('\n').map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n"),
    }
}

/// The text with each line after `indent` and none broken: code.
pub fn indent(text: &str, indent: &str) -> String {
    wrap(text, indent, None)
}

/// Up to three of `names` that are near to `wanted`, nearest first.
pub fn near<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let folded = wanted.to_lowercase();
    let mut scored: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| {
            let other = name.to_lowercase();
            let last = other.rsplit("::").next().unwrap_or(&other);
            let score = strsim::jaro_winkler(&folded, &other).max(strsim::jaro_winkler(&folded, last));
            let score = match (last.starts_with(&folded), other.contains(&folded)) {
                (true, _) => score.max(0.95),
                (false, true) if folded.chars().nth(2).is_some() => score.max(0.9),
                (false, _) => score,
            };
            (score, name)
        })
        .filter(|(score, _)| *score >= 0.8)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection").
pub fn no_formula(cell: &str) -> Cow<'_, str> {
    let is_formula =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if cell.starts_with(is_formula) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// `1 card`, `2 cards`.
pub fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number: u64 = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `1 row looks`, `2 rows look`.
pub fn count_verb(number: impl TryInto<u64>, one: &str, several: &str) -> String {
    let number: u64 = number.try_into().unwrap_or(u64::MAX);
    if number == 1 { format!("1 {one}") } else { format!("{number} {several}") }
}

/// Whether a text begins as an address on the web does.
pub fn is_address(text: &str) -> bool {
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

/// Bytes as hexadecimal digits.
pub fn hex<'b>(bytes: impl IntoIterator<Item = &'b u8>) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    bytes.into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quoted_values_keep_the_marks_of_their_letters_and_nothing_else_is_changed() {
        for (value, shown) in [
            ("คำถาม", "\"คำถาม\""),
            ("e\u{301}", "\"e\u{301}\""),
            ("a\u{1b}b", "\"a\\u{1b}b\""),
            ("\\u{e31}", "\"\\\\u{e31}\""),
            ("tab\t\"q\"", "\"tab\\t\\\"q\\\"\""),
        ] {
            assert_eq!(legible(format!("{value:?}")), shown);
        }
    }

    #[test]
    fn what_drives_a_terminal_is_shown_and_not_sent() {
        for (text, shown) in [
            ("plain\ttext\nline", "plain\ttext\nline"),
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("a\rb\u{7f}", "a␍b␡"),
            ("\u{9b}2J", "<U+009B>2J"),
            ("abc\u{202e}fed", "abc<U+202E>fed"),
            ("👩\u{200d}👩\u{200d}👧 שלום", "👩\u{200d}👩\u{200d}👧 שלום"),
        ] {
            assert_eq!(scrub(text), shown);
        }
    }

    #[test]
    fn a_line_is_cut_with_a_sign_that_it_goes_on() {
        assert_eq!(one_line("a  b\nc", 10), "a b c");
        assert_eq!(one_line("abcdef", 5), "abcd…");
        assert_eq!(one_line("日本語日本語", 5), "日本…");
    }

    #[test]
    fn the_nearest_name_comes_first() {
        let names = ["MLOps::Google", "MLOps::Microsoft", "Chess"];
        assert_eq!(near("gogle", names), ["MLOps::Google"]);
        assert_eq!(near("chess openings", names), ["Chess"]);
        assert!(near("zzz", names).is_empty());
    }

    proptest! {
        #[test]
        fn two_texts_are_the_same_if_they_fold_to_the_same(one in "[aAbB \t\u{b}éÉß]{0,5}", other in "[aAbB \n\u{a0}éÉß]{0,5}") {
            prop_assert_eq!(is_same(&one, &other), fold(&one) == fold(&other));
            prop_assert_eq!(fold(&fold(&one)), fold(&one));
        }

        #[test]
        fn nothing_that_reaches_the_terminal_is_a_control_character(text in any::<String>(), width in 1_usize..60) {
            for shown in [scrub(&text).into_owned(), wrap(&text, "  ", Some(width)), one_line(&text, width)] {
                prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            }
            prop_assert!(one_line(&text, width).width() <= width);
        }
    }
}
