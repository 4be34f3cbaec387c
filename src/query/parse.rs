//! The grammar: words that stand side by side all have to fit, `or` binds less, `-` turns the next one round.

use super::Query;
use super::lex::{Token, tokens};
use super::term::term;
use crate::error::{Error, Kind, Result};

/// Parentheses within each other that are read; nobody writes more, and each costs stack.
const DEEPEST: usize = 100;

/// Reads a query; an empty one is everything.
pub fn parse(query: &str) -> Result<Query> {
    let mut parser = Parser { tokens: tokens(query)?, next: 0, depth: 0 };
    if parser.tokens.is_empty() {
        return Ok(Query::EVERYTHING);
    }
    let parsed = parser.any()?;
    match parser.take() {
        None => Ok(parsed),
        Some(_) => Err(wrong("there is a ) without its (")),
    }
}

fn wrong(what: &str) -> Error {
    Error::new(Kind::Usage, format!("the query cannot be read: {what}"))
        .hint("conditions stand side by side; or, - and parentheses join them: deck:MLOps (is:due or is:new) -tag:drift")
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn any(&mut self) -> Result<Query> {
        let mut parts = vec![self.all()?];
        while self.peek() == Some(&Token::Or) {
            self.next += 1;
            parts.push(self.all()?);
        }
        Ok(only(parts, Query::Any))
    }

    fn all(&mut self) -> Result<Query> {
        let mut parts = vec![self.one()?];
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => return Ok(only(parts, Query::All)),
                Some(Token::And) => self.next += 1,
                Some(Token::Term(_) | Token::Not | Token::Open) => {}
            }
            parts.push(self.one()?);
        }
    }

    fn one(&mut self) -> Result<Query> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(wrong("it is nested too deep"));
        }
        let parsed = match self.take() {
            Some(Token::Term(word)) => Query::Term(term(&word)?),
            Some(Token::Not) => Query::Not(Box::new(self.one()?)),
            Some(Token::Open) => {
                let inside = self.any()?;
                if self.take() != Some(Token::Close) {
                    return Err(wrong("a ( is not closed"));
                }
                inside
            }
            Some(Token::Or | Token::And) => {
                return Err(wrong("a word that joins conditions stands between two of them"));
            }
            Some(Token::Close) => return Err(wrong("a condition is missing before )")),
            None => return Err(wrong("a condition is missing at its end")),
        };
        self.depth -= 1;
        Ok(parsed)
    }
}

fn only(mut parts: Vec<Query>, join: impl FnOnce(Vec<Query>) -> Query) -> Query {
    match (parts.pop(), parts.is_empty()) {
        (Some(last), true) => last,
        (last, _) => {
            parts.extend(last);
            join(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Standing, Term};
    use proptest::prelude::*;

    fn is(standing: Standing) -> Query {
        Query::Term(Term::Is(standing))
    }

    #[test]
    fn conditions_side_by_side_bind_more_than_or() {
        use Standing::{Due, Marked, New};
        let all = |parts| Query::All(parts);
        let not = |part| Query::Not(Box::new(part));
        for (query, expected) in [
            ("", Query::EVERYTHING),
            ("is:due", is(Due)),
            ("is:due is:new or is:marked", Query::Any(vec![all(vec![is(Due), is(New)]), is(Marked)])),
            ("is:due and (is:new OR is:marked)", all(vec![is(Due), Query::Any(vec![is(New), is(Marked)])])),
            ("-is:due --is:new", all(vec![not(is(Due)), not(not(is(New)))])),
            ("-(is:due is:new)", not(all(vec![is(Due), is(New)]))),
        ] {
            assert_eq!(parse(query).unwrap(), expected, "{query}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for (query, told) in [
            ("is:due or", "missing at its end"),
            ("or is:due", "between two"),
            ("(is:due", "not closed"),
            ("is:due)", "without its"),
            ("()", "missing before"),
            ("-", "missing at its end"),
            (&"(".repeat(5000), "too deep"),
            (&"-".repeat(5000), "too deep"),
        ] {
            let error = parse(query).unwrap_err();
            assert!(error.message.contains(told) && error.hint.is_some(), "{query:.20}: {error}");
            assert_eq!(error.exit_status(), 2);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(query in "[a-z:<>=.\"() *_\\\\\u{e9}-]{0,40}") {
            drop(parse(&query));
        }
    }
}
