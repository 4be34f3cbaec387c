//! Obsidian with its spaced repetition: notes in Markdown with `q::a`, `?` lines and `==hidden==` parts among prose.

use super::blocks::{Item, Refusal};
use super::bodies::hidden;
use super::markdown::{Marked, REMARK, header, marked, split_code};
use super::rejected::{items, last_before};
use super::{Format, Input, Options, Rejected, Sink};
use crate::error::Result;
use crate::model::{Body, Content, DeckName, Fact};

/// The notes of Obsidian that have cards in them.
#[derive(Debug)]
pub struct Obsidian;

/// The tag of notes that have cards.
const TAG: &str = "#flashcards";

impl Format for Obsidian {
    fn name(&self) -> &'static str {
        "obsidian"
    }

    fn about(&self) -> &'static str {
        "Obsidian notes with cards: q::a, q:::a, a line ? between, ==hidden==, #flashcards/deck"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let is_markdown = matches!(input.ending().as_str(), "md" | "markdown");
        let is_tagged = || {
            marked(&input.text).any(|line| line.prose().is_some_and(|text| tag(text).is_some()))
                || header(&input.text).is_some_and(|(header, _)| path_in_header(header).is_some())
        };
        let has_tag = input.text.contains(TAG.trim_start_matches('#')) && is_tagged();
        if !has_tag && !is_markdown {
            return None;
        }
        let (mut cards, mut clozes, mut others) = (0, 0, 0);
        scan(&input.text, &mut |found| match found {
            Found::Card(_, content) if matches!(&*content, Ok(Content { body: Body::Cloze, .. })) => {
                clozes += 1;
            }
            Found::Card(..) => cards += 1,
            Found::Prose(lines) => others += lines,
        });
        if has_tag {
            return (cards + clozes > 0).then(|| format!("the tag {TAG} and cards in Markdown"));
        }
        // Highlighted words and a lonely :: are in many a text.
        (cards > 1 && clozes + others == 0)
            .then(|| "all of the note is cards, written as q::a or with a line ?".to_owned())
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        scan(&input.text, &mut |found| match found {
            Found::Card(item, content) => item.hand_in(*content, options, out),
            Found::Prose(lines) => out.skip(lines),
        });
        Ok(())
    }

    fn remark(&self) -> Option<(&'static str, &'static str)> {
        Some(REMARK)
    }

    /// Each card below the tag of its deck.
    fn rejected(&self, input: &Input, _: &Options, rejected: &[Rejected]) -> Result<String> {
        let mut decks = Vec::new();
        scan(&input.text, &mut |found| {
            if let Found::Card(item, _) = found {
                decks.push((item.span.start, item.deck));
            }
        });
        let place = |item: &Rejected| {
            let deck = last_before(&decks, item).and_then(Option::as_ref).map(DeckName::as_str);
            let path = deck.map(|deck| format!("/{}", deck.replace("::", "/"))).unwrap_or_default();
            format!("{TAG}{path}\n\n")
        };
        Ok(items(input, REMARK, "", rejected, place))
    }
}

/// What stands in a note.
enum Found {
    Card(Item, Box<Result<Content, Refusal>>),
    /// As many lines that are no card.
    Prose(u64),
}

/// Goes through the blocks of a text, which blank lines and headings part.
fn scan(text: &str, give: &mut dyn FnMut(Found)) {
    let mut deck = header(text).and_then(|(header, _)| deck(path_in_header(header)?));
    let mut block: Vec<Marked> = Vec::new();
    for line in marked(text) {
        if line.is_blank() || line.is_rule() {
            read_block(&std::mem::take(&mut block), deck.as_ref(), give);
        } else if line.prose().is_some_and(is_heading) {
            read_block(&std::mem::take(&mut block), deck.as_ref(), give);
            give(Found::Prose(1));
        } else if let Some((stated, rest)) = line.prose().and_then(tag)
            && rest.split_whitespace().all(|word| word.starts_with('#'))
        {
            read_block(&std::mem::take(&mut block), deck.as_ref(), give);
            deck = stated;
        } else {
            block.push(line);
        }
    }
    read_block(&block, deck.as_ref(), give);
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && line.len() - rest.len() <= 6 && rest.starts_with(' ')
}

/// The deck of a tag that a line begins with, and the rest of the line.
fn tag(line: &str) -> Option<(Option<DeckName>, &str)> {
    let (path, rest) = split_tag(line.trim().strip_prefix(TAG)?)?;
    Some((deck(path), rest.trim()))
}

/// `/bio/cells and more` as the path and what follows.
fn split_tag(after: &str) -> Option<(&str, &str)> {
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    let (path, rest) = after.split_at_checked(end)?;
    (path.is_empty() || path.starts_with('/')).then_some((path, rest))
}

/// The deck of a path such as `/bio/cells`.
fn deck(path: &str) -> Option<DeckName> {
    let levels: Vec<&str> = path.split('/').filter(|level| !level.is_empty()).collect();
    DeckName::parse(&levels.join("::")).ok()
}

/// The path of the tag in a header.
fn path_in_header(header: &str) -> Option<&str> {
    let words = header.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"' | '\'' | '#'));
    let name = TAG.trim_start_matches('#');
    let mut tags = words.filter_map(|word| word.strip_prefix(name));
    tags.find(|path| path.is_empty() || path.starts_with('/'))
}

