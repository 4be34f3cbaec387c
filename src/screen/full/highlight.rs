//! Code in the colours of its language.

use std::cell::RefCell;

use synoptic::{TokOpt, from_extension};

use super::paper::Piece;
use super::style::Look;
use crate::model::Code;
use crate::text;

/// Bytes of code beyond which it stays in one colour: no card that is read is so long.
const LONGEST: usize = 20_000;

thread_local! {
    /// The code that was coloured last: the same card is drawn again at each key.
    static LAST: RefCell<Option<(Code, Vec<Piece>)>> = const { RefCell::new(None) };
}

/// Code in pieces that look as its language has it; one piece where the language is not known.
pub(super) fn pieces(code: &Code) -> Vec<Piece> {
    LAST.with_borrow_mut(|last| {
        if let Some((_, pieces)) = last.as_ref().filter(|(known, _)| known == code) {
            return pieces.clone();
        }
        let pieces = coloured(code).unwrap_or_else(|| vec![Piece::new(&code.text, Look::Code)]);
        *last = Some((code.clone(), pieces.clone()));
        pieces
    })
}

fn coloured(code: &Code) -> Option<Vec<Piece>> {
    let language = code.language.as_deref()?;
    if code.text.len() > LONGEST {
        return None;
    }
    let mut highlighter = from_extension(extension(&language.to_lowercase()), 4)?;
    let shown = text::scrub(&code.text).replace('\t', "    ");
    let lines: Vec<String> = shown.split('\n').map(str::to_owned).collect();
    highlighter.run(&lines);
    let mut pieces = Vec::new();
    let mut is_coloured = false;
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            pieces.push(Piece::new("\n", Look::Plain));
        }
        let mut rest = line.as_str();
        for token in highlighter.line(number, line) {
            let (text, look) = match &token {
                TokOpt::Some(text, kind) => (text, look(kind)),
                TokOpt::None(text) => (text, Look::Plain),
            };
            is_coloured |= look != Look::Plain;
            rest = rest.strip_prefix(text.as_str())?;
            pieces.push(Piece::new(text, look));
        }
        if !rest.is_empty() {
            return None;
        }
    }
    is_coloured.then_some(pieces)
}

/// The ending of files in a language, by which the library knows it.
fn extension(language: &str) -> &str {
    match language {
        "python" | "python3" => "py",
        "rust" => "rs",
        "bash" | "shell" | "zsh" | "console" => "sh",
        "javascript" => "js",
        "typescript" => "ts",
        "c++" => "cpp",
        "c#" | "csharp" => "cs",
        "golang" => "go",
        "kotlin" => "kt",
        "ruby" => "rb",
        "julia" => "jl",
        "haskell" => "hs",
        "yml" => "yaml",
        "markdown" => "md",
        "perl" => "pl",
        other => other,
    }
}

fn look(kind: &str) -> Look {
    match kind {
        "comment" => Look::Comment,
        "keyword" | "boolean" | "attribute" | "tag" | "macro" => Look::Keyword,
        "string" | "character" | "digit" | "quote" => Look::Literal,
        "function" | "struct" | "namespace" | "type" => Look::Name,
        _ => Look::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(language: &str, text: &str) -> Code {
        Code { text: text.to_owned(), language: Some(language.to_owned()) }
    }

    #[test]
    fn words_numbers_and_comments_of_a_known_language_look_different() {
        let pieces = pieces(&code("Python", "def f(x):\n    return x > 0.5  # half"));
        for piece in [
            Piece::new("def", Look::Keyword),
            Piece::new("0.5", Look::Literal),
            Piece::new("# half", Look::Comment),
            Piece::new("\n", Look::Plain),
        ] {
            assert!(pieces.contains(&piece), "{piece:?}: {pieces:?}");
        }
        for language in ["nothing-known", ""] {
            assert_eq!(super::pieces(&code(language, "def x")), [Piece::new("def x", Look::Code)]);
        }
    }

    proptest! {
        #[test]
        fn no_character_is_lost_in_any_language(
            text in "(\"\"\"|/\\*|\\*/|[\"'#`${}<>|\\\\/ a-f0-9(=-]|\n|\t|\u{1b}|\u{e9}|\u{1f469}\u{200d}\u{1f467}|e\u{301}){0,40}",
            language in prop::sample::select(&["python", "rust", "yaml", "bash", "sql", "json", "html", "java", "go", "c"]),
        ) {
            let code = code(language, &text);
            let joined: String = pieces(&code).iter().map(Piece::text).collect();
            prop_assert_eq!(joined, text::scrub(&code.text).replace('\t', "    "));
        }
    }
}
