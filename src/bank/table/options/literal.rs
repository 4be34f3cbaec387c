//! Lists and objects as Python, numpy and JSON write them.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::{Map, Value};

/// A list, an object or what stands in them; the fields of an object in the order in which they are written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Text(String),
    /// A number, `True`, `None`.
    Word(String),
    List(Vec<Literal>),
    Object(Vec<(String, Literal)>),
}

/// So deep may lists stand in lists.
const DEEPEST: usize = 8;

impl Literal {
    /// Reads a whole text that is a list or an object.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { chars: text.trim().chars().peekable() };
        let literal = reader.value(0)?;
        (reader.chars.next().is_none() && matches!(literal, Self::List(_) | Self::Object(_)))
            .then_some(literal)
    }

    /// The same as JSON has it.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text),
            Self::Word(word) => match word.as_str() {
                "True" | "true" => Value::Bool(true),
                "False" | "false" => Value::Bool(false),
                "None" | "null" | "nan" => Value::Null,
                number => serde_json::from_str(number).unwrap_or_else(|_| Value::String(number.to_owned())),
            },
            Self::List(items) => Value::Array(items.into_iter().map(Self::value).collect()),
            Self::Object(fields) => Value::Object(
                fields.into_iter().map(|(name, value)| (name, value.value())).collect::<Map<_, _>>(),
            ),
        }
    }
}

struct Reader<'t> {
    chars: Peekable<Chars<'t>>,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while self.chars.next_if(|c| c.is_whitespace()).is_some() {}
    }

    fn value(&mut self, depth: usize) -> Option<Literal> {
        if depth > DEEPEST {
            return None;
        }
        self.blanks();
        match *self.chars.peek()? {
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '{' => self.object(depth),
            quote @ ('"' | '\'') => self.text(quote).map(Literal::Text),
            _ => self.word(depth),
        }
    }

    /// Items between commas, or between blanks as numpy has them.
    fn list(&mut self, end: char, depth: usize) -> Option<Literal> {
        self.chars.next()?;
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.chars.next_if_eq(&end).is_some() {
                return Some(Literal::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.blanks();
            self.chars.next_if_eq(&',');
        }
    }

    fn object(&mut self, depth: usize) -> Option<Literal> {
        self.chars.next()?;
        let mut fields = Vec::new();
        loop {
            self.blanks();
            if self.chars.next_if_eq(&'}').is_some() {
                return Some(Literal::Object(fields));
            }
            let name = match self.value(DEEPEST)? {
                Literal::Text(name) | Literal::Word(name) => name,
                Literal::List(_) | Literal::Object(_) => return None,
            };
            self.blanks();
            self.chars.next_if_eq(&':')?;
            fields.push((name, self.value(depth + 1)?));
            self.blanks();
            if self.chars.next_if_eq(&',').is_none() && self.chars.peek() != Some(&'}') {
                return None;
            }
        }
    }

    fn text(&mut self, quote: char) -> Option<String> {
        self.chars.next()?;
        let mut text = String::new();
        loop {
            match self.chars.next()? {
                c if c == quote => return Some(text),
                '\\' => match self.chars.next()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => {}
                    'x' => text.push(self.code(2)?),
                    'u' => text.push(self.code(4)?),
                    c @ ('\\' | '\'' | '"' | '/') => text.push(c),
                    c => text.extend(['\\', c]),
                },
                c => text.push(c),
            }
        }
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let digits: String = self.chars.by_ref().take(digits).collect();
        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
    }

    /// A number or a name; `array([...], dtype=object)` is its list.
    fn word(&mut self, depth: usize) -> Option<Literal> {
        let mut word = String::new();
        while let Some(c) = self.chars.next_if(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'))
        {
            word.push(c);
        }
        if word == "array" && self.chars.peek() == Some(&'(') {
            self.chars.next();
            let list = self.value(depth + 1)?;
            self.chars.by_ref().find(|c| *c == ')')?;
            return matches!(list, Literal::List(_)).then_some(list);
        }
        let is_number = word.parse::<f64>().is_ok() && word.starts_with(|c: char| !c.is_alphabetic());
        let is_known = matches!(word.as_str(), "True" | "False" | "None" | "true" | "false" | "null" | "nan");
        (is_number || is_known).then_some(Literal::Word(word))
    }
}
