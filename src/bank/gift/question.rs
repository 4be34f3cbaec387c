//! From the text of a GIFT question to the question.

use std::ops::Range;

use super::answers::asked;
use super::escape::{markup, text, unescaped};
use super::split::Item;
use crate::bank::moodle::{Asked, Gapped, Markup, Question, Text, is_embedded, parts};
use crate::model::DeckName;

/// The question of an item, or what is wrong and what to do.
pub(super) fn question(item: &Item, deck: Option<&DeckName>) -> Result<Question, (String, String)> {
    let (markup, body) = markup(without_title(&item.text), Markup::Auto);
    let blocks = blocks(body)?;
    let mut question = Question {
        id: item.id.clone(),
        deck: deck.cloned(),
        tags: item.tags.clone(),
        prompt: Text::new("", markup),
        asked: Asked::Description,
        general: None,
        hints: Vec::new(),
    };
    let inside = |block: &Range<usize>| body.get(block.start + 1..block.end - 1).unwrap_or_default();
    let embedded = blocks.iter().filter(|block| is_embedded(inside(block))).count();
    if embedded > 0 {
        if blocks.iter().any(|block| !is_embedded(inside(block)) && looks_like_answers(inside(block))) {
            return Err((
                "it has answers within its text, {1:MC:..}, and others in braces of their own".to_owned(),
                "make two questions of it".to_owned(),
            ));
        }
        let text = |part: &str, _| Text::new(unescaped(part), markup);
        question.asked = Asked::Gapped(Gapped::all(parts(body.trim()), &text)?);
        return Ok(question);
    }
    let Some(block) = answer_block(&blocks, inside)? else {
        question.prompt = text(body, markup);
        return Ok(question);
    };
    let (before, after) = (body.get(..block.start), body.get(block.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let prompt = if after.trim().is_empty() {
        before.trim().to_owned()
    } else {
        // a missing word
        format!("{}_____{}", before.trim_start(), after.trim_end())
    };
    question.prompt = Text::new(unescaped(&prompt), markup);
    (question.asked, question.general) = asked(inside(block), markup)?;
    Ok(question)
}

/// The text after `::title::`.
pub(super) fn without_title(text: &str) -> &str {
    let text = text.trim();
    let Some(rest) = text.strip_prefix("::") else { return text };
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|part| part.find("::")).map(|at| from + at) {
        if !rest.get(..at).is_some_and(|title| title.ends_with('\\')) {
            return rest.get(at + 2..).unwrap_or_default().trim_start();
        }
        from = at + 1;
    }
    text
}

/// The outermost braces of a text, each with its inside.
pub(super) fn blocks(text: &str) -> Result<Vec<Range<usize>>, (String, String)> {
    let (mut blocks, mut depth, mut open, mut escaped) = (Vec::new(), 0_usize, 0, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            '}' => {
                depth = depth.checked_sub(1).ok_or_else(|| {
                    let message = "a } has no { before it".to_owned();
                    (message, r"write \} for a brace that belongs to the text".to_owned())
                })?;
                if depth == 0 {
                    blocks.push(open..at + 1);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        let message = "a { is never closed; a blank line ends a question".to_owned();
        return Err((message, r"write } after the last answer, or \{ for a brace of the text".to_owned()));
    }
    Ok(blocks)
}

/// The braces that hold the answers: those that look so, for LaTeX has braces too.
fn answer_block<'b, 't>(
    blocks: &'b [Range<usize>],
    inside: impl Fn(&Range<usize>) -> &'t str,
) -> Result<Option<&'b Range<usize>>, (String, String)> {
    let Some(last) = blocks.last() else { return Ok(None) };
    let marked: Vec<_> = blocks.iter().filter(|block| has_marks(inside(block))).collect();
    let likely: Vec<_> = blocks.iter().filter(|block| looks_like_answers(inside(block))).collect();
    match (marked.as_slice(), likely.as_slice()) {
        ([one], _) | ([], [one]) => Ok(Some(*one)),
        // answers that have no mark at all are told with what is wrong with them
        ([], []) => Ok(Some(last)),
        _ => Err((
            "it has answers in braces more than once".to_owned(),
            r"put a blank line between two questions, or write \{ for a brace of the text".to_owned(),
        )),
    }
}

fn has_marks(inside: &str) -> bool {
    inside.trim_start().starts_with(['=', '~', '#'])
}

/// Whether the inside of braces can be answers.
pub(super) fn looks_like_answers(inside: &str) -> bool {
    let word = inside.split('#').next().unwrap_or_default().trim();
    has_marks(inside) || word.is_empty() || truth(word).is_some()
}

/// `T` and `F`, also as words.
pub(super) fn truth(word: &str) -> Option<bool> {
    match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => Some(true),
        "F" | "FALSE" => Some(false),
        _ => None,
    }
}
