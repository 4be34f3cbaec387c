//! Cloze texts: `{{c1::hidden::hint}}`, nested ones too, as Anki writes them.

use std::collections::BTreeSet;

use memchr::memchr;

use super::{Field, Invalid, Slot};

/// A part of a cloze text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Shown always.
    Text(String),
    /// Hidden on the card of its number.
    Hidden {
        /// Which card hides it, from 1.
        number: u16,
        /// What is hidden.
        inside: Vec<Piece>,
        /// What stands in its place.
        hint: Option<String>,
    },
}

/// A text with its hidden parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloze(Vec<Piece>);

impl Cloze {
    /// Reads a text. The error is a sentence about the mark that is wrong.
    ///
    /// `}}` ends a hidden part as in Anki, but for one inside `\(...\)` or `\[...\]`, where it is mathematics.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: text };
        let pieces = reader.pieces(0)?;
        Ok(Self(pieces))
    }

    /// Its parts in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The numbers that it hides.
    pub fn numbers(&self) -> BTreeSet<u16> {
        let mut numbers = BTreeSet::new();
        collect_numbers(&self.0, &mut numbers);
        numbers
    }

    /// The text with the parts of `number` replaced by `[...]` or `[hint]`.
    pub fn question(&self, number: u16) -> String {
        render(&self.0, &|hidden, inside, hint| {
            if hidden == number { format!("[{}]", hint.unwrap_or("...")) } else { inside.to_owned() }
        })
    }

    /// The text with the parts of `number` in brackets.
    pub fn answer(&self, number: u16) -> String {
        render(&self.0, &|hidden, inside, _| {
            if hidden == number { format!("[{inside}]") } else { inside.to_owned() }
        })
    }

    /// What the parts of `number` hide, in order.
    pub fn hidden(&self, number: u16) -> Vec<String> {
        let mut found = Vec::new();
        collect_hidden(&self.0, number, &mut found);
        found
    }

    /// The cards of a cloze note, whose marks may stand in the prompt and in the code.
    pub(super) fn slots(prompt: &str, code: Option<&str>) -> Result<Vec<Slot>, Invalid> {
        let mut numbers = BTreeSet::new();
        for (field, text) in [(Field::Prompt, Some(prompt)), (Field::Code, code)] {
            let Some(text) = text else { continue };
            let cloze = Self::parse(text).map_err(|message| {
                Invalid::new(
                    field,
                    message,
                    "a hidden part is written {{c1::hidden}} or {{c1::hidden::hint}}",
                )
            })?;
            numbers.extend(cloze.numbers());
        }
        if numbers.is_empty() {
            return Err(Invalid::new(
                Field::Prompt,
                "a cloze note hides nothing",
                "mark what to hide as {{c1::hidden}}",
            ));
        }
        Ok(numbers.into_iter().map(Slot::Cloze).collect())
    }

    /// Whether a text has a cloze mark.
    pub(super) fn is_marked(text: &str) -> bool {
        if memchr(b'{', text.as_bytes()).is_none() {
            return false;
        }
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("{{c") {
            if mark_number(after).is_some() {
                return true;
            }
            rest = after;
        }
        false
    }
}

/// Reads `12::` and gives 12 and what follows.
fn mark_number(text: &str) -> Option<(u16, &str)> {
    let (digits, after) = text.split_once("::")?;
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten().map(|number| (number, after))
}

/// Deeper nesting than anyone writes; more would be an attack on the stack.
const DEEPEST: usize = 8;

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn pieces(&mut self, depth: usize) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        loop {
            if let Some((number, after)) = self.rest.strip_prefix("{{c").and_then(mark_number) {
                if number == 0 {
                    return Err("{{c0:: is no mark: cards count from c1".to_owned());
                }
                if depth == DEEPEST {
                    return Err(format!("hidden parts are nested more than {DEEPEST} deep"));
                }
                flush(&mut text, &mut pieces);
                self.rest = after;
                pieces.push(self.hidden(number, depth)?);
            } else if depth > 0 && self.rest.starts_with("}}") {
                break;
            } else if depth > 0
                && let Some(formula) = self.formula()
            {
                text.push_str(formula);
            } else {
                let mut chars = self.rest.chars();
                let Some(next) = chars.next() else { break };
                text.push(next);
                self.rest = chars.as_str();
            }
        }
        flush(&mut text, &mut pieces);
        Ok(pieces)
    }

    fn hidden(&mut self, number: u16, depth: usize) -> Result<Piece, String> {
        let mut inside = self.pieces(depth + 1)?;
        self.rest =
            self.rest.strip_prefix("}}").ok_or_else(|| format!("{{{{c{number}:: is never closed by }}}}"))?;
        let hint = split_hint(&mut inside);
        if inside.is_empty() {
            return Err(format!("{{{{c{number}::}}}} hides nothing"));
        }
        Ok(Piece::Hidden { number, inside, hint })
    }

    /// Takes a formula that starts here and holds no cloze mark.
    fn formula(&mut self) -> Option<&'t str> {
        let end = match self.rest.get(..2)? {
            "\\(" => "\\)",
            "\\[" => "\\]",
            _ => return None,
        };
        let length = self.rest.find(end)? + end.len();
        let (formula, rest) = self.rest.split_at_checked(length)?;
        if formula.contains("{{c") {
            return None;
        }
        self.rest = rest;
        Some(formula)
    }
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

