//! Answers within a text, as Moodle's Cloze writes them: `{1:MC:~a~=an}`.

/// A part of a text with embedded answers.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::bank) enum Part<'t> {
    /// Shown always.
    Text(&'t str),
    /// A gap.
    Gap(Sub<'t>),
}

/// A gap with its answers.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::bank) struct Sub<'t> {
    pub(in crate::bank) sort: Sort,
    pub(in crate::bank) answers: Vec<SubAnswer<'t>>,
}

/// How a gap is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bank) enum Sort {
    /// By a text.
    Short,
    /// By a number.
    Number,
    /// By one of its answers.
    Choice,
    /// By several of its answers.
    Several,
}

/// An answer of a gap, its escapes not yet resolved.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::bank) struct SubAnswer<'t> {
    pub(in crate::bank) text: &'t str,
    /// 100 is right.
    pub(in crate::bank) percent: f64,
    pub(in crate::bank) feedback: Option<&'t str>,
}

/// The parts of a text. A brace that begins no gap is text.
pub(in crate::bank) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut shown, mut from) = (0, 0);
    while let Some(open) = text.get(from..).and_then(|rest| find(rest, &['{'])).map(|at| from + at) {
        from = open + 1;
        let Some((sort, body)) = text.get(from..).and_then(head) else { continue };
        let begin = text.len() - body.len();
        // what never closes now does not close later
        let Some(length) = find(body, &['}']) else { break };
        if let Some(before) = text.get(shown..open).filter(|before| !before.is_empty()) {
            parts.push(Part::Text(before));
        }
        let answers = body.get(..length).unwrap_or_default();
        parts.push(Part::Gap(Sub { sort, answers: answers_of(answers) }));
        from = begin + length + 1;
        shown = from;
    }
    if let Some(rest) = text.get(shown..).filter(|rest| !rest.is_empty()) {
        parts.push(Part::Text(rest));
    }
    parts
}

/// Whether the inside of braces is an embedded answer.
pub(in crate::bank) fn is_embedded(inside: &str) -> bool {
    head(inside).is_some()
}

/// Reads `1:MC:`; what follows it.
fn head(text: &str) -> Option<(Sort, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).take(5).count();
    let rest = text.get(digits..)?.strip_prefix(':')?;
    let letters = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').take(20).count();
    let name = rest.get(..letters)?;
    let body = rest.get(letters..)?.strip_prefix(':')?;
    let upper = name.to_ascii_uppercase();
    let base = upper.split('_').next().unwrap_or_default();
    let sort = match base {
        "SHORTANSWER" | "SA" | "MW" | "SAC" | "MWC" => Sort::Short,
        "NUMERICAL" | "NM" => Sort::Number,
        "MULTICHOICE" | "MC" | "MCV" | "MCH" | "MCS" | "MCVS" | "MCHS" => Sort::Choice,
        "MULTIRESPONSE" | "MR" | "MRV" | "MRH" | "MRS" | "MRVS" | "MRHS" => Sort::Several,
        _ => return None,
    };
    Some((sort, body))
}

fn answers_of(body: &str) -> Vec<SubAnswer<'_>> {
    let mut answers = Vec::new();
    let mut rest = Some(body);
    while let Some(here) = rest {
        let (piece, after) = match find(here, &['~']) {
            Some(at) => (here.get(..at).unwrap_or_default(), here.get(at + 1..)),
            None => (here, None),
        };
        rest = after;
        // an empty piece stands before the first tilde
        if piece.trim().is_empty() {
            continue;
        }
        let (text, feedback) = match find(piece, &['#']) {
            Some(at) => (piece.get(..at).unwrap_or_default(), piece.get(at + 1..)),
            None => (piece, None),
        };
        let (percent, text) = worth(text);
        let feedback = feedback.map(str::trim).filter(|feedback| !feedback.is_empty());
        answers.push(SubAnswer { text: text.trim(), percent, feedback });
    }
    answers
}

/// What an answer is worth and the answer: `=x`, `%50%x`, `x`.
pub(in crate::bank) fn worth(text: &str) -> (f64, &str) {
    let trimmed = text.trim_start();
    let (default, rest) = trimmed.strip_prefix('=').map_or((0.0, trimmed), |rest| (100.0, rest));
    let percent = rest.trim_start().strip_prefix('%').and_then(|rest| {
        let (number, after) = rest.split_once('%')?;
        let number = number.trim().replace(',', ".");
        let is_number =
            number.len() < 20 && number.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
        Some((is_number.then(|| number.parse().ok()).flatten()?, after))
    });
    percent.unwrap_or((default, rest))
}

/// Where the first of `wanted` stands that no backslash makes a letter, nor an `&` the beginning of a character.
pub(in crate::bank) fn find(text: &str, wanted: &[char]) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if before == '\\' {
            before = ' ';
            continue;
        }
        if wanted.contains(&c) && !(c == '#' && before == '&') {
            return Some(at);
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_are_found_with_their_answers() {
        let found = parts(
            r"a \{1:SA:x} {1:MC:~an#no~=a~%50%the} {:NM:=3:0.5} {x} {2:REGEXP:=y} {1:SA:=don&#39;t~=a\}b}",
        );
        let gaps: Vec<(Sort, Vec<(&str, f64)>)> = found
            .iter()
            .filter_map(|part| match part {
                Part::Gap(sub) => {
                    Some((sub.sort, sub.answers.iter().map(|answer| (answer.text, answer.percent)).collect()))
                }
                Part::Text(_) => None,
            })
            .collect();
        assert_eq!(
            gaps,
            [
                (Sort::Choice, vec![("an", 0.0), ("a", 100.0), ("the", 50.0)]),
                (Sort::Number, vec![("3:0.5", 100.0)]),
                (Sort::Short, vec![("don&#39;t", 100.0), (r"a\}b", 100.0)]),
            ]
        );
        assert_eq!(found.first(), Some(&Part::Text(r"a \{1:SA:x} ")));
        assert_eq!(found.get(4), Some(&Part::Text(" {x} {2:REGEXP:=y} ")));
    }

    proptest! {
        #[test]
        fn any_text_has_parts(text in r"(\{1:MC:|[{}~=#%\\:é]|50){0,40}") {
            drop(parts(&text));
        }
    }
}
