//! Whether a text is GIFT.

use super::question::{blocks, looks_like_answers, truth, without_title};
use super::split::{Piece, pieces};
use crate::bank::Input;
use crate::bank::moodle::is_embedded;

/// As much as is looked at if the name says nothing, in bytes.
const HEAD: usize = 256 * 1024;

/// Endings of names that say that a file is something else: tables, other markup, source code.
const OTHERS: [&str; 30] = [
    "csv", "tsv", "tab", "md", "json", "xml", "html", "tex", "apkg", "yaml", "yml", "toml", "ini", "css",
    "c", "h", "cpp", "hpp", "cs", "go", "java", "js", "kt", "php", "py", "rb", "rs", "sh", "swift", "ts",
];

/// By what one sees that a text is GIFT.
pub(super) fn recognise(input: &Input) -> Option<String> {
    let ending = input.ending();
    let begin = input.text.trim_start();
    // `[html]` begins a text, other brackets a list of JSON
    let is_list =
        begin.strip_prefix('[').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    if input.is_sheet || OTHERS.contains(&ending.as_str()) || is_list || begin.starts_with(['<', '{', '|']) {
        return None;
    }
    let mut cut = if ending == "gift" { input.text.len() } else { input.text.len().min(HEAD) };
    while !input.text.is_char_boundary(cut) {
        cut -= 1;
    }
    let found = pieces(input.text.get(..cut).unwrap_or_default());
    let (mut items, mut asking, mut first, mut sure) = (0_usize, 0_usize, None, false);
    for piece in &found {
        let Piece::Item(item) = piece else {
            sure = true;
            continue;
        };
        items += 1;
        let has_title = item.text.trim_start().starts_with("::");
        if is_question(&item.text, has_title) {
            asking += 1;
            first = first.or(Some(item.place.line));
            sure |= has_title;
        }
    }
    let line = first?;
    if ending == "gift" {
        return Some(format!("its name ends in .gift, and there are answers in braces at line {line}"));
    }
    // one question with a title is enough; without it most of the text must be questions
    let enough = if sure { asking * 4 >= items } else { asking * 2 > items };
    enough.then(|| format!("there are answers in braces at line {line}, as {{=right ~wrong}}"))
}

/// Whether an item has a text and answers in braces, and is no row of a table nor a line of code.
fn is_question(text: &str, has_title: bool) -> bool {
    let body = without_title(text);
    let Ok(blocks) = blocks(body) else { return false };
    let inside = |at: usize| {
        blocks.get(at).and_then(|block| body.get(block.start + 1..block.end - 1)).unwrap_or_default()
    };
    let mut answers = (0..blocks.len()).filter(|at| looks_like_answers(inside(*at)));
    if (0..blocks.len()).any(|at| is_embedded(inside(at))) {
        return true;
    }
    let (Some(at), None) = (answers.next(), answers.next()) else { return false };
    let Some(block) = blocks.get(at) else { return false };
    let (before, after) = (body.get(..block.start), body.get(block.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    if before.trim().is_empty() {
        return false;
    }
    if has_title {
        return true;
    }
    let inside = inside(at).trim();
    let word = inside.split('#').next().unwrap_or_default().trim();
    let is_list = inside.starts_with(['=', '~'])
        || inside.strip_prefix('#').is_some_and(|number| {
            number.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '='))
        });
    // `x^{T}` and `\mathbb{F}` are mathematics
    let is_truth = truth(word).is_some()
        && after.trim().is_empty()
        && !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '^' | '_' | '\\' | '$'));
    // a cell of a table stands in quotes or after a tab
    let row = before.rsplit('\n').next().unwrap_or_default();
    let in_cell = row.matches('"').count() % 2 == 1 || row.trim().contains('\t');
    (is_list || is_truth) && !in_cell
}
