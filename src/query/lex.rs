//! The words of a query.

use crate::error::{Error, Kind, Result};

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A condition: its text without quotes, its backslashes kept.
    Term(Word),
    /// `-`
    Not,
    /// `or`
    Or,
    /// `and`
    And,
    /// `(`
    Open,
    /// `)`
    Close,
}

/// The text of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Whether all of it stood in quotes.
    pub(super) is_quoted: bool,
}

/// The words of a query in order.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = query.chars().peekable();
    while let Some(c) = chars.peek().copied() {
        let simple = match c {
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            '-' => Some(Token::Not),
            _ => None,
        };
        if let Some(token) = simple {
            chars.next();
            tokens.push(token);
        } else if c.is_whitespace() {
            chars.next();
        } else {
            tokens.push(word(&mut chars)?);
        }
    }
    Ok(tokens)
}

fn word(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<Token> {
    let starts_quoted = chars.peek() == Some(&'"');
    let (mut text, mut in_quotes, mut quotes, mut after_quotes) = (String::new(), false, 0, false);
    while let Some(c) = chars.peek().copied() {
        // the guid of a note may be made of any signs
        let is_guid = ["note:", "guid:"]
            .iter()
            .any(|key| text.get(..key.len()).is_some_and(|own| own.eq_ignore_ascii_case(key)));
        if !in_quotes && (c.is_whitespace() || (!is_guid && matches!(c, '(' | ')'))) {
            break;
        }
        chars.next();
        match c {
            _ if is_guid && !in_quotes && c != '"' => {
                text.extend((c == '\\').then_some('\\').into_iter().chain([c]));
            }
            '"' => {
                in_quotes = !in_quotes;
                quotes += 1;
            }
            '\\' => {
                text.push('\\');
                text.extend(chars.next());
            }
            _ => {
                after_quotes |= !in_quotes;
                text.push(c);
            }
        }
    }
    if in_quotes {
        return Err(Error::new(Kind::Usage, format!("a quote in the query is not closed: \"{text}"))
            .hint("write \\\" for a quote that is looked for"));
    }
    Ok(match text.to_lowercase().as_str() {
        "or" if quotes == 0 => Token::Or,
        "and" if quotes == 0 => Token::And,
        _ => Token::Term(Word { text, is_quoted: starts_quoted && quotes == 2 && !after_quotes }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str, is_quoted: bool) -> Token {
        Token::Term(Word { text: text.to_owned(), is_quoted })
    }

    #[test]
    fn blanks_and_parentheses_end_a_word_unless_it_is_quoted() {
        for (query, expected) in [
            ("deck:MLOps -is:new", vec![term("deck:MLOps", false), Token::Not, term("is:new", false)]),
            ("deck:\"Week 1\" x", vec![term("deck:Week 1", false), term("x", false)]),
            ("\"deck:Week 1\"", vec![term("deck:Week 1", true)]),
            ("(a OR b)", vec![Token::Open, term("a", false), Token::Or, term("b", false), Token::Close]),
            ("\"or\"", vec![term("or", true)]),
            ("a-b", vec![term("a-b", false)]),
            ("note:uc(z)uj${Qk)", vec![term("note:uc(z)uj${Qk)", false)]),
            ("note:\"a (b\" c", vec![term("note:a (b", false), term("c", false)]),
        ] {
            assert_eq!(tokens(query).unwrap(), expected, "{query}");
        }
        assert_eq!(tokens(r#"say \"yes\""#).unwrap(), [term("say", false), term(r#"\"yes\""#, false)]);
        assert!(tokens("\"open").unwrap_err().message.contains("not closed"));
    }
}