/// Cuts the pieces at the first `::` outside a formula and gives what stands after it.
fn split_hint(pieces: &mut Vec<Piece>) -> Option<String> {
    let (at, before, after) = pieces.iter().enumerate().find_map(|(at, piece)| match piece {
        Piece::Text(text) => find_hint(text).map(|(before, after)| (at, before.to_owned(), after.to_owned())),
        Piece::Hidden { .. } => None,
    })?;
    let rest = pieces.split_off(at);
    let mut hint = after;
    hint.push_str(&render(rest.get(1..).unwrap_or_default(), &|_, inside, _| inside.to_owned()));
    if !before.is_empty() {
        pieces.push(Piece::Text(before));
    }
    Some(hint).filter(|hint| !hint.is_empty())
}

fn find_hint(text: &str) -> Option<(&str, &str)> {
    let mut reader = Reader { rest: text };
    while !reader.rest.is_empty() {
        if let Some(after) = reader.rest.strip_prefix("::") {
            let before = text.get(..text.len() - reader.rest.len())?;
            return Some((before, after));
        }
        if reader.formula().is_none() {
            let mut chars = reader.rest.chars();
            chars.next();
            reader.rest = chars.as_str();
        }
    }
    None
}

fn render(pieces: &[Piece], show: &dyn Fn(u16, &str, Option<&str>) -> String) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hidden { number, inside, hint } => show(*number, &render(inside, show), hint.as_deref()),
        })
        .collect()
}

fn collect_numbers(pieces: &[Piece], numbers: &mut BTreeSet<u16>) {
    for piece in pieces {
        if let Piece::Hidden { number, inside, .. } = piece {
            numbers.insert(*number);
            collect_numbers(inside, numbers);
        }
    }
}

fn collect_hidden(pieces: &[Piece], wanted: u16, found: &mut Vec<String>) {
    for piece in pieces {
        if let Piece::Hidden { number, inside, .. } = piece {
            if *number == wanted {
                found.push(render(inside, &|_, inside, _| inside.to_owned()));
            } else {
                collect_hidden(inside, wanted, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_number_hides_its_own_parts_and_shows_the_others() {
        let cloze =
            Cloze::parse("{{c1::CI}} builds, {{c2::CD::two letters}} ships, {{c1::CT}} trains").unwrap();
        assert_eq!(cloze.numbers().into_iter().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(cloze.question(1), "[...] builds, CD ships, [...] trains");
        assert_eq!(cloze.question(2), "CI builds, [two letters] ships, CT trains");
        assert_eq!(cloze.answer(2), "CI builds, [CD] ships, CT trains");
        assert_eq!(cloze.hidden(1), ["CI", "CT"]);
    }

    #[test]
    fn marks_are_read_as_anki_reads_them() {
        // text, question of card 1
        for (text, question) in [
            ("{{c1::a {{c2::b}} c::h}}", "[h]"),
            ("{{c2::a {{c1::b}} c}}", "a [...] c"),
            ("{{c1::a::b::c}}", "[b::c]"),
            ("{{c1::a::}}", "[...]"),
            ("x }} {{c1::a}} }}", "x }} [...] }}"),
            (r"{{c1::\(\frac{a}{\sqrt{b}}\)::root}}", "[root]"),
            (r"\( x + {{c1::y}} \)", r"\( x + [...] \)"),
            ("{{cloze}} {{c1::a}}", "{{cloze}} [...]"),
        ] {
            assert_eq!(Cloze::parse(text).unwrap().question(1), question, "{text}");
        }
    }

    #[test]
    fn a_broken_mark_is_named() {
        for (text, part) in [
            ("{{c1::a", "never closed"),
            ("{{c0::a}}", "c0"),
            ("{{c1::}}", "hides nothing"),
            ("{{c1::::h}}", "hides nothing"),
        ] {
            assert!(Cloze::parse(text).unwrap_err().contains(part), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_each_card_hides_something(text in r"([{}:c12\\()\[\]a ]|\{\{c1::|\}\}){0,40}") {
            if let Ok(cloze) = Cloze::parse(&text) {
                for number in cloze.numbers() {
                    let hidden = cloze.hidden(number);
                    prop_assert!(!hidden.is_empty());
                    prop_assert!(hidden.iter().all(|part| !part.is_empty()));
                    prop_assert!(cloze.question(number).contains('[') && cloze.answer(number).contains('['));
                }
            }
        }

        #[test]
        fn without_its_marks_a_text_is_what_the_answer_shows(parts in prop::collection::vec(("[a-z ]{0,5}", "[a-z]{1,5}", 1_u16..4), 1..5)) {
            let marked: String = parts.iter().map(|(text, hidden, n)| format!("{text}{{{{c{n}::{hidden}}}}}")).collect();
            let plain: String = parts.iter().map(|(text, hidden, _)| format!("{text}{hidden}")).collect();
            let cloze = Cloze::parse(&marked).unwrap();
            for number in cloze.numbers() {
                prop_assert_eq!(cloze.answer(number).replace(['[', ']'], ""), plain.clone());
                let mut hidden = cloze.hidden(number).into_iter();
                let asked = cloze.question(number);
                let filled: Vec<String> = asked.split("[...]").map(str::to_owned).collect();
                let put_back: String = filled.iter().map(|part| format!("{part}{}", hidden.next().unwrap_or_default())).collect();
                prop_assert_eq!(put_back, plain.clone());
            }
        }
    }
}
