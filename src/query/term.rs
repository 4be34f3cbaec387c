//! One condition: what stands before its colon says what it is about.

use super::figure::number;
use super::lex::Word;
use super::{Figure, Pattern, Standing, Term};
use crate::error::{Error, Kind, Result};
use crate::model::{self, Difficulty, Field};
use crate::text;

/// What a condition without a name looks through.
const ANYWHERE: &[Field] = &[
    Field::Prompt,
    Field::Code,
    Field::Answer,
    Field::Hint,
    Field::Explanation,
    Field::Mistakes,
    Field::Check,
    Field::Source,
];

/// How what follows a colon is read.
#[derive(Debug, Clone, Copy)]
enum Read {
    /// A text, which may have blanks in it.
    Text(fn(&str) -> Term),
    /// A word of which not every one is known.
    Word(fn(&Key, &str) -> Result<Term>),
}

/// A name that can stand before a colon.
#[derive(Debug)]
pub struct Key {
    /// The name, and others for the same.
    names: &'static [&'static str],
    read: Read,
    /// An example.
    pub example: &'static str,
    /// What that finds.
    pub about: &'static str,
}

/// Every name that can stand before a colon.
pub const KEYS: &[Key] = &[
    Key::text(&["deck"], deck, "deck:MLOps", "in this deck or one below it"),
    Key::text(
        &["tag"],
        |text| Term::Tag(none_or(text)),
        "tag:drift",
        "with this tag or one below it; tag:none without one",
    ),
    Key::word(
        &["is"],
        is,
        "is:due",
        "due; new, learnt, young, mature, suspended, buried, marked, leech likewise",
    ),
    Key::word(&["kind"], kind, "kind:choice", "of this kind: fact, cloze, choice, blanks"),
    Key::word(
        &["difficulty"],
        difficulty,
        "difficulty:hard",
        "of this difficulty; difficulty:none without one",
    ),
    Key::text(
        &["level"],
        |text| Term::Level(none_or(text)),
        "level:2",
        "about this level; level:none about none",
    ),
    Key::word(
        &["ease"],
        |key, text| number(key, text, Figure::Ease),
        "ease<2",
        "with such an ease (also ease:..2)",
    ),
    Key::word(
        &["interval", "ivl"],
        |key, text| number(key, text, Figure::Interval),
        "interval>=21",
        "with an interval of so many days",
    ),
    Key::word(
        &["lapses"],
        |key, text| number(key, text, Figure::Lapses),
        "lapses>3",
        "forgotten so often (also lapses:4..)",
    ),
    Key::word(
        &["repetitions", "reps"],
        |key, text| number(key, text, Figure::Repetitions),
        "repetitions=0",
        "with so many good answers in a row",
    ),
    Key::word(
        &["due"],
        |key, text| number(key, text, Figure::Due),
        "due<=7",
        "that come within so many days; below 0 is overdue",
    ),
    Key::word(&["rated", "answered"], rated, "rated:7", "answered in the last so many study days"),
    Key::text(
        &["prompt", "front"],
        |text| says(&[Field::Prompt], text),
        "prompt:canary",
        "whose prompt says this; code, answer, hint, explanation, mistakes, check, source likewise",
    ),
    Key::text(&["code"], |text| says(&[Field::Code], text), "", ""),
    Key::text(&["answer", "back"], |text| says(&[Field::Answer], text), "", ""),
    Key::text(&["hint"], |text| says(&[Field::Hint], text), "", ""),
    Key::text(&["explanation"], |text| says(&[Field::Explanation], text), "", ""),
    Key::text(&["mistakes"], |text| says(&[Field::Mistakes], text), "", ""),
    Key::text(&["check"], |text| says(&[Field::Check], text), "", ""),
    Key::text(&["source"], |text| says(&[Field::Source], text), "", ""),
    Key::word(&["card", "cid"], card, "card:12", "the card with this number"),
    Key::word(
        &["note", "guid"],
        |_, text| Ok(Term::Note(unescaped(text))),
        "note:GUID",
        "the cards of this note",
    ),
];

impl Key {
    const fn text(
        names: &'static [&'static str],
        read: fn(&str) -> Term,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self { names, read: Read::Text(read), example, about }
    }

    const fn word(
        names: &'static [&'static str],
        read: fn(&Self, &str) -> Result<Term>,
        example: &'static str,
        about: &'static str,
    ) -> Self {
        Self { names, read: Read::Word(read), example, about }
    }

    pub(super) fn read(&self, text: &str) -> Result<Term> {
        match self.read {
            Read::Text(read) => Ok(read(text)),
            Read::Word(read) => read(self, text),
        }
    }

    const fn is_text(&self) -> bool {
        matches!(self.read, Read::Text(_))
    }

    pub(super) fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}

/// The key of this name.
fn named(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.names.iter().any(|own| own.eq_ignore_ascii_case(name)))
}

/// Whether a text that may have blanks in it follows this name.
pub(super) fn takes_text(name: &str) -> bool {
    named(name).is_some_and(Key::is_text)
}