/// Reads the lines between two blank ones.
fn read_block(block: &[Marked], deck: Option<&DeckName>, give: &mut dyn FnMut(Found)) {
    let (Some(first), Some(last)) = (block.first(), block.last()) else { return };
    let (own, start) = match first.prose().and_then(tag) {
        Some((own, rest)) => (own, rest),
        None => (None, first.text.as_ref()),
    };
    let own = own.or_else(|| deck.cloned());
    // The first line counts without the tag that it begins with.
    let text = |line: &Marked| {
        if line.line.start == first.line.start { start.to_owned() } else { line.text.clone().into_owned() }
    };
    let texts = |lines: &[Marked]| lines.iter().map(text).collect::<Vec<_>>().join("\n");
    let mut item = Item { deck: own.clone(), ..Item::at(&first.line) };
    item.grow(&last.line);
    let parts = |line: &Marked| matches!(line.prose().map(str::trim), Some("?" | "??"));
    if let Some(at) = block.iter().position(parts) {
        let reversed = block.get(at).is_some_and(|line| line.text.trim() == "??");
        let front = texts(block.get(..at).unwrap_or_default());
        let back = texts(block.get(at + 1..).unwrap_or_default());
        return give(Found::Card(item, Box::new(two_sides(&front, &back, reversed))));
    }
    let on_one_line = |line: &Marked| line.prose().is_some() && one_line(&text(line)).is_some();
    if block.iter().any(on_one_line) {
        for line in block {
            let shown = text(line);
            match one_line(&shown).filter(|_| !line.is_code) {
                Some((front, back, reversed)) => {
                    let item = Item { deck: own.clone(), ..Item::at(&line.line) };
                    give(Found::Card(item, Box::new(two_sides(front, back, reversed))));
                }
                None => give(Found::Prose(1)),
            }
        }
        return;
    }
    let mut number = 0;
    let shown = |line: &Marked| {
        if line.is_code { line.text.clone().into_owned() } else { with_hidden(&text(line), &mut number) }
    };
    let cloze = block.iter().map(shown).collect::<Vec<_>>().join("\n");
    if number == 0 {
        return give(Found::Prose(u64::try_from(block.len()).unwrap_or(u64::MAX)));
    }
    let (prompt, code) = split_code(&cloze);
    give(Found::Card(item, Box::new(Ok(Content { code, ..Content::new(prompt, Body::Cloze) }))));
}

fn two_sides(front: &str, back: &str, reversed: bool) -> Result<Content, Refusal> {
    if front.trim().is_empty() {
        return Err(Refusal::new("the card has no question", "write it before :: or above the line ?"));
    }
    if back.trim().is_empty() {
        return Err(Refusal::new("the card has no answer", "write it behind :: or below the line ?"));
    }
    let (prompt, code) = split_code(front);
    let body = Body::Fact(Fact { answer: back.to_owned(), accept: Vec::new(), reversed, typed: false });
    Ok(Content { code, ..Content::new(prompt, body) })
}

/// The two sides of `q::a` or `q:::a`, and whether both are asked.
fn one_line(line: &str) -> Option<(&str, &str, bool)> {
    let line = line.trim();
    let line = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    let start = outside_code(line).find_map(|(at, piece)| Some(at + separator(piece)?))?;
    let (front, rest) = line.split_at_checked(start)?;
    let reversed = rest.starts_with(":::");
    let back = rest.get(if reversed { 3 } else { 2 }..)?;
    (!front.trim().is_empty()).then_some((front, back, reversed))
}

/// Where the first `::` stands that is not in a hidden part.
fn separator(piece: &str) -> Option<usize> {
    let mut parts = hidden_parts(piece).into_iter().peekable();
    piece.match_indices("::").map(|(at, _)| at).find(|at| {
        while parts.next_if(|(_, end)| end <= at).is_some() {}
        parts.peek().is_none_or(|(start, _)| at < start)
    })
}

/// The parts of a line that stand in no backticks, and where they begin. A backtick without a second is text.
fn outside_code(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let count = line.matches('`').count();
    let mut at = 0;
    line.split('`').enumerate().filter_map(move |(n, piece)| {
        let start = at;
        at += piece.len() + 1;
        (n % 2 == 0 || n == count).then_some((start, piece))
    })
}

/// A line with `==x==` and `{{x}}` as hidden parts, each with the next number. Anki's own marks stay.
fn with_hidden(line: &str, number: &mut usize) -> String {
    let (mut cloze, mut from) = (String::new(), 0);
    for (at, piece) in outside_code(line) {
        for (start, end) in hidden_parts(piece) {
            let inside = piece.get(start + 2..end - 2).unwrap_or_default();
            *number += 1;
            cloze.push_str(line.get(from..at + start).unwrap_or_default());
            from = at + end;
            if anki_mark(inside) {
                cloze.push_str(piece.get(start..end).unwrap_or_default());
            } else {
                cloze.push_str(&hidden(*number, inside));
            }
        }
    }
    cloze.push_str(line.get(from..).unwrap_or_default());
    cloze
}

/// Where the hidden parts of a text begin and end, their marks among it.
fn hidden_parts(text: &str) -> Vec<(usize, usize)> {
    let (mut parts, mut open) = (Vec::new(), None);
    let mut at = 0;
    while let Some(sign) = text.as_bytes().get(at..at + 2) {
        let closes = match sign {
            b"==" => b"==",
            b"}}" => b"{{",
            b"{{" => {
                open = Some((at, b"{{"));
                at += 2;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let part = open.filter(|(_, mark)| *mark == closes).map(|(start, _)| (start, at + 2));
        let is_full = |(start, _): &(usize, usize)| {
            let inside = text.get(start + 2..at).unwrap_or_default();
            !inside.is_empty() && inside.trim() == inside
        };
        let part = part.filter(is_full);
        // Two signs that close nothing may open a part.
        open = if part.is_none() && sign == b"==" { Some((at, b"==")) } else { None };
        parts.extend(part);
        at += 2;
    }
    parts
}

fn anki_mark(inside: &str) -> bool {
    let number = inside.strip_prefix('c').and_then(|rest| rest.split_once("::"));
    number.is_some_and(|(digits, _)| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
