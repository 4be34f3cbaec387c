//! What the questions of other programs are here, whatever their format writes them like.

use std::collections::BTreeSet;

use super::blocks::Refusal;
use crate::html;
use crate::model::{Blanks, Body, Choice, Content, Fact, Gap, GapPiece, gap_pieces};

/// As many gaps as have a mark.
pub(super) const MOST_GAPS: usize = 99;

/// Why an item with so many gaps is no note.
pub(super) fn too_many_gaps(count: usize) -> Refusal {
    Refusal::new(format!("{count} gaps are more than {MOST_GAPS}"), "split the question")
}

/// A fact whose back is shown.
pub(super) fn fact(prompt: &str, answer: &str) -> Content {
    let answer = answer.to_owned();
    Content::new(prompt, Body::Fact(Fact { answer, accept: Vec::new(), reversed: false, typed: false }))
}

/// A fact whose answer is typed; the others are as right.
pub(super) fn typed(prompt: &str, answer: &str, others: &[&str]) -> Content {
    let mut seen = BTreeSet::from(["", answer.trim()]);
    let others = others.iter().map(|other| other.trim()).filter(|other| seen.insert(other));
    let accept = others.map(str::to_owned).collect();
    let answer = answer.to_owned();
    Content::new(prompt, Body::Fact(Fact { answer, accept, reversed: false, typed: true }))
}

/// A choice; `mark` says how its format marks a right option.
pub(super) fn choice(
    prompt: &str,
    options: Vec<String>,
    right: Vec<usize>,
    mark: &str,
) -> Result<Content, Refusal> {
    match options.as_slice() {
        [] => return Err(Refusal::new("it has no options", "write two options or more under the question")),
        [_] => return Err(Refusal::new("it has only one option", "write a second option")),
        _ => {}
    }
    if right.is_empty() {
        return Err(Refusal::new("no option is marked as right", mark));
    }
    Ok(Content::new(prompt, Body::Choice(Choice { options, right })))
}

/// True or false.
pub(super) fn true_false(prompt: &str, is_true: bool) -> Content {
    let options = vec!["True".to_owned(), "False".to_owned()];
    Content::new(prompt, Body::Choice(Choice { options, right: vec![usize::from(!is_true)] }))
}

/// Pairs to match: a gap behind each left side, and all right sides to choose from. `others` fit nowhere.
pub(super) fn matching(
    prompt: &str,
    pairs: &[(String, String)],
    others: &[String],
    html: bool,
) -> Result<Content, Refusal> {
    if pairs.is_empty() {
        return Err(Refusal::new("it has nothing to match", "write the pairs that belong together"));
    }
    if pairs.len() > MOST_GAPS {
        return Err(too_many_gaps(pairs.len()));
    }
    let rows = pairs.iter().enumerate().map(|(n, (left, _))| format!("{} → __{}__", plain(left), n + 1));
    let answers: Vec<&String> = pairs.iter().map(|(_, right)| right).collect();
    Ok(gaps(prompt, rows, &answers, others, html))
}

/// Items to bring into the order in which they are given.
pub(super) fn ordering(prompt: &str, items: &[String], html: bool) -> Result<Content, Refusal> {
    if items.len() < 2 {
        return Err(Refusal::new("it has fewer than two items to put in order", "write all items in order"));
    }
    if items.len() > MOST_GAPS {
        return Err(too_many_gaps(items.len()));
    }
    let rows = (1..=items.len()).map(|n| format!("{n}. __{n}__"));
    Ok(gaps(prompt, rows, &items.iter().collect::<Vec<_>>(), &[], html))
}

/// A note with a line for each gap.
fn gaps(
    prompt: &str,
    rows: impl Iterator<Item = String>,
    answers: &[&String],
    others: &[String],
    html: bool,
) -> Content {
    let mut lines = vec![plain(prompt.trim())];
    lines.extend(rows);
    let mut bank: Vec<String> = answers.iter().map(|answer| answer.trim().to_owned()).collect();
    bank.extend(others.iter().map(|other| other.trim().to_owned()));
    // In the order of the file the bank would say the answer.
    bank.sort_by_cached_key(|word| (word.to_lowercase(), word.clone()));
    bank.dedup();
    let gaps = answers.iter().map(|answer| Gap { answer: (*answer).clone(), accept: Vec::new() }).collect();
    Content::new(join(lines, html), Body::Blanks(Blanks { gaps, bank }))
}

/// Lines of one text.
pub(super) fn join(lines: Vec<String>, is_html: bool) -> String {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    lines.join(if is_html { "<br>\n" } else { "\n" })
}

/// A plain text as a text of a note that may be HTML.
pub(super) fn as_html(text: &str, is_html: bool) -> String {
    if is_html { html::from_text(text) } else { text.to_owned() }
}

/// The text without numbered gaps of its own, which would be taken for those that are put in.
pub(super) fn plain(text: &str) -> String {
    let piece = |piece: GapPiece<'_>| match piece {
        GapPiece::Text(text) => text.to_owned(),
        GapPiece::Gap(_) => "___".to_owned(),
    };
    gap_pieces(text).into_iter().map(piece).collect()
}

/// A hidden part of a cloze text. What would end it or begin a hint is broken up where nobody sees it.
pub(super) fn hidden(number: usize, text: &str) -> String {
    let text = text.replace("}}", "}\u{2060}}").replace("::", ":\u{2060}:");
    let text = if text.ends_with('}') { text + "\u{2060}" } else { text };
    format!("{{{{c{number}::{text}}}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_the_text_of_a_matching_is_not_taken_for_one_of_its_own() {
        let pairs = [("a __1__".to_owned(), "x".to_owned()), ("b".to_owned(), "x".to_owned())];
        let content = matching("Match __2__", &pairs, &["y".to_owned()], false).unwrap().tidy().unwrap();
        assert_eq!(content.prompt, "Match ___\na ___ → __1__\nb → __2__");
        let Body::Blanks(blanks) = content.body else { panic!() };
        assert_eq!(blanks.bank, ["x", "y"]);
    }

    #[test]
    fn a_hidden_part_hides_all_of_its_text() {
        for text in ["a}}b", "std::vector", "{x}", "}"] {
            let content = Content::new(hidden(1, text), Body::Cloze).tidy().unwrap();
            let cloze = crate::model::Cloze::parse(&content.prompt).unwrap();
            assert_eq!(cloze.hidden(1).concat().replace('\u{2060}', ""), text);
        }
    }
}