/// Reads a condition.
pub(super) fn term(word: &Word) -> Result<Term> {
    let whole = word.text.as_str();
    // Anki writes prop:ease<2
    let figures = whole.strip_prefix("prop:").unwrap_or(whole);
    if let Some(at) = figures.find(['<', '>', '=', '!'])
        && let Some((name, rest)) = figures.split_at_checked(at)
        && let Some(key) = named(name)
        && !key.is_text()
    {
        return key.read(rest);
    }
    let Some((name, rest)) = split_at_colon(whole) else { return Ok(says(ANYWHERE, whole)) };
    match named(name) {
        Some(key) if !(word.is_quoted && rest.starts_with(' ')) => key.read(rest),
        _ if word.is_quoted || !looks_like_a_key(name, rest) => Ok(says(ANYWHERE, whole)),
        _ => {
            let near = text::near(name, KEYS.iter().map(Key::name));
            let hint = match near.first() {
                Some(near) => format!("did you mean {near}:{rest}?"),
                None => "matura list --help names them.".to_owned(),
            };
            Err(Error::new(Kind::Usage, format!("there is no condition {name}:"))
                .hint(format!("{hint} To look for a text with a colon, write it as {name}\\:{rest}")))
        }
    }
}

/// `std::vec`, `10:30` and `https://` are texts.
fn looks_like_a_key(name: &str, rest: &str) -> bool {
    name.chars().all(char::is_alphabetic) && !rest.starts_with([':', '/']) && !rest.is_empty()
}

/// The text before the first colon that has no backslash, and what follows.
fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            ':' if !is_escaped => return Some((text.get(..at)?, text.get(at + 1..)?)),
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}

fn says(fields: &'static [Field], text: &str) -> Term {
    Term::Says(fields, Pattern::parse(text))
}

/// A name with a wildcard stays as it is written.
fn deck(text: &str) -> Term {
    Term::Deck(if text.contains('*') { text.to_owned() } else { unescaped(text) })
}

fn none_or(text: &str) -> Option<Pattern> {
    (!text.eq_ignore_ascii_case("none")).then(|| Pattern::parse(text))
}

fn unknown(key: &Key, text: &str, known: &[&str]) -> Error {
    let near = text::near(text, known.iter().copied());
    let names = near.first().map_or_else(|| known.join(", "), |near| format!("{near}?"));
    let hint =
        if near.is_empty() { format!("it is one of {names}") } else { format!("did you mean {names}") };
    Error::new(Kind::Usage, format!("{}:{text} says nothing that is known", key.name())).hint(hint)
}

fn is(key: &Key, text: &str) -> Result<Term> {
    const NAMES: [(&str, Standing); 10] = [
        ("due", Standing::Due),
        ("new", Standing::New),
        ("learnt", Standing::Learnt),
        ("review", Standing::Learnt),
        ("young", Standing::Young),
        ("mature", Standing::Mature),
        ("suspended", Standing::Suspended),
        ("buried", Standing::Buried),
        ("marked", Standing::Marked),
        ("leech", Standing::Leech),
    ];
    let found = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    found
        .map(|(_, standing)| Term::Is(*standing))
        .ok_or_else(|| unknown(key, text, &NAMES.map(|(name, _)| name)))
}

fn kind(key: &Key, text: &str) -> Result<Term> {
    let known = || unknown(key, text, &model::Kind::ALL.map(model::Kind::name));
    text.parse().map(Term::Kind).map_err(|()| known())
}

fn difficulty(key: &Key, text: &str) -> Result<Term> {
    if text.eq_ignore_ascii_case("none") {
        return Ok(Term::Difficulty(None));
    }
    let known = || unknown(key, text, &Difficulty::ALL.map(Difficulty::name));
    text.parse().map(|difficulty| Term::Difficulty(Some(difficulty))).map_err(|()| known())
}

fn rated(key: &Key, text: &str) -> Result<Term> {
    match text.parse() {
        Ok(days) if days > 0 => Ok(Term::Answered(days)),
        _ => Err(Error::new(Kind::Usage, format!("{}:{text} is no number of days", key.name()))
            .hint("write rated:1 for today, rated:7 for the last seven study days")),
    }
}

fn card(_: &Key, text: &str) -> Result<Term> {
    let wrong = || {
        Error::new(Kind::Usage, format!("card:{text} is no number of a card"))
            .hint("matura list shows the numbers of cards")
    };
    text.parse().map(Term::Card).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, parse};

    fn one(query: &str) -> Term {
        match parse(query).unwrap() {
            Query::Term(term) => term,
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn a_condition_is_known_by_its_name_and_a_near_one_is_told() {
        assert_eq!(one("IS:Due"), Term::Is(Standing::Due));
        assert_eq!(one("difficulty:hard"), Term::Difficulty(Some(Difficulty::Hard)));
        assert_eq!(one("tag:none"), Term::Tag(None));
        assert_eq!(one("rated:7"), Term::Answered(7));
        assert_eq!(one("deck:\"Week 1\""), Term::Deck("Week 1".into()));
        for (query, told) in [
            ("dek:x", "did you mean deck:x?"),
            ("is:suspnded", "did you mean suspended?"),
            ("is:xyz", "it is one of due"),
            ("kind:essay", "fact, cloze"),
            ("rated:0", "rated:1"),
            ("card:x", "matura list"),
        ] {
            let hint = parse(query).unwrap_err().hint.unwrap();
            assert!(hint.contains(told), "{query}: {hint}");
        }
    }

    #[test]
    fn a_colon_that_is_no_condition_is_text() {
        for text in
            ["std::vec", "10:30", "https://x.org", "\"note: this\"", "\"foo:bar\"", "end:", r"deck\:x"]
        {
            assert!(matches!(one(text), Term::Says(ANYWHERE, _)), "{text}");
        }
    }
}
