//! Text that Anki would take for something else: marks, clozes, formulas.

/// What Anki takes for a sound, a picture or a place to type, wherever it stands.
const MARKS: [&str; 6] = ["[sound:", "[anki:", "[[type:", "[latex]", "[$]", "[$$]"];

/// HTML of a text in which Anki finds none of its marks and composes nothing with the end of a tag.
pub(super) fn no_mark(html: String) -> String {
    if !html.contains(['[', OVERLAY]) {
        return html;
    }
    let is_mark = |at: usize| {
        let begins =
            |mark: &&str| html.get(at..at + mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        MARKS.iter().any(begins)
    };
    let mut safe = String::with_capacity(html.len());
    for (at, c) in html.char_indices() {
        match c {
            '[' if is_mark(at) => safe.push_str("&#91;"),
            OVERLAY => safe.push_str("&#824;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// Makes one character with a `>` before it.
const OVERLAY: char = '\u{338}';

/// HTML of a text that looks like a cloze mark and is none.
pub(super) fn no_cloze(html: String) -> String {
    if html.contains("{{c") { html.replace("{{c", "{&#123;c") } else { html }
}

/// HTML in which a formula that begins also ends. Up to the end of another formula, Anki would take all tags out of
/// a cloze note.
pub(super) fn no_stray_formula(html: String) -> String {
    if html.contains('\\') { around_formulas(&html, no_formula, str::to_owned) } else { html }
}

/// HTML in which no formula begins.
pub(super) fn no_formula(html: &str) -> String {
    html.replace("\\(", "&#92;(").replace("\\[", "&#92;[")
}

fn around_formulas(html: &str, other: fn(&str) -> String, formula: fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, found, after)) = next_formula(rest) {
        changed.push_str(&other(before));
        changed.push_str(&formula(found));
        rest = after;
    }
    changed.push_str(&other(rest));
    changed
}

/// What stands before the next `\(...\)` or `\[...\]`, the formula, and what stands after it.
fn next_formula(html: &str) -> Option<(&str, &str, &str)> {
    let last = [html.rfind("\\)"), html.rfind("\\]")];
    html.match_indices('\\').find_map(|(start, _)| {
        let (before, tail) = html.split_at_checked(start)?;
        let (end, last) = match tail.get(..2)? {
            "\\(" => ("\\)", last[0]?),
            "\\[" => ("\\]", last[1]?),
            _ => return None,
        };
        let length = if last > start { tail.find(end)? + end.len() } else { return None };
        let (formula, after) = tail.split_at_checked(length)?;
        Some((before, formula, after))
    })
}

/// HTML that stands inside a cloze: nothing in it may end the cloze or begin its hint.
///
/// In a formula a blank between braces changes nothing and survives Anki's editor; elsewhere they are written as
/// character references.
pub(super) fn inside_cloze(html: &str) -> String {
    around_formulas(html, inside_cloze_code, spaced)
}

fn spaced(formula: &str) -> String {
    let mut safe = String::with_capacity(formula.len());
    let mut before = ' ';
    for c in formula.chars() {
        if (before, c) == ('}', '}') || (before, c) == (':', ':') || (before, c) == ('{', '{') {
            safe.push(' ');
        }
        safe.push(c);
        before = c;
    }
    safe
}

/// The same in code, which has no formulas.
pub(super) fn inside_cloze_code(html: &str) -> String {
    let safe = if html.contains("}}") || html.ends_with('}') {
        html.replace('}', "&#125;")
    } else {
        html.to_owned()
    };
    safe.replace("::", ":&#58;").replace("{{", "{&#123;")
}
